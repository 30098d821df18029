"""Bounds of years, months and days, and of reports."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.graph.claims import read_record
from c5graph.graph.index import Index
from c5graph.graph.load import bound_quads
from c5graph.graph.release import Release
from c5graph.graph.times import Bounds, bounds
from c5graph.store.rdf import Literal, NamedNode
from tests.graph.worlds import Told, World, derived, iri, quad


def literal(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(iri(f"xsd:{kind}")))


@pytest.mark.parametrize(
    ("value", "kind", "first", "last"),
    [
        ("2025", "gYear", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-11", "gYearMonth", date(2025, 11, 1), date(2025, 11, 30)),
        ("2024-02", "gYearMonth", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-11-06", "date", date(2025, 11, 6), date(2025, 11, 6)),
        ("2025-11-06Z", "date", date(2025, 11, 6), date(2025, 11, 6)),
        ("2025-11-06T17:00:00", "dateTime", date(2025, 11, 6), date(2025, 11, 6)),
    ],
)
def test_a_time_lies_between_its_bounds(value: str, kind: str, first: date, last: date) -> None:
    assert bounds(literal(value, kind)) == Bounds(first, last)


@pytest.mark.parametrize(
    "term",
    [
        literal("2025-13", "gYearMonth"),
        literal("2025-02-30", "date"),
        literal("soon", "date"),
        literal("2025", "integer"),
        Literal("2025-11-06"),
        NamedNode("https://example.org/2025"),
        None,
    ],
)
def test_what_is_no_time_has_no_bounds(term: Literal | NamedNode | None) -> None:
    assert bounds(term) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_lies_within_its_month_and_its_year(day: date) -> None:
    month = bounds(literal(f"{day:%Y-%m}", "gYearMonth"))
    year = bounds(literal(f"{day:%Y}", "gYear"))
    assert month is not None
    assert year is not None
    edges = [year.not_before, month.not_before, day, month.not_after, year.not_after]
    assert None not in edges
    assert edges == sorted(edges, key=str)


def undated_report(**extra: Literal) -> list[tuple[date | None, date | None]]:
    """Bounds of a report that tells an event of 6 November 2025 as past."""
    world = World(
        (
            Told("a", "summit", "basedIn", "z"),
            Told("h", "summit", "heldOn", "z", "planned", report="r2"),
            Told("p", "other", "basedIn", "z", "planned", since=date(2025, 11, 20)),
            Told("f", "x", "owns", "z", since=date(2027, 1, 5)),
        ),
        reports={"r1": None, "r2": date(2025, 10, 1)},
    )
    quads = [each for each in world.quads() if str(each.subject) != f"<{iri('claim:h')}>"]
    quads += [
        quad("id:summit", "rdf:type", "c5:Summit"),
        quad("claim:h", "rdf:type", "c5:Claim"),
        quad("claim:h", "rdf:subject", "id:summit"),
        quad("claim:h", "rdf:predicate", "c5:heldOn"),
        quad("claim:h", "rdf:object", literal("2025-11-06", "date")),
        quad("claim:h", "c5:modality", "voc:modality-planned"),
        quad("claim:h", "c5:evidence", "report:r2"),
        *(quad("report:r1", curie.replace("_", ":"), value) for curie, value in extra.items()),
    ]
    spans = read_record(Index(quads)).reports[iri("report:r1")].published
    return [(spans.not_before, spans.not_after)] if spans else []


def test_an_undated_report_is_not_before_what_it_tells_as_past_nor_after_it_was_seen() -> None:
    seen = literal("2026-11-22", "date")
    assert undated_report(c5_firstSeen=seen) == [(date(2025, 11, 6), date(2026, 11, 22))]


def test_a_month_is_narrowed_by_the_event_that_the_report_tells_as_past() -> None:
    month = literal("2025-11", "gYearMonth")
    assert undated_report(dcterms_issued=month) == [(date(2025, 11, 6), date(2025, 11, 30))]


def test_a_known_day_stays_as_it_is() -> None:
    day = literal("2025-11-08", "date")
    assert undated_report(dcterms_issued=day) == [(date(2025, 11, 8), date(2025, 11, 8))]


def test_a_claim_about_a_date_takes_that_date() -> None:
    made = derived(World((Told("a", "x", "owns", "y", since=date(2025, 3, 1)),)))
    stated = {(q.predicate.value.rpartition("#")[2], q.object) for q in bound_quads(made.record)}
    assert ("notBefore", literal("2025-03-01", "date")) in stated
    assert ("notAfter", literal("2025-03-01", "date")) in stated


def test_every_shipped_time_has_bounds(shipped: Release) -> None:
    index = shipped.index
    dated = [c for c in index.of_class(iri("c5:Claim")) if index.values(c, iri("c5:validFrom"))]
    assert dated
    assert all(shipped.record.claims[claim].time is not None for claim in dated)


def test_every_shipped_report_has_a_latest_day(shipped: Release) -> None:
    spans = {report.iri: report.published for report in shipped.record.reports.values()}
    assert len(spans) == 395
    assert all(span is not None and span.not_after is not None for span in spans.values()), spans
