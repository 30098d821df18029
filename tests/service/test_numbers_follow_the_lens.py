"""Every number of a page that counts what a lens decides follows the lens, and agrees with the API.

Numbers that no lens decides say so in words; they are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import pytest

from c5graph.namespaces import BASE
from tests.browser.test_every_page import PAGES

pytestmark = pytest.mark.slow

LENSES: tuple[dict[str, str], ...] = (
    {},
    {"asOf": "2025-11-07"},
    {"knownAt": "2025-11-07"},
    {"minOrigins": "2"},
    {"interest": "us-government"},
    {"modality": "asserted"},
)
NOTHING = "knownAt=1990-01-01"
"""No report is as old as that, so nothing counts."""
COUNTED = re.compile(
    r"(?<![\w.,-])(?!20\d\d )[1-9][\d,]* (?:more )?(?:firm |planned |undertakings?|agreements?|"
    r"claims?|facts?|"
    r"independent origins?|reports?|moments?|matters?|aspects?|statements?|relations|edges)"
    r"|(?:Claims|Reports|Origins|Undertakings|Agreements|edges): [1-9]"
)
ON_FILE = ("whatever counts", "do not count now", "does not count now", "all that the report says")
WHOLE = {"data-set", "api", "check", "report", "questions", "analytics", "api-ru", "unknown"}
WHOLE |= {"two-dates"}
"""Pages about all data or the service, of all that a report says, or with a day of their own."""
TAGS = ("p", "li", "tr", "h1", "h2", "h3", "dd", "dt", "summary", "th", "ul", "table")


class Blocks(HTMLParser):
    """The texts of the main part of a page, block by block, without forms and pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._text, self._inside, self._out = "", False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._inside = self._inside or tag == "main"
        self._out += tag in ("form", "svg", "pre", "code", "script")
        self._end(tag)

    def handle_endtag(self, tag: str) -> None:
        self._out -= tag in ("form", "svg", "pre", "code", "script")
        self._end(tag)
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._out:
            self._text += data

    def _end(self, tag: str) -> None:
        if tag in TAGS or tag == "main":
            self.found.append(" ".join(self._text.split()))
            self._text = ""


def blocks(browse: httpx.Client, path: str, lens: str) -> list[str]:
    address = path.partition("#")[0]
    answer = browse.get(
        f"{address}{'&' if '?' in address else '?'}{lens}", headers={"accept": "text/html"}
    )
    assert answer.status_code in (200, 404), address
    read = Blocks()
    read.feed(answer.text)
    return read.found


@pytest.mark.parametrize("name", sorted(PAGES.keys() - WHOLE))
def test_where_nothing_counts_a_page_counts_nothing(browse: httpx.Client, name: str) -> None:
    path = re.sub(r"[?&](lang=\w+|knownAt=[\d-]+)", "", PAGES[name])
    path = path.replace("/id/tajikistan&", "/id/tajikistan?")
    if name == "changes":
        path = "/changes?from=1980-01-01"
    left = [
        text
        for text in blocks(browse, path, NOTHING)
        if COUNTED.search(text) and not any(said in text for said in ON_FILE)
    ]
    assert not left
    whole = blocks(browse, path.replace("1980", "2025"), "")
    if name in ("home", "state", "agreement", "ledger", "disputes", "timeline", "about", "compare"):
        assert any(COUNTED.search(text) for text in whole)


def page(browse: httpx.Client, path: str, lens: dict[str, str]) -> str:
    return browse.get(path, params=lens, headers={"accept": "text/html"}).text


def number(text: str) -> int:
    return int(text.replace(",", ""))


def home_classes(browse: httpx.Client, lens: dict[str, str]) -> Iterator[tuple[str, int]]:
    home = page(browse, "/", lens)
    for name, count in re.findall(r'search\?[^"]*type=(\w+)[^"]*">[^<]*</a> ([\d,]+)', home):
        yield name, number(count)


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: "&".join(lens) or "default")
def test_what_there_is_agrees_with_the_lists_behind_it(
    browse: httpx.Client, lens: dict[str, str]
) -> None:
    shown = dict(home_classes(browse, lens))
    assert len(shown) > 10
    for name in ("Agreement", "Person", "State", "Company", "Summit"):
        listed = browse.get("/api/search", params={"type": name, **lens}).json()
        assert listed["total"] == shown.get(name, 0), name
        assert f": {listed['total']:,}</h2>" in page(browse, "/search", {"type": name, **lens})
    if lens:
        usual = dict(home_classes(browse, {}))
        assert sum(shown.values()) < sum(usual.values())


COUNT = f"""PREFIX c5: <{BASE}ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?report) AS ?reports) {{
  ?claim a c5:Claim ; rdf:subject ?about ; c5:evidence/oa:hasSource? ?report .
  ?report a c5:Report
}}"""


@pytest.mark.parametrize("lens", [{}, {"knownAt": "2025-11-07"}, {"interest": "us-government"}])
def test_claims_and_reports_of_the_first_page_are_those_of_sparql(
    browse: httpx.Client, lens: dict[str, str]
) -> None:
    rows = browse.get("/sparql", params={"query": COUNT, "format": "json", **lens}).json()
    row = rows["results"]["bindings"][0]
    claims, reports = (f"{int(row[name]['value']):,}" for name in ("claims", "reports"))
    for path in ("/", "/about"):
        shown = page(browse, path, lens)
        assert f"{claims} claims" in shown, path
        assert f"{reports} reports" in shown, path


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: "&".join(lens) or "default")
def test_one_number_of_claims_is_told_of_a_thing_everywhere(
    browse: httpx.Client, lens: dict[str, str]
) -> None:
    for name in ("somon-air-boeing-2025", "kazakhstan", "antimony"):
        told = browse.get("/api/perspectives", params={"of": name, **lens}).json()["claims"]
        shown = page(browse, f"/id/{name}", lens)
        assert re.search(rf"<b>{told:,}</b> <span><a [^>]*>claims about it", shown), name
        assert f"Claims: {told:,}," in page(browse, "/perspectives", {"of": name, **lens})
        compared = page(browse, "/compare", {"a": name, "b": name, **lens})
        assert f'Claims</th><td class="barred"><span class="figure">{told:,}<' in compared


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: "&".join(lens) or "default")
def test_pages_and_the_ledger_agree_on_agreements(
    browse: httpx.Client, lens: dict[str, str]
) -> None:
    total = browse.get("/api/ledger", params=lens).json()["total"]
    assert f"All {total:,} agreements in the ledger" in page(browse, "/", lens)
    assert f"{total:,} agreement" in page(browse, "/ledger", lens)


def uses(text: str) -> list[str]:
    return re.findall(r"Used by ([\d,]+)|([\d,]+) uses?<", text)


def test_uses_of_terms_and_concepts_follow_the_lens(browse: httpx.Client) -> None:
    for path in ("/ontology", "/vocab/modality", "/vocab/status"):
        usual = uses(page(browse, path, {}))
        for lens in LENSES[1:5]:
            assert uses(page(browse, path, lens)) != usual, (path, lens)
    few = page(browse, "/ontology", {"minOrigins": "2"})
    listed = browse.get("/api/search", params={"type": "Company", "minOrigins": "2"}).json()
    article = few.partition('<article id="Company">')[2].partition("</article>")[0]
    assert f"Used by {listed['total']} things" in article
