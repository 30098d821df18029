"""What the columns of a table are and how they are typed. pyarrow is imported when one is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import Any, Final, Literal

from c5graph.graph.index import Index
from c5graph.graph.times import Bounds, bounds
from c5graph.store.rdf import Term, text_of

Kind = Literal["text", "texts", "day", "amount", "number", "degrees", "flag", "labels", "parties"]
Row = dict[str, Any]
DIGITS: Final = 38
PLACES: Final = 10  # of a decimal, after the point

KINDS: Final[dict[Kind, str]] = {
    "text": "string",
    "texts": "list of strings",
    "day": "date (day)",
    "amount": f"decimal ({DIGITS}, {PLACES})",
    "number": "integer (64 bits)",
    "degrees": "double",
    "flag": "boolean",
    "labels": "list of (lang, text)",
    "parties": "list of (role, party, label)",
}
"""How the kinds are typed, in words."""
_STEP: Final = Decimal(1).scaleb(-PLACES)
_EXACT: Final = Context(prec=DIGITS, traps=[])
_PRECISIONS: Final = {4: "year", 7: "month"}


@dataclass(frozen=True)
class Column:
    """One column: its name, its type and what it tells."""

    name: str
    kind: Kind
    meaning: str


def time_columns(name: str, of: str) -> tuple[Column, ...]:
    """The columns of a time: as it is written, how precise it is, and the days it may mean."""
    return (
        Column(name, "text", f"{of}, as precisely as it is known: 2025, 2025-11 or 2025-11-06."),
        Column(f"{name}_precision", "text", "year, month or day."),
        Column(f"{name}_earliest", "day", "The first day that it can mean."),
        Column(f"{name}_latest", "day", "The last day that it can mean."),
    )


def time_cells(name: str, term: Term | None) -> Row:
    """The cells of `time_columns`; all empty where no time is known."""
    span = bounds(term)
    if term is None or span is None:
        return dict.fromkeys(
            (name, f"{name}_precision", f"{name}_earliest", f"{name}_latest"), None
        )
    written = text_of(term)
    return {
        name: written,
        f"{name}_precision": _PRECISIONS.get(len(written.rstrip("Z")), "day"),
        **span_cells(name, span),
    }


def span_cells(name: str, span: Bounds | None) -> dict[str, date | None]:
    """The two ends of a span of days."""
    return {
        f"{name}_earliest": span.not_before if span else None,
        f"{name}_latest": span.not_after if span else None,
    }


def fitting(number: Decimal | None) -> Decimal | None:
    """The number if the column holds it without loss, else nothing: no figure is rounded."""
    if number is None or not number.is_finite():
        return None
    # Outside a context of its own, decimal arithmetic rounds to 28 digits.
    kept = number.quantize(_STEP, context=_EXACT)
    return kept if kept == number else None


def concept(iri: str | None, scheme: str) -> str | None:
    """The last part of a concept's IRI, without the name of its scheme."""
    return None if iri is None else iri.rpartition("/")[2].removeprefix(f"{scheme}-")


def literals(index: Index, subject: str, predicate: str) -> Iterator[dict[str, str | None]]:
    """Texts with their languages."""
    for term in index.terms(subject, predicate):
        yield {"lang": getattr(term, "language", None), "text": text_of(term)}
