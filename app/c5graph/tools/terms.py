"""Refuses a query that names a class or a property that the graph has not, with the nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from c5graph.errors import BadParameter
from c5graph.graph.index import TYPE, Index
from c5graph.namespaces import C5SH, OWL, PREFIXES, RDFS, XSD, shorten
from c5graph.scan import Token, position, prefixes, tokens

_NEAREST, _LEAST = 3, 55
_DECLARED = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
_TERMS, _OPENING, _STEP = ("variable", "iri", "name", "blank"), ".{})", "/|^!"
_BEFORE_GRAPH = ("graph", "from", "named", "prefix", "base", "service")


class Vocabulary:
    """The classes and properties that the graph uses or its ontology declares."""

    def __init__(self, index: Index) -> None:
        used = {predicate for iri in index for predicate, _ in index.statements(iri)}
        classes = {each for iri in index for each in index.values(iri, TYPE)}
        declared = {
            iri
            for namespace, names in ((OWL, _DECLARED), (RDFS, ("Class",)))
            for name in names
            for iri in index.of_class(namespace + name)
        }
        self._known = used | classes | declared
        # A namespace that names other things as well says nothing of what stands in it.
        others = {_namespace(iri) for iri in index if iri not in self._known}
        self._namespaces = {_namespace(iri) for iri in self._known} - {XSD} - others
        self._names = {iri: _local(iri) for iri in self._known if not iri.startswith(C5SH)}

    def insist(self, query: str) -> None:
        """Raise BadParameter at the first class or property that is none of the graph's."""
        for iri, token in self._suspects(query):
            if iri not in self._known:
                line, column = position(query, token.start)
                raise BadParameter(
                    f"The graph has no class or property {shorten(iri)[:200]}.",
                    remedy=self._advice(iri),
                    line=line,
                    column=column,
                )

    def named(self, query: str) -> frozenset[str]:
        """The properties and classes of the graph that a query names."""
        return frozenset(iri for iri, _ in _named(query) if iri in self._known)

    def _suspects(self, query: str) -> Iterator[tuple[str, Token]]:
        """IRIs of vocabularies of the graph, and any others that stand where only terms do."""
        found = list(tokens(query))
        places = {token.start: place for place, token in enumerate(found)}
        for iri, token in _named(query):
            place = places[token.start]
            if _names_a_graph(found, place) or _is_call(found, place):
                continue
            if _namespace(iri) in self._namespaces or _is_term(found, place):
                yield iri, token

    def _advice(self, iri: str) -> str:
        wanted = _local(iri)
        near = process.extract(
            wanted, self._names, scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LEAST
        )
        close = [shorten(found) for _, _, found in near]
        if not close:
            return "The page /ontology lists every class and property."
        return f"Did you mean {' or '.join(close)}?"


def _named(query: str) -> Iterator[tuple[str, Token]]:
    """Every IRI and prefixed name of a query, declarations left out."""
    found = list(tokens(query))
    declared = {**PREFIXES, **prefixes(found)}
    for place, token in enumerate(found):
        if _is_declaration(found, place):
            continue
        if token.kind == "iri":
            yield token.text[1:-1], token
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in declared:
                yield declared[prefix] + re.sub(r"\\(.)", r"\1", local), token


def _is_declaration(found: list[Token], place: int) -> bool:
    before = [each.text.lower() for each in found[max(0, place - 2) : place]]
    return bool(before) and (before[-1] in ("prefix", "base") or before[0] == "prefix")


def _names_a_graph(found: list[Token], place: int) -> bool:
    return place > 0 and found[place - 1].text.lower() in _BEFORE_GRAPH


def _is_call(found: list[Token], place: int) -> bool:
    """A function, such as a cast."""
    following = found[place + 1].text if place + 1 < len(found) else ""
    return following == "(" or (place > 0 and found[place - 1].text == "^")


def _is_term(found: list[Token], place: int) -> bool:
    """Whether an IRI stands where a property does, or behind `a`, where a class does."""
    before = found[place - 1] if place else None
    if before is None:
        return False
    if before.text in ("a", ";") or (before.text in _STEP and place > 1):
        return True
    opened = place > 1 and found[place - 2].text in _OPENING
    return before.kind in _TERMS and opened and not _opens_values(found, place - 2)


def _opens_values(found: list[Token], place: int) -> bool:
    """Whether the brace begins a list of values, where two terms may stand side by side."""
    begins = found[max(0, place - 2) : place + 1]
    return len(begins) == 3 and begins[0].text.lower() == "values"


def _namespace(iri: str) -> str:
    return iri[: len(iri) - len(_local(iri))]


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
