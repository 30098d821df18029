"""The Accept header decides the format; what it does not allow is not sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.errors import NotAcceptable
from c5graph.negotiate import Kind, encoding_allowed, negotiate, prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind", "media_type"),
    [
        (None, Kind.TABLE, "application/sparql-results+json"),
        ("", Kind.TABLE, "application/sparql-results+json"),
        ("*/*", Kind.TABLE, "application/sparql-results+json"),
        ("*/*", Kind.GRAPH, "text/turtle"),
        ("application/*", Kind.TABLE, "application/sparql-results+json"),
        ("text/*", Kind.TABLE, "text/csv"),
        ("text/csv, text/tab-separated-values;q=0.9", Kind.TABLE, "text/csv"),
        ("text/csv;q=0.1, text/tab-separated-values", Kind.TABLE, "text/tab-separated-values"),
        ("TEXT/CSV", Kind.TABLE, "text/csv"),
        ("text/csv;charset=utf-8", Kind.TABLE, "text/csv"),
        ("*/*, application/sparql-results+json;q=0", Kind.TABLE, "application/sparql-results+xml"),
        ("application/json", Kind.BOOLEAN, "application/json"),
        ("text/turtle;q=0.5, application/ld+json", Kind.GRAPH, "application/ld+json"),
        (
            "text/turtle, application/sparql-results+json",
            Kind.TABLE,
            "application/sparql-results+json",
        ),
        ("application/rdf+xml", Kind.GRAPH, "application/rdf+xml"),
        ("application/n-triples, nonsense, /, a/b;;", Kind.GRAPH, "application/n-triples"),
    ],
)
def test_the_preferred_format_is_chosen(accept: str | None, kind: Kind, media_type: str) -> None:
    assert negotiate(accept, kind)[1] == media_type


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("image/png", Kind.TABLE),
        ("text/turtle", Kind.TABLE),
        ("text/csv", Kind.GRAPH),
        ("text/csv;q=0", Kind.TABLE),
        ("text/csv;charset=utf-16", Kind.TABLE),
        ("nonsense", Kind.TABLE),
        ("*/*;q=0", Kind.GRAPH),
    ],
)
def test_what_nothing_satisfies_is_not_acceptable(accept: str, kind: Kind) -> None:
    with pytest.raises(NotAcceptable):
        negotiate(accept, kind)


def test_a_browser_gets_pages_and_a_program_does_not() -> None:
    assert prefers_html(BROWSER)
    assert not prefers_html("*/*")
    assert not prefers_html("application/sparql-results+json, text/html;q=0.5")
    assert not prefers_html("application/json, text/html;q=0.5")
    assert not prefers_html(None)


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("gzip", True),
        ("gzip;q=0", False),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("*;q=0", False),
        ("*, gzip;q=0", False),
        ("identity", False),
        ("gzip;q=0.5, identity", False),
        ("gzip, identity;q=0.5", True),
        ("*;q=0.5, identity;q=0.5", True),
        (None, False),
    ],
)
def test_gzip_is_used_only_where_it_is_allowed(header: str | None, allowed: bool) -> None:
    assert encoding_allowed(header, "gzip") is allowed


@given(st.text(), st.sampled_from(Kind))
def test_no_accept_header_raises_anything_but_not_acceptable(accept: str, kind: Kind) -> None:
    try:
        form, media_type = negotiate(accept, kind)
    except NotAcceptable:
        return
    assert media_type in form.media_types


def test_a_long_header_is_not_sent_back_whole() -> None:
    with pytest.raises(NotAcceptable) as refused:
        negotiate("image/png," * 20_000, Kind.TABLE)
    assert len(str(refused.value)) < 300
