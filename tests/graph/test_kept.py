"""What the shapes say of nodes may be kept: it changes only when what they see changes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, Graph
from rdflib.term import BNode, Node

from c5graph.graph.kept import Kept
from c5graph.graph.places import Places
from c5graph.graph.shacl import Broken, Shapes
from c5graph.graph.sources import InputFile, Sources
from c5graph.graph.steps import Steps, Views
from c5graph.graph.validate import remembering, shape_problems
from c5graph.store.rdf import FORMATS, Quad, parse, parse_text, serialise

CASES = Path(__file__).resolve().parents[1] / "shapes"


def shape_files(checkout: Path) -> list[InputFile]:
    return [item for item in Sources.shipped(checkout).inputs if item.graph == "shapes"]


def hanging(checkout: Path) -> list[Quad]:
    """How classes and concepts hang together: all that the cases need of the ontology."""
    files = (item for item in Sources.shipped(checkout).inputs if item.graph == "ontology")
    ends = ("subClassOf", "inScheme", "broader")
    return [
        quad for item in files for quad in parse(item.path) if quad.predicate.value.endswith(ends)
    ]


def cases() -> list[Path]:
    return [CASES / "context.ttl", *sorted((CASES / "cases").rglob("*.invalid*.ttl"))]


def turtle(text: str) -> list[Quad]:
    head = "@prefix c5: <https://w3id.org/c5graph/ontology#> .\n"
    return list(parse_text((head + "@prefix : <urn:> .\n" + text).encode(), FORMATS["ttl"]))


@pytest.mark.slow
def test_aimed_shapes_say_the_same_as_shapes_as_they_are_written(checkout: Path) -> None:
    # The faulty cases of all shapes as one graph.
    quads = [*hanging(checkout), *(quad for path in cases() for quad in parse(path))]
    shapes = Shapes(shape_files(checkout))
    views = Views(quads, Steps())
    verdict = shapes.verdict(views.every_line(), views.terms)
    assert not verdict.whole
    plain, written = Graph(), Graph()
    plain.parse(data=serialise(quads, "nt"), format="nt")
    for item in shape_files(checkout):
        written.parse(item.path)
    for order in (SH.lessThan, SH.lessThanOrEquals):  # the cases hold what cannot be compared
        written.remove((None, order, None))
    _, results, _ = pyshacl.validate(plain, shacl_graph=written, inference="none")
    assert isinstance(results, Graph)
    expected = Counter(_in_short(results, each) for each in results.objects(None, SH.result))
    found = Counter(
        ("_" if each.focus.startswith("_:") else each.focus, each.shape, each.component, each.soft)
        for each in verdict.broken
    )
    assert found == expected
    assert len(expected) > 400


def _in_short(results: Graph, result: Node) -> tuple[str, str, str, bool]:
    focus, shape, component, severity = (
        results.value(result, name)
        for name in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)
    )
    name = "_" if isinstance(focus, BNode) else str(focus)
    return name, str(shape), str(component).removeprefix(str(SH)), severity != SH.Violation


@pytest.mark.slow
def test_what_is_kept_says_the_same_as_a_look_at_everything(checkout: Path, tmp_path: Path) -> None:
    chance = random.Random(3)
    every = cases()
    shapes = Shapes(shape_files(checkout))
    assert shapes.steps is not None
    base = hanging(checkout)
    chosen = set(chance.sample(every, 40))
    kept = tmp_path / "kept.json"
    spared = 0
    for _ in range(4):
        quads = base + [quad for path in sorted(chosen) for quad in parse(path)]
        views = Views(quads, shapes.steps)
        known = Kept(kept)
        digests = [views.digest(node) for node in views.nodes]
        spared += sum(digest in known for digest in digests)
        expected = shapes.verdict(views.every_line(), views.terms)
        found = remembering(shapes, views, known)
        assert _named(found) == _named(expected.broken)
        chosen ^= set(chance.sample(every, 6))
    assert spared > 100


def _named(found: Iterable[Broken]) -> Counter[tuple[str, str, str]]:
    return Counter((each.focus, each.shape, each.value) for each in found)


@pytest.fixture(scope="module")
def steps() -> Steps:
    found = Steps()
    found.add(("urn:maker", "urn:name"))
    found.add(("^urn:part",))
    found.add(("urn:place",)).classes = True
    return found


WORLD = """
:car :maker :firm ; :colour "red" ; :place :town .
:firm :name "Firm" ; :founded 1900 .
:wheel :part :car ; :colour "black" .
:town a :Town ; :size 3 . :Town <http://www.w3.org/2000/01/rdf-schema#subClassOf> :Place .
"""
CHANGES = {
    "its own statement": ('"red"', '"blue"', True),
    "what a path leads to": ('"Firm"', '"Company"', True),
    "what points to it": (":part :car", ":part :bus", True),
    "the class of a value": ("a :Town", "a :City", True),
    "a class above that": ("subClassOf> :Place", "subClassOf> :Thing", True),
    "what no path leads to": ("1900", "1901", False),
    "another statement of what points to it": ('"black"', '"grey"', False),
    "a value of a value whose class alone counts": (":size 3", ":size 4", False),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_view_changes_with_what_shapes_see_and_with_nothing_else(what: str, steps: Steps) -> None:
    old, new, changes = CHANGES[what]
    assert old in WORLD
    before, after = (
        Views(turtle(text), steps).digest("<urn:car>") for text in (WORLD, WORLD.replace(old, new))
    )
    assert (before != after) is changes


def test_the_steps_of_our_shapes_have_bounds(checkout: Path) -> None:
    assert Shapes(shape_files(checkout)).steps is not None


UNBOUNDED = {
    "a path that repeats": "sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:minCount 1 ]",
    "a rule in SPARQL": 'sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o }" ]',
    "a part of a value": "sh:property [ sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ] ]",
    "a closed value": "sh:property [ sh:path :p ; sh:node [ sh:closed true ] ]",
}


@pytest.mark.parametrize("what", UNBOUNDED)
def test_where_shapes_see_without_bounds_nothing_is_kept(what: str, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> .\n"
        f":shape a sh:NodeShape ; sh:targetClass :Thing ; {UNBOUNDED[what]} .\n"
    )
    assert Shapes([InputFile("shapes.ttl", path, "shapes")]).steps is None


def test_a_file_with_what_was_said_may_be_broken_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    for text in (
        "",
        "[]",
        "{}",
        '{"clean": 1, "broken": {}}',
        '{"clean": [], "broken": {"a": [{}]}}',
    ):
        path.write_text(text)
        assert not Kept(path)
    broken = Broken("urn:a", "urn:p", "", "In", "No.", "urn:s", soft=False)
    kept = Kept(path)
    kept.add({"one": (broken,), "two": (), "three": ()})
    kept.store(["one", "two"])
    again = Kept(path)
    assert (again["one"], again["two"], "three" in again) == ((broken,), (), False)


IMPOSSIBLE = ['"2025-13-45"^^xsd:date', "[]", "12"]


@pytest.mark.parametrize("day", IMPOSSIBLE)
def test_what_is_no_date_is_told_and_hides_nothing_else(
    day: str, checkout: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix c5: <https://w3id.org/c5graph/ontology#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        f'<urn:r> a c5:Report ; dcterms:issued {day} ; c5:firstSeen "2025-01-01"^^xsd:date .\n'
    )
    item = InputFile("mine.ttl", path, None)
    files = [*shape_files(checkout), item]
    found = {each.rule for each in shape_problems(files, Places(files), Kept(tmp_path / "kept"))}
    assert "c5sh:ReportShape-title-required" in found
    assert any("issued" in rule for rule in found)
    assert not (tmp_path / "kept").exists() or day == "12"
