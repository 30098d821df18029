"""Answers of the workbench as graphs, maps, charts and tables of words that mean harm."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.asking import ask
from tests.browser.conftest import Opener, Tab

SPOILT = """SELECT ?kind ?value WHERE { VALUES (?kind ?value) {
("script" <javascript:alert(1)>) ("data" <data:text/html,x>) ("file" <file:///etc/passwd>)
("markup" "<img src=x onerror=window.pwned=1>") ("turned" "left \\u202Ethgir")
("link" <https://example.org/a>) ("word" "WORD")
} }""".replace("WORD", "W" * 400)


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
