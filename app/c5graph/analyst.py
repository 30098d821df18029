"""Has analyses computed beside the running service, each within a time and a memory limit.

One process computes, one order after another; it is kept for the next, and killed and replaced
when an order takes too long. A client that leaves does not stop what it asked for: whoever asks
the same finds it under way, or done.
"""

from __future__ import annotations

import asyncio
import json
import time
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from typing import Any

from c5graph import processes
from c5graph.analytics.analytics import Prepared
from c5graph.analytics.outcome import Outcome
from c5graph.errors import Busy, DeadlineExceeded, MemoryExceeded, QueryEnded
from c5graph.store import frames

_RETRY = 5


@dataclass(eq=False)
class Computation:
    """One order that waits, runs or has ended; `done` is the part that is done, if known."""

    key: str
    prepared: Prepared
    limit: float
    stage: str = "waiting for others"
    done: float | None = None
    begun: float = field(default_factory=time.monotonic)
    task: asyncio.Task[Outcome] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: how far it has come, and when it will be ended."""
        return {
            "status": "under way",
            "stage": self.stage,
            "done": self.done,
            "seconds": round(time.monotonic() - self.begun, 1),
            "limit_seconds": self.limit,
        }


class Analyst:
    """At most `queue` orders wait or run; more are refused as Busy."""

    def __init__(self, seconds: float, memory: int, queue: int = 16) -> None:
        self._seconds, self._memory, self._queue = seconds, memory, queue
        self._orders: dict[str, Computation] = {}
        self._process: Process | None = None
        self._turn = asyncio.Lock()

    def get(self, key: str) -> Computation | None:
        """What was begun under this key and not yet taken."""
        return self._orders.get(key)

    def begin(self, key: str, prepared: Prepared) -> Computation:
        """Have it computed under a key. Raises Busy."""
        known = self._orders.get(key)
        if known is not None:  # somebody else began it meanwhile
            return known
        self._forget()
        if len(self._orders) >= self._queue:
            raise Busy(len(self._orders), _RETRY)
        made = self._orders[key] = Computation(key, prepared, self._seconds)
        made.task = asyncio.create_task(self._carry_out(made))
        made.task.add_done_callback(lambda task: task.cancelled() or task.exception())
        return made

    async def within(self, order: Computation, patience: float) -> Outcome | None:
        """The outcome if it comes soon; what failed is raised to those who wait, and not kept."""
        assert order.task is not None
        await asyncio.wait({order.task}, timeout=patience)
        if not order.task.done():
            return None
        self._orders.pop(order.key, None)
        return order.task.result()

    async def start(self) -> None:
        """Start the process, so that the first order need not wait for it."""
        async with self._turn:
            await self._ready()

    @property
    def started(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.returncode is None

    async def close(self) -> None:
        """End what runs and the process."""
        tasks = [order.task for order in self._orders.values() if order.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._orders.clear()
        await self._end_process()

    def _forget(self) -> None:
        """Make room: outcomes that nobody came back for go, the oldest first."""
        ended = [key for key, each in self._orders.items() if each.task and each.task.done()]
        for key in ended[: len(ended) - self._queue // 2]:
            del self._orders[key]

    async def _carry_out(self, order: Computation) -> Outcome:
        async with self._turn:
            order.begun, order.stage = time.monotonic(), "starting"
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._ask(order)
            except TimeoutError:
                raise DeadlineExceeded(
                    f"The analysis took longer than {self._seconds:g} seconds and was ended.",
                    remedy="Ask for a smaller network, or compute it on a machine of your own.",
                ) from None
            except (asyncio.IncompleteReadError, ConnectionError):
                raise await self._ended() from None
            finally:
                if order.stage != "done":
                    await self._end_process()

    async def _ended(self) -> QueryEnded:
        """Why the process has gone: a library that gets no memory ends it by a signal."""
        process = self._process
        code = await process.wait() if process is not None else 0
        kind = MemoryExceeded if code < 0 else QueryEnded
        return kind(
            "The analysis ended before it had a result.",
            remedy="Ask for a smaller network, or compute it on a machine of your own.",
        )

    async def _ask(self, order: Computation) -> Outcome:
        process = await self._ready()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(await asyncio.to_thread(_packed, order.prepared))
        await process.stdin.drain()
        while True:
            head, body = await frames.receive(process.stdout)
            if "stage" in head:
                order.stage, order.done = head["stage"], head["done"]
                continue
            order.stage = "done"
            if head["leaving"]:
                await self._end_process()
            if "failed" in head:
                raise frames.revive(head["failed"])
            return Outcome(**await asyncio.to_thread(json.loads, body))

    async def _ready(self) -> Process:
        if self._process is None or not self.started:
            self._process = await processes.start("c5graph.analytics.worker", str(self._memory))
        return self._process

    async def _end_process(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            await processes.kill(process)


def _packed(prepared: Prepared) -> bytes:
    order = {"skeleton": prepared.network.skeleton.as_dict(), "options": prepared.options}
    return frames.pack({"measure": prepared.ask.measure.name}, json.dumps(order).encode())
