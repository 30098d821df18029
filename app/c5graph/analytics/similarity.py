"""How alike nodes are by the partners that they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from math import sqrt
from typing import Any

from c5graph.analytics.measure import NODE, Column, Measure, Option
from c5graph.analytics.outcome import Options, Outcome, Progress
from c5graph.analytics.skeleton import Skeleton

Partners = dict[str, dict[str, float]]


def similarity(skeleton: Skeleton, options: Options, progress: Progress) -> Outcome:
    """Jaccard index and cosine of the partners of every two of the nodes chosen.

    Where there is something to compare them `to`, of every one of them and each of that.
    """
    partners = partners_of(skeleton, options["side"])
    chosen, others = sorted(options["of"] or partners), options["to"]
    pairs = list(_across(chosen, others) if others else combinations(chosen, 2))
    rows = []
    for number, (one, other) in enumerate(pairs):
        if number % 1000 == 0:
            progress("comparing", number / len(pairs))
        rows.append(_compared(one, other, partners))
    rows.sort(
        key=lambda row: (-(row["jaccard"] or 0), -(row["cosine"] or 0), row["node"], row["other"])
    )
    every = sorted({*chosen, *others})
    missing = [name for name in every if not partners.get(name)]
    return Outcome(rows, {"compared": len(every), "without_partners": missing})


def _across(chosen: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of the one with each of the others, no two twice."""
    met: set[frozenset[str]] = set()
    for one, other in product(chosen, sorted(others)):
        if one != other and {one, other} not in met:
            met.add(frozenset({one, other}))
            yield one, other


def partners_of(skeleton: Skeleton, side: str) -> Partners:
    """The partners of each node with the weight of the edge, on one side or on both."""
    found: Partners = defaultdict(lambda: defaultdict(float))
    names = skeleton.nodes
    for a, b, weight in skeleton.edges:
        if side != "in" or not skeleton.directed:
            found[names[a]][names[b]] += weight
        if side != "out" or not skeleton.directed:
            found[names[b]][names[a]] += weight
    return found


def _compared(one: str, other: str, partners: Partners) -> dict[str, Any]:
    mine = _without(partners.get(one, {}), other)
    theirs = _without(partners.get(other, {}), one)
    shared = sorted(mine.keys() & theirs.keys())
    # Of who has no partner nothing is known: that is no likeness of zero.
    known = bool(mine) and bool(theirs)
    return {
        "node": one,
        "other": other,
        "jaccard": len(shared) / len(mine.keys() | theirs.keys()) if known else None,
        "cosine": cosine(mine, theirs) if known else None,
        "shared": len(shared),
        "partners": len(mine),
        "other_partners": len(theirs),
        "in_common": shared,
    }


def cosine(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """Cosine of the angle between two weighted sets of partners."""
    product = sum(mine[name] * theirs[name] for name in mine.keys() & theirs.keys())
    lengths = [sqrt(sum(weight**2 for weight in each.values())) for each in (mine, theirs)]
    return product / (lengths[0] * lengths[1])


def _without(partners: Mapping[str, float], one: str) -> dict[str, float]:
    """An edge between the two says nothing of what they share."""
    return {name: weight for name, weight in partners.items() if name != one and weight > 0}


SIMILARITY = Measure(
    "similarity",
    "Similarity",
    "Which states have the same partners, or are active in the same sectors?",
    "jaccard(a, b) = |N(a) ∩ N(b)| / |N(a) ∪ N(b)|; cosine(a, b) = Σ w(a, c) · w(b, c) / "
    "(√Σ w(a, c)² · √Σ w(b, c)²), over partners other than a and b. Empty where one of the "
    "two has no partner.",
    "P. Jaccard, Étude comparative de la distribution florale, Bulletin de la Société "
    "vaudoise des sciences naturelles 37 (1901) 547–579; G. Salton and M. J. McGill, "
    "Introduction to modern information retrieval, McGraw-Hill 1983.",
    (
        NODE,
        Column("other", "node", "What it is compared with."),
        Column("jaccard", "number", "Shared partners in all partners."),
        Column("cosine", "number", "The same by weight."),
        Column("shared", "number", "Partners that both have."),
        Column("partners", "number", "Partners of the first."),
        Column("other_partners", "number", "Partners of the second."),
        Column("in_common", "nodes", "Which these are."),
    ),
    (
        Option("of", "set", "What to compare.", "State@central-asian-states"),
        Option(
            "to",
            "set",
            "To what; to each other if not said, and one thing alone to those of its classes.",
        ),
        Option("side", "choice", "Which edges make partners.", "both", ("both", "in", "out")),
    ),
    compute=similarity,
)
