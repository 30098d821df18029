"""Whether files that are served as they are conform to the shapes that their owner asks for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from c5graph import resources
from c5graph.graph.checks import parse_problems
from c5graph.graph.places import Places
from c5graph.graph.problems import Problem, ValidationReport, in_order, read_report
from c5graph.graph.remember import SHAPES_REMEDY, insist, keep, memory_of, rules_digest
from c5graph.graph.shacl import Shapes
from c5graph.graph.sources import InputFile, Sources
from c5graph.graph.steps import Steps, Views
from c5graph.graph.validate import problem_of, statements_of
from c5graph.store.rdf import parse, text_of


def ensure_shaped(sources: Sources, cache: Path) -> ValidationReport:
    """What the shapes say of the files; raises NotConforming, which lists what is wrong.

    Raises ParseFailure for a file of shapes that is no RDF, and BadParameter where the files hold
    no shape that is aimed at anything, or one that SHACL cannot read.
    """
    return insist(shaped(sources, cache), SHAPES_REMEDY)


def shaped(sources: Sources, cache: Path) -> ValidationReport:
    """The validation of these files by these shapes: remembered where there is one."""
    path = memory_of(cache, digest := _digest(sources))
    known = read_report(path)
    if known is not None and known.digest == digest:
        return known
    made = _validated(sources, digest)
    keep(made, path)
    return made


def _validated(sources: Sources, digest: str) -> ValidationReport:
    started = time.perf_counter()
    everything = Sources((*sources.inputs, *sources.shapes))
    problems: list[Problem] = parse_problems(everything)
    statements = 0
    if not problems:
        # Of shapes that others write all is asked, since what they see has no known bounds.
        shapes = Shapes(item for item in sources.shapes if item.graph == "shapes")
        views = Views(statements_of(everything.inputs), Steps())
        lines = set(views.every_line())
        statements = len(lines)
        verdict = shapes.whole_verdict(lines, views.terms)
        places = Places(sources.inputs)
        found = [problem_of(each, places) for each in verdict.broken]
        problems = list(_placed(found, sources.inputs))
    return ValidationReport(
        digest=digest,
        problems=in_order(problems),
        statements=statements,
        files=len(sources.inputs),
        seconds=round(time.perf_counter() - started, 2),
    )


def _placed(problems: list[Problem], files: Sequence[InputFile]) -> Iterator[Problem]:
    """The problems, those without a line at least with the file that tells of the node."""
    lost = {each.focus for each in problems if not each.place}
    homes = {
        text_of(quad.subject): file.name
        for file in reversed(files if lost else ())
        for quad in parse(file.path)
        if text_of(quad.subject) in lost
    }
    return (replace(each, place=each.place or homes.get(each.focus, "")) for each in problems)


def _digest(sources: Sources) -> str:
    rules = rules_digest(Sources(sources.shapes), resources.root())
    return hashlib.sha256(f"{rules} {sources.digest}".encode()).hexdigest()
