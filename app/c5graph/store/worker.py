"""A worker process: one query at a time, until it is ended from outside."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import BinaryIO, NamedTuple

import pyoxigraph as ox

from c5graph.errors import C5GraphError, MemoryExceeded
from c5graph.protocol import QueryRequest
from c5graph.store import frames
from c5graph.store.evaluate import evaluate
from c5graph.store.port import Answer, Limits
from c5graph.store.seal import own_memory, peak_memory, seal, yield_to_service
from c5graph.store.twofold import Twofold

_MIB = 1024 * 1024
MOMENT = 0.01  # seconds
"""What a query may take while others stand in line behind it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the head of a request says."""

    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    base: str | None
    accept: str | None
    limits: Limits


class _After(NamedTuple):
    """What a worker says about itself with each answer; `own` is in MiB."""

    long: bool
    leaving: bool
    own: int


def serve(store: Twofold, source: BinaryIO, sink: BinaryIO, memory: int) -> None:
    """Answer requests from one file on the other until the first one ends.

    A worker that has grown by half of what a query may use says that it leaves and does, so
    that the next query starts with its whole allowance.

    A worker says which answers took longer than a moment, and each request how many of those its
    sender had heard of. What was sent before the last of them has gone to another worker.
    """
    yield_to_service()
    seal(memory)
    start, own = peak_memory(), own_memory()
    known = 0
    while (message := frames.read_numbered(source)) is not None:
        if message[0] != known:
            continue
        began = perf_counter()
        answer = _answer(store, message[1], message[2])
        long = perf_counter() - began > MOMENT
        known += long
        leaving = peak_memory() - start > memory // 2
        sink.write(_packed(answer, _After(long, leaving, (own_memory() - own) // _MIB)))
        sink.flush()
        if leaving:
            return


def encode(request: QueryRequest, accept: str | None, limits: Limits) -> bytes:
    """A request as a worker reads it."""
    data_set = (request.default_graphs, request.named_graphs)
    return frames.joined(_head(*data_set, request.base, accept, limits), request.query.encode())


@lru_cache(maxsize=256)
def _head(
    default: tuple[str, ...],
    named: tuple[str, ...],
    base: str | None,
    accept: str | None,
    limits: Limits,
) -> bytes:
    return frames.written(
        {
            "default": default,
            "named": named,
            "base": base,
            "accept": accept,
            "rows": limits.max_rows,
            "bytes": limits.max_answer_bytes,
            "allowed": sorted(limits.graphs_allowed),
        }
    )


@lru_cache(maxsize=256)
def _asked(head: bytes) -> _Asked:
    said = frames.head_of(head)
    limits = Limits(
        max_rows=said["rows"],
        max_answer_bytes=said["bytes"],
        graphs_allowed=frozenset(said["allowed"]),
    )
    data_set = (tuple(said["default"]), tuple(said["named"]))
    return _Asked(*data_set, said["base"], said["accept"], limits)


def _answer(store: Twofold, head: bytes, body: bytes) -> Answer | C5GraphError:
    asked = _asked(head)
    request = QueryRequest(body.decode(), asked.default_graphs, asked.named_graphs, asked.base)
    try:
        return evaluate(store.fitting(request), request, asked.accept, limits=asked.limits)
    except C5GraphError as error:
        return error
    except MemoryError:
        return MemoryExceeded("The query ran out of memory.", remedy="Ask for less.")


def _packed(answer: Answer | C5GraphError, after: _After) -> bytes:
    if isinstance(answer, C5GraphError):
        return frames.pack({"failed": answer.body(), **after._asdict()})
    return frames.joined(_answered(answer.media_type, answer.truncated, after), answer.body)


@lru_cache(maxsize=256)
def _answered(media_type: str, truncated: bool, after: _After) -> bytes:
    return frames.written({"type": media_type, "truncated": truncated, **after._asdict()})


def main() -> None:
    """Worker over a store on disk: ``python -m c5graph.store.worker DIRECTORY MEMORY``."""
    directory, memory = Path(sys.argv[1]), int(sys.argv[2])
    store = ox.Store.read_only(str(directory))
    serve(Twofold(store), sys.stdin.buffer, sys.stdout.buffer, memory)


if __name__ == "__main__":
    main()
