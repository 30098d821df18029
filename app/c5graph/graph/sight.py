"""What SHACL shapes look at from their targets, as steps that can be followed without SHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node, URIRef

from c5graph.graph.steps import Steps

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
SAID = {RDF.type, RDFS.label, RDFS.comment, SH.path, SH.property, SH.message, SH.severity}
_WITHIN = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTS = (SH["or"], SH["and"], SH.xone)
_BESIDE = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
# What these see is followed by `Sight`; a shape that says more makes its answers unfit to keep.
_PLAIN = {
    *(SH[name] for name in "in pattern flags datatype nodeKind hasValue class closed".split()),
    *(SH[name] for name in "minCount maxCount minLength maxLength languageIn uniqueLang".split()),
    *(SH[name] for name in "minInclusive maxInclusive minExclusive maxExclusive".split()),
    *(SH[name] for name in "qualifiedMinCount qualifiedMaxCount ignoredProperties".split()),
    *SAID, *TARGETS, *_WITHIN, *_LISTS, *_BESIDE,
}  # fmt: skip


class Sight:
    """Finds the steps that shapes take from their targets."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._bounded = all(
            predicate in _PLAIN
            for shape, predicate in graph.subject_predicates()
            if str(predicate).startswith(str(SH))
            and (shape, SH.inversePath, None) not in graph
            and (shape, SH.alternativePath, None) not in graph
        )

    def steps(self, shapes: Iterable[Node]) -> Steps | None:
        """The steps of these shapes, or None."""
        found = Steps()
        for shape in shapes:
            self._walk(shape, (), frozenset(), found, top=True)
        return found if self._bounded else None

    def _walk(
        self,
        shape: Node,
        word: tuple[str, ...],
        within: frozenset[Node],
        found: Steps,
        *,
        top: bool,
    ) -> None:
        if shape in within:
            return
        graph, inside = self._graph, within | {shape}
        path = graph.value(shape, SH.path)
        # The nodes that the parts of a path shape tell of are others than the target.
        self._bounded &= not (path is not None and (shape, SH.property, None) in graph)
        self._bounded &= top or (shape, SH.closed, None) not in graph
        self._bounded &= (shape, SH.targetObjectsOf, None) not in graph
        for each in _BESIDE:
            for predicate in graph.objects(shape, each):
                found.add((*word, str(predicate)))
        for here in [word] if path is None else [(*word, *way) for way in self._ways(path)]:
            end = found.add(here)
            end.classes |= (shape, SH["class"], None) in graph
            for part in self._parts(shape):
                self._walk(part, here, inside, found, top=top and path is None)

    def _parts(self, shape: Node) -> Iterator[Node]:
        for predicate in _WITHIN:
            yield from self._graph.objects(shape, predicate)
        for predicate in _LISTS:
            for each in self._graph.objects(shape, predicate):
                yield from Collection(self._graph, each)

    def _ways(self, path: Node) -> list[tuple[str, ...]]:
        """The words of a path; a path that repeats has no bounds."""
        if isinstance(path, URIRef):
            return [(str(path),)]
        inverse = self._graph.value(path, SH.inversePath)
        if isinstance(inverse, URIRef):
            return [(f"^{inverse}",)]
        either = self._graph.value(path, SH.alternativePath)
        if either is not None:
            return [way for each in Collection(self._graph, either) for way in self._ways(each)]
        ways: list[tuple[str, ...]] = [()]
        if (path, RDF.first, None) not in self._graph:
            self._bounded = False
            return ways
        for each in Collection(self._graph, path):
            ways = [(*way, *further) for way in ways for further in self._ways(each)]
        return ways
