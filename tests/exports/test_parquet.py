"""Parquet, read back by pyarrow and pandas: typed, described, nothing rounded, nothing hardened."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from c5graph.desk.bureau import Office
from c5graph.exports import FILES, offered
from c5graph.graph.claims import Firmness
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.namespaces import C5, CLAIM, ID, REPORT
from c5graph.parquet import TABLES
from c5graph.parquet.columns import DIGITS, KINDS, PLACES, fitting, time_cells
from c5graph.store.rdf import Literal, NamedNode
from tests.exports.files import exported

EARLY = Lens(known_at=date(2025, 11, 7))
TYPES = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "day": pa.date32(),
    "amount": pa.decimal128(DIGITS, PLACES),
    "number": pa.int64(),
    "degrees": pa.float64(),
    "flag": pa.bool_(),
}


@pytest.fixture(scope="module")
def tables(shipped: Release) -> dict[str, Any]:
    return {name: read(shipped, name) for name in TABLES}


def read(release: Release, name: str) -> Any:
    return pq.read_table(io.BytesIO(exported(release, f"{name}.parquet")))


@pytest.mark.parametrize("name", TABLES)
def test_each_column_has_its_type_and_says_what_it_means(
    tables: dict[str, Any], shipped: Release, name: str
) -> None:
    schema = tables[name].schema
    assert schema.names == [each.name for each in TABLES[name].columns]
    for column in TABLES[name].columns:
        field = schema.field(column.name)
        assert field.type == TYPES.get(column.kind, field.type)
        assert field.metadata[b"meaning"].decode() == column.meaning
    about = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert (about["version"], about["lens"]) == (shipped.version, "default")


def test_every_claim_is_a_row_with_its_own_wording(
    tables: dict[str, Any], shipped: Release
) -> None:
    rows = tables["claims"].to_pylist()
    assert {row["claim"] for row in rows} == shipped.record.claims.keys()
    assert len(rows) == len(shipped.record.claims)
    for row in rows:
        claim = shipped.record.claims[row["claim"]]
        assert row["modality"] == claim.modality.modality
        assert (row["polarity"] == "negative") is claim.negative
        assert row["counts"] is (claim.iri in shipped.view.selection.counting)
        assert row["attributed_to"] == shipped.index.values(claim.iri, C5 + "attributedTo")
        assert tuple(row["reports"]) == claim.reports


def test_a_hedge_stays_a_hedge(tables: dict[str, Any], shipped: Release) -> None:
    for row in tables["claims"].to_pylist():
        if row["firmness"] == "firm":
            planned_deal = row["subject"] in shipped.record.undertakings
            assert row["modality"] == "asserted" or (row["modality"] == "planned" and planned_deal)


def test_amounts_are_the_figures_of_the_sources(tables: dict[str, Any], shipped: Release) -> None:
    told = [row for row in tables["claims"].to_pylist() if row["amount_bound"]]
    assert len(told) > 300
    for row in told:
        written = shipped.index.value(row["object"], C5 + "amount")
        assert row["amount"] == Decimal(str(written)), "no figure of the data is too long"
        assert row["currency"] == shipped.index.value(row["object"], C5 + "currency")
    bases = Counter(row["price_basis"] for row in told if row["currency"])
    assert bases.keys() == {"list", "not-stated"}


def test_dates_keep_their_precision(tables: dict[str, Any]) -> None:
    rows = [row for row in tables["claims"].to_pylist() if row["valid_from"]]
    assert {row["valid_from_precision"] for row in rows} == {"year", "month", "day"}
    for row in rows:
        first, last = row["valid_from_earliest"], row["valid_from_latest"]
        assert first.isoformat().startswith(row["valid_from"][:10])
        assert (first == last) is (row["valid_from_precision"] == "day")


@pytest.mark.parametrize(
    ("written", "kind", "expected"),
    [
        ("2025", "gYear", ("year", date(2025, 1, 1), date(2025, 12, 31))),
        ("2024-02", "gYearMonth", ("month", date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-11-06", "date", ("day", date(2025, 11, 6), date(2025, 11, 6))),
        ("2025-13", "gYearMonth", (None, None, None)),
    ],
)
def test_a_time_tells_the_days_that_it_can_mean(
    written: str, kind: str, expected: tuple[object, ...]
) -> None:
    term = Literal(written, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
    cells = time_cells("t", term)
    assert (cells["t_precision"], cells["t_earliest"], cells["t_latest"]) == expected
    assert cells["t"] == (written if expected[0] else None)


@given(some.decimals(allow_nan=True, allow_infinity=True))
def test_a_figure_fits_whole_or_not_at_all(number: Decimal) -> None:
    kept = fitting(number)
    if kept is None:
        assert not number.is_finite() or _too_long(Fraction(number))
    else:
        assert kept == number
        assert pa.scalar(kept, TYPES["amount"]).as_py() == number


def _too_long(number: Fraction) -> bool:
    scaled = number * 10**PLACES
    return scaled.denominator != 1 or abs(scaled) >= 10**DIGITS


def test_evidence_names_passage_and_report_of_each_claim(
    tables: dict[str, Any], shipped: Release
) -> None:
    rows = tables["evidence"].to_pylist()
    by_claim: dict[str, set[str]] = {}
    for row in rows:
        by_claim.setdefault(row["claim"], set()).add(row["report"])
        if row["passage"]:
            assert row["passage"].endswith(f"/passage/{row['start']}-{row['end']}")
            assert row["passage"].startswith(row["report"])
            assert len(row["span_digest"]) == 64
    assert by_claim == {claim.iri: set(claim.reports) for claim in shipped.record.claims.values()}


def test_the_ledger_has_the_ends_that_the_desk_has(
    tables: dict[str, Any], shipped_office: Office
) -> None:
    ledger = shipped_office.ledger
    rows = tables["ledger"].to_pylist()
    assert {row["agreement"] for row in rows} == {deal.iri for deal in ledger.deals}
    for total in ledger.totals(ledger.deals):
        ends = {
            row["agreement"]: (row["low"], row["high"])
            for row in rows
            if (row["currency"], row["price_basis"] == "list")
            == (total.currency, bool(total.basis))
        }
        for worth in total.counted:
            low, high = ends[worth.deal.iri]
            if worth.parts:  # of a whole the sum takes what its parts leave
                assert high > worth.high
            else:
                assert (low, high) == (worth.low, worth.high)


def test_a_deal_without_an_amount_has_no_amount(tables: dict[str, Any]) -> None:
    rows = [row for row in tables["ledger"].to_pylist() if row["currency"] is None]
    assert rows
    assert all(row["low"] is None and row["high"] is None for row in rows)


def test_entities_have_their_names_and_verified_links(tables: dict[str, Any]) -> None:
    rows = {row["entity"]: row for row in tables["entities"].to_pylist()}
    state = rows[ID + "kazakhstan"]
    assert {"lang": "ru", "text": "Казахстан"} in state["labels"]
    assert state["types"] == [C5 + "State"]
    assert [each for each in state["exact_matches"] if "wikidata.org/entity/Q232" in each]
    almaty = rows[ID + "almaty"]
    assert (round(almaty["longitude"]), round(almaty["latitude"])) == (77, 43)


def test_pandas_computes_with_the_columns(tmp_path: Path, shipped: Release) -> None:
    path = tmp_path / "ledger.parquet"
    path.write_bytes(exported(shipped, "ledger.parquet"))
    frame = pd.read_parquet(path)
    dollars = frame[(frame.currency == "USD") & frame.low.notna()]
    assert isinstance(dollars.low.sum(), Decimal)
    signed = dollars[dollars.status_class == "binding"]
    assert 0 < len(signed) < len(dollars)
    assert (dollars.low <= dollars.high).all()


def test_what_a_lens_hides_is_in_no_table(shipped: Release) -> None:
    early = shipped.under(EARLY)
    shown = early.view.selection.shown
    for name in ("claims", "evidence", "ledger"):
        text = read(early, name).to_pylist()
        named = {iri for row in text for value in row.values() for iri in _iris(value)}
        assert {iri for iri in named if iri.startswith(CLAIM)} <= shown
        assert {iri for iri in named if iri.startswith(REPORT) and "/passage/" not in iri} <= (
            early.view.selection.reports
        )


def _iris(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def test_a_lens_of_every_wording_changes_what_counts_and_no_wording(shipped: Release) -> None:
    wide = shipped.under(Lens(modality=frozenset(Firmness)))
    usual, all_ = read(shipped, "claims").to_pandas(), read(wide, "claims").to_pandas()
    assert list(usual.modality) == list(all_.modality)
    assert usual.counts.sum() < all_.counts.sum()


def test_a_file_that_cannot_be_made_here_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {each.ending for each in offered()} == FILES.keys()
    monkeypatch.setattr("c5graph.dump.is_there", lambda module: module != "pyarrow")
    left = FILES.keys() - {each.ending for each in offered()}
    assert left == {f"{name}.parquet" for name in TABLES}


def test_every_column_is_documented(checkout: Path) -> None:
    text = (checkout / "docs" / "exports.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        section = text.partition(f"### {table.name}.parquet\n")[2].partition("\n### ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows == [
            f"| `{each.name}` | {KINDS[each.kind]} | {each.meaning} |" for each in table.columns
        ]
