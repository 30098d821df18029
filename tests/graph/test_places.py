"""Where a problem stands: in the user's own file, at the line that says it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.graph.blocks import Blocks
from c5graph.graph.checks import hygiene
from c5graph.graph.places import Places
from c5graph.graph.problems import Problem
from c5graph.graph.sources import JOINED, InputFile, Sources
from c5graph.graph.validate import shape_problems
from c5graph.namespaces import C5, ID

HEAD = f"@prefix c5: <{C5}> .\n@prefix id: <{ID}> .\nPREFIX ex: <http://example.org/>\n\n"


def own(tmp_path: Path, text: str, name: str = "mine.ttl") -> InputFile:
    path = tmp_path / name
    path.write_text(HEAD + text)
    return InputFile(str(path), path, JOINED)


def shaped(checkout: Path, item: InputFile) -> list[Problem]:
    """What the shapes say of our actors together with a user's file."""
    wanted = ("data/entities/actors.ttl", "ontology/core.ttl", "ontology/shapes")
    inputs = [each for each in Sources.shipped(checkout).inputs if each.name.startswith(wanted)]
    return shape_problems([*inputs, item], Places([*inputs, item]))


def test_a_forbidden_statement_about_a_thing_of_ours_points_to_the_users_line(
    tmp_path: Path, checkout: Path
) -> None:
    item = own(tmp_path, "id:kazakhstan c5:buysFrom id:boeing .\n")
    found = [each for each in shaped(checkout, item) if "DerivedRelation" in each.rule]
    assert [each.place for each in found] == [f"{item.name}:5"]


def test_a_shape_that_a_blank_node_breaks_has_a_place_and_no_made_up_name(
    tmp_path: Path, checkout: Path
) -> None:
    item = own(tmp_path, "id:x a c5:Company ;\n  c5:follows [ a c5:Claim ;\n    c5:gloss 1 ] .\n")
    found = [each for each in shaped(checkout, item) if each.message.startswith("a blank node")]
    assert {each.place for each in found} == {f"{item.name}:6"}
    assert all(each.focus == "" for each in found)


@pytest.mark.slow
def test_checks_point_to_blank_nodes_by_line(tmp_path: Path, checkout: Path) -> None:
    item = own(tmp_path, "[] a c5:Company ;\n   c5:noSuchTerm id:kazakhstan .\n")
    sources = Sources.shipped(checkout)
    joined = Sources((*sources.inputs, item), sources.rules)
    found = [each for each in hygiene(joined, checkout) if "blank node" in each.message]
    assert len(found) > 1
    assert {each.place for each in found} == {f"{item.name}:5"}


@pytest.mark.parametrize(
    ("text", "term", "line"),
    [
        ("  id:x c5:a 1 ;\n c5:b 2 .\n", "", 5),
        ("id:y c5:a id:x .\n id:x c5:b 2 .\n", "b", 6),
        ("id:x c5:a 1 .\n# . id:x\nid:x c5:b 2 .\n", "b", 7),
        ('id:y c5:a """a . b\nid:x""" . id:x c5:a 1 .\n', "", 6),
        (f"<{ID}x> c5:a [ c5:b 1 ] ;\nc5:b 1 .\n", "b", 6),
        ("id:y c5:a ( 1 2 ) . id:x c5:a 1.5 .\n", "", 5),
    ],
)
def test_a_statement_is_found_in_any_layout(
    text: str, term: str, line: int, tmp_path: Path
) -> None:
    places = Places([own(tmp_path, text)])
    place = places.of(ID + "x", C5 + term if term else "")
    assert place is not None
    assert place.line == line


def test_a_file_without_lines_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonld"
    path.write_text(f'{{"@id": "{ID}x", "{C5}a": {{"{C5}b": 1}}}}')
    places = Places([InputFile("mine.jsonld", path, JOINED)])
    assert str(places.of(ID + "x")) == "mine.jsonld"
    assert str(places.of_blank([C5 + "b"])) == "mine.jsonld"
    assert places.of(ID + "y") is None


@given(st.text(alphabet="[](){}.;, \n#\"'<>:_@ab\\^1", max_size=60))
def test_no_text_stops_the_search_for_lines(text: str) -> None:
    for block in Blocks(text).all:
        assert 1 <= block.line <= text.count("\n") + 1
