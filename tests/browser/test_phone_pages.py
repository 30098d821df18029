"""Long pages on a phone: what comes first, what is folded, and how it is found again."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import expect

from tests.browser.conftest import Opener

PHONE = {"width": 390, "height": 844}
LONGEST = 8_800
PAGES = (
    *("/", "/id/tajikistan", "/id/kazakhstan", "/id/united-states", "/id/china", "/id/boeing"),
    *("/id/somon-air-boeing-2025", "/id/c5-plus-1-summit-2025", "/id/donald-trump", "/id/antimony"),
    *("/id/rogun-dam", "/report/tca-2025-11-07-tj-deals", "/ledger", "/search?q=kazakhstan"),
    *("/api/evidence?subject=somon-air-boeing-2025", "/ontology", "/docs", "/api/analytics"),
    *("/changes?from=2025-11-06&to=2025-11-30", "/questions", "/dataset"),
)


def test_no_page_is_endless_on_a_phone(tabs: Opener) -> None:
    tab = tabs(**PHONE)
    tall = {}
    for path in PAGES:
        tab.open(path)
        height = tab.page.evaluate("document.documentElement.scrollHeight")
        if height > LONGEST:
            tall[path] = height
    assert tall == {}


def test_the_first_screen_of_a_state_says_what_it_is_and_what_there_is(tabs: Opener) -> None:
    tab = tabs(**PHONE)
    tab.open("/id/tajikistan")
    page = tab.page
    for each in ("h1", ".lead", ".tally", ".warning-line", ".contents"):
        box = page.locator(each).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], each
    page.mouse.wheel(0, 3_000)
    expect(page.locator(".contents")).to_be_in_viewport()
    page.locator(".contents a", has_text="Its deals").click()
    expect(page.locator("#deals")).to_be_in_viewport()


def test_a_link_to_a_folded_section_unfolds_it_without_script(tabs: Opener) -> None:
    tab = tabs(**PHONE, java_script_enabled=False)
    tab.open("/id/tajikistan")
    expect(tab.page.locator("#deals table")).to_be_hidden()
    again = tabs(**PHONE, java_script_enabled=False)
    again.open("/id/tajikistan#deals")
    expect(again.page.locator("#deals table")).to_be_visible()
    term = tabs(**PHONE, java_script_enabled=False)
    term.open("/ontology#hasBuyer")
    expect(term.page.locator("#hasBuyer")).to_be_in_viewport()


def test_what_is_unfolded_stays_in_the_address(tabs: Opener) -> None:
    tab = tabs(**PHONE)
    page = tab.page
    tab.open("/id/tajikistan")
    page.locator("summary", has_text="Its deals").click()
    expect(page).to_have_url(re.compile("#deals$"))
    page.reload()
    expect(page.locator("#deals table")).to_be_visible()
    page.locator("summary", has_text="Its deals").click()
    expect(page).to_have_url(re.compile("/id/tajikistan$"))


def test_the_search_of_the_browser_finds_what_is_folded(tabs: Opener) -> None:
    tab = tabs(**PHONE)
    page = tab.page
    tab.open("/id/tajikistan")
    words = page.locator("#deals tbody tr:nth-child(3) td a").first.text_content()
    assert words
    found = tabs(**PHONE)
    found.open("/id/tajikistan#:~:text=" + quote(words, safe=""))
    expect(found.page.locator("#deals").get_by_text(words).first).to_be_visible()
