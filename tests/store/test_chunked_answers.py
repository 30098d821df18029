"""A server's answer is read as it arrives, and the rest is left when enough of it has."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from c5graph.protocol import QueryRequest
from c5graph.store.port import Answer, Limits
from c5graph.store.remote import Engine, RemoteStore

TRIPLE = b'<http://example.org/%d> <http://example.org/p> "x" .\n'
CHUNKS = 5_000


class Talkative(BaseHTTPRequestHandler):
    """Sends each triple in a chunk of its own."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        if b"ASK" in query:
            self.send_header("content-length", "31")
            self.end_headers()
            self.wfile.write(b'{"head": {}, "boolean": true  }')
            return
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for number in range(CHUNKS):
            triple = TRIPLE % number
            self.wfile.write(b"%x\r\n%s\r\n" % (len(triple), triple))
        self.wfile.write(b"0\r\n\r\n")

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            return  # the client had enough

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def talkative() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Talkative) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/query"
        server.shutdown()
        thread.join()


@contextmanager
def quick_turns() -> Iterator[None]:
    """Threads take turns so often that one stands still in the midst of anything."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


async def ask(url: str, limits: Limits, times: int) -> list[Answer]:
    store = RemoteStore(Engine(url), limits)
    await store.start()
    try:
        query = QueryRequest("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        return [await store.answer(query, "application/n-triples") for _ in range(times)]
    finally:
        await store.close()


def test_a_cut_answer_waits_for_no_more_of_what_the_server_sends() -> None:
    with talkative() as url, quick_turns():
        answers = asyncio.run(ask(url, Limits(deadline=10, max_rows=100), times=20))
    assert {len(answer.body.splitlines()) for answer in answers} == {101}
    assert all(answer.truncated for answer in answers)


def test_an_answer_in_many_chunks_comes_whole() -> None:
    with talkative() as url:
        answers = asyncio.run(ask(url, Limits(deadline=20), times=1))
    assert not answers[0].truncated
    assert len(answers[0].body.splitlines()) == CHUNKS
