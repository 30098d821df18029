"""Files that are believed only where they are whole, and were made for what they are read for.

The first line names what a file was made for and the digest of all that follows it, as a comment
of Turtle. What is kept in a folder of the user counts only where nobody else can have written it.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_HEAD: Final = "# c5graph {made_for} {digest}\n"
_MASK: Final = stat.S_IWGRP | stat.S_IWOTH


class _Summing(io.RawIOBase):
    """A file that sums up what is written to it."""

    def __init__(self, sink: IO[bytes]) -> None:
        super().__init__()
        self._sink, self.sum = sink, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        """Write, and take it into the sum."""
        self.sum.update(data)
        return self._sink.write(data)


def seal(path: Path, made_for: str, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file that only its owner may write; it stands there whole or not at all.

    `made_for` is a word without spaces. Raises OSError.
    """
    handle, partial = tempfile.mkstemp(dir=path.parent, suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as sink:
            sink.write(_head(made_for, "0" * hashlib.sha256().digest_size * 2))
            summing = _Summing(sink)
            write(cast("IO[bytes]", summing))
            sink.seek(0)
            sink.write(_head(made_for, summing.sum.hexdigest()))
        Path(partial).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(partial).unlink()
        raise


def unsealed(path: Path, made_for: str, *, foreign: bool = False) -> bytes | None:
    """What a sealed file holds behind its first line; None where it is not to be believed.

    `foreign` says that others may have written it, as they have what we are installed from.
    """
    try:
        with path.open("rb") as source:
            if not foreign and not _is_own(source):
                return None
            head, content = source.readline(len(_head(made_for, "0" * 64))), source.read()
    except OSError:
        return None
    return content if head == _head(made_for, hashlib.sha256(content).hexdigest()) else None


def forget_all_but(newest: int, paths: Iterable[Path]) -> None:
    """Remove the older of some files."""
    with suppress(OSError):  # another process may have been quicker
        for path in sorted(paths, key=lambda each: each.stat().st_mtime)[: -newest or None]:
            path.unlink()


def _head(made_for: str, digest: str) -> bytes:
    return _HEAD.format(made_for=made_for, digest=digest).encode()


def _is_own(source: IO[bytes]) -> bool:
    if not hasattr(os, "geteuid"):
        return True
    status = os.fstat(source.fileno())
    return status.st_uid == os.geteuid() and not status.st_mode & _MASK
