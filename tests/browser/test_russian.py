"""A reader of Russian: from landing to a file, and no English left in the words of the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from c5graph.graph.release import Release
from c5graph.namespaces import RDFS
from c5graph.store.rdf import Literal
from tests.browser.conftest import SUGGESTION, Opener

PAGES = (
    "/",
    "/id/kazakhstan",
    "/id/somon-air-boeing-2025",
    "/id/c5-plus-1-summit-2025",
    "/id/antimony",
    "/report/tca-2025-11-07-tj-deals",
    "/ledger?by=power",
    "/disputes?about=somon-air-boeing-2025",
    "/questions",
    "/api/queries/what-does-a-state-seek",
    "/search?q=бериллий",
    "/map",
    "/timeline",
    "/compare?a=russia&b=china",
    "/graph?entities=kazakhstan,somon-air-boeing-2025",
    "/changes?from=2025-11-06&to=2025-11-30&change=status",
    "/perspectives?of=somon-air-boeing-2025",
    "/api/paths?from=kazakhstan&to=somon-air-boeing-2025",
    "/api/analytics/exposure?entity=tajikistan",
    "/api/cite",
    "/about",
)
SAID = """() => {
  const told = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const foreign = (at) => {
    const lang = at.closest("[lang]").getAttribute("lang");
    return lang !== "ru" || at.closest("script, style, noscript, code, pre, cite, textarea");
  };
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement;
    if (at && !foreign(at)) told.push(walker.currentNode.textContent);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const at of document.querySelectorAll(`[${name}]`))
      // The hint of a field lists the values that addresses take, as they are written there.
      if (!foreign(at) && !at.matches("form [title]")) told.push(at.getAttribute(name));
  return told;
}"""
ADDRESS = re.compile(
    r"\w+…|«\w+»|\b[0-9a-f]{16,}\b|\?\w+|\b[\w-]+:\S+|\b[\w-]+(?:\.[\w-]+)+|\S*/\S*|\b\w+-\w+-[\w-]+"
)
WORD = re.compile(r"[A-Za-z]{3,}")
TECHNICAL = frozenset(
    "API BibTeX CSL CSV Commons Creative Ctrl Cytoscape Delete Earth Enter Esc GEXF GraphML JSON "
    "Natural PNG PageRank RDF RIS SHA SPARQL SVG Shift Triples Turtle UNDEF XML c5graph "
    "CNY EUR JPY KAZ KZT USD".split()
)
"""Names of formats, keys and works, and codes of currencies, which Russian writes so too."""


@pytest.fixture(scope="module")
def names(shipped: Release) -> frozenset[str]:
    """Words of Russian names of the graph that Russian writes in Latin letters."""
    labels = (term for _, term in shipped.index.pairs(RDFS + "label") if isinstance(term, Literal))
    russian = " ".join(term.value for term in labels if term.language == "ru")
    return frozenset(WORD.findall(russian))


@pytest.mark.parametrize("path", PAGES)
def test_no_english_word_is_left_in_what_a_page_says(
    tabs: Opener, names: frozenset[str], path: str
) -> None:
    tab = tabs()
    tab.open(path + ("&" if "?" in path else "?") + "lang=ru")
    tab.page.wait_for_load_state("networkidle")
    assert tab.page.locator("html").get_attribute("lang") == "ru"
    told = (ADDRESS.sub(" ", text) for text in tab.page.evaluate(SAID))
    left = {
        (word, text.strip()[:80])
        for text in told
        for word in WORD.findall(text)
        if word not in names | TECHNICAL
    }
    assert not left


CUT = """() => [
  ...[...document.querySelectorAll(".halves .scroll")]
    .filter((box) => box.scrollWidth > box.clientWidth)
    .map((box) => box.closest("section").querySelector("h2").textContent),
  ...[...document.querySelectorAll(".picture svg text")].filter((text) => {
    const at = text.getBoundingClientRect(), whole = text.closest("svg").getBoundingClientRect();
    return at.width && (at.left < whole.left || at.right > whole.right);
  }).map((text) => text.textContent),
]"""
BROKEN = r"""() => [...document.querySelectorAll(".life li")].flatMap((stage) => {
  const range = document.createRange();
  const [words] = [...stage.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE);
  return [...words.textContent.matchAll(/[\p{L}]+/gu)].filter((word) => {
    range.setStart(words, word.index);
    range.setEnd(words, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map((word) => word[0]);
})"""


@pytest.mark.parametrize("width", [1280, 1440])
def test_no_name_or_column_of_the_start_page_is_cut(tabs: Opener, width: int) -> None:
    tab = tabs(width=width)
    tab.open("/?lang=ru")
    assert tab.page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [390, 768, 1024, 1440])
def test_no_word_of_a_stage_is_broken(tabs: Opener, width: int) -> None:
    tab = tabs(width=width)
    tab.open("/id/somon-air-boeing-2025?lang=ru")
    assert tab.page.locator(".life li").count() > 5
    assert tab.page.evaluate(BROKEN) == []


def test_a_reader_of_russian_goes_from_landing_to_a_file(tabs: Opener) -> None:
    tab = tabs(locale="ru-RU")
    page = tab.page
    tab.open("/?lang=ru")
    field = page.locator("#q")
    field.press_sequentially("сурьма", delay=15)
    expect(page.locator(SUGGESTION).first).to_contain_text("сурьма")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("сурьма")
    page.get_by_role("link", name="Реестр").first.click()
    expect(page.get_by_label("Государство Центральной Азии").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d\sмлрд\sдолларов США"))
    tab.keep("ledger-ru")
    page.get_by_role("link", name="Вопросы").first.click()
    page.get_by_label("Со словами").fill("добивается государство")
    page.get_by_role("button", name="Показать").click()
    page.get_by_role("link", name="Чего добивается государство").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Чего добивается государство")
    page.get_by_label("государство", exact=True).fill("Узбекистан")
    page.get_by_role("button", name="Спросить").click()
    heads = page.locator("main thead th")
    expect(heads.first).to_have_text("участник")
    expect(page.locator("main tbody")).to_contain_text("Узбекистан")
    expect(page.locator("main tbody")).to_contain_text("добиваются")
    tab.keep("question-ru")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "id/uzbekistan" in Path(download.value.path()).read_text(encoding="utf-8")
