"""Exposure as it is measured: whose part of what flows, is owed or is made, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from c5graph.analytics.exposure import parts as shares_of_a_whole
from c5graph.analytics.exposure.estimates import Estimate, estimate, quotient, together
from c5graph.analytics.exposure.indicators import FIGURES, SHARE, Indicator, Indicators, Period
from c5graph.analytics.exposure.ranges import Range, missing
from c5graph.desk.positions import Position, by_amount
from c5graph.graph.claims import Claim

_HUNDRED: Final = Decimal(100)
WHOLE_NOT_TOLD: Final = "the whole is not told"
Sizes = dict[tuple[str, ...], list[Estimate]]


@dataclass(frozen=True)
class Part:
    """One partner's part: how much it is, by unit, and its share of the whole."""

    partner: str
    indicator: str
    sizes: dict[tuple[str, ...], Range]
    share: Range


@dataclass(frozen=True)
class Block:
    """The parts of one whole in one period; no `whole` where only parts are told.

    `adds_up` says whether they are parts of one thing, so that the rest and the concentration
    mean something; shares of another quantity (remittances of GDP) do not.
    """

    kind: str
    whole: str | None
    counts: str | None
    period: Period
    parts: tuple[Part, ...]
    adds_up: bool

    @property
    def told(self) -> dict[str, Range]:
        """Shares that somebody tells, or that follow, by their indicator."""
        return {each.indicator: each.share for each in self.parts if each.share.low is not None}

    @property
    def rest(self) -> Range:
        """What the told shares leave."""
        return shares_of_a_whole.rest(self.told) if self.adds_up else missing(WHOLE_NOT_TOLD)

    @property
    def concentration(self) -> Range:
        """Herfindahl-Hirschman index of the shares."""
        if not self.adds_up:
            return missing(WHOLE_NOT_TOLD)
        return shares_of_a_whole.concentration(self.told)


class Measured:
    """The blocks of one view."""

    def __init__(self, indicators: Indicators) -> None:
        self._indicators = indicators
        self._telling = indicators.telling

    def blocks(self, subject: str) -> list[Block]:
        """What is measured of a subject by partner, the latest period first."""
        used: set[tuple[str, Period]] = set()
        found: list[Block] = []
        for whole in self._indicators.wholes(subject):
            for block in self._of_whole(whole):
                found.append(block)
                used |= {(part.indicator, block.period) for part in block.parts}
        found += self._without_whole(subject, used)
        return sorted(found, key=_order)

    def _of_whole(self, whole: Indicator) -> Iterator[Block]:
        parts = self._indicators.parts(whole)
        for period in sorted(self._periods(parts, whole)):
            told = [each for each in (self._part(p, whole, period) for p in parts) if each]
            shared = [each for each in told if each.share.low is not None]
            if not shared:
                continue
            adds_up = all(whole.takes(part) for part in parts if _is_in(part, shared))
            limits = shares_of_a_whole.limited({each.indicator: each.share for each in shared})
            fitted = tuple(
                Part(e.partner, e.indicator, e.sizes, limits[e.indicator] if adds_up else e.share)
                for e in shared
            )
            yield Block(whole.kind, whole.iri, whole.counts, period, fitted, adds_up)

    def _periods(self, parts: Iterable[Indicator], whole: Indicator) -> set[Period]:
        found = {period for part in parts for period in self._claims(part.iri)}
        return found | {
            period
            for part in parts
            for period, claims in self._indicators.claims(part.iri, (SHARE,)).items()
            if self._shares(claims, whole.iri)
        }

    def _part(self, part: Indicator, whole: Indicator, period: Period) -> Part | None:
        partner = self._indicators.partner(part, whole)
        if partner is None:
            return None
        claims = self._indicators.claims(part.iri, (SHARE,)).get(period, [])
        mine, all_of_it = self._sizes(part.iri, period), self._sizes(whole.iri, period)
        share = together(self._shares(claims, whole.iri), list(_quotients(mine, all_of_it)))
        if share.low is not None and share.high is None:  # more than all it cannot be
            share = replace(share, high=max(1.0, share.low), high_claims=share.low_claims)
        sizes = {unit: together(estimates) for unit, estimates in mine.items()}
        return Part(partner, part.iri, sizes, share)

    def _shares(self, claims: Iterable[Claim], whole: str) -> list[Estimate]:
        return [
            each
            for unit, positions in by_amount(self._telling, _affirmed(claims)).items()
            if unit[-1] == whole
            for each in self._estimates(positions, _HUNDRED)
        ]

    def _sizes(self, indicator: str, period: Period) -> Sizes:
        found = by_amount(self._telling, _affirmed(self._claims(indicator).get(period, [])))
        made = {unit: self._estimates(positions) for unit, positions in found.items()}
        return {unit: estimates for unit, estimates in made.items() if estimates}

    def _estimates(
        self, positions: Iterable[Position], scale: Decimal = Decimal(1)
    ) -> list[Estimate]:
        """Those of as many independent origins as the lens asks for."""
        found = (estimate(self._telling, each, scale) for each in positions)
        return [each for each in found if each.origins >= self._telling.lens.min_origins]

    def _claims(self, indicator: str) -> dict[Period, list[Claim]]:
        return self._indicators.claims(indicator, FIGURES)

    def _without_whole(self, subject: str, used: set[tuple[str, Period]]) -> Iterator[Block]:
        """Flows at the subject whose whole nobody tells: how much they are, and no shares."""
        groups: dict[tuple[str, str | None, bool, Period], list[Part]] = {}
        for flow in self._indicators.flows(subject):
            others = flow.ends - {subject}
            partner = next(iter(others)) if len(others) == 1 else flow.source
            outward = flow.source == subject
            for period in self._claims(flow.iri):
                sizes = {u: together(e) for u, e in self._sizes(flow.iri, period).items()}
                if partner is not None and sizes and (flow.iri, period) not in used:
                    part = Part(partner, flow.iri, sizes, missing(WHOLE_NOT_TOLD))
                    groups.setdefault((flow.kind, flow.counts, outward, period), []).append(part)
        for (kind, counts, _, period), parts in groups.items():
            yield Block(kind, None, counts, period, tuple(parts), adds_up=False)


def _quotients(mine: Sizes, all_of_it: Sizes) -> Iterator[Estimate]:
    for unit, estimates in mine.items():
        for part in estimates:
            for whole in all_of_it.get(unit, ()):
                found = quotient(part, whole)
                if found is not None:
                    yield found


def _affirmed(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if not claim.negative]


def _is_in(part: Indicator, told: Iterable[Part]) -> bool:
    return any(each.indicator == part.iri for each in told)


def _order(block: Block) -> tuple[Any, ...]:
    until = block.period[-1] if block.period else ""
    newest = tuple(-ord(sign) for sign in until)
    return (not block.period, newest, block.kind, block.whole or "", block.counts or "")
