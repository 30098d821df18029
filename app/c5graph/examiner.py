"""Has data validated in processes of their own, which are killed when they take too long."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from c5graph import processes
from c5graph.attendant import Attendant
from c5graph.errors import Busy, C5GraphError, QueryEnded
from c5graph.graph.problems import ValidationReport
from c5graph.settings import Settings
from c5graph.store.frames import revive

_RETRY = 10


class ValidationEnded(QueryEnded):
    """A validation that was stopped."""

    code = "validation_ended"


class Examiner:
    """One validation runs; another one may wait."""

    def __init__(self, seconds: float, cache: Path | None = None) -> None:
        self._seconds = seconds
        self._room = asyncio.Semaphore(1)
        self._asked = 0
        self._attendant = Attendant(cache or Settings().cache_folder())
        self._attended: set[asyncio.Task[dict[str, Any]]] = set()

    async def joined(self, paths: list[Path], cache: Path) -> ValidationReport:
        """The shipped graph with these files."""
        order = {"kind": "files", "joined": [str(path) for path in paths], "cache": str(cache)}
        return ValidationReport.from_json(json.dumps((await self.carry_out(order))["report"]))

    async def own(self, data: list[Path], shapes: list[Path], cache: Path) -> ValidationReport:
        """Files as they are, by these shapes, or by the shipped ones where there are none."""
        named = {"data": [str(path) for path in data], "shapes": [str(path) for path in shapes]}
        order = {"kind": "own", **named, "cache": str(cache)}
        return ValidationReport.from_json(json.dumps((await self.carry_out(order))["report"]))

    async def posted(self, text: str, form: str) -> dict[str, Any]:
        """What is wrong with a text that somebody sent; see `graph/posted.py`.

        Who goes away leaves it to its end: the process that does it has the next one to do.
        """
        order = {"kind": "posted", "text": text, "form": form}
        if sys.platform != "linux":  # elsewhere forking is not safe
            return await self.carry_out(order)
        task = asyncio.ensure_future(self._admitted(partial(self._attendant.answer, order)))
        self._attended.add(task)
        task.add_done_callback(self._over)
        return await asyncio.shield(task)

    async def carry_out(self, order: dict[str, Any]) -> dict[str, Any]:
        """The answer to an order of `graph/examine.py`; raises what the process reports."""
        return await self._admitted(partial(self._in_a_process, json.dumps(order).encode()))

    async def close(self) -> None:
        """End what runs."""
        for task in list(self._attended):
            task.cancel()
            with suppress(asyncio.CancelledError, C5GraphError):
                await task
        await self._attendant.close()

    def _over(self, task: asyncio.Task[dict[str, Any]]) -> None:
        self._attended.discard(task)
        if not task.cancelled():
            task.exception()  # who asked may have gone

    async def _admitted(self, work: Callable[[], Awaitable[bytes]]) -> dict[str, Any]:
        if self._asked >= 2:
            raise Busy(self._asked, _RETRY)
        self._asked += 1
        try:
            async with self._room:
                answer = await self._in_time(work)
        finally:
            self._asked -= 1
        if "failed" in answer:
            raise revive(answer["failed"])
        return answer

    async def _in_time(self, work: Callable[[], Awaitable[bytes]]) -> dict[str, Any]:
        try:
            async with asyncio.timeout(self._seconds):
                said = await work()
            answer: dict[str, Any] = json.loads(said)
        except TimeoutError:
            raise ValidationEnded(
                f"The validation took longer than {self._seconds:g} seconds and was ended.",
                remedy="Give it less at once, or more time by its setting.",
            ) from None
        except ValueError:  # it ended without an answer
            raise ValidationEnded(
                "The validation ended before it had a result.",
                remedy="Give it less at once, or more time by its setting.",
            ) from None
        return answer

    async def _in_a_process(self, order: bytes) -> bytes:
        process = await processes.start("c5graph.graph.examine")
        try:
            said, _ = await process.communicate(order)
        finally:
            await processes.kill(process)
        return said
