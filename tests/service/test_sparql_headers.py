"""The headers of an answer of `/sparql`: what a client may keep, packing, HEAD, other origins."""

import gzip
import json

import httpx
import pytest

from c5graph.routes.http import matches
from tests.service.test_sparql import EX, PEOPLE, get


def test_an_unchanged_answer_is_not_sent_twice(ask: httpx.Client) -> None:
    first = get(ask, PEOPLE)
    tag = first.headers["etag"]
    held = {"if-none-match": tag}
    again = ask.get("/sparql", params={"query": PEOPLE}, headers=held)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get(ask, PEOPLE, "text/csv").headers["etag"] != tag
    assert "accept" in first.headers["vary"].lower()


def test_answers_are_packed_only_for_those_who_take_it(ask: httpx.Client) -> None:
    query = f"SELECT ?n {{ ?s <{EX}n> ?n }} LIMIT 100"
    tags = {}
    for coding in ("gzip", "gzip;q=0", "identity"):
        with ask.stream(
            "GET", "/sparql", params={"query": query}, headers={"accept-encoding": coding}
        ) as response:
            raw = b"".join(response.iter_raw())
            tags[coding] = response.headers["etag"]
            packed = response.headers.get("content-encoding") == "gzip"
        assert packed == (coding == "gzip")
        assert json.loads(gzip.decompress(raw) if packed else raw)["head"] == {"vars": ["n"]}
    assert tags["gzip"] != tags["identity"] == tags["gzip;q=0"]


@pytest.mark.parametrize(
    ("held", "same"),
    [
        ('"abc"', True),
        ('"x", W/"abc" ,"y"', True),
        ('"abc-gzip"', True),
        (" * ", True),
        ("abc", True),
        ('"x,abc"', False),
        ('"x,*"', False),
        ("", False),
        (None, False),
    ],
)
def test_a_client_that_holds_an_answer_names_its_tag(held: str | None, same: bool) -> None:
    assert matches(held, "abc") is same


@pytest.mark.parametrize("between", ["", " ", "#a\n", "# (\r#b\n "])
def test_an_answer_that_changes_by_itself_is_not_kept(between: str, ask: httpx.Client) -> None:
    query = f"SELECT (STRUUID{between}() AS ?id) {{}}"
    first, second = get(ask, query), get(ask, query)
    assert first.text != second.text
    assert first.headers["cache-control"] == "no-store"


def test_head_has_the_headers_of_get_and_no_body(ask: httpx.Client) -> None:
    for path in ("/sparql", "/", "/api/neighbours?entity=http://example.org/anna"):
        head, full = ask.head(path), ask.get(path)
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers["content-length"] == full.headers["content-length"]


def test_other_origins_may_ask_and_errors_reach_them(ask: httpx.Client) -> None:
    preflight = ask.options(
        "/sparql",
        headers={
            "origin": "http://example.org",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type,x-request-id",
        },
    )
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert {"content-type", "x-request-id", "mcp-protocol-version"} <= set(allowed.split(", "))
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    for response in (get(ask, PEOPLE), get(ask, "nonsense"), ask.get("/nothing"), preflight):
        assert response.headers["access-control-allow-origin"] == "*"
