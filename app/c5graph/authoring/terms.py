"""Terms of Turtle made from what stands in a cell, and cells that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from c5graph.graph.times import bounds
from c5graph.namespaces import XSD
from c5graph.store.rdf import Literal, NamedNode

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?")
_DURATION = re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?")
_TAGGED = re.compile(r"(.*\S)@([a-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.DOTALL)
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_DATATYPES = ("gYear", "gYearMonth", "date")


class CellFault(Exception):
    """What is wrong in a cell, and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def text_term(text: str, language: str | None = "en") -> str:
    """A literal of one line, with a language unless it is None."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"' if language is None else f'"{plain}"@{language}'


def label_term(text: str) -> str:
    """A label: English, or in the language that `@xx` at its end names."""
    tagged = _TAGGED.fullmatch(text)
    return text_term(tagged[1], tagged[2]) if tagged else text_term(text)


def is_date(text: str) -> bool:
    """Whether the text has the form of a year, a month or a day."""
    return _DATE.fullmatch(text) is not None


def date_term(text: str) -> str:
    """A year, a month or a day with the precision that it is written with."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise CellFault(f"{text!r} is no date.", "Write YYYY, YYYY-MM or YYYY-MM-DD.")
    datatype = _DATATYPES[sum(part is not None for part in found.groups()[1:])]
    if bounds(Literal(text, datatype=NamedNode(XSD + datatype))) is None:
        raise CellFault(f"{text!r} is not in the calendar.", "Check month and day.")
    return f'"{text}"^^xsd:{datatype}'


def duration_term(text: str) -> str | None:
    """A duration such as P6M; None for what has another form."""
    return f'"{text}"^^xsd:duration' if _DURATION.fullmatch(text) else None


def url_term(text: str) -> str:
    """The address of a page."""
    if not _URL.fullmatch(text):
        raise CellFault(f"{text[:80]!r} is no web address.", "Write it in full, with https://.")
    return f"<{text}>"


def slug_of(text: str) -> str:
    """A new slug, if it has the form of one."""
    if not SLUG.fullmatch(text):
        raise CellFault(
            f"{text[:80]!r} is no slug.", "Write lower-case words of a-z and 0-9 with hyphens."
        )
    return text


def parts(text: str, mark: str = "|") -> list[str]:
    """The values of a cell that may hold several."""
    return [part.strip() for part in text.split(mark) if part.strip()]


def nearest(name: str, among: Iterable[str], most: int = 3) -> str:
    """A remedy that names what may have been meant."""
    found = process.extract(name, list(among), scorer=fuzz.ratio, limit=most, score_cutoff=55)
    listed = [choice for choice, _, _ in found]
    return f"Did you mean {' or '.join(listed)}?" if listed else ""
