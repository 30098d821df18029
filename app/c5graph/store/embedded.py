"""The embedded store: Oxigraph in worker processes, ended when they overrun."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from c5graph.errors import (
    C5GraphError,
    MemoryExceeded,
    QueryEnded,
    TooDeep,
)
from c5graph.protocol import QueryRequest
from c5graph.store import frames
from c5graph.store import worker as work
from c5graph.store.asked import Lost, Worker
from c5graph.store.contents import Contents
from c5graph.store.forked import ForkSupply, Launched
from c5graph.store.pool import Pool
from c5graph.store.port import Answer, Limits, deadline_exceeded
from c5graph.store.spawned import SpawnSupply
from c5graph.store.supply import Supply

_MIB = 1024 * 1024
_SHALLOW = 500  # signs of a query that cannot be nested too deep for the engine
_LAST_WORDS = 1.0  # seconds to wait for why a worker died


@dataclass(frozen=True)
class Embedding:
    """How many workers there are and what each may use."""

    workers: int = 8
    queue: int = 64
    memory: int = 512 * _MIB
    start: str = "auto"
    retry_after: int = 2

    @property
    def forks(self) -> bool:
        """Whether workers are forked; elsewhere than on Linux that is not safe."""
        return sys.platform == "linux" if self.start == "auto" else self.start == "fork"


class EmbeddedStore:
    """One data version in worker processes; `start` before use, `close` after."""

    def __init__(
        self,
        fill: Callable[[Path], Contents],
        how: Embedding,
        limits: Limits | None = None,
        launched: Launched | None = None,
    ) -> None:
        self._launched = launched
        self._fill, self._how, self._limits = fill, how, limits or Limits()
        self._folder = tempfile.TemporaryDirectory(prefix="c5graph-")
        self._pool = Pool(how.queue, how.retry_after, self._end, how.memory)
        self._supply: Supply | None = None
        self._restarting: asyncio.Task[None] | None = None
        self._ready = False
        self._closed = False

    @property
    def ready(self) -> bool:
        """True while the supply of workers is up."""
        return self._ready

    @property
    def figures(self) -> dict[str, float]:
        """What monitoring asks of the workers."""
        return self._pool.figures

    async def start(self) -> None:
        """Load the data and start the workers; return when the first one answers."""
        folder = Path(self._folder.name)
        loop = asyncio.get_running_loop()
        self._contents = await loop.run_in_executor(None, self._fill, folder)
        await self._open_supply()
        await self.answer(QueryRequest("ASK {}"), None)

    async def answer(
        self, request: QueryRequest, accept: str | None, limits: Limits | None = None
    ) -> Answer:
        """Answer within the limits, or end the worker and say which limit it was."""
        limits = limits or self._limits
        packed = work.encode(request, accept, limits)
        began = asyncio.get_running_loop().time()
        try:
            head, body = await self._ask(packed, limits.deadline, limits)
        except QueryEnded as error:
            if not _from_outside(error, request.query):
                raise
            # Its worker was killed from outside. A query changes nothing, so another may try.
            left = began + limits.deadline - asyncio.get_running_loop().time()
            head, body = await self._ask(packed, left, limits)
        if "failed" in head:
            raise frames.revive(head["failed"])
        return Answer(body, head["type"], head["truncated"])

    async def _ask(
        self, packed: bytes, seconds: float, limits: Limits
    ) -> tuple[frames.Head, bytes]:
        try:
            return await self._pool.ask(packed, seconds)
        except TimeoutError:
            raise deadline_exceeded(limits.deadline) from None
        except Lost as lost:
            raise await self._post_mortem(lost.worker) from None

    async def close(self) -> None:
        """End every process and remove what was written."""
        self._closed, self._ready = True, False
        if self._restarting is not None:
            self._restarting.cancel()
            with suppress(asyncio.CancelledError):
                await self._restarting
        if self._supply is not None:
            await self._supply.close()
        if self._launched is not None:
            self._launched.abandon()
        await self._pool.close()
        self._folder.cleanup()

    def born(self, worker: Worker) -> None:
        """A worker is ready."""
        self._pool.add(worker)

    def died(self, process: int, cause: str) -> None:
        """A worker has ended: tell who waits for it, or take it off the idle ones."""
        worker = self._pool.forget(process)
        if worker is not None:
            _death(worker).set_result(cause)

    def lost(self) -> None:
        """The keeper has gone: start another over the same data."""
        self._ready = False
        if not self._closed:
            self._restarting = asyncio.get_running_loop().create_task(self._restart())

    async def _restart(self) -> None:
        pause = 0.05
        while not self._ready:
            with suppress(C5GraphError):
                await self._open_supply()
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def _open_supply(self) -> None:
        if self._supply is not None:
            await self._supply.close()
            await self._pool.close()
        self._supply = self._new_supply()
        await self._supply.start(self)
        self._ready = True

    def _new_supply(self) -> Supply:
        how = self._how
        if how.forks:
            launched, self._launched = self._launched, None
            return ForkSupply(self._contents, how.workers, how.memory, launched)
        store = Path(self._folder.name) / "store"
        return SpawnSupply(self._contents, how.workers, how.memory, store)

    def _end(self, worker: Worker) -> None:
        if self._supply is not None:
            self._supply.end(worker)

    async def _post_mortem(self, worker: Worker) -> QueryEnded:
        worker.line.close()
        try:
            cause = await asyncio.wait_for(asyncio.shield(_death(worker)), _LAST_WORDS)
        except TimeoutError:
            cause = "unknown"
        return _ended(cause, self._how.memory)


def _from_outside(error: QueryEnded, query: str) -> bool:
    """Whether a worker was ended by somebody else, and not by a limit that the query met.

    A query as short as this is not nested deep: what looks like that was a signal.
    """
    return type(error) is QueryEnded or (isinstance(error, TooDeep) and len(query) < _SHALLOW)


def _death(worker: Worker) -> asyncio.Future[str]:
    """Why the worker ended, for who asks first and for who knows first."""
    if worker.cause is None:
        worker.cause = asyncio.get_running_loop().create_future()
    return worker.cause


def _ended(cause: str, memory: int) -> QueryEnded:
    if cause == "memory":
        return MemoryExceeded(
            f"The query needed more than its {memory // _MIB} MiB of memory and was ended.",
            remedy="Ask for less: name more terms, sort or group fewer rows, add a LIMIT.",
        )
    if cause == "depth":
        return TooDeep(
            "The query is nested deeper than the engine can read.",
            remedy="Use VALUES in place of long chains of UNION, OR or parentheses.",
        )
    return QueryEnded(
        f"The query's worker ended before it answered (it may use {memory // _MIB} MiB).",
        remedy="Try again; if it happens again, ask for less.",
    )
