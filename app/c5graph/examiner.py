"""Has data validated in a process of its own, which is killed when it takes too long."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from c5graph import processes
from c5graph.errors import Busy, QueryEnded
from c5graph.graph.problems import ValidationReport
from c5graph.store.frames import revive

_RETRY = 10


class ValidationEnded(QueryEnded):
    """A validation that was stopped."""

    code = "validation_ended"


class Examiner:
    """At most `at_once` validations run; as many again may wait."""

    def __init__(self, seconds: float, at_once: int = 1) -> None:
        self._seconds, self._at_once = seconds, at_once
        self._room = asyncio.Semaphore(at_once)
        self._asked = 0

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
        """What is wrong with a text that somebody sent; see `graph/posted.py`."""
        return await self.carry_out({"kind": "posted", "text": text, "form": form})

    async def carry_out(self, order: dict[str, Any]) -> dict[str, Any]:
        """The answer to an order of `graph/examine.py`; raises what the process reports."""
        if self._asked >= 2 * self._at_once:
            raise Busy(self._asked, _RETRY)
        self._asked += 1
        try:
            async with self._room:
                answer = await self._in_a_process(json.dumps(order).encode())
        finally:
            self._asked -= 1
        if "failed" in answer:
            raise revive(answer["failed"])
        return answer

    async def _in_a_process(self, order: bytes) -> dict[str, Any]:
        process = await processes.start("c5graph.graph.examine")
        try:
            async with asyncio.timeout(self._seconds):
                said, _ = await process.communicate(order)
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
        finally:
            await processes.kill(process)
        return answer
