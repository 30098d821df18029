"""Processes of the service killed at random while it serves: every answer is right or says so."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.conftest import Server, descendants, running, serve
from tests.service.test_reload import until

pytestmark = pytest.mark.slow

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV)
SECONDS = 8.0
PEOPLE = 300


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    lines = (f"<http://example.org/n{n}> <http://example.org/n> {n} ." for n in range(PEOPLE))
    (tmp_path / "many.ttl").write_text("\n".join(lines))
    command = serve("--data", str(tmp_path / "many.ttl"))
    with running(command, workers=3, deadline=5, memory_mib=128) as started:
        yield started


async def ask(url: str, client: int, end: float, met: Counter[str]) -> None:
    """Ask one new question after another, and judge each answer."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        number = 0
        while time.monotonic() < end:
            number += 1
            query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {client} {number}"
            answer = await http.get("/sparql", params={"query": query, "format": "csv"})
            if answer.status_code == 200:
                assert answer.text.split() == ["n", str(PEOPLE)]
                met["answered"] += 1
            else:
                assert answer.status_code == 503, answer.text
                met[answer.json()["error"]["code"]] += 1


async def kill(process: int, end: float, *, keepers: bool, seed: int) -> int:
    """Kill one process below the service after another; how many."""
    chance, killed = random.Random(seed), 0
    while time.monotonic() < end - 1:
        await asyncio.sleep(chance.uniform(0.1, 0.4) * (4 if keepers else 1))
        family = descendants(process)
        chosen = family if keepers else [each for each in family if not descendants(each)]
        if chosen:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(chosen), chance.choice(SIGNALS))
                killed += 1
    return killed


@pytest.mark.parametrize("keepers", [False, True], ids=["workers", "workers and their keeper"])
def test_killed_processes_are_replaced_and_no_answer_is_wrong(
    keepers: bool, server: Server
) -> None:
    end, met = time.monotonic() + SECONDS, Counter[str]()

    async def run() -> int:
        async with asyncio.TaskGroup() as group:
            killed = group.create_task(kill(server.process.pid, end, keepers=keepers, seed=1))
            for client in range(4):
                group.create_task(ask(server.url, client, end, met))
        return killed.result()

    assert asyncio.run(run()) >= 3
    assert met["answered"] > 20
    assert met.keys() <= {"answered", "query_ended", "busy"}
    if not keepers:
        assert met["answered"] > 20 * (met["query_ended"] + met["busy"])
    query = {"query": "ASK { ?afterwards ?p ?o }"}
    until(lambda: httpx.get(server.url + "/sparql", params=query).status_code == 200)
    assert httpx.get(server.url + "/ready").status_code == 200
