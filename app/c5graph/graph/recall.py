"""Graphs of rdflib that remember what they were asked, for pySHACL asks the same all the time.

It reads a shape anew for each node that is judged by an alternative, walks the list of `sh:in`
each time, and shortens the names of shape, node and value for each result, also for those that
it throws away since another alternative holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import Graph
from rdflib.graph import _TripleType
from rdflib.namespace import NamespaceManager
from rdflib.term import Node


class Recalling(Graph):
    """A graph; what is asked again is answered from memory until it changes."""

    def __init__(self, store: str) -> None:
        self._recalled: dict[tuple[str, Any, Any], list[Any]] = {}
        super().__init__(store)
        self.namespace_manager = _Names(self)

    def add(self, triple: _TripleType) -> Recalling:
        """Add a statement."""
        self._recalled.clear()
        return super().add(triple)

    def addN(self, quads: Iterable[Any]) -> Recalling:  # noqa: N802 - the name rdflib gives it
        """Add statements."""
        self._recalled.clear()
        return super().addN(quads)

    def remove(self, triple: Any) -> Recalling:
        """Remove what fits."""
        self._recalled.clear()
        return super().remove(triple)

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """As a graph does; a list of subjects, or a path, is not remembered."""
        if unique or isinstance(subject, list) or not isinstance(predicate, str):
            return super().objects(subject, predicate, unique)
        return self._recall("objects", subject, predicate)

    def predicate_objects(self, subject: Any = None, unique: bool = False) -> Any:
        """As a graph does."""
        if unique or subject is None:
            return super().predicate_objects(subject, unique)
        return self._recall("predicate_objects", subject)

    def items(self, list: Node) -> Any:
        """As a graph does."""
        return self._recall("items", list)

    def _recall(self, what: str, *asked: Any) -> Iterator[Any]:
        key = (what, asked[0], asked[-1])
        if (found := self._recalled.get(key)) is None:
            found = self._recalled[key] = [*getattr(super(), what)(*asked)]
        return iter(found)


class _Names(NamespaceManager):
    """Names of a graph, shortened once each."""

    def __init__(self, graph: Graph) -> None:
        self._short: dict[str, str] = {}
        self._bound: set[tuple[Any, str]] = set()
        super().__init__(graph)

    def bind(
        self, prefix: Any, namespace: Any, override: bool = True, replace: bool = False
    ) -> None:
        """As a manager does; a pair that was bound before is left as it is."""
        if (pair := (prefix, str(namespace))) in self._bound:
            return
        self._short.clear()
        self._bound.add(pair)
        super().bind(prefix, namespace, override, replace)

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803 - the names rdflib gives them
        """As a manager does."""
        if (short := self._short.get(rdfTerm)) is None:
            short = self._short[rdfTerm] = super().normalizeUri(rdfTerm)
        return short
