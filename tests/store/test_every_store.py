"""What every store promises, whatever engine is behind it: the embedded one and real servers.

A server that is not installed skips its tests by name, and fails them in CI. Fuseki is tested
where FUSEKI_JAR names its jar, and is no part of what CI must have.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from c5graph.errors import (
    Busy,
    C5GraphError,
    DeadlineExceeded,
    NotAcceptable,
    QueryEnded,
    QuerySyntax,
    Refused,
    StoreFailed,
)
from c5graph.namespaces import XSD
from c5graph.protocol import QueryRequest
from c5graph.store.contents import Contents
from c5graph.store.embedded import EmbeddedStore, Embedding
from c5graph.store.port import Answer, Limits, Store
from c5graph.store.prepared import contents_of, prepare
from c5graph.store.publish import DEFAULT, Target, graph_names, publish
from c5graph.store.rdf import BlankNode, Literal, NamedNode, Quad
from c5graph.store.remote import Engine, RemoteStore
from tests.store.servers import PEERS, Peer, free_port

pytestmark = pytest.mark.slow

EX = "http://example.org/"
P, G, H = (NamedNode(EX + name) for name in ("p", "g", "h"))
COUNT = 1200
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) < STR(?i)) }"
VERSION = "1.0+first"


def quads() -> list[Quad]:
    plain = [Quad(NamedNode(f"{EX}{n}"), P, Literal(n)) for n in range(COUNT)]
    special = [
        Quad(
            NamedNode(EX + "text"), P, Literal('a "quoted", \\ text\nof two lines Ж', language="en")
        ),
        Quad(BlankNode("b"), P, Literal("2025-11", datatype=NamedNode(EX + "month"))),
        Quad(BlankNode("b"), P, NamedNode(EX + "text")),
        Quad(NamedNode(EX + "wait"), P, Literal("P6M", datatype=NamedNode(XSD + "duration"))),
        Quad(NamedNode(EX + "rest"), P, Literal("P1DT2H", datatype=NamedNode(XSD + "duration"))),
    ]
    named = [Quad(NamedNode(EX + "in"), P, Literal("g"), G), Quad(NamedNode(EX + "in"), P, H, H)]
    return [*plain, *special, *named]


@dataclass(frozen=True)
class Made:
    """How to make a store over the quads; `peer` is the server behind it, if there is one."""

    make: Callable[[Limits], Store]
    peer: Peer | None = None


def embedded(start: str) -> Made:
    def make(limits: Limits) -> Store:
        how = Embedding(workers=2, queue=2, start=start)
        return EmbeddedStore(
            lambda folder: Contents.of_quads(quads(), folder / "data.nq"), how, limits
        )

    return Made(make)


def prepared(folder: Path) -> Made:
    """A store on disk that was loaded beforehand."""
    prepare(Contents.of_quads(quads(), folder / "data.nq"), "0" * 64, folder / "store")

    def make(limits: Limits) -> Store:
        contents = contents_of(folder / "store")
        return EmbeddedStore(lambda _: contents, Embedding(workers=2, queue=2), limits)

    return Made(make)


def engine(peer: Peer, version: str = VERSION) -> Engine:
    named = [name for name in graph_names(quads()) if name != DEFAULT]
    return Engine(
        peer.query,
        default_graphs=(DEFAULT,),
        named_graphs=tuple(named),
        at_once=2,
        queue=2,
        version=version,
    )


SERVERS = ["oxigraph", "virtuoso", *(["fuseki"] if os.environ.get("FUSEKI_JAR") else [])]
of_servers = pytest.mark.parametrize("made", SERVERS, indirect=True)


@pytest.fixture(
    scope="module",
    params=["embedded, forked", "embedded, spawned", "prepared", *SERVERS],
)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    kind: str = request.param
    if kind.startswith("embedded"):
        yield embedded("fork" if kind.endswith("forked") else "spawn")
        return
    if kind == "prepared":
        yield prepared(tmp_path_factory.mktemp(kind))
        return
    with PEERS[kind](tmp_path_factory.mktemp(kind)) as peer:
        publish(quads(), VERSION, Target(peer.update))
        yield Made(lambda limits: RemoteStore(engine(peer), limits), peer)


def within(made: Made, work: Callable[[Store], Awaitable[None]], **limits: float) -> None:
    async def run() -> None:
        store = made.make(replace(Limits(deadline=20.0), **limits))  # type: ignore[arg-type]
        await store.start()
        try:
            await work(store)
        finally:
            await store.close()

    asyncio.run(run())


async def rows(
    store: Store, query: str, default: tuple[str, ...] = (), named: tuple[str, ...] = ()
) -> list[list[str]]:
    answer = await store.answer(QueryRequest(query, default, named), "text/csv")
    return list(csv.reader(io.StringIO(answer.body.decode(), newline="")))[1:]


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
