"""Single points of failure, and what goes with a node or an edge that goes.

Each is asked three times: in the network of what is firm and undisputed, in that of what usually
counts, and in that of all that may be. What is cut off is of what is surely reached, so that the
more edges there are, the less can be cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from c5graph.analytics.exposure.ranges import Claims
from c5graph.analytics.exposure.ties import Lost, goes, is_disputed
from c5graph.analytics.network import Networks
from c5graph.edges import USUAL
from c5graph.graph.claims import Firmness

if TYPE_CHECKING:
    from networkx import Graph


@dataclass(frozen=True)
class Failure:
    """What the loss of a node cuts off from the subject: surely, as usual, and at most."""

    node: str
    low: tuple[str, ...]
    central: tuple[str, ...]
    high: tuple[str, ...]


@dataclass(frozen=True)
class Layers:
    """One network without direction as it surely, usually and at most is."""

    sure: Graph
    usual: Graph
    most: Graph

    def reached(self, subject: str) -> frozenset[str]:
        """What the subject surely reaches."""
        return frozenset(_reached(self.sure, subject))


def layers(
    networks: Networks, projection: str, disputed: Claims, lost: Iterable[Lost] = ()
) -> Layers:
    """The three networks of a projection, less what goes with these."""
    import networkx as nx

    made = [nx.Graph() for _ in range(3)]
    gone = tuple(lost)
    for row in networks.rows(networks.projections.get(projection)):
        if any(goes(row, each) for each in gone):
            continue
        sure = row.firmness is Firmness.FIRM and not is_disputed(networks.facts, row, disputed)
        for graph, counts in zip(made, (sure, row.firmness in USUAL, True), strict=True):
            if counts:
                graph.add_edge(row.source, row.target)
    return Layers(*made)


def single_points(found: Layers, subject: str) -> Iterator[Failure]:
    """Every node but the subject whose loss would surely or perhaps cut something off."""
    import networkx as nx

    reached = found.reached(subject)
    cut_nodes = set(nx.articulation_points(found.sure)) if subject in found.sure else set()
    failures = [
        cut(_without(found, node), subject, reached, frozenset({node}))
        for node in (cut_nodes & reached) - {subject}
    ]
    ordered = sorted(failures, key=lambda each: (-len(each.low), -len(each.high), each.node))
    yield from (each for each in ordered if each.high)


def cut(left: Layers, subject: str, reached: Iterable[str], lost: Lost) -> Failure:
    """What of the reached is not reached in what is left without a node or an edge."""
    wanted = frozenset(reached) - {subject}
    if isinstance(lost, frozenset):
        wanted -= lost
    name = "~".join(lost) if isinstance(lost, tuple) else min(lost)
    cuts = [wanted - _reached(graph, subject) for graph in _each(left)]
    low, central, high = (tuple(sorted(each)) for each in cuts)
    return Failure(name, low, central, high)


def _each(found: Layers) -> tuple[Graph, Graph, Graph]:
    """The more there is, the less is cut off."""
    return found.most, found.usual, found.sure


def _without(found: Layers, node: str) -> Layers:
    import networkx as nx

    each = (found.sure, found.usual, found.most)
    return Layers(*(nx.restricted_view(graph, [node], []) for graph in each))


def _reached(graph: Graph, subject: str) -> set[str]:
    import networkx as nx

    return set(nx.node_connected_component(graph, subject)) if subject in graph else set()


def steps(graph: Graph, subject: str, ends: Iterable[str]) -> int | None:
    """The fewest edges from the subject to one of the ends; None where none is reached."""
    import networkx as nx

    if subject not in graph:
        return None
    lengths: dict[str, Any] = nx.single_source_shortest_path_length(graph, subject)
    return min((lengths[end] for end in ends if end in lengths), default=None)
