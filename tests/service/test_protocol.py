"""HTTP parts become a query request, or one of our own errors and nothing else."""

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph import protocol
from c5graph.errors import (
    C5GraphError,
    MalformedRequest,
    MethodNotAllowed,
    Refused,
    UnsupportedMediaType,
)
from c5graph.protocol import FORM, QUERY, UPDATE, QueryRequest

ASK = b"query=ASK%20%7B%7D"


def test_a_query_by_get_post_form_and_post_body_is_the_same() -> None:
    by_get = protocol.parse("GET", ASK)
    by_form = protocol.parse("POST", b"", FORM, ASK)
    by_body = protocol.parse("POST", b"", QUERY, b"ASK {}")
    assert by_get == by_form == by_body == QueryRequest("ASK {}")


def test_graphs_are_read_from_url_and_form() -> None:
    graphs = b"default-graph-uri=http://x/a&default-graph-uri=http://x/b&named-graph-uri=http://x/c"
    expected = QueryRequest("ASK {}", ("http://x/a", "http://x/b"), ("http://x/c",))
    assert protocol.parse("GET", ASK + b"&" + graphs) == expected
    assert protocol.parse("POST", graphs, QUERY, b"ASK {}") == expected
    assert protocol.parse("POST", b"", FORM, ASK + b"&" + graphs) == expected


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "error"),
    [
        ("GET", b"", None, b"", MalformedRequest),
        ("GET", ASK + b"&" + ASK, None, b"", MalformedRequest),
        ("POST", ASK, FORM, ASK, MalformedRequest),
        ("POST", ASK, QUERY, b"ASK {}", MalformedRequest),
        ("POST", b"", FORM, b"", MalformedRequest),
        ("POST", b"", QUERY, b"ASK \xff", MalformedRequest),
        ("GET", b"query=%FF", None, b"", MalformedRequest),
        ("GET", ASK + b"&default-graph-uri=relative", None, b"", MalformedRequest),
        ("GET", ASK + b"&named-graph-uri=http://x/%20", None, b"", MalformedRequest),
        ("GET", b"update=DROP+ALL", None, b"", Refused),
        ("POST", b"", FORM, b"update=DROP+ALL", Refused),
        ("POST", b"", UPDATE, b"DROP ALL", Refused),
        ("POST", b"", None, b"ASK {}", UnsupportedMediaType),
        ("POST", b"", "text/plain", b"ASK {}", UnsupportedMediaType),
        ("POST", b"", QUERY + "; charset=utf-16", b"ASK {}", UnsupportedMediaType),
        ("PUT", ASK, QUERY, b"ASK {}", MethodNotAllowed),
        ("DELETE", b"", None, b"", MethodNotAllowed),
    ],
)
def test_what_the_protocol_forbids_has_its_own_error(
    method: str, query_string: bytes, content_type: str | None, body: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        protocol.parse(method, query_string, content_type, body)


@pytest.mark.parametrize("content_type", [QUERY.upper(), QUERY + "; charset=UTF-8"])
def test_content_types_are_read_without_regard_to_case(content_type: str) -> None:
    assert protocol.parse("POST", b"", content_type, b"ASK {}").query == "ASK {}"


def test_a_mark_of_byte_order_before_a_body_is_no_part_of_the_query() -> None:
    assert protocol.parse("POST", b"", QUERY, b"\xef\xbb\xbfASK {}").query == "ASK {}"


@given(st.text(max_size=80), st.lists(st.sampled_from(["http://x/a", "urn:b"]), max_size=3))
def test_any_query_text_survives_the_way_through_a_url(query: str, graphs: list[str]) -> None:
    try:
        encoded = urlencode([("query", query), *(("default-graph-uri", g) for g in graphs)])
    except UnicodeEncodeError:
        return  # a lone surrogate has no UTF-8
    assert protocol.parse("GET", encoded.encode()) == QueryRequest(query, tuple(graphs))


@given(
    st.sampled_from(["GET", "POST", "PATCH"]),
    st.binary(max_size=60),
    st.sampled_from([None, FORM, QUERY, UPDATE, "x", ";charset="]),
    st.binary(max_size=60),
)
def test_nothing_but_our_own_errors_is_raised(
    method: str, query_string: bytes, content_type: str | None, body: bytes
) -> None:
    with suppress(C5GraphError):
        protocol.parse(method, query_string, content_type, body)
