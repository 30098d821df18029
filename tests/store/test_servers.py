"""Stores behind real servers: releases that follow each other, and servers that fail."""

from __future__ import annotations

import asyncio
import csv
import io
import socket
import threading

import httpx
import pytest

from c5graph.errors import (
    C5GraphError,
    QueryEnded,
    Refused,
    StoreFailed,
)
from c5graph.protocol import QueryRequest
from c5graph.store.port import Store
from c5graph.store.publish import DEFAULT, Target, publish
from c5graph.store.rdf import Literal, NamedNode, Quad
from c5graph.store.remote import Engine, RemoteStore
from tests.store.every import (
    COUNT,
    EX,
    VERSION,
    G,
    Made,
    P,
    engine,
    of_servers,
    quads,
    rows,
    within,
)
from tests.store.servers import free_port

pytestmark = pytest.mark.slow


@of_servers
def test_readers_see_the_old_release_until_the_new_one_is_whole(made: Made) -> None:
    assert made.peer is not None
    peer = made.peer
    seen: set[tuple[str, str]] = set()
    done = threading.Event()
    later = [Quad(q.subject, q.predicate, Literal("later"), q.graph_name) for q in quads()]

    def watch() -> None:
        query = (
            f"SELECT (COUNT(*) AS ?n) ?o {{ GRAPH <{G.value}> {{ ?s ?p ?o }} "
            f"GRAPH <{DEFAULT}> {{ ?t ?q ?r }} }} GROUP BY ?o"
        )
        while not done.is_set():
            reply = httpx.post(peer.query, data={"query": query}, headers={"accept": "text/csv"})
            for line in list(csv.reader(io.StringIO(reply.text)))[1:] or [["0", "none"]]:
                seen.add((line[0], line[1]))

    reader = threading.Thread(target=watch)
    reader.start()
    try:
        publish(later, "2.0+second", Target(peer.update))
    finally:
        done.set()
        reader.join()
        publish(quads(), VERSION, Target(peer.update))
    whole = {(str(len(quads()) - 2), "g"), (str(len({q.subject for q in quads()}) - 1), "later")}
    assert seen <= whole
    assert len(seen) >= 1


@of_servers
def test_another_version_than_the_published_one_stops_the_start(made: Made) -> None:
    assert made.peer is not None
    store = RemoteStore(engine(made.peer, "9.9+other"))
    with pytest.raises(StoreFailed, match=r"9\.9") as caught:
        asyncio.run(store.start())
    assert "publish" in caught.value.remedy


@of_servers
def test_a_failed_publication_leaves_the_old_data(made: Made) -> None:
    assert made.peer is not None
    broken = Quad(NamedNode(EX + "x"), P, Literal("x"), NamedNode(EX + "x"))
    elsewhere = httpx.URL(made.peer.update).copy_with(path="/nowhere")
    with pytest.raises(StoreFailed, match="unchanged"):
        publish([broken], "3.0", Target(str(elsewhere)))

    async def work(store: Store) -> None:
        assert await rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [[str(COUNT + 5)]]

    within(made, work)


def test_a_server_that_is_not_there_stops_the_start_and_names_its_address() -> None:
    url = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(StoreFailed, match=url):
        asyncio.run(RemoteStore(Engine(url)).start())
    with pytest.raises(StoreFailed, match="cannot be reached"):
        publish([], "1", Target(url))


def test_a_long_query_for_a_server_is_read_while_other_requests_go_on() -> None:
    query = "SELECT * { VALUES ?from { " + ". " * 300_000
    turns = []

    async def tick() -> None:
        while True:
            await asyncio.sleep(0.01)
            turns.append(1)

    async def run() -> None:
        store = RemoteStore(Engine("http://127.0.0.1:9/query"))
        store._client = store._engine.client()
        ticking = asyncio.create_task(tick())
        with pytest.raises(C5GraphError):
            await store.answer(QueryRequest(query), None)
        ticking.cancel()
        await store.close()

    asyncio.run(run())
    assert len(turns) > 10


def test_a_server_that_goes_away_is_told_as_an_error_of_the_service() -> None:
    async def run() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            store = RemoteStore(Engine(f"http://127.0.0.1:{listener.getsockname()[1]}/"))
            store._client = store._engine.client()
        with pytest.raises(QueryEnded, match="cannot be reached"):
            await store.answer(QueryRequest("ASK {}"), None)
        assert not store.ready
        await store.close()

    asyncio.run(run())


@of_servers
def test_the_graphs_of_a_server_that_holds_other_data_are_asked_for(made: Made) -> None:
    assert made.peer is not None
    peer = made.peer

    async def run() -> None:
        store = RemoteStore(Engine(peer.query))
        await store.start()
        try:
            query = "SELECT ?o FROM <{}> {{ ?s ?p ?o }}"
            assert await rows(store, query.format(G.value)) == [["g"]]
            with pytest.raises(Refused):
                await rows(store, query.format(EX + "elsewhere"))
        finally:
            await store.close()

    asyncio.run(run())
