"""How a network hangs together: components, and the nodes and edges that alone join its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from c5graph.analytics.measure import NODE, Column, Measure
from c5graph.analytics.outcome import Options, Outcome, Progress
from c5graph.analytics.skeleton import Skeleton

if TYPE_CHECKING:
    from networkx import Graph


def components(skeleton: Skeleton, _: Options, progress: Progress) -> Outcome:
    """Parts within which everything can be reached, with and, if there is one, along direction."""
    import networkx as nx

    progress("finding components", None)
    graph = skeleton.networkx
    weak = (
        nx.weakly_connected_components(graph)
        if skeleton.directed
        else nx.connected_components(graph)
    )
    parts = numbered(weak)
    strong = numbered(nx.strongly_connected_components(graph)) if skeleton.directed else {}
    sizes = _sizes(parts)
    rows = [
        {
            "node": name,
            "component": parts[name],
            "size": sizes[parts[name]],
            "strong_component": strong.get(name),
        }
        for name in skeleton.nodes
    ]
    rows.sort(key=lambda row: (row["component"], row["node"]))
    summary: dict[str, Any] = {"components": len(sizes)}
    if sizes:
        summary["largest_share"] = max(sizes.values()) / len(skeleton.nodes)
    if skeleton.directed:
        summary["strong_components"] = len(set(strong.values()))
    return Outcome(rows, summary)


def bridges(skeleton: Skeleton, _: Options, progress: Progress) -> Outcome:
    """Nodes and edges whose loss breaks a component, and how much that cuts off."""
    graph = skeleton.without_direction().networkx
    progress("finding cut nodes", None)
    rows = [*_cut_nodes(graph), *_cut_edges(graph)]
    rows.sort(key=lambda row: (-row["cuts_off"], row["kind"], row["node"], row["other"] or ""))
    counts = {kind: sum(row["kind"] == kind for row in rows) for kind in ("node", "edge")}
    return Outcome(rows, {"cut_nodes": counts["node"], "bridges": counts["edge"]})


def _cut_nodes(graph: Graph) -> Iterable[dict[str, Any]]:
    import networkx as nx

    for node in sorted(nx.articulation_points(graph)):
        pieces = pieces_without(graph, node)
        yield _row("node", node, None, pieces)


def _cut_edges(graph: Graph) -> Iterable[dict[str, Any]]:
    import networkx as nx

    for a, b in sorted(tuple(sorted(pair)) for pair in nx.bridges(graph)):
        view = nx.restricted_view(graph, [], [(a, b)])
        sides = [set(nx.node_connected_component(view, end)) for end in (a, b)]
        yield _row("edge", a, b, sides)


def _row(kind: str, node: str, other: str | None, pieces: list[set[str]]) -> dict[str, Any]:
    """What is cut off is everything but the largest piece."""
    largest = max(pieces, key=lambda piece: (len(piece), sorted(piece)))
    off = sorted(set().union(*pieces) - largest)
    row = {"kind": kind, "node": node, "other": other, "pieces": len(pieces)}
    return {**row, "cuts_off": len(off), "cut_off": off}


def pieces_without(graph: Graph, node: str) -> list[set[str]]:
    """The pieces that the component of a node falls into when the node goes."""
    import networkx as nx

    view = nx.restricted_view(graph, [node], [])
    pieces: list[set[str]] = []
    for neighbour in graph[node]:
        if not any(neighbour in piece for piece in pieces):
            pieces.append(set(nx.node_connected_component(view, neighbour)))
    return pieces


def numbered(parts: Iterable[Collection[str]]) -> dict[str, int]:
    """Nodes by the number of their part, from 1, the largest first."""
    ordered = sorted(parts, key=lambda part: (-len(part), min(part)))
    return {name: number for number, part in enumerate(ordered, start=1) for name in part}


def _sizes(parts: dict[str, int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for number in parts.values():
        sizes[number] = sizes.get(number, 0) + 1
    return sizes


COMPONENTS = Measure(
    "components",
    "Components",
    "What hangs together at all?",
    "Two nodes are in one component when a way joins them, whatever its direction; in one "
    "strong component when directed ways lead from each to the other.",
    "J. Hopcroft and R. Tarjan, Efficient algorithms for graph manipulation, Communications "
    "of the ACM 16 (1973) 372–378; R. Tarjan, Depth-first search and linear graph algorithms, "
    "SIAM Journal on Computing 1 (1972) 146–160.",
    (
        NODE,
        Column("component", "number", "Its component, the largest first."),
        Column("size", "number", "Nodes of that component."),
        Column("strong_component", "number", "The same along directions, if there are any."),
    ),
    compute=components,
)


BRIDGES = Measure(
    "bridges",
    "Bridges and cut nodes",
    "Which node or edge alone joins what would else fall apart?",
    "A node or edge is listed when its component has more pieces without it; what is cut off "
    "is everything but the largest piece. Directions are left aside.",
    "J. Hopcroft and R. Tarjan, Efficient algorithms for graph manipulation, Communications "
    "of the ACM 16 (1973) 372–378.",
    (
        Column("kind", "text", "node or edge."),
        NODE,
        Column("other", "node", "The other end of an edge."),
        Column("pieces", "number", "Pieces that are left."),
        Column("cuts_off", "number", "Nodes cut off from the largest piece."),
        Column("cut_off", "nodes", "Which these are."),
    ),
    compute=bridges,
)
