"""A text that is no query gets its place and a reason that a reader can use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.catalogue import Catalogue
from c5graph.errors import C5GraphError, QuerySyntax
from c5graph.protocol import QueryRequest
from c5graph.store.breach import breach
from c5graph.store.evaluate import evaluate
from c5graph.store.rdf import Store


@pytest.mark.parametrize(
    ("query", "line", "token", "said"),
    [
        ("SELECT ?s WHERE { ?s ?p ] } LIMIT 10", 1, "]", "Unexpected ']'"),
        ("SELECT ?s\nWHERE { ?s ?p ?o LIMIT 10", 2, "{ ?s", "never closed"),
        ("SELECT ?s\nWHERE { ?s ?p ?o }} LIMIT 10", 2, "} LIMIT", "Unexpected '}'"),
        ("SELECT ?s\nWHERE { ?s ?p 'abc } LIMIT 10", 2, "'abc", "has no end"),
        ("SELEC ?s WHERE { ?s ?p ?o }", 1, "SELEC", "'SELEC'"),
        ("SELECT ?s WHERE { ?s ?p ?o } LIMT 10", 1, "LIMT", "'LIMT'"),
        ("SELECT ?s\n\nWHERE {\n ?s ?p ?o FILTR(?o > 1) }", 4, "FILTR", "'FILTR'"),
        ("SELECT s WHERE { ?s ?p ?o }", 1, "s WHERE", "'s'"),
        ("SELECT ?s { ?s dct:title ?o }", 1, "dct:", "prefix 'dct:'"),
        ("SELECT (COUNT(?o) AS ?n)\n ?s { ?s ?p ?o }", 2, "?s {", "?s is selected, but neither"),
        ("SELECT ?s\n$o { ?s ?p $o } GROUP BY ?s", 2, "$o {", "$o is selected, but neither"),
        ("SELECT ?s\n(STR(?o) AS ?t) { ?s ?p ?o } GROUP BY ?s", 2, "?o) AS", "neither grouped"),
        ("SELECT (STR(?p)\n AS ?o) { ?s ?p ?o }", 2, "?o) {", "?o has a value before"),
        ("SELECT ?s\n ?s { ?s ?p ?o }", 2, "?s {", "?s is selected twice"),
        ("SELECT\n* { ?s ?p ?o } GROUP BY ?s", 2, "* {", "no SELECT * with GROUP BY"),
        ("SELECT ?s { ?s ?p ?o\nBIND(1 AS $o) }", 2, "$o) }", "$o has a value before"),
        ("SELECT ?s { ?s ?p ?o\nFILTER(COUNT(?o) > 1) }", 2, "COUNT", "COUNT has no place here"),
        ("SELECT (SUM(?o) AS ?n)\n(?n + 1 AS ?m) { ?s ?p ?o }", 2, "?n + 1", "where sums are made"),
        ("ASK {{ SELECT\n?s (MAX(?o) AS ?m) { ?s ?p ?o } }}", 2, "?s (MAX", "neither grouped"),
        ("SELECT\n*\u200b{}", 2, "\u200b", "U+200B (zero width space)"),
        ("SELECT * {}\xa0", 1, "\xa0", "U+00A0 (no-break space)"),
        ("SELECT * {}\0", 1, "\0", "U+0000 (a control character)"),
        ("SELECT * { ?s ?p “a” }", 1, "“", "left double quotation mark"),
        ("", 1, "", "ends too early"),
        ("SELECT (?a AS", 1, "(?a", "never closed"),
    ],
)
def test_an_error_names_the_place_and_the_reason(
    query: str, line: int, token: str, said: str
) -> None:
    with pytest.raises(QuerySyntax) as caught:
        evaluate(Store(), QueryRequest(query))
    error = caught.value
    assert said in str(error)
    assert error.remedy
    assert error.line == line
    assert error.column is not None
    assert query.split("\n")[line - 1][error.column - 1 :].startswith(token)


@pytest.mark.parametrize(
    "query",
    [
        *(query.text for query in Catalogue()),
        "SELECT ?t (COUNT(*) AS ?n) (?t + 1 AS ?m) { ?s ?p ?o } GROUP BY (STR(?o) AS ?t)",
        "SELECT (1 AS ?n) (?n + 1 AS ?m) { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } GROUP BY (?s)",
        "SELECT * { ?s ?p ?o MINUS { ?s ?p ?x } FILTER(BOUND(?y)) BIND(1 AS ?x) BIND(2 AS ?y) }",
        "SELECT ?s { ?s ?p ?o { SELECT ?s { ?s ?p ?o } GROUP BY ?s } } ORDER BY ?o",
    ],
)
def test_no_query_that_the_engine_reads_breaks_a_rule(query: str) -> None:
    Store().query(query)
    assert breach(query) is None


def test_a_query_of_more_than_readers_write_is_not_looked_at() -> None:
    twice = "SELECT ?s ?s { ?s ?p ?o }"
    assert breach(twice) is not None
    assert breach(twice + " {}" * 5000) is None


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("SELECT * { ?s ?p ?o } GROUP BY", "missing"),
        ("SELECT * { ?s ?p ?o FILTR(?o) }", "Did you mean FILTER?"),
        ("SELECT * { FILTER(?x >) }", "missing"),
        ("SELECT * { ?s ?p ?o . . }", "a dot"),
        ("SELECT * { ?s <http://a b> 1 }", "%20"),
        ("SELECT * { FILTER(REGEX(?a)) }", "missing"),
    ],
)
def test_the_advice_is_for_people_and_shows_no_grammar(query: str, advice: str) -> None:
    with pytest.raises(QuerySyntax) as caught:
        evaluate(Store(), QueryRequest(query))
    said = f"{caught.value} {caught.value.remedy}"
    assert advice in said
    for raw in ("FDCF", "UNDEF", "'..", "could stand", "[_]", "GROUP_CONCAT"):
        assert raw not in said


@given(st.lists(st.sampled_from(["SELECT", "?s", "{", "}", "\n", "'", "a:b", "(", "<", "é", " "])))
def test_no_text_fails_otherwise_than_as_one_of_our_errors(parts: list[str]) -> None:
    query = "".join(parts)
    try:
        evaluate(Store(), QueryRequest(query))
    except QuerySyntax as error:
        line, column = error.line or 0, error.column or 0
        assert 1 <= column <= len(query.split("\n")[line - 1]) + 1
    except C5GraphError:
        pass
