"""Several requests in one worker's line: each gets its own answer, none waits for a long one."""

import asyncio
import json
import os
import time

import pytest

from c5graph.errors import DeadlineExceeded, MemoryExceeded
from c5graph.store.embedded import EmbeddedStore
from tests.store.embedding import ENDLESS, HUNGRY, MIB, ask, failure, running, starts, with_store

MANY = 40
QUEUE = MANY + 4
# Some tens of milliseconds: the data forty times over.
SLOW = f"""SELECT (SAMPLE(?x) AS ?y) {{{{ BIND({{n}} AS ?x)
  VALUES ?v {{{{ {" ".join(map(str, range(40)))} }}}} ?a ?b ?c FILTER(STRLEN(?c) < ?v + 9) }}}}"""


async def number(store: EmbeddedStore, n: int) -> str:
    answer = await ask(store, f"SELECT ?o {{ <http://example.org/{n}> ?p ?o }}")
    (row,) = json.loads(answer.body)["results"]["bindings"]
    return str(row["o"]["value"])


async def numbers(store: EmbeddedStore) -> list[str]:
    return await asyncio.gather(*(number(store, n) for n in range(MANY)))


RIGHT = [str(n) for n in range(MANY)]


@starts
@pytest.mark.parametrize("workers", [1, 3])
def test_many_requests_at_once_get_each_its_own_answer(start: str, workers: int) -> None:
    async def work(store: EmbeddedStore) -> None:
        for _ in range(5):
            assert await numbers(store) == RIGHT

    with_store(work, start, workers=workers, queue=QUEUE)


def test_nothing_waits_behind_a_query_that_takes_long() -> None:
    async def work(store: EmbeddedStore) -> None:
        endless = asyncio.create_task(failure(store, ENDLESS, deadline=3))
        began = time.monotonic()
        assert await numbers(store) == RIGHT
        assert time.monotonic() - began < 1
        assert isinstance(await endless, DeadlineExceeded)

    with_store(work, queue=QUEUE)


def test_a_worker_passes_over_what_has_gone_elsewhere_and_goes_on_in_step() -> None:
    async def slow(store: EmbeddedStore, n: int) -> str:
        answer = await ask(store, SLOW.format(n=n))
        (row,) = json.loads(answer.body)["results"]["bindings"]
        return str(row["y"]["value"])

    async def work(store: EmbeddedStore) -> None:
        slow_ones = [asyncio.create_task(slow(store, n)) for n in range(3)]
        for _ in range(3):
            assert await numbers(store) == RIGHT
        assert await asyncio.gather(*slow_ones) == ["0", "1", "2"]
        assert await numbers(store) == RIGHT
        assert not running(store)

    with_store(work, queue=QUEUE)


def test_what_stands_in_line_outlives_the_query_before_it() -> None:
    async def work(store: EmbeddedStore) -> None:
        hungry = asyncio.create_task(failure(store, HUNGRY))
        assert await numbers(store) == RIGHT
        assert isinstance(await hungry, MemoryExceeded)

    with_store(work, workers=1, queue=QUEUE, memory=128 * MIB)


def test_what_stands_in_line_outlives_its_worker() -> None:
    async def work(store: EmbeddedStore) -> None:
        endless = asyncio.create_task(failure(store, ENDLESS, deadline=2))
        asked = asyncio.create_task(numbers(store))
        await asyncio.sleep(0)
        for process in running(store):
            os.kill(process, 9)
        assert await asked == RIGHT
        assert isinstance(await endless, DeadlineExceeded)

    with_store(work, queue=QUEUE)


def test_callers_that_go_away_from_a_line_leave_the_others_theirs() -> None:
    async def work(store: EmbeddedStore) -> None:
        tasks = [asyncio.create_task(number(store, n)) for n in range(MANY)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        assert await asyncio.gather(*tasks[1::2]) == RIGHT[1::2]
        assert await numbers(store) == RIGHT

    with_store(work, workers=1, queue=QUEUE)
