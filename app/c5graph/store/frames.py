"""Messages between the service and a worker: a JSON head and bytes, each with its length.

Most heads are like one before, so each side keeps the last ones read and written; a head that was
read is shared and not to be changed.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from c5graph.errors import C5GraphError

_LENGTHS = struct.Struct(">II")
LENGTHS = _LENGTHS.size
_WORTH_KEEPING = 2048

Head = dict[str, Any]


def pack(head: Head, body: bytes = b"") -> bytes:
    """One message."""
    return joined(written(head), body)


def written(head: Head) -> bytes:
    """A head as it is sent."""
    return json.dumps(head, separators=(",", ":")).encode()


def joined(head: bytes, body: bytes) -> bytes:
    """One message with a head that is written already."""
    return b"".join((_LENGTHS.pack(len(head), len(body)), head, body))


def size_of(beginning: bytes) -> int:
    """Bytes of a message, by its first LENGTHS ones."""
    head, body = _LENGTHS.unpack_from(beginning)
    return LENGTHS + int(head) + int(body)


def unpack(message: bytes) -> tuple[Head, bytes]:
    """Head and body of a whole message."""
    head, body = _LENGTHS.unpack_from(message)
    start = LENGTHS + head
    return head_of(message[LENGTHS:start]), message[start : start + body]


def head_of(encoded: bytes) -> Head:
    """A head as values, shared by all that are the same."""
    return _read(encoded) if len(encoded) <= _WORTH_KEEPING else json.loads(encoded)


@lru_cache(maxsize=512)
def _read(encoded: bytes) -> Head:
    return json.loads(encoded)  # type: ignore[no-any-return]


def read(source: BinaryIO) -> tuple[bytes, bytes] | None:
    """Head, as it was sent, and body of the next message of a blocking file; None at its end."""
    lengths = source.read(LENGTHS)
    if len(lengths) < LENGTHS:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return source.read(head), source.read(body)


async def receive(source: asyncio.StreamReader) -> tuple[Head, bytes]:
    """The next message of a stream; raises IncompleteReadError when it ends before."""
    head, body = _LENGTHS.unpack(await source.readexactly(LENGTHS))
    return head_of(await source.readexactly(head)), await source.readexactly(body)


def revive(shown: dict[str, Any]) -> C5GraphError:
    """The error whose `body()` came from another process."""
    detail = shown["error"]
    kinds = {kind.code: kind for kind in _descendants(C5GraphError)}
    kind = kinds.get(detail["code"], C5GraphError)
    error = kind.__new__(kind)
    C5GraphError.__init__(
        error,
        detail["message"],
        remedy=detail.get("remedy", ""),
        line=detail.get("line"),
        column=detail.get("column"),
    )
    return error


def _descendants(kind: type[C5GraphError]) -> Iterator[type[C5GraphError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)
