"""The remote store: any SPARQL 1.1 server, asked by its protocol, behind the same limits.

The server sends JSON tables or N-Triples; they are read as they arrive and written by the same
code as the embedded store's, so that formats, the row cap and its mark are the same whatever the
server can do. A server cannot be told to end a query: at the deadline, or when the client leaves,
its connection is closed, and its own time-out (which it needs) ends the work.
"""

from __future__ import annotations

import asyncio
import csv
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, cast

import httpx

from c5graph import scan
from c5graph.errors import (
    BadParameter,
    Busy,
    C5GraphError,
    QueryEnded,
    QueryFailed,
    QuerySyntax,
    StoreFailed,
)
from c5graph.negotiate import Kind, negotiate
from c5graph.protocol import QueryRequest
from c5graph.store.evaluate import graph_not_held, service_refused, written_from
from c5graph.store.feed import Feed
from c5graph.store.frames import revive
from c5graph.store.port import Answer, Limits, deadline_exceeded
from c5graph.store.publish import DEFAULT, held, prepared
from c5graph.store.seen import Seen, aside, look_at
from c5graph.store.syntax import explain

_TABLE = "application/sparql-results+json"
_GRAPH = "application/n-triples"
_LINE = re.compile(r"\bline (\d+)", re.IGNORECASE)
_PATIENCE = httpx.Timeout(None, connect=5.0)  # reading is bounded by each query's deadline
_SAID = 4096  # bytes of a server's complaint that are read
_CUT_SIGNS = ("x-sparql-maxrows", "x-sql-state")  # how Virtuoso tells that it left rows out


@dataclass(frozen=True)
class Engine:
    """Where a server answers, who asks, and the data set that a query without one is about.

    With a `version`, the server has to hold that one (see store/publish.py).
    """

    url: str
    user: str = ""
    password: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    at_once: int = 8
    queue: int = 64
    retry_after: int = 2
    version: str = ""

    def client(self) -> httpx.AsyncClient:
        """A client that keeps its connections."""
        auth = httpx.DigestAuth(self.user, self.password) if self.user else None
        limits = httpx.Limits(max_connections=self.at_once, keepalive_expiry=60)
        headers = {"user-agent": "c5graph"}
        return httpx.AsyncClient(auth=auth, limits=limits, headers=headers, timeout=_PATIENCE)


class RemoteStore:
    """Queries sent to a server; `start` before use, `close` after."""

    def __init__(self, engine: Engine, limits: Limits | None = None) -> None:
        self._engine, self._limits = engine, limits or Limits()
        self._slots = asyncio.Semaphore(engine.at_once)
        self._waiting = 0
        self._ready = False
        self._under: dict[str, RemoteStore] = {}

    @property
    def ready(self) -> bool:
        """True from the first answer until the server could not be reached."""
        return self._ready

    async def start(self) -> None:
        """Return when the server has answered a query; raise StoreFailed when it does not."""
        self._client = self._engine.client()
        version = self._engine.version
        try:
            here = await self.answer(QueryRequest(held(version) if version else "ASK {}"), None)
        except C5GraphError as error:
            await self.close()
            raise StoreFailed(
                f"The SPARQL server at {self._engine.url} does not answer: {error}",
                remedy="Start it, or give the address of its query endpoint with --engine.",
            ) from error
        if b"true" not in here.body:
            await self.close()
            raise StoreFailed(
                f"The SPARQL server at {self._engine.url} does not hold version {version}.",
                remedy="Load it first: c5graph publish --to the update endpoint of that server.",
            )
        if version:
            await self._learn_lenses(version)

    async def _learn_lenses(self, version: str) -> None:
        """Which lenses were published with this version, and the graphs of each."""
        told = await self.answer(QueryRequest(prepared(version)), "text/csv")
        graphs: dict[str, list[str]] = {}
        for lens, graph in list(csv.reader(told.body.decode().splitlines()))[1:]:
            graphs.setdefault(lens, []).append(graph)
        for lens, names in graphs.items():
            default = tuple(name for name in names if name.startswith(DEFAULT))
            named = tuple(sorted({*names} - {*default}))
            relative = copy(self)
            relative._engine = replace(self._engine, default_graphs=default, named_graphs=named)
            self._under[lens] = relative

    async def answer_under(
        self, lens: str, request: QueryRequest, accept: str | None, limits: Limits | None = None
    ) -> Answer:
        """The answer under a lens, by its IRI. Raises BadParameter where it was not published."""
        if lens not in self._under:
            raise BadParameter(
                "The SPARQL server behind this service was not given this lens.",
                remedy="Leave it out, or ask /api/neighbours, which takes any; "
                "c5graph publish --lens prepares one.",
            )
        return await self._under[lens].answer(request, accept, limits)

    async def close(self) -> None:
        """Close the connections."""
        self._ready = False
        await self._client.aclose()

    async def answer(
        self, request: QueryRequest, accept: str | None, limits: Limits | None = None
    ) -> Answer:
        """Answer within the limits, or close the connection and say which limit it was."""
        limits = limits or self._limits
        try:
            async with asyncio.timeout(limits.deadline):
                async with self._slot():
                    seen = await look_at(request.query)
                    negotiate(accept, seen.kind)
                    await self._check_data_set(request, seen, limits)
                    return await self._ask(request, seen, accept, limits)
        except TimeoutError:
            raise deadline_exceeded(limits.deadline) from None
        except httpx.HTTPError as error:
            self._ready = False
            raise QueryEnded(
                "The SPARQL server behind this service cannot be reached.",
                remedy="Try again in a while.",
            ) from error

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        if self._slots.locked() and self._waiting >= self._engine.queue:
            raise Busy(self._waiting, self._engine.retry_after)
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()

    async def _check_data_set(self, request: QueryRequest, seen: Seen, limits: Limits) -> None:
        named = seen.named
        if named.service:
            raise service_refused()
        held = {*limits.graphs_allowed, *self._engine.default_graphs, *self._engine.named_graphs}
        for graph in {*named.graphs, *request.default_graphs, *request.named_graphs} - held:
            if any(sign in graph for sign in '<>"{}|\\^` \n\r\t') or not await self._holds(graph):
                raise graph_not_held(graph)

    async def _holds(self, graph: str) -> bool:
        if self._engine.named_graphs:
            return False  # the published graphs are known, and this is none of them
        request = QueryRequest(f"SELECT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT 1")
        seen = Seen(Kind.TABLE, scan.Named())
        answer = await self._ask(request, seen, "text/csv", self._limits)
        return answer.body.count(b"\n") > 1

    async def _ask(
        self, request: QueryRequest, seen: Seen, accept: str | None, limits: Limits
    ) -> Answer:
        kind = seen.kind
        sent = self._client.stream(
            "POST",
            self._engine.url,
            # A form, since Virtuoso waits for ever on a body that is the query itself.
            data={"query": seen.with_base(request), **self._data_set(request, seen)},
            headers={"accept": _GRAPH if kind is Kind.GRAPH else _TABLE},
        )
        async with sent as response:
            await _insist_on_success(response, request.query)
            self._ready = True
            return await _read(response, accept, limits, kind)

    def _data_set(self, request: QueryRequest, seen: Seen) -> dict[str, list[str]]:
        default, named = request.default_graphs, request.named_graphs
        if not (default or named or seen.named.graphs):
            default, named = self._engine.default_graphs, self._engine.named_graphs
        given = {"default-graph-uri": list(default), "named-graph-uri": list(named)}
        return {name: graphs for name, graphs in given.items() if graphs}


