"""Several default graphs are one: what two of them hold counts once, as SPARQL has it."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.protocol import QueryRequest
from c5graph.store.evaluate import evaluate
from c5graph.store.merged import merged

NAMES = tuple(f"http://example.org/{name}" for name in "abc")
COUNT = "SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}"
WITHIN = "SELECT (COUNT(*) AS ?n) {clause} {{ GRAPH ?g {{ ?s ?p ?o }} ?s ?q ?r }}"
Held = dict[str, set[int]]
held_in = st.fixed_dictionaries({name: st.sets(st.integers(0, 3)) for name in NAMES})
chosen = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4)


def quad(number: int, graph: str) -> ox.Quad:
    thing = ox.NamedNode(f"urn:n{number}")
    return ox.Quad(thing, thing, ox.Literal(str(number)), ox.NamedNode(graph))


def filled(held: Held) -> ox.Store:
    store = ox.Store()
    store.extend(quad(number, name) for name, numbers in held.items() for number in numbers)
    for name in held:
        store.add_graph(ox.NamedNode(name))
    return store


def number(store: ox.Store, request: QueryRequest) -> int:
    rows = json.loads(evaluate(store, request).body)["results"]["bindings"]
    return int(rows[0]["n"]["value"])


@given(held=held_in, default=chosen)
def test_a_statement_counts_once_however_its_graphs_are_named(
    held: Held, default: list[str]
) -> None:
    store, expected = filled(held), len(set().union(*(held[name] for name in default)))
    clause = " ".join(f"FROM <{name}>" for name in default)
    assert number(store, QueryRequest(COUNT.format(clause=clause))) == expected
    assert number(store, QueryRequest(COUNT.format(clause=""), tuple(default))) == expected
    other = QueryRequest(COUNT.format(clause=f"FROM <{NAMES[0]}>"), tuple(default))
    assert number(store, other) == expected, "the request overrides the text"


@given(held=held_in, default=chosen, named=chosen)
def test_named_graphs_stay_beside_them(held: Held, default: list[str], named: list[str]) -> None:
    store, one = filled(held), set().union(*(held[name] for name in default))
    expected = sum(len(held[name] & one) for name in set(named))
    clause = " ".join(
        [*(f"FROM <{name}>" for name in default), *(f"FROM NAMED <{name}>" for name in named)]
    )
    assert number(store, QueryRequest(WITHIN.format(clause=clause))) == expected
    request = QueryRequest(WITHIN.format(clause=""), tuple(default), tuple(named))
    assert number(store, request) == expected


def test_graphs_that_are_apart_are_not_copied() -> None:
    store = filled({NAMES[0]: {1}, NAMES[1]: {2}, NAMES[2]: {2}})
    assert merged(store, NAMES[:2], ()) is None
    assert merged(store, NAMES, ()) is not None


@pytest.mark.parametrize("sign", ["\\u0062", "\\u0022 . } FROM <http://example.org/c> { # "])
def test_an_escape_in_the_text_changes_no_data_set(sign: str) -> None:
    store = filled({NAMES[0]: {1, 2}, NAMES[1]: {2}, NAMES[2]: {3}})
    clause = f"FROM <{NAMES[0]}> FROM <{NAMES[1]}>"
    query = f'SELECT (COUNT(DISTINCT ?s) AS ?n) {clause} {{ ?s ?p ?o FILTER("{sign}" != ?o) }}'
    assert number(store, QueryRequest(query)) == 2


@pytest.mark.parametrize("query", ["CONSTRUCT { ?s ?p ?o }", "SELECT *"])
def test_rows_and_statements_come_once_too(query: str) -> None:
    store = filled({NAMES[0]: {1}, NAMES[1]: {1}})
    accept = "text/csv, application/n-triples"
    answer = evaluate(store, QueryRequest(f"{query} {{ ?s ?p ?o }}", NAMES[:2]), accept)
    assert answer.body.count(b"urn:n1") == 2, "as subject and as predicate"
