"""A store and its relatives: made when asked for, bounded, closed when they must go."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from c5graph.errors import Busy, QueryEnded, StoreFailed
from c5graph.protocol import QueryRequest
from c5graph.store.family import StoreFamily
from c5graph.store.port import Answer, Limits

ASK = QueryRequest("ASK {}")


class Told:
    """A store that answers with its name, and tells what became of it."""

    def __init__(self, name: str, events: list[str], hold: asyncio.Event | None = None) -> None:
        self.name, self._events, self._hold = name, events, hold
        self.ready = True

    async def start(self) -> None:
        self._events.append(f"start {self.name}")
        await asyncio.sleep(0)
        if self.name == "broken":
            raise StoreFailed("no such thing")

    async def answer(
        self,
        request: QueryRequest,  # noqa: ARG002
        accept: str | None,  # noqa: ARG002
        limits: Limits | None = None,  # noqa: ARG002
    ) -> Answer:
        if self._hold is not None:
            await self._hold.wait()
        return Answer(self.name.encode(), "text/plain")

    async def close(self) -> None:
        self._events.append(f"close {self.name}")


def with_family(
    work: Callable[[StoreFamily[str], list[str], asyncio.Event], Awaitable[None]], size: int = 2
) -> list[str]:
    events: list[str] = []

    async def run() -> None:
        hold = asyncio.Event()
        hold.set()
        family: StoreFamily[str] = StoreFamily(
            Told("main", events), lambda key: Told(key, events, hold), size, queue=2
        )
        await family.start()
        await work(family, events, hold)
        await family.close()

    asyncio.run(run())
    return events


async def ask(family: StoreFamily[str], key: str) -> str:
    return (await family.answer_under(key, ASK, None)).body.decode()


def test_a_relative_is_started_once_for_all_who_wait_and_closed_at_the_end() -> None:
    async def work(family: StoreFamily[str], _: list[str], __: asyncio.Event) -> None:
        assert list(await asyncio.gather(ask(family, "a"), ask(family, "a"))) == ["a", "a"]
        assert (await family.answer(ASK, None)).body == b"main"

    events = with_family(work)
    assert events == ["start main", "start a", "close a", "close main"]


def test_the_least_recently_used_goes() -> None:
    async def work(family: StoreFamily[str], events: list[str], _: asyncio.Event) -> None:
        for key in ("a", "b", "a", "c", "a"):
            assert await ask(family, key) == key
        assert [each for each in events if each.startswith("close")] == ["close b"]
        assert events.count("start a") == 1

    with_family(work)


def test_one_that_is_in_use_is_not_closed_and_the_next_is_told_to_wait() -> None:
    async def work(family: StoreFamily[str], events: list[str], hold: asyncio.Event) -> None:
        hold.clear()
        waiting = [asyncio.create_task(ask(family, key)) for key in ("a", "b")]
        await asyncio.sleep(0.01)
        with pytest.raises(Busy):
            await ask(family, "c")
        assert "close a" not in events
        hold.set()
        assert list(await asyncio.gather(*waiting)) == ["a", "b"]
        assert await ask(family, "c") == "c"

    with_family(work)


def test_more_than_may_wait_are_turned_away() -> None:
    async def work(family: StoreFamily[str], _: list[str], hold: asyncio.Event) -> None:
        hold.clear()
        waiting = [asyncio.create_task(ask(family, "a")) for _ in range(4)]
        await asyncio.sleep(0.01)
        assert sum(task.done() for task in waiting) == 1
        hold.set()
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        assert sum(isinstance(each, Busy) for each in answers) == 1

    with_family(work)


def test_a_client_that_leaves_does_not_end_the_start_for_others() -> None:
    async def work(family: StoreFamily[str], events: list[str], _: asyncio.Event) -> None:
        first = asyncio.create_task(ask(family, "a"))
        await asyncio.sleep(0)
        first.cancel()
        assert await ask(family, "a") == "a"
        assert events.count("start a") == 1

    with_family(work)


def test_one_that_cannot_start_is_closed_and_tried_again() -> None:
    async def work(family: StoreFamily[str], events: list[str], _: asyncio.Event) -> None:
        for _attempt in range(2):
            with pytest.raises(QueryEnded, match="made ready"):
                await ask(family, "broken")
        assert events.count("start broken") == events.count("close broken") == 2
        assert await ask(family, "a") == "a"

    with_family(work)
