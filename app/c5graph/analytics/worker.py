"""A process that computes and may be killed: ``python -m c5graph.analytics.worker MEMORY``.

Standard input holds one order after another: a measure, a skeleton and options. Standard output
gets, for each, how far it has come and in the end the outcome, or `failed` with an error's body.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import BinaryIO

from c5graph.analytics.measures import MEASURES
from c5graph.analytics.outcome import Outcome
from c5graph.analytics.skeleton import Skeleton
from c5graph.errors import C5GraphError, MemoryExceeded
from c5graph.store import frames
from c5graph.store.seal import cap_memory, peak_memory, yield_to_service


def serve(source: BinaryIO, sink: BinaryIO, memory: int) -> None:
    """Carry out orders until there are no more.

    A process that has grown by half of what it may says that it leaves and does, so that the
    next order finds the whole allowance.
    """
    start = peak_memory()
    while (message := frames.read(source)) is not None:
        asked, order = message
        head, body = _answer(frames.head_of(asked), order, sink)
        head["leaving"] = peak_memory() - start > memory // 2
        _say(sink, head, body)
        if head["leaving"]:
            return


def _answer(head: frames.Head, body: bytes, sink: BinaryIO) -> tuple[frames.Head, bytes]:
    def progress(stage: str, done: float | None) -> None:
        _say(sink, {"stage": stage, "done": done})

    try:
        order = json.loads(body)
        compute = MEASURES[head["measure"]].compute
        assert compute is not None
        found = compute(Skeleton.from_dict(order["skeleton"]), order["options"], progress)
        return {}, _packed(found)
    except C5GraphError as error:
        return {"failed": error.body()}, b""
    except MemoryError:
        lack = MemoryExceeded("The analysis ran out of memory.", remedy="Ask for less.")
        return {"failed": lack.body()}, b""


def _packed(found: Outcome) -> bytes:
    return json.dumps({"rows": found.rows, "summary": found.summary}).encode()


def _say(sink: BinaryIO, head: frames.Head, body: bytes = b"") -> None:
    sink.write(frames.pack(head, body))
    sink.flush()


def main() -> None:
    """Serve on standard input and output."""
    memory = int(sys.argv[1])
    # Before the cap, for what they load; a library that prints must not spoil the answers.
    import graspologic_native  # noqa: F401
    import networkx  # noqa: F401
    import rustworkx  # noqa: F401

    import_module("scipy.sparse")  # networkx would load it at the first question for brokers

    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    yield_to_service()
    cap_memory(memory)
    serve(sys.stdin.buffer, sink, memory)


if __name__ == "__main__":
    main()
