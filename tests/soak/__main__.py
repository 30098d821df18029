"""`python -m tests.soak`: 20,000 mixed requests, and whether the service's memory grows.

A service of the shipped graph in processes of its own is asked by several clients at once: new
and repeated queries, look-ups, searches, pages, wrong queries, queries that run into their
deadline, clients that leave early. Memory is the proportional set size of processes, so that what
workers share counts once. The process that speaks to clients must not grow. Those of the engine
come to copy what they share and are replaced for it, so that what they hold goes up and down, but
never above what one query may use besides what they started with. Ends with 1 otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import httpx

from c5graph.catalogue import Catalogue
from c5graph.settings import Settings
from tests.service.conftest import descendants, running

SERVER = str(Path(__file__).parents[1] / "service" / "shipped_server.py")
# A small cache is full after the warm-up, so that it does not pass for growth.
LIMITS = {"deadline": 1.0, "workers": 4, "cache_mib": 4, "lens_stores": 0}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }"
ENTITIES = ("kazakhstan", "tajikistan", "uzbekistan", "boeing", "china", "russia", "turkmenistan")


def requests(seed: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Paths and parameters without end, the same for the same seed."""
    chance, saved = random.Random(seed), [query.name for query in Catalogue()]
    while True:
        number = chance.randrange(10**6)
        entity = chance.choice(ENTITIES)
        new = f"SELECT ?p ?o {{ id:{entity} ?p ?o }} # {number}"
        prefix = "PREFIX id: <https://w3id.org/c5graph/id/> "
        yield chance.choices(
            [
                ("/sparql", {"query": prefix + new}),
                ("/sparql", {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}),
                ("/sparql", {"query": f"SELECT {number} {{"}),
                ("/api/neighbours", {"entity": entity, "limit": str(1 + number % 200)}),
                ("/api/search", {"q": entity[: 2 + number % 6] + str(number % 50)}),
                (f"/id/{entity}", {}),
                (f"/api/queries/{chance.choice(saved)}", {}),
                (f"/nothing-{number}", {}),
                ("/metrics", {}),
                ("/sparql", {"query": ENDLESS}),
            ],
            [300, 150, 60, 200, 100, 60, 40, 60, 5, 1],
        )[0]


def memory(*processes: int) -> float:
    """MiB of these processes."""
    total = 0
    for each in processes:
        with contextlib.suppress(OSError):  # it has just ended
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


async def client(url: str, waiting: Iterator[int], seed: int, met: Counter[str]) -> None:
    """Send requests while there are numbers left; every fiftieth answer is not waited for."""
    mixed = requests(seed)
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        for number in waiting:
            path, parameters = next(mixed)
            patience = 0.005 if number % 50 == 0 else 30
            try:
                async with asyncio.timeout(patience):
                    answer = await http.get(path, params=parameters)
                met[str(answer.status_code)] += 1
            except TimeoutError:
                met["left"] += 1
            except httpx.HTTPError as error:
                met[type(error).__name__] += 1


async def send(url: str, count: int, clients: int, seed: int) -> Counter[str]:
    """Send so many requests, and count the statuses of the answers."""
    met: Counter[str] = Counter()
    waiting = iter(range(1, count + 1))
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(client(url, waiting, seed + number, met))
    return met


def main() -> int:
    """Run, print a table, and judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--warm-up", type=int, default=8_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", type=float, default=10.0, help="per cent that are allowed")
    given = parser.parse_args()
    parts = [given.warm_up, *[given.requests // 5] * 5]
    with running([SERVER], **LIMITS) as server:
        own, engine, met = list[float](), list[float](), Counter[str]()
        engine.append(memory(*descendants(server.process.pid)))
        for number, part in enumerate(parts):
            began = perf_counter()
            met += asyncio.run(send(server.url, part, given.clients, given.seed + 100 * number))
            own.append(memory(server.process.pid))
            engine.append(memory(*descendants(server.process.pid)))
            rate = part / (perf_counter() - began)
            asked = sum(parts[: number + 1])
            told = f"{own[-1]:7.1f} MiB, engine {engine[-1]:7.1f} MiB"
            told = f"{asked:>7} requests  {told}  {rate:5.0f} a second\n"
            sys.stdout.write(told)
            sys.stdout.flush()
    grown, copied = 100 * (own[-1] / own[0] - 1), max(engine) - engine[0]
    failed = sum(count for kind, count in met.items() if kind not in _EXPECTED)
    sys.stdout.write(f"answers: {dict(sorted(met.items()))}\n")
    sys.stdout.write(f"growth after the warm-up: {grown:.1f} per cent; {failed} failed\n")
    sys.stdout.write(f"copied by the engine at most: {copied:.1f} MiB of {_MAY_COPY}\n")
    return int(grown > given.growth or copied > _MAY_COPY or failed > 0)


_MAY_COPY = Settings().memory_mib
_EXPECTED = frozenset({"200", "400", "404", "406", "503", "left"})

if __name__ == "__main__":
    sys.exit(main())
