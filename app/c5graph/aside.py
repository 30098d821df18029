"""Work beside the event loop: some at once, some may wait, and the next is told to come again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from c5graph.errors import Busy

P = ParamSpec("P")
T = TypeVar("T")
_AT_ONCE: Final = 2  # they share the interpreter with the loop: more would only hold it up
_RETRY: Final = 2


class Aside:
    """Runs look-ups in threads. What waits is bounded, so that a flood of them cannot pile up."""

    def __init__(self, queue: int, at_once: int = _AT_ONCE) -> None:
        self._room, self._queue, self._at_once = asyncio.Semaphore(at_once), queue, at_once
        self._asked = 0

    async def run(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """The result of the work. Raises Busy when as many wait as may."""
        if self._asked >= self._queue + self._at_once:
            raise Busy(self._asked - self._at_once, _RETRY)
        self._asked += 1
        try:
            async with self._room:
                return await asyncio.to_thread(work, *given, **named)
        finally:
            self._asked -= 1
