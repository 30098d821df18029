"""What every store promises, whatever engine is behind it: the embedded one and real servers.

A server that is not installed skips its tests by name, and fails them in CI. Fuseki is tested
where FUSEKI_JAR names its jar, and is no part of what CI must have.
"""

from __future__ import annotations

import asyncio
import json

import pytest

from c5graph.errors import (
    Busy,
    C5GraphError,
    DeadlineExceeded,
    NotAcceptable,
    QueryEnded,
    QuerySyntax,
    Refused,
)
from c5graph.protocol import QueryRequest
from c5graph.store.port import Answer, Limits, Store
from tests.store.every import (
    COUNT,
    ENDLESS,
    EX,
    G,
    H,
    Made,
    rows,
    within,
)

pytestmark = pytest.mark.slow


def test_every_term_comes_back_as_it_was(made: Made) -> None:
    async def work(store: Store) -> None:
        query = f"SELECT ?s ?o {{ ?s <{EX}p> ?o FILTER(?s IN (<{EX}7>, <{EX}text>)) }}"
        answer = await store.answer(QueryRequest(query), None)
        found = json.loads(answer.body)["results"]["bindings"]
        objects = {row["s"]["value"]: row["o"] for row in found}
        assert objects[EX + "7"]["value"] == "7"
        assert objects[EX + "7"]["datatype"].endswith("#integer")
        assert objects[EX + "text"]["value"] == 'a "quoted", \\ text\nof two lines Ж'
        assert objects[EX + "text"]["xml:lang"] == "en"
        month = f'SELECT ?x {{ ?x <{EX}p> "2025-11"^^<{EX}month> ; <{EX}p> <{EX}text> }}'
        assert len(await rows(store, month)) == 1
        spans = f"SELECT ?o {{ VALUES ?s {{ <{EX}wait> <{EX}rest> }} ?s ?p ?o }} ORDER BY ?s"
        assert await rows(store, spans) == [["P1DT2H"], ["P6M"]]

    within(made, work)


def test_the_default_graph_and_named_ones_are_apart(made: Made) -> None:
    async def work(store: Store) -> None:
        everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert await rows(store, everything) == [[str(COUNT + 5)]]
        assert await rows(store, everything, (G.value,)) == [["1"]]
        from_g = f"SELECT (COUNT(*) AS ?n) FROM <{G.value}> {{ ?s ?p ?o }}"
        assert await rows(store, from_g) == [["1"]]
        inside = "SELECT ?g { GRAPH ?g { <http://example.org/in> ?p ?o } } ORDER BY ?g"
        assert await rows(store, inside) == [[G.value], [H.value]]
        assert await rows(store, inside, (), (H.value,)) == [[H.value]]

    within(made, work)


@pytest.mark.parametrize("yes", [True, False])
def test_an_ask_is_a_boolean_in_every_format(made: Made, yes: bool) -> None:
    async def work(store: Store) -> None:
        query = QueryRequest(f"ASK {{ <{EX}{7 if yes else 'none'}> ?p ?o }}")
        told = json.loads((await store.answer(query, None)).body)
        assert told["boolean"] is yes
        xml = await store.answer(query, "application/sparql-results+xml")
        assert f"<boolean>{str(yes).lower()}</boolean>".encode() in xml.body

    within(made, work)


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_a_graph_is_written_in_the_format_asked_for(made: Made, accept: str) -> None:
    async def work(store: Store) -> None:
        query = QueryRequest(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{EX}7>) }}")
        answer = await store.answer(query, accept)
        assert answer.media_type == accept
        assert b"example.org/7" in answer.body

    within(made, work)


def test_what_outgrows_the_row_cap_is_cut_visibly(made: Made) -> None:
    async def work(store: Store) -> None:
        table = await store.answer(QueryRequest("SELECT ?s { ?s ?p ?o }"), None)
        assert table.truncated
        found = json.loads(table.body)
        assert len(found["results"]["bindings"]) == 100
        assert "cut after 100 rows" in found["truncated"]
        query = QueryRequest("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        graph = await store.answer(query, "application/n-triples")
        assert graph.truncated
        assert len(graph.body.splitlines()) == 101
        whole = await store.answer(QueryRequest("SELECT ?s { ?s ?p ?o } LIMIT 100"), None)
        assert not whole.truncated

    within(made, work, max_rows=100)


def test_an_answer_over_its_cap_of_bytes_is_an_error(made: Made) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(C5GraphError) as caught:
            await store.answer(QueryRequest("SELECT * { ?s ?p ?o }"), None)
        assert caught.value.code == "answer_too_large"

    within(made, work, max_answer_bytes=10_000)


def test_a_query_past_its_deadline_is_ended(made: Made) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(DeadlineExceeded, match=r"0\.5 seconds"):
            await store.answer(QueryRequest(ENDLESS), None, Limits(deadline=0.5))
        assert (await store.answer(QueryRequest("ASK {}"), None)).body

    within(made, work)


def test_more_than_may_wait_is_turned_away_at_once(made: Made) -> None:
    async def work(store: Store) -> None:
        async def one() -> Answer | C5GraphError:
            try:
                return await store.answer(QueryRequest(ENDLESS), None, Limits(deadline=1.0))
            except C5GraphError as error:
                return error

        ended = await asyncio.gather(*(one() for _ in range(6)))
        assert sum(isinstance(error, Busy) for error in ended) >= 2
        assert any(isinstance(error, DeadlineExceeded) for error in ended)

    within(made, work)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("INSERT DATA { <a:b> <a:b> <a:b> }", Refused),
        ("PREFIX a: <a:> DROP ALL", Refused),
        ("LOAD <http://example.org/>", Refused),
        ("SELECT * FROM <http://example.org/elsewhere> { ?s ?p ?o }", Refused),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", Refused),
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", C5GraphError),
        ("SELECT ?s { ?s ?p }", QuerySyntax),
        ("SELECT ?s { ?s ?p ?o ", QuerySyntax),
        ("no query", QuerySyntax),
        ("", QuerySyntax),
    ],
)
def test_what_is_refused_has_its_error(
    made: Made, query: str, expected: type[C5GraphError]
) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(expected) as caught:
            await store.answer(QueryRequest(query), None)
        assert caught.value.remedy
        assert not isinstance(caught.value, QueryEnded)
        for internal in ("Virtuoso", "DB.DBA", "/", "SQL "):
            told = (
                str(caught.value).replace("SPARQL ", "").replace(EX, "").replace("/elsewhere", "")
            )
            assert internal not in told

    within(made, work)


def test_a_format_that_does_not_fit_the_result_is_not_acceptable(made: Made) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(NotAcceptable):
            await store.answer(QueryRequest("ASK {}"), "text/turtle")

    within(made, work)


def test_a_caller_that_goes_away_frees_its_place(made: Made) -> None:
    async def work(store: Store) -> None:
        for _ in range(2):
            running = [
                asyncio.create_task(store.answer(QueryRequest(ENDLESS), None)) for _ in range(2)
            ]
            await asyncio.sleep(0.2)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        assert (await store.answer(QueryRequest("ASK {}"), None)).body

    within(made, work)
