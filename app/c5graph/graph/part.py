"""Validation of what an author has just changed, in seconds.

The files are looked at with everything they speak of. Their layout is checked, what the shapes
see from their nodes, and every check that needs no derived facts. Of other nodes those are looked
at again whose view has changed since a whole validation; without one before, they are left out,
and the result says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from c5graph.errors import ParseFailure
from c5graph.graph.checks import file_problems, parse_problems, run_quick_checks
from c5graph.graph.kept import Kept
from c5graph.graph.places import Places
from c5graph.graph.problems import Problem, ValidationReport, in_order
from c5graph.graph.shacl import Shapes
from c5graph.graph.sources import InputFile, Sources
from c5graph.graph.steps import Steps, Views
from c5graph.graph.validate import memory, problem_of, remembering
from c5graph.namespaces import graph_iri
from c5graph.store.rdf import Quad, parse


@dataclass(frozen=True)
class Part:
    """The result for some files; `alone` when nothing was known of the other nodes before."""

    report: ValidationReport
    alone: bool


def validate_part(sources: Sources, files: frozenset[str], root: Path, cache: Path | None) -> Part:
    """Check the named input files and what else has changed; `cache` as in `validate`."""
    started = time.perf_counter()
    kept = Kept(cache and memory(sources, root, cache))
    alone = not kept
    try:
        read = {item.name: list(_read(item)) for item in sources.inputs}
    except ParseFailure:
        problems = parse_problems(sources)
    else:
        problems = _problems(sources, read, files, kept, root)
    report = ValidationReport(
        digest="",
        problems=in_order(problems),
        files=len(files),
        seconds=round(time.perf_counter() - started, 2),
    )
    return Part(report, alone)


def _problems(
    sources: Sources, read: dict[str, list[Quad]], files: frozenset[str], kept: Kept, root: Path
) -> list[Problem]:
    places = Places(sources.inputs)
    shape_files = [item for item in sources.inputs if item.graph == "shapes"]
    judged = {item.name for item in sources.inputs} - {item.name for item in shape_files}
    quads = [quad for name in judged for quad in read[name]]
    found = file_problems(item for item in sources.inputs if item.name in files)
    found += run_quick_checks(root / "ontology" / "checks", quads, places)
    shapes = Shapes(shape_files)
    if shapes.steps is not None:
        among = frozenset(str(quad.subject) for name in files & judged for quad in read[name])
        views = Views(quads, shapes.steps)
        broken = remembering(shapes, views, kept, None if kept else among)
    else:
        views = Views(quads, Steps())
        broken = shapes.verdict(views.every_line(), views.terms).broken
    return [
        each
        for each in (*found, *(problem_of(each, places) for each in broken))
        if each.severity == "error" or each.place.rpartition(":")[0] in files
    ]


def _read(item: InputFile) -> Iterable[Quad]:
    return parse(item.path, graph_iri(item.graph) if item.graph else None)
