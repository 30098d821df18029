"""Disputes that the declared rules find: positions on one term of one subject that differ."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from c5graph.desk.conflicts import (
    Compare,
    Difference,
    amounts,
    choices,
    dates,
    denials,
    differences,
    holders,
    lasting,
    parties,
    places,
    span_of,
    stages,
)
from c5graph.desk.lives import dated
from c5graph.desk.positions import Position, by_amount, by_content
from c5graph.desk.rules import COMPARISON
from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim, Firmness
from c5graph.graph.times import Bounds
from c5graph.store.rdf import NamedNode, Term, text_of

RULE: Final = "rule"


class Matter(NamedTuple):
    """What positions are about; `facet` narrows the term: a unit, a period, a stage."""

    kind: str
    subject: str
    predicate: str | None = None
    facet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dispute:
    """Positions on one matter that differ, and who says that they do.

    `found_by` is "rule", "source" (claims that dispute or correct each other) and "curator" (a
    finding).
    """

    matter: Matter
    positions: tuple[Position, ...]
    differences: tuple[Difference, ...]
    found_by: frozenset[str] = frozenset({RULE})

    @property
    def strong(self) -> bool:
        """Whether some of its positions cannot hold together."""
        return any(each.strong for each in self.differences)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all positions."""
        return tuple(claim for each in self.positions for claim in each.claims)

    @property
    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Numbers of positions: what most others differ from, and the rest; none only expected."""
        told = [n for n in range(len(self.positions)) if n not in self.expected]
        differing = Counter(n for each in self.differences for n in (each.one, each.other))
        first = max(told, key=lambda n: (differing[n], -n))
        content = _content(self.positions[first])
        same = tuple(n for n in told if _content(self.positions[n]) == content)
        one = same if len(same) < len(told) else (first,)
        return one, tuple(n for n in told if n not in one)

    @cached_property
    def expected(self) -> tuple[int, ...]:
        """Numbers of positions that nobody states or plans: forecasts, hopes and opinions.

        They take no side, unless all are such.
        """
        found = tuple(n for n, each in enumerate(self.positions) if _is_expected(each))
        return found if len(found) < len(self.positions) else ()

    @property
    def name(self) -> str:
        """A name that stays as long as there are claims on the matter, whoever makes them."""
        kind, subject, predicate, facet = self.matter
        parts = [kind, subject, predicate or "", *facet]
        if predicate is None:
            parts += sorted(claim.iri for claim in self.claims)
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]


def _is_expected(position: Position) -> bool:
    return all(claim.modality > Firmness.PLANNED for claim in position.claims)


def _content(position: Position) -> tuple[object, ...]:
    return position.terms, position.negative, position.when, position.claims[0].subject


Finder = Callable[[str, str, Sequence[Claim]], Iterator[Dispute]]


class Comparing:
    """Compares the claims of a view by the rules."""

    def __init__(self, telling: Telling) -> None:
        self._telling, homes = telling, telling.ground.homes
        self._amounts, self._stages = amounts(telling.rules), stages(telling.rules)
        self._finders: dict[str, Finder] = {
            "amount": self._figures,
            "date": self._days,
            "stage": self._lives,
            "party": self._named("party", parties(homes)),
            "choice": self._named("choice", choices),
            "place": self._named("place", places(homes)),
        }

    def disputes(self) -> Iterator[Dispute]:
        """Every dispute, subject by subject."""
        for subject, claims in self._telling.by_subject.items():
            by_predicate: dict[str, list[Claim]] = defaultdict(list)
            for claim in claims:
                by_predicate[claim.predicate].append(claim)
            for predicate, told in by_predicate.items():
                yield from self._denials(subject, predicate, told)
                kind = self._telling.rules.compared(predicate, subject)
                finder = self._finders.get(kind or "")
                if finder is not None and len(told) > 1:
                    yield from finder(subject, predicate, [c for c in told if not c.negative])
        yield from self._holders()

    def _figures(self, subject: str, predicate: str, claims: Sequence[Claim]) -> Iterator[Dispute]:
        by_period = subject in self._telling.rules.by_period
        periods: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for claim in claims:
            periods[period_of(claim) if by_period else ()].append(claim)
        for period, some in periods.items():
            for unit, positions in by_amount(self._telling, some).items():
                facet = (*unit, *period)
                yield from made(
                    Matter("amount", subject, predicate, facet), positions, self._amounts
                )

    def _days(self, subject: str, predicate: str, claims: Sequence[Claim]) -> Iterator[Dispute]:
        yield from made(Matter("date", subject, predicate), by_content(claims), dates)

    def _lives(self, subject: str, predicate: str, claims: Sequence[Claim]) -> Iterator[Dispute]:
        by_stage: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_stage[text_of(claim.object)].append(claim)
        for stage, some in by_stage.items():
            if stage in self._telling.rules.once:
                compare = lasting if stage in self._telling.rules.lasting else dates
                matter = Matter("date", subject, predicate, (stage,))
                yield from made(matter, self._dated(some), compare)
        known = [c for c in claims if text_of(c.object) in self._telling.rules.classes]
        asserted = [claim for claim in known if claim.modality is Firmness.FIRM]
        positions = self._dated(asserted)
        for each in made(Matter("stage", subject, predicate), positions, self._stages):
            yield _only_differing(each)

    def _dated(self, claims: Iterable[Claim]) -> list[Position]:
        """Claims of the same stage and time as one position each."""
        found: dict[tuple[Term, str | None, Bounds | None], list[Claim]] = defaultdict(list)
        for claim in claims:
            found[claim.object, dated(self._telling, claim), span_of([claim])].append(claim)
        return [
            Position((str(term), when), (term,), tuple(told), when=when)
            for (term, when, _), told in found.items()
        ]

    def _named(self, kind: str, compare: Compare) -> Finder:
        def find(subject: str, predicate: str, claims: Sequence[Claim]) -> Iterator[Dispute]:
            positions = self._accounts(claims)
            yield from made(Matter(kind, subject, predicate), positions, compare)

        return find

    def _accounts(self, claims: Iterable[Claim]) -> list[Position]:
        """What each origin names, taken together; origins that name the same are one position."""
        told: dict[str, dict[str, Claim]] = defaultdict(dict)
        for claim in claims:
            for origin in self._telling.origins_of(claim):
                told[origin][claim.iri] = claim
        found: dict[frozenset[str], dict[str, Claim]] = defaultdict(dict)
        for some in told.values():
            found[frozenset(text_of(each.object) for each in some.values())] |= some
        return [
            Position(names, tuple(map(NamedNode, sorted(names))), tuple(some.values()))
            for names, some in found.items()
        ]

    def _holders(self) -> Iterator[Dispute]:
        """Subjects of which the same is told, though only one can have it at a time."""
        found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for subject, claims in self._telling.by_subject.items():
            for claim in claims:
                kind = self._telling.rules.compared(claim.predicate, subject)
                if kind == "holder" and not claim.negative:
                    found[claim.predicate, text_of(claim.object)].append(claim)
        for (predicate, thing), told in found.items():
            matter = Matter("holder", thing, predicate)
            for each in made(matter, self._subjects(told), holders):
                yield _only_differing(each)

    def _subjects(self, claims: Iterable[Claim]) -> list[Position]:
        found: dict[tuple[str, str | None, Bounds | None], list[Claim]] = defaultdict(list)
        for claim in claims:
            when = dated(self._telling, claim)
            found[claim.subject, when, span_of([claim])].append(claim)
        return [
            Position((subject, when), (NamedNode(subject),), tuple(told), when=when)
            for (subject, when, _), told in found.items()
        ]

    def _denials(self, subject: str, predicate: str, claims: Sequence[Claim]) -> Iterator[Dispute]:
        denied = {str(claim.object) for claim in claims if claim.negative}
        for text in denied:
            same = [claim for claim in claims if str(claim.object) == text]
            facet = (text.strip("<>"),)
            yield from made(Matter("denial", subject, predicate, facet), by_content(same), denials)


def made(matter: Matter, positions: Sequence[Position], compare: Compare) -> Iterator[Dispute]:
    """The dispute of the positions, if any two of them differ."""
    found = differences(positions, compare) if len(positions) > 1 else ()
    if found:
        named = matter._replace(kind=COMPARISON + matter.kind)
        yield Dispute(named, tuple(positions), found)


def _only_differing(dispute: Dispute) -> Dispute:
    """Without the positions that differ from no other: a life has many stages."""
    used = sorted({n for each in dispute.differences for n in (each.one, each.other)})
    return kept(dispute, used)


def kept(dispute: Dispute, numbers: Sequence[int]) -> Dispute:
    """The dispute with these positions only, and the differences between them."""
    place = {number: n for n, number in enumerate(numbers)}
    return replace(
        dispute,
        positions=tuple(dispute.positions[n] for n in numbers),
        differences=tuple(
            Difference(place[each.one], place[each.other], each.reason)
            for each in dispute.differences
            if each.one in place and each.other in place
        ),
    )


def period_of(claim: Claim) -> tuple[str, ...]:
    """The days from and until which a figure is told; empty where nobody tells."""
    if claim.time is None:
        return ()
    until = claim.until or claim.time
    return str(claim.time.not_before), str(until.not_after)
