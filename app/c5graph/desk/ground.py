"""What no lens changes: rules, homes, amounts, readings, ties and findings, read once a release."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from c5graph.desk.amounts import Amount, read_amount
from c5graph.desk.concern import Concern
from c5graph.desk.homes import Homes
from c5graph.desk.rules import Rules, read_rules
from c5graph.graph.claims import Record, members
from c5graph.graph.index import Index
from c5graph.namespaces import C5, PREFIXES
from c5graph.store.rdf import text_of

CITO: Final = PREFIXES["cito"]
RELATIONS: Final = tuple(
    CITO + each for each in ("disputes", "corrects", "updates", "qualifies", "confirms")
)
READING: Final = C5 + "alternativeReadingOf"


@dataclass(frozen=True)
class Tie:
    """A relation that one claim declares to another."""

    claim: str
    relation: str
    other: str


class Ground:
    """Made once a release; what is read is kept."""

    def __init__(self, index: Index, record: Record) -> None:
        self.index, self.record = index, record
        self._amounts: dict[str, Amount | None] = {}

    @cached_property
    def rules(self) -> Rules:
        """What the ontology declares."""
        return read_rules(self.index)

    @cached_property
    def homes(self) -> Homes:
        """Where actors are at home."""
        return Homes(self.index, self.record, self.rules)

    @cached_property
    def concern(self) -> Concern:
        """What of Central Asia agreements concern."""
        return Concern(self.index, self.record, self.homes, self.rules)

    @cached_property
    def undertakings(self) -> frozenset[str]:
        """Things with a life of their own."""
        return members(self.index, C5 + "Undertaking")

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """What claims declare to each other."""
        return tuple(each for relation in RELATIONS for each in self._tied(relation))

    @cached_property
    def readings(self) -> tuple[Tie, ...]:
        """Claims that read a passage in another way than others."""
        return tuple(self._tied(READING))

    @cached_property
    def read_otherwise(self) -> frozenset[str]:
        """Every claim that is one of several readings."""
        return frozenset(iri for tie in self.readings for iri in (tie.claim, tie.other))

    @cached_property
    def findings(self) -> dict[str, tuple[str, ...]]:
        """Claims and things that each finding is about."""
        kinds = self.index.of_class(C5 + "Finding")
        return {iri: tuple(self.index.values(iri, C5 + "findingOn")) for iri in kinds}

    @cached_property
    def findings_on(self) -> dict[str, list[str]]:
        """The findings about each claim or thing."""
        found: dict[str, list[str]] = defaultdict(list)
        for finding, on in self.findings.items():
            for iri in on:
                found[iri].append(finding)
        return found

    @cached_property
    def telling(self) -> frozenset[str]:
        """The findings of a kind that tells a disagreement."""
        return frozenset(
            iri
            for iri in self.findings
            if not self.rules.telling.isdisjoint(self.index.values(iri, C5 + "findingKind"))
        )

    def amount(self, iri: str) -> Amount | None:
        """The amount that a value states."""
        if iri not in self._amounts:
            self._amounts[iri] = read_amount(self.index, iri, self.rules)
        return self._amounts[iri]

    def _tied(self, relation: str) -> list[Tie]:
        pairs = self.index.pairs(relation)
        return [Tie(iri, relation, text_of(term)) for iri, term in pairs]
