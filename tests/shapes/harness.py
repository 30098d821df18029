"""How the shapes are tested: one small file a case, mixed into one small invented world.

A case is `cases/<subject>/<Shape>-<constraint>.valid[.what].ttl`, which must raise no result at
all, or `....invalid.<fault>.ttl`, whose header names the one result that must be raised: shape,
path, component, focus node (and severity where it is a warning). Any other result is a fault.
`tests/shapes/mutate.py` runs the same functions over broken shapes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from c5graph.graph.recall import Recalling

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CASES = HERE / "cases"
SHAPES = ROOT / "ontology" / "shapes"
C5 = "https://w3id.org/c5graph/ontology#"
C5SH = "https://w3id.org/c5graph/shapes#"

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)

# What the cases need of the ontology: how classes and concepts hang together. Its terms
# themselves are left out, so that a case shows results about its own triples only.
_HANGING = (RDFS.subClassOf, SKOS.inScheme, SKOS.broader)

logging.getLogger("pyshacl").setLevel(logging.ERROR)


@dataclass(frozen=True, order=True)
class Result:
    """One validation result, in the words of a case's header."""

    shape: str
    path: str
    component: str
    focus: str
    severity: str = "sh:Violation"


@dataclass(frozen=True)
class Case:
    """One file, and the result that it must raise (none when it is valid)."""

    file: Path
    shape: str
    expected: Result | None

    @property
    def name(self) -> str:
        """What the test is called."""
        return self.file.relative_to(CASES).as_posix()


def read(paths: Iterable[Path], store: str = "Memory") -> Graph:
    """Turtle files in one graph, which remembers what pySHACL asks of it again and again."""
    graph = Recalling(store)
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


@lru_cache(maxsize=1)
def shapes() -> Graph:
    """All shapes, as they stand."""
    return read(sorted(SHAPES.glob("*.ttl")))


@lru_cache(maxsize=1)
def ontology() -> Graph:
    """The whole ontology with its vocabularies, without shapes."""
    folder = ROOT / "ontology"
    return read([*sorted(folder.glob("*.ttl")), *sorted(folder.glob("vocabulary/*.ttl"))])


@lru_cache(maxsize=1)
def world() -> Graph:
    """The invented world."""
    return read([HERE / "context.ttl"])


def header(path: Path) -> dict[str, str]:
    """The `# name: value` lines that open a file."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        name, colon, value = line[1:].partition(":")
        if colon:
            found[name.strip()] = value.strip()
    return found


def _case(path: Path) -> Case:
    shape = "c5sh:" + path.name.partition(".")[0]
    if ".invalid." not in path.name:
        return Case(path, shape, None)
    told = header(path)
    severity = told.get("severity", "sh:Violation")
    path_told = told.get("path", "")
    result = Result(told["shape"], path_told, told["component"], told["focus"], severity)
    return Case(path, shape, result)


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Every case, in the order of its name."""
    return tuple(_case(path) for path in sorted(CASES.glob("*/*.ttl")))


@lru_cache(maxsize=2048)
def case_graph(case: Case) -> Graph:
    """The triples of a case, with the part of the world that they lead to."""
    graph = read([case.file])
    waiting, seen = set(graph.all_nodes()), set[Node]()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        found = [*_told().triples((node, None, None)), *_claims_about(node)]
        for triple in found:
            graph.add(triple)
            waiting |= {triple[0], triple[2]} - seen
    return graph


def _claims_about(node: Node) -> Iterator[tuple[Node, Node, Node]]:
    yield from world().triples((None, RDF.subject, node))
    if (node, RDF.type, URIRef(C5 + "Office")) in world():
        yield from world().triples((None, RDF.object, node))


@lru_cache(maxsize=1)
def _told() -> Graph:
    """The world, and how its classes and concepts hang together."""
    whole = read([HERE / "context.ttl"])
    for predicate in _HANGING:
        for triple in ontology().triples((None, predicate, None)):
            whole.add(triple)
    return whole


