"""Keyboard alone, a phone, no script, hostile words, what goes wrong, and how much is loaded."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.conftest import SERVER, SUGGESTION, Opener, opener
from tests.browser.hostile import PAYLOAD
from tests.browser.relay import relay
from tests.browser.seen import cy
from tests.browser.test_every_page import PAGES, wait_until_drawn
from tests.service.conftest import Server, running

KB = 1024
BUDGETS = {"/": 60, "/id/kazakhstan": 60, "/map": 60, "/timeline": 60, "/ledger": 60}
BUDGETS |= {"/compare": 60, "/graph?entities=kazakhstan": 350, "/sparql": 350}
PLAIN = {"about", "analytics", "api", "api-ru", "check", "data-set", "graph-empty", "ontology"}
PLAIN |= {"perspectives", "questions", "unknown"}
"""Pages that show no label of the data."""
HOSTILE = tuple(name for name in PAGES if name not in PLAIN)
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def strict_site() -> Iterator[Server]:
    """The shipped graph with little time and few rows for a query."""
    with running([str(SERVER)], workers=1, queue=1, deadline=1.5, max_rows=20) as server:
        yield server


@pytest.fixture
def strict_tabs(browser: Browser, strict_site: Server) -> Iterator[Opener]:
    yield from opener(browser, strict_site.url)


def ask(page: Page, query: str) -> None:
    page.evaluate("(q) => document.querySelector('.CodeMirror').CodeMirror.setValue(q)", query)
    page.get_by_role("button", name="Run", exact=True).click()


def test_everything_can_be_done_with_the_keyboard(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    tab.open("/graph")
    page.locator("#add").focus()
    page.keyboard.type("boeing")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#graph-app")).to_have_attribute("data-nodes", "1")
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    button = page.locator(".counts button").first
    expect(button).to_be_enabled()
    page.keyboard.press("Enter")
    expect(page.locator(".side :focus")).to_have_count(1)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#graph-app")).not_to_have_attribute("data-nodes", "1")
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    page.keyboard.press("h")
    page.keyboard.press("Control+z")
    page.keyboard.press("f")
    page.keyboard.press("+")
    tab.open("/sparql")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".CodeMirror :focus")).to_have_count(0)


def test_a_phone_has_it_all(tabs: Opener) -> None:
    tab = tabs(width=390, height=780, has_touch=True, is_mobile=True)
    page = tab.page
    tab.open("/")
    page.get_by_role("link", name="Uzbekistan").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uzbekistan")
    page.get_by_role("link", name="Open in the graph").tap()
    app = page.locator("#graph-app")
    expect(app).to_have_attribute("data-nodes", re.compile(r"\d+"))
    before = app.get_attribute("data-nodes")
    # What the small picture of its page shows comes along.
    assert before is not None
    assert int(before) > 5
    page.get_by_role("button", name="Choose Uzbekistan", exact=True).tap()
    page.locator(".counts button").first.tap()
    expect(app).not_to_have_attribute("data-nodes", before)
    tab.keep("phone-graph")


def test_without_script_forms_and_tables_do_the_work(tabs: Opener) -> None:
    tab = tabs(java_script_enabled=False)
    page = tab.page
    tab.open("/")
    page.locator("#q").fill("boeing")
    page.locator(".find button").click()
    page.get_by_role("link", name="Boeing", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boeing")
    tab.open("/graph?entities=kazakhstan")
    page.locator("#add").fill("boeing")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#node-table tbody tr")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="GraphML").click()
    assert "boeing" in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_role("link", name="Paths between the two").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kazakhstan")
    tab.open("/sparql")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#served table tbody tr").first).to_be_visible()
    page.locator("#query").fill("SELECT ?x { ?x <urn:nothing> ?y }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#served")).to_contain_text("Nothing fits.")
    tab.open("/map")
    expect(page.locator(".map .land").first).to_be_visible()
    page.get_by_label("Area").select_option("world")
    page.get_by_role("button", name="Draw").click()
    expect(page).to_have_url(re.compile("area=world"))


def test_calm_is_respected(tabs: Opener) -> None:
    tab = tabs(reduced_motion="reduce")
    tab.open("/graph?entities=kazakhstan,boeing,united-states")
    expect(tab.page.locator("#graph-app")).to_have_attribute("data-nodes", "3")
    moving = f"{cy}.animated()"
    assert tab.page.evaluate(moving) is False


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(hostile_tabs: Opener, name: str) -> None:
    tab = hostile_tabs()
    tab.open(PAGES[name])
    wait_until_drawn(tab.page, name)
    assert tab.page.evaluate("window.pwned") is None
    assert tab.page.locator('img[src="x"]').count() == 0
    assert PAYLOAD.split('"')[0] in tab.page.content().replace("&lt;", "<").replace("&gt;", ">")


def test_hostile_words_stay_words_in_suggestions_and_panels(hostile_tabs: Opener) -> None:
    tab = hostile_tabs()
    page = tab.page
    tab.open("/graph?entities=kazakhstan")
    page.get_by_role("button", name=re.compile("Choose Kazakhstan")).click()
    expect(page.locator(".counts button").first).to_be_enabled()
    page.locator(".counts button").first.click()
    page.locator("#add").press_sequentially("boei")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("Save as", exact=True).click()
    with page.expect_download():
        page.get_by_role("button", name="SVG", exact=True).click()
    assert page.evaluate("window.pwned") is None
    assert page.locator('img[src="x"]').count() == 0


def test_a_slow_query_says_so_and_can_be_stopped(strict_tabs: Opener, strict_site: Server) -> None:
    tab = strict_tabs()
    tab.forgiven = ("503",)
    page = tab.page
    tab.open("/sparql")
    ask(page, SLOW)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".status")).to_contain_text("Cancelled")
    # The only worker is free again at once, long before the deadline.
    began = time.monotonic()
    httpx.get(f"{strict_site.url}/sparql", params={"query": "ASK{}", "format": "json"})
    assert time.monotonic() - began < 1.2
    ask(page, SLOW)
    expect(page.locator(".problem h2")).to_contain_text("deadline of 1.5 seconds")


def test_a_cut_answer_an_empty_one_and_a_wrong_query_are_told_apart(strict_tabs: Opener) -> None:
    tab = strict_tabs()
    tab.forgiven = ("400",)
    page = tab.page
    tab.open("/sparql")
    ask(page, "SELECT * WHERE { ?s ?p ?o }")
    expect(page.locator("#results .warning")).to_contain_text("Cut.")
    expect(page.locator(".status")).to_contain_text("20 rows")
    ask(page, "SELECT * WHERE { ?s id:no-such-thing ?o }")
    expect(page.locator("#results")).to_contain_text("Nothing fits.")
    ask(page, "SELECT * WHERE {\n ?s ?p }")
    expect(page.get_by_role("button", name=re.compile("Go to line 2"))).to_be_visible()


def test_an_unknown_thing_has_a_page_with_a_way_on(tabs: Opener) -> None:
    tab = tabs()
    tab.forgiven = ("404",)
    response = tab.open("/id/atlantis")
    assert response.status == 404
    expect(tab.page.get_by_role("alert")).to_contain_text("atlantis")
    expect(tab.page.get_by_role("link", name="To the start page")).to_be_visible()


def test_a_service_that_went_away_is_told_and_the_view_goes_on_when_it_is_back(
    browser: Browser, site: Server
) -> None:
    with relay(site.url) as way:
        made = opener(browser, way.url)
        tab = next(made)()
        tab.forgiven = ("Failed to load resource", "ERR_CONNECTION")
        page = tab.page
        tab.open("/graph?entities=kazakhstan,boeing&lang=ru")
        app = page.locator("#graph-app")
        expect(app).to_have_attribute("data-nodes", "2")
        way.cut()
        page.locator("#add").fill("nvidia")
        page.get_by_role("button", name="Добавить", exact=True).click()
        expect(page.locator("#graph-app .warning")).to_contain_text("Служба не отвечает")
        assert page.locator("#node-table tbody tr").count() == 2
        expect(page.get_by_role("button", name="Отменить шаг")).to_be_disabled()
        way.mend()
        page.get_by_role("button", name="Добавить", exact=True).click()
        expect(app).to_have_attribute("data-nodes", "3")
        expect(page.locator("#graph-app .warning")).to_be_hidden()
        with pytest.raises(StopIteration):
            next(made)


@pytest.mark.parametrize("path", BUDGETS)
def test_the_script_of_a_page_keeps_to_its_budget(tabs: Opener, path: str) -> None:
    tab = tabs()
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type == "script":
            sizes[response.url] = len(gzip.compress(response.body(), 5))

    tab.page.on("response", weigh)
    tab.open(path)
    tab.page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes.values()) < BUDGETS[path] * KB, sizes


def test_five_hundred_things_stay_fluid(tabs: Opener, site: Server) -> None:
    found = httpx.get(
        f"{site.url}/api/neighbours",
        params={"entity": "kazakhstan", "depth": 2, "limit": 1000, "through": "entities"},
        timeout=30,
    ).json()
    names = dict.fromkeys(
        end["iri"].rpartition("/id/")[2]
        for edge in found["edges"]
        for end in (edge["at"], edge["other"])
        if end["iri"] and "/id/" in end["iri"]
    )
    chosen = list(names)[:500]
    tab = tabs()
    page = tab.page
    page.set_default_timeout(30_000)
    tab.open("/graph#entities=" + ",".join(chosen))
    expect(page.locator("#graph-app")).to_have_attribute(
        "data-nodes", str(len(chosen)), timeout=30_000
    )
    expect(page).to_have_url(re.compile("at="), timeout=30_000)
    # From afar the things with most relations are named, large enough to be read.
    hubs = f"{cy}.nodes('[hub]')"
    assert "Kazakhstan" in page.evaluate(f"{hubs}.map((n) => n.data('label'))")
    assert page.evaluate(f"Math.min(...{hubs}.map((n) => n.data('hub') * n.cy().zoom()))") > 10
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.evaluate(
        """() => {
          window.frames_drawn = 0;
          const step = () => { window.frames_drawn += 1; requestAnimationFrame(step); };
          requestAnimationFrame(step);
        }"""
    )
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    began = time.monotonic()
    while time.monotonic() - began < 2:
        gone = (time.monotonic() - began) * 100
        page.mouse.move(box["x"] + 8 + gone, box["y"] + 8 + gone / 2)
    frames = page.evaluate("window.frames_drawn") / 2
    page.mouse.up()
    assert len(chosen) > 300
    # Drawn by software on a machine that other tests share.
    assert frames > 8
    tab.keep("five-hundred")
