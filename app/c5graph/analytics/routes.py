"""Shortest ways through a network, a number of them, with what they must and must not touch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from c5graph.analytics.measure import ALONG, Column, Measure, Option
from c5graph.analytics.outcome import Options, Outcome, Progress
from c5graph.analytics.skeleton import Skeleton
from c5graph.errors import BadParameter

if TYPE_CHECKING:
    from networkx import Graph

_LOOKED_AT = 100_000


def routes(skeleton: Skeleton, options: Options, progress: Progress) -> Outcome:
    """The k shortest simple ways from one node to another, avoiding some and through others.

    By steps each edge counts one; by strength an edge counts one over its weight. Raises
    BadParameter where both ends are one.
    """
    if options["from"] == options["to"]:
        raise BadParameter("A path has two ends.", remedy="Name another entity as its end.")
    progress("finding ways", None)
    chosen = skeleton if options["along"] else skeleton.without_direction()
    found = list(islice(_ways(chosen, options), options["k"]))
    graph = chosen.networkx
    rows = []
    for number, way in enumerate(found, start=1):
        pairs = list(pairwise(way))
        weights = [graph.edges[pair]["weight"] for pair in pairs]
        rows.append(
            {
                "route": number,
                "steps": len(pairs),
                "length": sum(1 / weight for weight in weights),
                "weakest": min(weights),
                "nodes": way,
            }
        )
    return Outcome(rows, {"routes": len(rows)})


def _ways(skeleton: Skeleton, options: Options) -> Iterator[list[str]]:
    import networkx as nx

    graph = _open(skeleton, options)
    start, end, via = options["from"], options["to"], set(options["via"])
    if start not in graph or end not in graph:
        return
    weight = "length" if options["by"] == "strength" else None
    try:
        for way in islice(nx.shortest_simple_paths(graph, start, end, weight), _LOOKED_AT):
            if weight is None and len(way) - 1 > options["longest"]:
                return
            if len(way) - 1 <= options["longest"] and via <= set(way):
                yield way
    except nx.NetworkXNoPath:
        return


def _open(skeleton: Skeleton, options: Options) -> Graph:
    """The network without what is to be avoided."""
    graph = skeleton.networkx.copy()
    graph.remove_nodes_from(set(options["avoid"]) - {options["from"], options["to"]})
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    return graph


ROUTES = Measure(
    "routes",
    "Shortest routes",
    "By which ways does one get from here to there, and what if some are closed?",
    "The k simple ways with the fewest steps, or by strength with the least Σ 1/w(e).",
    "J. Y. Yen, Finding the k shortest loopless paths in a network, Management Science 17 "
    "(1971) 712–716.",
    (
        Column("route", "number", "The shortest first."),
        Column("steps", "number", "Its edges."),
        Column("length", "number", "Σ of one over weight along it."),
        Column("weakest", "number", "The least weight along it."),
        Column("nodes", "nodes", "What it leads through, in order."),
    ),
    (
        Option("from", "node", "Where it begins.", needed=True),
        Option("to", "node", "Where it ends.", needed=True),
        Option("k", "integer", "How many ways.", 5, least=1, most=50),
        Option("longest", "integer", "Edges at most.", 8, least=1, most=20),
        Option("avoid", "set", "What it must not touch: names, or Class@home."),
        Option("via", "set", "What it must touch, all of it."),
        Option("by", "choice", "What is to be least.", "steps", ("steps", "strength")),
        ALONG,
    ),
    compute=routes,
)
