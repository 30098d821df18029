"""What an actor says and which reports it publishes: where it tells and is not told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from c5graph.graph.claims import Report
from c5graph.graph.release import View
from c5graph.namespaces import C5, DCTERMS
from c5graph.views.claims import ClaimNote, Reader, ReportNote


@dataclass(frozen=True)
class Voice:
    """The first claims in its voice and the last reports it published, with how many there are."""

    claims: tuple[ClaimNote, ...]
    said: int
    reports: tuple[ReportNote, ...]
    published: int


def voice(iri: str, view: View, reader: Reader, most: int, counts: Callable[[str], bool]) -> Voice:
    """What of it counts in a view, so many of each at most; `counts` says which claims do."""
    index, selection = reader.release.index, view.selection
    said = [each for each in index.subjects(C5 + "attributedTo", iri) if counts(each)]
    known = reader.release.record.reports
    published = sorted(
        (each for each in index.subjects(DCTERMS + "publisher", iri) if each in selection.reports),
        key=lambda each: (_day(known[each]), each),
        reverse=True,
    )
    return Voice(
        claims=reader.claims(said, most),
        said=len(said),
        reports=tuple(map(reader.report, published[:most])),
        published=len(published),
    )


def _day(report: Report) -> date:
    """The first day on which a report may have come out."""
    return (report.published and report.published.not_before) or date.min
