"""Validation: files parse, terms are defined, checks return nothing, shapes conform.

`validate` looks at everything, and `part.py` at what an author has just changed. What the shapes
say of a node is remembered, when they are told where.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from c5graph import resources
from c5graph.graph.checks import hygiene, parse_problems
from c5graph.graph.jury import judge, seen_from
from c5graph.graph.kept import Kept
from c5graph.graph.places import Place, Places
from c5graph.graph.problems import Problem, ValidationReport, in_order
from c5graph.graph.release import build_release
from c5graph.graph.remember import rules_digest, validation_digest
from c5graph.graph.shacl import Broken, Shapes, Verdict
from c5graph.graph.sources import InputFile, Sources
from c5graph.graph.steps import Steps, Views
from c5graph.namespaces import shorten
from c5graph.store.rdf import Quad, parse


def validate(
    sources: Sources, root: Path | None = None, cache: Path | None = None
) -> ValidationReport:
    """Check everything now; `cache` is a folder with what was said of nodes before."""
    base = root or resources.root()
    started = time.perf_counter()
    failures = parse_problems(sources)
    quads = [] if failures else build_release(sources).quads
    problems = [*(failures or hygiene(sources, base, quads))]
    if sources.ours and not failures:
        kept = Kept(cache and memory(sources, base, cache))
        problems += shape_problems(sources.inputs, Places(sources.inputs), kept)
    return ValidationReport(
        digest=validation_digest(sources, base),
        problems=in_order(problems),
        statements=len(quads),
        files=len(sources.inputs),
        seconds=round(time.perf_counter() - started, 2),
    )


def memory(sources: Sources, root: Path, cache: Path) -> Path:
    """The file with what the shapes, as they are now, have said of nodes."""
    return cache / f"nodes-{rules_digest(sources, root)[:32]}.json"


def shape_problems(
    inputs: Iterable[InputFile], places: Places, kept: Kept | None = None
) -> list[Problem]:
    """What the shapes among the inputs say about the other inputs."""
    files = list(inputs)
    shapes = Shapes(item for item in files if item.graph == "shapes")
    if not shapes:
        return []
    views = Views(statements_of(files), shapes.steps or Steps())
    if kept is None or shapes.steps is None:
        found = shapes.verdict(views.every_line(), views.terms).broken
    else:
        found = remembering(shapes, views, kept)
    return [problem_of(each, places) for each in found]


def broken_shapes(inputs: Iterable[InputFile], statements: Iterable[Quad]) -> Verdict:
    """What the shapes among the inputs say of the subjects of further statements alone."""
    files = list(inputs)
    shapes = Shapes(item for item in files if item.graph == "shapes")
    views = Views(statements_of(files), shapes.steps or Steps())
    return broken_by(shapes, views, list(statements))


def broken_by(shapes: Shapes, views: Views, added: Sequence[Quad]) -> Verdict:
    """The same with shapes that were read and views that the statements are added to."""
    views.add(added)
    asked = frozenset(str(quad.subject) for quad in added)
    lines = views.every_line() if shapes.steps is None else seen_from(views, asked)
    return shapes.verdict(lines, views.terms, asked)


def remembering(
    shapes: Shapes, views: Views, kept: Kept, among: frozenset[str] | None = None
) -> list[Broken]:
    """What nodes break: as it was said of their views before, else anew.

    Where only nodes `among` those given are looked at, nothing is remembered.
    """
    digests = {node: views.digest(node) for node in {*views.nodes, *shapes.named}}
    new = (node for node, digest in digests.items() if digest not in kept)
    asked = frozenset(node for node in new if among is None or node in among)
    told = [each for digest in digests.values() if digest in kept for each in kept[digest]]
    if not asked:
        return told
    verdict = judge(shapes, views, asked)
    if among is None and verdict.whole:
        said: dict[str, list[Broken]] = {node: [] for node in asked}
        for each in verdict.broken:
            said[_key(each.focus)].append(each)
        kept.add({digests[node]: tuple(said[node]) for node in asked})
        kept.store(digests[node] for node in digests if not node.startswith("_:"))
    return told + verdict.broken


def _key(focus: str) -> str:
    return focus if focus.startswith("_:") else f"<{focus}>"


def statements_of(files: Iterable[InputFile]) -> Iterable[Quad]:
    """What all files but those of shapes say."""
    return (quad for item in files if item.graph != "shapes" for quad in parse(item.path))


def problem_of(broken: Broken, places: Places) -> Problem:
    """The problem in words, with its place."""
    blank = broken.focus.startswith("_:")
    name = "a blank node" if blank else shorten(broken.focus)
    rule = shorten(broken.shape)
    return Problem(
        f"{name}: {_told(broken)}",
        f"The rule is {rule}; change the statement until it holds.",
        str(_place(broken, places) or ""),
        rule,
        "" if blank else broken.focus,
        "warning" if broken.soft else "error",
    )


def _place(broken: Broken, places: Places) -> Place | None:
    if broken.focus.startswith("_:"):
        return places.of_blank(broken.terms)
    return (places.of if broken.soft else places.of_fault)(broken.focus, broken.path)


def _told(broken: Broken) -> str:
    """The shape's own sentence, with the path and the value where they say more."""
    where = f" At {shorten(broken.path)}" if broken.path else ""
    if not broken.value:
        return f"{broken.message}{where}." if where else broken.message
    return f"{broken.message}{where or ' At the value'}: {shorten(broken.value)}."
