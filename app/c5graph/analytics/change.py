"""What changed between two networks of one projection."""

from __future__ import annotations

from typing import Any

from c5graph.analytics.measure import NODE, Column, Measure, Option
from c5graph.analytics.network import Network, Tie
from c5graph.analytics.outcome import Outcome

_ORDER = ("new", "gone", "firmer", "weaker", "heavier", "lighter", "same")


def changed(after: Network, before: Network, *, every: bool = False) -> Outcome:
    """Edges that came, went or changed, and with `every` those that did not."""
    old = {tie.ends: tie for tie in before.ties}
    new = {tie.ends: tie for tie in after.ties}
    pairs = sorted(old.keys() | new.keys())
    rows = [_row(ends, old.get(ends), new.get(ends)) for ends in pairs]
    counts = {kind: sum(row["change"] == kind for row in rows) for kind in _ORDER}
    kept = [row for row in rows if every or row["change"] != "same"]
    kept.sort(key=lambda row: (_ORDER.index(row["change"]), row["node"], row["other"]))
    shared = len(old.keys() & new.keys())
    summary = {
        **counts,
        "overlap": shared / len(pairs) if pairs else None,
        "edges_before": len(old),
        "edges_after": len(new),
        "nodes_before": len(before.nodes),
        "nodes_after": len(after.nodes),
    }
    return Outcome(kept, summary)


def _row(ends: tuple[str, str], old: Tie | None, new: Tie | None) -> dict[str, Any]:
    facts = {fact for tie in (old, new) if tie is not None for fact in tie.facts}
    return {
        "change": _kind(old, new),
        "node": ends[0],
        "other": ends[1],
        "before": old.weight if old else None,
        "after": new.weight if new else None,
        "firmness_before": old.firmness.name.lower() if old else None,
        "firmness_after": new.firmness.name.lower() if new else None,
        "facts": sorted(facts),
    }


def _kind(old: Tie | None, new: Tie | None) -> str:
    if old is None or new is None:
        return "new" if old is None else "gone"
    if old.firmness != new.firmness:
        return "firmer" if new.firmness < old.firmness else "weaker"
    if old.weight != new.weight:
        return "heavier" if new.weight > old.weight else "lighter"
    return "same"


CHANGE = Measure(
    "change",
    "Change",
    "What is joined now that was not, and the other way round?",
    "Edges of the one network and of the other by their ends: overlap = |E₁ ∩ E₂| / |E₁ ∪ E₂|.",
    "P. Jaccard, Étude comparative de la distribution florale, Bulletin de la Société "
    "vaudoise des sciences naturelles 37 (1901) 547–579, on edges.",
    (
        Column("change", "text", "new, gone, firmer, weaker, heavier, lighter or same."),
        NODE,
        Column("other", "node", "The other end."),
        Column("before", "number", "Weight in the network compared against; empty: no edge."),
        Column("after", "number", "Weight in the network asked for; empty: no edge."),
        Column("firmness_before", "text", "How firm it was."),
        Column("firmness_after", "text", "How firm it is."),
        Column("facts", "facts", "The facts of both."),
    ),
    (
        Option("against", "lens", "The lens to compare with, as knownAt=2025-11-07.", needed=True),
        Option("all", "flag", "yes: edges that stayed the same as well.", False),
    ),
)
