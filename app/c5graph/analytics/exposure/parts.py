"""Told shares of one whole: what they leave for others, and how concentrated they are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Final

from c5graph.analytics.exposure.ranges import Openness, Range, missing
from c5graph.speech import n_

_CORNERS: Final = 12
_SLACK: Final = 1e-9
REST_UNKNOWN: Final = n_("who has the rest is not told")


def limited(told: Mapping[str, Range]) -> dict[str, Range]:
    """The shares, none greater than what the least of all others leave.

    Shares that are more than the whole even at their least contradict each other and stay.
    """
    return {name: _limited(name, told) for name in told}


def _limited(name: str, told: Mapping[str, Range]) -> Range:
    mine = told[name]
    others = [each for key, each in told.items() if key != name]
    room = 1.0 - sum(each.low or 0.0 for each in others)
    if mine.high is None or mine.low is None or mine.high <= room or room < mine.low - _SLACK:
        return mine
    return replace(
        mine,
        high=max(room, mine.low),
        central=None if mine.central is None else min(mine.central, max(room, mine.low)),
        high_claims=mine.high_claims.union(*(each.low_claims for each in others)),
    )


def rest(told: Mapping[str, Range]) -> Range:
    """What the told shares leave of the whole."""
    known = list(told.values())
    if not known or any(each.low is None or each.high is None for each in known):
        return missing(REST_UNKNOWN)
    centrals = [each.central for each in known]
    central = None if None in centrals else 1.0 - sum(each for each in centrals if each is not None)
    openness = Openness()
    for each in known:
        openness |= each.openness
    return Range(
        low=_clip(1.0 - sum(each.high or 0.0 for each in known)),
        central=None if central is None else _clip(central),
        high=_clip(1.0 - sum(each.low or 0.0 for each in known)),
        low_claims=frozenset().union(*(each.high_claims for each in known)),
        central_claims=frozenset().union(*(each.central_claims for each in known)),
        high_claims=frozenset().union(*(each.low_claims for each in known)),
        openness=openness,
    )


def concentration(told: Mapping[str, Range]) -> Range:
    """The Herfindahl-Hirschman index Σ share² over what the told shares and the rest may be.

    Least and central with the rest spread over many, greatest with the rest in one hand.
    """
    left = rest(told)
    known = list(told.values())
    if left.high is None:
        return missing(REST_UNKNOWN)
    lows = [each.low or 0.0 for each in known]
    highs = [each.high or 0.0 for each in known]
    claims = frozenset().union(*(each.claims for each in known))
    centrals = [each.central for each in known if each.central is not None]
    central = sum(each**2 for each in centrals) if len(centrals) == len(known) else None
    unknown = frozenset({REST_UNKNOWN}) if left.high > _SLACK else frozenset()
    return Range(
        low=sum(each**2 for each in lows),
        central=central,
        high=min(_greatest(lows, highs), 1.0),
        low_claims=frozenset().union(*(each.low_claims for each in known)),
        central_claims=frozenset().union(*(each.central_claims for each in known)),
        high_claims=claims,
        openness=left.openness | Openness(unknown=unknown),
    )


def _greatest(lows: list[float], highs: list[float]) -> float:
    """Some at their greatest, one between, the others at their least, the rest in one hand."""
    order = sorted(range(len(lows)), key=lambda n: lows[n] - highs[n])[:_CORNERS]
    best = 0.0
    for count in range(len(order) + 1):
        for chosen in combinations(order, count):
            taken = [highs[n] if n in chosen else lows[n] for n in range(len(lows))]
            free = 1.0 - sum(taken)
            if free < -_SLACK:
                continue
            best = max(best, sum(each**2 for each in taken) + max(free, 0.0) ** 2)
            for n in set(order) - set(chosen):
                more = min(free, highs[n] - lows[n])
                filled = [each + (more if m == n else 0.0) for m, each in enumerate(taken)]
                best = max(best, sum(e**2 for e in filled) + max(free - more, 0.0) ** 2)
    return best or sum(each**2 for each in highs)


def _clip(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def after_loss(share: Range, lost: Range) -> Range:
    """A share of what is left when another part of the whole has gone: share / (1 - lost)."""

    def divided(mine: float | None, gone: float | None) -> float | None:
        if mine is None or gone is None:
            return None
        return _clip(mine / (1.0 - gone)) if gone < 1.0 - _SLACK else None

    return Range(
        low=divided(share.low, lost.low),
        central=divided(share.central, lost.central),
        high=divided(share.high, lost.high),
        low_claims=share.low_claims | lost.low_claims,
        central_claims=share.central_claims | lost.central_claims,
        high_claims=share.high_claims | lost.high_claims,
        openness=share.openness | lost.openness,
    )
