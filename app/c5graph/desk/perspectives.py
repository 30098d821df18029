"""Perspectives: what each class of interest says about a thing, and what it is silent on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from c5graph.desk.positions import Position, by_content
from c5graph.desk.telling import Telling
from c5graph.desk.voices import Speaker, speakers
from c5graph.graph.claims import Claim, is_framed, members
from c5graph.namespaces import C5
from c5graph.store.rdf import text_of

_MEASURES = ("measures", "flowFrom", "flowTo", "flowBetween", "countOf", "shareOf")
# What has a thing for its matter is about it: a deal about tungsten, a mine that holds it. An actor
# that makes it is about much else.
_MATTERS = frozenset(C5 + each for each in ("hasSubjectMatter", "inSector", "contains", "produces"))


@dataclass(frozen=True)
class PerspectivesAsk:
    """Of what thing; `says` and `silent` keep aspects on which classes speak or are silent.

    `voices` keeps what these say.
    """

    of: str
    voices: frozenset[str] = frozenset()
    says: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    limit: int = 50
    cursor: str | None = None
    lang: str = "en"


@dataclass(frozen=True)
class Aspect:
    """One property of one subject, and the claims of each class of interest about it."""

    subject: str
    predicate: str
    says: dict[str, tuple[Claim, ...]]

    @property
    def name(self) -> str:
        """Names it in this answer."""
        return f"{self.subject} {self.predicate}"

    def positions(self, interest: str) -> list[Position]:
        """What a class says of it, the same content together."""
        return by_content(self.says[interest])


@dataclass(frozen=True)
class Voice:
    """A class of interest: its reports that are shown, and its claims about the thing."""

    interest: str
    reports: int
    claims: tuple[Claim, ...]


class Perspectives:
    """What the classes of interest of a view say about one thing, or some voices in them.

    What curators set aside and readings that are not preferred are told as well: they were said.
    """

    def __init__(self, telling: Telling, of: str, voices: frozenset[str] = frozenset()) -> None:
        self.telling, self.of, self._only = telling, of, voices

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims about it, and about what has it for its matter.

        They name it as subject or object, within a framed node, or by a figure that counts it.
        """
        wanted = self._nodes
        found = (
            claim
            for claim in self.telling.seen.values()
            if (claim.subject in wanted or text_of(claim.object) in wanted) and self._heard(claim)
        )
        return tuple(sorted(found, key=lambda claim: claim.iri))

    def _heard(self, claim: Claim) -> bool:
        said = self.telling.index.values(claim.iri, C5 + "attributedTo")
        return not self._only or not self._only.isdisjoint(said)

    @cached_property
    def speakers(self) -> list[Speaker]:
        """Who is quoted with what is said about it."""
        return speakers(self.telling, self.claims)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Every class with a report that is shown, those that say most about it first."""
        reports: dict[str, int] = defaultdict(int)
        for iri in self.telling.selection.reports:
            interest = self.telling.record.reports[iri].interest
            if interest is not None:
                reports[interest] += 1
        told: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            for interest in self.telling.interests([claim]):
                told[interest].append(claim)
        found = (Voice(each, count, tuple(told[each])) for each, count in reports.items())
        return tuple(sorted(found, key=lambda each: (-len(each.claims), each.interest)))

    @cached_property
    def speaking(self) -> tuple[str, ...]:
        """The classes that say anything about it."""
        return tuple(each.interest for each in self.voices if each.claims)

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        """What is said, those aspects first on which most classes speak."""
        found: dict[tuple[str, str], dict[str, list[Claim]]] = defaultdict(dict)
        for claim in self.claims:
            says = found[claim.subject, claim.predicate]
            for interest in self.telling.interests([claim]):
                says.setdefault(interest, []).append(claim)
        aspects = (
            Aspect(*key, {interest: tuple(some) for interest, some in says.items()})
            for key, says in found.items()
        )
        return tuple(sorted(aspects, key=_order))

    def silent_on(self, aspect: Aspect) -> list[str]:
        """The classes that speak about the thing and not about this."""
        return [each for each in self.speaking if each not in aspect.says]

    def chosen(self, ask: PerspectivesAsk) -> list[Aspect]:
        """The aspects on which the classes asked for speak, or are silent."""
        return [
            each
            for each in self.aspects
            if ask.says <= each.says.keys() and ask.silent.isdisjoint(each.says)
        ]

    @cached_property
    def _nodes(self) -> set[str]:
        """These things, framed nodes that relate to them, and figures that measure them."""
        found = {self.of, *self._dealing}
        for thing in tuple(found):
            found.update(self._framed(thing), self._measuring(thing))
        return found

    @cached_property
    def _dealing(self) -> set[str]:
        """What has it for its matter at any remove: deals about a mine that holds it."""
        dealing: dict[str, set[str]] = defaultdict(set)
        actors = members(self.telling.index, C5 + "Actor")
        for subject in self.telling.by_subject.keys() - actors:
            for claim in self.telling.by_subject[subject]:
                if claim.predicate in _MATTERS and not claim.negative:
                    dealing[text_of(claim.object)].add(subject)
        found, waiting = set[str](), [self.of]
        while waiting:
            fresh = dealing.get(waiting.pop(), set()) - found
            found |= fresh
            waiting.extend(fresh)
        return found

    def _framed(self, thing: str) -> Iterator[str]:
        index = self.telling.index
        for predicate, node in index.referring(thing):
            if predicate.startswith(C5) and is_framed(index, node):
                yield node

    def _measuring(self, thing: str) -> Iterator[str]:
        index = self.telling.index
        for name in _MEASURES:
            yield from index.subjects(C5 + name, thing)


def _order(aspect: Aspect) -> tuple[int, int, str]:
    return -len(aspect.says), -sum(map(len, aspect.says.values())), aspect.name
