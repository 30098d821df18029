"""Rows cite the claims that their query matches, though it does not select them."""

from __future__ import annotations

import re

import pytest

from c5graph.catalogue import Catalogue
from c5graph.graph.release import Release
from c5graph.store.rdf import select
from c5graph.tools.witnesses import with_witnesses
from tests.service.calling import asked, insist_on_citations
from tests.service.conftest import Server

BUYERS = "SELECT DISTINCT ?who { ?c a c5:Claim ; rdf:predicate c5:hasBuyer ; rdf:object ?who }"


@pytest.mark.parametrize(
    ("query", "added"),
    [
        (BUYERS, "SELECT DISTINCT ?who ?c  {"),
        ("SELECT ?o { ?f rdf:subject ?s ; rdf:object ?o }", "SELECT ?o ?f  {"),
        ("SELECT (COUNT(?c) AS ?n) { ?c c5:gloss ?g }", 'STR(?c); SEPARATOR=" ") AS ?witness0)'),
        ("SELECT ?s { ?c rdf:subject ?s } GROUP BY ?s", "SELECT ?s (GROUP_CONCAT(DISTINCT STR(?c)"),
        (
            "SELECT ?s { ?c rdf:subject ?s } LIMIT 3 OFFSET 1",
            "SELECT ?s ?c  { ?c rdf:subject ?s }  ",
        ),
        ("SELECT ?s { { SELECT ?s ?c { ?c rdf:subject ?s } LIMIT 3 } }", "LIMIT 3 } }"),
    ],
)
def test_witnesses_are_further_columns(query: str, added: str) -> None:
    found = with_witnesses(query)
    assert found is not None
    assert added in found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?c rdf:subject ?s }",
        "SELECT ?c { ?c rdf:subject ?s }",
        "SELECT ?s { ?s rdfs:label ?label }",
        "ASK { ?c rdf:subject ?s }",
        "ASK { { SELECT ?s { ?c rdf:subject ?s } } }",
        "CONSTRUCT { ?s a ?c } WHERE { ?c rdf:subject ?s }",
        'SELECT ?s { ?s rdfs:label "?c rdf:subject" } # ?c rdf:subject ?s',
        "SELECT",
        "",
    ],
)
def test_a_query_without_witnesses_or_with_all_is_left_as_it_is(query: str) -> None:
    assert with_witnesses(query) is None


def test_with_witnesses_every_saved_question_keeps_its_rows(shipped: Release) -> None:
    changed = 0
    for query in list(Catalogue())[::9]:
        more = with_witnesses(query.text)
        if more is None:
            continue
        changed += 1
        own = {frozenset(each.items()) for each in select(shipped.store, query.text)}
        names = set(re.findall(r"\?(\w+)", query.text))
        wide = list(select(shipped.store, more))
        columns = {name for row in own for name, _ in row}
        kept = {frozenset((k, v) for k, v in row.items() if k in columns) for row in wide}
        assert own <= kept, query.name
        assert {name for row in wide for name in row} <= names | {"witness0", "witness1"}
    assert changed > 8


@pytest.mark.parametrize(
    "name",
    [
        "which-agreements-does-a-state-take-part-in",
        "who-depends-on-whom-for-what",
        "which-infrastructure-is-there",
        "what-do-projects-cost",
        "which-facts-hold-about-a-thing",
        "who-lives-on-work-abroad",
    ],
)
def test_answers_to_saved_questions_cite_in_every_row(graph: Server, name: str) -> None:
    insist_on_citations(asked(graph, "saved_question", name=name, limit=20))


def test_each_row_of_a_query_cites_its_own_claims(graph: Server) -> None:
    answer = asked(graph, "sparql", query=BUYERS + " ORDER BY ?who", limit=200)
    insist_on_citations(answer)
    one = {row["values"]["who"]: set(row["claims"]) for row in answer["rows"]}
    for who in list(one)[:3]:
        told = asked(
            graph,
            "sparql",
            query=f"SELECT ?c {{ ?c a c5:Claim ; rdf:predicate c5:hasBuyer ; rdf:object <{who}> }}",
            limit=200,
        )
        assert one[who] == {row["values"]["c"] for row in told["rows"]}


def test_a_limit_counts_rows_and_not_their_claims(graph: Server) -> None:
    whole = asked(graph, "sparql", query=BUYERS + " ORDER BY ?who", limit=200)
    some = asked(graph, "sparql", query=BUYERS + " ORDER BY ?who LIMIT 4 OFFSET 2")
    assert some["rows"] == whole["rows"][2:6]


def test_a_row_for_many_claims_names_the_first_and_counts_all(graph: Server) -> None:
    answer = asked(graph, "sparql", query="SELECT (COUNT(?c) AS ?n) { ?c a c5:Claim }")
    (row,) = answer["rows"]
    assert len(row["claims"]) == 50
    assert row["claims_total"] == int(row["values"]["n"])
