"""What the tokens of a query tell before it is sent to a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from c5graph import scan
from c5graph.negotiate import Kind
from c5graph.protocol import QueryRequest, update_refused
from c5graph.store.syntax import explain

T = TypeVar("T")
_LONG = 2_000  # signs; reading more takes some milliseconds
_KINDS = {
    "select": Kind.TABLE,
    "ask": Kind.BOOLEAN,
    "construct": Kind.GRAPH,
    "describe": Kind.GRAPH,
}


@dataclass(frozen=True)
class Seen:
    """The kind of its result, what its text names, whether an IRI in it needs the base."""

    kind: Kind
    named: scan.Named
    needs_base: bool = False

    def with_base(self, request: QueryRequest) -> str:
        """The query with its base, on its first line, where it has an IRI that needs one."""
        base = request.base if self.needs_base else None
        return f"BASE <{base}> {request.query}" if base else request.query


async def look_at(query: str) -> Seen:
    """Raises Refused for an update, QuerySyntax for no query."""
    return await aside(query, partial(_look, query))


def _look(query: str) -> Seen:
    relative = any(token.kind == "iri" and ":" not in token.text for token in scan.tokens(query))
    return Seen(_kind(query), scan.names(query), relative)


async def aside(query: str, work: Callable[[], T]) -> T:
    """Read a query here, a long one in a thread: other requests are not to wait for its tokens."""
    return work() if len(query) < _LONG else await asyncio.to_thread(work)


def _kind(query: str) -> Kind:
    """What the query's result is. Raises Refused for an update, QuerySyntax for no query."""
    if scan.is_update(query):
        raise update_refused()
    for token in scan.tokens(query):
        if token.kind == "word" and token.text.lower() in _KINDS:
            return _KINDS[token.text.lower()]
    raise explain(query, "no query form")
