"""The graph view by keyboard alone: nothing here touches a mouse or puts the focus by hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SUGGESTION, Opener
from tests.browser.seen import GRAPH, cy, shown

MOST_TABS = 60


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("(it) => it === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not lead to {wanted}")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.tagName"))


def test_a_reader_without_a_mouse_goes_from_search_to_claims_and_to_a_file(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    told = page.locator("#graph-app .status")
    tab.open("/graph")
    tab_to(page, page.locator("#add"))
    page.keyboard.type("kazakhstan")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown(page, 1)
    # Its relations are counted at once; one of them is added, and the focus stays.
    tab_to(page, page.locator("#canvas"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".counts li", has_text="← has host").get_by_role("button"))
    page.keyboard.press("Enter")
    expect(page.locator("#graph-app")).not_to_have_attribute("data-nodes", "1")
    things, relations = shown(page)
    assert focused(page) == "BUTTON"
    expect(page.locator(":focus")).to_have_text("All added")
    page.keyboard.press("Escape")
    expect(page.locator("#canvas")).to_be_focused()
    page.keyboard.press("r")
    expect(told).to_contain_text(re.compile(r"has host.*; [12] claims?; 1 of \d+"))
    page.keyboard.press("Shift+R")
    expect(told).to_contain_text(re.compile(r"; (\d+) of \1$"))
    page.keyboard.press("Enter")
    expect(page.locator(".side h2")).to_be_focused()
    expect(page.locator(".side .claim").first).to_contain_text("said by")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    shown(page, things)
    expect(page.locator("#graph-app")).to_have_attribute("data-edges", str(relations - 1))
    page.keyboard.press("Control+z")
    expect(page.locator("#graph-app")).to_have_attribute("data-edges", str(relations))
    tab_to(page, page.get_by_role("button", name="Redo"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#graph-app")).to_have_attribute("data-edges", str(relations - 1))
    assert focused(page) == "BUTTON"
    tab_to(page, page.get_by_text("Save as", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="CSV", exact=True))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "c5graph.csv"


def test_keys_pin_move_fit_and_lay_out_again(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    told = page.locator("#graph-app .status")
    tab.open(GRAPH)
    shown(page, 5)
    tab_to(page, page.locator("#canvas"))
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("relations here")
    place = f"JSON.stringify({cy}.nodes(':selected').position())"
    before = page.evaluate(place)
    page.keyboard.press("Shift+ArrowRight")
    moved = page.evaluate(place)
    assert moved != before
    page.keyboard.press("p")
    expect(told).to_contain_text("pinned")
    pinned = page.evaluate(f"{cy}.nodes('[?pinned]').length")
    page.keyboard.press("l")
    assert (pinned, page.evaluate(place)) == (1, moved)
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    zoom = f"[{cy}.zoom(), {cy}.pan()]"
    fitted = page.evaluate(zoom)
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("+")
    assert page.evaluate(zoom) != fitted
    page.keyboard.press("f")
    assert page.evaluate(zoom) == fitted
    page.keyboard.press("?")
    expect(page.locator("#graph-keys")).to_be_visible()


def test_hiding_by_a_button_gives_the_focus_to_the_canvas(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open(GRAPH)
    shown(page, 5)
    tab_to(page, page.locator("#canvas"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".side").get_by_role("button", name="Hide"))
    page.keyboard.press("Enter")
    shown(page, 4)
    expect(page.locator("#canvas")).to_be_focused()


@pytest.mark.parametrize(("key", "code"), [("\u0440", "KeyH"), ("h", "KeyD")])
def test_letters_work_in_the_script_that_the_reader_types(
    tabs: Opener, key: str, code: str
) -> None:
    tab = tabs()
    page = tab.page
    tab.open(GRAPH)
    shown(page, 5)
    page.get_by_role("button", name="Choose Boeing").click()
    page.locator("#canvas").dispatch_event("keydown", {"key": key, "code": code})
    shown(page, 4)
