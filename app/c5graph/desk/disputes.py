"""The desk: what claims disagree on, positions side by side, and what is said about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from c5graph.desk.comparing import Comparing, Dispute, kept
from c5graph.desk.declared import declared, ties
from c5graph.desk.ground import Tie
from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim
from c5graph.namespaces import C5
from c5graph.store.rdf import text_of

STRENGTHS: Final = ("conflict", "weaker")
FOUND_BY: Final = ("rule", "source", "curator")


@dataclass(frozen=True)
class DisputeAsk:
    """Which disputes: those that have one of the values of every field that has some; IRIs.

    Without `still`, none in which later accounts may only say that something still was so.
    """

    about: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    strength: str | None = None
    found_by: str | None = None
    name: str | None = None
    limit: int = 50
    cursor: str | None = None
    lang: str = "en"
    still: bool = True


class Disputes:
    """The disputes of a view."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling

    @cached_property
    def all(self) -> tuple[Dispute, ...]:
        """Every dispute: conflicts first, then those of more origins."""
        found = [*Comparing(self.telling).disputes()]
        found += declared(self.telling, found, self.ties)
        marked = (self._marked(each) for each in found)
        corroborated = (each for some in marked for each in self._of_enough_origins(some))
        return tuple(sorted(corroborated, key=self._order))

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Relations that claims declare to each other."""
        return tuple(ties(self.telling))

    def chosen(self, ask: DisputeAsk) -> list[Dispute]:
        """The disputes asked for, in order."""
        taken = (each for each in self.all if self._takes(ask, each))
        return [each for each in taken if ask.still or not _only_still(each)]

    def about(self, iri: str) -> list[str]:
        """Names of the disputes whose subject it is."""
        return self._by_subject.get(iri, [])

    def findings(self, dispute: Dispute) -> list[str]:
        """Findings about its claims: those that tell a disagreement, and on more of them, first."""
        ground, common = self.telling.ground, defaultdict[str, int](int)
        for claim in dispute.claims:
            for finding in ground.findings_on.get(claim.iri, ()):
                common[finding] += 1
        shown = (each for each in common if not self.telling.teller.hides(each))
        return sorted(shown, key=lambda each: (each not in ground.telling, -common[each], each))

    def ties_of(self, dispute: Dispute) -> list[Tie]:
        """What its claims declare to each other and to others."""
        mine = {claim.iri for claim in dispute.claims}
        found = {tie: None for iri in sorted(mine) for tie in self._ties_at.get(iri, ())}
        return list(found)

    @cached_property
    def _by_subject(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.all:
            for subject in dict.fromkeys(claim.subject for claim in each.claims):
                found[subject].append(each.name)
        return found

    @cached_property
    def _ties_at(self) -> dict[str, list[Tie]]:
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            found[tie.claim].append(tie)
            found[tie.other].append(tie)
        return found

    def _marked(self, dispute: Dispute) -> Dispute:
        """With everybody who says that there is a dispute."""
        mine = {claim.iri for claim in dispute.claims}
        within = (t for t in self.ties_of(dispute) if {t.claim, t.other} <= mine)
        by = set(dispute.found_by)
        if any(tie.relation in self.telling.rules.telling for tie in within):
            by.add("source")
        if not self.telling.ground.telling.isdisjoint(self.findings(dispute)):
            by.add("curator")
        return replace(dispute, found_by=frozenset(by))

    def _of_enough_origins(self, dispute: Dispute) -> Iterator[Dispute]:
        least = self.telling.lens.min_origins
        told = [
            n for n, each in enumerate(dispute.positions) if self._origins(each.claims) >= least
        ]
        rest = dispute if len(told) == len(dispute.positions) else kept(dispute, told)
        if rest.differences:
            yield rest

    def _origins(self, claims: Iterable[Claim]) -> int:
        return len(self.telling.origins(claims))

    def _order(self, dispute: Dispute) -> tuple[bool, int, str, str]:
        return (
            not dispute.strong,
            -self._origins(dispute.claims),
            dispute.matter.subject,
            dispute.name,
        )

    def _takes(self, ask: DisputeAsk, dispute: Dispute) -> bool:
        claims = dispute.claims
        wanted: Mapping[str, tuple[frozenset[str], Iterable[str]]] = {
            "about": (ask.about, self._things(dispute) if ask.about else ()),
            "terms": (ask.terms, (claim.predicate for claim in claims)),
            "kinds": (ask.kinds, (dispute.matter.kind,)),
            "claims": (ask.claims, (claim.iri for claim in claims)),
            "found_by": (_one(ask.found_by), dispute.found_by),
            "strength": (_one(ask.strength), (STRENGTHS[not dispute.strong],)),
            "name": (_one(ask.name), (dispute.name,)),
        }
        return all(not some or not some.isdisjoint(has) for some, has in wanted.values())

    def _things(self, dispute: Dispute) -> set[str]:
        """What it is about: subjects and objects, and the ends of what is measured."""
        found = {claim.subject for claim in dispute.claims}
        found |= {text_of(claim.object) for claim in dispute.claims}
        index = self.telling.index
        for subject in tuple(found):
            for name in ("measures", "flowFrom", "flowTo", "flowBetween"):
                found |= set(index.values(subject, C5 + name))
        return found


def _one(value: str | None) -> frozenset[str]:
    return frozenset() if value is None else frozenset({value})


def _only_still(dispute: Dispute) -> bool:
    return all(each.reason == "still" for each in dispute.differences)
