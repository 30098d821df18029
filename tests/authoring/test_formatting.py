"""The formatter: the same statements and comments, in our layout, and once is enough."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.authoring.document import read_document
from c5graph.authoring.formatting import files_to_format, formatted, laid_out
from c5graph.authoring.placing import groups_of
from c5graph.authoring.tokens import tokens_of
from c5graph.errors import MissingInput, ParseFailure
from c5graph.graph.layout import layout_problems
from c5graph.store.rdf import FORMATS, parse_text

HEAD = "# What belongs here.\n@prefix id: <https://w3id.org/c5graph/id/> .\n"
HEAD += "@prefix c5: <https://w3id.org/c5graph/ontology#> .\n"
HEAD += "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"

NAMES = st.sampled_from(["id:a", "id:b-2", "c5:Thing", "<https://example.org/x#y>", "id:c.d"])
LITERALS = st.sampled_from(
    ['"plain"', '"a # no comment"@en', '"x ; y , z ."@en-GB', '"2025"^^xsd:gYear', "14.5", "-3",
     "true", '"""two\nlines # of "it" """', '"\\"quoted\\" \\\\"', "'single'"]
)  # fmt: skip
SPACE = st.sampled_from(
    [" ", "  ", "\n", "\n\n\n", "\t", " # a remark\n", "\n# on a line of its own\n"]
)


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """One block, however it may be laid out."""
    parts = [draw(NAMES)]
    for number in range(draw(st.integers(1, 4))):
        if number:
            parts.append(";")
        parts.append(draw(st.sampled_from(["a", "c5:says", "c5:gloss", "c5:evidence"])))
        parts.append(draw(NAMES | LITERALS))
        for _ in range(draw(st.integers(0, 2))):
            parts += [",", draw(NAMES | LITERALS)]
    if draw(st.booleans()):
        parts.append(";")
    return "".join(part + draw(SPACE) for part in [*parts, "."])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A file of some blocks."""
    return (
        HEAD + "".join(draw(st.lists(blocks(), max_size=5))) + draw(st.sampled_from(["", "# end"]))
    )


def statements(text: str) -> Counter[str]:
    return Counter(map(str, parse_text(text.encode(), FORMATS["ttl"])))


def comments(text: str) -> Counter[str]:
    return Counter(token.text.rstrip() for token in tokens_of(text) if token.kind == "comment")


@given(texts(), st.booleans())
def test_no_statement_and_no_comment_is_lost_and_once_is_enough(
    text: str, alphabetical: bool
) -> None:
    after = laid_out(text, alphabetical=alphabetical)
    assert statements(after) == statements(text)
    assert comments(after) == comments(text)
    assert laid_out(after, alphabetical=alphabetical) == after


@given(texts())
def test_what_is_laid_out_passes_the_check_of_the_layout(text: str) -> None:
    if '"""' in text:  # strings over several lines are no part of our files
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.ttl"
        path.write_text(laid_out(text, alphabetical=True))
        found = layout_problems("data/entities/x.ttl", path)
    untyped = "a block whose first predicate is not `a`."
    assert [each for each in found if each.message != untyped] == []


@pytest.mark.slow
def test_our_own_files_are_in_layout() -> None:
    files = files_to_format([])
    assert len(files) > 50
    assert [str(path) for path in files if formatted(path).changed] == []


def test_blocks_in_any_order_are_put_in_that_of_our_files(checkout: Path) -> None:
    chance = random.Random(5)
    for name in ("claims/asia-plus-2025-11-10-rahmon-trump.ttl", "entities/places.ttl"):
        text = (checkout / "data" / name).read_text(encoding="utf-8")
        document = read_document(text)
        groups = [group for half in groups_of(document) for group in half]
        chance.shuffle(groups)
        document.statements = [each for group in groups for each in group]
        assert document.text() != text
        assert laid_out(document.text(), alphabetical=name.startswith("entities")) == text


COMMENTED = """# Opening.
@prefix id: <https://w3id.org/c5graph/id/> .
@prefix c5: <https://w3id.org/c5graph/ontology#> .

# About the section.

# About b.
id:b c5:says "one" , # inside
  "two" ; a c5:Thing .
id:a a c5:Thing ; . # after a
"""
LAID_OUT = """# Opening.
@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix id: <https://w3id.org/c5graph/id/> .

id:a
    a c5:Thing ;
.

# About the section.

# About b.
# inside
id:b
    a c5:Thing ;
    c5:says "one" ,
        "two" ;
.

# after a
"""


def test_comments_stay_with_their_block_and_gaps_between_them_too() -> None:
    assert laid_out(COMMENTED, alphabetical=True) == LAID_OUT


def test_nested_nodes_and_lists_keep_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text("@prefix : <urn:> .\n:a :b [ :c ( 1 2 ) ; :d [ ] ] , 3 .\n[ :e :f ] .\n")
    assert ":b [ :c ( 1 2 ) ; :d [ ] ] ,\n        3 ;" in formatted(path).after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@prefix : <urn:> .\n:a :b", "mine.ttl:2"),
        ("@base <urn:> .\n<a> <b> <c> .", "a base"),
        ("@prefix : <urn:> .\n:a :b\\,c 1 .", "mine.ttl"),
    ],
)
def test_what_cannot_be_laid_out_is_told_and_stays(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(text)
    with pytest.raises(ParseFailure, match=message) as caught:
        formatted(path)
    assert caught.value.remedy
    assert path.read_text() == text


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="no such file"):
        files_to_format([tmp_path / "nothing.ttl"])


def test_shapes_are_left_alone(checkout: Path) -> None:
    assert files_to_format([checkout / "ontology" / "shapes"]) == []
