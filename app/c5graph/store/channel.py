"""The service's end of the line to one worker: a request out, a message back, one at a time."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Protocol, cast

from c5graph.store import frames

Answered = asyncio.Future[tuple[frames.Head, bytes]]


class Line(Protocol):
    """A line to a worker process."""

    async def ask(self, request: bytes, patience: float) -> tuple[frames.Head, bytes]:
        """Send a packed request and await the message that answers it.

        Raises IncompleteReadError or ConnectionError when the worker ends before, and
        TimeoutError after so many seconds.
        """

    def close(self) -> None:
        """Hang up."""

    async def closed(self) -> None:
        """Return when it is closed."""

    @property
    def gone(self) -> bool:
        """True when either end has hung up."""


class Streams:
    """A line made of two pipes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, request: bytes, patience: float) -> tuple[frames.Head, bytes]:
        """See Line."""
        async with asyncio.timeout(patience):
            self._writer.write(request)
            await self._writer.drain()
            return await frames.receive(self._reader)

    def close(self) -> None:
        """See Line."""
        self._writer.close()

    async def closed(self) -> None:
        """See Line."""
        await self._writer.wait_closed()

    @property
    def gone(self) -> bool:
        """See Line."""
        return self._reader.at_eof() or self._writer.is_closing()


class Channel(asyncio.Protocol):
    """A line over a socket. Without streams, which would take longer than most queries."""

    def __init__(self) -> None:
        self._loop = loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._answer: Answered | None = None
        self._heard: list[bytes] = []
        self._size = self._whole = 0
        self._closed = loop.create_future()

    @classmethod
    async def over(cls, ours: socket.socket) -> Channel:
        """A line over this socket, which is closed with it."""
        _, made = await asyncio.get_running_loop().create_connection(cls, sock=ours)
        return made

    async def ask(self, request: bytes, patience: float) -> tuple[frames.Head, bytes]:
        """See Line."""
        if self._transport is None or self.gone:
            raise ConnectionResetError
        if self._size:
            self._heard, self._size, self._whole = [], 0, 0
        loop = self._loop
        answer: Answered = loop.create_future()
        self._answer = answer
        late = loop.call_later(patience, time_out, answer)
        try:
            self._transport.write(request)
            return await answer
        finally:
            late.cancel()

    def close(self) -> None:
        """See Line."""
        if self._transport is not None:
            self._transport.close()

    async def closed(self) -> None:
        """See Line."""
        await self._closed

    @property
    def gone(self) -> bool:
        """See Line."""
        return self._closed.done() or self._transport is None or self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is open."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Part of a message, or all of it."""
        if not self._size and len(data) >= frames.LENGTHS and frames.size_of(data) == len(data):
            return self._tell(data)
        self._heard.append(data)
        self._size += len(data)
        if not self._whole:
            self._whole = self._announced()
        if self._whole and self._size >= self._whole:
            self._tell(b"".join(self._heard))
        return None

    def _tell(self, message: bytes) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(frames.unpack(message))

    def eof_received(self) -> bool:
        """The worker ends."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The worker has ended, or we hung up."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError())
        if not self._closed.done():
            self._closed.set_result(None)

    def _announced(self) -> int:
        """Bytes of the message that has begun; 0 while that is not known."""
        if self._size < frames.LENGTHS:
            return 0
        if len(self._heard[0]) < frames.LENGTHS:
            self._heard = [b"".join(self._heard)]
        return frames.size_of(self._heard[0])


def time_out(future: asyncio.Future[Any]) -> None:
    """Raise TimeoutError in whoever awaits the future; cheaper than `asyncio.timeout`."""
    if not future.done():
        future.set_exception(TimeoutError())
