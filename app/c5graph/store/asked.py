"""A request for a worker, and the service's side of the worker that has it."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from c5graph.store import frames
from c5graph.store.channel import Line

Answered = tuple[frames.Head, bytes]


@dataclass(eq=False, slots=True)
class Asked:
    """A request: the message for a worker, since when it waits, how long it may, its answer.

    `worker` is the one that has it now.
    """

    message: bytes
    since: float
    deadline: float
    answer: asyncio.Future[Answered]
    worker: Worker | None = None


@dataclass(eq=False)
class Worker:
    """The service's side of one worker process."""

    process: int
    line: Line
    own: int = 0  # bytes that it does not share with the other workers
    cause: asyncio.Future[str] | None = None  # why it ended, once that is known
    asked: deque[Asked] = field(default_factory=deque)  # what it works at, and what is in its line
    began: float = 0.0  # when it came to what it works at
    long: int = 0  # answers of its that took longer than a moment


class Lost(Exception):
    """A worker ended before it had answered."""

    def __init__(self, worker: Worker) -> None:
        super().__init__("the worker ended")
        self.worker = worker