def results(data: Graph, checked: ShapesGraph) -> list[Result]:
    """All results of a validation, in order.

    pySHACL would look for the targets of every shape, and of every nested one too; only those
    that have one in the data count.
    """
    assert checked.shapes
    options = {"use_shapes": sorted(_aimed(data, checked))}
    runner = Validator(DataGraph.from_rdflib_graph(data), shacl_graph=Graph(), options=options)
    runner.shacl_graph = checked
    _, report, _ = runner.run()  # type: ignore[no-untyped-call]
    return sorted(_results(report))


def _aimed(data: Graph, checked: ShapesGraph) -> Iterator[str]:
    """The shapes that have a target in the data."""
    typed = set(data.objects(None, RDF.type))
    kinds = {above for kind in typed for above in data.transitive_objects(kind, RDFS.subClassOf)}
    there = {SH.targetClass: kinds}
    there[SH.targetSubjectsOf] = there[SH.targetObjectsOf] = set(data.predicates())
    for shape, how, what in _aims(checked):
        if how == SH.targetNode or what in there[how]:
            yield shape


@lru_cache(maxsize=1)
def _aims(checked: ShapesGraph) -> tuple[tuple[str, URIRef, Node], ...]:
    pairs = ((how, pair) for how in TARGETS for pair in checked.graph.subject_objects(how))
    return tuple((str(shape), how, what) for how, (shape, what) in pairs)


def _results(report: Graph) -> Iterator[Result]:
    for node in report.objects(None, SH.result):
        path = report.value(node, SH.resultPath)
        yield Result(
            short(report.value(node, SH.sourceShape)),
            path_text(report, path) if path is not None else "",
            short(report.value(node, SH.sourceConstraintComponent)),
            short(report.value(node, SH.focusNode)),
            short(report.value(node, SH.resultSeverity)),
        )


def faults_of(case: Case, checked: ShapesGraph) -> list[str]:
    """What is wrong about a case, in words; nothing when it does what its name says.

    Warnings of other shapes are let pass: a case of few triples lacks what is recommended.
    """
    raised = results(case_graph(case), checked)
    counted = [one for one in raised if one.severity != "sh:Warning" or one.shape == case.shape]
    expected = [] if case.expected is None else [case.expected]
    missing = [f"{case.name}: not raised: {one}" for one in expected if one not in counted]
    other = [f"{case.name}: raised: {one}" for one in counted if one not in expected]
    return missing + other


def short(node: Node | None) -> str:
    """A term as the headers write it: `c5:hasBuyer`, `<iri>`, `[]`."""
    if isinstance(node, BNode) or node is None:
        return "[]"
    if not isinstance(node, URIRef):
        return str(node)
    fits = [(len(iri), prefix) for prefix, iri in prefixes().items() if node.startswith(iri)]
    if not fits:
        return f"<{node}>"
    length, prefix = max(fits)
    return f"{prefix}:{node[length:]}"


@lru_cache(maxsize=1)
def prefixes() -> dict[str, str]:
    """Prefixes of the headers: those of the shapes, the world and its cases."""
    bound = dict(shapes().namespaces()) | dict(world().namespaces())
    extra = {
        "claim": "https://w3id.org/c5graph/claim/",
        "finding": "https://w3id.org/c5graph/finding/",
        "link": "https://w3id.org/c5graph/link/",
        "wd": "http://www.wikidata.org/entity/",
    }
    return {prefix: str(iri) for prefix, iri in bound.items() if prefix} | extra


_PATH_MARKS: dict[Node, str] = {
    SH.inversePath: "^{}",
    SH.alternativePath: "({})",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


def path_text(graph: Graph, path: Any) -> str:
    """A SHACL path in the notation of SPARQL."""
    if isinstance(path, URIRef):
        return short(path)
    if (path, RDF.first, None) in graph:
        return "/".join(path_text(graph, step) for step in Collection(graph, path))
    kind, inner = next((p, o) for p, o in graph.predicate_objects(path) if p in _PATH_MARKS)
    if kind == SH.alternativePath:
        text = "|".join(path_text(graph, step) for step in Collection(graph, inner))
    else:
        text = path_text(graph, inner)
    return _PATH_MARKS[kind].format(text)
