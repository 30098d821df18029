"""Networks small enough to be worked out on paper, and generated ones."""

from __future__ import annotations

from typing import Any

import networkx as nx
from hypothesis import strategies as st

from c5graph.analytics.measures import MEASURES
from c5graph.analytics.outcome import Outcome, silent
from c5graph.analytics.skeleton import Skeleton

KITE = (
    ("a", "b", 1.0),
    ("a", "c", 2.0),
    ("b", "c", 1.0),
    ("c", "d", 1.0),
    ("d", "e", 3.0),
    ("e", "f", 1.0),
    ("d", "f", 1.0),
    ("g", "h", 2.0),
)
"""Two triangles a-b-c and d-e-f joined by the edge c-d, and the pair g-h on its own."""


def kite(*, directed: bool = False) -> Skeleton:
    """The kite; with directions every edge leads from the earlier letter to the later."""
    return Skeleton.of(KITE, directed=directed)


def computed(name: str, skeleton: Skeleton, **options: Any) -> Outcome:
    """A measure with these options in place of its defaults, things given as they are."""
    measure = MEASURES[name]
    defaults = {each.name: [] if each.kind == "set" else each.default for each in measure.options}
    assert measure.compute is not None
    return measure.compute(skeleton, {**defaults, "groups": {}, **options}, silent)


def by_node(outcome: Outcome, column: str) -> dict[str, Any]:
    """One column of an outcome by node."""
    return {row["node"]: row[column] for row in outcome.rows}


@st.composite
def skeletons(draw: st.DrawFn, *, directed: bool | None = None, most: int = 12) -> Skeleton:
    """A random network of up to so many nodes, as networkx makes them."""
    count = draw(st.integers(2, most))
    kind = draw(st.booleans()) if directed is None else directed
    chance = draw(st.sampled_from((0.1, 0.25, 0.5)))
    seed = draw(st.integers(0, 10_000))
    graph = nx.gnp_random_graph(count, chance, seed=seed, directed=kind)
    weights = draw(
        st.lists(st.integers(1, 4), min_size=len(graph.edges), max_size=len(graph.edges))
    )
    edges = (
        (f"n{a:02}", f"n{b:02}", float(w)) for (a, b), w in zip(graph.edges, weights, strict=True)
    )
    return Skeleton.of(edges, directed=kind, more=(f"n{node:02}" for node in graph))
