"""Suggestions under a field: the keyboard goes on, and what is typed is the reader's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SUGGESTION, Opener


@pytest.mark.parametrize(
    ("path", "field", "following"),
    [
        ("/", "#link-from", "#link-to"),
        ("/disputes", "#choose-about", "#choose-kind"),
    ],
)
def test_tab_goes_past_open_suggestions_to_the_next_field(
    tabs: Opener, path: str, field: str, following: str
) -> None:
    tab = tabs()
    tab.open(path)
    tab.page.locator(field).focus()
    tab.page.keyboard.type("kazakh")
    expect(tab.page.locator(SUGGESTION).nth(7)).to_be_visible()
    tab.page.keyboard.press("Tab")
    expect(tab.page.locator(following)).to_be_focused()
    expect(tab.page.locator(SUGGESTION).first).to_be_hidden()
    assert tab.page.locator(field).input_value() == "kazakh"


def test_enter_asks_for_what_was_typed_unless_a_suggestion_was_chosen(tabs: Opener) -> None:
    tab = tabs()
    tab.forgiven = ("404",)
    page = tab.page
    tab.open("/disputes")
    page.locator("#choose-about").focus()
    page.keyboard.type("chips")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("about=chips"))
    meant = page.get_by_role("link", name="artificial intelligence chips", exact=True)
    expect(meant).to_have_attribute("href", re.compile("about=ai-chips"))


def test_the_button_of_a_form_is_not_covered_and_can_be_clicked(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/disputes")
    page.locator("#choose-about").focus()
    page.keyboard.type("kazakhstan")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    button = page.get_by_role("button", name="Show")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(150)  # as long as a person holds it
    page.mouse.up()
    expect(page).to_have_url(re.compile("about=kazakhstan"))


def test_a_field_has_one_list_and_what_is_clicked_there_is_asked(tabs: Opener) -> None:
    tab = tabs()
    page = tab.page
    tab.open("/timeline")
    page.locator("#about").focus()
    page.keyboard.type("boeing")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    expect(page.locator(".suggestions").locator("visible=true")).to_have_count(1)
    page.locator(SUGGESTION).first.click()
    expect(page).to_have_url(re.compile("about=boeing"))
