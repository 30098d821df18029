"""Cells as amounts, dates and names. Each reader raises CellFault with what to do."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from c5graph.authoring.terms import CellFault

_MONTHS = "january february march april may june july august september october november december"
_WRITTEN = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})")
_DIGITS = Decimal("0.0000000001")
_MOST = Decimal(10) ** 20
_NOTHING = frozenset({"", "none", "nan", "na", "null", "n/a"})


def is_empty(text: str) -> bool:
    """Whether the cell says nothing, in one of the ways in which tables say so."""
    return text.strip().lower() in _NOTHING


def amount(text: str) -> str:
    """Figures of an amount, as values are written: with a point and nothing between."""
    plain = text.replace(",", "").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise CellFault(f"{text[:40]!r} is no amount.", "Write figures and a point.") from error
    if not number.is_finite():
        raise CellFault(f"{text[:40]!r} is no finite amount.", "Leave the cell empty instead.")
    if not 0 <= number < _MOST:
        raise CellFault(f"{text[:40]!r} is out of range.", "An amount is not negative nor 1E20.")
    if -int(number.as_tuple().exponent) > 10:
        number = number.quantize(_DIGITS)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def whole(text: str) -> int:
    """A whole number of 0 or more."""
    if not re.fullmatch(r"\d{1,12}(\.0+)?", text):
        raise CellFault(f"{text[:40]!r} is no whole number.", "Write figures only.")
    return int(text.partition(".")[0])


def year(text: str) -> str:
    """A year, also where a spreadsheet has made a decimal of it."""
    found = whole(text)
    if not 1000 <= found <= 9999:
        raise CellFault(f"{text[:40]!r} is no year.", "Write four figures.")
    return str(found)


def day(text: str) -> str:
    """A day in one of the ways that publishers write it, as YYYY-MM-DD."""
    for pattern, order in _FORMS:
        found = re.fullmatch(pattern, text)
        if found:
            return _calendar(text, *(found[at] for at in order))
    written = _WRITTEN.fullmatch(text)
    months = _MONTHS.split()
    if written and written[2].lower() in months:
        number = str(months.index(written[2].lower()) + 1)
        return _calendar(text, written[3], number, written[1])
    raise CellFault(f"{text[:40]!r} is no day.", "Write it as the publisher does.")


# ISO, with the midnight that spreadsheets add; as figures; as Americans write it.
_FORMS = (
    (r"(\d{4})-(\d\d?)-(\d\d?)(?:[ T]00:00:00(?:\.0+)?)?", (1, 2, 3)),
    (r"(\d{4})(\d\d)(\d\d)", (1, 2, 3)),
    (r"(\d\d?)/(\d\d?)/(\d{4})", (3, 1, 2)),
)


def _calendar(text: str, *parts: str) -> str:
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError as error:
        raise CellFault(f"{text[:40]!r} is not in the calendar.", "Check month and day.") from error


def within_a_week(text: str) -> str:
    """What is certain of a day known to a week: its month, else its year, else nothing."""
    told = date.fromisoformat(day(text))
    ends = [told + timedelta(days=days) for days in (-6, 6)]
    if ends[0].month == ends[1].month:
        return f"{told:%Y-%m}"
    return f"{told:%Y}" if ends[0].year == ends[1].year else ""


def name(text: str) -> str:
    """A name in one line."""
    plain = " ".join(text.split())
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in plain):
        raise CellFault("control characters in a name.", "Clean the cell.")
    if len(plain) > 300:
        raise CellFault(f"a name of {len(plain)} characters.", "Check that the columns fit.")
    return plain


def code(text: str) -> str:
    """A code of letters and figures, in lower case."""
    if not re.fullmatch(r"[A-Za-z0-9]{1,20}", text):
        raise CellFault(f"{text[:40]!r} is no code.", "Write letters and figures only.")
    return text.lower()


def currency(text: str) -> str:
    """A currency by its three letters."""
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise CellFault(f"{text[:40]!r} is no currency.", "Write its three letters, such as CNY.")
    return text


def key(text: str) -> str:
    """A publisher's own key as a part of our names: what has no place there is a hyphen."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if not plain or len(text) > 80:
        raise CellFault(f"{text[:40]!r} is no key.", "Give the publisher's own one.")
    return plain
