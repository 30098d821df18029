"""A store and its relatives: the same data seen otherwise, each made when first asked for.

At most so many relatives live at once. The least recently used one that nobody waits for is
closed to make room; when there is none, the request is told to come again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from c5graph.errors import Busy, QueryEnded, StoreFailed
from c5graph.protocol import QueryRequest
from c5graph.store.port import Answer, Limits, Store

K = TypeVar("K", bound=Hashable)


@dataclass(eq=False)
class _Relative:
    store: Store
    started: asyncio.Task[None]
    users: int = field(default=0)


class StoreFamily(Generic[K]):
    """Answers as its main store does, and under a key as the relative of that key."""

    def __init__(
        self, main: Store, make: Callable[[K], Store], size: int, queue: int, retry_after: int = 2
    ) -> None:
        self._main, self._make, self._size = main, make, size
        self._queue, self._retry_after = queue, retry_after
        self._relatives: OrderedDict[K, _Relative] = OrderedDict()
        self._closing: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()

    async def start(self) -> None:
        """Start the main store; the others start when they are asked for."""
        await self._main.start()

    @property
    def ready(self) -> bool:
        """True while the main store is."""
        return self._main.ready

    @property
    def figures(self) -> dict[str, float]:
        """Those of the main store, where it has any."""
        return dict(getattr(self._main, "figures", {}))

    async def answer(
        self, request: QueryRequest, accept: str | None, limits: Limits | None = None
    ) -> Answer:
        """Answer from the main store."""
        return await self._main.answer(request, accept, limits)

    async def answer_under(
        self, key: K, request: QueryRequest, accept: str | None, limits: Limits | None = None
    ) -> Answer:
        """Answer from the relative of this key. Raises Busy when there is no room for it."""
        relative = self._relatives.get(key) or self._add(key)
        self._relatives.move_to_end(key)
        if relative.users > self._queue:
            raise Busy(relative.users, self._retry_after)
        relative.users += 1
        try:
            # Others may wait for the same start: a client that leaves must not end it.
            await self._started(relative)
            return await relative.store.answer(request, accept, limits)
        finally:
            relative.users -= 1

    async def _started(self, relative: _Relative) -> None:
        try:
            await asyncio.shield(relative.started)
        except StoreFailed as error:
            raise QueryEnded(
                "The data could not be made ready for this.", remedy="Try again in a while."
            ) from error

    async def close(self) -> None:
        """Close all of them."""
        for key in list(self._relatives):
            self._drop(key)
        await asyncio.gather(*self._closing)
        await self._main.close()

    def _add(self, key: K) -> _Relative:
        while len(self._relatives) >= self._size:
            idle = (each for each, relative in self._relatives.items() if _is_idle(relative))
            unused = next(idle, None)
            if unused is None:
                raise Busy(self._size, self._retry_after)
            self._drop(unused)
        store = self._make(key)
        started = asyncio.get_running_loop().create_task(self._start(key, store))
        # Also when nobody waits any more: a failure is for those who wait, not for the log.
        started.add_done_callback(lambda task: task.cancelled() or task.exception())
        relative = self._relatives[key] = _Relative(store, started)
        return relative

    async def _start(self, key: K, store: Store) -> None:
        try:
            async with self._one_at_a_time:
                await store.start()
        except BaseException:
            self._relatives.pop(key, None)
            await store.close()
            raise

    def _drop(self, key: K) -> None:
        relative = self._relatives.pop(key)
        task = asyncio.get_running_loop().create_task(_end(relative))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _is_idle(relative: _Relative) -> bool:
    return relative.users == 0 and relative.started.done()


async def _end(relative: _Relative) -> None:
    if not relative.started.done():
        relative.started.cancel()
        await asyncio.wait([relative.started])
        return  # it closes its store itself
    await relative.store.close()
