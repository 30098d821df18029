"""Clients that dribble, stall or crowd, by real sockets: each is ended, and others are served."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.conftest import Server, running, serve

PATIENCE = {"head_seconds": 0.6, "body_seconds": 0.6, "idle_seconds": 1, "send_seconds": 0.6}
GET = b"GET /health HTTP/1.1\r\nHost: a\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
BIG = b"GET /sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D HTTP/1.1\r\nHost: a\r\n"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("big") / "big.nt"
    text = "x" * 1000
    line = '<http://example.org/n{0}> <http://example.org/p> "{0}{1}" .\n'
    data.write_text("".join(line.format(number, text) for number in range(20_000)))
    return data


@pytest.fixture(scope="module")
def strict(big: Path) -> Iterator[Server]:
    with running(serve("--data", str(big)), **PATIENCE, connections=40, workers=2) as server:
        yield server


@contextlib.contextmanager
def connected(server: Server) -> Iterator[socket.socket]:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.socket() as connection:
        # A small window, so that the kernel takes little of an answer that is not read.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 262_144)
        connection.settimeout(10)
        connection.connect((host, int(port)))
        yield connection


def all_of(connection: socket.socket) -> bytes:
    """What comes until the server closes the connection."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def dribbled(connection: socket.socket, piece: bytes) -> bytes:
    """Send a piece again and again until the server has had enough; what it said."""
    began = time.monotonic()
    connection.setblocking(False)
    said = b""
    while time.monotonic() - began < 8:
        with contextlib.suppress(BlockingIOError):
            part = connection.recv(65536)
            said += part
            if not part:
                return said
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.send(piece)
        time.sleep(0.05)
    raise AssertionError("the server waited without end")


def code(said: bytes) -> tuple[bytes, str]:
    head, _, body = said.partition(b"\r\n\r\n")
    return head.split(b" ", 2)[1], json.loads(body)["error"]["code"]


def ended(server: Server, reason: str) -> float:
    """How many connections have been ended for this reason, as monitoring reads it."""
    text = httpx.get(server.url + "/metrics", timeout=10).text
    found = re.search(rf'^c5graph_connections_ended_total{{reason="{reason}"}} (.+)$', text, re.M)
    return float(found[1]) if found else 0.0


def test_a_head_that_is_dribbled_is_told_so_and_ended(strict: Server) -> None:
    before = ended(strict, "too_slow")
    with connected(strict) as connection:
        connection.send(GET)
        assert code(dribbled(connection, b"X-A: b\r\n")) == (b"408", "too_slow")
    assert ended(strict, "too_slow") == before + 1


