"""Communities by the Leiden method, and how much they hang on chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import comb
from statistics import fmean

from c5graph.analytics.measure import NODE, Column, Measure, Option
from c5graph.analytics.outcome import Options, Outcome, Progress
from c5graph.analytics.skeleton import Skeleton

_LARGE = 100_000
_RANDOMNESS = 0.001
# A single run may stop at a poor optimum of a small network, where more of them cost nothing.
_TRIALS = 10
FEW_SEEDS = 3


def communities(skeleton: Skeleton, options: Options, progress: Progress) -> Outcome:
    """Groups more closely joined inside than chance would have it, from a fixed seed.

    `stability` is the mean agreement of the partitions that other seeds give; of large networks
    fewer seeds are tried, and the summary says how many.
    """
    plain = skeleton.without_direction()
    large = len(plain.edges) > _LARGE
    seeds = min(options["seeds"], FEW_SEEDS) if large else options["seeds"]
    partitions = []
    for number in range(seeds):
        progress("finding communities", number / seeds)
        partitions.append(partition(plain, options["seed"] + number, options["resolution"]))
    first = _ordered(partitions[0])
    sizes = Counter(first)
    rows = [
        {"node": name, "community": group, "size": sizes[group]}
        for name, group in zip(plain.nodes, first, strict=True)
    ]
    rows.sort(key=lambda row: (row["community"], row["node"]))
    summary = {
        "communities": len(sizes),
        "modularity": modularity(plain, first, options["resolution"]),
        "seed": options["seed"],
        "seeds": seeds,
        "stability": stability(partitions),
    }
    return Outcome(rows, summary)


def partition(skeleton: Skeleton, seed: int, resolution: float) -> tuple[int, ...]:
    """The community of each node; a node without edges is one of its own."""
    import graspologic_native as gn

    found: Mapping[str, int] = {}
    if skeleton.edges:
        _, found = gn.leiden(
            edges=skeleton.texts,
            resolution=resolution,
            randomness=_RANDOMNESS,
            seed=seed,
            trials=1 if len(skeleton.edges) > _LARGE else _TRIALS,
        )
    alone = len(skeleton.nodes)
    places = range(len(skeleton.nodes))
    return tuple(found.get(str(place), alone + place) for place in places)


def modularity(skeleton: Skeleton, groups: Sequence[int], resolution: float = 1.0) -> float | None:
    """Weight inside communities beyond what chance would put there; None without edges."""
    total = sum(weight for _, _, weight in skeleton.edges)
    if not total:
        return None
    inside = sum(weight for a, b, weight in skeleton.edges if groups[a] == groups[b])
    strength: dict[int, float] = defaultdict(float)
    for a, b, weight in skeleton.edges:
        strength[groups[a]] += weight
        strength[groups[b]] += weight
    chance = sum((each / (2 * total)) ** 2 for each in strength.values())
    return inside / total - resolution * chance


def stability(partitions: Sequence[Sequence[int]]) -> float | None:
    """Mean adjusted Rand index of every two partitions; None when there is but one."""
    if len(partitions) < 2:
        return None
    return fmean(adjusted_rand(one, other) for one, other in combinations(partitions, 2))


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """Agreement of two partitions of the same nodes: 1 for the same, about 0 for chance."""
    together = _pairs(Counter(zip(one, other, strict=True)))
    ones, others = _pairs(Counter(one)), _pairs(Counter(other))
    every = comb(len(one), 2)
    if every == 0:
        return 1.0
    expected = ones * others / every
    most = (ones + others) / 2
    # Both are all singletons, or both are one community.
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _pairs(counts: Mapping[object, int]) -> int:
    return sum(comb(count, 2) for count in counts.values())


def _ordered(groups: Sequence[int]) -> list[int]:
    """The same partition numbered from 1, the largest first."""
    sizes = Counter(groups)
    first: dict[int, int] = {}
    for place, group in enumerate(groups):
        first.setdefault(group, place)
    ranked = sorted(sizes, key=lambda group: (-sizes[group], first[group]))
    number = {group: place for place, group in enumerate(ranked, start=1)}
    return [number[group] for group in groups]


COMMUNITIES = Measure(
    "communities",
    "Communities",
    "Which groups are more closely joined inside than with others?",
    "Maximises Q = Σ over communities c of (w_in(c)/W − γ · (s(c)/2W)²), with W the weight of "
    "all edges, w_in(c) of those inside c, s(c) the strength of its nodes and γ the "
    "resolution. Stability is the mean adjusted Rand index of the partitions that several "
    "seeds give: (R − E)/(M − E), with R the pairs of nodes together in both partitions, E "
    "what chance would give and M the mean of the pairs together in either.",
    "V. A. Traag, L. Waltman and N. J. van Eck, From Louvain to Leiden: guaranteeing "
    "well-connected communities, Scientific Reports 9 (2019) 5233; L. Hubert and P. Arabie, "
    "Comparing partitions, Journal of Classification 2 (1985) 193–218.",
    (
        NODE,
        Column("community", "number", "Its community, the largest first."),
        Column("size", "number", "Nodes of that community."),
    ),
    (
        Option("seed", "integer", "Where chance begins.", 1, least=0, most=2**31),
        Option("seeds", "integer", "Partitions that stability compares.", 10, least=1, most=50),
        Option("resolution", "number", "More makes more communities.", 1.0, least=0.01, most=100),
    ),
    compute=communities,
)
