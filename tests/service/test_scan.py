"""No spelling of a query hides a keyword from the scan, and no text fakes one."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c5graph import scan
from c5graph.store.rdf import NamedNode, Quad, Store

CALLS = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { service<http://x/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
    "PREFIX : <http://x/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <http://x/> PREFIX service: <http://y/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c # a comment'\n SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?a ?b '''it''s''' SERVICE ?x { ?s ?p ?o } }",
    'SELECT * { ?a ?b "\\"" SERVICE ?x { ?s ?p ?o } # " }\n }',
    "SELECT * { ?a ?b <http://x/\\u0061#> SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o)SERVICE?c#>\n{ ?a ?b ?d } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o).SERVICE?c#>\n{ ?a ?b ?d } }",
    "SELECT * { S\\u0045RVICE ?x { ?s ?p ?o } }",
    'SELECT * { ?a ?b "\\u0022" SERVICE ?x { ?s ?p "" } }',
]
CALM = [
    "SELECT ?service { ?service ?from ?load }",
    "SELECT * { ?s <http://x/service> ?o }",
    "SELECT * { ?s <http://x/#SERVICE> 'SERVICE <http://x/> { }' }",
    "PREFIX service: <http://x/> SELECT * { service:a service:from ?o }",
    "PREFIX x: <http://x/> SELECT * { x:service x:SERVICE x:from-here }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { ?s ?p ?o }",
    'SELECT * { ?s ?p \'from\'@en-service , """SERVICE\n"a" """ }',
    "SELECT * { _:service ?p ?o }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_of_a_service_is_seen(query: str) -> None:
    assert scan.names(query).service


@pytest.mark.parametrize(
    "query",
    [
        "ASK FROM <http://x/\\u0067> {}",
        "BASE <http://\\u0078/> ASK FROM <\\U00000067> {}",
        "PREFIX p: <http://x/\\u0067> ASK FROM p: {}",
    ],
)
def test_a_graph_may_be_named_with_escapes(query: str) -> None:
    assert scan.names(query) == scan.Named(default=("http://x/g",))


@pytest.mark.parametrize("query", CALM)
def test_a_word_in_a_name_string_or_comment_is_no_call(query: str) -> None:
    assert scan.names(query) == scan.Named()


@pytest.mark.parametrize(
    ("query", "graphs"),
    [
        ("SELECT * FROM <http://x/a> FROM NAMED <http://x/b> {}", ("http://x/a", "http://x/b")),
        ("BASE <http://x/y/> SELECT * FROM <../a> {}", ("http://x/a",)),
        ("PREFIX g: <http://x/> SELECT * from g:a {}", ("http://x/a",)),
        ("PREFIX : <http://x/> ASK FROM :a {}", ("http://x/a",)),
    ],
)
def test_graphs_of_from_are_named_in_full(query: str, graphs: tuple[str, ...]) -> None:
    assert scan.names(query).graphs == graphs


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX a: <a:> DELETE WHERE { a:b ?p ?o }",
        "# SELECT\nBASE <http://x/> LOAD <y>",
        "with <http://x/> DELETE {} WHERE {}",
    ],
)
def test_an_update_is_known_by_its_first_word(update: str) -> None:
    assert scan.is_update(update)
    assert not scan.is_update("SELECT ?insert { ?insert ?p 'DROP ALL' }")


def test_an_undeclared_prefix_is_named_with_its_place() -> None:
    query = "PREFIX a: <http://x/>\nSELECT * { a:b c:d 'e:f' }"
    found = scan.undeclared_prefix(query)
    assert found is not None
    assert (found[0], scan.position(query, found[1])) == ("c", (2, 16))
    assert scan.undeclared_prefix(query.replace("c:d", "a:d")) is None


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?s ?p "\\U00110000" }',
        "ASK FROM <http://x/\\U00110000> {}",
        "ASK FROM <http://x/\\uD800> {}",
        "BASE <http://x/> ASK FROM <http://[a> {}",
        "BASE <http://[a> ASK FROM <b> {}",
        "BASE <http://x/> PREFIX a: <//[> ASK FROM <http://x/g> { a:b ?p ?o }",
        "BASE <http://x/> ASK FROM <//\u2100> {}",
    ],
)
def test_what_is_no_sign_and_no_host_is_left_to_the_engine(query: str) -> None:
    found = scan.names(query)
    assert not found.service
    assert all(graph.isprintable() for graph in found.graphs)
    assert scan.undeclared_prefix(query) is None


@given(st.text(st.sampled_from(list("<>\"'\\#{}()?:@._-uU0sSERVICEfromx/ \n\r\t"))))
def test_tokens_cover_any_text_and_the_scan_never_raises(text: str) -> None:
    for token in scan.tokens(text):
        assert text.startswith(token.text, token.start)
    scan.names(text)
    scan.is_update(text)
    scan.undeclared_prefix(text)


@pytest.mark.parametrize(
    ("before", "unit", "after"),
    [
        ("", "a.", ""),
        ("", "1.", ""),
        ("", "1", ":"),
        ("", '"""\n\\', ""),
        ("", '"\\', ""),
        ("<", ").service", ">"),
        ("<#", ").service", ">"),
    ],
)
def test_a_scan_takes_a_time_that_grows_with_the_text_alone(
    before: str, unit: str, after: str
) -> None:
    query = f"SELECT service from {before}{unit * (60_000 // len(unit))}{after}"
    began = process_time()
    scan.names(query)
    scan.undeclared_prefix(query)
    assert process_time() - began < 2.5


NOWHERE = "http://127.0.0.1:9/"  # the engine refuses this port before it connects
CALLED = Store()
CALLED.add(Quad(NamedNode(NOWHERE), NamedNode(NOWHERE), NamedNode(NOWHERE)))
PIECES = [
    "SERVICE", "service", f"<{NOWHERE}>", "?s", "?c", "{", "}", "{ ?a ?b ?d }", "{?a ?b ?d}", "(",
    ")", "<", ">", "#>", "#", "\n", "'", '"', "FILTER", "FILTER(?s<?o)", "FILTER(?s<1)", ".", " ",
    "1", "true", ":x", "?s ?p ", "<?o", "\'\'\'", "\\u0022", "&&", ";", "@en", "''", "_:b", "a:b",
]  # fmt: skip


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=10))
def test_whatever_the_engine_calls_as_a_service_the_scan_sees(pieces: list[str]) -> None:
    prologue = f"PREFIX : <{NOWHERE}> PREFIX a: <{NOWHERE}>"
    query = f"{prologue} SELECT * {{ ?s ?p ?o, ?c {''.join(pieces)} }}"
    try:
        list(CALLED.query(query))  # type: ignore[arg-type]
    except OSError:
        assert scan.names(query).service
    except (SyntaxError, RuntimeError, ValueError):
        pass
