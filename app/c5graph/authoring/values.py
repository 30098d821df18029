"""Values made from their content: `USD 3200000000 up-to`, `QTY 14 aircraft`, `SHARE 25 of X`.

Equal content gives the same name, so that all claims that mean an amount share it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from c5graph.authoring.document import Statement
from c5graph.authoring.known import Known
from c5graph.authoring.terms import CellFault, nearest, text_term
from c5graph.namespaces import C5, expand

_FORM = re.compile(r"(QTY|SHARE|[A-Z]{3})\s+(\S+)((?:\s+\S+)*)")
_AMOUNT = re.compile(r"\d{1,20}(?:\.\d{1,10})?")
_UNIT = re.compile(r"unit:[A-Za-z0-9_-]+")
_CURRENCIES = {
    "USD": "US dollars",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "RUB": "Russian roubles",
    "CNY": "yuan",
    "KZT": "tenge",
    "KGS": "Kyrgyz soms",
    "TJS": "somoni",
    "TMT": "manats",
    "UZS": "Uzbek sums",
    "JPY": "yen",
    "INR": "Indian rupees",
    "TRY": "Turkish liras",
    "AZN": "Azerbaijani manats",
}
_UNITS = {
    "KiloM": "kilometres",
    "KiloM2": "square kilometres",
    "M": "metres",
    "M2": "square metres",
    "M3": "cubic metres",
    "M3-PER-YR": "cubic metres a year",
    "HA": "hectares",
    "TONNE": "tonnes",
    "TONNE-PER-YR": "tonnes a year",
    "KiloGM": "kilograms",
    "YR": "years",
    "MO": "months",
    "WK": "weeks",
    "DAY": "days",
    "HR": "hours",
    "GigaW": "gigawatts",
    "MegaW": "megawatts",
    "KiloV": "kilovolts",
    "KiloW-HR": "kilowatt hours",
    "GigaW-HR": "gigawatt hours",
    "TeraW-HR": "terawatt hours",
    "BBL": "barrels",
    "PERCENT": "per cent",
}
_WORDS = {
    "exact": "",
    "at-least": "at least ",
    "more-than": "more than ",
    "up-to": "up to ",
    "about": "about ",
    "magnitude": "of the order of ",
}


@dataclass
class _Content:
    """The parts of one value while it is read."""

    amount: Decimal
    words: list[str]
    bound: str = ""
    basis: str = ""
    whole: str = ""


def value_of(text: str, known: Known) -> Statement | None:
    """The block of the value; None when the text has not the form of one. Raises CellFault."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    content = _Content(_amount(found[2]), found[3].split())
    if found[1] == "QTY":
        return _quantity(content, known)
    return _share(content, known) if found[1] == "SHARE" else _money(found[1], content, known)


