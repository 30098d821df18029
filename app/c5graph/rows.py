"""Rows as tables: a list of rows that notebooks show, and pandas where it is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, overload

from c5graph.errors import MissingInput

if TYPE_CHECKING:
    from pandas import DataFrame

_SHOWN = 50


def frame(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> DataFrame:
    """A data frame of the rows. Raises MissingInput where pandas is not installed."""
    try:
        import pandas as pd  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingInput(
            "pandas is not installed.", remedy="Install it with: pip install 'c5graph[pandas]'"
        ) from error
    return pd.DataFrame(list(rows), columns=list(columns))


class Rows(Sequence[dict[str, Any]]):
    """Rows of an answer, all with the same columns."""

    def __init__(self, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
        self.columns, self._rows = tuple(columns), list(rows)

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return self.columns == other.columns and self._rows == other._rows
        return self._rows == other

    def __hash__(self) -> int:
        raise TypeError("rows can change and have no hash")

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.columns)}>"

    def to_pandas(self) -> DataFrame:
        """The rows as a data frame (extra `pandas`)."""
        return frame(self._rows, self.columns)

    def _repr_html_(self) -> str:
        """For notebooks."""
        heads = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        lines = "".join(self._line(row) for row in self._rows[:_SHOWN])
        more = len(self) - _SHOWN
        rest = f"<p>{more} more rows.</p>" if more > 0 else ""
        return f"<table><tr>{heads}</tr>{lines}</table>{rest}"

    def _line(self, row: dict[str, Any]) -> str:
        cells = ("" if row.get(name) is None else str(row[name]) for name in self.columns)
        return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
