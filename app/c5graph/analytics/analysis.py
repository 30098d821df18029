"""A finished analysis: a table that says from which network, lens and data it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from c5graph.analytics.measure import Column, Measure
from c5graph.analytics.measures import measure
from c5graph.namespaces import shorten
from c5graph.rows import frame
from c5graph.tables import table

if TYPE_CHECKING:
    from pandas import DataFrame

_SHOWN = 25


@dataclass(frozen=True)
class Analysis:
    """Rows with plain values, as JSON has them; things are `{"iri": ..., "label": ...}`."""

    measure: Measure
    version: str
    lens: dict[str, Any]
    network: dict[str, Any]
    options: dict[str, Any]
    rows: list[dict[str, Any]]
    summary: dict[str, Any]
    total: int

    def first(self, limit: int) -> Analysis:
        """The same with so many rows at most; `total` still counts all."""
        return replace(self, rows=self.rows[:limit])

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "version": self.version,
            "lens": self.lens,
            "measure": {"name": self.measure.name, "title": self.measure.title},
            "network": self.network,
            "options": self.options,
            "summary": self.summary,
            "total": self.total,
            "truncated": self.total > len(self.rows),
            "rows": self.rows,
        }

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> Analysis:
        """What `as_dict` made, as a service sends it."""
        return cls(
            measure=measure(given["measure"]["name"]),
            **{name: given[name] for name in ("version", "lens", "network", "options")},
            rows=given["rows"],
            summary=given["summary"],
            total=given["total"],
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """What each column means."""
        return self.measure.columns

    def records(self) -> Iterator[dict[str, Any]]:
        """Flat rows for tables: a thing takes two columns, its IRI and its label."""
        for row in self.rows:
            flat: dict[str, Any] = {}
            for column in self.columns:
                flat |= _flat(column, row[column.name])
            yield flat

    def to_pandas(self) -> DataFrame:
        """The table as a data frame (extra `pandas`); `attrs` says where it comes from."""
        found = frame(self.records(), self._names())
        found.attrs = {key: value for key, value in self.as_dict().items() if key != "rows"}
        return found

    def csv(self) -> bytes:
        """The table as CSV."""
        return table(self._names(), (row.values() for row in self.records()))

    def _names(self) -> list[str]:
        return [name for column in self.columns for name in _names(column)]

    @property
    def caption(self) -> str:
        """Network, lens and data version in one line."""
        network = self.network
        return (
            f"{self.measure.title}: {network['name']} ({network['direction']}, weight: "
            f"{network['weight']['name']}), {network['nodes']} nodes, {network['edges']} edges, "
            f"lens {shorten(self.lens['iri'])}, data {self.version}"
        )

    def _repr_html_(self) -> str:
        """For notebooks."""
        heads = "".join(f"<th>{escape(column.name)}</th>" for column in self.columns)
        lines = "".join(self._line(row) for row in self.rows[:_SHOWN])
        more = self.total - min(len(self.rows), _SHOWN)
        rest = f"<p>{more} more rows.</p>" if more > 0 else ""
        caption = f"<caption>{escape(self.caption)}</caption>"
        return f"<table>{caption}<tr>{heads}</tr>{lines}</table>{rest}"

    def _line(self, row: dict[str, Any]) -> str:
        cells = (escape(shown(row[column.name])) for column in self.columns)
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def shown(value: Any) -> str:
    """A value for a reader; what is not known is empty, never zero."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return str(value.get("label", ""))
    return ", ".join(map(shown, value)) if isinstance(value, list) else str(value)


def _names(column: Column) -> list[str]:
    labelled = column.kind in ("node", "nodes")
    return [column.name, f"{column.name}_label"] if labelled else [column.name]


def _flat(column: Column, value: Any) -> dict[str, Any]:
    if column.kind == "node":
        iri, label = (value["iri"], value["label"]) if value else (None, None)
        return {column.name: iri, f"{column.name}_label": label}
    if column.kind == "nodes":
        iris = " ".join(each["iri"] for each in value)
        return {
            column.name: iris,
            f"{column.name}_label": "; ".join(each["label"] for each in value),
        }
    return {column.name: " ".join(value) if isinstance(value, list) else value}
