"""Pages and tables of the ledger: paging, filters, and what a table may hold."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.desk.bureau import Office
from c5graph.desk.ledger import GROUPS, SORTS, LedgerAsk
from c5graph.desk.ledger_page import ledger_page
from c5graph.desk.questions import LEDGER
from c5graph.errors import BadParameter
from c5graph.tables import table
from tests.desk.dealing import rows


@pytest.mark.parametrize("sort", SORTS)
def test_paging_meets_every_deal_once(shipped_office: Office, sort: str) -> None:
    met: list[str] = []
    cursor = None
    while True:
        page = ledger_page(shipped_office.ledger, LedgerAsk(sort=sort, limit=7, cursor=cursor))
        met += [deal.iri for deal in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(met) == sorted(deal.iri for deal in shipped_office.ledger.deals)
    assert len(met) > 7


def test_amounts_of_other_currencies_never_stand_above_dollars(shipped_office: Office) -> None:
    told = [
        [each["currency"] for each in row["worth"] if "low" in each]
        for row in rows(shipped_office, sort="amount", limit=1000)
        if row["concerned"] and not row["package"]
    ]
    dollars = ["USD" in each for each in told]
    assert any(each and "USD" not in each for each in told)
    assert dollars == sorted(dollars, reverse=True)


def test_packages_stand_after_single_deals_however_big(shipped_office: Office) -> None:
    shown = rows(shipped_office, sort="amount", limit=1000)
    places = [(not row["concerned"], row["package"]) for row in shown]
    assert len(set(places)) > 2
    assert places == sorted(places)


def test_classes_of_stages_split_each_group(shipped_office: Office) -> None:
    shown = ledger_page(shipped_office.ledger, LedgerAsk(by="power")).as_dict()
    assert {group["key"]["label"] for group in shown["groups"]} > {"United States", "China"}
    for group in shown["groups"]:
        assert sum(part["agreements"] for part in group["classes"]) == group["agreements"]
        for total in group["totals"]:
            purse = (total["currency"], total["basis"])
            parts = [
                each
                for part in group["classes"]
                for each in part["totals"]
                if (each["currency"], each["basis"]) == purse
            ]
            assert sum(each["high"] for each in parts) == pytest.approx(total["high"])


def test_what_cannot_be_asked_is_refused_with_what_there_is(shipped_office: Office) -> None:
    for given_, said in (
        ({"power": ["mars"]}, "side-china"),
        ({"by": ["weather"]}, "sector"),
        ({"sort": ["colour"]}, "since"),
        ({"cursor": ["!!"]}, "next_cursor"),
        ({"cursor": ["aGVsbG8"]}, "next_cursor"),
    ):
        with pytest.raises(BadParameter) as caught:
            LEDGER.answer(shipped_office, given_, 10, "en")
        assert said in caught.value.remedy


def test_filters_keep_the_deals_that_they_name(shipped_office: Office) -> None:
    every = rows(shipped_office, limit=1000)
    for name in GROUPS:
        if name == "partner":
            continue
        field = {"sector": "sectors", "power": "powers", "kind": "kinds"}
        for value in sorted(GROUPS[name](shipped_office.ledger.deals[0])):
            kept = rows(shipped_office, filters={name: frozenset({value})}, limit=1000)
            assert 0 < len(kept) <= len(every)
            if name in field:
                assert all(value in [each["iri"] for each in r[field[name]]] for r in kept)
            if name == "state":
                where = [r["states"] or r["concerned"] for r in kept]
                assert all(value in [each["iri"] for each in some] for some in where)


def test_a_table_has_a_row_a_deal_and_cannot_run_anything(shipped_office: Office) -> None:
    page = ledger_page(shipped_office.ledger, LedgerAsk(limit=1000))
    read = list(csv.DictReader(io.StringIO(table(*page.table()).decode())))
    assert [row["agreement"] for row in read] == [deal.iri for deal in page.rows]
    by = ledger_page(shipped_office.ledger, LedgerAsk(by="power"))
    groups = list(csv.DictReader(io.StringIO(table(*by.table()).decode())))
    assert {row["currency"] for row in groups} >= {"USD"}
    named = ("group", "label", "class", "currency", "basis")
    keys = [tuple(row[name] for name in named) for row in groups]
    assert len(keys) == len(set(keys))


@given(st.text(max_size=20), st.sampled_from("=+-@\t\r"))
def test_no_cell_of_a_table_is_a_formula(text: str, sign: str) -> None:
    written = table(["a"], [[sign + text]]).decode()
    (row,) = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert row == ["'" + sign + text]


def test_by_amount_a_page_says_where_packages_begin(shipped_office: Office) -> None:
    given = {"sort": ["amount"]}
    first = LEDGER.answer(shipped_office, given, 5, "en").as_dict()
    kinds = {each["kind"]: each for each in first["stretches"]}
    assert list(kinds) == ["single", "package", "elsewhere"]
    assert sum(each["agreements"] for each in first["stretches"]) == first["total"]
    assert kinds["single"]["cursor"] is None
    for kind, package, concerned in (("package", True, True), ("elsewhere", None, False)):
        onward = {**given, "cursor": [kinds[kind]["cursor"]]}
        row = LEDGER.answer(shipped_office, onward, 1, "en").as_dict()["agreements"][0]
        assert bool(row["concerned"]) is concerned
        assert package is None or row["package"] is package
    assert LEDGER.answer(shipped_office, {}, 5, "en").as_dict()["stretches"] == []
