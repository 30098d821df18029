"""Tables as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """CSV in UTF-8. A text that a spreadsheet would take for a formula opens with an apostrophe."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return sink.getvalue().encode()


def truth(told: bool | None) -> str:
    """A cell of what is true, false or not told."""
    return "" if told is None else str(told).lower()


def safe(cell: object) -> object:
    """A cell that is no formula; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
