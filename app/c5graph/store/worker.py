"""A worker process: one query at a time, until it is ended from outside."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from c5graph.errors import C5GraphError, MemoryExceeded
from c5graph.protocol import QueryRequest
from c5graph.store import frames
from c5graph.store.evaluate import evaluate
from c5graph.store.port import Limits
from c5graph.store.seal import own_memory, peak_memory, seal, yield_to_service


def serve(store: ox.Store, source: BinaryIO, sink: BinaryIO, memory: int) -> None:
    """Answer requests from one file on the other until the first one ends.

    A worker that has grown by half of what a query may use says that it leaves and does, so
    that the next query starts with its whole allowance.
    """
    yield_to_service()
    seal(memory)
    start, own = peak_memory(), own_memory()
    while (message := frames.read(source)) is not None:
        head, body = _answer(store, *message)
        head["leaving"] = peak_memory() - start > memory // 2
        head["own"] = own_memory() - own
        sink.write(frames.pack(head, body))
        sink.flush()
        if head["leaving"]:
            return


def encode(request: QueryRequest, accept: str | None, limits: Limits) -> bytes:
    """A request as a worker reads it."""
    head = {
        "default": request.default_graphs,
        "named": request.named_graphs,
        "base": request.base,
        "accept": accept,
        "rows": limits.max_rows,
        "bytes": limits.max_answer_bytes,
        "allowed": sorted(limits.graphs_allowed),
    }
    return frames.pack(head, request.query.encode())


def _answer(store: ox.Store, head: frames.Head, body: bytes) -> tuple[frames.Head, bytes]:
    request = QueryRequest(
        body.decode(), tuple(head["default"]), tuple(head["named"]), head["base"]
    )
    limits = Limits(
        max_rows=head["rows"],
        max_answer_bytes=head["bytes"],
        graphs_allowed=frozenset(head["allowed"]),
    )
    try:
        answer = evaluate(store, request, head["accept"], limits=limits)
    except C5GraphError as error:
        return {"failed": error.body()}, b""
    except MemoryError:
        lack = MemoryExceeded("The query ran out of memory.", remedy="Ask for less.")
        return {"failed": lack.body()}, b""
    return {"type": answer.media_type, "truncated": answer.truncated}, answer.body


def main() -> None:
    """Worker over a store on disk: ``python -m c5graph.store.worker DIRECTORY MEMORY``."""
    directory, memory = Path(sys.argv[1]), int(sys.argv[2])
    store = ox.Store.read_only(str(directory))
    serve(store, sys.stdin.buffer, sys.stdout.buffer, memory)


if __name__ == "__main__":
    main()
