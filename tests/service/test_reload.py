"""Reloads: newer data are served without losing a request, broken ones change nothing."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from c5graph.watch import snapshot
from tests.service.conftest import Server, descendants, running, serve

pytestmark = pytest.mark.slow

QUERY = {"query": "SELECT ?o { <http://example.org/s> <http://example.org/p> ?o }"}
CSV = {"accept": "text/csv"}


def say(file: Path, number: int) -> None:
    fresh = file.with_suffix(".fresh")
    fresh.write_text(f"<http://example.org/s> <http://example.org/p> {number} .\n")
    fresh.replace(file)


def said(client: httpx.Client) -> str:
    answer = client.get("/sparql", params=QUERY, headers=CSV)
    assert answer.status_code == 200, answer.text
    return answer.text.split()[-1]


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.ttl"
    say(path, 1)
    return path


@pytest.fixture
def server(file: Path) -> Iterator[Server]:
    with running(serve("--data", str(file)), workers=2) as started:
        yield started


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with server.client() as made:
        yield made


def test_a_hangup_serves_what_the_files_hold_now(
    server: Server, client: httpx.Client, file: Path
) -> None:
    assert said(client) == "1"
    version = client.get("/ready").json()["version"]
    say(file, 2)
    server.process.send_signal(signal.SIGHUP)
    until(lambda: client.get("/ready").json()["version"] != version)
    assert said(client) == "2"


def test_broken_data_change_nothing_and_are_told(
    server: Server, client: httpx.Client, file: Path
) -> None:
    before = client.get("/ready").json()
    file.write_text("this is not Turtle")
    server.process.send_signal(signal.SIGHUP)
    until(lambda: "reload_failed" in client.get("/ready").json())
    after = client.get("/ready")
    assert after.status_code == 200
    assert after.json()["version"] == before["version"]
    assert "data.ttl:1" in after.json()["reload_failed"]["message"]
    assert str(file.parent) not in after.text
    assert said(client) == "1"
    assert "c5graph_reload_failed 1.0" in client.get("/metrics").text
    say(file, 3)
    server.process.send_signal(signal.SIGHUP)
    until(lambda: "reload_failed" not in client.get("/ready").json())
    assert said(client) == "3"
    figures = client.get("/metrics").text
    for line in ("reload_failed 0.0", "reloads_refused 1.0", "reloads 1.0"):
        assert f"c5graph_{line}\n" in figures
    logged = [json.loads(line) for line in server.last_words() if line.startswith("{")]
    refused = [line["message"] for line in logged if line["level"] == "error"]
    assert len(refused) == 1
    assert "data.ttl:1" in refused[0]


def test_what_was_served_before_leaves_no_process_behind(
    server: Server, client: httpx.Client, file: Path
) -> None:
    family = len(descendants(server.process.pid))
    for number in (2, 3, 4):
        say(file, number)
        server.process.send_signal(signal.SIGHUP)
        until(lambda number=number: said(client) == str(number))  # type: ignore[misc]
    until(lambda: len(descendants(server.process.pid)) == family)


def load(url: str, stop: threading.Event, answers: list[str]) -> None:
    """Ask one request after another, each on a connection that stays open."""
    with httpx.Client(base_url=url, timeout=30) as client:
        number = 0
        while not stop.is_set():
            number += 1
            query = f"{QUERY['query']} # {number} {threading.get_ident()}"
            try:
                answer = client.get("/sparql", params={"query": query}, headers=CSV)
                answers.append(f"{answer.status_code} {answer.text.split()[-1]}")
            except httpx.HTTPError as error:
                answers.append(repr(error))


def test_no_request_is_lost_while_data_are_reloaded(server: Server, file: Path) -> None:
    stop, answers = threading.Event(), list[str]()
    threads = [threading.Thread(target=load, args=(server.url, stop, answers)) for _ in range(6)]
    for thread in threads:
        thread.start()
    with server.client() as client:
        for number in range(2, 7):
            say(file, number)
            server.process.send_signal(signal.SIGHUP)
            until(lambda number=number: said(client) == str(number))  # type: ignore[misc]
    stop.set()
    for thread in threads:
        thread.join()
    assert len(answers) > 100
    assert {answer[:4] for answer in answers} == {"200 "}
    assert {answer[4:] for answer in answers} == set("123456")


def test_a_request_that_runs_when_the_service_is_told_to_end_is_answered(file: Path) -> None:
    factors = " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 10 }}" for n in range(7))
    slow = f"SELECT (COUNT(*) AS ?n) {{ {factors} }}"
    with running(serve("--data", str(file))) as server:
        found: list[int] = []

        def ask() -> None:
            found.append(
                httpx.get(server.url + "/sparql", params={"query": slow}, timeout=30).status_code
            )

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.3)
        assert not found, "the request was to take longer"
        os.kill(server.process.pid, signal.SIGTERM)
        thread.join()
        assert found == [200]
        server.process.wait(timeout=20)


def test_a_request_sent_while_the_service_starts_is_answered(file: Path) -> None:
    # The socket listens before the data are read; `running` returns at the announcement only,
    # so this asks from within the start: the port is chosen beforehand.
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found: list[int] = []

    def ask() -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/health", timeout=20)
                found.append(answer.status_code)
                return
            except httpx.ConnectError:
                time.sleep(0.01)

    thread = threading.Thread(target=ask)
    thread.start()
    with running(["-m", "c5graph", "serve", "--port", str(port), "--data", str(file)]):
        thread.join()
    assert found == [200]


def test_a_watched_file_that_changes_is_served(file: Path) -> None:
    command = serve("--data", str(file), "--watch")
    with running(command, watch_seconds=0.1) as server, server.client() as client:
        assert said(client) == "1"
        say(file, 2)
        until(lambda: said(client) == "2")
        file.unlink()
        until(lambda: "reload_failed" in client.get("/ready").json())
        say(file, 5)
        until(lambda: said(client) == "5")


def test_a_new_file_in_a_watched_folder_is_served(file: Path) -> None:
    command = serve("--data", str(file.parent), "--watch")
    with running(command, watch_seconds=0.1) as server, server.client() as client:
        more = file.with_name("more.nt")
        more.write_text("<http://example.org/s> <http://example.org/p> <urn:more> .\n")
        until(lambda: "urn:more" in client.get("/sparql", params=QUERY, headers=CSV).text)


def test_a_snapshot_differs_when_a_file_does(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert snapshot([path]) == {}
    path.write_text("a")
    first = snapshot([path])
    path.write_text("ab")
    assert snapshot([path]) != first


def test_joined_data_that_do_not_conform_are_refused_at_a_reload(tmp_path: Path) -> None:
    """By the same application on the shipped graph; its own start is tested elsewhere."""
    from c5graph.examiner import Examiner  # noqa: PLC0415

    path = tmp_path / "mine.ttl"
    path.write_text("<urn:a> <urn:b> .")
    report = asyncio.run(Examiner(60).joined([path], tmp_path / "cache"))
    assert not report.conforms
    assert "mine.ttl:1" in report.problems[0].place
