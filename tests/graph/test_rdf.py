"""Reading and writing RDF: what is written reads back, and what cannot be read is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.errors import MissingInput, ParseFailure
from c5graph.graph.problems import ValidationReport
from c5graph.graph.release import Release
from c5graph.graph.remember import validated
from c5graph.graph.sources import Sources
from c5graph.store.rdf import (
    FORMATS,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    parse,
    parse_text,
    serialise,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(st.lists(TEXT, max_size=4), st.sampled_from(["ttl", "nt", "nq", "trig", "jsonld"]))
def test_any_literal_is_written_so_that_it_reads_back(texts: list[str], form: str) -> None:
    subject, predicate = NamedNode("urn:s"), NamedNode("urn:p")
    quads = {Quad(subject, predicate, Literal(text), DefaultGraph()) for text in texts}
    assert set(parse_text(serialise(quads, form), FORMATS[form])) == quads


@pytest.mark.parametrize("form", ["trig", "nq"])
def test_the_shipped_graph_is_written_so_that_it_reads_back(form: str, shipped: Release) -> None:
    # Blank nodes, which only the shapes have, get new names when they are read.
    named = {quad for quad in shipped.quads if "_:" not in f"{quad.subject} {quad.object}"}
    assert len(named) > 50_000
    assert set(parse_text(serialise(named, form), FORMATS[form])) == named


def test_a_fault_in_a_file_is_told_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> x:b <urn:c> .\n")
    with pytest.raises(ParseFailure, match="prefix") as caught:
        list(parse(path))
    assert (caught.value.line, caught.value.column) == (2, 9)
    assert str(caught.value).startswith(f"{path}:2:9: ")


@pytest.mark.parametrize(
    ("text", "ending", "said"),
    [
        ("\ufeff@prefix a: <urn:a:> .", "ttl", "mark of the order of bytes"),
        ('{"@context": "http://127.0.0.1:9/x"}', "jsonld", "nothing is fetched from elsewhere"),
    ],
)
def test_what_the_parser_says_too_shortly_is_told_plainly(
    text: str, ending: str, said: str
) -> None:
    with pytest.raises(ParseFailure, match=said) as caught:
        parse_text(text.encode(), FORMATS[ending])
    assert "Mend the text" not in caught.value.remedy


def test_rdf_xml_with_a_document_type_is_not_read() -> None:
    bomb = b'<!DOCTYPE rdf [<!ENTITY a "aaaa">]><rdf/>'
    with pytest.raises(ParseFailure, match="DOCTYPE"):
        parse_text(bomb, FORMATS["rdf"])


def test_a_missing_file_and_a_file_of_no_rdf_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MissingInput):
        parse(tmp_path / "nowhere.ttl")
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ParseFailure, match="not an RDF file name"):
        parse(tmp_path / "notes.txt")


def test_a_folder_is_read_with_all_its_rdf_files_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for name in ("a.ttl", "inner/b.trig", "notes.txt"):
        (tmp_path / name).write_text("")
    found = Sources.files([tmp_path]).inputs
    assert [item.path.name for item in found] == ["a.ttl", "b.trig"]


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:b> 1 .")
    before = Sources.files([path]).digest
    assert Sources.files([path]).digest == before
    path.write_text("<urn:a> <urn:b> 2 .")
    assert Sources.files([path]).digest != before


def test_a_validation_is_remembered_and_a_spoilt_memory_is_made_anew(tmp_path: Path) -> None:
    path, cache = tmp_path / "a.ttl", tmp_path / "cache"
    path.write_text("<urn:a> <urn:b> 1 .")
    sources = Sources.files([path])
    assert not validated(sources, cache).remembered
    assert validated(sources, cache).remembered
    (memory,) = cache.iterdir()
    memory.write_text("{}")
    assert not validated(sources, cache).remembered


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    path, blocked = tmp_path / "a.ttl", tmp_path / "file"
    path.write_text("<urn:a> <urn:b> 1 .")
    blocked.write_text("")
    assert validated(Sources.files([path]), blocked / "cache").conforms


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"problems": 1}', '{"problems": [{"x": 1}]}'])
def test_what_is_no_report_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        ValidationReport.from_json(text)
