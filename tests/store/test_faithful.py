"""Results say in CSV and XML what they say in JSON, or are not written at all."""

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.errors import NotAcceptable
from c5graph.protocol import QueryRequest
from c5graph.store.evaluate import evaluate
from c5graph.store.faithful import XmlSink, for_xml
from c5graph.store.rdf import Literal, NamedNode, Quad, Store, load_store, serialise, write

EX = "http://example.org/"
TABLE = "SELECT ?o ?s { ?s ?p ?o } ORDER BY ?s"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
XML, RDFXML = "application/sparql-results+xml", "application/rdf+xml"


def holding(*objects: NamedNode | Literal) -> Store:
    return load_store(
        Quad(NamedNode(f"{EX}{place}"), NamedNode(EX + "p"), each)
        for place, each in enumerate(objects)
    )


def answered(store: Store, query: str, accept: str, max_rows: int = 100) -> bytes:
    return evaluate(store, QueryRequest(query), accept, max_rows).body


def cells(store: Store) -> tuple[list[list[str]], list[list[str]]]:
    """What a reader of CSV sees, and what one of JSON sees."""
    text = answered(store, TABLE, "text/csv").decode()
    found = json.loads(answered(store, TABLE, "application/sparql-results+json"))
    told = [[row["o"]["value"], row["s"]["value"]] for row in found["results"]["bindings"]]
    return list(csv.reader(io.StringIO(text, newline="")))[1:], told


iris = st.text("ab,;'()", max_size=6).map(lambda tail: NamedNode(EX + tail))
texts = st.text('a,"\r\n\t\\', max_size=6).map(Literal)


@given(st.lists(st.one_of(iris, texts), max_size=6))
def test_a_table_in_csv_has_the_cells_that_it_has_in_json(objects: list[NamedNode]) -> None:
    in_csv, in_json = cells(holding(*objects))
    assert in_csv == in_json


def test_a_comma_in_an_iri_is_quoted_in_a_table_that_is_cut() -> None:
    store = holding(*[NamedNode(f"{EX}a,b")] * 3)
    lines = answered(store, TABLE, "text/csv", max_rows=2).decode().split("\r\n")
    assert lines[1:3] == [f'"{EX}a,b",{EX}0', f'"{EX}a,b",{EX}1']
    assert lines[3].startswith('"TRUNCATED')


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_not_is_not_acceptable(character: str) -> None:
    store = holding(Literal(f"a{character}b"))
    for query, accept in ((TABLE, XML), (GRAPH, RDFXML)):
        with pytest.raises(NotAcceptable, match=rf"U\+{ord(character):04X}"):
            answered(store, query, accept)
    assert answered(store, TABLE, "text/csv")


def test_a_carriage_return_comes_back_from_xml() -> None:
    store = holding(Literal("a\r\nb\rc"))
    for query, accept in ((TABLE, XML), (GRAPH, RDFXML)):
        tree = ET.fromstring(answered(store, query, accept))
        assert "a\r\nb\rc" in [element.text for element in tree.iter()]


@given(st.text("a\xbf\xef\uffff\ufffd\ufefe\r\x01", min_size=1), st.integers(1, 7))
def test_xml_that_comes_in_blocks_is_looked_over_as_a_whole(text: str, size: int) -> None:
    body = f"<a>{text}</a>".encode()
    taken = io.BytesIO()

    def by_blocks() -> bytes:
        sink = XmlSink(taken)
        for start in range(0, len(body), size):
            sink.write(body[start : start + size])
        return taken.getvalue()

    if {"\x01", "\uffff"} & set(text):
        with pytest.raises(NotAcceptable):
            by_blocks()
    else:
        assert by_blocks() == for_xml(body)


def test_a_file_in_rdf_xml_is_whole_or_not_written() -> None:
    good = Quad(NamedNode(EX + "s"), NamedNode(EX + "p"), Literal("a\rb"))
    sink = io.BytesIO()
    write([good], "rdf", sink)
    assert "a\rb" in [element.text for element in ET.fromstring(sink.getvalue()).iter()]
    for wrong in (with_predicate("p/"), Quad(good.subject, good.predicate, Literal("a\x01b"))):
        with pytest.raises(NotAcceptable):
            write([good, wrong], "rdf", io.BytesIO())


NAMED = ["p", "été", "a.b", "1b"]
NAMELESS = ["p/", "1", "-", "a:1", "p(1)", "?x=", "1999/02/22-rdf-syntax-ns#li", "2000/xmlns/a"]


def with_predicate(tail: str) -> Quad:
    base = "http://www.w3.org/" if "/" in tail[2:] else EX
    return Quad(NamedNode(EX + "s"), NamedNode(base + tail), Literal("x"))


@pytest.mark.parametrize("tail", NAMED)
def test_a_predicate_that_ends_in_a_name_is_written_in_rdf_xml(tail: str) -> None:
    quad = with_predicate(tail)
    for written in (answered(load_store([quad]), GRAPH, RDFXML), serialise([quad], "rdf")):
        assert "x" in [element.text for element in ET.fromstring(written).iter()]


@pytest.mark.parametrize("tail", NAMELESS)
def test_a_predicate_without_a_name_is_not_acceptable_in_rdf_xml(tail: str) -> None:
    quad = with_predicate(tail)
    told = re.escape(f"{quad.predicate}")
    with pytest.raises(NotAcceptable, match=told):
        answered(load_store([quad]), GRAPH, RDFXML)
    with pytest.raises(NotAcceptable, match=told):
        serialise([quad], "rdf")
