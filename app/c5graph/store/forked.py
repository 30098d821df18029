"""Workers forked by a keeper process (Linux)."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from c5graph.store import frames
from c5graph.store.asked import Worker
from c5graph.store.channel import Channel
from c5graph.store.contents import Contents
from c5graph.store.supply import Consumer, environment, load_failed

_DATAGRAM = 65536


@dataclass
class Launched:
    """A keeper process that waits to be told what to load, or loads it already."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    told: bool = False

    def tell(self, contents: Contents, workers: int, memory: int) -> None:
        """Have it load these contents and fork so many workers, each with so much memory."""
        order = {"contents": contents.as_json(), "workers": workers, "memory": memory}
        self.told = True
        assert self.process.stdin is not None
        with suppress(BrokenPipeError), self.process.stdin as sink:
            sink.write(json.dumps(order).encode())

    def abandon(self) -> None:
        """End a keeper that turned out not to be needed."""
        self.control.close()
        self.process.kill()
        self.process.communicate()


def launch() -> Launched:
    """Start a keeper's interpreter, which takes a while, before there is anything to load."""
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        return Launched(_run_keeper(theirs), control)


class ForkSupply:
    """The service's side of a keeper."""

    def __init__(
        self, contents: Contents, workers: int, memory: int, launched: Launched | None = None
    ) -> None:
        self._launched = launched
        self._order = (contents, workers, memory)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._loaded: asyncio.Future[None] | None = None
        self._alive: set[int] = set()
        self._joining: set[asyncio.Task[None]] = set()

    async def start(self, consumer: Consumer) -> None:
        """Start the keeper; return when it has loaded the data."""
        self._consumer = consumer
        loop = asyncio.get_running_loop()
        self._loaded = loop.create_future()
        launched = self._launched or launch()
        self._process, self._control = launched.process, launched.control
        self._control.setblocking(False)
        loop.add_reader(self._control, self._listen)
        if not launched.told:
            await loop.run_in_executor(None, launched.tell, *self._order)
        await self._loaded

    def end(self, worker: Worker) -> None:
        """Have the keeper kill a worker, which replaces it."""
        worker.line.close()
        if self._control is not None:
            with suppress(OSError):
                self._control.send(json.dumps({"end": worker.process}).encode())

    async def close(self) -> None:
        """End the keeper, and its workers by the signal that they get when it dies."""
        self._hang_up()
        for task in list(self._joining):
            await task
        if self._process is not None:
            self._process.kill()
            await asyncio.get_running_loop().run_in_executor(None, self._process.wait)

    def _listen(self) -> None:
        assert self._control is not None
        try:
            message, passed, _, _ = socket.recv_fds(self._control, _DATAGRAM, 1)
        except BlockingIOError:
            return
        except ConnectionError:
            message, passed = b"", []
        if message:
            self._take(json.loads(message), passed)
        else:
            self._keeper_gone()

    def _take(self, said: dict[str, object], passed: list[int]) -> None:
        assert self._loaded is not None
        if "born" in said:
            self._join(int(str(said["born"])), socket.socket(fileno=passed[0]))
        elif "dead" in said:
            self._alive.discard(int(str(said["dead"])))
            self._consumer.died(int(str(said["dead"])), str(said["cause"]))
        elif "loaded" in said and not self._loaded.done():
            self._loaded.set_result(None)
        elif "failed" in said and not self._loaded.done():
            self._loaded.set_exception(frames.revive(cast("dict[str, Any]", said["failed"])))

    def _join(self, process: int, channel: socket.socket) -> None:
        self._alive.add(process)
        task = asyncio.get_running_loop().create_task(self._open(process, channel))
        self._joining.add(task)
        task.add_done_callback(self._joining.discard)

    async def _open(self, process: int, channel: socket.socket) -> None:
        self._consumer.born(Worker(process, await Channel.over(channel)))

    def _keeper_gone(self) -> None:
        assert self._loaded is not None
        self._hang_up()
        for process in self._alive:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._alive.clear()
        if not self._loaded.done():
            self._loaded.set_exception(load_failed("the process that loads it ended"))
        elif self._loaded.exception() is None:  # a load that failed has been told already
            self._consumer.lost()

    def _hang_up(self) -> None:
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None


def _run_keeper(control: socket.socket) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C in a terminal is for the service, which ends the keeper.
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "c5graph.store.keeper", str(control.fileno())],
        stdin=subprocess.PIPE,
        pass_fds=[control.fileno()],
        start_new_session=True,
        env=environment(),
    )
