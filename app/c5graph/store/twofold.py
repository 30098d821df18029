"""A store and, beside it, its default graph alone.

The engine follows a term through all graphs and passes over what stands in others. Most of what
the default graph of a release holds stands in a named graph too, so that a query that names no
graph takes up to twice as long in the whole store as in one with nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from c5graph.protocol import QueryRequest
from c5graph.scan import may_name_graphs

_MOST: Final = 500_000  # statements that are worth holding twice; copying them takes a second
_SHARE: Final = 0.2  # of all statements in named graphs, below which little is gained


@dataclass(frozen=True)
class Twofold:
    """The whole store, and a copy of its default graph where that is worth it."""

    whole: ox.Store
    default: ox.Store | None = None

    @classmethod
    def of(cls, whole: ox.Store) -> Twofold:
        """With the copy, unless it is no gain."""
        if next(iter(whole.named_graphs()), None) is None:
            return cls(whole)
        if sum(1 for _ in _own(whole)) > min(_MOST, (1 - _SHARE) * len(whole)):
            return cls(whole)
        default = ox.Store()
        # One by one: each worker would copy the heap that a list of them leaves behind.
        default.bulk_extend(_own(whole))
        return cls(whole, default)

    def fitting(self, request: QueryRequest) -> ox.Store:
        """The store to ask, whose answer is the same."""
        if self.default is None or request.default_graphs or request.named_graphs:
            return self.whole
        return self.whole if may_name_graphs(request.query) else self.default


def _own(store: ox.Store) -> Iterator[ox.Quad]:
    """The statements of its default graph."""
    return store.quads_for_pattern(None, None, None, ox.DefaultGraph())
