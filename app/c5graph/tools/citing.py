"""Puts the claims, the reports, the firmness and the lens on every row of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from c5graph.graph.claims import Firmness
from c5graph.graph.derive import Fact, claim_firmness
from c5graph.graph.release import Release, View, shown_facts
from c5graph.namespaces import CLAIM, FACT, REPORT
from c5graph.store.rdf import text_of

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Citer:
    """Cites by one release under one lens; what the lens hides is never named."""

    release: Release
    view: View

    def cite(self, row: Row, claims: Iterable[str] = (), firmness: str | None = None) -> Row:
        """The row with what it rests on: the claims named in it, and these besides."""
        told = set(strings(row))
        named = sorted({*self._shown(told), *self._shown(claims)})
        reports = {iri for claim in named for iri in self._reports(claim)}
        reports |= {iri for iri in told if iri.startswith(REPORT)} & self.view.selection.reports
        weakest = firmness or row.get("firmness") or self._weakest(named)
        head = {"claims": named, "reports": sorted(reports), "firmness": weakest}
        rest = {_renamed(name, value): value for name, value in row.items()}
        return {**rest, **head, "lens": self.view.lens.iri}

    def about(self, iri: str) -> list[str]:
        """Shown claims that have the thing as subject or object."""
        return sorted(self._shown(self._by_end.get(iri, ())))

    def between(self, terms: Iterable[str], predicates: frozenset[str]) -> list[Fact]:
        """Facts of these predicates whose subject and object are both among the terms."""
        known = set(terms)
        facts = (fact for term in known for fact in self._by_subject.get(term, ()))
        wanted = predicates | known
        return [
            fact
            for fact in facts
            if text_of(fact.object) in known and fact.predicate.value in wanted
        ]

    def claims(self, terms: Iterable[str]) -> list[str]:
        """The claims that are named outright among the terms."""
        return list(self._shown(terms))

    def facts(self, terms: Iterable[str]) -> list[Fact]:
        """The facts that are named outright among the terms."""
        return [self._by_iri[iri] for iri in terms if iri in self._by_iri]

    def _shown(self, iris: Iterable[str]) -> Iterator[str]:
        shown = self.view.selection.shown
        return (iri for iri in iris if iri.startswith(CLAIM) and iri in shown)

    def _reports(self, claim: str) -> Iterator[str]:
        chosen = self.view.selection.reports
        return (iri for iri in self.release.record.claims[claim].reports if iri in chosen)

    def _weakest(self, claims: Iterable[str]) -> str | None:
        record = self.release.record
        found = [claim_firmness(record.claims[iri], record) for iri in claims]
        return word(max(found)) if found else None

    @cached_property
    def _by_end(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for claim in self.release.record.claims.values():
            for end in {claim.subject, text_of(claim.object)}:
                found[end].append(claim.iri)
        return found

    @cached_property
    def _facts(self) -> list[Fact]:
        return shown_facts(self.release.basis, self.view.lens)

    @cached_property
    def _by_subject(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._facts:
            found[fact.subject.value].append(fact)
        return found

    @cached_property
    def _by_iri(self) -> dict[str, Fact]:
        return {fact.iri: fact for fact in self._facts if fact.iri.startswith(FACT)}


def strings(value: Any) -> Iterator[str]:
    """Every text in plain values, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def supporting(facts: Iterable[Fact]) -> set[str]:
    """The claims behind facts."""
    return {iri for fact in facts for each in fact.supports for iri in each.claims}


def weakest(facts: Iterable[Fact]) -> str | None:
    """The word for the least firm of facts; None without any."""
    found = [fact.firmness for fact in facts]
    return word(max(found)) if found else None


def word(firmness: Firmness) -> str:
    """How answers name a firmness."""
    return firmness.name.lower()


def _renamed(name: str, value: Any) -> str:
    """The claims of a row are IRIs; their texts and their number get other names."""
    if name != "claims":
        return name
    return "said" if isinstance(value, list) else "claims_total"
