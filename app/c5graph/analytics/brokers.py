"""Who stands between others: ways between two sets, Burt's holes, Gould and Fernandez' roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from c5graph.analytics.measure import ALONG, NODE, Column, Measure, Option
from c5graph.analytics.outcome import Options, Outcome, Progress
from c5graph.analytics.skeleton import Skeleton

if TYPE_CHECKING:
    from networkx import DiGraph

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def brokers(skeleton: Skeleton, options: Options, progress: Progress) -> Outcome:
    """For each node the part of shortest ways from sources to targets that lead through it.

    Without sources or targets every node is one. `groups` names the home of a node.
    """
    import networkx as nx

    walked = skeleton.both_ways() if options["along"] else skeleton.without_direction().both_ways()
    graph, known = walked.networkx, set(skeleton.nodes)
    sources = sorted(known.intersection(options["sources"] or known))
    targets = sorted(known.intersection(options["targets"] or known))
    progress("following ways between the two sets", 0.0)
    between = nx.betweenness_centrality_subset(graph, sources, targets)
    pairs = len(reached_pairs(graph, sources, targets))
    progress("measuring holes", 0.4)
    plain = skeleton.without_direction().networkx
    constraint, size = {}, {}
    if known:  # networkx has no holes of nothing
        constraint, size = nx.constraint(plain, weight="weight"), nx.effective_size(plain)
    progress("counting roles", 0.7)
    roles = counted_roles(graph, options["groups"])
    rows = [
        {
            "node": name,
            "home": options["groups"].get(name),
            "between": between[name] / pairs if pairs else 0.0,
            "constraint": constraint[name],
            "effective_size": size[name],
            **roles[name],
        }
        for name in skeleton.nodes
    ]
    rows.sort(key=lambda row: (-row["between"], -row["effective_size"], row["node"]))
    summary = {
        "sources": len(sources),
        "targets": len(targets),
        "pairs": pairs,
        "without_home": sum(name not in options["groups"] for name in skeleton.nodes),
    }
    return Outcome(rows, summary)


def reached_pairs(
    graph: DiGraph, sources: Iterable[str], targets: Iterable[str]
) -> list[tuple[str, str]]:
    """Every pair of a source and a target that it can reach."""
    import networkx as nx

    wanted = set(targets)
    return [
        (source, target)
        for source in sources
        for target in sorted(wanted & nx.descendants(graph, source))
    ]


def counted_roles(graph: DiGraph, groups: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """How often each node plays which role; ways through a node without a home count nowhere."""
    counts: dict[str, dict[str, Any]] = {node: dict.fromkeys(ROLES, 0) for node in graph}
    for broker in graph:
        if broker not in groups:
            continue
        ahead = [node for node in graph.successors(broker) if node in groups]
        for source in graph.predecessors(broker):
            if source not in groups:
                continue
            for target in ahead:
                if source != target and not graph.has_edge(source, target):
                    counts[broker][role(groups[source], groups[broker], groups[target])] += 1
    return counts


def role(source: str, broker: str, target: str) -> str:
    """The role of a broker by the groups of the three."""
    if source == target:
        return "coordinator" if broker == source else "itinerant"
    if broker == target:
        return "gatekeeper"
    return "representative" if broker == source else "liaison"


BROKERS = Measure(
    "brokers",
    "Brokers",
    "Who stands between one set of actors and another?",
    "between(v) = Σ over sources s and targets t of σ(s, t | v)/σ(s, t), divided by the "
    "number of pairs joined at all. constraint(v) = Σ over u of (p(v, u) + Σ over q of "
    "p(v, q) · p(q, u))², with p the part of v's weight that goes to u. Effective size = "
    "number of partners less the mean number of edges that a partner has to the others. Roles "
    "count the ways a → v → b without an edge a → b by the homes of the three: coordinator "
    "(all one), itinerant (a and b alike), gatekeeper (v and b alike), representative (a and "
    "v alike), liaison (all differ).",
    "U. Brandes, On variants of shortest-path betweenness centrality and their generic "
    "computation, Social Networks 30 (2008) 136–145; R. S. Burt, Structural holes, Harvard "
    "1995; R. V. Gould and R. M. Fernandez, Structures of mediation, Sociological Methodology "
    "19 (1989) 89–126.",
    (
        NODE,
        Column("home", "node", "Where it is at home, if that is told."),
        Column("between", "number", "Part of the shortest ways that lead through it."),
        Column("constraint", "number", "How much its partners are joined among themselves."),
        Column("effective_size", "number", "Partners less what is redundant among them."),
        Column("coordinator", "number", "Ways inside its own home."),
        Column("itinerant", "number", "Ways between two of one other home."),
        Column("gatekeeper", "number", "Ways from elsewhere to its home."),
        Column("representative", "number", "Ways from its home to elsewhere."),
        Column("liaison", "number", "Ways between two other homes."),
    ),
    (
        Option("sources", "set", "Where ways begin: names, or Class@home. All if not said."),
        Option("targets", "set", "Where ways end, likewise."),
        ALONG,
    ),
    compute=brokers,
)
