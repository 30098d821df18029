"""Look-ups beside the event loop: few at once, a bounded number that wait, then Busy."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from c5graph.aside import Aside
from c5graph.errors import Busy


def test_no_more_run_than_may_and_past_the_queue_the_next_is_told_to_come_again() -> None:
    lock, running, most = threading.Lock(), 0, 0

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05)
        with lock:
            running -= 1

    async def run() -> list[BaseException | None]:
        aside = Aside(queue=3, at_once=2)
        found = await asyncio.gather(*(aside.run(work) for _ in range(9)), return_exceptions=True)
        await aside.run(work)  # there is room again
        return found

    found = asyncio.run(run())
    assert most == 2
    assert found[:5] == [None] * 5
    assert [type(each) for each in found[5:]] == [Busy] * 4
    assert isinstance(found[8], Busy)
    assert int(found[8].headers["retry-after"]) > 0


def test_what_fails_or_is_given_up_leaves_its_place() -> None:
    async def run() -> None:
        aside = Aside(queue=0, at_once=1)
        with pytest.raises(ZeroDivisionError):
            await aside.run(lambda: 1 // 0)
        waiting = asyncio.ensure_future(aside.run(time.sleep, 0.05))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await aside.run(lambda: 7) == 7

    asyncio.run(run())