def test_a_body_that_is_dribbled_is_told_so_and_ended(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(POST + b"Content-Length: 1000\r\n\r\n")
        assert code(dribbled(connection, b"A")) == (b"408", "too_slow")


def test_chunks_that_are_dribbled_are_ended_too(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        assert code(dribbled(connection, b"1\r\nA\r\n")) == (b"408", "too_slow")


def test_a_client_that_says_nothing_is_ended_without_a_word(strict: Server) -> None:
    with connected(strict) as connection:
        assert all_of(connection) == b""


def test_empty_lines_between_requests_keep_no_connection(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(GET + b"\r\n")
        assert dribbled(connection, b"\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_body_that_nobody_wants_is_not_waited_for(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(GET + b"Content-Length: 1000\r\n\r\n")
        assert dribbled(connection, b"A").count(b"HTTP/1.1") == 1


def test_nobody_is_asked_to_send_a_body_that_is_too_long(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(POST + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")
        assert code(all_of(connection)) == (b"413", "body_too_large")


@pytest.mark.parametrize("asked", [GET + b"\r\n", POST + b"Content-Length: 5\r\n\r\nASK{}"])
def test_what_is_no_request_takes_no_answer_from_the_one_before(
    asked: bytes, strict: Server
) -> None:
    with connected(strict) as connection:
        connection.send(asked + asked + b"no request\r\n\r\n")
        assert all_of(connection).count(b"HTTP/1.1 200 ") == 2


def test_an_answer_that_is_never_read_is_given_up(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(BIG + b"\r\n")
        connection.recv(1, socket.MSG_PEEK)
        time.sleep(2)
        taken = all_of(connection)
        assert 0 < len(taken) < 15_000_000
    assert ended(strict, "unread") >= 1


@pytest.mark.slow
def test_an_answer_that_is_read_slowly_but_steadily_comes_whole(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(BIG + b"Connection: close\r\n\r\n")
        parts, began = [], time.monotonic()
        while part := connection.recv(262_144):
            parts.append(part)
            if time.monotonic() - began < 2.5:
                time.sleep(0.05)
        head, _, body = b"".join(parts).partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head
        assert len(json.loads(body)["results"]["bindings"]) == 20_000


@pytest.mark.slow
def test_unread_answers_are_cut_off_before_they_fill_the_memory(big: Path) -> None:
    limits = {"unsent_mib": 32, "workers": 2, "send_seconds": 60}
    command = serve("--data", str(big))
    with running(command, **limits) as server, contextlib.ExitStack() as crowd:
        unread = [crowd.enter_context(connected(server)) for _ in range(4)]
        for each in unread:
            each.send(BIG + b"\r\n")
            each.recv(1, socket.MSG_PEEK)
        answer = httpx.get(server.url + "/sparql", params={"query": "SELECT * {?s ?p ?o}"})
        assert len(answer.json()["results"]["bindings"]) == 20_000
        assert max(len(all_of(each)) for each in unread[:3]) < 15_000_000
        assert ended(server, "unsent") >= 3


def test_a_crowd_that_waits_makes_room_for_who_asks(strict: Server) -> None:
    with contextlib.ExitStack() as crowd:
        for _ in range(120):
            crowd.enter_context(connected(strict)).send(GET)
            time.sleep(0.001)
        for _ in range(5):
            answer = httpx.get(strict.url + "/health", timeout=5)
            assert answer.status_code == 200
    assert ended(strict, "room") >= 80


def test_what_is_no_request_gets_the_usual_error(strict: Server) -> None:
    with connected(strict) as connection:
        connection.send(b"\x16\x03\x01 not http\r\n\r\n")
        assert code(all_of(connection)) == (b"400", "malformed_request")


@pytest.mark.slow
def test_where_all_are_being_served_one_more_is_told_to_come_back(plain_files: list[Path]) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i)}"
    command = serve(*[part for path in plain_files for part in ("--data", str(path))])
    limits = {"deadline": 2, "workers": 2, "connections_per_client": 2}
    query = str(httpx.URL("/sparql", params={"query": endless}))
    with running(command, **limits) as server, contextlib.ExitStack() as clients:
        busy = [clients.enter_context(connected(server)) for _ in range(2)]
        for number, each in enumerate(busy):
            each.send(f"GET {query}%20%23{number} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        time.sleep(0.3)
        with connected(server) as third:
            said = all_of(third)
            assert code(said) == (b"503", "too_many_connections")
            assert b"retry-after: 5\r\n" in said
        assert [each.recv(12) for each in busy] == [b"HTTP/1.1 503"] * 2
        assert httpx.get(server.url + "/health", timeout=5).status_code == 200
        assert ended(server, "refused") == 1


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"GET /sparql?query=" + b"A" * 70_000, (b"414", "url_too_long")),
        (b"GET /sparql?query=" + b"A" * 300_000, (b"414", "url_too_long")),
        (b"GET /health HTTP/1.1\r\n" + b"X: " + b"a" * 900_000, (b"431", "head_too_long")),
        (b"GET /health HTTP/1.1\r\nX: a", (b"400", "malformed_request")),
        (b"GET /health HTTP/1.1\r\nHost: a\r\nHost: b", (b"400", "malformed_request")),
        (b"GET /sparql?query=ASK{} HTTP/1.1\r\nX: a", (b"400", "malformed_request")),
    ],
    ids=["long", "longer", "headers", "no host", "two hosts", "plain query without a host"],
)
def test_a_head_that_cannot_be_taken_is_told_why(
    head: bytes, expected: tuple[bytes, str], strict: Server
) -> None:
    version = b"" if b"HTTP/1.1" in head else b" HTTP/1.1\r\nHost: a"
    before = ended(strict, "head_too_long")
    with connected(strict) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(head + version + b"\r\nConnection: close\r\n\r\n")
        answer = all_of(connection)
    assert code(answer) == expected
    assert b"content-security-policy: default-src 'none'" in answer
    assert ended(strict, "head_too_long") - before == (expected[1] == "head_too_long")


@pytest.mark.parametrize("length", [20_000, 70_000])
@pytest.mark.parametrize("url", [b"/sparql?query=", b"/ontology/" + b"a/" * 9000])
def test_a_browser_gets_a_page_for_a_url_that_is_too_long(
    url: bytes, length: int, strict: Server
) -> None:
    head = b"GET " + url + b"A" * length + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    with connected(strict) as connection:
        connection.sendall(head + b"Accept: text/html\r\n\r\n")
        answer = all_of(connection)
    assert answer.startswith(b"HTTP/1.1 414 ")
    assert b"content-type: text/html" in answer
    assert b"url_too_long" in answer
    assert len(answer) < length, "the page does not repeat the address"
