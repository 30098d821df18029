"""The look-ups of an index, read from a store in place of dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain
from typing import TypeVar

from c5graph.graph.index import Index
from c5graph.store.rdf import BlankNode, NamedNode, Quad, Store, Term, text_of

T = TypeVar("T", str, Term)


class StoredIndex(Index):
    """An index that holds nothing itself: each look-up asks the store for a pattern."""

    def __init__(self, store: Store) -> None:
        super().__init__(())
        self._store = store
        # Many look-ups are for predicates of ours that a user's files have nowhere.
        self._used = lru_cache(maxsize=1024)(self._if_used)

    def __contains__(self, subject: str) -> bool:
        node = _node(subject)
        return node is not None and _is_any(self._store.quads_for_pattern(node, None, None))

    def __iter__(self) -> Iterator[str]:
        seen = {text_of(quad.subject): None for quad in self._store}
        return iter(seen)

    def terms(self, subject: str, predicate: str) -> list[Term]:
        """Objects as terms."""
        used = self._used(predicate)
        node = _node(subject) if used else None
        if node is None:
            return []
        found = [quad.object for quad in self._store.quads_for_pattern(node, used, None)]
        # Only in several graphs can a statement stand twice.
        return list(dict.fromkeys(found)) if len(found) > 1 and self._has_graphs else found

    def term(self, subject: str, predicate: str) -> Term | None:
        """The first object, or None."""
        used = self._used(predicate)
        node = _node(subject) if used else None
        if node is None:
            return None
        quad = next(self._store.quads_for_pattern(node, used, None), None)
        return None if quad is None else quad.object

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

    def _if_used(self, predicate: str) -> NamedNode | None:
        """The predicate as a term, if any statement has it."""
        node = NamedNode(predicate)
        return node if _is_any(self._store.quads_for_pattern(None, node, None)) else None

    def at(self, iri: str) -> Iterator[Quad]:
        """The statements that have this IRI as subject, then all others that have it as object.

        One that stands in several graphs comes once, from any of them.
        """
        node = _node(iri)
        if node is None:
            return iter(())
        told = self._store.quads_for_pattern(node, None, None)
        of = self._store.quads_for_pattern(None, None, node)
        found = chain(told, (quad for quad in of if quad.subject != node))
        return _each_triple_once(found) if self._has_graphs else found

    @cached_property
    def _has_graphs(self) -> bool:
        return _is_any(self._store.named_graphs())

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


def _is_any(found: Iterator[object]) -> bool:
    return next(found, None) is not None


def _each_triple_once(quads: Iterable[Quad]) -> Iterator[Quad]:
    seen = set()
    for quad in quads:
        if quad.triple not in seen:
            seen.add(quad.triple)
            yield quad


@lru_cache(maxsize=1024)  # a thing is asked for one predicate after another
def _node(text: str) -> NamedNode | BlankNode | None:
    try:
        return NamedNode(text) if ":" in text else BlankNode(text)
    except ValueError:
        return None
