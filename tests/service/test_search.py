"""`/api/search` and `/search`, asked through httpx."""

import re

import httpx
import pytest

from tests.service.conftest import Server
from tests.service.test_graph_pages import BROWSER


def first(browse: httpx.Client, **parameters: str) -> dict[str, object]:
    found = browse.get("/api/search", params=parameters).json()["results"]
    return dict(found[0]) if found else {}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("ka", "kazakhstan"),
        ("каз", "kazakhstan"),
        ("哈萨克", "kazakhstan"),
        ("TAJIK", "tajikistan"),
        ("Мирзиёев", "shavkat-mirziyoyev"),
        ("mirziyayev shavkat", "shavkat-mirziyoyev"),
        ("id:boeing", "boeing"),
        ("https://w3id.org/c5graph/id/boeing", "boeing"),
    ],
)
def test_a_name_is_found_whatever_its_script_order_and_end(
    browse: httpx.Client, text: str, slug: str
) -> None:
    assert first(browse, q=text)["id"] == slug


def test_results_are_of_the_class_asked_for_or_of_one_below_it(browse: httpx.Client) -> None:
    companies = browse.get("/api/search?q=boeing&type=Company").json()["results"]
    assert [each["id"] for each in companies] == ["boeing"]
    actors = browse.get("/api/search?q=boeing&type=c5:Actor").json()["results"]
    assert companies[0] in actors
    assert first(browse, q="boeing", type="City,Agreement")["types"] != companies[0]["types"]


def test_results_come_best_first_and_no_more_than_asked_for(browse: httpx.Client) -> None:
    found = browse.get("/api/search?q=Kazakhstan&limit=3").json()["results"]
    assert len(found) == 3
    assert found[0]["score"] == max(each["score"] for each in found)


def test_labels_come_in_the_language_asked_for(browse: httpx.Client) -> None:
    assert first(browse, q="Kazakhstan", lang="ru")["label"] == "Казахстан"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "q"),
        ("q=%20", "q"),
        ("q=x&limit=0", "limit"),
        ("q=x&limit=-1", "limit"),
        ("q=x&type=Nonsense", "Nonsense"),
        ("q=x&nonsense=1", "nonsense"),
        ("q=x&q=y", "q"),
        ("q=" + "x" * 300, "q"),
    ],
)
def test_a_wrong_parameter_of_search_is_named(browse: httpx.Client, query: str, named: str) -> None:
    response = browse.get(f"/api/search?{query}")
    assert response.status_code == 400
    assert named in response.json()["error"]["message"]


def test_the_page_needs_no_script_and_its_results_lead_to_the_things(browse: httpx.Client) -> None:
    page = browse.get("/search", params={"q": "Средняя Азия boing"}, headers=BROWSER)
    assert page.status_code == 200
    assert "<script>" not in page.text  # a script has a file of its own
    page = browse.get("/search", params={"q": "boing"}, headers=BROWSER)
    href = re.search(r'href="\./(id/boeing)"', page.text)
    assert href
    assert browse.get("/" + href[1], headers=BROWSER).status_code == 200
    assert "company" in page.text


def test_what_is_searched_for_is_shown_as_text(browse: httpx.Client) -> None:
    page = browse.get("/search", params={"q": "<b>&\"'"}, headers=BROWSER).text
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page


def test_the_home_page_has_a_search_box(browse: httpx.Client) -> None:
    home = browse.get("/", headers=BROWSER).text
    action = re.search(r'<form[^>]*action="([^"]*)"[^>]*role="search"', home)
    assert action
    assert browse.get("/" + action[1].lstrip("./"), params={"q": "a"}).status_code == 200


def test_files_of_a_user_are_searched_by_their_own_labels(ask: httpx.Client) -> None:
    found = ask.get("/api/search", params={"q": "Анна"}).json()["results"]
    assert [each["iri"] for each in found] == ["http://example.org/anna"]
    assert ask.get("/search", params={"q": "boris"}, headers=BROWSER).text.count("&lt;b&gt;") > 0


def test_an_answer_has_a_tag_and_is_not_sent_twice(browse: httpx.Client) -> None:
    first_answer = browse.get("/api/search?q=kaz")
    again = browse.get("/api/search?q=kaz", headers={"if-none-match": first_answer.headers["etag"]})
    assert again.status_code == 304


def test_a_search_page_is_found_without_being_asked_anything(plain: Server) -> None:
    with plain.client() as client:
        assert client.get("/search").status_code == 200
        assert client.post("/search").status_code == 405
