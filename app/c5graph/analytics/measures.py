"""Every measure by name."""

from __future__ import annotations

from typing import Final

from c5graph.analytics.brokers import BROKERS
from c5graph.analytics.centrality import BETWEENNESS, DEGREE, EIGENVECTOR, PAGERANK
from c5graph.analytics.change import CHANGE
from c5graph.analytics.communities import COMMUNITIES
from c5graph.analytics.measure import Measure
from c5graph.analytics.routes import ROUTES
from c5graph.analytics.similarity import SIMILARITY
from c5graph.analytics.structure import BRIDGES, COMPONENTS
from c5graph.errors import UnknownQuery

MEASURES: Final[dict[str, Measure]] = {
    each.name: each
    for each in (
        DEGREE,
        BETWEENNESS,
        EIGENVECTOR,
        PAGERANK,
        COMMUNITIES,
        COMPONENTS,
        BRIDGES,
        BROKERS,
        ROUTES,
        SIMILARITY,
        CHANGE,
    )
}


def measure(name: str) -> Measure:
    """The measure of this name. Raises UnknownQuery."""
    found = MEASURES.get(name)
    if found is None:
        raise UnknownQuery(
            f"No measure is called {name[:80]!r}.", remedy=f"There are {', '.join(MEASURES)}."
        )
    return found
