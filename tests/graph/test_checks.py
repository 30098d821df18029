"""Every hygiene check finds its fault, says where, and finds nothing in the shipped data."""

from __future__ import annotations

from pathlib import Path

import pytest

from c5graph import resources
from c5graph.graph.checks import file_problems, hygiene, run_checks
from c5graph.graph.header import read_query_file
from c5graph.graph.layout import layout_problems
from c5graph.graph.places import Places
from c5graph.graph.sources import InputFile, Sources
from c5graph.namespaces import PREFIXES, graph_iri
from c5graph.store.rdf import FORMATS, Quad, parse, parse_text
from tests.graph.worlds import iri

PROLOGUE = "".join(f"@prefix {name}: <{value}> .\n" for name, value in PREFIXES.items())
CHECKS = sorted((resources.ontology() / "checks").glob("*.rq"))

# For each check the graph, a text with exactly its fault, and the node that it must name.
FAULTS = {
    "undefined-terms": (
        "claims",
        "claim:a a c5:Claim ; c5:modalty voc:modality-sought .",
        "claim:a",
    ),
    "undescribed-things": ("claims", "claim:a a c5:Claim ; rdf:subject id:nobody .", "claim:a"),
    "terms-without-definition": (
        "ontology",
        'c5:Bare a owl:Class ; rdfs:label "bare"@en .',
        "c5:Bare",
    ),
    "cycles": (
        "ontology",
        "c5:Actor rdfs:subClassOf c5:Company .",
        "c5:Actor c5:Company c5:Organisation",
    ),
    "entities-without-type-or-label": ("entities", "id:thing a c5:Company .", "id:thing"),
    "inferred-without-finding": (
        "claims",
        "claim:a a c5:Claim ; c5:identification voc:inferred .",
        "claim:a",
    ),
    "nodes-without-claim": ("entities", "id:deal a c5:Agreement .", "id:deal"),
    "first-of-january": ("claims", 'claim:a c5:validFrom "2025-01-01"^^xsd:date .', "claim:a"),
    "blank-nodes": ("claims", "claim:a c5:evidence [] .", "claim:a"),
    "duplicate-labels": (
        "ontology",
        'c5:Zone a owl:Class ; rdfs:label "state"@en ; skos:definition "x"@en .',
        "c5:State",
    ),
    "derived-predicates-in-claims": (
        "claims",
        "claim:a a c5:Claim ; rdf:predicate c5:buysFrom .",
        "claim:a",
    ),
    "shared-frames": (
        "claims",
        "claim:a a c5:Claim ; rdf:object id:f . claim:b a c5:Claim ; rdf:object id:f . "
        "id:f a c5:Risk .",
        "claim:a",
    ),
    "passages-named-otherwise": (
        "claims",
        "<https://w3id.org/c5graph/report/r/passage/1-2> a c5:Passage ; "
        "oa:hasSource report:r ; oa:hasSelector report:s . report:s oa:start 1 ; oa:end 3 .",
        "report:r/passage/1-2",
    ),
    "claims-bearing-on-themselves": (
        "claims",
        "claim:a cito:confirms claim:a ; cito:disputes claim:b .",
        "claim:a",
    ),
    "claims-without-their-publisher": (
        "claims",
        "report:r a c5:Report ; dcterms:publisher id:paper , id:copy . "
        "report:p oa:hasSource report:r . "
        "claim:a c5:evidence report:r ; c5:attributedTo id:speaker . "
        "claim:b c5:evidence report:r ; c5:attributedTo id:speaker ; c5:relayedBy id:copy . "
        "claim:c c5:evidence report:p ; c5:attributedTo id:paper . "
        "claim:d c5:evidence report:p ; c5:attributedTo id:speaker ; c5:relayedBy id:speaker .",
        "claim:a claim:d",
    ),
    "doubled-indicators": (
        "entities",
        "id:a c5:indicatorKind voc:indicator-output ; c5:measures id:x . "
        "id:b c5:indicatorKind voc:indicator-output ; c5:measures id:x . "
        "id:c c5:indicatorKind voc:indicator-output ; c5:measures id:x ; c5:countOf id:tin . "
        "id:d c5:indicatorKind voc:indicator-exports ; c5:measures id:x . "
        "id:e c5:indicatorKind voc:indicator-output ; c5:measures id:y . "
        "id:f c5:hasHolder id:x ; c5:holdingIn id:y . id:g c5:hasHolder id:x ; c5:holdingIn id:y .",
        "id:a id:f",
    ),
    "passages-without-claim": ("claims", "report:p a c5:Passage .", "report:p"),
    "future-told-as-past": (
        "claims",
        "report:r a c5:Report ; c5:notAfter '2025-11-06'^^xsd:date . "
        "report:p oa:hasSource report:r . "
        "claim:a c5:modality voc:modality-asserted ; c5:notBefore '2025-11-07'^^xsd:date ; "
        "c5:evidence report:r . "
        "claim:b c5:modality voc:modality-asserted ; c5:notBefore '2026-01-01'^^xsd:date ; "
        "c5:evidence report:p . "
        "claim:c c5:modality voc:modality-planned ; c5:notBefore '2026-01-01'^^xsd:date ; "
        "c5:evidence report:r . "
        "claim:d c5:modality voc:modality-asserted ; c5:notBefore '2025-11-06'^^xsd:date ; "
        "c5:evidence report:r . "
        "claim:e c5:modality voc:modality-asserted ; c5:notBefore '2026-01-01'^^xsd:date ; "
        "c5:evidence report:r ; c5:polarity voc:polarity-negative .",
        "claim:a claim:b",
    ),
    "plans-told-as-holding": (
        "claims",
        "report:r a c5:Report ; c5:notBefore '2025-11-06'^^xsd:date . "
        "report:p oa:hasSource report:r . id:stake a c5:Shareholding . "
        "claim:a rdf:subject id:stake ; rdf:predicate c5:hasShare ; "
        "c5:modality voc:modality-planned ; c5:validFrom '2025-11-06'^^xsd:date ; "
        "c5:evidence report:r . "
        "claim:b rdf:subject id:deal ; rdf:predicate c5:hasBuyer ; "
        "c5:modality voc:modality-sought ; c5:validFrom '2024'^^xsd:gYear ; "
        "c5:evidence report:p . "
        "claim:c rdf:subject id:talks ; rdf:predicate c5:hostedBy ; "
        "c5:modality voc:modality-possible ; c5:validFrom '2025-11'^^xsd:gYearMonth ; "
        "c5:evidence report:r . "
        "claim:d rdf:subject id:talks ; rdf:predicate c5:hostedBy ; "
        "c5:modality voc:modality-planned ; c5:validFrom '2025'^^xsd:gYear ; "
        "c5:evidence report:r . "
        "claim:e rdf:subject id:talks ; rdf:predicate c5:hasParticipant ; "
        "c5:modality voc:modality-planned ; c5:validFrom '2025-11-07'^^xsd:date ; "
        "c5:evidence report:r . "
        "claim:f rdf:subject id:talks ; rdf:predicate c5:hasParticipant ; "
        "c5:modality voc:modality-asserted ; c5:validFrom '2025-11-01'^^xsd:date ; "
        "c5:evidence report:r . "
        "claim:g rdf:subject id:output ; rdf:predicate c5:hasShare ; "
        "c5:modality voc:modality-planned ; c5:validFrom '2024'^^xsd:gYear ; "
        "c5:evidence report:r .",
        "claim:a claim:b claim:c",
    ),
    "ends-before-starts": (
        "claims",
        "claim:a c5:validFrom '2025-05'^^xsd:gYearMonth ; "
        "c5:validUntil '2025-03'^^xsd:gYearMonth . "
        "claim:b c5:validFrom '2025'^^xsd:gYear ; c5:validUntil '2024'^^xsd:gYear . "
        "claim:c c5:validFrom '2025-05-02'^^xsd:date ; c5:validUntil '2025-04'^^xsd:gYearMonth . "
        "claim:d c5:validFrom '2026'^^xsd:gYear ; c5:validUntil '2025-12-31'^^xsd:date . "
        "claim:e c5:validFrom '2025'^^xsd:gYear ; c5:validUntil '2025-03'^^xsd:gYearMonth . "
        "claim:f c5:validFrom '2025-05-02'^^xsd:date ; c5:validUntil '2025'^^xsd:gYear . "
        "claim:g c5:validFrom '2025'^^xsd:gYear ; c5:validUntil '2025'^^xsd:gYear . ",
        "claim:a claim:b claim:c claim:d",
    ),
    "weights-without-matter": (
        "claims",
        "id:w qudt:hasUnit unit:TONNE . id:v qudt:hasUnit unit:TONNE ; c5:countOf id:ore . "
        "id:output c5:indicatorKind voc:indicator-output . "
        "claim:a rdf:subject id:plant ; rdf:predicate c5:hasQuantity ; rdf:object id:w . "
        "claim:b rdf:subject id:plant ; rdf:predicate c5:hasQuantity ; rdf:object id:v . "
        "claim:c rdf:subject id:output ; rdf:predicate c5:hasQuantity ; rdf:object id:w .",
        "claim:a",
    ),
}


