"""Who stands in the middle: degree, betweenness, eigenvector centrality and PageRank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from c5graph.analytics.measure import NODE, SCORE, Column, Measure, Option
from c5graph.analytics.outcome import Options, Outcome, Progress, ranked
from c5graph.analytics.skeleton import Skeleton
from c5graph.errors import QueryFailed

_TOLERANCE = 1e-10
_DIGITS = 12
_ROUNDS = 10_000


def degree(skeleton: Skeleton, _: Options, progress: Progress) -> Outcome:
    """Number and weight of each node's edges, and the part of all other nodes that it meets."""
    progress("counting edges", None)
    counts = [[0, 0, 0.0, 0.0] for _ in skeleton.nodes]
    for source, target, weight in skeleton.edges:
        counts[source][0] += 1
        counts[source][2] += weight
        counts[target][1] += 1
        counts[target][3] += weight
    meets = _neighbours(skeleton)
    others = max(len(skeleton.nodes) - 1, 1)
    rows = [
        {
            "node": name,
            "degree": out + into,
            "out": out if skeleton.directed else None,
            "in": into if skeleton.directed else None,
            "strength": out_weight + in_weight,
            "centrality": len(meets[place]) / others,
        }
        for place, (name, (out, into, out_weight, in_weight)) in enumerate(
            zip(skeleton.nodes, counts, strict=True)
        )
    ]
    return Outcome(ranked(rows, "degree", "strength"))


def betweenness(skeleton: Skeleton, _: Options, progress: Progress) -> Outcome:
    """On which part of all shortest ways each node lies."""
    import rustworkx as rx

    progress("following shortest ways", None)
    found = rx.betweenness_centrality(skeleton.rustworkx, normalized=True)
    # Its threads add up in another order each time: the last digits are not the network's.
    return _scored(skeleton, {place: round(score, _DIGITS) for place, score in found.items()})


def eigenvector(skeleton: Skeleton, _: Options, progress: Progress) -> Outcome:
    """How well connected each node's neighbours are, their neighbours, and so on."""
    import networkx as nx

    progress("iterating", None)
    graph = skeleton.without_direction().networkx
    if not graph:
        return Outcome([])
    try:
        found = nx.eigenvector_centrality(graph, max_iter=_ROUNDS, tol=_TOLERANCE, weight="weight")
    except nx.PowerIterationFailedConvergence as error:
        raise unsettled() from error
    return _scored(skeleton, dict(enumerate(found[name] for name in skeleton.nodes)))


def pagerank(skeleton: Skeleton, options: Options, progress: Progress) -> Outcome:
    """Where somebody who follows edges at random is found how often."""
    import rustworkx as rx

    if not skeleton.nodes:
        return Outcome([])
    progress("iterating", None)
    walked = skeleton.both_ways()
    try:
        found = rx.pagerank(
            walked.rustworkx,
            alpha=options["damping"],
            weight_fn=float,
            tol=_TOLERANCE,
            max_iter=_ROUNDS,
        )
    except rx.FailedToConverge as error:
        raise unsettled() from error
    return _scored(skeleton, found)


def unsettled() -> QueryFailed:
    """The error of an iteration that does not settle."""
    return QueryFailed(
        f"The figures did not settle within {_ROUNDS} rounds.",
        remedy="Ask for another measure, or for another projection or lens.",
    )


def _scored(skeleton: Skeleton, scores: Mapping[int, float]) -> Outcome:
    found = [float(scores[place]) for place in range(len(skeleton.nodes))]
    rows = [
        {"node": name, "score": score} for name, score in zip(skeleton.nodes, found, strict=True)
    ]
    return Outcome(ranked(rows, "score"), _spread(found))


def _spread(scores: Iterable[float]) -> dict[str, float]:
    """The largest score and the mean of all."""
    found = list(scores)
    if not found:
        return {}
    return {"largest": max(found), "mean": sum(found) / len(found)}


def _neighbours(skeleton: Skeleton) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in skeleton.nodes]
    for source, target, _ in skeleton.edges:
        found[source].add(target)
        found[target].add(source)
    return found


DEGREE = Measure(
    "degree",
    "Degree centrality",
    "Who has the most partners?",
    "degree(v) = number of edges at v; strength(v) = sum of their weights; "
    "centrality(v) = number of different neighbours of v / (n − 1).",
    "L. C. Freeman, Centrality in social networks: conceptual clarification, "
    "Social Networks 1 (1978/79) 215–239.",
    (
        NODE,
        Column("degree", "number", "Edges at the node."),
        Column("out", "number", "Edges that leave it; empty without direction."),
        Column("in", "number", "Edges that reach it; empty without direction."),
        Column("strength", "number", "Weight of its edges together."),
        Column("centrality", "number", "Part of all other nodes that it is joined with."),
    ),
    compute=degree,
)


BETWEENNESS = Measure(
    "betweenness",
    "Betweenness centrality",
    "Who lies on the ways between others?",
    "b(v) = Σ over s ≠ v ≠ t of σ(s, t | v) / σ(s, t), divided by the number of pairs that v "
    "could lie between; σ(s, t) is the number of shortest ways from s to t and σ(s, t | v) "
    "that of those through v. Every edge counts one step; directions are followed.",
    "L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40 "
    "(1977) 35–41; computed as by U. Brandes, A faster algorithm for betweenness centrality, "
    "Journal of Mathematical Sociology 25 (2001) 163–177.",
    (NODE, SCORE),
    compute=betweenness,
)


EIGENVECTOR = Measure(
    "eigenvector",
    "Eigenvector centrality",
    "Who is joined with those that are well joined themselves?",
    "x(v) = (1/λ) · Σ over u of w(u, v) · x(u), with λ the largest eigenvalue of the weights "
    "and Σ x² = 1. Directions are left aside.",
    "P. Bonacich, Technique for analyzing overlapping memberships, Sociological Methodology "
    "4 (1972) 176–185.",
    (NODE, SCORE),
    compute=eigenvector,
)


PAGERANK = Measure(
    "pagerank",
    "PageRank",
    "Who is pointed to by those that are pointed to?",
    "p(v) = (1 − d)/n + d · (Σ over u → v of p(u) · w(u, v) / w(u) + D/n), with d the damping, "
    "w(u) the weight of all edges that leave u and D the rank of nodes that none leaves.",
    "L. Page, S. Brin, R. Motwani and T. Winograd, The PageRank citation ranking: bringing "
    "order to the Web, Stanford 1999.",
    (NODE, SCORE),
    (Option("damping", "number", "How often an edge is followed.", 0.85, least=0.01, most=0.99),),
    compute=pagerank,
)
