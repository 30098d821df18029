"""A client that costs little: ready requests over open connections, answers read but not kept.

A client library of Python takes longer than the servers that are measured here. This one sends
bytes made beforehand, and one process keeps any number of connections busy.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

JSON = "application/sparql-results+json, application/n-triples;q=0.9, application/json;q=0.8"
_BLOCK = 65_536  # more would be mapped and given back by the allocator each time
_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Reply:
    """Status and whole body of an answer."""

    status: int
    body: bytes


@dataclass
class Tally:
    """Seconds of each answered request by its label, and how many were refused."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0
    elapsed: float = 0.0
    processor: float = 0.0  # seconds of the client's own

    @property
    def answered(self) -> int:
        return sum(map(len, self.seconds.values()))

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.elapsed if self.elapsed else 0.0


def request(url: str, path: str, accept: str = JSON) -> bytes:
    """A GET of this path, ready to send."""
    host = urlsplit(url).netloc
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n".encode()


def sparql(url: str, query: str, accept: str = JSON) -> bytes:
    """A query by GET at this endpoint, ready to send."""
    return request(url, f"{urlsplit(url).path}?query={quote(query, safe='')}", accept)


class Connection:
    """One connection that stays open between requests."""

    def __init__(self, url: str, patience: float = 20.0) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._patience = patience
        self.socket = self._open()
        self._heard = _Heard()

    def ask(self, ready: bytes) -> Reply:
        """Send a request and await its answer; raises TimeoutError or ConnectionError."""
        self.send(ready)
        while True:
            reply = self.receive()
            if reply is not None:
                return reply

    def send(self, ready: bytes) -> None:
        if self._heard.closes:
            self.close()
            self.socket = self._open()
        self._heard = _Heard()
        self.socket.sendall(ready)

    def receive(self) -> Reply | None:
        """Read what is there; the answer once it is whole."""
        try:
            block = self.socket.recv(_BLOCK)
        except BlockingIOError:
            raise TimeoutError("the server did not answer in time") from None
        if not block and not self._heard.ends_at_close:
            raise ConnectionError("the server closed the connection")
        return self._heard.take(block)

    def close(self) -> None:
        self.socket.close()

    def _open(self) -> socket.socket:
        opened = socket.create_connection(self._address, timeout=self._patience)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Kept by the kernel: Python keeps a time-out by one more system call each time.
        opened.settimeout(None)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _patient(self._patience))
        return opened


def _patient(seconds: float) -> bytes:
    return struct.pack("ll", int(seconds), int(seconds % 1 * 1_000_000))


class _Heard:
    """An answer as it arrives."""

    def __init__(self) -> None:
        self._bytes = b""
        self._head = -1
        self._length: int | None = None
        self._chunked = False
        self.closes = self.ends_at_close = False

    def take(self, block: bytes) -> Reply | None:
        self._bytes += block
        if self._head < 0 and not self._read_head():
            return None
        if self._chunked:
            return self._reply(_joined(self._bytes[self._head :])) if self._chunks_end() else None
        if self._length is not None:
            whole = len(self._bytes) >= self._head + self._length
            return self._reply(self._bytes[self._head :]) if whole else None
        return None if block else self._reply(self._bytes[self._head :])

    def _chunks_end(self) -> bool:
        return self._bytes.endswith(b"\r\n0\r\n\r\n", self._head - 2)

    def _reply(self, body: bytes) -> Reply:
        return Reply(int(self._bytes[9:12]), body)

    def _read_head(self) -> bool:
        at = self._bytes.find(_END)
        if at < 0:
            return False
        self._head = at + len(_END)
        head = self._bytes[: at + 2].lower()
        self._chunked = b"\r\ntransfer-encoding: chunked" in head
        found = head.find(b"\r\ncontent-length:")
        if found >= 0:
            self._length = int(head[found + 17 : head.index(b"\r\n", found + 17)])
        self.ends_at_close = self._length is None and not self._chunked
        self.closes = self.ends_at_close or b"\r\nconnection: close" in head
        return True


def _joined(chunks: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = chunks.index(b"\r\n", at)
        size = int(chunks[at:end].split(b";")[0], 16)
        if not size:
            return b"".join(parts)
        parts.append(chunks[end + 2 : end + 2 + size])
        at = end + size + 4


Work = Iterator[tuple[str, bytes]]


def one_after_another(url: str, work: Work, seconds: float) -> Tally:
    """One client: the requests in their order until the time is up."""
    tally, connection = Tally(), Connection(url)
    begun = time.perf_counter()
    for label, ready in work:
        sent = time.perf_counter()
        if sent - begun > seconds:
            break
        status = connection.ask(ready).status
        _count(tally, label, status, time.perf_counter() - sent)
    tally.elapsed = time.perf_counter() - begun
    connection.close()
    return tally


def together(urls: Sequence[str], work: Work, clients: int, seconds: float) -> Tally:
    """So many clients at once, each with the next request as soon as it has its answer.

    Where there are several servers, each client stays with one.
    """
    crowd = _Crowd(urls, work, clients)
    try:
        crowd.run(seconds)
    finally:
        crowd.close()
    return crowd.tally


class _Crowd:
    """Connections that are watched all the while: the client's work is time that a server lacks."""

    def __init__(self, urls: Sequence[str], work: Work, clients: int) -> None:
        self.tally, self._work = Tally(), work
        self._ready = select.epoll()
        self._asked: dict[int, tuple[str, float]] = {}
        self._connections: dict[int, Connection] = {}
        for number in range(clients):
            self._watch(Connection(urls[number % len(urls)]))

    def run(self, seconds: float) -> None:
        begun, own = time.perf_counter(), time.process_time()
        self._until = begun + seconds
        for place in list(self._connections):
            self._next(place)
        while self._asked and time.perf_counter() < self._until + seconds:
            for place, _ in self._ready.poll(0.5):
                self._hear(place)
        self.tally.elapsed = min(time.perf_counter(), self._until) - begun
        self.tally.processor = time.process_time() - own

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()
        self._ready.close()

    def _watch(self, connection: Connection) -> int:
        place = connection.socket.fileno()
        self._connections[place] = connection
        self._ready.register(place, select.EPOLLIN)
        return place

    def _next(self, place: int) -> None:
        found = next(self._work, None) if time.perf_counter() < self._until else None
        if found is None:
            return
        connection = self._connections[place]
        connection.send(found[1])
        if connection.socket.fileno() != place:  # the server had closed it
            del self._connections[place]
            place = self._watch(connection)
        self._asked[place] = (found[0], time.perf_counter())

    def _hear(self, place: int) -> None:
        if place not in self._asked:  # the server closes a connection that nobody uses now
            return self._ready.unregister(place)
        reply = self._connections[place].receive()
        if reply is None:
            return None
        now = time.perf_counter()
        label, sent = self._asked.pop(place)
        if now <= self._until:
            _count(self.tally, label, reply.status, now - sent)
        return self._next(place)


def _count(tally: Tally, label: str, status: int, seconds: float) -> None:
    if status == 200:
        tally.seconds.setdefault(label, []).append(seconds)
    else:
        tally.refused += 1
