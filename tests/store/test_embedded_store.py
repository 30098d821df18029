"""The embedded store as a running thing, with both ways to start workers.

Real processes, small data; only deadlines and caps are lowered.
"""

import asyncio
import json
import os
import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from c5graph.errors import (
    Busy,
    C5GraphError,
    DeadlineExceeded,
    MemoryExceeded,
    NotAcceptable,
    ParseFailure,
    QueryEnded,
    QuerySyntax,
    Refused,
    TooDeep,
)
from c5graph.protocol import QueryRequest
from c5graph.store.contents import Contents
from c5graph.store.embedded import EmbeddedStore, Embedding
from c5graph.store.port import Answer, Limits
from c5graph.store.rdf import DefaultGraph, Literal, NamedNode, Quad, Store
from c5graph.store.seal import seal
from c5graph.store.supply import environment

MIB = 1024 * 1024
GRAPH = NamedNode("http://example.org/graph")
QUADS = [
    Quad(NamedNode(f"http://example.org/{n}"), NamedNode("http://example.org/p"), Literal(str(n)))
    for n in range(2000)
]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f < ?i) }"
HUNGRY = "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


def with_store(
    work: Callable[[EmbeddedStore], Awaitable[None]],
    start: str = "fork",
    *,
    workers: int = 2,
    queue: int = 8,
    deadline: float = 20.0,
    memory: int = 256 * MIB,
) -> None:
    quads = [*QUADS, Quad(NamedNode("http://example.org/in"), GRAPH, Literal("g"), GRAPH)]

    async def run() -> None:
        store = EmbeddedStore(
            lambda folder: Contents.of_quads(quads, folder / "data.nq"),
            Embedding(workers, queue, memory, start),
            Limits(deadline=deadline),
        )
        await store.start()
        try:
            await work(store)
        finally:
            await store.close()

    asyncio.run(run())


async def ask(store: EmbeddedStore, query: str, deadline: float = 20.0) -> Answer:
    return await store.answer(QueryRequest(query), None, Limits(deadline=deadline))


async def failure(store: EmbeddedStore, query: str, deadline: float = 20.0) -> C5GraphError:
    with pytest.raises(C5GraphError) as caught:
        await ask(store, query, deadline)
    return caught.value


def running(store: EmbeddedStore) -> set[int]:
    """Worker processes that have a query."""
    return set(store._pool._all) - {worker.process for worker in store._pool._idle}


starts = pytest.mark.parametrize("start", ["fork", "spawn"])


@starts
def test_a_query_is_answered_from_the_data(start: str) -> None:
    async def work(store: EmbeddedStore) -> None:
        answer = await ask(store, "SELECT ?o { <http://example.org/7> ?p ?o }")
        rows = json.loads(answer.body)["results"]["bindings"]
        assert [row["o"]["value"] for row in rows] == ["7"]
        assert store.ready

    with_store(work, start)


@starts
def test_a_query_past_its_deadline_is_ended_and_its_worker_replaced(start: str) -> None:
    async def work(store: EmbeddedStore) -> None:
        began = time.monotonic()
        error = await failure(store, ENDLESS, deadline=0.5)
        assert isinstance(error, DeadlineExceeded)
        assert "0.5 seconds" in str(error)
        assert time.monotonic() - began < 2
        assert (await ask(store, "ASK {}")).body == b'{"head":{},"boolean":true}'

    with_store(work, start, workers=1)


@starts
def test_a_query_past_its_memory_says_how_much_it_had(start: str) -> None:
    async def work(store: EmbeddedStore) -> None:
        error = await failure(store, HUNGRY)
        assert isinstance(error, MemoryExceeded)
        assert "128 MiB" in str(error)
        assert (await ask(store, "ASK {}")).body

    with_store(work, start, workers=1, memory=128 * MIB)


@starts
def test_a_query_nested_too_deep_ends_its_worker_only(start: str) -> None:
    async def work(store: EmbeddedStore) -> None:
        assert isinstance(await failure(store, "SELECT * " + "{" * 100_000), TooDeep)
        assert (await ask(store, "ASK {}")).body

    with_store(work, start, workers=1)


def test_small_queries_are_answered_while_others_run_away() -> None:
    async def work(store: EmbeddedStore) -> None:
        heavy = [asyncio.create_task(failure(store, ENDLESS, deadline=3)) for _ in range(4)]
        await asyncio.sleep(0.2)
        times = []
        for n in range(21):
            began = time.monotonic()
            await ask(store, f"SELECT ?o {{ <http://example.org/{n}> ?p ?o }}")
            times.append(time.monotonic() - began)
        assert sorted(times)[10] < 0.2
        assert all(isinstance(error, DeadlineExceeded) for error in await asyncio.gather(*heavy))

    with_store(work, workers=5)


