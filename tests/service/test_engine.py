"""The same service over a SPARQL server: `c5graph publish --to`, then `c5graph serve --engine`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.service.conftest import NAMED, PLAIN, environment, running, serve
from tests.store.servers import oxigraph

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def c5graph(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "c5graph", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment(), timeout=120
    )
    return done.returncode, done.stderr


def told_by(client: httpx.Client, query: dict[str, str]) -> object:
    return client.get("/sparql", params=query).json()


@pytest.mark.slow
def test_what_is_published_is_served_as_from_the_embedded_engine(tmp_path: Path) -> None:
    people, named = tmp_path / "people.ttl", tmp_path / "named.nq"
    people.write_text(PLAIN)
    named.write_text(NAMED)
    files = ["--data", str(people), "--data", str(named)]
    questions = [COUNT, "SELECT ?g ?s { GRAPH ?g { ?s ?p 'in g' } }", "ASK { ?s ?p 41 }"]
    with oxigraph(tmp_path) as peer:
        status, said = c5graph("publish", "--to", peer.update, *files)
        assert status == 0, said
        assert "3 graphs" in said
        engine = ["--engine", peer.query]
        with (
            running(serve(*files, *engine)) as remote,
            running(serve(*files, *engine)) as second,
            running(serve(*files)) as embedded,
            remote.client() as there,
            embedded.client() as here,
        ):
            assert there.get("/ready").status_code == 200
            for query in questions:
                told = [c.get("/sparql", params={"query": query}).json() for c in (there, here)]
                assert told[0] == told[1]
            with second.client() as also:
                first = {"query": questions[0]}
                assert also.get("/sparql", params=first).json() == told_by(there, first)
            page = there.get("/api/neighbours", params={"entity": "http://example.org/anna"})
            assert page.json()["total"] == 4
            assert there.get("/sparql", params={"query": "SELECT * {"}).status_code == 400


def test_a_server_with_another_version_stops_the_start_with_the_remedy(tmp_path: Path) -> None:
    data = tmp_path / "people.ttl"
    data.write_text(PLAIN)
    with oxigraph(tmp_path) as peer:
        arguments = serve("--data", str(data), "--engine", peer.query)[2:]
        status, said = c5graph(*arguments)
    assert status == 3
    assert "c5graph publish --to" in said
    assert "Traceback" not in said
