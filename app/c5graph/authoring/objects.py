"""What stands in an object's cell: a thing, a concept, a date, a value or words."""

from __future__ import annotations

import re

from c5graph.authoring.batch import Batch
from c5graph.authoring.terms import CellFault, date_term, duration_term, is_date, text_term
from c5graph.authoring.values import value_of
from c5graph.namespaces import ID, shorten


def object_of(text: str, predicate: str, batch: Batch) -> str:
    """The term for a cell; a value that is new is added to the batch. Raises CellFault."""
    found, literal = _read(text, batch)
    wanted = batch.known.wants_literal(predicate)
    if wanted and not literal:
        raise CellFault(
            f"{shorten(predicate)} takes a date or words, not the thing {text[:80]!r}.",
            'Write the date, or words in quotation marks ("...").',
        )
    if literal and not wanted and predicate in batch.known.properties.values():
        raise CellFault(
            f"{shorten(predicate)} takes a thing, not {text[:80]!r}.",
            "Write its slug, a concept (voc:...) or an amount (USD ..., QTY ..., SHARE ...).",
        )
    return found


def _read(text: str, batch: Batch) -> tuple[str, bool]:
    """The term and whether it is a literal."""
    bare = text.strip('"').strip()
    if is_date(bare):
        return date_term(bare), True
    if duration := duration_term(bare):
        return duration, True
    if text.startswith('"'):
        return text_term(bare), True
    if text in ("true", "false"):
        return text, True
    value = value_of(text, batch.known)
    if value is not None:
        batch.put_value(value)
        return value.subject, False
    return _thing(text, batch), False


# A slug may begin with a year, but has no space after the figures.
_FIGURES = re.compile(r"[$€£]?\d[\d.,]*(?: .*|%)?")


def _thing(text: str, batch: Batch) -> str:
    if not batch.known.has(ID + text) and _FIGURES.fullmatch(text):
        raise CellFault(
            f"{text[:80]!r} is no amount.",
            "Write USD 3200000000, QTY 14 aircraft or SHARE 24.8 of uranium.",
        )
    return batch.known.thing(text)
