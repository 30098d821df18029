"""The shapes: each constraint is shown to fire alone, on the node and path that it names."""

from __future__ import annotations

import pyshacl
import pytest
from pyshacl.shapes_graph import ShapesGraph
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef

from tests.shapes import wellformed
from tests.shapes.harness import (
    C5,
    CASES,
    ROOT,
    Case,
    cases,
    faults_of,
    ontology,
    read,
    results,
    shapes,
    short,
    world,
)

CONSTRAINTS = 566
VALID, INVALID = 760, 776

# Shapes that forbid what good data do not have, so that their targets match nothing.
FORBIDDING = (
    "c5sh:DerivedRelationShape-unwritten",
    "c5sh:DirectRelationShape-claimed",
    "c5sh:LoaderBoundShape-unwritten",
    "c5sh:SameAsShape-unwritten",
)


@pytest.fixture(scope="module")
def checked() -> ShapesGraph:
    """The shapes, read once for all cases."""
    return ShapesGraph(read(sorted((ROOT / "ontology" / "shapes").glob("*.ttl")), "SimpleMemory"))


@pytest.fixture(scope="module")
def data() -> Graph:
    """Ontology and data, as validation sees them."""
    graph = read(sorted((ROOT / "data").glob("**/*.ttl")))
    for triple in ontology():
        graph.add(triple)
    return graph


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_valid_file_raises_nothing_and_an_invalid_one_its_one_result(
    case: Case, checked: ShapesGraph
) -> None:
    assert faults_of(case, checked) == []


def test_the_invented_world_raises_nothing(checked: ShapesGraph) -> None:
    whole = read([])
    for graph in (world(), ontology()):
        for triple in graph:
            whole.add(triple)

    assert results(whole, checked) == []


def test_so_many_constraints_and_cases_were_collected() -> None:
    valid = [case for case in cases() if case.expected is None]

    counted = len(wellformed.constraints(shapes())), len(valid), len(cases()) - len(valid)
    assert counted == (CONSTRAINTS, VALID, INVALID)


def test_every_file_among_the_cases_is_a_case() -> None:
    files = {path for path in CASES.rglob("*") if path.is_file()}

    assert files == {case.file for case in cases()}


def test_a_case_lies_in_the_folder_of_the_file_that_holds_its_shape() -> None:
    files = {path.stem: read([path]) for path in (ROOT / "ontology" / "shapes").glob("*.ttl")}
    homes = {short(s): stem for stem, graph in files.items() for s in wellformed.named(graph)}

    assert [case.name for case in cases() if homes.get(case.shape) != case.file.parent.name] == []


def test_shapes_are_well_formed() -> None:
    assert wellformed.faults(shapes()) == []


@pytest.mark.slow
def test_shapes_conform_to_the_shapes_of_shacl_itself() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)

    assert conforms, text


@pytest.mark.parametrize(
    ("term", "instead"),
    [
        (SH.minCount, f"{SH}mincount"),
        (SH.targetClass, f"{SH}targetclass"),
        (SH["class"], f"{SH}Class"),
        (URIRef(f"{C5}Actor"), f"{C5}Akteur"),
        (RDFS.label, f"{RDFS}lable"),
    ],
    ids=["minCount", "targetClass", "class", "Actor", "label"],
)
def test_a_misspelt_term_is_found(term: URIRef, instead: str) -> None:
    misspelt = Graph()
    for s, p, o in shapes():
        misspelt.add((s, URIRef(instead) if p == term else p, URIRef(instead) if o == term else o))

    assert wellformed.undefined_terms(misspelt) == [short(URIRef(instead))]


def test_every_target_matches_something_in_the_data(data: Graph) -> None:
    unmatched = wellformed.unmatched_targets(shapes(), data)

    left = {each for each in unmatched if not each.startswith(FORBIDDING)}
    assert left == set()


def test_a_target_that_matches_nothing_is_found(data: Graph) -> None:
    aimed = Graph().parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . "
        "<https://w3id.org/c5graph/shapes#A> sh:targetClass <https://example.org/Nothing> .",
    )

    assert len(wellformed.unmatched_targets(aimed, data)) == 1


def test_every_class_of_entity_is_covered_by_a_shape() -> None:
    aimed = {t for _, kind, t in wellformed.targets(shapes()) if kind == SH.targetClass}
    kinds = ontology().transitive_subjects(RDFS.subClassOf, URIRef(C5 + "Entity"))
    uncovered = [
        short(kind)
        for kind in kinds
        if not aimed & set(ontology().transitive_objects(kind, RDFS.subClassOf))
    ]

    assert uncovered == []


def test_every_property_is_claimed_derived_or_described_by_a_shape() -> None:
    used = {part for triple in shapes() for part in triple}
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = {p for kind in kinds for p in ontology().subjects(RDF.type, kind)}

    # What rules and the loader write is checked where it is made.
    made = {"byRule", "firmness", "holdsUnder", "needs", "needsPresentStatus", "support"}
    assert {str(p)[len(C5) :] for p in properties - used} <= made
