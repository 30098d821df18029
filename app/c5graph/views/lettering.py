"""Where names stand on a map: none over another, none over a mark, what has no room left out.

A picture is drawn once and shown at any width, so names are set for three heights of letters and
the page shows those that fit its width. What is left out has its name in the table, and in the
picture when it is enlarged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from c5graph.edges import Named

LETTERS: Final = {"wide": 12.0, "middle": 19.0, "small": 29.0}
"""Heights of letters in units of the picture, by how much room the page has."""

_WIDTH, _BOLD, _HEIGHT = 0.6, 0.7, 1.15  # of a letter, as shares of its height
_CAPITALS: Final = 1.35  # as wide as a usual letter, where a name has nothing else: США, USA
_NEAR: Final = 3.0
Spot = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Wanted:
    """A name that should stand at a spot: beside its mark of a radius, or around its middle."""

    thing: Named
    kind: str
    at: Spot
    radius: float = 0.0


@dataclass(frozen=True)
class Name:
    """A name that has room, with the left end, middle or right end of its base line."""

    thing: Named
    kind: str
    at: Spot
    x: float
    y: float
    anchor: str
    box: Box


def lettered(
    wanted: Sequence[Wanted], marks: Iterable[Box], size: tuple[int, int]
) -> dict[str, tuple[Name, ...]]:
    """The names that have room, for each height of letters; earlier ones come first."""
    taken = list(marks)
    return {name: tuple(_placed(wanted, taken, size, high)) for name, high in LETTERS.items()}


def around(at: Spot, radius: float) -> Box:
    """The room that a round mark takes."""
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _placed(
    wanted: Sequence[Wanted], marks: Sequence[Box], size: tuple[int, int], high: float
) -> Iterator[Name]:
    taken = list(marks)
    named = set()
    for each in wanted:
        if each.thing.iri in named:
            continue
        free = (
            name
            for name in _choices(each, high, size)
            if _within(name.box, size) and not any(overlap(name.box, other) for other in taken)
        )
        found = next(free, None)
        if found is not None:
            named.add(each.thing.iri)
            taken.append(found.box)
            yield found


def _choices(wanted: Wanted, high: float, size: tuple[int, int]) -> Iterator[Name]:
    letter = (_WIDTH if wanted.radius else _BOLD) * high
    label = wanted.thing.label
    long = len(label) * letter * (_CAPITALS if label.isupper() else 1)
    words = (long, high)
    x, y = wanted.at
    if wanted.radius:
        reach, low = wanted.radius + _NEAR, y + 0.35 * high
        yield _name(wanted, (x + reach, low), "start", words)
        yield _name(wanted, (x - reach, low), "end", words)
        yield _name(wanted, (x, y - reach), "middle", words)
        yield _name(wanted, (x, y + reach + 0.85 * high), "middle", words)
        return
    middle = min(max(x, long / 2 + _NEAR), size[0] - long / 2 - _NEAR)
    for step in (0.0, -1.3, 1.3, -2.6, 2.6, -3.9, 3.9):
        yield _name(wanted, (middle, y + step * high + 0.35 * high), "middle", words)


def _name(wanted: Wanted, at: Spot, anchor: str, size: Spot) -> Name:
    (x, y), (long, high) = at, size
    left = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
    top = y - 0.9 * high
    box = (left, top, left + long, top + _HEIGHT * high)
    return Name(wanted.thing, wanted.kind, wanted.at, round(x, 1), round(y, 1), anchor, box)


def _within(box: Box, size: tuple[int, int]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
