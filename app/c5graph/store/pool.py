"""Workers, and which of them answers which request.

Each worker has pages of its own. Where many take turns on a processor, its cache holds those of
none of them, and each turn has its price. So no more workers than there are processors begin at
once, and each has several requests in its line: it goes from one to the next without a pause.

That is for queries which take a moment, as most do. Behind one that takes longer nothing waits:
what stands in its line goes to another worker, and the worker passes over it (see worker.py).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from c5graph.errors import Busy
from c5graph.processes import processors
from c5graph.store import frames
from c5graph.store.asked import Answered, Asked, Lost, Worker
from c5graph.store.worker import MOMENT

_IN_LINE: Final = 8  # requests of one worker
_LOOK: Final = 0.005  # seconds between looks at who takes longer
# By then a worker has seen as well that it takes long; or it would answer what others have too.
_SURE: Final = 2 * MOMENT
_MIB: Final = 1024 * 1024


class Pool:
    """Hands requests to workers in order of arrival; `end` kills a worker.

    At most `queue` requests wait beside those at which workers work; the next one gets Busy at
    once.
    """

    def __init__(
        self,
        queue: int,
        retry_after: int,
        end: Callable[[Worker], None],
        together: int,
        at_once: int | None = None,
    ) -> None:
        self._queue, self._retry_after, self._kill = queue, retry_after, end
        self._together = together  # bytes that all workers may keep for themselves
        self._at_once = at_once or processors()
        self._all: dict[int, Worker] = {}
        self._idle: list[Worker] = []
        self._quick: dict[Worker, None] = {}  # at work, and as far as is known not for long
        self._waiting: deque[Asked] = deque()
        self._open = 0  # requests without an answer
        self._own = 0  # of all together
        self._later: asyncio.TimerHandle | None = None

    @property
    def figures(self) -> dict[str, float]:
        """How many workers there are, how many are idle, and how many requests wait."""
        return {
            "workers": len(self._all),
            "workers_idle": len(self._idle),
            "requests_waiting": self._without_worker(),
        }

    async def ask(self, message: bytes, deadline: float) -> Answered:
        """The answer to a packed request, which a worker may take so many seconds for.

        Raises Busy, TimeoutError at the deadline, and Lost when its worker ends.
        """
        if self._open >= self._queue and self._without_worker() - len(self._idle) >= self._queue:
            raise Busy(self._without_worker(), self._retry_after)
        loop = asyncio.get_running_loop()
        asked = Asked(message, loop.time(), deadline, loop.create_future())
        self._open += 1
        try:
            self._take(asked)
            return await asked.answer
        finally:
            self._open -= 1

    def add(self, worker: Worker) -> None:
        """A worker has come into being."""
        self._all[worker.process] = worker
        worker.line.attend(_Ear(self, worker))
        self._idle.append(worker)
        self._hand_out()

    def forget(self, process: int) -> Worker | None:
        """A worker has died: nobody is to get it."""
        worker = self._all.pop(process, None)
        if worker is not None:
            self._own -= worker.own
            self._leave_out(worker)
            if not worker.asked:  # or its last answer may still be on its way
                worker.line.close()
        return worker

    async def close(self) -> None:
        """Close every channel that is still open."""
        workers = list(self._all.values())
        for worker in workers:
            self.forget(worker.process)
            worker.line.close()
        for worker in workers:
            with contextlib.suppress(ConnectionError):
                await worker.line.closed()

    def heard(self, worker: Worker, head: frames.Head, body: bytes) -> None:
        """A worker has answered the first of its requests."""
        if not worker.asked:  # it was told to end
            return
        asked = worker.asked.popleft()
        worker.began = asyncio.get_running_loop().time()
        if not asked.answer.done():
            asked.answer.set_result((head, body))
        self.weigh(worker, head["own"] * _MIB)
        if head["leaving"]:
            self._retire(worker)
        else:
            self._go_on(worker, took_long=head["long"])
        if self._waiting:
            self._hand_out()

    def weigh(self, worker: Worker, own: int) -> None:
        """A worker has told how many bytes it has come to hold for itself."""
        if own != worker.own and worker.process in self._all:
            self._own += own - worker.own
            worker.own = own

    def lost(self, worker: Worker) -> None:
        """A worker's line has gone: what it worked at is lost, what stood in line is not."""
        self._leave_out(worker)
        if worker.asked:
            asked = worker.asked.popleft()
            if asked.worker is worker and not asked.answer.done():
                asked.answer.set_exception(Lost(worker))
        self._empty(worker)
        self._hand_out()

    def _take(self, asked: Asked) -> None:
        worker = None if self._waiting else self._choose()
        if worker is None:
            self._waiting.append(asked)
        else:
            self._give(worker, asked)
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(_LOOK, self._look)

    def _choose(self) -> Worker | None:
        """Who is to have the next request; None where it has to wait."""
        if len(self._quick) < self._at_once:
            while self._idle:
                worker = self._idle.pop()  # the one used last, whose memory is its own already
                if not worker.line.gone:
                    return worker
        found = min(self._quick, key=_in_line, default=None)
        return None if found is None or len(found.asked) >= _IN_LINE else found

    def _give(self, worker: Worker, asked: Asked) -> None:
        if not worker.asked:
            worker.began = asyncio.get_running_loop().time()
            self._quick[worker] = None
        asked.worker = worker
        worker.asked.append(asked)
        worker.line.send(frames.numbered(worker.long, asked.message))

    def _go_on(self, worker: Worker, *, took_long: bool) -> None:
        """It comes to the next in its line, unless it passes over all that stands there."""
        if took_long:
            worker.long += 1
            self._empty(worker)
        if worker.asked:
            self._quick[worker] = None
        else:
            self._quick.pop(worker, None)
            self._idle.append(worker)
            self._lighten()

    def _hand_out(self) -> None:
        while self._waiting:
            if self._waiting[0].answer.done():  # nobody waits for it any more
                self._waiting.popleft()
                continue
            worker = self._choose()
            if worker is None:
                return
            self._give(worker, self._waiting.popleft())

    def _take_back(self, worker: Worker, start: int = 0) -> None:
        """What stands in its line from there on waits again, before all others."""
        for asked in reversed([*worker.asked][start:]):
            if asked.worker is worker and not asked.answer.done():
                asked.worker = None
                self._waiting.appendleft(asked)

    def _empty(self, worker: Worker) -> None:
        """It will answer none of them."""
        self._take_back(worker)
        worker.asked.clear()

    def _look(self) -> None:
        """See who takes longer than a moment or than it may, and who has waited too long."""
        self._later = None
        now = asyncio.get_running_loop().time()
        for worker in [each for each in self._all.values() if each.asked]:
            self._judge(worker, now - worker.began)
        for asked in self._waiting:
            if now - asked.since > asked.deadline and not asked.answer.done():
                asked.answer.set_exception(Busy(len(self._waiting), self._retry_after))
        self._waiting = deque(each for each in self._waiting if not each.answer.done())
        self._hand_out()
        if self._waiting or any(worker.asked for worker in self._all.values()):
            self._later = asyncio.get_running_loop().call_later(_LOOK, self._look)

    def _judge(self, worker: Worker, spent: float) -> None:
        if spent <= MOMENT:
            return
        self._quick.pop(worker, None)
        first = worker.asked[0]
        if spent > _SURE:
            self._take_back(worker, 1)
        if spent > first.deadline or first.answer.cancelled():  # its client has left
            if first.worker is worker and not first.answer.done():
                first.answer.set_exception(TimeoutError())
            self._retire(worker)
            self._kill(worker)

    def _retire(self, worker: Worker) -> None:
        """It gets nothing more."""
        self._leave_out(worker)
        self._empty(worker)
        worker.line.close()

    def _leave_out(self, worker: Worker) -> None:
        self._quick.pop(worker, None)
        with contextlib.suppress(ValueError):
            self._idle.remove(worker)

    def _without_worker(self) -> int:
        """Requests that wait, in a line or for one."""
        return max(0, self._open - sum(1 for worker in self._all.values() if worker.asked))

    def _lighten(self) -> None:
        """End the heaviest idle worker when all together keep more than one query may use.

        Those that were used last are spared while there are others: what they keep, they need.
        """
        if self._own > self._together and self._idle:
            others = self._idle[: -self._at_once] or self._idle
            heaviest = max(others, key=lambda worker: worker.own)
            self._retire(heaviest)
            self._kill(heaviest)


@dataclass(frozen=True, slots=True)
class _Ear:
    """Hears one worker's line for the pool."""

    pool: Pool
    worker: Worker

    def heard(self, head: frames.Head, body: bytes) -> None:
        self.pool.heard(self.worker, head, body)

    def lost(self) -> None:
        self.pool.lost(self.worker)


def _in_line(worker: Worker) -> int:
    return len(worker.asked)
