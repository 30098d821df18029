"""Measures analytics: every one on the shipped graph, and two on a network of a million edges.

`python -m tests.bench.analytics [--runs N] [--edges M] [--statements S]` prints a line a figure
with its target and exits with 1 when a target is missed. The large network is projected from
generated facts by one of the project's own projections, and computed as the service does: in a
process of its own whose memory is capped.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from c5graph.analyst import Analyst
from c5graph.analytics.analytics import Analytics, Prepared
from c5graph.analytics.ask import parse_ask
from c5graph.analytics.measures import MEASURES
from c5graph.analytics.projections import Projections, rows_of
from c5graph.analytics.skeleton import Skeleton
from c5graph.graph.claims import Firmness
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release, Views, build_release
from c5graph.graph.sources import Sources
from c5graph.namespaces import C5, FACT, ID, LENS, RDF, graph_iri
from c5graph.store.rdf import NamedNode, Quad, Store
from tests.bench.__main__ import Figure, say
from tests.bench.transfer import transfers

GIB = 1024**3
LIMIT, MEMORY = 60.0, 4 * GIB
GROUPS, MEMBERS, INSIDE = 400, 500, 0.8
NEEDED: dict[str, dict[str, list[str]]] = {
    "routes": {"from": ["kazakhstan"], "to": ["boeing"]},
    "change": {"against": ["knownAt=2025-11-07"]},
    "brokers": {
        "sources": ["Company@united-states"],
        "targets": ["State@central-asian-states"],
    },
}
STATES = ("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan")


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--statements", type=int, default=500_000, help="to load and to write")
    chosen = parser.parse_args()
    figures = asyncio.run(_measured(chosen.runs, chosen.edges, chosen.statements))
    sys.exit(0 if all(figure.reached for figure in figures) else 1)


async def _measured(runs: int, edges: int, statements: int) -> list[Figure]:
    # It may take longer than the target, so that a miss is a figure too.
    analyst = Analyst(10 * LIMIT, MEMORY)
    try:
        release = build_release(Sources.shipped())
        say(f"{len(release.record.claims)} claims, {len(release.facts)} facts")
        figures = _said(await _shipped(release, analyst, runs))
        figures += _said(transfers(statements, runs) if statements else [])
        return figures + _said(await _large(release, analyst, edges) if edges else [])
    finally:
        await analyst.close()


def _said(figures: list[Figure]) -> list[Figure]:
    for figure in figures:
        say(figure.line())
    return figures


async def _shipped(release: Release, analyst: Analyst, runs: int) -> list[Figure]:
    """Each analytic of the shipped graph, from the ask to the answer told."""
    analytics = Analytics(release, Views(release, 4).get)
    first = time.perf_counter()
    for projection in analytics.projections:
        analytics.networks(Lens()).get(projection.name, frozenset(Firmness))
    figures = [Figure("once a data version: all projections", [time.perf_counter() - first])]
    begun = time.perf_counter()
    await _analysed(analytics, analyst, "degree", -1)
    figures.append(Figure("once a process: the first measure", [time.perf_counter() - begun]))
    for name in MEASURES:
        seconds = [await _timed(_analysed, analytics, analyst, name, run) for run in range(runs)]
        figures.append(Figure(f"{name} of deals", seconds, 1.0))
    for state in STATES:
        took = [_exposed(analytics, state) for _ in range(runs)]
        figures.append(Figure(f"exposure of {state}", took, 1.0))
    every = [statistics.median(figure.seconds) for figure in figures[2:]]
    return [*figures, Figure("any analytic of the shipped graph", every, 1.0)]


def _exposed(analytics: Analytics, state: str) -> float:
    begun = time.perf_counter()
    analytics.exposure({"entity": [state]}, "en")
    return time.perf_counter() - begun


async def _analysed(analytics: Analytics, analyst: Analyst, name: str, run: int) -> None:
    ask = parse_ask(MEASURES[name], NEEDED.get(name, {}), _record(analytics), "en")
    prepared = analytics.prepare(ask)
    if MEASURES[name].compute is None:
        outcome = analytics.computed(prepared)
    else:
        found = await analyst.within(analyst.begin(f"{name} {run}", prepared), LIMIT)
        assert found is not None
        outcome = found
    analytics.told(prepared, outcome)


def _record(analytics: Analytics) -> Any:
    return analytics._release.record


async def _timed(work: Callable[..., Awaitable[Any]], *arguments: object) -> float:
    begun = time.perf_counter()
    await work(*arguments)
    return time.perf_counter() - begun


async def _large(release: Release, analyst: Analyst, edges: int) -> list[Figure]:
    """PageRank and communities of a projection of so many edges."""
    projection = Projections().get("influence")
    begun = time.perf_counter()
    store = Store()
    store.bulk_extend(_facts(edges))
    loaded, spent = time.perf_counter(), time.process_time()
    rows = rows_of(projection, store)
    del store
    skeleton = Skeleton.of(((row.source, row.target, 1.0) for row in rows), directed=True)
    projected = time.perf_counter()
    say(f"{len(skeleton.nodes):,} nodes, {len(skeleton.edges):,} edges")
    say(f"projecting has had {time.process_time() - spent:.1f} s of a processor")
    figures = [
        Figure(f"{edges:,} facts loaded", [loaded - begun]),
        Figure("projected", [projected - loaded]),
    ]
    for name in ("pagerank", "communities"):
        found = await _of_large(release, analyst, name, skeleton)
        both = found.seconds[0] + projected - loaded
        figures += [found, Figure(f"{name}, projecting included", [both], LIMIT)]
    return figures


async def _of_large(release: Release, analyst: Analyst, name: str, skeleton: Skeleton) -> Figure:
    analytics = Analytics(release, release.view_under)
    ask = parse_ask(MEASURES[name], {"projection": ["influence"]}, release.record, "en")
    prepared: Prepared = analytics.prepare(ask)
    vars(prepared.network)["skeleton"] = skeleton
    begun = time.perf_counter()
    order = analyst.begin(f"large {name}", prepared)
    watch = asyncio.create_task(_peak(analyst))
    outcome = await analyst.within(order, 10 * LIMIT)
    seconds = time.perf_counter() - begun
    spent = _processor(analyst)
    watch.cancel()
    assert outcome is not None
    say(f"{name}: {outcome.summary}, at most {PEAK[0] / GIB:.2f} GiB of {MEMORY / GIB:.0f}")
    say(f"{name}: the process has had {spent:.1f} s of a processor")
    return Figure(f"{name} of {len(skeleton.edges):,} edges", [seconds], LIMIT)


def _processor(analyst: Analyst) -> float:
    """Seconds that the process has had since it began, whatever else the machine did."""
    process = analyst._process
    stat = Path(f"/proc/{process.pid}/stat") if process is not None else None
    if stat is None or not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


PEAK = [0]


async def _peak(analyst: Analyst) -> None:
    """The most memory that the process has held, as the kernel tells."""
    PEAK[0] = 0
    while True:
        process = analyst._process
        if process is not None:
            status = Path(f"/proc/{process.pid}/status")
            lines = status.read_text().splitlines() if status.exists() else []
            held = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")]
            PEAK[0] = max(PEAK[0], *held, 0)
        await asyncio.sleep(0.2)


def _facts(edges: int) -> Iterator[Quad]:
    """Derived facts with groups that influence each other more inside than outside."""
    chance = random.Random(1)
    graph = NamedNode(graph_iri("derivations"))
    subject, predicate, target = (
        NamedNode(RDF + name) for name in ("subject", "predicate", "object")
    )
    influences, firm = NamedNode(C5 + "influences"), NamedNode(Firmness.FIRM.iri)
    firmness, holds = NamedNode(C5 + "firmness"), NamedNode(C5 + "holdsUnder")
    mark = NamedNode(LENS + "every-modality")
    for number, (one, other) in enumerate(_pairs(chance, edges)):
        fact = NamedNode(f"{FACT}{number:016x}")
        yield Quad(fact, subject, NamedNode(f"{ID}node-{one}"), graph)
        yield Quad(fact, predicate, influences, graph)
        yield Quad(fact, target, NamedNode(f"{ID}node-{other}"), graph)
        yield Quad(fact, firmness, firm, graph)
        yield Quad(fact, holds, mark, graph)


def _pairs(chance: random.Random, edges: int) -> Iterator[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    while len(seen) < edges:
        group = chance.randrange(GROUPS) * MEMBERS
        one = group + int(chance.paretovariate(1.2)) % MEMBERS
        inside = chance.random() < INSIDE
        other = group + chance.randrange(MEMBERS) if inside else chance.randrange(GROUPS * MEMBERS)
        if one != other and (one, other) not in seen:
            seen.add((one, other))
            yield one, other


if __name__ == "__main__":
    main()
