"""What a measure hands back, and how it tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Options = Mapping[str, Any]
Progress = Callable[[str, float | None], None]
"""Called with what is being done and which part of it is done, where that is known."""


@dataclass(frozen=True)
class Outcome:
    """Rows of a table, the first the most telling, and figures about the whole."""

    rows: list[dict[str, Any]]
    summary: dict[str, Any] = field(default_factory=dict)


def silent(stage: str, done: float | None) -> None:
    """Progress that nobody watches."""


def ranked(rows: list[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    """Rows by these figures, the greatest first; by node where they are equal."""
    return sorted(rows, key=lambda row: (*(-row[key] for key in keys), row["node"]))
