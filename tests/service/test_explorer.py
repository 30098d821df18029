"""The explorer's addresses over the wire: pages without script, and what islands ask."""

from __future__ import annotations

import re

import httpx
import pytest

from c5graph import resources
from c5graph.namespaces import C5, ID

PAGE = {"accept": "text/html"}


def test_the_graph_page_without_script_is_its_table(browse: httpx.Client) -> None:
    page = browse.get("/graph?entities=kazakhstan,boeing&firmness=all", headers=PAGE)
    network = browse.get("/api/network?entities=kazakhstan,boeing&firmness=all").json()
    rows = page.text.partition('id="edge-table"')[2].partition("</table>")[0].count("<tr>") - 1
    assert rows == len(network["edges"]) > 0
    assert "2 things" in page.text


def test_a_name_that_nothing_has_is_told_on_the_page(browse: httpx.Client) -> None:
    page = browse.get("/graph?entities=kazakhstan,atlantis", headers=PAGE)
    assert page.status_code == 200
    assert "Nothing is called atlantis." in page.text


def test_long_views_may_be_posted(browse: httpx.Client) -> None:
    entities = {"entities": "kazakhstan,boeing"}
    posted = browse.post("/api/network", data=entities)
    assert posted.json()["nodes"] == browse.get("/api/network", params=entities).json()["nodes"]
    assert browse.post("/graph", data=entities).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        *("/map?area=moon", "/map?show=dragons", "/timeline?clock=cuckoo", "/compare?dayA=soon"),
        *("/compare?a=atlantis", "/timeline?about=atlantis", "/timeline?page=0"),
    ],
)
def test_a_wrong_choice_is_told_with_what_to_do(browse: httpx.Client, path: str) -> None:
    page = browse.get(path, headers=PAGE)
    assert page.status_code in (400, 404)
    assert 'role="alert"' in page.text


def test_terms_have_prefixes_labels_and_meanings(browse: httpx.Client) -> None:
    answer = browse.get("/api/terms").json()
    assert answer["prefixes"]["c5"] == C5
    found = {each["name"]: each for each in answer["terms"]}
    assert found["c5:hasBuyer"]["kind"] == "property"
    assert found["c5:Agreement"]["meaning"].startswith("Undertaking that")
    assert found["voc:status-signed"]["kind"] == "concept"
    assert found["rdfs:label"]["kind"] == found["skos:altLabel"]["kind"] == "property"
    assert found["skos:altLabel"]["label"] == "alt label"
    assert found["owl:Class"]["kind"] == "class"
    assert len(found) == len(answer["terms"])
    russian = browse.get("/api/terms?lang=ru").json()["terms"]
    assert {each["label"] for each in russian} >= {"соглашение", "подписано"}


def test_labels_are_given_for_what_is_known(browse: httpx.Client) -> None:
    iris = [ID + "kazakhstan", ID + "atlantis", "http://example.org/"]
    answer = browse.post("/api/labels", data={"iri": iris, "lang": "ru"}).json()
    assert answer == {"labels": {ID + "kazakhstan": "Казахстан"}}
    assert browse.get("/api/labels").status_code == 400


def test_the_query_of_a_question_has_its_parameters_bound(browse: httpx.Client) -> None:
    asked = {"format": "query", "state": "uzbekistan"}
    answer = browse.get("/api/queries/what-does-a-state-seek", params=asked)
    assert answer.headers["content-type"].startswith("application/sparql-query")
    assert f"VALUES ?state {{ <{ID}uzbekistan> }}" in answer.text
    assert browse.get("/sparql", params={"query": answer.text}).status_code == 200


@pytest.mark.slow
def test_every_link_of_the_explorers_pages_works(browse: httpx.Client) -> None:
    for path in ("/map", "/timeline", "/compare", "/graph", "/about"):
        page = browse.get(path, headers=PAGE)
        for link in set(re.findall(r'<a [^>]*href="(\./[^"]*)"', page.text)):
            there = browse.get("/" + link.removeprefix("./").replace("&amp;", "&"), headers=PAGE)
            assert there.status_code == 200, (path, link)


def test_built_scripts_are_kept_for_ever_and_packed(browse: httpx.Client) -> None:
    page = browse.get("/", headers=PAGE)
    (script,) = set(re.findall(r'src="\./(static/built/page-[^"]+)"', page.text))
    got = browse.get("/" + script)
    assert "immutable" in got.headers["cache-control"]
    assert got.headers["content-encoding"] == "gzip"
    assert "javascript" in got.headers["content-type"]
    assert browse.get("/static/built/manifest.json").status_code == 200
    assert browse.get("/static/../templates/base.html").status_code == 404
    assert browse.get("/static/built/none.js").status_code == 404


def test_the_style_of_a_page_is_one_file_with_every_concern_in_it(browse: httpx.Client) -> None:
    (style,) = re.findall(r'href="\./(static/[\w-]+\.css)"', browse.get("/", headers=PAGE).text)
    sent = browse.get("/" + style)
    assert sent.headers["content-type"] == "text/css; charset=utf-8"
    parts = list((resources.web() / "styles").glob("*.css"))
    assert len(parts) > 5
    assert sorted(sent.text.split()) == sorted(
        word for part in parts for word in part.read_text(encoding="utf-8").split()
    )


@pytest.mark.parametrize(
    "path",
    ["/", "/id/kazakhstan", "/graph", "/sparql", "/map", "/timeline", "/ledger", "/disputes"],
)
def test_a_page_in_russian_says_so_and_speaks_it(browse: httpx.Client, path: str) -> None:
    page = browse.get(path, params={"lang": "ru"}, headers=PAGE).text
    assert '<html lang="ru">' in page
    assert "Что учитывается" in page
    assert '<script type="application/json" id="words">' in page
    assert "Сообщить об ошибке" in page
