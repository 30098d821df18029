"""SHACL: which nodes break which shapes. Only this module, `sight.py` and `recall.py` know rdflib.

The shapes see the statements that authors wrote, together with the ontology, and without
inference. Before pySHACL runs, shapes are aimed: what a shape with nothing but `sh:property`
says of its targets is asked of all of them at once, which takes half the time, and only the
nodes that are asked for are looked at.
"""

from __future__ import annotations

import logging
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyshacl
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD
from rdflib.term import BNode, Node, URIRef
from rdflib.term import Literal as RdflibLiteral

from c5graph.errors import BadParameter
from c5graph.garbage import uncollected
from c5graph.graph.recall import Recalling
from c5graph.graph.sight import SAID, TARGETS, Sight
from c5graph.graph.sources import InputFile
from c5graph.graph.steps import Line, Steps
from c5graph.store.rdf import BlankNode, Literal, Term, parse, serialise, text_of

# The shapes tell of a literal such as "2025-13-45"^^xsd:date; rdflib would log a traceback.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)

_SOFT = {SH.Warning, SH.Info}
_AIM = "urn:c5graph:aim:"


@dataclass(frozen=True)
class Broken:
    """One shape that a node breaks, in the words of SHACL; `terms` are those of a blank node."""

    focus: str
    path: str
    value: str
    component: str
    message: str
    shape: str
    soft: bool
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What is broken, and the report of SHACL itself in N-Triples.

    Not `whole` where something could not be compared, so that no order of dates was checked.
    """

    broken: list[Broken]
    report: bytes
    whole: bool


@dataclass(frozen=True)
class _Aim:
    """What makes a node a target: a kind of target, its value, and a predicate that leads on."""

    kind: Node
    what: Node
    onward: Node | None = None


class Shapes:
    """The shapes of some files, which are at `paths`."""

    def __init__(self, files: Iterable[InputFile]) -> None:
        self.paths = tuple(item.path for item in files)
        self._graph = Recalling("SimpleMemory")
        for path in self.paths:
            _read(self._graph, path)
        self._aims: dict[Node, set[_Aim]] = defaultdict(set)
        for target in TARGETS:
            for shape, what in self._graph.subject_objects(target):
                self._hand(shape, _Aim(target, what))

    def __bool__(self) -> bool:
        return bool(self._aims)

    @cached_property
    def named(self) -> frozenset[str]:
        """Nodes that shapes name as their targets, whether anything is said of them or not."""
        aims = (aim for aims in self._aims.values() for aim in aims)
        fixed = (aim.what for aim in aims if aim.kind == SH.targetNode and aim.onward is None)
        return frozenset(map(_key, fixed))

    @cached_property
    def steps(self) -> Steps | None:
        """The steps of all paths; None where what the shapes see has no bounds that are known."""
        return Sight(self._graph).steps(self._aims)

    def verdict(
        self, lines: Iterable[Line], terms: dict[str, Term], asked: frozenset[str] | None = None
    ) -> Verdict:
        """What the nodes (of those asked for) break in the statements."""
        data = _data(lines, terms)
        results, whole = _results(data, self._aimed(data, asked))
        # Results below `sh:detail` repeat the one they explain; only those of the report count.
        found = [_broken(results, each, data) for each in results.objects(None, SH["result"])]
        return Verdict(found, results.serialize(format="nt", encoding="utf-8"), whole)

    def whole_verdict(self, lines: Iterable[Line], terms: dict[str, Term]) -> Verdict:
        """What all nodes break, by shapes of any kind, which pySHACL aims itself.

        Raises BadParameter where no shape has a target, since all would conform.
        """
        if not self and not self._is_implicit():
            raise _unfit("no shape among them has a target")
        data = _data(lines, terms)
        try:
            results, whole = _results(data, self._graph)
        except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError) as error:
            raise _unfit(" ".join(str(error).split())[:300]) from error
        found = [_broken(results, each, data) for each in results.objects(None, SH["result"])]
        return Verdict(found, results.serialize(format="nt", encoding="utf-8"), whole)

    def _is_implicit(self) -> bool:
        """Whether a class is a shape as well, and so the target is its instances."""
        graph = self._graph
        kinds = {
            each for kind in (RDFS.Class, OWL.Class) for each in graph.subjects(RDF.type, kind)
        }
        return any((each, RDF.type, SH.NodeShape) in graph for each in kinds)

    def _hand(self, shape: Node, aim: _Aim) -> None:
        """Give the target of a shape to the shapes that ask something of it."""
        path = self._graph.value(shape, SH.path)
        asks = set(self._graph.predicates(shape)) - SAID - set(TARGETS)
        parts = list(self._graph.objects(shape, SH.property))
        onward = None if path is None else self._graph.value(path, SH.inversePath)
        if path is None and parts and not asks:
            for part in parts:
                self._hand(part, aim)
        elif parts and not asks and aim.onward is None and isinstance(onward, URIRef):
            for part in parts:
                self._hand(part, _Aim(aim.kind, aim.what, onward))
        elif asks or parts:
            self._aims[shape].add(aim)

    def _aimed(self, data: Graph, asked: frozenset[str] | None) -> Graph:
        """The shapes with their targets marked in the data.

        A mark is a statement about the mark, so that no node says more than before, and one for
        all nodes of a group, as pySHACL reads all that a shape says for each check.
        """
        shapes = Recalling("SimpleMemory")
        for triple in self._graph:
            if triple[1] not in TARGETS:
                shapes.add(triple)
        groups: dict[frozenset[Node], list[Node]] = defaultdict(list)
        for shape, aims in self._aims.items():
            nodes = {node for aim in aims for node in _targets(data, aim)}
            groups[frozenset(nodes if asked is None else _among(nodes, asked))].append(shape)
        for number, (group, asking) in enumerate(groups.items()):
            mark = URIRef(f"{_AIM}{number}")
            for shape in asking:
                shapes.add((shape, SH.targetObjectsOf, mark))
            for node in group:
                data.add((mark, mark, node))
        return shapes


def _read(graph: Graph, path: Path) -> None:
    if path.suffix == ".ttl":
        graph.parse(path, format="turtle")
    else:  # other formats by our own parser, which fetches nothing
        graph.parse(data=serialise(parse(path), "nt"), format="nt")


def _unfit(why: str) -> BadParameter:
    return BadParameter(
        f"The shapes cannot be used: {why}.", remedy="Mend the files that --shapes names."
    )


def _targets(data: Graph, aim: _Aim) -> Iterable[Node]:
    found: set[Node] = set()
    if aim.kind == SH.targetNode:
        found = {aim.what}
    elif aim.kind == SH.targetSubjectsOf:
        found = set(data.subjects(aim.what, None))
    elif aim.kind == SH.targetObjectsOf:
        found = set(data.objects(None, aim.what))
    else:
        for kind in data.transitive_subjects(RDFS.subClassOf, aim.what):
            found |= set(data.subjects(RDF.type, kind))
    if aim.onward is None:
        return found
    return {node for each in found for node in data.subjects(aim.onward, each)}


def _among(nodes: Iterable[Node], asked: frozenset[str]) -> Iterator[Node]:
    return (node for node in nodes if _key(node) in asked)


def _key(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"


def _data(lines: Iterable[Line], terms: dict[str, Term]) -> Graph:
    made: dict[str, Node] = {}
    data = Recalling("Memory")

    def node(text: str) -> Node:
        if text not in made:
            made[text] = _node(terms[text]) if text in terms else URIRef(text[1:-1])
        return made[text]

    for line in lines:
        subject, predicate, each = map(node, line)
        data.add((subject, predicate, each))
    return data


def _node(term: Term) -> Node:
    if isinstance(term, Literal):
        # A string has no datatype in rdflib; given one, it would equal no string of the shapes.
        plain = term.language is not None or term.datatype.value == str(XSD.string)
        datatype = None if plain else URIRef(term.datatype.value)
        return RdflibLiteral(term.value, lang=term.language, datatype=datatype)
    return BNode(term.value) if isinstance(term, BlankNode) else URIRef(text_of(term))


def _results(data: Graph, shapes: Graph) -> tuple[Graph, bool]:
    """The report of pySHACL, and whether it is whole.

    pySHACL ends in an error when it is to compare an impossible date or a blank node; that such
    a thing stands there is told by the shapes that ask for a date.
    """
    try:
        return _report(data, shapes), True
    except (TypeError, ReportableRuntimeError):
        for order in (SH.lessThan, SH.lessThanOrEquals):
            shapes.remove((None, order, None))
        return _report(data, shapes), False


def _report(data: Graph, shapes: Graph) -> Graph:
    with warnings.catch_warnings(), uncollected():
        # rdflib knows no order of months or years, and pySHACL takes that for "not later".
        warnings.filterwarnings("ignore", "NotImplemented should not", DeprecationWarning)
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    assert isinstance(results, Graph)
    return results


def _broken(results: Graph, result: Node, data: Graph) -> Broken:
    def text(predicate: URIRef) -> str:
        node = results.value(result, predicate)
        return "" if node is None else str(node)

    focus, path = results.value(result, SH.focusNode), results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    blank = isinstance(focus, BNode)
    said = {str(term) for pair in data.predicate_objects(focus) for term in pair} if blank else ()
    return Broken(
        f"_:{focus}" if blank else text(SH.focusNode),
        str(path) if isinstance(path, URIRef) else "",
        "" if isinstance(value, BNode) or value == focus else text(SH.value),
        text(SH.sourceConstraintComponent).removeprefix(str(SH)),
        " ".join(sorted(str(each) for each in results.objects(result, SH.resultMessage))),
        text(SH.sourceShape),
        results.value(result, SH.resultSeverity) in _SOFT,
        tuple(sorted(said)),
    )
