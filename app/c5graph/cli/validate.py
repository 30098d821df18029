"""`c5graph validate` and `c5graph check`: is the data in order, and if not, where and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from c5graph import resources
from c5graph.authoring.duplicates import near_duplicates
from c5graph.authoring.known import read_known
from c5graph.cli.console import err, out, show_fault
from c5graph.errors import Exit
from c5graph.graph.checks import hygiene
from c5graph.graph.problems import PARSE, Problem, ValidationReport, in_order
from c5graph.graph.remember import validated
from c5graph.graph.sources import JOINED, Sources
from c5graph.settings import Settings

Files = Annotated[
    list[Path] | None,
    typer.Argument(help="RDF files or folders of yours, joined to the shipped graph."),
]


def validate(
    files: Files = None,
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Validate again even if the result is remembered.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Parse, check and validate the shipped data, or files of yours together with it.

    Files of the checkout that you have changed are validated in seconds: with all that they
    speak of, and with what else looks different since the last whole validation.

    Exit code 0: conforms (warnings may be shown); 1: does not; 3: a file is missing
    or cannot be parsed.

    Example: c5graph validate my-claims.ttl
    """
    shipped, cache = Sources.shipped(), Settings.from_environment().cache_folder()
    ours = shipped.named(files or [])
    if ours:
        _finish_part(shipped, ours, None if fresh else cache, as_json=as_json)
    sources = shipped.joined(files or [])
    with err.status("Validating ..."):
        report = validated(sources, cache, fresh=fresh)
    _finish(report, as_json=as_json, own=_own(sources))


def _finish_part(
    shipped: Sources, files: frozenset[str], cache: Path | None, *, as_json: bool
) -> None:
    """Validate files of the shipped data themselves, and tell of what was not looked at."""
    from c5graph.graph.part import validate_part  # noqa: PLC0415 - rdflib and pySHACL take a while

    with err.status("Validating ..."):
        part = validate_part(shipped, files, resources.root(), cache)
    if part.alone:
        err.print("Other files were left out; `c5graph validate` looks at all, and later at less.")
    _finish(part.report, as_json=as_json, own=tuple(files))


def check(files: Files = None) -> None:
    """Run the hygiene checks of ontology/checks and the layout check, without the shapes.

    Entities with names so near that they may be one are pointed out as well.

    Exit code 0: nothing found (warnings may be shown); 1: something found.

    Example: c5graph check
    """
    sources = Sources.shipped().joined(files or [])
    started = perf_counter()
    problems = hygiene(sources, resources.root())
    if not any(problem.rule == PARSE for problem in problems):
        problems = in_order((*problems, *near_duplicates(read_known(sources.inputs))))
    spent = perf_counter() - started
    report = ValidationReport("", problems, files=len(sources.inputs), seconds=spent)
    _finish(report, as_json=False, own=_own(sources))


def _own(sources: Sources) -> tuple[str, ...]:
    return tuple(item.name for item in sources.inputs if item.graph == JOINED)


def _finish(report: ValidationReport, *, as_json: bool, own: tuple[str, ...]) -> None:
    if as_json:
        out.print_json(json.dumps(json.loads(report.to_json()), ensure_ascii=False))
    else:
        _show(report.problems, own)
        _summary(report)
    raise typer.Exit(_exit_code(report))


def _show(problems: Iterable[Problem], own: tuple[str, ...]) -> None:
    """A user's own problems first; warnings about ours are counted, not listed, beside them."""
    mine: list[Problem] = []
    rest: list[Problem] = []
    for problem in problems:
        (mine if problem.place.startswith(own) else rest).append(problem)
    listed = [each for each in rest if each.severity == "error" or not own]
    for problem in [*mine, *listed]:
        show_fault(problem.place, problem.message, problem.remedy, kind=problem.severity)
    if len(listed) < len(rest):
        left = len(rest) - len(listed)
        out.print(f"{left} warnings about the shipped data; `c5graph validate` lists them.")


def _exit_code(report: ValidationReport) -> Exit:
    if any(problem.rule == PARSE for problem in report.problems):
        return Exit.INPUT
    return Exit.OK if report.conforms else Exit.FINDINGS


def _summary(report: ValidationReport) -> None:
    verdict = "conforms" if report.conforms else "does not conform"
    warnings = len(report.problems) - len(report.errors)
    how = "remembered" if report.remembered else f"{report.seconds:.1f} s"
    found = f"{len(report.errors)} errors, {warnings} warnings"
    out.print(f"{report.files} files: {verdict}; {found} ({how}).")
