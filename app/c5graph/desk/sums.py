"""Sums of money over deals, with a low and a high end and the claims behind each.

Amounts of two currencies, and list prices and others, are never added. A deal counts once, however
many reports tell of it: the least that any position on its value says is its low end, the most its
high end, in one currency only. A deal with parts that are counted adds what they leave of it. What
must not be added is left out by name: a package, a loan for a purchase that is counted, one of two
deals of which the later continues or converts the other, an order of magnitude, and a deal of which
nothing told leads to Central Asia.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from c5graph.desk.amounts import plain
from c5graph.desk.deals import Deal
from c5graph.desk.doubles import LeftOut, doubles
from c5graph.desk.positions import Position
from c5graph.desk.rules import Rules
from c5graph.edges import Teller
from c5graph.namespaces import VOC

Purse = tuple[str, str | None]
DOLLAR = "USD"


@dataclass(frozen=True)
class Worth:
    """What one deal is worth in one purse: a currency, and a price basis that is summed apart.

    Where `parts` of the deal are counted beside it, its ends are what they leave of it.
    """

    deal: Deal
    low: Decimal
    high: Decimal
    open: bool
    low_claims: tuple[str, ...]
    high_claims: tuple[str, ...]
    parts: tuple[str, ...] = ()

    def ends(self) -> dict[str, Any]:
        """Both ends as plain values."""
        return _ends(self.low, self.high, self.open)

    def behind(self) -> dict[str, Any]:
        """The claims behind each end."""
        return {"low_claims": list(self.low_claims), "high_claims": list(self.high_claims)}

    def as_dict(self, teller: Teller, lang: str) -> dict[str, Any]:
        """Plain values for JSON."""
        named = teller.named(self.deal.iri, lang).as_dict()
        parts = [teller.named(each, lang).as_dict() for each in self.parts]
        return {"agreement": named, **self.ends(), **self.behind(), "parts": parts}


@dataclass(frozen=True)
class Total:
    """The sum of one purse; `open` says that some amount in it has no limit above."""

    currency: str
    basis: str | None
    counted: tuple[Worth, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def low(self) -> Decimal:
        """What the deals add up to at least, by what is told."""
        return sum((each.low for each in self.counted), Decimal(0))

    @property
    def high(self) -> Decimal:
        """What the deals add up to at most, by the figures told."""
        return sum((each.high for each in self.counted), Decimal(0))

    @property
    def open(self) -> bool:
        """Whether the true sum may lie above the high end."""
        return any(each.open for each in self.counted)

    def within(self, deals: Container[str]) -> Total | None:
        """The part of the sum that some deals make; None where it says nothing of them."""
        counted = tuple(each for each in self.counted if each.deal.iri in deals)
        left = tuple(each for each in self.left_out if each.deal.iri in deals)
        return replace(self, counted=counted, left_out=left) if counted or left else None

    def as_dict(self, teller: Teller, lang: str) -> dict[str, Any]:
        """Plain values for JSON: the ends, and every deal that was added or left out."""
        return {
            "currency": self.currency,
            "basis": basis_name(self.basis),
            **_ends(self.low, self.high, self.open),
            "agreements": len(self.counted),
            "counted": [each.as_dict(teller, lang) for each in self.counted],
            "left_out": [each.as_dict(teller, lang) for each in self.left_out],
        }


def basis_name(basis: str | None) -> str | None:
    """Name of a price basis that is summed apart; None for all others together."""
    return None if basis is None else basis.removeprefix(VOC + "price-")


def totals(deals: Iterable[Deal], rules: Rules) -> list[Total]:
    """The sum of each purse over the deals, in the order of the purses."""
    purses: dict[Purse, list[Worth]] = defaultdict(list)
    left: dict[Purse, list[LeftOut]] = defaultdict(list)
    for deal in deals:
        worths = {purse: worth_of(deal, some) for purse, some in purses_of(deal, rules).items()}
        chosen = set(_counted_in(purse for purse, worth in worths.items() if worth))
        for purse, worth in worths.items():
            if not deal.concerned:
                left[purse].append(LeftOut(deal, "elsewhere"))
            elif worth is None:
                left[purse].append(LeftOut(deal, "magnitude"))
            elif purse not in chosen:
                left[purse].append(LeftOut(deal, "converted"))
            else:
                purses[purse].append(worth)
    found = sorted({*purses, *left}, key=lambda purse: (purse[0], purse[1] or ""))
    return [_total(purse, purses[purse], left[purse], rules) for purse in found]


def _counted_in(purses: Iterable[Purse]) -> Iterable[Purse]:
    """On each basis the one currency in which a deal is counted: the dollar if it is told in it."""
    ordered = sorted(purses, key=lambda purse: (purse[0] != DOLLAR, purse[0]))
    first = {basis: currency for currency, basis in reversed(ordered)}
    return ((currency, basis) for basis, currency in first.items())


def purses_of(deal: Deal, rules: Rules) -> dict[Purse, list[Position]]:
    """Positions on the value of a deal by currency, those on a basis that is summed apart alone."""
    found: dict[Purse, list[Position]] = defaultdict(list)
    for positions in deal.values.values():
        for each in positions:
            currency = each.amounts[0].currency
            if currency is not None and not each.negative:
                found[currency, each.basis if each.basis in rules.apart else None].append(each)
    return dict(found)


def worth_of(deal: Deal, positions: Iterable[Position]) -> Worth | None:
    """The ends of what positions say, and the claims behind each; None if none can be added."""
    known = [each for each in positions if each.low is not None and each.high is not None]
    if not known:
        return None
    low, high = min(map(_low, known)), max(map(_high, known))
    return Worth(
        deal=deal,
        low=low,
        high=high,
        open=any(each.is_open and _high(each) == high for each in known),
        low_claims=_claims(each for each in known if _low(each) == low),
        high_claims=_claims(each for each in known if _high(each) == high),
    )


def _low(position: Position) -> Decimal:
    assert position.low is not None
    return position.low


def _high(position: Position) -> Decimal:
    assert position.high is not None
    return position.high


def _claims(positions: Iterable[Position]) -> tuple[str, ...]:
    return tuple(sorted({claim.iri for each in positions for claim in each.claims}))


def _total(purse: Purse, worths: list[Worth], left: list[LeftOut], rules: Rules) -> Total:
    by_iri = {each.deal.iri: each.deal for each in worths}
    out = {each.deal.iri: each for each in doubles(by_iri, rules)}
    beyond = _beyond_parts(each for each in worths if each.deal.iri not in out)
    counted = tuple(each for each in beyond if not isinstance(each, LeftOut))
    spent = (each for each in beyond if isinstance(each, LeftOut))
    every = sorted((*out.values(), *spent, *left), key=lambda each: each.deal.iri)
    return Total(*purse, counted, tuple(every))


def _beyond_parts(worths: Iterable[Worth]) -> list[Worth | LeftOut]:
    """What each deal adds to those of its parts that are counted beside it, in order of IRIs."""
    counted: dict[str, Worth] = {}
    found: dict[str, Worth | LeftOut] = {}
    # A part of a part is part of the whole as well, so that parts have more wholes.
    for worth in sorted(worths, key=lambda each: (-len(each.deal.wholes), each.deal.iri)):
        whole = worth.deal.iri
        rest = _rest(worth, [each for each in counted.values() if whole in each.deal.wholes])
        found[whole] = rest
        if not isinstance(rest, LeftOut):
            counted[whole] = rest
    return [found[iri] for iri in sorted(found)]


def _rest(worth: Worth, parts: Sequence[Worth]) -> Worth | LeftOut:
    if not parts:
        return worth
    high = worth.high - sum(each.high for each in parts)
    low = worth.low - sum(each.low for each in parts)
    iris = tuple(sorted(each.deal.iri for each in parts))
    if high <= 0:
        return LeftOut(worth.deal, "parts", iris[0])
    return replace(worth, low=min(high, max(low, Decimal(0))), high=high, parts=iris)


def _ends(low: Decimal, high: Decimal, open_: bool) -> dict[str, Any]:
    return {"low": plain(low), "high": plain(high), "open": open_}