def _amount(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise CellFault(
            f"{text[:40]!r} is no amount.",
            "Write figures with a point and nothing between them, such as 3200000000 or 24.8.",
        )
    return Decimal(text)


def _money(currency: str, content: _Content, known: Known) -> Statement:
    _qualifiers(content, known, basis=True)
    slug = [currency.lower(), _figures(content.amount), content.bound]
    if content.basis != "not-stated":
        slug.append(content.basis)
    name = _CURRENCIES.get(currency, currency)
    pairs = (
        ("a", ("c5:MoneyAmount",)),
        ("rdfs:label", (text_term(_label(content, f"{content.amount:,f} {name}")),)),
        ("c5:amount", (_decimal(content.amount),)),
        ("c5:currency", (text_term(currency, None),)),
        ("c5:bound", (f"voc:bound-{content.bound}",)),
        ("c5:priceBasis", (f"voc:price-{content.basis}",)),
    )
    return Statement("id:" + "-".join(slug), pairs)


def _quantity(content: _Content, known: Known) -> Statement:
    if not content.words:
        raise CellFault("QTY does not say of what.", "Write QTY 14 aircraft or QTY 380 unit:KiloM.")
    counted = content.words.pop(0)
    unit = counted if _UNIT.fullmatch(counted) else "unit:NUM"
    _qualifiers(content, known, whole=unit is counted)
    of = content.whole if unit is counted else known.thing(counted)
    name = unit.removeprefix("unit:").lower().replace("_", "-") if unit is counted else ""
    slug = ["quantity", _figures(content.amount), name or of.removeprefix("id:")]
    slug += ["of", of.removeprefix("id:")] if name and of else []
    pairs = [
        ("a", ("c5:Quantity",)),
        ("rdfs:label", (text_term(_measured(content, unit, of, known)),)),
        ("c5:amount", (_decimal(content.amount),)),
        ("qudt:hasUnit", (unit,)),
    ]
    pairs += [("c5:countOf", (of,))] if of else []
    pairs += [("c5:bound", (f"voc:bound-{content.bound}",))]
    return Statement("id:" + "-".join([*slug, content.bound]), tuple(pairs))


def _share(content: _Content, known: Known) -> Statement:
    _qualifiers(content, known, whole=True)
    slug = ["share", _figures(content.amount)]
    label = _label(content, f"{_plain(content.amount)} per cent")
    pairs = [("a", ("c5:Share",)), ("c5:amount", (_decimal(content.amount),))]
    pairs += [("qudt:hasUnit", ("unit:PERCENT",))]
    if content.whole:
        known.property("shareOf")
        slug += ["of", content.whole.removeprefix("id:")]
        label += " of " + _name(content.whole, known)
        pairs += [("c5:shareOf", (content.whole,))]
    pairs += [("c5:bound", (f"voc:bound-{content.bound}",))]
    pairs.insert(1, ("rdfs:label", (text_term(label),)))
    return Statement("id:" + "-".join([*slug, content.bound]), tuple(pairs))


def _qualifiers(
    content: _Content, known: Known, *, basis: bool = False, whole: bool = False
) -> None:
    """Read the words behind the amount: bound, price basis, `of` a whole."""
    bounds = {name.removeprefix("bound-") for name in known.scheme("bound")}
    bases = {name.removeprefix("price-") for name in known.scheme("price-basis")}
    words = iter(content.words)
    for word in words:
        if word in bounds and not content.bound:
            content.bound = word
        elif basis and word in bases and not content.basis:
            content.basis = word
        elif whole and word == "of" and not content.whole:
            content.whole = known.thing(next(words, ""))
        else:
            usual = f"It may say {', '.join(sorted(bounds | (bases if basis else set())))}."
            raise CellFault(f"{word[:40]!r} says nothing here.", nearest(word, bounds) or usual)
    content.bound = content.bound or "exact"
    content.basis = content.basis or "not-stated"


def _measured(content: _Content, unit: str, of: str, known: Known) -> str:
    name = unit.removeprefix("unit:")
    words = [] if name == "NUM" else [_UNITS.get(name, name)]
    if of:
        words += (["of"] if words else []) + [_name(of, known)]
    return _label(content, f"{_plain(content.amount)} {' '.join(words)}")


def _name(curie: str, known: Known) -> str:
    return known.label(expand(curie) or C5).removesuffix(", as a thing counted")


def _label(content: _Content, figure: str) -> str:
    price = "" if content.basis in ("", "not-stated") else f" ({_price(content.basis)})"
    return _WORDS.get(content.bound, content.bound.replace("-", " ") + " ") + figure + price


def _price(basis: str) -> str:
    kind, _, year = basis.partition("-")
    return f"{kind} prices of {year}" if year else f"{kind} price"


def _plain(amount: Decimal) -> str:
    return f"{amount:,f}" if amount >= 10_000 else f"{amount:f}"


def _figures(amount: Decimal) -> str:
    return f"{_normal(amount):f}".replace(".", "-")


def _decimal(amount: Decimal) -> str:
    plain = f"{_normal(amount):f}"
    return plain if "." in plain else f"{plain}.0"


def _normal(amount: Decimal) -> Decimal:
    return amount.normalize() if amount else Decimal(0)
