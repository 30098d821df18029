"""Workers that wait, and the bounded queue of requests that wait for them."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass

from c5graph.errors import Busy
from c5graph.store.channel import Line, time_out


@dataclass(eq=False)
class Worker:
    """The service's side of one worker process."""

    process: int
    line: Line
    own: int = 0  # bytes that it does not share with the other workers
    cause: asyncio.Future[str] | None = None  # why it ended, once that is known


class Pool:
    """Hands each waiting worker to one request at a time, in order of arrival.

    At most ``queue`` requests wait; the next one gets Busy at once.
    """

    def __init__(self, queue: int, retry_after: int) -> None:
        self._queue, self._retry_after = queue, retry_after
        self._all: dict[int, Worker] = {}
        self._idle: deque[Worker] = deque()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._own = 0  # of all together

    @property
    def figures(self) -> dict[str, float]:
        """How many workers there are, how many are idle, and how many requests wait."""
        waiting = sum(not waiter.done() for waiter in self._waiting)
        return {
            "workers": len(self._all),
            "workers_idle": len(self._idle),
            "requests_waiting": waiting,
        }

    def add(self, worker: Worker) -> None:
        """A worker has come into being."""
        self._all[worker.process] = worker
        self.give(worker)

    def give(self, worker: Worker) -> None:
        """A worker is free: to the first request that waits, or to the idle ones."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(worker)
                return
        self._idle.append(worker)

    def weigh(self, worker: Worker, own: int) -> None:
        """A worker has told how many bytes it has come to hold for itself."""
        if worker.process in self._all:
            self._own += own - worker.own
            worker.own = own

    def too_heavy(self, together: int) -> Worker | None:
        """The heaviest idle worker, taken out, when they hold more than so many bytes."""
        if self._own <= together or not self._idle:
            return None
        heaviest = max(self._idle, key=lambda worker: worker.own)
        self._idle.remove(heaviest)
        return heaviest

    def forget(self, process: int) -> Worker | None:
        """A worker has died: nobody is to get it."""
        worker = self._all.pop(process, None)
        if worker is not None:
            self._own -= worker.own
            worker.line.close()
            with contextlib.suppress(ValueError):
                self._idle.remove(worker)
        return worker

    async def close(self) -> None:
        """Close every channel that is still open."""
        workers = list(self._all.values())
        for worker in workers:
            self.forget(worker.process)
        for worker in workers:
            with contextlib.suppress(ConnectionError):
                await worker.line.closed()

    async def take(self, patience: float) -> Worker:
        """A worker for one request; the caller gives it back or has it ended."""
        while self._idle:
            worker = self._idle.pop()  # the one used last, whose memory is its own already
            if not worker.line.gone:
                return worker
        return await self._wait(patience)

    async def _wait(self, patience: float) -> Worker:
        if len(self._waiting) >= self._queue:
            raise Busy(len(self._waiting), self._retry_after)
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[Worker] = loop.create_future()
        self._waiting.append(waiter)
        late = loop.call_later(patience, time_out, waiter)
        try:
            return await waiter
        except TimeoutError:
            self._leave(waiter)
            raise Busy(len(self._waiting), self._retry_after) from None
        except asyncio.CancelledError:
            self._leave(waiter)
            raise
        finally:
            late.cancel()

    def _leave(self, waiter: asyncio.Future[Worker]) -> None:
        """Stop waiting; a worker handed over in the same moment goes to the next."""
        if not waiter.cancelled() and waiter.exception() is None:
            self.give(waiter.result())
        with contextlib.suppress(ValueError):
            self._waiting.remove(waiter)
