"""Asks a process that has the shipped graph ready what is wrong with texts, one after the other."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import Process
from pathlib import Path
from typing import Any, Final

from c5graph import processes
from c5graph.store import frames

_IDLE: Final = 600.0  # seconds after which a process that nobody asks gives its memory back


class Attendant:
    """One process, started when it is asked first. Who asks sees to it that nobody else does."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._process: Process | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._left: set[asyncio.Task[None]] = set()

    async def answer(self, order: dict[str, Any]) -> bytes:
        """The answer in JSON; nothing where there is none. What ends this ends the process."""
        self._stay()
        try:
            process = await self._awake()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(frames.pack({}, json.dumps(order).encode()))
            await process.stdin.drain()
            _, said = await frames.receive(process.stdout)
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.close()
            return b""
        except BaseException:
            await self.close()
            raise
        loop = asyncio.get_running_loop()
        self._leaving = loop.call_later(_IDLE, self._leave)
        return said

    async def close(self) -> None:
        """End the process; the next order has another one started."""
        self._stay()
        process, self._process = self._process, None
        if process is not None:
            await processes.kill(process)

    async def _awake(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await processes.start("c5graph.graph.attend", str(self._cache))
        return self._process

    def _leave(self) -> None:
        task = asyncio.ensure_future(self.close())
        self._left.add(task)
        task.add_done_callback(self._left.discard)

    def _stay(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
