"""A process that has the shipped graph ready for texts: ``python -m c5graph.graph.attend CACHE``.

Messages come on standard input and answers go to standard output, as `store/frames.py` has them. A
text is looked at in a process forked for it, so that nothing of one is there for the next; it ends
with this one, which has one thread and ends with its input.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from c5graph.errors import C5GraphError
from c5graph.garbage import settle, uncollected
from c5graph.graph.backdrop import Backdrop
from c5graph.graph.posted import examined
from c5graph.store import frames
from c5graph.store.seal import bound_to_parent

_NICE = 10


class Attendant:
    """Looks at texts, each in a child of its own."""

    def __init__(self, make: Callable[[], Backdrop]) -> None:
        self._make = make
        self._backdrop: Backdrop | None = None
        self._bind = bound_to_parent()

    def answer(self, order: dict[str, Any]) -> bytes:
        """The answer in JSON; nothing where the child came to none."""
        if self._backdrop is None and str(order["text"]).strip():
            with uncollected():
                self._backdrop = self._make()
            gc.collect()
            settle()
        source, sink = os.pipe()
        child = os.fork()
        if child == 0:
            self._look(order, sink)
        os.close(sink)
        with os.fdopen(source, "rb") as answer:
            said = answer.read()
        os.waitpid(child, 0)
        return said

    def _look(self, order: dict[str, Any], sink: int) -> None:
        status = 1
        try:
            self._bind()
            answer = _answer(order, lambda: self._backdrop or self._make())
            with os.fdopen(sink, "wb") as written:
                written.write(json.dumps(answer).encode())
            status = 0
        finally:
            os._exit(status)


def _answer(order: dict[str, Any], backdrop: Callable[[], Backdrop]) -> dict[str, Any]:
    try:
        return examined(order, backdrop)
    except C5GraphError as error:
        return {"failed": error.body()}


def main() -> None:
    """Answer until there are no more messages."""
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    attendant = Attendant(lambda: Backdrop(Path(sys.argv[1])))
    while (message := frames.read(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(frames.pack({}, attendant.answer(json.loads(message[1]))))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
