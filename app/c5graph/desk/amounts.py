"""Amounts by their content: number, unit, bound and basis, and the range that these allow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from c5graph.desk.rules import Factors, Rules
from c5graph.graph.index import Index
from c5graph.namespaces import C5, QUDT, VOC

_UNKNOWN = Factors()


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as a claim states it. Amounts of one `unit` can be compared and added.

    `least` and `most` bound the figure that is meant (no `most`: no limit above); `low` and
    `high` are what it adds to the ends of a sum (None: it cannot be added).
    """

    iri: str
    number: Decimal
    unit: tuple[str, ...]
    bound: str
    basis: str | None
    least: Decimal
    most: Decimal | None
    low: Decimal | None
    high: Decimal | None

    @property
    def currency(self) -> str | None:
        """Code of the currency; None where no money is counted."""
        return self.unit[1] if self.unit[0] == "currency" else None

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two amounts the same."""
        return self.number, self.unit, self.bound, self.basis

    @property
    def is_open(self) -> bool:
        """Whether there is no limit above."""
        return self.most is None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; numbers as they are written, without loss."""
        return {
            "amount": plain(self.number),
            "bound": self.bound.removeprefix(VOC + "bound-"),
            "currency": self.currency,
            "basis": None if self.basis is None else self.basis.removeprefix(VOC + "price-"),
            "least": plain(self.least),
            "most": None if self.most is None else plain(self.most),
        }


def plain(number: Decimal) -> int | float:
    """A number for JSON: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def read_amount(index: Index, iri: str, rules: Rules) -> Amount | None:
    """The amount that a value states; None for anything else."""
    text = index.value(iri, C5 + "amount")
    unit = _unit(index, iri)
    if text is None or unit is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    bound = index.value(iri, C5 + "bound") or VOC + "bound-exact"
    factors = rules.factors.get(bound, _UNKNOWN)
    return Amount(
        iri=iri,
        number=number,
        unit=unit,
        bound=bound,
        basis=index.value(iri, C5 + "priceBasis"),
        least=number * factors.least,
        most=_times(number, factors.most),
        low=_times(number, factors.low),
        high=_times(number, factors.high),
    )


def _times(number: Decimal, factor: Decimal | None) -> Decimal | None:
    return None if factor is None else number * factor


def _unit(index: Index, iri: str) -> tuple[str, ...] | None:
    """What is counted: a currency, or a unit with the kind of thing or the whole it is of."""
    currency = index.value(iri, C5 + "currency")
    if currency is not None:
        return "currency", currency
    unit = index.value(iri, QUDT + "hasUnit")
    if unit is None:
        return None
    of = index.value(iri, C5 + "countOf") or index.value(iri, C5 + "shareOf") or ""
    return "unit", unit, of