def ontology() -> list[Quad]:
    """The ontology in its graph and in the default graph."""
    inputs = [item for item in Sources.shipped().inputs if item.graph == "ontology"]
    return [q for item in inputs for graph in (graph_iri("ontology"), None)
            for q in parse(item.path, graph)]  # fmt: skip


def statements(graph: str, text: str) -> list[Quad]:
    """The text in a named graph and in the default graph, with the ontology."""
    content = (PROLOGUE + text).encode()
    places = (graph_iri(graph), None)
    return [
        q for place in places for q in parse_text(content, FORMATS["ttl"], graph=place)
    ] + ontology()


def found_by(name: str, quads: list[Quad], tmp_path: Path) -> set[str]:
    """Nodes that one check names."""
    folder = tmp_path / "checks"
    folder.mkdir()
    source = resources.ontology() / "checks" / f"{name}.rq"
    (folder / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return {problem.focus for problem in run_checks(folder, quads, Places([]))}


def test_every_check_has_its_fault_here() -> None:
    assert [path.stem for path in CHECKS] == sorted(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_a_check_finds_its_fault(name: str, tmp_path: Path) -> None:
    graph, text, nodes = FAULTS[name]
    expected = {iri(node) for node in nodes.split()}
    # The ontology names the states that make a side, which the data describe.
    (tmp_path / "alone").mkdir()
    known = found_by(name, ontology(), tmp_path / "alone")
    assert found_by(name, statements(graph, text), tmp_path) - known == expected


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: str(path.stem))
def test_a_check_has_a_sentence_a_message_and_a_remedy(path: Path) -> None:
    file = read_query_file(path)
    for key in ("check", "message", "remedy"):
        assert file.one(key).endswith("."), key


@pytest.mark.slow
def test_the_shipped_data_passes_hygiene() -> None:
    found = hygiene(Sources.shipped(), resources.root())
    assert [str(problem) for problem in found if problem.severity == "error"] == []


@pytest.mark.slow
def test_a_problem_names_file_line_fault_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        PROLOGUE + "\nclaim:mine\n    a c5:Claim ;\n    c5:stanse voc:stance-neutral ;\n.\n"
    )
    line = PROLOGUE.count("\n") + 4
    found = hygiene(Sources.shipped().joined([path]), resources.root())
    (problem,) = [each for each in found if each.focus == iri("claim:mine")]
    assert problem.place == f"{path}:{line}"
    assert "c5:stanse" in problem.message
    assert "define the term" in problem.remedy


