"""Amounts, quantities and shares in the words of a language of the interface, from their content.

What is counted stands beside the figure as a name of its own, `до 14 (самолёты)`, since a label has
one form and languages ask a noun beside a number for many.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from babel.numbers import get_currency_name
from babel.units import format_unit

from c5graph.graph.index import Index
from c5graph.namespaces import C5, QUDT, UNIT, VOC
from c5graph.speech import figure, n_, said

_MANY: Final = 5  # after millions and the like a currency stands in the form for many
_MILLION: Final = 1_000_000
_BOUNDS: Final = {
    "at-least": n_("at least %(amount)s"),
    "more-than": n_("more than %(amount)s"),
    "up-to": n_("up to %(amount)s"),
    "about": n_("about %(amount)s"),
    "magnitude": n_("of the order of %(amount)s"),
}
_SPANS: Final = {"YR": "duration-year", "MO": "duration-month", "DAY": "duration-day"}
_SYMBOLS: Final = {
    "NUM": "%(number)s",
    "PERCENT": n_("%(number)s per cent"),
    "GigaW": n_("%(number)s gigawatts"),
    "KiloM": n_("%(number)s kilometres"),
    "KiloM2": n_("%(number)s square kilometres"),
    "KiloV": n_("%(number)s kilovolts"),
    "M": n_("%(number)s metres"),
    "M3": n_("%(number)s cubic metres"),
    "M3-PER-YR": n_("%(number)s cubic metres a year"),
    "MegaW": n_("%(number)s megawatts"),
    "TONNE": n_("%(number)s tonnes"),
    "TONNE-PER-YR": n_("%(number)s tonnes a year"),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What makes a value; `of` is the thing that is counted, or of which it is a share."""

    number: Decimal
    bound: str
    currency: str | None
    unit: str
    of: str | None


def content(index: Index, iri: str) -> Content | None:
    """What the value says; None where there is no number."""
    amount = index.value(iri, C5 + "amount")
    try:
        number = Decimal(amount or "")
    except InvalidOperation:
        return None
    return Content(
        number=number,
        bound=(index.value(iri, C5 + "bound") or "").removeprefix(VOC + "bound-"),
        currency=index.value(iri, C5 + "currency"),
        unit=(index.value(iri, QUDT + "hasUnit") or "").removeprefix(UNIT),
        of=index.value(iri, C5 + "countOf") or index.value(iri, C5 + "shareOf"),
    )


def worded(value: Content, of: str, lang: str) -> str:
    """The value in words of the language; `of` is the name of what is counted, if anything is."""
    money = value.currency
    amount = _money(value.number, money, lang) if money else _quantity(value, lang)
    bound = _BOUNDS.get(value.bound)
    told = said(bound, lang) % {"amount": amount} if bound else amount
    return f"{told} ({of})" if of else told


def _money(number: Decimal, currency: str, lang: str) -> str:
    count = _MANY if abs(number) >= _MILLION else number
    return f"{figure(number, lang)} {get_currency_name(currency, count=count, locale=lang)}"


def _quantity(value: Content, lang: str) -> str:
    span = _SPANS.get(value.unit)
    if span is not None:
        return format_unit(value.number, span, locale=lang)
    number = figure(value.number, lang)
    symbol = _SYMBOLS.get(value.unit)
    return said(symbol, lang) % {"number": number} if symbol else f"{number} {value.unit}"
