"""A small picture of what a thing is joined with: itself in the middle, neighbours around it.

Where there is little width the same neighbours stand one below the other instead, as a fan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import atan2, cos, degrees, pi, sin

from c5graph.edges import Named
from c5graph.views.thing import Group, Statement

MOST = 14
WIDTH, HEIGHT = 640, 360
ROW = 34
_FEW = 4
_LITTLE = 6
_LABEL = 26
_ALONG = 0.62


@dataclass(frozen=True)
class Ray:
    """A neighbour: where it is drawn, how its label is set, and the relation that leads there.

    `until` is when the relation ended or is to end, `along` where on the ray that is written and
    by how many degrees it is turned; `row` is its height in the fan. What is firm of a deal that
    is not signed is hedged as well.
    """

    other: Named
    relation: str
    label: str
    hedged: bool
    until: str | None
    x: float
    y: float
    anchor: str
    along: tuple[float, float, float]
    row: int


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
    return Ray(
        other=said.other,
        relation=group.predicate.label,
        label=_short(said.other.label),
        hedged=said.standing != "firm" or said.binding is False,
        until=said.until,
        x=round(x, 1),
        y=round(y, 1),
        anchor="middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end",
        along=_along(x, y),
        row=number * ROW + ROW // 2,
    )


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"


def _along(x: float, y: float) -> tuple[float, float, float]:
    """A spot on the ray and its slope in degrees, so that words on it stand the right way up."""
    middle = (WIDTH / 2, HEIGHT / 2)
    across, down = x - middle[0], y - middle[1]
    slope = degrees(atan2(down, across) if across >= 0 else atan2(-down, -across))
    spot = middle[0] + across * _ALONG, middle[1] + down * _ALONG
    return round(spot[0], 1), round(spot[1], 1), round(slope, 1)
