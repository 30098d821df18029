"""The bare network that is computed on: numbered nodes, edges, weights; no labels, no claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from networkx import DiGraph, Graph

Edge = tuple[int, int, float]


@dataclass(frozen=True)
class Skeleton:
    """Nodes by name and edges by the places of their ends; at most one edge a pair."""

    directed: bool
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(
        cls, weighted: Iterable[tuple[str, str, float]], *, directed: bool, more: Iterable[str] = ()
    ) -> Skeleton:
        """From named edges; weights of one pair are added up, and `more` are nodes in any case."""
        edges = list(weighted)
        names = sorted({*more, *(end for edge in edges for end in edge[:2])})
        place = {name: number for number, name in enumerate(names)}
        sums: dict[tuple[int, int], float] = defaultdict(float)
        for source, target, weight in edges:
            pair = (place[source], place[target])
            sums[pair if directed else (min(pair), max(pair))] += weight
        found = ((*pair, weight) for pair, weight in sorted(sums.items()) if pair[0] != pair[1])
        return cls(directed, tuple(names), tuple(found))

    @cached_property
    def texts(self) -> list[tuple[str, str, float]]:
        """The edges by the places of their ends as texts, as the library of communities reads."""
        return [(str(a), str(b), weight) for a, b, weight in self.edges]

    @cached_property
    def networkx(self) -> DiGraph | Graph:
        """As a networkx graph whose nodes are the names."""
        import networkx as nx

        made = nx.DiGraph() if self.directed else nx.Graph()
        names = self.nodes
        made.add_nodes_from(names)
        made.add_weighted_edges_from((names[a], names[b], weight) for a, b, weight in self.edges)
        return made

    @cached_property
    def rustworkx(self) -> Any:
        """As a rustworkx graph, PyDiGraph or PyGraph; indices are places."""
        import rustworkx as rx

        made: Any = rx.PyDiGraph if self.directed else rx.PyGraph
        made = made(multigraph=False)
        made.add_nodes_from(self.nodes)
        made.extend_from_weighted_edge_list(self.edges)
        return made

    def without_direction(self) -> Skeleton:
        """The same pairs, joined whichever way; opposite weights are added up."""
        if not self.directed:
            return self
        names = self.nodes
        named = ((names[a], names[b], weight) for a, b, weight in self.edges)
        return Skeleton.of(named, directed=False, more=names)

    def both_ways(self) -> Skeleton:
        """Every edge of a network without direction as two, so that it can be walked along."""
        if self.directed:
            return self
        back = ((b, a, weight) for a, b, weight in self.edges)
        return Skeleton(True, self.nodes, tuple(sorted((*self.edges, *back))))

    def as_dict(self) -> dict[str, Any]:
        """Plain values to hand to another process."""
        return {"directed": self.directed, "nodes": self.nodes, "edges": self.edges}

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> Skeleton:
        """What `as_dict` made."""
        edges = tuple((a, b, weight) for a, b, weight in given["edges"])
        return cls(given["directed"], tuple(given["nodes"]), edges)
