"""A timeline as a picture: a mark for each moment, stacked where many fall together.

A picture is made for a width; where a stack would be too high, all stacks are pressed together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from c5graph.views.timeline import Clock, Moment

WIDTH, NARROW = 1000, 380
_LEFT, _RIGHT, _STEP, _FLOOR = 20, 20, 9, 26
_TICK = 76  # room for the words of a tick
_MOST_HIGH = 30
_STRAY, _FAR = 0.08, 0.6


@dataclass(frozen=True)
class Mark:
    """A moment's place."""

    number: int
    x: float
    y: float
    kind: str
    hedged: bool
    title: str


@dataclass(frozen=True)
class Scatter:
    """The marks, the periods, and how many moments lie outside of the picture.

    A period has the place where it begins and its first and last year or month; `end` is where
    the last of them ends.
    """

    width: int
    height: int
    marks: tuple[Mark, ...]
    periods: tuple[tuple[float, str, str], ...]
    end: float
    first: date
    last: date
    earlier: int
    later: int


def scatters(moments: Sequence[Moment], clock: Clock) -> list[Scatter]:
    """The picture for a wide page and for a narrow one; none where there is nothing."""
    made = (scatter(moments, clock, width) for width in (WIDTH, NARROW))
    return [each for each in made if each is not None]


def scatter(moments: Sequence[Moment], clock: Clock, width: int = WIDTH) -> Scatter | None:
    """The picture of the years in which nearly all of it lies; None where there is nothing."""
    days = sorted(day for each in moments if (day := each.on(clock)))
    if not days:
        return None
    first, last = _core(days)
    ticks = _ticks(first, last, (width - _LEFT - _RIGHT) // _TICK)
    start, end = min(first, ticks[0][0]), max(last, ticks[-1][0])
    span = max((end - start).days, 1)

    def at(day: date) -> float:
        return round(_LEFT + (day - start).days / span * (width - _LEFT - _RIGHT), 1)

    within = [
        (number, each, at(day))
        for number, each in enumerate(moments)
        if (day := each.on(clock)) and first <= day <= last
    ]
    height, marks = _stacked(within, clock)
    return Scatter(
        width,
        height,
        marks,
        tuple((at(day), text, _before(ends, text)) for (day, text), (ends, _) in pairwise(ticks)),
        at(ticks[-1][0]),
        first,
        last,
        sum(day < first for day in days),
        sum(day > last for day in days),
    )


def _stacked(
    within: Sequence[tuple[int, Moment, float]], clock: Clock
) -> tuple[int, tuple[Mark, ...]]:
    """The marks, one over the other where they fall together, and the height of them all."""
    columns: Counter[int] = Counter()
    placed = []
    for number, each, x in within:
        column = round(x / _STEP)
        placed.append((number, each, column * _STEP, columns[column]))
        columns[column] += 1
    most = max(columns.values())
    step = _STEP * min(1.0, _MOST_HIGH / most)
    height = round(most * step) + _FLOOR + 12
    marks = (
        Mark(
            number,
            x,
            round(height - _FLOOR - 6 - level * step, 1),
            each.kind,
            each.hedged,
            f"{each.on(clock)}: {each.thing.label} – {each.what}",
        )
        for number, each, x, level in placed
    )
    return height, tuple(marks)


def _core(days: Sequence[date]) -> tuple[date, date]:
    """The shortest time with nearly all of the days, where the rest would make it far longer."""
    kept = len(days) - int(len(days) * _STRAY)
    first, last = min(zip(days, days[kept - 1 :], strict=False), key=lambda ends: ends[1] - ends[0])
    whole = days[-1] - days[0]
    return (first, last) if last - first < whole * _FAR else (days[0], days[-1])


def _before(day: date, like: str) -> str:
    """The year or month before a day, written like another."""
    return (day - timedelta(days=1)).isoformat()[: len(like)]


def _ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Years; or months where all lies within two years. Not more than fit."""
    if (last - first).days > 730:
        step = -(-(last.year - first.year + 1) // most)
        years = range(first.year, last.year + 1 + step, step)
        return [(date(year, 1, 1), str(year)) for year in years]
    months = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    after = [month for month in months if month > last][:1] or [date(last.year + 1, 1, 1)]
    within = [a for a, b in pairwise([*months, *after]) if b > first and a <= last]
    step = -(-len(within) // most)
    return [(day, f"{day:%Y-%m}") for day in [*within[::step], *after]]
