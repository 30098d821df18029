"""Sums of money over deals, with a low and a high end and the claims behind each.

Amounts of two currencies, and list prices and others, are never added. A deal counts once, however
many reports tell of it: the least that any position on its value says is its low end, the most its
high end. What must not be added is left out by name: a package, a whole whose parts are counted,
one of two deals of which the later continues or converts the other, an order of magnitude.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from c5graph.desk.amounts import plain
from c5graph.desk.deals import Deal
from c5graph.desk.positions import Position
from c5graph.desk.rules import Rules
from c5graph.edges import Teller
from c5graph.namespaces import VOC

Purse = tuple[str, str | None]
REASONS = {
    "package": "a package is never added to other deals; its parts are",
    "parts": "its parts are counted",
    "continued": "a later deal that continues or converts it is counted",
    "continues": "it continues or converts a deal that has come further and is counted",
    "magnitude": "only an order of magnitude is given",
}


@dataclass(frozen=True)
class Worth:
    """What one deal is worth in one purse: a currency, and a price basis that is summed apart."""

    deal: Deal
    low: Decimal
    high: Decimal
    open: bool
    low_claims: tuple[str, ...]
    high_claims: tuple[str, ...]

    def ends(self) -> dict[str, Any]:
        """Both ends as plain values."""
        return _ends(self.low, self.high, self.open)

    def behind(self) -> dict[str, Any]:
        """The claims behind each end."""
        return {"low_claims": list(self.low_claims), "high_claims": list(self.high_claims)}

    def as_dict(self, teller: Teller, lang: str) -> dict[str, Any]:
        """Plain values for JSON."""
        named = teller.named(self.deal.iri, lang).as_dict()
        return {"agreement": named, **self.ends(), **self.behind()}


@dataclass(frozen=True)
class LeftOut:
    """A deal that was not added, why, and the deal because of which."""

    deal: Deal
    reason: str
    because: str | None = None

    def as_dict(self, teller: Teller, lang: str) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "agreement": teller.named(self.deal.iri, lang).as_dict(),
            "reason": self.reason,
            "meaning": REASONS[self.reason],
            "because": teller.named(self.because, lang).as_dict() if self.because else None,
        }


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
    vague: dict[Purse, list[LeftOut]] = defaultdict(list)
    for deal in deals:
        for purse, positions in purses_of(deal, rules).items():
            worth = worth_of(deal, positions)
            if worth is None:
                vague[purse].append(LeftOut(deal, "magnitude"))
            else:
                purses[purse].append(worth)
    found = sorted({*purses, *vague}, key=lambda purse: (purse[0], purse[1] or ""))
    return [_total(purse, purses[purse], vague[purse], rules) for purse in found]


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


def _total(purse: Purse, worths: list[Worth], vague: list[LeftOut], rules: Rules) -> Total:
    out = {each.deal.iri: each for each in _doubles(worths, rules)}
    counted = tuple(each for each in worths if each.deal.iri not in out)
    left = tuple(sorted((*out.values(), *vague), key=lambda each: each.deal.iri))
    return Total(*purse, counted, left)


def _doubles(worths: list[Worth], rules: Rules) -> Iterator[LeftOut]:
    """The deals that would be counted twice."""
    by_iri = {each.deal.iri: each.deal for each in worths}
    yield from _wholes(by_iri)
    for deal in by_iri.values():
        for earlier in (by_iri[each] for each in deal.earlier if each in by_iri):
            if _reach(deal, rules) >= _reach(earlier, rules):
                yield LeftOut(earlier, "continued", deal.iri)
            else:
                yield LeftOut(deal, "continues", earlier.iri)


def _wholes(by_iri: dict[str, Deal]) -> Iterator[LeftOut]:
    packages = {iri for iri, deal in by_iri.items() if deal.package}
    yield from (LeftOut(by_iri[iri], "package") for iri in sorted(packages))
    for deal in by_iri.values():
        for whole in deal.wholes:
            if whole in by_iri and whole not in packages:
                yield LeftOut(by_iri[whole], "parts", deal.iri)


def _reach(deal: Deal, rules: Rules) -> int:
    """How far a deal has come, as a position on the scheme of stages."""
    return rules.stages.get(deal.present.status, 0) if deal.present else 0


def _ends(low: Decimal, high: Decimal, open_: bool) -> dict[str, Any]:
    return {"low": plain(low), "high": plain(high), "open": open_}
