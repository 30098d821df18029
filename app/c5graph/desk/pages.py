"""One page of a list whose rows have names: where it starts and where the next one does."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from c5graph.errors import BadParameter

Row = TypeVar("Row")


def page_of(
    rows: Sequence[Row], name: Callable[[Row], str], limit: int, cursor: str | None
) -> tuple[Sequence[Row], str | None]:
    """The rows after the one that the cursor names, and the cursor of the next page, if any.

    Raises BadParameter for a cursor that names no row of this list.
    """
    start = 0
    if cursor:
        wanted = _read(cursor)
        start = 1 + next((n for n, row in enumerate(rows) if name(row) == wanted), -2)
        if start < 0:
            raise BadParameter(
                "The cursor is not one of this list.",
                remedy="Pass on next_cursor of the page before, with the same parameters.",
            )
    chosen = rows[start : start + limit]
    more = start + limit < len(rows)
    return chosen, cursor_after(name(chosen[-1])) if more and chosen else None


def cursor_after(name: str) -> str:
    """The cursor of the page that begins after the row of this name."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise BadParameter(
            "The cursor is not one of ours.", remedy="Pass on next_cursor of the page before."
        ) from error
