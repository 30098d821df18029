"""The service's end of the line to one worker: requests out, messages back in the same order."""

from __future__ import annotations

import asyncio
import socket
from typing import Protocol, cast

from c5graph.store import frames


class Listener(Protocol):
    """Who is told what comes over a line."""

    def heard(self, head: frames.Head, body: bytes) -> None:
        """The worker has answered the request that has waited longest."""

    def lost(self) -> None:
        """Either end has hung up; no more answers will come. Said once."""


class Line(Protocol):
    """A line to a worker process."""

    def attend(self, listener: Listener) -> None:
        """Tell this one from now on. Called once, before anything is sent."""

    def send(self, request: bytes) -> None:
        """Send a packed request; nothing is told when the line has gone."""

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

    def attend(self, listener: Listener) -> None:
        """See Line."""
        self._reading = asyncio.get_running_loop().create_task(self._read(listener))

    def send(self, request: bytes) -> None:
        """See Line."""
        self._writer.write(request)

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

    async def _read(self, listener: Listener) -> None:
        try:
            while True:
                listener.heard(*await frames.receive(self._reader))
        except (asyncio.IncompleteReadError, ConnectionError):
            listener.lost()


class Channel(asyncio.Protocol):
    """A line over a socket. Without streams, which would take longer than most queries."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._listener: Listener | None = None
        self._heard: list[bytes] = []
        self._size = self._whole = 0
        self._closed = asyncio.get_running_loop().create_future()

    @classmethod
    async def over(cls, ours: socket.socket) -> Channel:
        """A line over this socket, which is closed with it."""
        _, made = await asyncio.get_running_loop().create_connection(cls, sock=ours)
        return made

    def attend(self, listener: Listener) -> None:
        """See Line."""
        self._listener = listener
        if self._closed.done():
            asyncio.get_running_loop().call_soon(listener.lost)

    def send(self, request: bytes) -> None:
        """See Line."""
        if self._transport is not None:
            self._transport.write(request)

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
        """Part of a message, or all of it, or several."""
        if self._heard:
            self._heard.append(data)
            self._size += len(data)
            if self._size < self._whole:
                return
            data = b"".join(self._heard)
            self._heard = []
        self._keep(data, self._tell(data))

    def eof_received(self) -> bool:
        """The worker ends."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """The worker has ended, or we hung up."""
        if not self._closed.done():
            self._closed.set_result(None)
            if self._listener is not None:
                self._listener.lost()

    def _tell(self, data: bytes) -> int:
        """Tell each message that is whole; the place where the rest begins."""
        at, end = 0, frames.end_of(data, 0)
        while end <= len(data):
            if self._listener is not None:
                self._listener.heard(*frames.unpack(data, at))
            at, end = end, frames.end_of(data, end)
        return at

    def _keep(self, data: bytes, at: int) -> None:
        if at < len(data):
            rest = data[at:] if at else data
            self._heard, self._size, self._whole = [rest], len(rest), frames.end_of(rest, 0)
