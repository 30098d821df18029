"""The rules of desk and ledger as the ontology declares them, read once a release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from c5graph.graph.claims import members
from c5graph.graph.index import TYPE, Index
from c5graph.namespaces import C5, RDFS, SCHEMA, SKOS, VOC

COMPARISON = VOC + "comparison-"


@dataclass(frozen=True, slots=True)
class Factors:
    """What a bound does to an amount: the range it allows, and what it adds to a sum.

    No `most` means no limit above; no `low` and `high` means that it cannot be added.
    """

    least: Decimal = Decimal(1)
    most: Decimal | None = Decimal(1)
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How claims of a property are compared; `only` holds the subjects it is limited to."""

    kind: str
    only: frozenset[str] | None = None


@dataclass(frozen=True)
class Rules:
    """What the ontology declares; made by `read_rules`."""

    comparisons: dict[str, Comparison]
    by_period: frozenset[str]
    exclusions: frozenset[frozenset[str]]
    once: frozenset[str]
    lasting: frozenset[str]
    factors: dict[str, Factors]
    apart: frozenset[str]
    homeward: tuple[str, ...]
    sides: dict[str, tuple[str, ...]]
    roles: frozenset[str]
    classes: dict[str, str]
    stages: dict[str, int]
    halts: frozenset[str]
    telling: frozenset[str]

    def compared(self, predicate: str, subject: str) -> str | None:
        """How a claim of this property about this subject is compared; None: not at all."""
        found = self.comparisons.get(predicate)
        if found is None or (found.only is not None and subject not in found.only):
            return None
        return found.kind

    def exclude(self, one: str, other: str) -> bool:
        """Whether an undertaking cannot have both stages at the same time."""
        return frozenset((one, other)) in self.exclusions


def read_rules(index: Index) -> Rules:
    """Read the declarations; an ontology that declares nothing compares and sums nothing."""
    roles = index.closure(C5 + "hasParty", RDFS + "subPropertyOf", inverse=True)
    scheme = index.subjects(SKOS + "inScheme", VOC + "status")
    return Rules(
        comparisons=dict(_comparisons(index)),
        by_period=_by_period(index),
        exclusions=frozenset(_exclusions(index, scheme)),
        once=frozenset(each for each in scheme if _holds(index, each, "isReachedOnce")),
        lasting=frozenset(each for each in scheme if _holds(index, each, "lasts")),
        factors=dict(_factors(index)),
        apart=frozenset(iri for iri, _ in index.pairs(C5 + "isSummedApart")),
        homeward=tuple(sorted(iri for iri, _ in index.pairs(C5 + "leadsHome"))),
        sides=_sides(index),
        roles=frozenset(roles),
        classes={each: index.value(each, SKOS + "broader") or each for each in scheme},
        halts=frozenset(iri for iri, _ in index.pairs(C5 + "haltsProgress")),
        telling=frozenset(iri for iri, _ in index.pairs(C5 + "tellsDispute")),
        stages={each: int(index.value(each, SCHEMA + "position") or 0) for each in scheme},
    )


def _holds(index: Index, iri: str, flag: str) -> bool:
    return index.value(iri, C5 + flag) == "true"


def _comparisons(index: Index) -> Iterator[tuple[str, Comparison]]:
    for iri, kind in index.pairs(C5 + "comparedBy"):
        limits = index.values(iri, C5 + "comparedOnlyOn")
        only = frozenset().union(*(members(index, each) for each in limits)) if limits else None
        yield iri, Comparison(str(kind).strip("<>").removeprefix(COMPARISON), only)


def _by_period(index: Index) -> frozenset[str]:
    classes = (iri for iri, _ in index.pairs(C5 + "comparedByPeriod"))
    return frozenset().union(*(members(index, each) for each in classes))


def _exclusions(index: Index, scheme: list[str]) -> Iterator[frozenset[str]]:
    for stage in scheme:
        for other in index.values(stage, C5 + "excludes"):
            yield frozenset((stage, other))


def _factors(index: Index) -> Iterator[tuple[str, Factors]]:
    for bound in index.subjects(SKOS + "inScheme", VOC + "bound"):
        least, most, low, high = (
            None if text is None else Decimal(text)
            for name in ("leastFactor", "mostFactor", "lowFactor", "highFactor")
            for text in (index.value(bound, C5 + name),)
        )
        yield bound, Factors(least if least is not None else Decimal(0), most, low, high)


def _sides(index: Index) -> dict[str, tuple[str, ...]]:
    found = index.subjects(SKOS + "inScheme", VOC + "side")
    return {side: tuple(index.values(side, C5 + "gathers")) for side in found}


def typed(index: Index, iri: str, classes: frozenset[str]) -> bool:
    """Whether the thing is of one of the classes."""
    return not classes.isdisjoint(index.values(iri, TYPE))
