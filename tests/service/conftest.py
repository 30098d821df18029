"""Real servers for the tests of the service.

Policy: each is `c5graph serve` (or, for the shipped graph without its validation, the same
application) in a process of its own on a free port of the loopback, asked through httpx. Limits
are low so that reaching one is quick. A server is shared by all tests, which only read.
"""

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import c5graph
from tests.components import missing

APP = Path(c5graph.__file__).resolve().parents[1]
ANNOUNCED = re.compile(r"at (http://\S+?)/? \(")
PLAIN = """
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:anna a ex:Person ; rdfs:label "Anna"@en , "Анна"@ru ; ex:knows ex:boris , ex:clara .
ex:boris a ex:Person ; rdfs:label "Boris <b>&" ; ex:knows ex:clara ; ex:age 41 .
ex:clara a ex:Person ; ex:seen "2025-11-06"^^xsd:date ; ex:note "a, \\"b\\"\\nc" .
"""
NAMED = '<http://example.org/s> <http://example.org/p> "in g" <http://example.org/g> .\n'


class Server:
    """A server process. Its log is read while it runs, or it would stop at a full pipe."""

    def __init__(self, url: str, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        self.url, self.process = url, process
        self._said: list[str] = []
        self.reader = threading.Thread(target=self._said.extend, args=(process.stderr,))

    def last_words(self) -> list[str]:
        """End it; every line that it has written."""
        self.process.terminate()
        self.process.wait(timeout=30)
        self.reader.join()
        return self._said

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=30)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(APP)}


@contextlib.contextmanager
def running(command: list[str], **settings: object) -> Iterator[Server]:
    """A server process; ends it, and fails if it complained about anything."""
    given = {f"C5GRAPH_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-W", "error", *command],
        stderr=subprocess.PIPE,
        text=True,
        env={**environment(), **given},
    )
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        found = ANNOUNCED.search(line)
        if found:
            break
    else:
        process.communicate()
        raise AssertionError(f"the server did not start: {said}")
    server = Server(found[1], process)
    server.reader.start()
    try:
        yield server
    finally:
        complaints = "".join(server.last_words())
        process.stderr.close()
        assert "Traceback" not in complaints, complaints


def serve(*arguments: str) -> list[str]:
    return ["-m", "c5graph", "serve", "--port", "0", *arguments]


@pytest.fixture(scope="session")
def plain_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("plain")
    (folder / "people.ttl").write_text(PLAIN)
    (folder / "named.nq").write_text(NAMED)
    many = "".join(f"<http://example.org/n{n}> <http://example.org/n> {n} .\n" for n in range(300))
    (folder / "many.ttl").write_text(many)
    return sorted(folder.iterdir())


@pytest.fixture(scope="session")
def plain(plain_files: list[Path]) -> Iterator[Server]:
    """Three small files of no project, served as they are, with low limits."""
    data = [part for path in plain_files for part in ("--data", str(path))]
    limits = {"deadline": 1.0, "max_rows": 200, "workers": 2, "queue": 1, "memory_mib": 128}
    with running(serve(*data), **limits, max_url=4096, max_body_kib=16) as server:
        yield server


@pytest.fixture(scope="session")
def graph() -> Iterator[Server]:
    """The shipped graph; its validation has tests of its own and is left out."""
    with running([str(Path(__file__).with_name("shipped_server.py"))]) as server:
        yield server


@pytest.fixture
def ask(plain: Server) -> Iterator[httpx.Client]:
    with plain.client() as client:
        yield client


@pytest.fixture
def browse(graph: Server) -> Iterator[httpx.Client]:
    with graph.client() as client:
        yield client


def descendants(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    if not children.exists():
        missing("/proc", "it does not name the children of a process here")
    found = [int(each) for each in children.read_text().split()]
    return found + [below for child in found for below in descendants(child)]
