"""Measures loading and writing of a user's own files beside the engine alone, in the same run.

Both are to reach the engine's rate less a third: they may take half as long again.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyoxigraph as ox

from c5graph.exports import write_export
from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources
from c5graph.store.contents import Contents
from c5graph.store.prepared import prepare
from tests.bench.__main__ import Figure

ALLOWED = 1.5
_SUBJECT = re.compile(rb"^<http://example\.org/(\d+)>", re.MULTILINE)
ENDINGS = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE}


def transfers(statements: int, runs: int) -> list[Figure]:
    """Seconds of processor time, so that a busy machine does not decide."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _written(folder, statements)
        loads = [_loaded(folder, path, runs) for path in files]
        writes = [_sent(files[0], ending, runs) for ending in ("nq", "nt")]
        return [figure for pair in loads + writes for figure in pair]


def _written(folder: Path, statements: int) -> list[Path]:
    plain = folder / "data.nt"
    with plain.open("w") as sink:
        for number in range(statements):
            thing, other = number // 5, number * 7919 % (statements // 5 + 1)
            name = (
                f'"thing {thing} of many"@en'
                if number % 5 == 4
                else f"<http://example.org/{other}>"
            )
            sink.write(
                f"<http://example.org/{thing}> <http://example.org/p{number % 5}> {name} .\n"
            )
    turtle = folder / "data.ttl"
    with turtle.open("wb") as target:
        ox.serialize(ox.parse(path=str(plain)), target, ox.RdfFormat.TURTLE)
    blank = folder / "blank.nt"
    blank.write_bytes(_SUBJECT.sub(rb"_:b\1", plain.read_bytes()))
    return [plain, turtle, blank]


def _loaded(folder: Path, path: Path, runs: int) -> tuple[Figure, Figure]:
    form = ENDINGS[path.suffix[1:]]

    def engine(run: int) -> None:
        store = ox.Store(str(folder / f"engine-{path.name}-{run}"))
        store.bulk_load(path=str(path), format=form)
        store.flush()
        store.optimize()

    def ours(run: int) -> None:
        target = folder / f"ours-{path.name}-{run}"
        prepare(Contents.of_files([path]), "0" * 64, target)

    return _compared(f"load {path.name}", engine, ours, runs)


def _sent(path: Path, ending: str, runs: int) -> tuple[Figure, Figure]:
    release = build_release(Sources.files([path]))
    store, form = release.store, ox.RdfFormat.from_extension(ending)
    assert form is not None
    target = path.with_name(f"sent.{ending}")
    graph = None if form.supports_datasets else ox.DefaultGraph()

    def engine(_: int) -> None:
        with target.open("wb") as sink:
            store.dump(sink, form, from_graph=graph)

    def ours(_: int) -> None:
        with target.open("wb") as sink:
            write_export(release, target.name, sink)

    return _compared(f"export .{ending}", engine, ours, runs)


def _compared(
    name: str, engine: Callable[[int], None], ours: Callable[[int], None], runs: int
) -> tuple[Figure, Figure]:
    alone, with_us = [], []
    for run in range(runs):
        alone.append(_time(engine, run))
        with_us.append(_time(ours, run))
    return (
        Figure(f"{name}, the engine alone, processor", alone),
        Figure(f"{name}, processor", with_us, median(alone) * ALLOWED),
    )


def _time(work: Callable[[int], None], run: int) -> float:
    begun = time.process_time()
    work(run)
    return time.process_time() - begun
