"""The embedded store as a running thing, with both ways to start workers.

Real processes, small data; only deadlines and caps are lowered."""

import asyncio
import json
import os
import socket
import time

import pytest

from c5graph.errors import (
    Busy,
    DeadlineExceeded,
    MemoryExceeded,
    QueryEnded,
    Refused,
    TooDeep,
)
from c5graph.store.embedded import EmbeddedStore
from c5graph.store.rdf import Store
from c5graph.store.seal import seal
from tests.store.embedding import (
    ENDLESS,
    HUNGRY,
    MIB,
    ask,
    failure,
    running,
    starts,
    with_store,
)


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
        running = [asyncio.create_task(failure(store, ENDLESS, deadline=3)) for _ in range(2)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        error = await failure(store, "ASK {}")
        assert isinstance(error, Busy)
        assert int(error.headers["retry-after"]) > 0
        assert time.monotonic() - began < 1
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
            gone = {busy}  # which may not have been missed yet
            while not (left := running(store) - gone):
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.2)
            (busy,) = left
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
