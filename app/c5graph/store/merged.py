"""Default graphs made of several: a statement that two of them hold counts once.

SPARQL asks over the merge of the graphs of FROM. The engine goes through one after the other and
gives twice what two of them hold; where graphs overlap, a copy is asked in which they are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import pyoxigraph as ox

from c5graph.protocol import QueryRequest
from c5graph.scan import Named

Graphs = list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]


def data_set(
    store: ox.Store, request: QueryRequest, written: Named
) -> tuple[ox.Store, Graphs | None, list[ox.NamedNode | ox.BlankNode] | None]:
    """What the engine is to ask: a store, its default graph and its named ones.

    None leaves it the data set of the text, or else its own. The request overrides the text.
    """
    default, named = request.default_graphs, request.named_graphs
    if not (default or named):
        if not _is_several(written):
            return store, None, None
        default, named = written.default, written.named
    # The engine goes through a graph as often as it is named.
    default, named = tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named))
    one = merged(store, default, named) if len(default) > 1 else None
    beside: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(each) for each in named]
    if one is not None:
        return one, [ox.DefaultGraph()], beside
    return store, [ox.NamedNode(each) for each in default], beside


def _is_several(written: Named) -> bool:
    """Whether the text names graphs, each in full, that may have to be made one."""
    whole = all(":" in graph for graph in written.graphs)
    return written.sure and whole and len(written.graphs) > 1


@lru_cache(maxsize=2)
def merged(store: ox.Store, default: tuple[str, ...], named: tuple[str, ...]) -> ox.Store | None:
    """A copy of these graphs whose own default graph is their merge; None where they are apart.

    It is made once, since a store that is asked does not change. It takes the time and memory of
    the query.
    """
    graphs = [ox.NamedNode(graph) for graph in default]
    if not _overlap(store, graphs):
        return None
    copy = ox.Store()
    copy.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for graph in graphs
        for quad in _of(store, graph)
    )
    copy.bulk_extend(quad for graph in named for quad in _of(store, ox.NamedNode(graph)))
    return copy


def _overlap(store: ox.Store, graphs: Sequence[ox.NamedNode]) -> bool:
    return any(
        ox.Quad(quad.subject, quad.predicate, quad.object, other) in store
        for place, graph in enumerate(graphs)
        for quad in (_of(store, graph) if graphs[place + 1 :] else ())
        for other in graphs[place + 1 :]
    )


def _of(store: ox.Store, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, graph)
