"""Whole responses by the bytes of their request: what is asked again in the same words is not read.

Only what the data version and the request decide is put here, and a data version has its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from random import getrandbits
from typing import Final

RAW: Final = "c5graph.raw"
"""Where the scope of a request keeps its bytes, when they can be put on a shelf."""

AGAIN: Final = "c5graph.again"
"""What marks the start of a response that the same request always gets."""

REPEATABLE: Final = "c5graph-repeatable"
"""A header by which a route inside the framework says the same; it is not sent."""

NAME: Final = b"x-request-id"  # the one header that differs from response to response
_OVERHEAD: Final = 256
Head = tuple[int, Iterable[tuple[bytes, bytes]]]


@dataclass(frozen=True, slots=True)
class Ready:
    """A response: its first line, its headers without the name of a request, its body."""

    status: int
    first: bytes
    headers: bytes
    body: bytes

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.headers) + len(self.body) + _OVERHEAD

    def named(self) -> bytes:
        """All that follows the server's headers, for one request more."""
        return b"".join((self.headers, NAME, b": ", new_name(), b"\r\n\r\n", self.body))


def new_name() -> bytes:
    """A name for a request; no secret, so no system call is made for it."""
    return b"%016x" % getrandbits(64)


class Shelf:
    """Responses, at most so many bytes together; `count` hears of each that is taken."""

    def __init__(self, max_bytes: int, count: Callable[[bytes, int], None]) -> None:
        self._max_bytes, self._count, self._bytes = max_bytes, count, 0
        self._kept: OrderedDict[bytes, Ready] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def take(self, raw: bytes) -> tuple[bytes, bytes] | None:
        """First line of the response to these bytes, and all that follows the server's headers."""
        found = self._kept.get(raw)
        if found is None:
            return None
        self._kept.move_to_end(raw)
        self._count(raw, found.status)
        return found.first, found.named()

    def put(self, raw: bytes, head: Head, body: bytes) -> None:
        """Keep a response, unless it would take more than an eighth of the room."""
        status, headers = head
        lines = [b"%s: %s\r\n" % (name, value) for name, value in headers if name != NAME]
        self.keep(raw, Ready(status, first_line(status), b"".join(lines), body))

    def keep(self, raw: bytes, ready: Ready) -> None:
        """The same, where it is written already."""
        size = ready.size + len(raw)
        if size > self._max_bytes // 8 or raw in self._kept:
            return
        self._kept[raw] = ready
        self._bytes += size
        while self._bytes > self._max_bytes:
            gone, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.size + len(gone)


@cache
def first_line(status: int) -> bytes:
    """The line that begins a response."""
    return b"HTTP/1.1 %d %s\r\n" % (status, HTTPStatus(status).phrase.encode())
