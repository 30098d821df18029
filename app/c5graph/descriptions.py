"""What is stated about an IRI: its own statements, those of its parts, and what points to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from c5graph.graph.claims import is_framed
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.release import Release
from c5graph.graph.view import hidden
from c5graph.namespaces import BASE, C5, DCTERMS, OA, RDF, SKOS, graph_iri
from c5graph.store.rdf import BlankNode, DefaultGraph, NamedNode, Quad, text_of

MOST: Final = 1000
_PARTS = (C5 + "evidence", OA + "hasSelector", C5 + "support")
_OBJECT = RDF + "object"
_APART = ("derivations", "facts", "shapes")


@dataclass(frozen=True)
class Description:
    """Statements about one IRI; `cut` when more point to it than are given."""

    quads: tuple[Quad, ...]
    cut: bool = False


class Descriptions:
    """Describes every IRI of one release, as a lens shows it."""

    def __init__(self, release: Release, lens: Lens = DEFAULT) -> None:
        self._release, self._lens = release, lens
        basis = release.basis
        self._gone = frozenset() if lens == DEFAULT else hidden(basis, basis.select(lens))

    def __contains__(self, iri: str) -> bool:
        if iri in self._gone:
            return False
        return iri in self._release.index or iri in self._apart

    def replaced_by(self, iri: str) -> str | None:
        """What took the place of a retired IRI."""
        return self._release.index.value(iri, DCTERMS + "isReplacedBy")

    def of(self, iri: str) -> Description:
        """Statements about the IRI, about what belongs to it alone, and up to MOST that use it."""
        found = list(islice(self._using(iri), MOST + 1))
        members = self._release.index.subjects(SKOS + "inScheme", iri)
        within = (quad for member in members for quad in self._own(member))
        quads = dict.fromkeys([*self._own(iri), *within, *found[:MOST]])
        return Description(tuple(quads), cut=len(found) > MOST)

    def graph(self, name: str) -> list[Quad]:
        """Statements of one of our named graphs, without the graph's name."""
        wanted = NamedNode(graph_iri(name))
        return [_bare(quad) for quad in self._release.quads if quad.graph_name == wanted]

    @cached_property
    def _apart(self) -> dict[str, list[Quad]]:
        """Statements that the index does not have, by subject."""
        found: dict[str, list[Quad]] = defaultdict(list)
        for quad in self._beside_index():
            found[text_of(quad.subject)].append(quad)
        return dict(found)

    @cached_property
    def _apart_using(self) -> dict[str, list[Quad]]:
        """The same by object."""
        found: dict[str, list[Quad]] = defaultdict(list)
        for quad in self._beside_index():
            if isinstance(quad.object, NamedNode):
                found[quad.object.value].append(quad)
        return dict(found)

    def _beside_index(self) -> Iterator[Quad]:
        graphs = {NamedNode(graph_iri(name)) for name in _APART}
        if self._release.record.claims:
            for quad in self._quads:
                if quad.graph_name in graphs:
                    yield _bare(quad)

    @property
    def _quads(self) -> Iterable[Quad]:
        release = self._release
        return release.quads if self._lens == DEFAULT else release.quads_under(self._lens)

    def _own(self, subject: str) -> Iterator[Quad]:
        """Statements about a subject and about what is there for its sake alone."""
        waiting, seen = [subject], {subject}
        while waiting:
            for quad in self._about(waiting.pop()):
                yield quad
                target = text_of(quad.object)
                if target not in seen and self._is_part(quad):
                    seen.add(target)
                    waiting.append(target)

    def _is_part(self, quad: Quad) -> bool:
        """True for a blank node, and for what a claim or fact needs to be understood."""
        predicate, target = quad.predicate.value, quad.object
        if isinstance(target, BlankNode):
            return True
        if not isinstance(target, NamedNode) or not target.value.startswith(BASE):
            return False
        if predicate == _OBJECT:
            return is_framed(self._release.index, target.value)
        # Evidence may be a report itself, which is no part of the claim.
        return predicate in _PARTS and target.value not in self._release.record.reports

    def _about(self, subject: str) -> Iterator[Quad]:
        node = _node(subject)
        for predicate, term in self._release.index.statements(subject):
            if text_of(term) not in self._gone:
                yield Quad(node, NamedNode(predicate), term)
        yield from self._apart.get(subject, ())

    def _using(self, iri: str) -> Iterator[Quad]:
        node = NamedNode(iri)
        for predicate, subject in self._release.index.referring(iri):
            if subject not in self._gone:
                yield Quad(_node(subject), NamedNode(predicate), node)
        yield from self._apart_using.get(iri, ())


def _node(subject: str) -> NamedNode | BlankNode:
    return NamedNode(subject) if ":" in subject else BlankNode(subject)


def _bare(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
