"""A small look-up over statements: objects of a subject and predicate, subjects of a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from c5graph.namespaces import RDF
from c5graph.store.rdf import NamedNode, Quad, Term, text_of

TYPE = RDF + "type"


class Index:
    """Statements by subject and by object; IRIs are plain strings.

    Nothing is added once something was looked up, but by who has it alone.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._forward: dict[str, dict[str, list[Term]]] = {}
        self._backward: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in more statements."""
        for quad in quads:
            self._add(quad)
        self.__dict__.pop("_predicates", None)

    def _add(self, quad: Quad) -> None:
        subject, predicate = text_of(quad.subject), quad.predicate.value
        objects = self._forward.setdefault(subject, {}).setdefault(predicate, [])
        if quad.object in objects:
            return
        objects.append(quad.object)
        if isinstance(quad.object, NamedNode):
            self._backward[predicate, quad.object.value].append(subject)

    @cached_property
    def _predicates(self) -> list[str]:
        return sorted({predicate for predicate, _ in self._backward})

    def __contains__(self, subject: str) -> bool:
        return subject in self._forward

    def __iter__(self) -> Iterator[str]:
        return iter(self._forward)

    def terms(self, subject: str, predicate: str) -> list[Term]:
        """Objects as terms, in the order of the files."""
        return self._forward.get(subject, {}).get(predicate, [])

    def term(self, subject: str, predicate: str) -> Term | None:
        """The first object, or None."""
        found = self.terms(subject, predicate)
        return found[0] if found else None

    def values(self, subject: str, predicate: str) -> list[str]:
        """Objects as plain strings."""
        return [text_of(term) for term in self.terms(subject, predicate)]

    def value(self, subject: str, predicate: str) -> str | None:
        """The first object as a plain string, or None."""
        found = self.term(subject, predicate)
        return None if found is None else text_of(found)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Subjects that have this IRI as an object of the predicate."""
        return self._backward.get((predicate, value), [])

    def referring(self, value: str) -> Iterator[tuple[str, str]]:
        """Predicate and subject of every statement that has this IRI as its object."""
        for predicate in self._predicates:
            for subject in self.subjects(predicate, value):
                yield predicate, subject

    def pairs(self, predicate: str) -> Iterator[tuple[str, Term]]:
        """Subject and object of every statement with the predicate."""
        for subject, statements in self._forward.items():
            for term in statements.get(predicate, ()):
                yield subject, term

    def of_class(self, iri: str) -> list[str]:
        """Subjects typed with this class itself."""
        return self.subjects(TYPE, iri)

    def statements(self, subject: str) -> Iterator[tuple[str, Term]]:
        """Predicate and object of every statement about the subject."""
        for predicate, objects in self._forward.get(subject, {}).items():
            for term in objects:
                yield predicate, term

    def closure(self, start: str, predicate: str, *, inverse: bool = False) -> set[str]:
        """Everything reached from `start` along the predicate, `start` included."""
        reached, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            step = self.subjects(predicate, here) if inverse else self.values(here, predicate)
            fresh = [each for each in step if each not in reached]
            reached.update(fresh)
            waiting.extend(fresh)
        return reached
