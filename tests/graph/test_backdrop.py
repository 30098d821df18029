"""A text looked at against what stands ready is told the same as one read among the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from c5graph import resources
from c5graph.graph.attend import Attendant
from c5graph.graph.backdrop import Backdrop
from c5graph.graph.checks import file_problems, run_checks
from c5graph.graph.places import Places
from c5graph.graph.posted import NAME
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import JOINED, InputFile, Sources
from c5graph.graph.validate import broken_shapes
from c5graph.namespaces import PREFIXES, graph_iri, shorten
from c5graph.store.rdf import FORMATS, Quad, Store, parse, parse_text
from tests.cli.running import CLAIM as GOOD

pytestmark = pytest.mark.slow

Told = tuple[str, str, str]
CHECKS = resources.ontology() / "checks"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
REPORT = "<https://w3id.org/c5graph/report/tca-2025-11-07-tj-deals>"
OURS = "claim:tca-2025-11-07-tj-deals-"
DAY = 'c5:validFrom "2026-01-01"^^xsd:date ;'
SOMON = "id:somon-air-boeing-2025"


def claim(name: str, subject: str, predicate: str, target: str, more: str = "") -> str:
    return f"""
claim:{name} a c5:Claim ; rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {target} ;
    c5:gloss "A claim of this test."@en ; c5:modality voc:modality-asserted ; {more}
    c5:attributedTo id:times-of-central-asia ;
    c5:evidence {REPORT} .
"""


IN_DISORDER = "".join(
    (
        HEAD,
        # a deal that two claims make part of itself
        claim("one", SOMON, "c5:partOf", "id:mine-x"),
        claim("two", "id:mine-x", "c5:partOf", SOMON),
        f"{SOMON} c5:inSector voc:sector-aviation . id:mine-x a c5:Project ; rdfs:label 'X'@en .",
        # a thing that a derived fact leads to what nobody describes
        claim("three", "id:mine-y", "c5:ownedBy", "id:nobody-at-all"),
        "id:mine-y a c5:Company ; rdfs:label 'Y'@en .",
        # claims of ours, of which one is denied and one is a reading beside another
        f"{OURS}07 c5:polarity voc:polarity-negative .",
        f"{OURS}08 c5:alternativeReadingOf {OURS}09 .",
        # a day after its report, and a report of ours that is dated anew
        claim("four", "id:mine-z", "c5:hasStatus", "voc:status-signed", DAY),
        "id:mine-z a c5:Project ; rdfs:label 'Z'@en .",
        f'{REPORT} dcterms:issued "2020-01-01"^^xsd:date .',
        # a term that there is not, and terms that only the loader writes
        "id:mine-z c5:isSworn voc:gone .",
        'id:kazakhstan c5:notBefore "2020-01-01"^^xsd:date ; c5:buysFrom id:boeing .',
    )
)
UNNAMED = HEAD + "[] a c5:Claim ; rdf:subject [ a c5:Company ] ; c5:modality voc:gone ."


@pytest.fixture(scope="module")
def attendant() -> Attendant:
    return Attendant(Backdrop)


def answered(attendant: Attendant, text: str, form: str = "ttl") -> dict[str, Any]:
    found = json.loads(attendant.answer({"text": text, "form": form}))
    assert isinstance(found, dict)
    return found


def as_a_file(text: str, folder: Path) -> tuple[Release, list[Told]]:
    """The graph with the text as a file among the others, and what the checks find there."""
    path = folder / "data.ttl"
    path.write_text(text)
    shipped, item = Sources.shipped(), InputFile(NAME, path, JOINED)
    places, release = Places([item]), build_release(Sources((*shipped.inputs, item), shipped.rules))
    found = (*run_checks(CHECKS, release.quads, places), *file_problems([item]))
    return release, sorted(
        (shorten(each.focus) or "a blank node", each.rule, each.message)
        for each in found
        if each.place.startswith(NAME)
    )


def checked(found: dict[str, Any]) -> list[Told]:
    """What the checks, and not the shapes, have found."""
    rules = {"computed-terms", *(path.stem for path in CHECKS.glob("*.rq"))}
    told = (each for each in found["problems"] if each["shape"] in rules)
    return sorted((each["thing"], each["shape"], each["rule"]) for each in told)


def named(store: Store) -> set[Quad]:
    """Blank nodes get new names when they are read."""
    return {quad for quad in store if "_:" not in f"{quad.subject} {quad.object}"}


def test_a_text_is_taken_in_as_a_file_among_the_others_is(
    attendant: Attendant, tmp_path: Path
) -> None:
    release, expected = as_a_file(IN_DISORDER, tmp_path)
    backdrop = Backdrop()
    backdrop.take_in(
        list(parse_text(IN_DISORDER.encode(), FORMATS["ttl"], graph=graph_iri(JOINED)))
    )
    assert named(backdrop.store) == named(release.store)
    assert len({rule for _, rule, _ in expected}) > 5
    assert checked(answered(attendant, IN_DISORDER)) == expected


def test_blank_nodes_are_told_of_as_those_of_a_file(attendant: Attendant, tmp_path: Path) -> None:
    _, expected = as_a_file(UNNAMED, tmp_path)
    assert "blank-nodes" in {rule for _, rule, _ in expected}
    assert checked(answered(attendant, UNNAMED)) == expected


def test_shapes_tell_the_same_as_of_a_file_among_the_others(
    attendant: Attendant, tmp_path: Path
) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(IN_DISORDER)
    whole = broken_shapes(Sources.shipped().inputs, list(parse(path))).report.decode()
    report = answered(attendant, IN_DISORDER)["shacl"]
    assert report.count("resultMessage") == whole.count("resultMessage") > 3
    assert len(report.splitlines()) == len(whole.splitlines())


def test_a_text_leaves_nothing_for_the_next(attendant: Attendant) -> None:
    before = answered(attendant, GOOD)
    for text in (IN_DISORDER, UNNAMED):
        answered(attendant, text)
    after = answered(attendant, GOOD)
    assert (after["statements"], after["problems"]) == (9, before["problems"])


def test_a_text_without_a_statement_has_the_report_of_what_conforms(attendant: Attendant) -> None:
    found = answered(attendant, "# nothing")
    reports = (found["shacl"].encode(), broken_shapes(Sources.shipped().inputs, []).report)
    told, whole = (
        {(quad.predicate, quad.object) for quad in parse_text(each, FORMATS["nt"])}
        for each in reports
    )
    assert told == whole
    assert found["problems"] == []


def test_nothing_is_made_ready_for_an_empty_text() -> None:
    def never() -> Backdrop:
        raise AssertionError

    assert answered(Attendant(never), " \n")["statements"] == 0


def test_a_child_that_comes_to_nothing_has_no_answer_and_the_next_one_has(
    attendant: Attendant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("c5graph.graph.attend.examined", lambda *_: 1 / 0)
        assert attendant.answer({"text": GOOD, "form": "ttl"}) == b""
    assert answered(attendant, GOOD)["statements"] == 9
