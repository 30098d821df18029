"""Long pages on a phone: what comes first, what is folded, and how it is found again."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import expect

from tests.browser.conftest import Opener

PHONE = {"width": 390, "height": 844}
LONGEST, FOLDED = 8_800, 6_500
WIDE = {"width": 1280, "height": 900}
PAGES = (
    *("/", "/id/tajikistan", "/id/kazakhstan", "/id/united-states", "/id/china", "/id/boeing"),
    *("/id/somon-air-boeing-2025", "/id/c5-plus-1-summit-2025", "/id/donald-trump", "/id/antimony"),
    *("/id/rogun-dam", "/report/tca-2025-11-07-tj-deals", "/ledger", "/search?q=kazakhstan"),
    *("/api/evidence?subject=somon-air-boeing-2025", "/ontology", "/docs", "/api/analytics"),
    *("/changes?from=2025-11-06&to=2025-11-30", "/questions", "/dataset"),
)
LISTS = (
    *("/timeline", "/map", "/map?area=world", "/api/analytics/network?projection=deals"),
    *("/api/neighbours?entity=tajikistan&firmness=all", "/disputes", "/query/", "/shapes"),
)
"""Pages that are one long list each, which little width folds."""


def test_no_page_is_endless_on_a_phone(tabs: Opener) -> None:
    tab = tabs(**PHONE)
    tall = {}
    for path in PAGES + LISTS:
        tab.open(path)
        height = tab.page.evaluate("document.documentElement.scrollHeight")
        if height > (FOLDED if path in LISTS else LONGEST):
            tall[path] = height
    assert tall == {}


def test_a_phone_folds_the_later_rows_of_a_long_list_without_script(tabs: Opener) -> None:
    tab = tabs(**PHONE, java_script_enabled=False)
    tab.open("/timeline")
    later = tab.page.locator(".narrow .moments tbody tr")
    expect(later).to_have_count(80)
    expect(later.last).to_be_hidden()
    tab.page.locator("summary", has_text="80 more").press("Enter")
    expect(later.last).to_be_visible()
    tab.open("/map#points")
    expect(tab.page.locator("#points td").first).to_be_visible()
    expect(tab.page.locator("#lines td").first).to_be_hidden()


def test_a_phone_shows_the_sides_of_a_dispute_and_folds_who_says_so(tabs: Opener) -> None:
    tab = tabs(**PHONE, java_script_enabled=False)
    tab.open("/disputes")
    side = tab.page.locator(".positions li").first
    expect(side.locator(".position")).to_be_visible()
    expect(side.locator(".claims").first).to_be_hidden()
    side.locator("summary").first.press("Enter")
    expect(side.locator(".claims").first).to_be_visible()


def test_a_link_to_a_rule_opens_the_folds_around_it(tabs: Opener) -> None:
    tab = tabs(**PHONE, java_script_enabled=False)
    tab.open("/shapes")
    rule = tab.page.locator(".fold .fold li[id]").first
    expect(rule).to_be_hidden()
    name = rule.get_attribute("id")
    tab.page.goto("about:blank")
    tab.open(f"/shapes#{name}")
    expect(tab.page.locator(f"[id='{name}']")).to_be_in_viewport()


def test_a_wide_screen_has_the_whole_list_in_one_order(tabs: Opener) -> None:
    tab = tabs(**WIDE)
    tab.open("/timeline")
    page = tab.page
    expect(page.locator(".moments tbody tr").last).to_be_visible()
    expect(page.locator("summary", has_text="80 more")).to_be_hidden()
    edges = page.locator(".moments tr td:nth-child(3)").evaluate_all(
        "all => [...new Set(all.map(each => Math.round(each.getBoundingClientRect().x)))]"
    )
    assert len(edges) == 1
    page.locator(".moments th button", has_text="Held in the world").click()
    days = page.locator(".moments tbody td:first-child").evaluate_all(
        "all => all.map(each => each.dataset.value)"
    )
    assert len(days) == 100
    assert days == sorted(days)


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
