"""A small picture of what a thing is joined with: itself in the middle, neighbours around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin

from c5graph.edges import Named
from c5graph.views.thing import Group, Statement

MOST = 14
WIDTH, HEIGHT = 640, 360
_FEW = 4
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


def star(groups: Iterable[Group]) -> list[Ray]:
    """The weightiest neighbours, a few of each relation, so that no relation crowds out others."""
    found: dict[str, tuple[Group, Statement]] = {}
    ordered = [group for group in groups if group.statements[0].fact]
    for rank in range(_FEW):
        for group in ordered:
            if rank < len(group.statements) and len(found) < MOST:
                said = group.statements[rank]
                if said.other.iri and said.fact:
                    found.setdefault(said.other.iri, (group, said))
    rays = list(found.values())
    return [_ray(group, said, number, len(rays)) for number, (group, said) in enumerate(rays)]


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
