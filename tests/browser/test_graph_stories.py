"""Stories of the graph view: expanding, hiding, undoing, lines and their claims, addresses."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SUGGESTION, Opener
from tests.browser.seen import GRAPH, cy, rows, saved, shown


def test_an_analyst_expands_finds_paths_and_exports_what_is_seen(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/graph?entities=kazakhstan")
    shown(page, 1)
    expect(page.locator("#edge-table")).to_be_hidden()
    page.get_by_role("button", name="Choose Kazakhstan").click()
    line = page.locator(".counts li").first
    expect(line.get_by_role("button")).to_be_enabled()
    line.get_by_role("button").click()
    expect(page.locator("#graph-app")).not_to_have_attribute("data-nodes", "1")
    expanded, _ = shown(page)
    page.locator("#path-to").fill("Nvidia")
    page.locator(SUGGESTION, has_text="Nvidia").first.click()
    with page.expect_response(re.compile("/api/network")):
        page.locator(".paths button").first.click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#node-table")).to_contain_text("Nvidia")
    nodes, edges = shown(page, rows(page, "node-table"))
    assert nodes >= expanded
    assert rows(page, "edge-table") == edges
    table = page.locator("#edge-table")
    height = page.evaluate("document.querySelector('#edge-table').offsetHeight")
    assert height / edges < 100
    expect(table.locator("p.claim").first).to_be_hidden()
    table.locator("summary").first.click()
    expect(table.locator("p.claim").first).to_be_visible()
    tab.keep("graph")
    page.get_by_text("Save as", exact=True).click()
    graphml = nx.read_graphml(saved(page, "GraphML"), force_multigraph=True)
    assert (graphml.number_of_nodes(), graphml.number_of_edges()) == (nodes, edges)
    gexf = saved(page, "GEXF").read_text(encoding="utf-8")
    assert gexf.count("<node ") == nodes
    assert len(saved(page, "CSV").read_text(encoding="utf-8").splitlines()) == edges + 1
    json.loads(saved(page, "JSON-LD").read_text(encoding="utf-8"))
    drawn = ElementTree.parse(saved(page, "SVG")).getroot()
    titles = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == nodes
    assert "Kazakhstan" in titles
    assert saved(page, "PNG").read_bytes()[:4] == b"\x89PNG"


def test_a_saved_picture_says_what_its_signs_mean_what_counts_and_where_it_is_from(
    tabs: Opener,
) -> None:
    tab = tabs()
    tab.open("/graph?entities=kazakhstan,nvidia&knownAt=2025-11-07&dates=possible")
    shown(tab.page, 2)
    tab.page.get_by_text("Save as", exact=True).click()
    drawn = ElementTree.parse(saved(tab.page, "SVG")).getroot()
    names = [each.text or "" for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    key = names[names.index("state") :]
    assert key[:3] == ["state", "company", "planned, or of a deal not yet signed"]
    words = " ".join(key[3:])
    assert "everything that may have been reported up to 7 Nov 2025" in words
    version = tab.page.locator("footer code").text_content()
    assert f"Data version {version}" in words
    assert "CC BY 4.0" in words
    head = saved(tab.page, "PNG").read_bytes()[16:24]
    sides = (int.from_bytes(head[:4]), int.from_bytes(head[4:]))
    assert sides == pytest.approx(
        [2 * float(drawn.get(side, "")) for side in ("width", "height")], abs=2
    )


def test_a_view_comes_back_from_its_address(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open(GRAPH)
    nodes, edges = shown(page, 5)
    expect(page).to_have_url(re.compile("at="))
    page.get_by_role("button", name="Choose Boeing").click()
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    places = f"JSON.stringify({cy}.nodes()"
    places += ".map((n) => [n.id(), Math.round(n.position().x), Math.round(n.position().y)]))"
    before, address = page.evaluate(places), page.url
    other = tabs()
    other.page.goto(address)
    assert shown(other.page, 5) == (nodes, edges)
    assert other.page.evaluate(places) == before
    assert "pinned=boeing" in other.page.url


def test_hiding_and_undoing_keep_the_tables_in_step(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open(GRAPH)
    _, edges = shown(page, 5)
    page.get_by_role("button", name="Choose Boeing").click()
    page.get_by_role("button", name="Hide", exact=True).click()
    shown(page, 4)
    assert rows(page, "node-table") == 4
    page.get_by_role("button", name="Undo").click()
    assert shown(page, 5) == (5, edges)
    page.get_by_role("button", name="Redo").click()
    shown(page, 4)
    page.locator("#filters summary").click()
    page.locator("#filter-form").get_by_label("opinion", exact=True).check()
    expect(page).to_have_url(re.compile("firmness=firm,planned,opinion"))
    page.locator("#filter-form").get_by_label("state", exact=True).check()
    told = page.locator("#table-twin [data-told]")
    expect(told).to_contain_text(re.compile("filtered out: [1-9]"))
    assert rows(page, "node-table") == shown(page)[0] < 4


def test_every_act_is_undone_and_a_hidden_relation_stays_hidden(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open(GRAPH)
    nodes, edges = shown(page, 5)
    page.evaluate(f"void {cy}.edges()[0].select()")
    page.get_by_role("button", name="Hide this relation").click()
    expect(page.locator("#graph-app")).to_have_attribute("data-edges", str(edges - 1))
    assert rows(page, "edge-table") == edges - 1
    again = tabs()
    again.page.goto(page.url)
    assert shown(again.page, 5) == (nodes, edges - 1)
    page.get_by_role("button", name="Show hidden relations (1)").click()
    expect(page.locator("#graph-app")).to_have_attribute("data-edges", str(edges))
    page.locator("#filters summary").click()
    page.locator("#until").fill("2024-12-31")
    shown(page, 4)
    expect(page).to_have_url(re.compile("until=2024-12-31"))
    page.get_by_role("button", name="Undo").click()
    shown(page, 5)
    expect(page.locator("#until")).to_have_value("")
    place = f"JSON.stringify({cy}.nodes()[0].position())"
    before = page.evaluate(place)
    page.evaluate(
        f"() => {{ const n = {cy}.nodes()[0]; n.emit('grab');"
        " n.position({ x: 7, y: 7 }); n.emit('dragfree') }"
    )
    moved = page.evaluate(place)
    assert moved != before
    page.get_by_role("button", name="Undo").click()
    for _ in range(50):
        if page.evaluate(place) != moved:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(place) == before


def test_what_holds_both_ways_is_one_line_and_two_facts(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/graph?entities=kazakhstan,nvidia")
    assert shown(page, 2) == (2, 2)
    lines = f"{cy}.edges().filter((e) => e.visible())"
    assert page.evaluate(f"{lines}.length") == 1
    assert page.evaluate(f"{lines}[0].style('source-arrow-shape')") == "triangle"
    assert rows(page, "edge-table") == 2
    page.get_by_text("Save as", exact=True).click()
    drawn = saved(page, "SVG").read_text(encoding="utf-8").partition('<g class="key">')[0]
    assert (drawn.count('fill="none"'), drawn.count("<polygon points=")) == (1, 2)
    assert len(saved(page, "CSV").read_text(encoding="utf-8").splitlines()) == 3


def test_a_line_tells_its_claims(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open(GRAPH)
    shown(page, 5)
    # What select() answers is the whole graph, and takes long to hand over.
    page.evaluate(f"void {cy}.edges()[0].select()")
    side = page.locator(".side")
    expect(side.get_by_role("heading", name="Claims")).to_be_visible()
    expect(side).to_contain_text("said by")
    hedged = f"{cy}.edges()"
    hedged += ".map((e) => [e.data('firmness'), e.style('line-style')])"
    for firmness, line in page.evaluate(hedged):
        assert (line == "dashed") == (firmness != "firm")
