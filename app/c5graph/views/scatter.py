"""A timeline as a picture: a mark for each moment, stacked where many fall together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from c5graph.views.timeline import Clock, Moment

WIDTH = 1000
_LEFT, _RIGHT, _STEP, _FLOOR = 20, 20, 9, 26
_MOST_HIGH = 22
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
    """The marks, where years or months begin, and how many moments lie outside of the picture."""

    height: int
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    first: date
    last: date
    earlier: int
    later: int


def scatter(moments: Sequence[Moment], clock: Clock) -> Scatter | None:
    """The picture of the years in which nearly all of it lies; None where there is nothing."""
    days = sorted(day for each in moments if (day := each.on(clock)))
    if not days:
        return None
    first, last = _core(days)
    ticks = _ticks(first, last)
    start, end = min(first, ticks[0][0]), max(last, ticks[-1][0])
    span = max((end - start).days, 1)

    def at(day: date) -> float:
        return round(_LEFT + (day - start).days / span * (WIDTH - _LEFT - _RIGHT), 1)

    columns: Counter[int] = Counter()
    placed = []
    for number, each in enumerate(moments):
        day = each.on(clock)
        if day is None or not first <= day <= last:
            continue
        column = round(at(day) / _STEP)
        placed.append((number, each, column * _STEP, min(columns[column], _MOST_HIGH)))
        columns[column] += 1
    high = max(level for *_, level in placed) + 1
    height = high * _STEP + _FLOOR + 12
    marks = tuple(
        Mark(
            number,
            x,
            height - _FLOOR - 6 - level * _STEP,
            each.kind,
            each.hedged,
            f"{each.on(clock)}: {each.thing.label} – {each.what}",
        )
        for number, each, x, level in placed
    )
    return Scatter(
        height,
        marks,
        tuple((at(day), text) for day, text in ticks),
        first,
        last,
        sum(day < first for day in days),
        sum(day > last for day in days),
    )


def _core(days: Sequence[date]) -> tuple[date, date]:
    """The shortest time with nearly all of the days, where the rest would make it far longer."""
    kept = len(days) - int(len(days) * _STRAY)
    first, last = min(zip(days, days[kept - 1 :], strict=False), key=lambda ends: ends[1] - ends[0])
    whole = days[-1] - days[0]
    return (first, last) if last - first < whole * _FAR else (days[0], days[-1])


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Years; or months where all lies within two years. Not more than fit."""
    if (last - first).days > 730:
        step = max(1, (last.year - first.year) // 12)
        years = range(first.year, last.year + 2, step)
        return [(date(year, 1, 1), str(year)) for year in years]
    months = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    after = [month for month in months if month > last][:1] or [date(last.year + 1, 1, 1)]
    within = [a for a, b in pairwise([*months, *after]) if b > first and a <= last]
    step = max(1, len(within) // 12)
    return [(day, f"{day:%Y-%m}") for day in [*within[::step], *after]]