async def _read(response: httpx.Response, accept: str | None, limits: Limits, kind: Kind) -> Answer:
    """Write the answer in a thread while it arrives; stop when enough has."""
    feed = Feed()
    work = asyncio.ensure_future(asyncio.to_thread(_written, feed, kind, accept, limits))
    try:
        async for chunk in response.aiter_bytes():
            await feed.put(chunk)
            if work.done():
                break
        feed.end()
        answer = await work
    finally:
        feed.abandon()
    if isinstance(answer, C5GraphError):
        raise answer
    return answer


def _written(feed: Feed, kind: Kind, accept: str | None, limits: Limits) -> Answer | C5GraphError:
    """The answer, or its error without a trace: the engine's results may not leave their thread."""
    try:
        return written_from(cast("IO[bytes]", feed), kind, accept, limits)
    except C5GraphError as error:
        return revive(error.body())
    finally:
        feed.abandon()  # what stops early takes no more, and nobody may wait for it to do so


async def _insist_on_success(response: httpx.Response, query: str) -> None:
    if response.status_code == 200 and not any(sign in response.headers for sign in _CUT_SIGNS):
        return
    if response.status_code == 200:
        raise QueryFailed(
            "The server behind this service cut its answer by a limit of its own.",
            remedy="Ask for less, or page with ORDER BY, LIMIT and OFFSET.",
        )
    said = (await _beginning(response)).decode("utf-8", "replace")
    if response.status_code == 400:
        raise await aside(query, partial(_wrong, query, said))
    if response.status_code > 500:
        raise QueryEnded(
            "The server behind this service is too busy for the query.",
            remedy="Ask for less, or try again in a while.",
        )
    raise QueryFailed(
        "The server behind this service cannot answer this query.",
        remedy="Leave out what that server does not support, or ask for less.",
    )


async def _beginning(response: httpx.Response) -> bytes:
    found = b""
    async for chunk in response.aiter_bytes():
        found += chunk
        if len(found) > _SAID:
            break
    return found[:_SAID]


def _wrong(query: str, said: str) -> C5GraphError:
    """What is wrong with a query, without the server's own words where they are not of a parser."""
    error = explain(query, said.strip())
    if said.strip() not in str(error) or not isinstance(error, QuerySyntax):
        return error
    line = _LINE.search(said)
    return QuerySyntax(
        "The server behind this service does not read this query.",
        remedy="Mend the text at or before that line." if line else "Mend the text.",
        line=int(line[1]) if line else None,
    )
