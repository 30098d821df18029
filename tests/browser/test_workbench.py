"""The query workbench: what stays, what is told, and what can be taken away from it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Opener, Tab
from tests.components import missing

EDITOR = "document.querySelector('.CodeMirror').CodeMirror"
STATES = (
    "SELECT ?state ?name WHERE { ?state a c5:State ; rdfs:label ?name FILTER(LANG(?name) = 'en') }"
)
SPOILT = """SELECT ?kind ?value WHERE { VALUES (?kind ?value) {
("script" <javascript:alert(1)>) ("data" <data:text/html,x>) ("file" <file:///etc/passwd>)
("markup" "<img src=x onerror=window.pwned=1>") ("turned" "left \\u202Ethgir")
("link" <https://example.org/a>) ("word" "WORD")
} }""".replace("WORD", "W" * 400)


@pytest.fixture
def bench(tabs: Opener) -> Tab:
    """A tab with the workbench in it."""
    tab = tabs()
    tab.open("/sparql")
    return tab


def write(page: Page, query: str) -> None:
    page.evaluate(f"(query) => {EDITOR}.setValue(query)", query)


def written(page: Page) -> str:
    return str(page.evaluate(f"{EDITOR}.getValue()"))


def ask(page: Page, query: str) -> Locator:
    """Run it, and wait for its answer."""
    write(page, query)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#results > *").first).to_be_visible(timeout=20_000)
    expect(page.locator("#results")).to_have_attribute("aria-busy", "false")
    return page.locator("#results")


def cells(page: Page, column: int) -> list[str]:
    """What a column shows."""
    return page.locator(f"#results tbody td:nth-child({column})").all_inner_texts()


def offered(page: Page, before: str, typed: str) -> list[str]:
    """The short names that are offered for what is typed."""
    write(page, before)
    page.evaluate(f"() => {{ {EDITOR}.focus(); {EDITOR}.setCursor(0, 999) }}")
    page.keyboard.type(typed)
    expect(page.locator(".CodeMirror-hint").first).to_be_visible()
    found = page.locator(".CodeMirror-hint small").all_inner_texts()
    page.keyboard.press("Escape")
    return [each.strip().split(" · ")[0] for each in found]


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
    page.locator("#result-filter").fill("stan")
    expect(page.locator("#results tbody tr")).not_to_have_count(len(cells(page, 1)))
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


def test_a_picture_that_cannot_be_drawn_says_what_it_needs(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    ask(page, "SELECT ?word WHERE { VALUES ?word { 'one' 'two' } }")
    panel = page.locator("#result-panel")
    for name, words in {
        "Graph": "two columns of things",
        "Map": "column of points",
        "Timeline": "column of dates",
        "Chart": "column of numbers",
    }.items():
        page.get_by_role("tab", name=name).click()
        expect(panel).to_contain_text(words)


def test_a_graph_joins_the_first_column_to_the_others(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    drawn = "document.querySelector('.canvas')._cyreg?.cy"
    query = "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (id:boeing id:nvidia id:chevron) } }"
    for asked, lines in {
        query: ["b", "c"],
        query.replace("id:nvidia", "c5:hasPartner"): ["has partner"],
        "SELECT * { VALUES (?s ?p ?o) { (id:boeing rdf:type c5:Company) } }": ["rdf:type"],
    }.items():
        ask(page, asked)
        page.get_by_role("tab", name="Graph").click()
        page.wait_for_selector(".canvas canvas")
        assert page.evaluate(f"{drawn}.edges().map((edge) => edge.data('label'))") == lines
    expect(page.get_by_role("link", name="Go on with these in the graph view")).to_be_visible()
    assert page.locator("#results th").count() == 0
    page.get_by_role("tab", name="Table").click()
    assert [each.split()[0] for each in page.locator("#results th").all_inner_texts()] == [*"spo"]


def test_bars_below_nought_go_the_other_way(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    rows = "('a' 2 4) ('b' -2 1) ('c' 'INF'^^xsd:double 1)"
    ask(page, f"SELECT ?word ?n ?m WHERE {{ VALUES (?word ?n ?m) {{ {rows} }} }}")
    page.get_by_role("tab", name="Chart").click()
    page.get_by_label("Numbers of").select_option("n")
    bars = page.locator("#result-panel svg rect")
    expect(bars).to_have_count(2)
    above, below = (float(bars.nth(at).get_attribute("x") or 0) for at in (0, 1))
    assert below < above
    expect(page.locator("#result-panel")).to_contain_text("that can be drawn: 1")


def test_words_of_an_answer_do_no_harm(bench: Tab) -> None:
    page = bench.page
    ask(page, SPOILT)
    links = page.locator("#results tbody a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.org/a")
    assert page.evaluate("window.pwned") is None
    expect(page.locator("#results tbody td bdi", has_text="left")).to_have_count(1)
    assert page.locator("#results .scroll").evaluate("(box) => box.scrollWidth <= box.clientWidth")


def test_completion_knows_what_may_stand_where(bench: Tab) -> None:
    page = bench.page
    assert offered(page, "SELECT * { ?s a ", "comp")[0] == "c5:Company"
    assert offered(page, "SELECT * { ?s ", "buyer")[0] == "c5:hasBuyer"
    assert offered(page, "SELECT * { ?s c5:hasParty ", "казахст")[0] == "id:kazakhstan"
    assert "skos:altLabel" in offered(page, "SELECT * { ?s ", "skos:alt")
    assert "cito:disputes" in offered(page, "SELECT * { ?s rdfs:label ?l ; ", "dispu")


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


def test_examples_open_in_the_picture_that_shows_them_best(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql?lang=ru")
    page.get_by_role("link", name="на карте").click()
    expect(page.locator("#tab-map")).to_have_attribute("aria-selected", "true", timeout=20_000)
    shown = page.locator("#results .points text[visibility=visible]")
    expect(shown.first).to_be_attached()
    before = shown.count()
    page.get_by_role("button", name="Ближе").click()
    page.get_by_role("button", name="Ближе").click()
    assert shown.count() > before > 3
    assert page.locator("#results .points a").first.get_attribute("href")
    page.locator("#result-panel .map").scroll_into_view_if_needed()
    tab.keep("workbench-map")
    page.get_by_role("link", name="диаграммой").click()
    expect(page.locator("#results svg .column").first).to_be_visible(timeout=20_000)


def test_a_question_offers_the_concepts_that_fit_and_shows_its_answer(bench: Tab) -> None:
    page = bench.page
    page.get_by_text("Saved questions", exact=True).click()
    page.get_by_label("Find a question").fill("how far undertaking come")
    page.locator(".question-list button").first.click()
    field = page.get_by_label("the sector")
    expect(field).to_have_value("voc:sector-rail")
    field.select_option(label="aviation")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#results tbody tr").first).to_be_visible(timeout=20_000)
    assert "sector-aviation" in written(page)
    expect(page.locator(".status")).to_be_in_viewport()