@pytest.mark.parametrize(
    "line",
    ["c5:notBefore '2025-01-02'^^xsd:date", "a c5:DerivedFact", "c5:firmness voc:firmness-firm"],
)
def test_what_only_the_loader_may_write_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(f"{PROLOGUE}\nclaim:mine\n    {line} ;\n.\n")
    (problem,) = file_problems([InputFile("mine.ttl", path, "joined")])
    assert problem.rule == "computed-terms"
    assert problem.place.startswith("mine.ttl:")


GOOD = """# What belongs here.
@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix id: <https://w3id.org/c5graph/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

id:alpha
    a c5:Company ;
    rdfs:label "alpha , and ; so on"@en ,
        "альфа"@ru ;
.

id:beta
    a c5:Company ;
    rdfs:label "beta"@en ;
.
"""
BAD = {
    "opening comment": (("# What belongs here.\n", "\n"), 1),
    "foreign prefix": (("rdf-schema#", "rdf-skema#"), 4),
    "order of blocks": (("id:beta", "id:aaa"), 12),
    "dot on its own line": (('"beta"@en ;\n.', '"beta"@en .'), 14),
    "two values a line": (('"beta"@en ;', '"beta"@en , "b"@en ;'), 14),
    "indent": (('    rdfs:label "beta', '   rdfs:label "beta'), 14),
    "type first": (("id:beta\n    a c5:Company ;\n", "id:beta\n"), 13),
    "end of file": (('"beta"@en ;\n.\n', '"beta"@en ;\n.'), 15),
    "space at the end": (("id:beta\n", "id:beta \n"), 12),
}  # fmt: skip


def layout(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "x.ttl"
    path.write_text(text, encoding="utf-8")
    return [problem.place for problem in layout_problems("data/entities/x.ttl", path)]


def test_a_file_in_layout_has_no_problem(tmp_path: Path) -> None:
    assert layout(tmp_path, GOOD) == []


@pytest.mark.parametrize("fault", BAD)
def test_a_departure_from_the_layout_is_found_at_its_line(fault: str, tmp_path: Path) -> None:
    (old, new), line = BAD[fault]
    text = GOOD.replace(old, new)
    assert text != GOOD
    assert f"data/entities/x.ttl:{line}" in layout(tmp_path, text)


def test_unsorted_and_unused_prefixes_are_found(tmp_path: Path) -> None:
    first, second = GOOD.splitlines(keepends=True)[1:3]
    assert layout(tmp_path, GOOD.replace(first + second, second + first)) == [
        "data/entities/x.ttl:3"
    ]
    extra = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    assert layout(tmp_path, GOOD.replace("\nid:alpha", extra + "\nid:alpha")) == [
        "data/entities/x.ttl:5"
    ]
