"""What the embedded store answers and refuses, and data that it cannot load."""

import asyncio
from pathlib import Path

import pytest

from c5graph.errors import (
    C5GraphError,
    NotAcceptable,
    ParseFailure,
    QueryEnded,
    QuerySyntax,
    Refused,
)
from c5graph.processes import processors
from c5graph.protocol import QueryRequest
from c5graph.store.contents import Contents
from c5graph.store.embedded import EmbeddedStore, Embedding
from c5graph.store.rdf import DefaultGraph, Quad
from c5graph.store.supply import environment
from tests.components import missing
from tests.store.embedding import (
    GRAPH,
    MIB,
    QUADS,
    ask,
    failure,
    starts,
    with_store,
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("INSERT DATA { <a:b> <a:b> <a:b> }", Refused),
        ("PREFIX a: <a:> DROP ALL", Refused),
        ("LOAD <http://example.org/>", Refused),
        ("SELECT * FROM <http://example.org/elsewhere> { ?s ?p ?o }", Refused),
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", C5GraphError),
        ("SELECT ?s { ?s ?p }", QuerySyntax),
    ],
)
def test_what_is_refused_has_its_error(query: str, expected: type[C5GraphError]) -> None:
    async def work(store: EmbeddedStore) -> None:
        error = await failure(store, query)
        assert isinstance(error, expected)
        assert error.remedy
        assert not isinstance(error, QueryEnded)

    with_store(work)


def test_a_syntax_error_has_its_place_and_a_forgotten_prefix_its_name() -> None:
    async def work(store: EmbeddedStore) -> None:
        error = await failure(store, "SELECT *\n{ ?s c5:hasValue ?o }")
        assert (error.line, error.column) == (2, 6)
        assert "c5:" in str(error)
        assert "https://w3id.org/c5graph/ontology#" in error.remedy

    with_store(work)


def test_a_data_set_in_the_request_overrides_the_default_graph() -> None:
    async def work(store: EmbeddedStore) -> None:
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        counts = []
        for graphs in ((), (GRAPH.value,)):
            answer = await store.answer(QueryRequest(query, graphs), "text/csv")
            counts.append(answer.body)
        assert counts == [b"n\r\n2000\r\n", b"n\r\n1\r\n"]
        named = QueryRequest("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", (), (GRAPH.value,))
        assert b"http://example.org/in" in (await store.answer(named, "text/csv")).body

    with_store(work)


def test_a_format_that_does_not_fit_the_result_is_not_acceptable() -> None:
    async def work(store: EmbeddedStore) -> None:
        with pytest.raises(NotAcceptable):
            await store.answer(QueryRequest("ASK {}"), "text/turtle")

    with_store(work)


def test_data_that_cannot_be_loaded_stop_the_start(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is not Turtle")
    for start in ("fork", "spawn"):
        store = EmbeddedStore(lambda _: Contents.of_files([broken]), Embedding(1, start=start))
        with pytest.raises(ParseFailure, match=r"broken\.ttl:1:1: "):
            asyncio.run(store.start())
        asyncio.run(store.close())


def test_a_load_that_failed_is_not_tried_again_in_the_background(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is not Turtle")

    async def run() -> None:
        store = EmbeddedStore(lambda _: Contents.of_files([broken]), Embedding(1))
        with pytest.raises(C5GraphError):
            await store.start()
        await asyncio.sleep(0.5)  # the keeper ends, and is noticed
        assert store._restarting is None
        await store.close()

    asyncio.run(run())


def test_default_graph_statements_stay_in_the_default_graph(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    Contents.of_quads(
        [QUADS[0], Quad(QUADS[1].subject, QUADS[1].predicate, QUADS[1].object, GRAPH)], path
    )
    store = Contents.of_files([path]).load()
    graphs = {quad.graph_name for quad in store}
    assert graphs == {DefaultGraph(), GRAPH}


def test_the_heaviest_idle_worker_is_replaced_when_all_together_keep_too_much() -> None:
    async def work(store: EmbeddedStore) -> None:
        await ask(store, "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a ?b ?c . ?d ?e ?f } LIMIT 1")
        light, heavy = sorted(store._pool._all.values(), key=lambda worker: worker.own)
        assert heavy.own > MIB > light.own == 0
        store._pool.weigh(heavy, 300 * MIB)
        await ask(store, "ASK {}")  # by the worker used last, which tells its own figure again
        assert heavy.own < 200 * MIB
        store._pool.weigh(light, 300 * MIB)
        await ask(store, "ASK {}")
        await asyncio.sleep(0.5)  # the heaviest ends, and another takes its place
        left = {worker.process for worker in store._pool._all.values()}
        assert (heavy.process in left, light.process in left, len(left)) == (True, False, 2)

    with_store(work, workers=2, memory=256 * MIB)


def test_the_workers_used_last_are_spared_while_there_are_others() -> None:
    async def work(store: EmbeddedStore) -> None:
        await ask(store, "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a ?b ?c . ?d ?e ?f } LIMIT 1")
        hot = max(store._pool._all.values(), key=lambda worker: worker.own)
        cold = [worker.process for worker in store._pool._all.values() if worker is not hot]
        assert hot.own > MIB
        store._pool._together = MIB
        await ask(store, "ASK {}")  # by the worker used last, which is the heaviest
        await asyncio.sleep(0.5)  # another ends in its place
        left = {worker.process for worker in store._pool._all.values()}
        assert hot.process in left
        assert len(left & set(cold)) < len(cold)

    with_store(work, workers=processors() + 2)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "glibc.malloc.tcache_count=512"),
        ("glibc.malloc.perturb=1", "glibc.malloc.perturb=1:glibc.malloc.tcache_count=512"),
        ("glibc.malloc.tcache_count=9", "glibc.malloc.tcache_count=9"),
    ],
)
def test_who_evaluates_keeps_more_at_hand_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, given: str, expected: str
) -> None:
    monkeypatch.setenv("GLIBC_TUNABLES", given)
    assert environment()["GLIBC_TUNABLES"] == expected


@starts
def test_workers_are_started_so(start: str) -> None:
    async def work(store: EmbeddedStore) -> None:
        worker = next(iter(store._pool._all.values()))
        given = Path(f"/proc/{worker.process}/environ")
        if not given.exists():
            missing("/proc", "it does not show the environment of a process here")
        assert b"tcache_count=" in given.read_bytes()

    with_store(work, start)
