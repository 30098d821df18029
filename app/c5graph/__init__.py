"""c5graph: claims about the relations of five Central Asian states with the United States.

In a notebook:

    from c5graph import Graph
    graph = Graph.load()
    graph.query("SELECT ?s WHERE { ?s a c5:State }").to_pandas()
    graph.neighbours("kazakhstan", depth=2).to_networkx()
    graph.paths("kazakhstan", "boeing")
    graph.network("deals").to_networkx()
    graph.analyse("betweenness", "deals").to_pandas()
    graph.exposure("turkmenistan")
    graph.claims("somon-air-boeing-2025")
    graph.ledger(state="tajikistan"), graph.disputes()

Every call takes `lens=Lens(...)`, and `Graph.connect(url)` has the same calls against a service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from c5graph.api import Graph
    from c5graph.graph.lens import Lens

__all__ = ["Graph", "Lens", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "Graph":
        # Imported when asked for: the version alone must not load an engine.
        from c5graph.api import Graph

        return Graph
    if name == "Lens":
        from c5graph.graph.lens import Lens

        return Lens
    raise AttributeError(f"module 'c5graph' has no attribute {name!r}")
