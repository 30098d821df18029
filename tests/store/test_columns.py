"""The columns of `SELECT *` come as the query names them, in every format alike."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.protocol import QueryRequest
from c5graph.store.columns import spelt_out
from c5graph.store.evaluate import evaluate
from c5graph.store.rdf import NamedNode, Quad, load_store

STORE = load_store([Quad(*[NamedNode(f"http://example.org/{each}") for each in "spog"])])
NAMES = st.permutations(["z", "a", "m", "Ж"])


def body(query: str, accept: str) -> str:
    return evaluate(STORE, QueryRequest(query), accept).body.decode()


def head(query: str) -> list[str]:
    told: list[str] = json.loads(body(query, "application/sparql-results+json"))["head"]["vars"]
    return told


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?z ?y ?x }", ["z", "y", "x"]),
        (
            "PREFIX : <a:> #*\nselect distinct\n*{ $z :a ?x OPTIONAL { ?x ?b ?c } }",
            ["z", "x", "b", "c"],
        ),
        ("SELECT * { { SELECT * { ?z ?y ?x } } BIND(1 AS ?a) }", ["z", "y", "x", "a"]),
        ("SELECT * { ?z ?y ?x MINUS { ?b ?y ?x } FILTER EXISTS { ?z ?y ?c } }", ["z", "y", "x"]),
        ("SELECT ?x ?z { { SELECT * { ?z ?y ?x } } }", ["x", "z"]),
        ("SELECT (2 * ?z AS ?b) ?a { ?z ?y ?a }", ["b", "a"]),
        (
            """PREFIX : <a:?b> BASE <b:> # ?b
            SELECT REDUCED * { ?z :\\?b ?y . ?y <?b> "?b\\"?b", '''it's ?b''' ; :p? ?b }""",
            ["z", "y", "b"],
        ),
        ("""SELECT * { ?z ?y ?x FILTER(?x<?z) FILTER(""!='?c') } #" ?c""", ["z", "y", "x"]),
        ("SELECT * {}", []),
    ],
)
def test_a_star_has_the_order_of_the_query(query: str, expected: list[str]) -> None:
    assert head(query) == expected
    table = body(query, "text/csv").splitlines()[0]
    assert table.split(",") == (expected or [""])
    tabs = body(query, "text/tab-separated-values").splitlines()[0]
    assert [each.removeprefix("?") for each in tabs.split("\t")] == (expected or [""])


@given(NAMES, st.sampled_from(["", "DISTINCT ", "REDUCED "]))
def test_any_order_of_names_is_kept_and_no_row_changed(names: list[str], how: str) -> None:
    values = " ".join(f"({' '.join(str(n) for n in range(i, i + 4))})" for i in range(3))
    query = f"SELECT {how}* {{ VALUES ({' '.join('?' + each for each in names)}) {{ {values} }} }}"
    assert head(query) == names
    rows = body(query, "text/csv").splitlines()[1:]
    assert sorted(rows) == [",".join(str(n) for n in range(i, i + 4)) for i in range(3)]


def test_a_long_run_of_spaces_is_read_once() -> None:
    query = "SELECT" + " " * 500_000 + "?s {}"
    assert spelt_out(query, None) is query


@pytest.mark.parametrize(
    "query", ["ASK { ?b ?a ?c }", "SELECT ?b { ?b ?a ?c }", "# SELECT *\nASK {}"]
)
def test_what_has_no_star_of_its_own_stays_as_it_is(query: str) -> None:
    assert spelt_out(query, None) is query
