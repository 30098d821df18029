"""The short way of plain queries gives what the usual way gives, and takes nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httptools
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.routes.http import Heard
from c5graph.routes.plain import heard_of
from tests.service.conftest import Server
from tests.service.test_shelf import Line, get

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PEOPLE = "SELECT ?s ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l"


@pytest.fixture
def line(plain: Server) -> Iterator[Line]:
    made = Line(plain)
    yield made
    made.close()


def count(server: Server, wanted: str) -> float:
    rows = httpx.get(server.url + "/metrics").text.splitlines()
    return sum(float(row.split()[-1]) for row in rows if row.startswith(wanted))


@pytest.mark.parametrize("more", [(), ("Accept: text/csv",), ("Accept-Encoding: gzip",)])
@pytest.mark.parametrize(
    "query",
    [
        PEOPLE,
        "ASK {}",
        "SELECT * { ?s ?p ?o }",  # cut at the row cap
        "DESCRIBE <http://example.org/anna>",
        "SELECT ?x { ?x ?y",
        "ASK { SERVICE <http://example.org/> {} }",
    ],
)
def test_both_ways_answer_alike(line: Line, query: str, more: tuple[str, ...]) -> None:
    query += f" # {more}"
    name = "X-Request-ID: mine"  # which takes the usual way
    fresh, usual = query + "\n", query + "\n\n"
    (status, short_head, short), (again, long_head, long) = (
        line.ask(get(fresh, *more)),
        line.ask(get(usual, *more, name)),
    )
    assert short_head.pop("x-request-id") != long_head.pop("x-request-id")
    for head in (short_head, long_head):
        head.pop("date")
        head.pop("etag", None)  # which tells apart what is asked
    assert (status, short_head) == (again, long_head)
    assert short == long or "accept-encoding" in str(more).lower()


def test_an_error_is_counted_once_and_with_the_time_that_it_took(plain: Server) -> None:
    wanted = 'c5graph_errors_total{code="deadline_exceeded"}'
    answered = 'c5graph_requests_total{method="GET",route="/sparql"'
    slow = 'c5graph_request_seconds_sum{route="/sparql"}'
    before = [count(plain, each) for each in (wanted, answered, slow)]
    response = httpx.get(plain.url + "/sparql", params={"query": SLOW + " # once"}, timeout=20)
    assert response.json()["error"]["code"] == "deadline_exceeded"
    after = [count(plain, each) for each in (wanted, answered, slow)]
    assert [b - a for a, b in zip(before[:2], after[:2], strict=True)] == [1, 1]
    assert 0.9 < after[2] - before[2] < 3
    assert count(plain, "c5graph_requests_running ") == 1  # the one that asks for the figures


def test_requests_sent_while_one_runs_are_answered_in_their_order(line: Line) -> None:
    line.send(get("ASK {} # first"))
    line.send(get(PEOPLE + " # second") + get("ASK {} # third")[:40])
    line.send(get("ASK {} # third")[40:])
    bodies = [line.answer()[2] for _ in range(3)]
    assert [b"boolean" in body for body in bodies] == [True, False, True]


def test_a_flood_behind_a_running_query_is_held_back_and_answered(line: Line) -> None:
    many = [get(f"ASK {{}} # {number} " + "x" * 900) for number in range(200)]
    line.send(get(PEOPLE + " # before a flood"))
    line.send(b"".join(many))
    assert [line.answer()[0] for _ in range(201)] == [200] * 201


def test_a_client_that_leaves_frees_its_worker(plain: Server) -> None:
    ended = count(plain, "c5graph_errors_total")
    lines = [Line(plain) for _ in range(2)]  # as many as there are workers
    for number, each in enumerate(lines):
        each.send(get(f"{SLOW} # leaves {number}"))
    time.sleep(0.2)
    for each in lines:
        each.close()
    assert httpx.get(plain.url + "/sparql", params={"query": "ASK {} # soon"}).status_code == 200
    assert count(plain, "c5graph_errors_total") == ended  # neither lived to see its deadline


class _Parsed:
    """What the server's own parser makes of a request."""

    def __init__(self, raw: bytes) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.whole = False
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(raw)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_message_complete(self) -> None:
        self.whole = self.parser.should_keep_alive()

    def heard(self) -> Heard:
        scope: dict[str, Any] = {
            "method": "GET",
            "path": "/sparql",
            "query_string": b"",
            "headers": self.headers,
        }
        return Heard.of(scope)


NAMES = st.sampled_from(
    [b"Host", b"ACCEPT", b"accept", b"Accept-Encoding", b"Connection", b"X-A", b"Content-Length"]
)
SIGNS = [
    b"text/csv",
    b"a",
    b"gzip",
    b" ",
    b"\t",
    b",",
    b":",
    b"\r\n ",
    b"\r",
    b"\x00",
    b"0",
    b"\xff",
]
VALUES = st.lists(st.sampled_from(SIGNS), max_size=4).map(b"".join)


@given(
    st.lists(st.tuples(NAMES, st.sampled_from([b":", b": ", b" :", b":\t"]), VALUES), max_size=5)
)
def test_headers_are_read_as_the_server_reads_them(given: list[tuple[bytes, bytes, bytes]]) -> None:
    head = b"".join(b"%s%s%s\r\n" % each for each in given) + b"\r\n"
    client = heard_of(head) if head.count(b"\r\n\r\n") == 1 and given else None
    if client is not None:
        parsed = _Parsed(b"GET /sparql?query=x HTTP/1.1\r\n" + head)
        assert parsed.whole
        assert client == parsed.heard()


def test_both_ways_give_the_same_tag_and_know_each_others_answers(line: Line) -> None:
    for more in ((), ("Accept-Encoding: gzip",), ("Accept: text/csv",)):
        asked = PEOPLE + f" # tag {more}"
        short = line.ask(get(asked, *more))
        tags = [line.ask(get(asked, *more, name))[1]["etag"] for name in ("X-Request-ID: a", "TE:")]
        assert tags == [short[1]["etag"]] * 2
        known = line.ask(get(asked, *more, f"If-None-Match: {short[1]['etag']}"))
        assert (known[0], known[1]["etag"]) == (304, short[1]["etag"])


def test_what_is_no_plain_query_goes_the_usual_way(line: Line) -> None:
    for path in ("?query=ASK%20%7B%7D&query=ASK%20%7B%7D", "?query=%FF", "?query=", "?q=1#query=2"):
        line.send(f"GET /sparql{path} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode())
        status, _, body = line.answer()
        assert (status, b'"error"' in body) in ((400, True), (200, False)), path
    page = line.ask(get("ASK {} # page", "Accept: text/html"))
    assert page[1]["content-type"].startswith("text/html")
    hidden = quote("ASK {} # lens")
    line.send(f"GET /sparql?query={hidden}&knownAt=2001-01-01 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert line.answer()[0] in (200, 400)