def test_a_request_past_the_queue_is_turned_away_at_once() -> None:
    async def work(store: EmbeddedStore) -> None:
        running = [asyncio.create_task(failure(store, ENDLESS, deadline=1)) for _ in range(2)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        error = await failure(store, "ASK {}")
        assert isinstance(error, Busy)
        assert int(error.headers["retry-after"]) > 0
        assert time.monotonic() - began < 0.2
        await asyncio.gather(*running)

    with_store(work, workers=1, queue=1)


def test_a_caller_that_goes_away_frees_its_worker() -> None:
    async def work(store: EmbeddedStore) -> None:
        running = asyncio.create_task(ask(store, ENDLESS))
        await asyncio.sleep(0.2)
        running.cancel()
        began = time.monotonic()
        assert (await ask(store, "ASK {}")).body
        assert time.monotonic() - began < 1

    with_store(work, workers=1)


def test_a_caller_that_goes_away_while_it_waits_leaves_no_hole() -> None:
    async def work(store: EmbeddedStore) -> None:
        running = asyncio.create_task(failure(store, ENDLESS, deadline=0.5))
        waiting = [asyncio.create_task(ask(store, "ASK {}")) for _ in range(4)]
        await asyncio.sleep(0.1)
        for task in waiting[:3]:
            task.cancel()
        assert (await waiting[3]).body
        await running
        assert (await ask(store, "ASK {}")).body

    with_store(work, workers=1)


def test_the_store_comes_back_when_its_keeper_is_killed() -> None:
    async def work(store: EmbeddedStore) -> None:
        process = store._supply._process  # type: ignore[union-attr]
        os.kill(process.pid, 9)
        for _ in range(50):
            await asyncio.sleep(0.1)
            if store.ready:
                break
        assert (await ask(store, "ASK {}")).body

    with_store(work)


def test_workers_killed_from_outside_are_replaced() -> None:
    async def work(store: EmbeddedStore) -> None:
        for _ in range(5):
            for worker in list(store._pool._idle):
                os.kill(worker.process, 9)
            await asyncio.sleep(0.2)
            assert (await ask(store, "ASK {}")).body

    with_store(work)


@starts
def test_a_query_whose_worker_is_killed_from_outside_is_asked_again_once(start: str) -> None:
    async def work(store: EmbeddedStore) -> None:
        while len(store._pool._all) < 2:  # spawned workers come one by one
            await asyncio.sleep(0.05)
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(?c < ?f) }"
        asked = asyncio.create_task(ask(store, slow))
        await asyncio.sleep(0.3)
        (busy,) = running(store)
        os.kill(busy, 9)
        assert b'"1999000"' in (await asked).body

        lost = asyncio.create_task(failure(store, ENDLESS))
        for _ in range(2):
            while not running(store):
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.2)
            (busy,) = running(store)
            os.kill(busy, 9)
        error = await lost
        assert type(error) is QueryEnded
        assert "ended before it answered" in str(error)

    with_store(work, start)


@starts
def test_service_opens_no_connection(start: str) -> None:
    hidden = "SELECT ?a { ?s ?p ?o VALUES ?c { %s } FILTER(?s<?o)SERVICE?c#>\n{ ?a ?b ?d } }"

    async def work(store: EmbeddedStore) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.3)
            url = f"<http://127.0.0.1:{listener.getsockname()[1]}/>"
            for query in (f"SELECT * {{ SERVICE {url} {{ ?a ?b ?c }} }}", hidden % url):
                assert isinstance(await failure(store, query), Refused)
            with pytest.raises(TimeoutError):
                listener.accept()

    with_store(work, start)


def test_a_sealed_worker_cannot_connect_even_if_the_scan_is_passed() -> None:
    # Runs the engine in a sealed child without the scan in front of it.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        child = os.fork()
        if child == 0:
            os._exit(_call_service_sealed(listener.getsockname()[1]))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 42
        with pytest.raises(TimeoutError):
            listener.accept()


def _call_service_sealed(port: int) -> int:
    store = Store()
    seal(256 * MIB)
    try:
        list(store.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    except OSError:
        return 42
    return 0


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
        await asyncio.sleep(0.5)
        left = {worker.process for worker in store._pool._all.values()}
        assert (heavy.process in left, light.process in left, len(left)) == (True, False, 2)

    with_store(work, workers=2, memory=256 * MIB)


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
        worker = await store._pool.take(5)
        store._pool.give(worker)
        given = Path(f"/proc/{worker.process}/environ")
        if not given.exists():
            pytest.skip("needs /proc")
        assert b"tcache_count=" in given.read_bytes()

    with_store(work, start)
