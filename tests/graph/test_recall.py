"""A graph that remembers what it was asked answers as one that does not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Node

from c5graph.graph.recall import Recalling

NODES: list[Any] = [URIRef(f"http://example.org/{name}") for name in "abc"]
triples = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(NODES))


def answers(graph: Graph) -> Counter[tuple[Any, ...]]:
    """What the graph says to every question about its nodes, each asked twice."""
    found: Counter[tuple[Any, ...]] = Counter()
    for subject in (*NODES, None):
        for _ in range(2):
            found.update(("of", subject, *each) for each in graph.predicate_objects(subject))
        for predicate in (*NODES, None, *(NODES[:1] + NODES[1:2])):
            for _ in range(2):
                said = graph.objects(subject, predicate)
                found.update((subject, predicate, each) for each in said)
    found.update(("several", each) for each in graph.objects(NODES, NODES[0]))
    found.update(("onward", each) for each in graph.objects(NODES[0], NODES[0] / NODES[1]))
    found.update(("once", each) for each in graph.objects(None, NODES[0], unique=True))
    return found


@pytest.mark.parametrize("store", ["Memory", "SimpleMemory"])
@given(first=st.lists(triples), gone=st.lists(triples), then=st.lists(triples))
def test_it_says_what_is_in_it_at_the_moment(
    store: str, first: list[Any], gone: list[Any], then: list[Any]
) -> None:
    one, other = Recalling(store), Graph()
    for triple in first:
        one.add(triple)
        other.add(triple)
    assert answers(one) == answers(other)
    for triple in gone:
        one.remove(triple)
        other.remove(triple)
    assert answers(one) == answers(other)
    one.addN((*triple, one) for triple in then)
    other.addN((*triple, other) for triple in then)
    assert answers(one) == answers(other)


def test_a_list_is_walked_to_its_end_each_time() -> None:
    graph, place = Recalling("SimpleMemory"), BNode()
    members: list[Node] = [NODES[1], Literal("1"), NODES[1]]
    Collection(graph, place, members)
    assert [list(graph.items(place)) for _ in range(2)] == [members, members]
    graph.set((place, RDF.first, NODES[2]))
    assert list(graph.items(place)) == [NODES[2], *members[1:]]


def test_what_was_begun_is_no_matter_for_the_next_who_asks() -> None:
    graph = Recalling("SimpleMemory")
    for each in NODES:
        graph.add((NODES[0], RDF.value, each))
    assert next(graph.objects(NODES[0], RDF.value)) in NODES
    assert set(graph.objects(NODES[0], RDF.value)) == set(NODES)


def test_names_are_shortened_as_the_prefixes_of_the_moment_say() -> None:
    name = URIRef("http://example.org/things/a")
    graph, plain = Recalling("SimpleMemory"), Graph()
    for each in (graph, plain):
        each.bind("known", "http://example.org/")
    for prefix in (None, "", "things", "known"):
        for each in (graph, plain):
            if prefix is not None:
                each.bind(prefix, "http://example.org/things/")
        for node in (name, NODES[0], RDF.type, URIRef("urn:x")):
            shown = [node.n3(graph.namespace_manager) for _ in range(2)]
            assert shown == [node.n3(plain.namespace_manager)] * 2
