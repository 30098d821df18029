"""Until when an edge holds, and how far the undertaking of which it tells has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from c5graph.graph.derive import Fact, Support
from c5graph.graph.index import Index
from c5graph.graph.times import Bounds, bounds
from c5graph.namespaces import C5, SKOS, VOC
from c5graph.store.rdf import NamedNode, Term, text_of

BINDING = VOC + "status-class-binding"
_INDICATOR = "indicator"
_STATUS = C5 + "hasStatus"


class Stage(NamedTuple):
    """The present status of an undertaking, reached or only planned."""

    status: str
    reached: bool


def until(index: Index, fact: Fact) -> str | None:
    """The last time at which the fact is said to hold, as precisely as told.

    None where a support tells no end, and of figures, whose times are what they measure.
    """
    return _told(_end_of(index, fact))


def until_all(index: Index, facts: Iterable[Fact]) -> str | None:
    """The last time at which one of the facts is said to hold; None where one has no end."""
    return _told(_latest([_end_of(index, fact) for fact in facts]))


def _told(end: Term | None) -> str | None:
    return None if end is None else text_of(end)


def _end_of(index: Index, fact: Fact) -> Term | None:
    if not fact.supports or _is_figure(index, fact):
        return None
    return _latest([_end(index, support) for support in fact.supports])


def _latest(ends: list[Term | None]) -> Term | None:
    known = [each for each in ends if each is not None]
    return max(known, key=_last) if known and len(known) == len(ends) else None


def stage_of(fact: Fact, stages: Mapping[str, Stage]) -> Stage | None:
    """The present status of the undertaking that the fact is about; it says how real it is."""
    return None if fact.predicate.value == _STATUS else stages.get(fact.subject.value)


def binds(index: Index, stage: Stage) -> bool:
    """Whether an undertaking of this status has been signed or has come further.

    A plan binds nobody.
    """
    return stage.reached and BINDING in index.values(stage.status, SKOS + "broader")


def _is_figure(index: Index, fact: Fact) -> bool:
    target = fact.object.value if isinstance(fact.object, NamedNode) else None
    amount = index.value(target, C5 + "amount") if target else None
    return amount is not None or any(support.rule == _INDICATOR for support in fact.supports)


def _end(index: Index, support: Support) -> Term | None:
    """When the first of the claims that are needed together ends."""
    told = (index.term(claim, C5 + "validUntil") for claim in support.claims)
    return min((each for each in told if each is not None), key=_last, default=None)


def _last(term: Term) -> date:
    span: Bounds | None = bounds(term)
    return (span and span.not_after) or date.max
