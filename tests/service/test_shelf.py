"""Responses that lie ready: the same as the first one, never of older data, never in the way."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote, urlsplit

import httpx
import pytest

from c5graph.shelf import Shelf
from tests.service.conftest import Server

LABELS = "SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l"


def shelf(max_bytes: int = 100_000) -> tuple[Shelf, list[bytes]]:
    counted: list[bytes] = []
    return Shelf(max_bytes, lambda raw, _: counted.append(raw)), counted


def test_a_response_is_given_as_it_was_put_with_a_name_of_its_own() -> None:
    made, counted = shelf()
    made.put(b"GET / HTTP/1.1", (200, [(b"etag", b'"a"'), (b"x-request-id", b"first")]), b"body")
    first, rest = made.take(b"GET / HTTP/1.1") or (b"", b"")
    assert first == b"HTTP/1.1 200 OK\r\n"
    head, _, body = rest.partition(b"\r\n\r\n")
    assert (body, b'etag: "a"' in head, b"first" in head) == (b"body", True, False)
    assert head.count(b"x-request-id: ") == 1
    assert counted == [b"GET / HTTP/1.1"]
    assert made.take(b"GET /other HTTP/1.1") is None


def test_a_shelf_holds_no_more_than_its_bytes_and_drops_what_was_not_used() -> None:
    made, _ = shelf(10_000)
    for number in range(40):
        made.put(b"GET /%d" % number, (200, []), b"x" * 500)
        made.take(b"GET /0")
    assert 5 < len(made) < 14
    assert made.take(b"GET /0") is not None
    assert made.take(b"GET /1") is None
    made.put(b"GET /large", (200, []), b"x" * 2000)
    assert made.take(b"GET /large") is None


class Line:
    """One connection that is written to byte by byte."""

    def __init__(self, server: Server) -> None:
        parts = urlsplit(server.url)
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout=10)
        self._file = self._socket.makefile("rb")

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def send(self, text: bytes) -> None:
        self._socket.sendall(text)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        status = int(self._file.readline().split()[1])
        headers = {}
        while (line := self._file.readline().strip()) != b"":
            name, _, value = line.decode().partition(": ")
            headers[name] = value
        return status, headers, self._file.read(int(headers.get("content-length", 0)))

    def ended(self) -> bool:
        return self._file.read() == b""

    def ask(self, text: bytes) -> tuple[int, dict[str, str], bytes]:
        self.send(text)
        return self.answer()


def get(query: str, *more: str) -> bytes:
    lines = [f"GET /sparql?query={quote(query)} HTTP/1.1", "Host: x", *more, "", ""]
    return "\r\n".join(lines).encode()


@pytest.fixture
def line(plain: Server) -> Iterator[Line]:
    made = Line(plain)
    yield made
    made.close()


def test_the_second_answer_is_the_first_but_for_name_and_date(line: Line) -> None:
    asked = get(LABELS + " # twice")
    (status, first, body), (again, second, same) = line.ask(asked), line.ask(asked)
    assert (status, again, body) == (200, 200, same)
    assert first.pop("x-request-id") != second.pop("x-request-id")
    first.pop("date")
    second.pop("date")
    assert first == second


def test_what_lies_ready_is_counted(plain: Server, line: Line) -> None:
    def counted() -> float:
        text = httpx.get(plain.url + "/metrics").text
        wanted = 'c5graph_requests_total{method="GET",route="/sparql",status="200"} '
        return next(float(row.split()[-1]) for row in text.splitlines() if row.startswith(wanted))

    asked = get(LABELS + " # counted")
    line.ask(asked)
    before = counted()
    for _ in range(5):
        line.ask(asked)
    assert counted() == before + 5


def test_a_body_that_looks_like_a_request_is_a_body(line: Line) -> None:
    asked = get(LABELS + " # smuggled")
    line.ask(asked)
    line.ask(asked)
    head = f"POST /api/neighbours HTTP/1.1\r\nHost: x\r\nContent-Length: {len(asked)}\r\n\r\n"
    line.send(head.encode())
    assert line.answer()[0] == 405  # before its body has come
    line.send(asked)
    line.send(get("ASK {}"))
    status, _, body = line.answer()
    assert (status, b'"boolean":true' in body) == (200, True)


def test_requests_in_one_go_are_answered_in_their_order(line: Line) -> None:
    known, other = get(LABELS + " # known"), get("ASK {} # other")
    line.ask(known)
    line.send(other + known + other)
    bodies = [line.answer()[2] for _ in range(3)]
    assert [b"boolean" in body for body in bodies] == [True, False, True]


def test_a_request_in_pieces_is_put_together(line: Line) -> None:
    asked = get(LABELS + " # pieces")
    _, _, body = line.ask(asked)
    line.send(asked[:30])
    line.send(asked[30:])
    assert line.answer()[2] == body


def test_what_differs_from_moment_to_moment_is_never_kept(line: Line) -> None:
    asked = get("SELECT (RAND() AS ?x) {}")
    assert line.ask(asked)[2] != line.ask(asked)[2]


def test_an_unchanged_answer_is_not_sent_again(line: Line) -> None:
    _, headers, _ = line.ask(get(LABELS))
    asked = get(LABELS, f"If-None-Match: {headers['etag']}")
    assert [line.ask(asked)[0] for _ in range(3)] == [304, 304, 304]
    assert line.ask(get(LABELS))[0] == 200


def test_a_name_given_by_the_client_comes_back_each_time(line: Line) -> None:
    asked = get(LABELS, "X-Request-ID: mine")
    assert [line.ask(asked)[1]["x-request-id"] for _ in range(3)] == ["mine"] * 3


def test_a_connection_that_is_to_close_is_closed(plain: Server) -> None:
    asked = get(LABELS, "Connection: close")
    for _ in range(3):
        line = Line(plain)
        assert line.ask(asked)[1]["connection"] == "close"
        assert line._file.read() == b""
        line.close()


def test_a_head_without_end_is_refused(line: Line) -> None:
    lines = (b"x-%d: " % number + b"y" * 1000 + b"\r\n" for number in range(5000))
    line.send(b"GET / HTTP/1.1\r\n")
    with suppress(ConnectionError):  # it may be gone before all has been sent
        deque(map(line.send, lines), maxlen=0)
    status, headers, _ = line.answer()
    assert (status, headers["connection"]) == (431, "close")
    assert line.ended()
