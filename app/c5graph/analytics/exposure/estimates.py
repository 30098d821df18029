"""What claims say of one figure, taken together as a range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

from c5graph.analytics.exposure.indicators import is_measured
from c5graph.analytics.exposure.ranges import Claims, Openness, Range, missing
from c5graph.desk.positions import Position
from c5graph.desk.telling import Telling
from c5graph.namespaces import VOC
from c5graph.speech import n_

_EXACT: Final = VOC + "bound-exact"
NOT_TOLD: Final = "no report tells it"
NO_LIMIT: Final = n_("no report says how much at most")


@dataclass(frozen=True)
class Estimate:
    """One way to the figure: the least and the most that it can be, and by whose claims."""

    least: float
    most: float | None
    usual: float
    claims: Claims
    origins: int
    measured: bool
    exact: bool
    preferred: bool = False


def estimate(telling: Telling, position: Position, scale: Decimal = Decimal(1)) -> Estimate:
    """The estimate that a position makes, in units of the scale."""
    numbers = [amount.number for amount in position.amounts]
    usual = sum(numbers, Decimal(0)) / len(numbers)
    most = position.most
    return Estimate(
        least=float(position.least / scale),
        most=None if most is None else float(most / scale),
        usual=float(usual / scale),
        claims=frozenset(claim.iri for claim in position.claims),
        origins=len(telling.origins(position.claims)),
        measured=is_measured(position.claims),
        exact=all(amount.bound == _EXACT for amount in position.amounts),
        preferred=any(claim.rank == "preferred" for claim in position.claims),
    )


def quotient(part: Estimate, whole: Estimate) -> Estimate | None:
    """The share that two amounts make; None of nothing."""
    if whole.usual <= 0 or whole.least <= 0:
        return None
    most = None if part.most is None else part.most / whole.least
    return Estimate(
        least=part.least / whole.most if whole.most else 0.0,
        most=None if most is None else min(most, 1.0),
        usual=part.usual / whole.usual,
        claims=part.claims | whole.claims,
        origins=min(part.origins, whole.origins),
        measured=part.measured and whole.measured,
        exact=part.exact and whole.exact,
    )


def together(direct: Sequence[Estimate], worked_out: Sequence[Estimate] = ()) -> Range:
    """The range of all estimates of one figure.

    The central end is what is measured and told by most origins, what a source tells outright
    before what is worked out from amounts; where some tell as often as others, their median.
    """
    every = [*direct, *worked_out]
    if not every:
        return missing(NOT_TOLD)
    low = min(every, key=lambda each: each.least)
    high = max(every, key=lambda each: float("inf") if each.most is None else each.most)
    middle = _central(direct) or _central(worked_out)
    unknown = frozenset({NO_LIMIT}) if high.most is None else frozenset()
    return Range(
        low=low.least,
        central=None if not middle else median(each.usual for each in middle),
        high=high.most,
        low_claims=low.claims,
        central_claims=frozenset().union(*(each.claims for each in middle)),
        high_claims=high.claims,
        openness=Openness(
            disputed=_disputed(every),
            hedged=_claims(each for each in every if not each.measured),
            inexact=_claims(each for each in every if not each.exact),
            unknown=unknown,
        ),
    )


def _central(estimates: Sequence[Estimate]) -> list[Estimate]:
    measured = [each for each in estimates if each.measured]
    best = [each for each in measured if each.preferred] or measured
    most = max((each.origins for each in best), default=0)
    return [each for each in best if each.origins == most]


def _disputed(estimates: Sequence[Estimate]) -> Claims:
    """The claims of measured estimates that are not the same."""
    measured = [each for each in estimates if each.measured]
    if len({(each.least, each.most) for each in measured}) < 2:
        return frozenset()
    return _claims(measured)


def _claims(estimates: Iterable[Estimate]) -> Claims:
    return frozenset().union(*(each.claims for each in estimates))
