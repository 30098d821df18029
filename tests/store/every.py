"""One set of statements, and the stores over it: embedded, prepared, and behind real servers."""

from __future__ import annotations

import asyncio
import csv
import io
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from c5graph.namespaces import XSD
from c5graph.protocol import QueryRequest
from c5graph.store.contents import Contents
from c5graph.store.embedded import EmbeddedStore, Embedding
from c5graph.store.port import Limits, Store
from c5graph.store.prepared import contents_of, prepare
from c5graph.store.publish import DEFAULT, graph_names
from c5graph.store.rdf import BlankNode, Literal, NamedNode, Quad
from c5graph.store.remote import Engine
from tests.store.servers import Peer

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
