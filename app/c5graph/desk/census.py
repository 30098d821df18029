"""What there is under a view: the claims that count, and the things that they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, partial

from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim, members
from c5graph.graph.index import TYPE
from c5graph.namespaces import C5, DCTERMS, ID, RDFS
from c5graph.store.rdf import NamedNode, text_of

_VOICES = (C5 + "attributedTo", C5 + "relayedBy")
_OF_REPORTS = (DCTERMS + "publisher", C5 + "origin")
_CARRIERS = ("FramedNode", "Quantity", "MoneyAmount", "Share", "Flow", "Indicator", "Shareholding")


class Census:
    """Claims, reports and things of one view; `whole` is that of the view that leaves out nothing.

    A thing counts when a claim that counts names it: as its subject or object, within a framed
    node, a figure or what a figure measures, as a voice, or as the publisher or origin. What
    no claim at all names identifies other things, and counts whatever the lens.
    """

    def __init__(self, telling: Telling, whole: Census | None = None) -> None:
        self._telling, self._whole = telling, whole or self

    @property
    def claims(self) -> int:
        """How many claims count."""
        return len(self._telling.seen)

    @cached_property
    def reports(self) -> int:
        """How many reports have a claim that counts."""
        return len(self._telling.reports(self._telling.seen.values()))

    def counts(self, iri: str) -> bool:
        """Whether a claim, a report or a thing counts; of all else, whether it is not hidden."""
        telling = self._telling
        if iri in telling.record.claims:
            return iri in telling.seen
        if iri in telling.record.reports:
            return iri in telling.selection.reports
        if iri.startswith(ID):
            return iri in self.named or iri not in self._whole.named
        return not telling.teller.hides(iri)

    @cached_property
    def named(self) -> frozenset[str]:
        """Everything that the claims that count name."""
        found: set[str] = set()
        waiting = [each for claim in self._telling.seen.values() for each in self._ends(claim)]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting += self._within(here)
        return frozenset(found)

    @cached_property
    def things(self) -> frozenset[str]:
        """The entities that count; framed nodes belong to claims, origins to reports."""
        index = self._telling.index
        parts = members(index, C5 + "FramedNode") | members(index, C5 + "Origin")
        every = (iri for iri in index if iri.startswith(ID) and iri not in parts)
        return frozenset(each for each in every if self.counts(each))

    @cached_property
    def classes(self) -> Counter[str]:
        """How many things that count are of each class, those of its kinds included."""
        index = self._telling.index
        above = cache(partial(index.closure, predicate=RDFS + "subClassOf"))
        found: Counter[str] = Counter()
        for iri in self.things:
            found.update({up for kind in index.values(iri, TYPE) for up in above(kind)})
        return found

    def of_class(self, iri: str) -> int:
        """How much of what counts is of a class or of its kinds."""
        return sum(map(self.counts, members(self._telling.index, iri)))

    def _ends(self, claim: Claim) -> Iterator[str]:
        index = self._telling.index
        yield from (claim.subject, text_of(claim.object))
        for predicate in _VOICES:
            yield from index.values(claim.iri, predicate)
        for report in self._telling.reports_of(claim):
            for predicate in _OF_REPORTS:
                yield from index.values(report, predicate)

    def _within(self, iri: str) -> Iterable[str]:
        """What a framed node or a figure names."""
        if iri not in self._carriers:
            return ()
        told = self._telling.index.statements(iri)
        return [term.value for _, term in told if isinstance(term, NamedNode)]

    @cached_property
    def _carriers(self) -> frozenset[str]:
        kinds = (members(self._telling.index, C5 + name) for name in _CARRIERS)
        return frozenset().union(*kinds)
