"""How the graph view looks: the same each time, in sight, and without words over words."""

from __future__ import annotations

import csv
import re

import httpx
import networkx as nx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.seen import GRAPH, cy, saved, shown
from tests.service.conftest import Server

NAMES_OVER_NAMES = f"""() => {{
  const body = {{ includeLabels: false, includeOverlays: false }};
  const name = {{ includeNodes: false, includeLabels: true, includeOverlays: false }};
  const all = {cy}.nodes().map((n) => [n.data("label"), n.boundingBox(name), n.boundingBox(body)]);
  const over = (a, b) => Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1) > 3
    && Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1) > 3;
  return all.flatMap(([one, words, sign], i) => all.slice(i + 1)
    .filter((two) => over(words, two[1]) || over(words, two[2]) || over(sign, two[1]))
    .map((two) => `${{one}} / ${{two[0]}}`));
}}"""
PLACES = f"JSON.stringify({cy}.nodes().map((n) => [n.id(), n.position(), n.data('side')]))"


def test_one_address_is_one_picture(tabs: Opener) -> None:
    seen = set()
    for _ in range(2):
        tab = tabs()
        tab.open(GRAPH)
        shown(tab.page, 5)
        seen.add((tab.page.evaluate(PLACES), tab.page.url))
    assert len(seen) == 1


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (768, 1024), (390, 844)])
def test_the_canvas_is_in_sight_and_no_name_covers_another(
    tabs: Opener, site: Server, width: int, height: int
) -> None:
    asked: dict[str, str | int] = {"entity": "kazakhstan", "limit": 30, "through": "entities"}
    edges = httpx.get(f"{site.url}/api/neighbours", params=asked, timeout=30).json()["edges"]
    names = dict.fromkeys(edge["other"]["iri"].rpartition("/id/")[2] for edge in edges)
    tab = tabs(width=width, height=height)
    page = tab.page
    tab.open("/graph?entities=kazakhstan," + ",".join(names))
    shown(page, len(names) + 1)
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height
    assert box["height"] > 250
    assert page.evaluate(NAMES_OVER_NAMES) == []
    tab.keep(f"graph-{width}")


def test_an_empty_view_offers_beginnings_and_one_thing_is_opened(tabs: Opener) -> None:
    tab = tabs(width=390, height=844)
    page = tab.page
    tab.open("/graph")
    expect(page.locator("#canvas")).to_be_hidden()
    expect(page.locator("#starters")).to_be_in_viewport()
    page.locator("#starters").get_by_role("link", name="Kazakhstan").click()
    shown(page, 1)
    expect(page.locator("#graph-app .status")).to_have_text("Shown: 1 thing, 0 relations.")
    expect(page.locator(".side h2")).to_have_text("Kazakhstan")
    expect(page.locator(".counts li").nth(5)).to_be_visible()


def test_numbers_take_the_forms_of_russian(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/graph?lang=ru&entities=kazakhstan")
    told = page.locator("#graph-app .status")
    expect(told).to_have_text("Показано: 1 объект, 0 связей.")
    expect(page.locator("#table-twin [data-told]")).to_contain_text("1 объект, 0 связей")
    tab.open(f"{GRAPH}&lang=ru")
    expect(told).to_have_text(re.compile(r"Показано: 5 объектов, \d+ связей"))


def test_an_address_brings_back_all_of_a_view(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open(f"{GRAPH}&lang=ru&knownAt=2026-06-30")
    shown(page, 5)
    page.evaluate(f"void {cy}.edges()[0].select()")
    page.locator(".side").get_by_role("button", name="Скрыть эту связь").click()
    page.locator("#filters summary").click()
    page.locator("#filter-form").get_by_label("мнение", exact=True).check()
    page.keyboard.press("Escape")
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("pinned=.*selected="))
    state = f"[{cy}.elements().filter(e => e.visible()).map(e => [e.id(), e.data('side'), "
    state += "e.data('labelled'), e.data('pinned'), e.selected(), e.isNode() && "
    state += "[Math.round(e.position('x')), Math.round(e.position('y'))]]), "
    state += "document.querySelector('.lens-words').textContent, "
    state += "[...document.querySelectorAll('#edge-table tr')].map((e) => e.textContent)]"
    before, address = page.evaluate(state), page.url
    other = tabs()
    other.page.goto(address)
    shown(other.page, 5)
    other.page.wait_for_load_state("networkidle")
    assert other.page.evaluate(state) == before
    assert other.page.url == address


def test_a_view_is_narrowed_to_relations_and_its_files_have_no_more(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open(GRAPH)
    _, edges = shown(page, 5)
    page.locator("#filters summary").click()
    relations = page.locator("#choose-predicates")
    relations.get_by_label("has buyer").check()
    expect(page).to_have_url(re.compile("predicates=hasBuyer"))
    expect(page.locator("#edge-table tbody tr")).to_have_count(1)
    assert relations.get_by_role("checkbox").count() > 1
    relations.get_by_label("has seller").check()
    expect(page.locator("#edge-table tbody tr")).to_have_count(2)
    expect(page.locator("#filters summary")).to_have_text("Filters (1)")
    again = tabs()
    again.page.goto(page.url)
    assert shown(again.page, 5) == (5, 2)
    again.page.evaluate(f"void {cy}.edges()[0].select()")
    again.page.get_by_role("button", name="Hide this relation").click()
    expect(again.page.locator("#graph-app")).to_have_attribute("data-edges", "1")
    again.page.get_by_text("Save as", exact=True).click()
    text = saved(again.page, "CSV").read_text(encoding="utf-8")
    table = list(csv.DictReader(text.splitlines()))
    assert len(table) == 1 < edges
    assert {"until", "status", "binding"} <= set(table[0])
    drawn = nx.read_graphml(saved(again.page, "GraphML"), force_multigraph=True)
    assert (drawn.number_of_nodes(), drawn.number_of_edges()) == (5, 1)
    told = saved(again.page, "JSON-LD").read_text(encoding="utf-8")
    hidden = re.findall("hidden=([0-9a-f]+)", again.page.url)
    facts = set(page.evaluate(f"{cy}.edges().map((e) => e.id().slice(-16))"))
    assert [each for each in facts if each in told] == list(facts - set(hidden))


def test_what_is_told_does_not_move_the_canvas_and_what_lies_over_it_closes(tabs: Opener) -> None:
    tab = tabs(width=390, height=844)
    page = tab.page
    tab.open(GRAPH)
    shown(page, 5)
    place = page.locator("#canvas").bounding_box()
    page.evaluate(f"void {cy}.edges()[0].select()")
    expect(page.locator("#graph-app .status")).to_contain_text("of 7")
    assert page.locator("#canvas").bounding_box() == place
    for name in ("Keys", "Save as", "Filters"):
        page.get_by_text(name, exact=True).click()
        expect(page.locator(".drawer[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".drawer[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "Filters"
    # A click on the canvas still finds what is there after the buttons above it have changed.
    page.get_by_role("button", name="Hide this relation").click()
    expect(page.get_by_role("button", name="Show hidden relations (1)")).to_be_visible()
    box = page.locator("#canvas").bounding_box()
    at = page.evaluate(f"{cy}.$id('https://w3id.org/c5graph/id/boeing').renderedPosition()")
    assert box is not None
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    expect(page.locator(".side h2")).to_have_text("Boeing")
