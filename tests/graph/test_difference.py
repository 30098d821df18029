"""What differs between two states: in words, by claims, whatever the order and the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from c5graph.errors import MissingInput, ParseFailure
from c5graph.graph.difference import Change, Difference, differences, read_state
from c5graph.graph.release import Release
from tests.cli.running import run

HEAD = """@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix claim: <https://w3id.org/c5graph/claim/> .
@prefix id: <https://w3id.org/c5graph/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
c5:seeks rdfs:label "seeks"@en .
c5:Objective rdfs:subClassOf c5:FramedNode .
c5:Company rdfs:subClassOf c5:Entity .
c5:onCondition rdfs:label "on condition"@en .
id:one a c5:Company ; rdfs:label "One"@en .
id:two a c5:Company ; rdfs:label "Two"@en .
"""
FIRST = """claim:r-1 a c5:Claim ; rdf:subject id:one ; rdf:predicate c5:seeks ;
    rdf:object id:r-1-o ;
    c5:gloss "One wants a mill."@en .
id:r-1-o a c5:Objective ; rdfs:label "a mill"@en .
"""
SECOND = """claim:r-2 a c5:Claim ; rdf:subject id:one ; rdf:predicate c5:owns ; rdf:object id:two ;
    c5:gloss "One owns Two."@en ; c5:onCondition "if it rains"@en .
"""


def diff(tmp_path: Path, old: str, new: str) -> dict[str, Difference]:
    for name, text in (("old", old), ("new", new)):
        (tmp_path / f"{name}.ttl").write_text(HEAD + text)
    return differences(read_state(tmp_path / "old.ttl"), read_state(tmp_path / "new.ttl"))


def test_claims_that_come_and_go_are_told_by_their_gloss(tmp_path: Path) -> None:
    found = diff(tmp_path, FIRST, SECOND)["claims"]
    assert [(each.iri[-3:], each.gloss) for each in found.added] == [("r-2", "One owns Two.")]
    assert [each.gloss for each in found.removed] == ["One wants a mill."]
    assert found.changed == []


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("rdf:object id:two", "rdf:object id:one", ("object", ["Two"], ["One"])),
        ("if it rains", "if it snows", ("on condition", ["if it rains"], ["if it snows"])),
        (' ; c5:onCondition "if it rains"@en', "", ("on condition", ["if it rains"], [])),
        ("One owns Two.", "One has Two.", ("gloss", ["One owns Two."], ["One has Two."])),
    ],
)
def test_a_changed_claim_says_what_was_and_what_is(
    tmp_path: Path, old: str, new: str, change: tuple[str, list[str], list[str]]
) -> None:
    found = diff(tmp_path, SECOND, SECOND.replace(old, new))["claims"]
    assert [
        (each.label, each.old, each.new) for item in found.changed for each in item.changes
    ] == [change]


def test_a_changed_frame_is_a_change_of_its_claim(tmp_path: Path) -> None:
    found = diff(tmp_path, FIRST, FIRST.replace('"a mill"', '"two mills"'))
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert found["claims"].changed[0].changes == (
        Change(label, "label", ["a mill"], ["two mills"]),
    )
    assert not found["entities"]


def test_two_things_of_one_name_are_told_apart(tmp_path: Path) -> None:
    same = 'id:three a c5:Company ; rdfs:label "Two"@en .\n'
    new = SECOND.replace("rdf:object id:two", "rdf:object id:three")
    change = diff(tmp_path, SECOND + same, new + same)["claims"].changed[0].changes[0]
    assert (change.old, change.new) == (
        ["<https://w3id.org/c5graph/id/two>"],
        ["<https://w3id.org/c5graph/id/three>"],
    )


def test_order_file_and_layout_make_no_difference(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(HEAD + FIRST)
    (tmp_path / "b.ttl").write_text(HEAD + SECOND)
    (tmp_path / "whole.ttl").write_text(HEAD + SECOND + FIRST)
    parts = tmp_path / "parts"
    parts.mkdir()
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).rename(parts / name)
    assert not any(differences(read_state(parts), read_state(tmp_path / "whole.ttl")).values())


def test_entities_reports_and_findings_are_compared_too(tmp_path: Path) -> None:
    more = (
        'id:three a c5:Company ; rdfs:label "Three"@en . c5:r a c5:Report . c5:f a c5:Finding .\n'
    )
    found = diff(tmp_path, SECOND, SECOND + more)
    assert {kind: len(each.added) for kind, each in found.items()} == {
        "claims": 0, "reports": 1, "findings": 1, "entities": 1,
    }  # fmt: skip


def test_what_is_no_state_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="no such file"):
        read_state(tmp_path / "nothing")
    with pytest.raises(MissingInput, match="no RDF files"):
        read_state(tmp_path)
    (tmp_path / "a.ttl").write_text("no turtle")
    with pytest.raises(ParseFailure):
        read_state(tmp_path)


@pytest.mark.slow
def test_the_shipped_folder_and_its_dump_are_the_same_state(
    checkout: Path, shipped: Release, tmp_path: Path
) -> None:
    assert run("export", "all.trig", cwd=tmp_path).returncode == 0
    same = run("diff", str(checkout), "all.trig", cwd=tmp_path)
    assert (same.returncode, same.stdout) == (0, "No difference.\n")
    (tmp_path / "none.nt").write_text("")
    other = run("diff", "all.trig", "none.nt", "--json", cwd=tmp_path)
    told = json.loads(other.stdout)
    assert (other.returncode, told["same"], told["claims"]["added"]) == (1, False, [])
    assert len(told["claims"]["removed"]) == len(shipped.record.claims)
