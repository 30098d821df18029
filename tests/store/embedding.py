"""An embedded store with a few statements, and queries that take too much."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from c5graph.errors import (
    C5GraphError,
)
from c5graph.protocol import QueryRequest
from c5graph.store.contents import Contents
from c5graph.store.embedded import EmbeddedStore, Embedding
from c5graph.store.port import Answer, Limits
from c5graph.store.rdf import Literal, NamedNode, Quad

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
