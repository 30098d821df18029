"""The default graph alone answers what names no graph as the whole store does."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from c5graph.protocol import QueryRequest
from c5graph.scan import may_name_graphs
from c5graph.store.twofold import Twofold

A, B, G = (ox.NamedNode(f"http://example.org/{name}") for name in "abg")
BESIDE = ox.Quad(A, A, B, G)


def store(*quads: ox.Quad) -> ox.Store:
    filled = ox.Store()
    filled.extend(quads)
    return filled


def test_only_what_may_name_a_graph_is_asked_of_the_whole() -> None:
    both = Twofold.of(store(ox.Quad(A, A, A), BESIDE))
    assert both.default is not None
    assert list(both.default) == [ox.Quad(A, A, A)]
    for query in ("ASK {}", "SELECT * { <https://w3id.org/c5graph/id/graphite> ?p ?o }"):
        assert (both.fitting(QueryRequest(query)) is both.default) is ("graphite" not in query)
    assert both.fitting(QueryRequest("ASK {}", ("http://example.org/g",))) is both.whole
    assert both.fitting(QueryRequest("ASK {}", (), ("http://example.org/g",))) is both.whole


@pytest.mark.parametrize(
    "query",
    [
        "ASK { GRAPH ?g { ?s ?p ?o } }",
        "ASK { ?s ?p 5graph ?g { ?s ?p ?o } }",
        "ASK { <https://w3id.org/c5graph/x> ?p ?o . GrApH ?c5graph { ?s ?p ?o } }",
        "ASK FROM NAMED <http://example.org/g> { ?s ?p ?o }",
        "ASK { \\u0047RAPH ?g { ?s ?p ?o } }",
    ],
)
def test_no_way_to_name_a_graph_is_overlooked(query: str) -> None:
    assert may_name_graphs(query)


def test_our_own_name_names_no_graph() -> None:
    assert not may_name_graphs("ASK { <https://w3id.org/c5graph/id/kazakhstan> ?p ?o }")


@pytest.mark.parametrize(
    "quads",
    [
        [ox.Quad(A, A, A)],
        [*(ox.Quad(A, A, ox.Literal(str(number))) for number in range(9)), BESIDE],
    ],
)
def test_a_copy_that_would_be_no_gain_is_not_made(quads: list[ox.Quad]) -> None:
    both = Twofold.of(store(*quads))
    assert both.default is None
    assert both.fitting(QueryRequest("ASK {}")) is both.whole


def test_a_default_graph_with_nothing_in_it_has_a_copy_too() -> None:
    both = Twofold.of(store(BESIDE))
    assert both.default is not None
    assert len(both.default) == 0
