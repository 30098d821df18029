"""One writer at a time: a lock on a file in the folder that is written to.

The lock belongs to the process and goes with it. Where the system has no such locks
(Windows), two imports at once are not kept apart, and the import says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from c5graph.errors import C5GraphError, Exit

try:
    import fcntl
except ImportError:  # pragma: no cover - not on this system
    fcntl = None  # type: ignore[assignment]

LOCK_FILE = ".import.lock"
_PAUSE = 0.2


class Locked(C5GraphError):
    """Another import is writing to the folder."""

    code = "locked"
    status = 409
    exit_code = Exit.INPUT


def available() -> bool:
    """Whether this system keeps two writers apart."""
    return fcntl is not None


@contextmanager
def only_writer(folder: Path, patience: float = 120.0) -> Iterator[None]:
    """Hold the folder alone, waiting for another writer. Raises Locked when it takes too long."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("a", encoding="utf-8") as held:
        if fcntl is not None:
            _wait(held, patience)
        yield


def _wait(held: IO[str], patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise Locked(
                    "Another import has been writing to this folder all the while.",
                    remedy="Wait until it is done and import again.",
                ) from error
            time.sleep(_PAUSE)
        else:
            return
