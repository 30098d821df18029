"""Where the day from which a claim holds is only that of its report, so that it may be older."""

from __future__ import annotations

from collections.abc import Iterable

from c5graph.graph.claims import Claim
from c5graph.graph.index import Index
from c5graph.namespaces import C5, DCTERMS, VOC
from c5graph.store.rdf import text_of

_ANNOUNCED = VOC + "status-announced"


def only_reported(index: Index, claims: Iterable[Claim]) -> bool:
    """Whether all of these claims (there are some) begin with a report and not with an act.

    To be signed or announced is an act, which a report of the same day dates; a law in force, talks
    or a figure may have been there before the report that tells of them.
    """
    told = list(claims)
    return bool(told) and all(_is_day_of_report(index, each) for each in told)


def _is_day_of_report(index: Index, claim: Claim) -> bool:
    start = index.term(claim.iri, C5 + "validFrom")
    if start is None or (claim.is_status and _is_act(index, text_of(claim.object))):
        return False
    return start in (index.term(report, DCTERMS + "issued") for report in claim.reports)


def _is_act(index: Index, status: str) -> bool:
    once, lasts = (index.value(status, C5 + name) for name in ("isReachedOnce", "lasts"))
    return status == _ANNOUNCED or (once == "true" and lasts != "true")
