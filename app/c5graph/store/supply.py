"""Where workers come from: the part of the embedded store that differs by platform."""

from __future__ import annotations

import os
import signal
from typing import Final, Protocol

from c5graph import processes
from c5graph.errors import StoreFailed
from c5graph.store.asked import Worker

# The engine makes and drops thousands of small things for a query, more than the allocator of
# glibc keeps at hand: with more of them kept, small queries take a third less time.
_TUNABLES: Final = "GLIBC_TUNABLES"
_AT_HAND: Final = "glibc.malloc.tcache_count=512"


class Consumer(Protocol):
    """Who is told about workers."""

    def born(self, worker: Worker) -> None:
        """A worker is ready for its first request."""

    def died(self, process: int, cause: str) -> None:
        """A worker has ended; the cause is "depth", "memory" or "unknown"."""

    def lost(self) -> None:
        """The supply itself has ended; no more workers will come from it."""


class Supply(Protocol):
    """Keeps a number of workers alive over one store."""

    async def start(self, consumer: Consumer) -> None:
        """Load the data; raise StoreFailed when they cannot be loaded."""

    def end(self, worker: Worker) -> None:
        """Kill a worker now; another one comes in its place."""

    async def close(self) -> None:
        """End every process."""


def load_failed(reason: str) -> StoreFailed:
    """The error for data that the engine does not take."""
    return StoreFailed(
        f"The engine could not load the data: {reason}.",
        remedy="Run `c5graph validate` on the files; it names file and line.",
    )


def cause_of(last_words: bytes, by_signal: int) -> str:
    """Why the engine ended its process, by what it wrote to standard error and its signal."""
    if by_signal == signal.SIGSEGV or b"overflowed its stack" in last_words:
        return "depth"
    return "memory" if b"memory allocation" in last_words else "unknown"


def environment() -> dict[str, str]:
    """What a process that evaluates queries is started with: the same c5graph as this one has."""
    own = os.environ.get(_TUNABLES, "")
    tunables = own if "tcache_count" in own else ":".join(filter(None, (own, _AT_HAND)))
    return {**processes.environment(), _TUNABLES: tunables}
