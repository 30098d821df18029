"""What the tools refuse, and who may ask them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from c5graph.errors import BadParameter
from c5graph.graph.release import Release
from c5graph.scan import with_prefixes
from c5graph.tools.terms import Vocabulary
from tests.service.calling import (
    ToolFailed,
    asked,
    every,
)
from tests.service.conftest import Server


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("SELECT * { ?s c5:hasBuyr ?o }", "c5:hasBuyer"),
        ("SELECT * { ?s a c5:Agrement }", "c5:Agreement"),
        ("SELECT * { ?s skos:prefLable ?o }", "skos:prefLabel"),
        ("SELECT * { ?s ?p ?o FILTER(?p = c5:hasByer) }", "c5:hasBuyer"),
        ("SELECT * { ?s c5:hasSeller|c5:hasByer ?o }", "c5:hasBuyer"),
        ("SELECT * { ?s <http://example.org/hasBuyer> ?o }", "c5:hasBuyer"),
        ("PREFIX x: <https://schema.org/> SELECT * { ?s a x:Organisation }", "c5:"),
    ],
)
def test_a_class_or_property_that_does_not_exist_is_refused_with_the_nearest(
    graph: Server, query: str, nearest: str
) -> None:
    with pytest.raises(ToolFailed, match="has no class or property") as caught:
        asked(graph, "sparql", query=query)
    assert nearest in str(caught.value)
    assert "line 1" in str(caught.value)


@pytest.fixture(scope="module")
def vocabulary(shipped: Release) -> Vocabulary:
    return Vocabulary(shipped.index)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "c5:noSuchThing"@en } # c5:norThis',
        "SELECT * { VALUES ?x { id:a <http://example.org/b> <http://example.org/c> } ?x ?p ?o }",
        "SELECT * { VALUES (?x ?y) { (id:a id:b) (id:c id:d) } ?x ?p ?y }",
        "SELECT (xsd:integer(?v) AS ?n) { ?s c5:amount ?v FILTER(?v > 1) ?s a ?c }",
        "SELECT * { GRAPH graph:claims { ?s ?p ?o } }",
        "SELECT * FROM <http://example.org/g> { ?s ?p id:not-there-2025 }",
        "PREFIX ex: <http://example.org/> SELECT * { ex:a ?p ex:b . ?q rdf:type ?c ; ?r ex:d }",
    ],
)
def test_what_is_no_class_or_property_is_let_through(vocabulary: Vocabulary, query: str) -> None:
    vocabulary.insist(query)


def test_every_saved_question_is_let_through(vocabulary: Vocabulary, checkout: Path) -> None:
    texts = [
        each.read_text(encoding="utf-8") for each in sorted((checkout / "queries").glob("*.rq"))
    ]
    assert len(texts) > 20
    for text in texts:
        vocabulary.insist(with_prefixes(text))


def test_hostile_texts_are_read_in_a_moment(vocabulary: Vocabulary) -> None:
    begun = time.process_time()
    for text in ("c5:x " * 40_000, "?s c5:hasBuyer " * 40_000, "{" * 100_000, "PREFIX " * 50_000):
        with contextlib.suppress(BadParameter):
            vocabulary.insist(text)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"query": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}, "SERVICE"),
        ({"query": "INSERT DATA { id:a a c5:State }"}, "read-only"),
        ({"query": "SELECT * { ?s ?p"}, "line"),
        ({"query": "SELECT * { ?s ?p ?o }", "limit": 100_000}, "less than or equal to 200"),
        ({"query": "SELECT * { ?s ?p ?o }", "lens": {"asOf": "never"}}, "no day"),
    ],
)
def test_what_the_service_refuses_the_tools_refuse(
    graph: Server, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises(ToolFailed, match=said):
        asked(graph, "sparql", **arguments)


def test_an_unknown_name_is_told_with_those_near_it(graph: Server) -> None:
    with pytest.raises(ToolFailed, match=r"Did you mean .*kazakhstan"):
        asked(graph, "neighbours", entity="kazakstan")


def message(**more: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}, **more}


ACCEPTS = {"accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://localhost:3000"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[a"}, 403),
        ({"origin": "http://localhost.evil.example"}, 403),
        ({"host": "evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example:80"}, 403),
        ({"content-type": "text/plain"}, 415),
    ],
)
def test_only_this_machine_may_ask_a_service_without_an_address(
    browse: httpx.Client, headers: dict[str, str], status: int
) -> None:
    answer = browse.post("/mcp", json=message(), headers={**ACCEPTS, **headers})
    assert answer.status_code == status
    if status != 200:
        assert answer.json()["error"]["remedy"]


def test_methods_and_bodies_have_the_limits_of_the_service(browse: httpx.Client) -> None:
    assert browse.get("/mcp", headers=ACCEPTS).status_code == 405
    assert browse.request("DELETE", "/mcp").status_code == 405
    long = browse.post(
        "/mcp", content=b" " * 2_000_000, headers={**ACCEPTS, "content-type": "application/json"}
    )
    assert long.status_code == 413
    broken = browse.post(
        "/mcp", content=b"{", headers={**ACCEPTS, "content-type": "application/json"}
    )
    assert broken.status_code == 400


def test_many_clients_at_once_are_answered(graph: Server) -> None:
    calls = [("search", {"name": f"kaz{n % 3}"}) for n in range(24)]
    found = asyncio.run(every(f"{graph.url}/mcp", calls))
    assert [each.is_error for each in found] == [False] * 24
