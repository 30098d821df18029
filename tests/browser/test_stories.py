"""What readers come for, from landing to a file: a journalist, an analyst, one who knows SPARQL."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import SUGGESTION, Opener
from tests.browser.seen import saved


def test_a_journalist_finds_the_biggest_signed_deal_and_who_disputes_it(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/")
    tab.keep("home")
    page.get_by_role("link", name="The biggest deals that are really signed").click()
    expect(page).to_have_url(re.compile(r"/ledger\?class=binding&sort=amount"))
    first = page.locator("#agreements ~ .scroll tbody tr").first
    expect(first.locator("strong").first).to_have_text(
        re.compile("signed|in force|financed|under way|delivered")
    )
    tab.keep("ledger")
    first.locator("th a").first.click()
    expect(page.locator(".life [aria-current]")).to_have_count(1)
    details = page.locator(".facts-table details").first
    details.locator("summary").click()
    expect(details.get_by_text("Said by").first).to_be_visible()
    tab.keep("agreement")
    tab.open("/id/somon-air-boeing-2025")
    page.get_by_role("link", name=re.compile("in dispute")).first.click()
    expect(page.locator("#in-dispute")).to_be_visible()
    page.get_by_role("link", name="At the desk of disputes, with all claims").click()
    expect(page.locator(".dispute").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "somon-air-boeing-2025" in Path(download.value.path()).read_text(encoding="utf-8")


def test_search_suggests_and_leads_to_the_thing(tabs: Opener) -> None:
    tab = tabs()
    tab.open("/")
    field = tab.page.locator("#q")
    field.press_sequentially("Казахстан", delay=15)
    expect(tab.page.locator(SUGGESTION).first).to_contain_text("Kazakhstan")
    field.press("ArrowDown")
    field.press("Enter")
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Kazakhstan")


def test_one_who_knows_sparql_stays_in_the_workbench(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    page.get_by_text("Saved questions", exact=True).click()
    page.get_by_label("Find a question").fill("state seek")
    page.get_by_role("button", name="What does a state seek", exact=False).first.click()
    page.locator(".question-form input").first.fill("uzbekistan")
    page.locator(SUGGESTION).first.click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#results table tbody tr").first).to_be_visible()
    expect(page.locator(".CodeMirror")).to_contain_text("id/uzbekistan")
    expect(page.locator("#results")).to_contain_text("Uzbekistan")
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    query = "SELECT ?class (COUNT(?x) AS ?n) WHERE { ?x a ?class . ?class a owl:Class } "
    query += "GROUP BY ?class ORDER BY DESC(?n) ?class"
    page.evaluate(f"(text) => {editor}.setValue(text)", query)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#results th").first).to_have_text("class")
    expect(page.locator(".CodeMirror")).to_contain_text("PREFIX owl:")
    page.locator("#results th button").first.click()
    expect(page.locator("#results th").first).to_have_attribute("aria-sort", "ascending")
    page.locator("#result-filter").fill("company")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.get_by_role("tab", name="Chart").click()
    expect(page.locator("#results svg .column").first).to_be_visible()
    tab.keep("workbench")
    table = saved(page, "CSV").read_text(encoding="utf-8")
    assert table.splitlines()[0] == "class,n"
    page.get_by_text("The same in curl, Python and R").click()
    expect(page.locator("#results pre").first).to_contain_text("curl ")
    again = tabs()
    again.page.goto(page.url)
    expect(again.page.locator("#results svg .column").first).to_be_visible()
    page.reload()
    page.get_by_text("Your last queries").click()
    past = page.locator("details:has-text('Your last queries') li")
    expect(past).to_have_count(2)
    past.last.get_by_role("button").click()
    expect(page.locator(".CodeMirror")).to_contain_text("id/uzbekistan")
    page.get_by_role("button", name="Forget them").click()
    expect(page.get_by_text("Your last queries")).to_be_hidden()


def test_names_are_completed_from_our_own_data(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    page.evaluate(
        f"() => {{ {editor}.setValue('SELECT * WHERE {{ ?s '); {editor}.focus();"
        f" {editor}.setCursor(0, 99) }}"
    )
    page.keyboard.type("buyer")
    expect(page.locator(".CodeMirror-hint").first).to_be_visible()
    written = page.locator(".CodeMirror-code")
    page.locator(".CodeMirror-hint", has_text="c5:hasBuyer").click()
    expect(written).to_contain_text("c5:hasBuyer")
    page.keyboard.type(" kazakhst")
    page.locator(".CodeMirror-hint", has_text=re.compile("id:kazakhstan ·")).click()
    # What is picked is put in after a moment; what is typed before would be replaced.
    expect(written).to_contain_text("c5:hasBuyer id:kazakhstan")
    page.keyboard.type(" }")
    expect(written).to_contain_text("}")
    page.get_by_role("button", name="Fill in prefixes").click()
    text = page.evaluate(f"{editor}.getValue()")
    assert "c5:hasBuyer id:kazakhstan }" in text
    assert "PREFIX c5: <https://w3id.org/c5graph/ontology#>" in text


def test_results_become_maps_graphs_and_timelines(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    queries = {
        "Map": "SELECT ?place ?point WHERE { ?place geo:hasGeometry/geo:asWKT ?point }",
        "Timeline": "SELECT ?event ?day WHERE { ?event c5:heldOn ?day } ORDER BY ?day",
        "Graph": "CONSTRUCT { ?a c5:partnersWith ?b } WHERE { ?a c5:partnersWith ?b } LIMIT 30",
    }
    tab.open("/sparql")
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    for name, query in queries.items():
        page.evaluate(f"(text) => {editor}.setValue(text)", query)
        page.get_by_role("button", name="Run", exact=True).click()
        page.get_by_role("tab", name=name).click()
        expect(
            page.locator("#result-panel svg circle, #result-panel canvas").first
        ).to_be_attached()


def test_a_chart_can_be_read_and_says_what_it_leaves_out(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/sparql")
    rows = " ".join(f'("same" "row {number}" {number})' for number in range(65))
    query = f"SELECT ?label ?other ?n WHERE {{ VALUES (?label ?other ?n) {{ {rows} }} }}"
    page.evaluate(
        "(text) => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", query
    )
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("tab", name="Chart").click()
    panel = page.locator("#result-panel")
    expect(panel).to_contain_text("60 of 65 rows are shown")
    labels = panel.locator("svg text[text-anchor=end]")
    expect(labels).to_have_count(60)
    assert len({each.split("row ")[1] for each in labels.all_text_contents()}) == 60
    box = labels.first.bounding_box()
    assert box is not None
    assert box["height"] > 12


def test_the_map_and_the_timeline_move_and_their_tables_sort(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/map")
    picture = page.locator("[data-map] svg")
    before = picture.get_attribute("viewBox")
    page.get_by_role("button", name="Closer").click()
    assert picture.get_attribute("viewBox") != before
    page.get_by_role("button", name="All of it").click()
    assert picture.get_attribute("viewBox") == before
    head = page.get_by_role("button", name="Undertakings").first
    head.click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    tab.keep("map")
    tab.open("/timeline")
    page.get_by_role("button", name="Closer").click()
    expect(page.locator("[data-timeline]")).to_have_attribute("data-zoom", "1.50")
    tab.keep("timeline")


def test_the_lens_is_told_in_words_and_goes_along(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/id/tajikistan")
    before = page.locator(".tally").inner_text()
    page.locator(".lens summary").click()
    page.get_by_label("Reported up to").fill("2025-11-07")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".lens-words")).to_contain_text("reported up to 7 Nov 2025")
    assert page.url.endswith("?knownAt=2025-11-07")
    assert page.locator(".tally").inner_text() != before
    page.get_by_role("link", name="Timeline").first.click()
    expect(page.locator(".lens-words")).to_contain_text("reported up to 7 Nov 2025")
