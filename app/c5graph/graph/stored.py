"""The look-ups of an index, read from a store in place of dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from c5graph.graph.index import Index
from c5graph.store.rdf import BlankNode, NamedNode, Store, Term, text_of

T = TypeVar("T", str, Term)


class StoredIndex(Index):
    """An index that holds nothing itself: each look-up asks the store for a pattern."""

    def __init__(self, store: Store) -> None:
        super().__init__(())
        self._store = store
        # Many look-ups are for predicates of ours that a user's files have nowhere.
        self._has = lru_cache(maxsize=1024)(self._has_any)

    def __contains__(self, subject: str) -> bool:
        return next(self.statements(subject), None) is not None

    def __iter__(self) -> Iterator[str]:
        seen = {text_of(quad.subject): None for quad in self._store}
        return iter(seen)

    def terms(self, subject: str, predicate: str) -> list[Term]:
        """Objects as terms."""
        node = _node(subject) if self._has(predicate) else None
        if node is None:
            return []
        found = self._store.quads_for_pattern(node, NamedNode(predicate), None)
        return list(dict.fromkeys(quad.object for quad in found))

    def pairs(self, predicate: str) -> Iterator[tuple[str, Term]]:
        """Subject and object of every statement with the predicate, each once."""
        found = self._store.quads_for_pattern(None, NamedNode(predicate), None)
        return _each_once((text_of(quad.subject), quad.object) for quad in found)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Subjects that have this IRI as an object of the predicate."""
        node = _node(value)
        return [] if node is None else self.holders(predicate, node)

    def holders(self, predicate: str, term: Term) -> list[str]:
        """Subjects that have this term as an object of the predicate."""
        found = self._store.quads_for_pattern(None, NamedNode(predicate), term)
        return list(dict.fromkeys(text_of(quad.subject) for quad in found))

    def _has_any(self, predicate: str) -> bool:
        found = self._store.quads_for_pattern(None, NamedNode(predicate), None)
        return next(found, None) is not None

    def statements(self, subject: str) -> Iterator[tuple[str, Term]]:
        """Predicate and object of every statement about the subject, each once."""
        node = _node(subject)
        if node is None:
            return iter(())
        found = self._store.quads_for_pattern(node, None, None)
        return _each_once((quad.predicate.value, quad.object) for quad in found)

    def referring(self, value: str) -> Iterator[tuple[str, str]]:
        """Predicate and subject of every statement that has this IRI as its object."""
        node = _node(value)
        if node is None:
            return iter(())
        found = self._store.quads_for_pattern(None, None, node)
        return iter(sorted({(quad.predicate.value, text_of(quad.subject)) for quad in found}))


def _each_once(pairs: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    seen = set()
    for pair in pairs:
        if pair not in seen:
            seen.add(pair)
            yield pair


def _node(text: str) -> NamedNode | BlankNode | None:
    try:
        return NamedNode(text) if ":" in text else BlankNode(text)
    except ValueError:
        return None
