"""Answers of Python calls, the same from a graph in this process and from a service."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from c5graph.analytics.exposure.answer import COLUMNS, records
from c5graph.rows import Rows, frame

if TYPE_CHECKING:
    from networkx import DiGraph, Graph
    from pandas import DataFrame, Series


@dataclass(frozen=True)
class Listing:
    """Rows of the desk: `data` as JSON has them, and the same as a table."""

    name: str
    data: dict[str, Any]
    _csv: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def total(self) -> int:
        """How many there are."""
        return int(self.data["total"])

    @cached_property
    def rows(self) -> Rows:
        """The table, as CSV has it."""
        read = csv.DictReader(io.StringIO(self._csv().decode()))
        return Rows(read.fieldnames or (), read)

    def to_pandas(self) -> DataFrame:
        """The table as a data frame (extra `pandas`), numbers as numbers."""
        return frame(self.rows, self.rows.columns).apply(_numbers)

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.name)}: {self.total}</p>{self.rows._repr_html_()}"


def _numbers(column: Series[Any]) -> Series[Any]:
    """The column as numbers where every cell that is not empty is one."""
    import pandas as pd  # noqa: PLC0415 - an extra

    try:
        return pd.to_numeric(column.replace("", None))
    except (ValueError, TypeError):
        return column


@dataclass(frozen=True)
class NetworkAnswer:
    """A projected network: nodes and edges as JSON has them, with facts and claims."""

    data: dict[str, Any]

    @property
    def head(self) -> dict[str, Any]:
        """Projection, direction, weight, firmness and size."""
        found: dict[str, Any] = self.data["network"]
        return found

    @property
    def edges(self) -> list[dict[str, Any]]:
        """The edges."""
        found: list[dict[str, Any]] = self.data["edges"]
        return found

    def to_networkx(self) -> DiGraph | Graph:
        """As a networkx graph: nodes are IRIs, edges carry weight, firmness, facts and claims."""
        import networkx as nx  # noqa: PLC0415 - slow to import

        made = nx.DiGraph() if self.head["direction"] == "directed" else nx.Graph()
        weight = self.head["weight"]["meaning"]
        made.graph.update(projection=self.head["name"], direction=self.head["direction"])
        made.graph.update(weight=weight, lens=self.data["lens"], version=self.data["version"])
        for node in self.data["nodes"]:
            made.add_node(node["iri"], label=node["label"], type=node["type"])
        for edge in self.edges:
            claims = [claim["iri"] for claim in edge["claims"]]
            ends = edge["source"]["iri"], edge["target"]["iri"]
            kept = {name: edge[name] for name in ("weight", "firmness", "hedged", "facts")}
            made.add_edge(*ends, **kept, **_lasting(edge), claims=claims)
        return made

    @cached_property
    def rows(self) -> Rows:
        """One row an edge."""
        columns = (
            "source",
            "source_label",
            "target",
            "target_label",
            "weight",
            "firmness",
            "until",
            "statuses",
            "binding",
            "claims",
        )
        return Rows(columns, map(_edge_row, self.edges))

    def to_pandas(self) -> DataFrame:
        """One row an edge, as a data frame (extra `pandas`)."""
        return self.rows.to_pandas()

    def _repr_html_(self) -> str:
        head = self.head
        caption = (
            f"{head['name']}: {head['nodes']} nodes, {head['edges']} edges, {head['direction']}, "
            f"data {self.data['version']}"
        )
        return f"<p>{escape(caption)}</p>{self.rows._repr_html_()}"


def _lasting(edge: dict[str, Any]) -> dict[str, Any]:
    """End and statuses, where they are told."""
    statuses = [each["iri"] for each in edge["statuses"]]
    told = {"until": edge["until"], "statuses": statuses or None, "binding": edge["binding"]}
    return {name: value for name, value in told.items() if value is not None}


def _edge_row(edge: dict[str, Any]) -> dict[str, Any]:
    source, target = edge["source"], edge["target"]
    return {
        "source": source["iri"],
        "source_label": source["label"],
        "target": target["iri"],
        "target_label": target["label"],
        "weight": edge["weight"],
        "firmness": edge["firmness"],
        "until": edge["until"],
        "statuses": " ".join(each["iri"] for each in edge["statuses"]),
        "binding": edge["binding"],
        "claims": " ".join(claim["iri"] for claim in edge["claims"]),
    }


@dataclass(frozen=True)
class ExposureAnswer:
    """Exposure: `data` as JSON has it; every end of every range opens to claims."""

    data: dict[str, Any]

    @cached_property
    def rows(self) -> Rows:
        """A row for every share and every concentration."""
        return Rows(COLUMNS, records(self.data))

    def to_pandas(self) -> DataFrame:
        """The rows as a data frame (extra `pandas`)."""
        return self.rows.to_pandas()

    def gloss(self, claim: str) -> str:
        """What a claim behind some end says."""
        return str(self.data["claims"][claim]["gloss"])

    def _repr_html_(self) -> str:
        name = f"Exposure of {self.data['entity']['label']}, data {self.data['version']}"
        shown = Rows(COLUMNS[:9], ({c: _short(row[c]) for c in COLUMNS[:9]} for row in self.rows))
        return f"<p>{escape(name)}</p>{shown._repr_html_()}"


def _short(value: Any) -> Any:
    return f"{value:.3g}" if isinstance(value, float) else value
