"""Maps, timelines and small pictures: words that can be read at every width, and keys for all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

SIZES = [(1440, 900), (768, 1024), (390, 844)]
OVER = """(words) => {
  const all = [...document.querySelectorAll(words)]
    .filter((it) => it.getBoundingClientRect().width)
    .map((it) => [it.textContent, it.getBoundingClientRect()]);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  return [all.length, all.flatMap(([one, box], i) => all.slice(i + 1)
    .filter(([, other]) => over(box, other)).map(([two]) => `${one} / ${two}`))];
}"""
CUT = """(words) => [...document.querySelectorAll(words)]
  .filter((it) => it.getBoundingClientRect().width)
  .filter((it) => {
    const [box, frame] = [it, it.closest("svg")].map((each) => each.getBoundingClientRect());
    return box.left < frame.left - 1 || box.right > frame.right + 1
      || box.left < 0 || box.right > document.documentElement.clientWidth;
  }).map((it) => it.textContent)"""
SMALL = """(words) => Math.min(...[...document.querySelectorAll(words)]
  .filter((it) => it.getBoundingClientRect().width)
  .map((it) => it.getBoundingClientRect().height))"""


def assert_readable(page: Page, words: str, least: int, high: int) -> None:
    """There are so many words, none over another, none cut, and each so many pixels high."""
    count, over = page.evaluate(OVER, words)
    assert count >= least
    assert over == []
    assert page.evaluate(CUT, words) == []
    assert page.evaluate(SMALL, words) >= high


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("path", ["/map", "/map?area=world", "/", "/map?lang=ru"])
def test_names_on_a_map_can_be_read(tabs: Opener, path: str, width: int, height: int) -> None:
    tab = tabs(width=width, height=height)
    tab.open(path)
    names = ".map .names text"
    assert_readable(tab.page, names, least=7, high=10)
    texts = tab.page.locator(names).locator("visible=true").all_text_contents()
    assert len(set(texts)) == len(texts)


def test_a_map_is_chosen_and_enlarged_by_keys(tabs: Opener) -> None:
    tab = tabs(width=390, height=844)
    page = tab.page
    tab.open("/map")
    names = page.locator(".map .names text").locator("visible=true")
    before = names.count()
    page.locator("summary", has_text="Filters").press("Enter")
    box = page.get_by_label("flows between states")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".arc")).to_have_count(0)
    expect(box).to_be_focused()
    expect(page.locator("#flows")).to_have_count(0)
    page.locator(".map svg").focus()
    for _ in range(4):
        page.keyboard.press("+")
    assert names.count() > before
    assert page.evaluate(OVER, ".map .names text")[1] == []


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ["kazakhstan", "constellation-energy"])
def test_a_small_picture_is_whole_and_says_ends(
    tabs: Opener, name: str, width: int, height: int
) -> None:
    tab = tabs(width=width, height=height)
    tab.open(f"/id/{name}")
    names = ".star a text"
    assert_readable(tab.page, names, least=3, high=11)
    ends = tab.page.locator(".star .end").locator("visible=true").all_text_contents()
    assert ends == (["until 2032"] if name == "constellation-energy" else [])


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_timeline_can_be_read_and_narrowed_by_keys(tabs: Opener, width: int, height: int) -> None:
    tab = tabs(width=width, height=height)
    page = tab.page
    tab.open("/timeline")
    words = ".timeline text"
    assert_readable(tab.page, words, least=2, high=10)
    picture = page.locator(".timeline svg").locator("visible=true")
    picture.focus()
    shape = picture.bounding_box()
    page.keyboard.press("+")
    expect(page.locator("[data-timeline]")).to_have_attribute("data-zoom", "1.50")
    assert picture.bounding_box() == shape
    assert page.evaluate(OVER, words)[1] == []
    page.keyboard.press("0")
    picture.get_by_role("link", name="2025").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("start=2025&end=2025"))
    expect(picture.get_by_role("link", name="2025-10")).to_be_visible()
