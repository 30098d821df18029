"""Kinds of what a search finds: how many of each, and links that narrow to one."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from c5graph.facets import KINDS
from c5graph.namespaces import C5, ID, REPORT, VOC

HTML = {"accept": "text/html"}
BEGINS = {"thing": (ID,), "said": (ID,), "report": (REPORT,), "term": (C5, VOC)}


def facets(page: str) -> list[tuple[str, str, int]]:
    """Address, label and count of each facet of a search."""
    part = page.partition('<nav class="facets"')[2].partition("</nav>")[0]
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a> ([\d,]+)', part)
    return [(unescape(href), label, int(count.replace(",", ""))) for href, label, count in found]


def results(browse: httpx.Client, kind: str) -> list[dict[str, object]]:
    given = {"q": "kazakhstan", "kind": kind, "limit": "100"}
    found: list[dict[str, object]] = browse.get("/api/search", params=given).json()["results"]
    return found


def test_a_search_says_how_many_of_each_kind_it_finds_and_leads_there(browse: httpx.Client) -> None:
    page = browse.get("/search?q=kazakhstan", headers=HTML).text
    told = facets(page)
    assert [label for _, label, _ in told[:4]] == list(KINDS.values())
    for href, _, count in told:
        if href.startswith("#"):
            continue
        assert "q=kazakhstan" in href
        narrowed = browse.get(f"/search{href}&limit=100", headers=HTML).text
        rows = narrowed.partition('<ol class="plain">')[2].partition("</ol>")[0].count("<li>")
        assert rows >= count > 0, href
    assert "\N{LEFT DOUBLE QUOTATION MARK}kazakhstan" in page


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_holds_that_kind_alone(browse: httpx.Client, kind: str) -> None:
    found = results(browse, kind)
    assert found
    assert all(str(each["iri"]).startswith(BEGINS[kind]) for each in found)


def test_kinds_share_nothing_and_together_are_everything(browse: httpx.Client) -> None:
    each = [{str(one["iri"]) for one in results(browse, kind)} for kind in KINDS]
    assert sum(map(len, each)) == len(set().union(*each))
    assert {str(one["iri"]) for one in results(browse, "")} <= set().union(*each)


def test_a_kind_that_there_is_not_is_told(browse: httpx.Client) -> None:
    answer = browse.get("/api/search", params={"q": "boeing", "kind": "animal"})
    assert answer.status_code == 400
    assert "animal" in answer.json()["error"]["message"]


def test_types_of_the_form_are_classes_of_things(browse: httpx.Client) -> None:
    page = browse.get("/search", headers=HTML).text
    options = re.findall(r'<option value="([^"]+)"', page.partition('id="type"')[2])
    assert "Company" in options
    assert not [each for each in options if ":" in each]
