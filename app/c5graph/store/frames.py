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
_NUMBER = struct.Struct(">I")
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


def end_of(messages: bytes, start: int) -> int:
    """Where the message ends that starts here; the least place that is known of it so far."""
    if len(messages) < start + LENGTHS:
        return start + LENGTHS
    head, body = _LENGTHS.unpack_from(messages, start)
    return start + LENGTHS + int(head) + int(body)


def unpack(messages: bytes, start: int = 0) -> tuple[Head, bytes]:
    """Head and body of a whole message that starts here."""
    head, body = _LENGTHS.unpack_from(messages, start)
    start += LENGTHS
    between = start + head
    return head_of(messages[start:between]), messages[between : between + body]


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


def numbered(number: int, message: bytes) -> bytes:
    """The message behind a number, as `read_numbered` takes it."""
    return _NUMBER.pack(number) + message


def read_numbered(source: BinaryIO) -> tuple[int, bytes, bytes] | None:
    """A number, then what `read` gives."""
    number = source.read(_NUMBER.size)
    message = read(source) if len(number) == _NUMBER.size else None
    return None if message is None else (_NUMBER.unpack(number)[0], *message)


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
