"""Figures as ranges: a low, a central and a high end, each with the claims behind it. Pure.

A central end that nobody tells is None: missing, never zero. What keeps a range open is named:
claims that disagree (`disputed`), that tell of plans or hopes (`hedged`), whose figures are not
exact (`inexact`), and what is not known at all (`unknown`, in words).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

Claims = frozenset[str]
NOBODY: Claims = frozenset()
_VERTICES: Final = 12


@dataclass(frozen=True)
class Openness:
    """Why a range is open."""

    disputed: Claims = NOBODY
    hedged: Claims = NOBODY
    inexact: Claims = NOBODY
    unknown: frozenset[str] = frozenset()

    def __or__(self, other: Openness) -> Openness:
        return Openness(
            self.disputed | other.disputed,
            self.hedged | other.hedged,
            self.inexact | other.inexact,
            self.unknown | other.unknown,
        )

    def as_dict(self) -> dict[str, list[str]]:
        """Plain values for JSON."""
        return {
            name: sorted(getattr(self, name))
            for name in ("disputed", "hedged", "inexact", "unknown")
        }


@dataclass(frozen=True)
class Range:
    """Low, central and high, and the claims that give each."""

    low: float | None
    central: float | None
    high: float | None
    low_claims: Claims = NOBODY
    central_claims: Claims = NOBODY
    high_claims: Claims = NOBODY
    openness: Openness = field(default_factory=Openness)

    @property
    def is_closed(self) -> bool:
        """Whether all three ends are told and the same."""
        return self.low is not None and self.low == self.central == self.high

    @property
    def claims(self) -> Claims:
        """Every claim behind it."""
        return self.low_claims | self.central_claims | self.high_claims

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; each end opens to its claims."""
        return {
            "low": self.low,
            "central": self.central,
            "high": self.high,
            "claims": {
                "low": sorted(self.low_claims),
                "central": sorted(self.central_claims),
                "high": sorted(self.high_claims),
            },
            "open_by": self.openness.as_dict(),
        }


def missing(reason: str, high: float | None = None, claims: Claims = NOBODY) -> Range:
    """What nobody tells; others' shares may still leave it a ceiling."""
    return Range(
        None, None, high, high_claims=claims, openness=Openness(unknown=frozenset({reason}))
    )


@dataclass(frozen=True)
class Weight:
    """What one partner weighs: surely, by what usually counts, and at most; with the claims."""

    sure: float
    usual: float
    most: float
    sure_claims: Claims = NOBODY
    usual_claims: Claims = NOBODY
    most_claims: Claims = NOBODY
    openness: Openness = field(default_factory=Openness)


NOTHING: Final = Weight(0.0, 0.0, 0.0)


def shares(weights: Mapping[str, Weight], anybodys: Weight = NOTHING) -> dict[str, Range]:
    """The share of each partner in the sum of all.

    A share is least when the partner weighs what is sure and all others the most, and greatest
    the other way round. `anybodys` is weight of which nobody tells whose it is: it may be any
    partner's. Where nothing weighs at all, every share is missing.
    """
    return {name: _share(name, weights, anybodys) for name in weights}


def _share(name: str, weights: Mapping[str, Weight], anybodys: Weight) -> Range:
    mine = weights[name]
    others = [each for key, each in weights.items() if key != name]
    low = _part(mine.sure, sum(each.most for each in others) + anybodys.most)
    high = _part(mine.most + anybodys.most, sum(each.sure for each in others))
    central = _part(mine.usual, sum(each.usual for each in others) + anybodys.usual)
    if low is None and high is None:
        return missing("nothing is told")
    every = [*others, anybodys]
    return Range(
        low=low,
        central=central,
        high=high,
        low_claims=mine.sure_claims.union(*(each.most_claims for each in every)),
        central_claims=mine.usual_claims.union(*(each.usual_claims for each in every)),
        high_claims=(mine.most_claims | anybodys.most_claims).union(
            *(each.sure_claims for each in others)
        ),
        openness=_together([mine, *every]),
    )


def _together(weights: Iterable[Weight]) -> Openness:
    found = Openness()
    for each in weights:
        found |= each.openness
    return found


def _part(mine: float, others: float) -> float | None:
    return mine / (mine + others) if mine + others > 0 else None


def concentration(weights: Mapping[str, Weight], anybodys: Weight = NOTHING) -> Range:
    """The Herfindahl-Hirschman index Σ share² of weights, over everything that may be.

    Least where all weights are as alike as their ranges allow; greatest at some corner of them.
    """
    known = [each for each in weights.values() if each.most > 0]
    total = sum(each.usual for each in known) + anybodys.usual
    if not known or sum(each.most for each in known) + anybodys.most == 0:
        return missing("nothing is told")
    # Weight that is nobody's yet may be one more partner's or be spread over many.
    boxes = [(each.sure, each.most) for each in known]
    low, high = _least(boxes, anybodys), _greatest(boxes, anybodys)
    claims = anybodys.most_claims.union(*(each.most_claims for each in known))
    central = sum(each.usual**2 for each in known) / total**2 if total else None
    usual = anybodys.usual_claims.union(*(each.usual_claims for each in known))
    high = max(high, central or 0.0)
    return Range(low, central, high, claims, usual, claims, _together([*known, anybodys]))


def _index(weights: Sequence[float], spread: float = 0.0) -> float:
    total = sum(weights) + spread
    return sum(each**2 for each in weights) / total**2 if total else 0.0


def _least(boxes: Sequence[tuple[float, float]], anybodys: Weight) -> float:
    """Every weight as near to one level as its box allows; the level is found by bisection."""

    def at(level: float) -> list[float]:
        return [min(max(level, low), high) for low, high in boxes]

    def over(level: float) -> bool:
        weights = at(level)
        total = sum(weights) + anybodys.most
        return total > 0 and level > sum(each**2 for each in weights) / total

    bottom, top = 0.0, max(high for _, high in boxes)
    for _ in range(100):
        middle = (bottom + top) / 2
        bottom, top = (bottom, middle) if over(middle) else (middle, top)
    ends = [_index(at(level), anybodys.most) for level in (bottom, top)]
    return min(end for end in ends if end > 0) if any(ends) else 0.0


def _greatest(boxes: Sequence[tuple[float, float]], anybodys: Weight) -> float:
    """The greatest index at a corner of the boxes; the largest of them where there are many."""
    fixed = [low for low, high in boxes if low == high]
    free = sorted((box for box in boxes if box[0] < box[1]), key=lambda box: -box[1])
    wide, narrow = free[:_VERTICES], free[_VERTICES:]
    fixed += [low for low, _ in narrow]  # beyond so many, small ones at their least
    best = 0.0
    for count in range(len(wide) + 1):
        for chosen in combinations(range(len(wide)), count):
            some = [high if n in chosen else low for n, (low, high) in enumerate(wide)]
            best = max(best, *_with_anybodys([*fixed, *some], anybodys.most))
    return best


def _with_anybodys(weights: list[float], more: float) -> list[float]:
    """The index when what is nobody's belongs to the largest partner, or is not there."""
    top = max(weights, default=0.0)
    rest = list(weights)
    if rest:
        rest.remove(top)
    return [_index(weights), _index([*rest, top + more])]
