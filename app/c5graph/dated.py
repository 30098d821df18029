"""When a thing came about by the claims of a view, and of which day the data are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from c5graph.graph.index import Index
from c5graph.graph.release import View
from c5graph.graph.times import Bounds, bounds
from c5graph.namespaces import C5, DCTERMS, RDF, VOC
from c5graph.store.rdf import Term

_DATES: Final = frozenset({C5 + "heldOn", C5 + "endedOn"})


def spans(view: View, iri: str) -> Iterator[Bounds]:
    """A span of days for each claim that dates the thing."""
    index = view.teller.index
    for claim in index.subjects(RDF + "subject", iri):
        denied = index.value(claim, C5 + "polarity") == VOC + "polarity-negative"
        if claim in view.selection.shown and not denied:
            found = bounds(_time(view, claim))
            if found is not None:
                yield found


def day_of_data(index: Index) -> date | None:
    """The latest day on which something in the data is said to have been made."""
    made = (bounds(term) for _, term in index.pairs(DCTERMS + "created"))
    return max((each.not_before for each in made if each and each.not_before), default=None)


def overlaps(span: Bounds, since: date | None, until: date | None) -> bool:
    """Whether some day of the span may lie between the two, both included."""
    first, last = span.not_before or date.min, span.not_after or date.max
    return last >= (since or date.min) and first <= (until or date.max)


def _time(view: View, claim: str) -> Term | None:
    index = view.teller.index
    predicate = index.value(claim, RDF + "predicate")
    if predicate == C5 + "hasStatus":
        return index.term(claim, C5 + "validFrom")
    return index.term(claim, RDF + "object") if predicate in _DATES else None
