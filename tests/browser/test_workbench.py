"""The query workbench: what stays, what is told, and what can be taken away from it."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.asking import ask, cells, offered, write, written
from tests.browser.conftest import Opener, Tab
from tests.browser.seen import saved
from tests.components import missing

STATES = (
    "SELECT ?state ?name WHERE { ?state a c5:State ; rdfs:label ?name FILTER(LANG(?name) = 'en') }"
)


def test_a_query_stays_when_the_lens_or_the_language_changes(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    ask(page, STATES)
    write(page, written(page) + " # typed since")
    page.locator(".lens summary").click()
    page.get_by_label("Reported up to").fill("2025-11-07")
    page.get_by_role("button", name="Apply").click(timeout=30_000)  # the lens is worked out
    expect(page).to_have_url(re.compile("knownAt=2025-11-07"))
    expect(page.locator("#results tbody tr").first).to_be_visible(timeout=20_000)
    assert written(page).endswith(" # typed since")
    page.get_by_role("tab", name="Raw").click()
    page.locator(".tongues").get_by_role("link", name="RU").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("#tab-raw")).to_have_attribute("aria-selected", "true")
    assert written(page).endswith(" # typed since")
    assert "knownAt=2025-11-07" in page.url


def test_a_link_restores_picture_order_and_filter(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    ask(page, STATES)
    head = page.locator("#results th button").nth(1)
    head.click()
    head.click()
    every = page.locator("#results tbody tr").count()
    page.locator("#result-filter").fill("stan")
    expect(page.locator("#results tbody tr")).not_to_have_count(every)
    shown = cells(page, 2)
    assert shown == sorted(shown, reverse=True)
    link = page.get_by_role("link", name="Link to this query").get_attribute("href")
    again = tabs()
    again.open("/" + str(link).removeprefix("./"))
    expect(again.page.locator("#results tbody tr")).to_have_count(len(shown))
    assert cells(again.page, 2) == shown
    again.page.get_by_role("tab", name="Raw").click()
    again.page.reload()
    expect(again.page.locator("#tab-raw")).to_have_attribute("aria-selected", "true")


def test_rows_are_sorted_and_filtered_by_names_on_other_pages_too(bench: Tab) -> None:
    page = bench.page
    ask(page, "SELECT ?deal WHERE { ?deal a c5:Agreement } ORDER BY DESC(?deal)")
    page.locator("#results th button").click()
    expect(page.locator("#results th")).to_have_attribute("aria-sort", "ascending")
    names = page.locator("#results tbody td a").all_inner_texts()
    assert len(names) == 50
    assert [each.lower() for each in names] == sorted(each.lower() for each in names)


def test_numbers_times_and_gaps_are_put_in_order(bench: Tab) -> None:
    page = bench.page
    rows = "(9 '-0044'^^xsd:gYear) (10 '2025'^^xsd:gYear) (2.5 '-0100'^^xsd:gYear) "
    rows += "('-INF'^^xsd:double '2025-08-01'^^xsd:date) (UNDEF UNDEF) ('NaN'^^xsd:double UNDEF)"
    ask(page, f"SELECT ?n ?t WHERE {{ VALUES (?n ?t) {{ {rows} }} }}")
    first, second = (page.locator("#results th button").nth(at) for at in (0, 1))
    first.click()
    expect(page.locator("#results th").first).to_have_attribute("aria-sort", "ascending")
    assert cells(page, 1) == ["-INF", "2.5", "9", "10", "NaN", ""]
    first.click()
    expect(page.locator("#results th").first).to_have_attribute("aria-sort", "descending")
    assert cells(page, 1)[-1] == ""
    second.click()
    expect(page.locator("#results th").nth(1)).to_have_attribute("aria-sort", "ascending")
    told = [each.split()[0] if each else "" for each in cells(page, 2)]
    assert told == ["-0100", "-0044", "2025", "2025-08-01", "", ""]


def test_going_back_shows_each_query_once(bench: Tab) -> None:
    page = bench.page
    ask(page, "SELECT ?first { BIND(1 AS ?first) }")
    ask(page, written(page))
    ask(page, "SELECT ?second { BIND(2 AS ?second) }")
    page.go_back()
    expect(page.locator("#results th")).to_contain_text("first")
    page.go_back()
    expect(page.locator("#results > *")).to_have_count(0)
    assert "hasParty" in written(page)


def test_a_query_too_long_for_a_link_survives_a_reload(bench: Tab) -> None:
    page = bench.page
    words = " ".join(f'"word {number}"' for number in range(2000))
    results = ask(page, f"SELECT * {{ VALUES ?word {{ {words} }} }}")
    expect(results).to_contain_text("too long for a link")
    page.reload()
    expect(page.locator(".status")).to_contain_text("2,000 rows")
    assert written(page).count('"word ') == 2000


def test_completion_knows_what_may_stand_where(bench: Tab) -> None:
    page = bench.page
    assert offered(page, "SELECT * { ?s a ", "comp")[0] == "c5:Company"
    assert offered(page, "SELECT * { ?s ", "buyer")[0] == "c5:hasBuyer"
    assert offered(page, "SELECT * { ?s c5:hasParty ", "казахст")[0] == "id:kazakhstan"
    assert "skos:altLabel" in offered(page, "SELECT * { ?s ", "skos:alt")
    assert "cito:disputes" in offered(page, "SELECT * { ?s rdfs:label ?l ; ", "dispu")


def test_a_name_of_several_words_is_replaced_whole(bench: Tab) -> None:
    page = bench.page
    for typed, before, short in (
        ("has status", "SELECT * { ?s ", "c5:hasStatus"),
        ("Kazakhstan Temir", "SELECT * { ?s c5:hasParty ", "id:kazakhstan-temir-zholy"),
        ("comp", "SELECT * { ?s a ", "c5:Company"),
    ):
        assert offered(page, before, typed)[0] == short
        page.keyboard.press("Control+Space")
        expect(page.locator(".CodeMirror-hint").first).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator(".CodeMirror-hint")).to_have_count(0)
        assert written(page).partition("SELECT")[2] == (before + short).partition("SELECT")[2]


def test_a_download_that_fails_leaves_the_answer(tabs: Opener) -> None:
    tab = tabs()
    tab.forgiven = ("Failed to load resource",)
    page = tab.page
    tab.open("/sparql")
    ask(page, STATES)
    rows = page.locator("#results tbody tr").count()
    page.route("**/sparql", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    page.get_by_role("button", name="CSV", exact=True).click()
    expect(page.locator("#results [role=alert]")).to_contain_text("starting again")
    assert page.locator("#results tbody tr").count() == rows


def test_a_table_is_saved_with_the_labels_that_it_shows(bench: Tab) -> None:
    page = bench.page
    ask(page, "SELECT * { VALUES (?z ?a ?aLabel) { (c5:Mineral id:antimony '=1+1, \"x\"') } }")
    plain, named = (saved(page, label).read_text("utf-8") for label in ("CSV", "CSV with labels"))
    (row,) = csv.DictReader(io.StringIO(named, newline=""))
    assert list(row) == ["z", "zLabel", "a", "aLabel"]
    assert row["zLabel"] == "mineral"
    assert row["aLabel"] == '\'=1+1, "x"'
    assert plain.splitlines()[0] == "z,a,aLabel"
    ask(page, "SELECT (1 AS ?n) {}")
    expect(page.get_by_role("button", name="CSV with labels")).to_have_count(0)


def test_a_query_can_be_cancelled_before_its_prefixes_are_known(tabs: Opener) -> None:
    tab = tabs()
    tab.forgiven = ("ERR_FAILED", "ERR_ABORTED")
    page = tab.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/terms*", hold)
    tab.open("/sparql")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".status")).to_contain_text("Running")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".status")).to_contain_text("Cancelled")
    held[0].continue_()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#results tbody tr").first).to_be_visible()


RUNNERS = {"curl": ["bash"], "Python": [sys.executable], "R": ["Rscript", "--vanilla"]}
SHOW = {
    'SELECT ?x { VALUES ?x { "it\'s" \'Kök "x"\' } } # "quoted"': ("table", "it's"),
    "ASK { id:kazakhstan a c5:State }": ("verdict", "true"),
    "CONSTRUCT { id:boeing a ?class } WHERE { id:boeing a ?class }": ("turtle", "boeing"),
}


@pytest.mark.parametrize("query", SHOW, ids=["select", "ask", "construct"])
def test_the_code_that_is_offered_runs(tabs: Opener, tmp_path: Path, query: str) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql?knownAt=2026-02-01")
    results = ask(page, query)
    results.get_by_text("The same in curl, Python and R").click()
    names = results.locator("details h3").all_inner_texts()
    codes = results.locator("details pre").all_inner_texts()
    assert names == list(RUNNERS)
    variable, expected = SHOW[query]
    last = {"curl": "", "R": f"print({variable})"}
    last["Python"] = "print(graph.serialize())" if variable == "turtle" else f"print({variable})"
    for name, code in zip(names, codes, strict=True):
        runner = RUNNERS[name]
        if shutil.which(runner[0]) is None:
            missing(runner[0], "the code of the workbench is tried with it")
        file = tmp_path / name
        file.write_text(f"{code}\n{last[name]}\n", encoding="utf-8")
        ran = subprocess.run(
            [*runner, str(file)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert ran.returncode == 0, (name, code, ran.stderr)
        assert expected.lower() in ran.stdout.lower(), (name, code, ran.stdout)


def test_names_that_nothing_has_are_told_where_nothing_fits(bench: Tab) -> None:
    page = bench.page
    ask(page, "SELECT ?x { ?x a c5:Compny ; c5:hasParty id:kazakstan . } # id:atlantis")
    told = page.locator("#strangers li")
    expect(told).to_have_count(2)
    expect(told.first).to_contain_text("c5:Compny")
    expect(told.first).to_contain_text("c5:Company?")
    expect(told.last).to_contain_text("id:kazakhstan?")


def test_a_question_offers_the_concepts_that_fit_and_shows_its_answer(bench: Tab) -> None:
    page = bench.page
    page.get_by_text("Saved questions", exact=True).click()
    page.get_by_label("Find a question").fill("how far undertaking come")
    found = page.locator(".question-list button").first
    expect(found).to_contain_text("How far has each undertaking")
    found.click()
    field = page.get_by_label("the sector")
    expect(field).to_have_value("voc:sector-rail")
    field.select_option(label="aviation")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#results tbody tr").first).to_be_visible(timeout=20_000)
    assert "sector-aviation" in written(page)
    expect(page.locator(".status")).to_be_in_viewport()


def test_a_failed_query_is_told_in_russian(tabs: Opener) -> None:
    tab = tabs()
    tab.forgiven = ("400",)
    page = tab.page
    tab.open("/sparql?lang=ru")
    write(page, "ASK {")
    page.get_by_role("button", name="Выполнить", exact=True).click()
    expect(page.locator(".problem h2")).to_have_text("Это «{» нигде не закрыто.")
    expect(page.locator(".problem h2")).not_to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name=re.compile("строк"))).to_be_visible()
