"""A small picture of what a thing is joined with: itself in the middle, neighbours around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from c5graph.edges import Named
from c5graph.views.thing import Group, Statement

MOST = 14
WIDTH, HEIGHT = 640, 360
_FEW = 4
_LITTLE = 6
_LABEL = 26


@dataclass(frozen=True)
class Ray:
    """A neighbour: where it is drawn, how its label is set, and the relation that leads there."""

    other: Named
    relation: str
    label: str
    hedged: bool
    x: float
    y: float
    anchor: str


def star(groups: Iterable[Group], stands: Callable[[str], bool]) -> list[Ray]:
    """The weightiest neighbours, a few of each relation, so that no relation crowds out others.

    What `stands` by itself, as an actor or an agreement does, comes before figures and opinions,
    which are shown only where there would be little else.
    """
    ordered = [group for group in groups if group.statements[0].fact]
    told = [(group, said) for rank in range(_FEW) for group, said in _ranked(ordered, rank)]
    things = [each for each in told if stands(each[1].other.iri or "")]
    others = [each for each in told if each not in things]
    chosen = [*things, *(others if len(things) < _LITTLE else ())]
    found = {said.other.iri: (group, said) for group, said in reversed(chosen)}
    rays = list(reversed(found.values()))[:MOST]
    return [_ray(group, said, number, len(rays)) for number, (group, said) in enumerate(rays)]


def _ranked(groups: Iterable[Group], rank: int) -> Iterator[tuple[Group, Statement]]:
    for group in groups:
        if rank < len(group.statements):
            said = group.statements[rank]
            if said.other.iri and said.fact:
                yield group, said


def _ray(group: Group, said: Statement, number: int, total: int) -> Ray:
    angle = 2 * pi * (number + 0.5) / total - pi / 2
    x = WIDTH / 2 + cos(angle) * 170
    y = HEIGHT / 2 + sin(angle) * 140
    label = said.other.label
    short = label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"
    return Ray(
        other=said.other,
        relation=group.predicate.label,
        label=short,
        hedged=said.standing != "firm",
        x=round(x, 1),
        y=round(y, 1),
        anchor="middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end",
    )
