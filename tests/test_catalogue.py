"""Saved queries: headers, parameters, and that no value is ever more than a term."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.catalogue import Catalogue, Parameter, SavedQuery
from c5graph.errors import BadHeader, BadParameter, UnknownQuery
from c5graph.store.rdf import Literal, load_store, select

CATALOGUE = Catalogue()
QUERY = """# question: What is there?
# description: A test.
# tags: one, two
# param: text | text | "a" | some text
SELECT ?text WHERE {
  VALUES ?text { "a" }
}
"""


def folder(tmp_path: Path, text: str = QUERY) -> Catalogue:
    (tmp_path / "what-is-there.rq").write_text(text, encoding="utf-8")
    return Catalogue(tmp_path)


def test_there_are_at_least_fifty_questions() -> None:
    assert len(CATALOGUE) >= 50
    assert all(query.question.endswith("?") for query in CATALOGUE)
    assert all(query.description and query.tags for query in CATALOGUE)


def test_a_header_is_read(tmp_path: Path) -> None:
    query = folder(tmp_path).get("what-is-there.rq")
    assert (query.question, query.tags) == ("What is there?", ("one", "two"))
    assert query.parameters == (Parameter("text", "text", '"a"', "some text"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# question: What is there?\n", ""),
        ("# tags: one, two", "# tags:"),
        ("| text |", "| thing |"),
        ('| "a" |', '| "b" |'),
        ("VALUES ?text", "VALUES ?other"),
        ("text | text", "text"),
        ("# tags", "# pair: text\n# tags"),
        ("# tags", "# pair: text | nowhere\n# tags"),
        ("# tags", "# pair: text | text\n# pair: text | text\n# tags"),
    ],
)
def test_a_wrong_header_is_refused_with_its_file(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(BadHeader, match=r"what-is-there\.rq"):
        folder(tmp_path, QUERY.replace(old, new, 1)).get("what-is-there")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_arrives_as_the_text_it_is(value: str) -> None:
    query = SavedQuery("q", "?", "", (), (Parameter("text", "text", '"a"', ""),), QUERY)
    rows = list(select(load_store([]), query.bind({"text": value})))
    assert rows == [{"text": Literal(value.strip())}]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("entity", "kazakhstan", "<https://w3id.org/c5graph/id/kazakhstan>"),
        ("entity", "c5:hasBuyer", "<https://w3id.org/c5graph/ontology#hasBuyer>"),
        ("entity", "https://example.org/a", "<https://example.org/a>"),
        ("entity", "<https://example.org/a>", "<https://example.org/a>"),
        ("concept", "sector-rail", "<https://w3id.org/c5graph/vocab/sector-rail>"),
        ("date", "2025-11-06", '"2025-11-06"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("number", "12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", "3.5", '"3.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ],
)
def test_a_value_becomes_a_term_of_its_kind(kind: str, value: str, expected: str) -> None:
    assert Parameter("p", kind, "x", "").term(value) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("entity", "a> } DROP ALL #"),
        ("entity", "https://example.org/a b"),
        ("entity", ""),
        ("concept", "} UNION {"),
        ("date", "2025"),
        ("date", "2025-02-30"),
        ("number", "1; DROP"),
        ("number", "nan"),
        ("number", "Infinity"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: str) -> None:
    with pytest.raises(BadParameter):
        Parameter("p", kind, "x", "").term(value)  # type: ignore[arg-type]


def test_an_unknown_parameter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="no parameter 'state'"):
        folder(tmp_path).get("what-is-there").bind({"state": "x"})


def test_an_unknown_query_gets_a_suggestion() -> None:
    with pytest.raises(UnknownQuery) as caught:
        CATALOGUE.get("what-does-state-seek")
    assert "what-does-a-state-seek" in caught.value.remedy


def test_queries_are_found_by_tags(tmp_path: Path) -> None:
    catalogue = folder(tmp_path)
    assert [query.name for query in catalogue.tagged(["one"])] == ["what-is-there"]
    assert catalogue.tagged(["one", "three"]) == []


def test_binding_the_default_changes_no_answer() -> None:
    for query in CATALOGUE:
        for parameter in query.parameters:
            bound = query.bind({parameter.name: parameter.default})
            assert bound.count("VALUES") == query.text.count("VALUES"), query.name
