"""The process that analyses: its time, its memory, and what becomes of its answers."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from c5graph.analyst import Analyst
from c5graph.analytics.analytics import Analytics, Prepared
from c5graph.analytics.ask import parse_ask
from c5graph.analytics.measures import MEASURES
from c5graph.analytics.skeleton import Skeleton
from c5graph.errors import Busy, DeadlineExceeded, MemoryExceeded, QueryEnded
from c5graph.graph.release import Release
from tests.service.conftest import running

MIB = 1024 * 1024
PATH = "/api/analytics"


@pytest.fixture(scope="module")
def slow() -> Any:
    script = str(Path(__file__).with_name("shipped_server.py"))
    with running([script], analysis_patience=0.0) as server, server.client() as client:
        yield client


@pytest.mark.slow
def test_what_is_not_done_yet_tells_how_far_it_is_and_is_there_later(slow: httpx.Client) -> None:
    first = slow.get(f"{PATH}/betweenness")
    assert first.status_code == 202
    assert first.headers["retry-after"] == "1"
    assert first.headers["cache-control"] == "no-store"
    told = first.json()
    assert told["status"] == "under way"
    assert told["limit_seconds"] == 60.0
    for _ in range(200):
        time.sleep(0.05)
        answer = slow.get(f"{PATH}/betweenness")
        if answer.status_code == 200:
            break
    assert answer.json()["rows"]


def prepared(release: Release, name: str, **given: str) -> Prepared:
    analytics = Analytics(release, release.view_under)
    options = {key: [value] for key, value in given.items()}
    return analytics.prepare(parse_ask(MEASURES[name], options, release.record, "en"))


async def outcome(analyst: Analyst, order: Prepared, key: str = "a") -> Any:
    try:
        return await analyst.within(analyst.begin(key, order), 30)
    finally:
        await analyst.close()


def test_an_analysis_past_its_time_is_ended(shipped: Release) -> None:
    with pytest.raises(DeadlineExceeded, match=r"0\.01 seconds"):
        asyncio.run(outcome(Analyst(0.01, 512 * MIB), prepared(shipped, "pagerank")))


def test_an_analysis_that_wants_too_much_memory_ends_alone(shipped: Release) -> None:
    order = prepared(shipped, "communities")
    ring = [(f"n{each}", f"n{each + 1}", 1.0) for each in range(200_000)]
    vars(order.network)["skeleton"] = Skeleton.of(ring, directed=False)
    with pytest.raises(MemoryExceeded):
        asyncio.run(outcome(Analyst(30, 10 * MIB), order))


@pytest.mark.slow
def test_the_process_is_kept_and_after_a_death_replaced(shipped: Release) -> None:
    order = prepared(shipped, "degree")

    async def three() -> list[int]:
        analyst = Analyst(30, 512 * MIB)
        seen = []
        for number in range(3):
            found = await analyst.within(analyst.begin(str(number), order), 30)
            assert found is not None
            process = analyst._process
            assert process is not None
            seen.append(process.pid)
            if number == 1:
                process.kill()
                await process.wait()
        await analyst.close()
        assert process is not None
        assert process.returncode is not None
        return seen

    first, second, third = asyncio.run(three())
    assert first == second != third


def test_no_more_than_so_many_orders_wait(shipped: Release) -> None:
    order = prepared(shipped, "degree")

    async def many() -> None:
        analyst = Analyst(30, 512 * MIB, queue=2)
        begun = [analyst.begin(str(number), order) for number in range(2)]
        assert analyst.begin("0", order) is begun[0]
        with pytest.raises(Busy):
            analyst.begin("2", order)
        await analyst.close()

    asyncio.run(many())


def test_a_process_that_ends_for_another_reason_is_told_and_nothing_is_kept(
    shipped: Release,
) -> None:
    order = prepared(shipped, "pagerank")
    del order.options["damping"]

    async def once() -> None:
        analyst = Analyst(30, 512 * MIB)
        with pytest.raises(QueryEnded) as caught:
            await analyst.within(analyst.begin("a", order), 30)
        assert not isinstance(caught.value, MemoryExceeded)
        assert analyst.get("a") is None
        await analyst.close()

    asyncio.run(once())
