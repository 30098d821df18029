"""Measures start-up, validation, neighbours and the saved questions on the shipped graph.

`python -m tests.bench [--runs N]` prints a line a figure with its target and exits with 1 when
a target is missed. Each figure is the median of the runs; a busy machine shows in the spread.
Targets are what a reader waits for: a start of three seconds, a look-up of some milliseconds once
the service is at rest, and a tenth of a second for a page of the desk or a saved question.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

import c5graph
from c5graph.catalogue import Catalogue
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import Sources
from c5graph.graph.validate import validate
from c5graph.namespaces import ID
from c5graph.neighbours import Ask
from c5graph.protocol import QueryRequest
from c5graph.service import embedded_service
from c5graph.settings import Settings
from c5graph.store.port import Store
from tests.bench.desk import desk_times
from tests.bench.processes import processor

ACCEPT = "application/sparql-results+json, text/turtle;q=0.5"
APP = Path(c5graph.__file__).resolve().parents[1]


@dataclass(frozen=True)
class Figure:
    """Something measured in seconds, and what it should be below."""

    name: str
    seconds: list[float]
    target: float | None = None

    @property
    def reached(self) -> bool:
        return self.target is None or statistics.median(self.seconds) <= self.target

    def line(self) -> str:
        shown = [_shown(value) for value in (min(self.seconds), max(self.seconds))]
        target = "" if self.target is None else f"  target {_shown(self.target)}"
        verdict = "" if self.target is None else ("  reached" if self.reached else "  MISSED")
        middle = _shown(statistics.median(self.seconds))
        return f"{self.name:<52} {middle:>9}  ({shown[0]} to {shown[1]}){target}{verdict}"


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-validate", action="store_true", help="leave out the slow validation")
    chosen = parser.parse_args()
    say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}, Python {sys.version[:6]}")
    figures = [] if chosen.no_validate else [Figure("full validate", [_validate()], 20.0)]
    release = build_release(Sources.shipped())
    say(f"{len(release.quads)} statements, {len(release.facts)} facts, version {release.version}")
    figures += _started(chosen.runs)
    figures += _neighbours(release)
    figures += [Figure(*each) for each in desk_times(release)]
    figures += asyncio.run(_questions(release, chosen.runs))
    for figure in figures:
        say(figure.line())
    sys.exit(0 if all(figure.reached for figure in figures) else 1)


def say(line: str) -> None:
    """Print."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _validate() -> float:
    return _time(lambda: validate(Sources.shipped()))


def _started(runs: int) -> list[Figure]:
    """From starting the command to the first 200 of /ready, its validation remembered."""
    waits, early, lookups, small = [], [], [], []
    for _ in range(runs + 1):  # the first run may have to validate
        started = time.perf_counter()
        command = [sys.executable, "-m", "c5graph", "serve", "--port", "8191"]
        path = {**os.environ, "PYTHONPATH": str(APP)}
        with subprocess.Popen(command, env=path, stderr=subprocess.DEVNULL) as process:
            _await_ready(process)
            waits.append(time.perf_counter() - started)
            early += _asked("/api/neighbours?entity=kazakhstan&limit={}", 30)
            _await_rest(process.pid)
            lookups += _asked("/api/neighbours?entity=tajikistan&limit={}", 30)
            small += _asked("/sparql?query=ASK+%7B+%3Fx{}+%3Fp+%3Fo+%7D", 30)
            process.terminate()
    return [
        Figure("serve: from the command to ready", waits[1:], 3.0),
        Figure("neighbours over HTTP at once, while answers are warmed", early),
        Figure("neighbours over HTTP, 10 to 39 edges, uncached", lookups, 0.005),
        Figure("smallest SPARQL query over HTTP, uncached", small),
    ]


def _await_ready(process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            if httpx.get("http://127.0.0.1:8191/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.005)
    raise SystemExit("c5graph serve did not start; run it by hand to see why.")


def _await_rest(process: int, quiet: float = 0.05) -> None:
    """Wait until it has done in half a second next to nothing."""
    spent, before = processor(process), -1.0
    while spent - before > quiet:
        time.sleep(0.5)
        before, spent = spent, processor(process)


def _asked(path: str, count: int) -> list[float]:
    with httpx.Client(base_url="http://127.0.0.1:8191") as client:
        client.get("/health")
        return [_time(lambda n=n: client.get(path.format(n + 10))) for n in range(count)]  # type: ignore[misc]


def _neighbours(release: Release) -> list[Figure]:
    """Every entity with an edge, once: labels, counts and claims of a first page."""
    entities = [iri for iri in release.index if iri.startswith(ID)]
    busy = [iri for iri in entities if release.neighbours.degree(iri)]
    times = [_time(lambda iri=iri: release.neighbours.lookup(Ask(iri))) for iri in busy]  # type: ignore[misc]
    busiest = max(busy, key=release.neighbours.degree)
    most = [_time(lambda: release.neighbours.lookup(Ask(busiest))) for _ in range(20)]
    return [
        Figure(f"neighbours, each of {len(busy)} entities", times, 0.005),
        Figure(f"neighbours of the busiest, {busiest.removeprefix(ID)}", most, 0.005),
    ]


async def _questions(release: Release, runs: int) -> list[Figure]:
    """All saved questions through the embedded store, one after the other."""
    catalogue = Catalogue()
    service = embedded_service(Settings(), release, catalogue)
    begun = time.perf_counter()
    await service.store.start()
    loaded = time.perf_counter() - begun
    try:
        times = [await _each(service.store, catalogue) for _ in range(runs)]
    finally:
        await service.store.close()
    return [
        Figure("embedded store: load and first answer", [loaded]),
        # Readers get them from what was answered beforehand; their number grows with the graph.
        Figure(f"all {len(catalogue)} saved questions, embedded engine", [*map(sum, times)]),
        Figure("a saved question, embedded engine", [each for run in times for each in run], 0.1),
    ]


async def _each(store: Store, catalogue: Catalogue) -> list[float]:
    found = []
    for query in catalogue:
        begun = time.perf_counter()
        await store.answer(QueryRequest(query.text), ACCEPT)
        found.append(time.perf_counter() - begun)
    return found


def _time(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


if __name__ == "__main__":
    main()
