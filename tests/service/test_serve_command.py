"""`c5graph serve` as a command: what it refuses, and that it leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from c5graph.listen import listen
from tests.service.conftest import descendants, environment, running, serve


def refused(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *serve(*arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(),
        check=False,
    )
    return done.returncode, done.stderr


def test_a_broken_file_stops_the_start_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<http://example.org/a> <http://example.org/b> .\n")
    for option in ("--data", "--with"):
        status, said = refused(option, str(broken))
        assert status in (1, 3)
        assert "broken.ttl" in said
        assert ":1" in said
        assert "Traceback" not in said


@pytest.mark.slow
def test_joined_data_that_break_a_shape_stop_the_start_with_the_reason(tmp_path: Path) -> None:
    odd = tmp_path / "odd.ttl"
    odd.write_text(
        "@prefix c5: <https://w3id.org/c5graph/ontology#> .\n"
        "@prefix id: <https://w3id.org/c5graph/id/> .\n\n"
        "id:an-odd-thing\n    a c5:Company ;\n    c5:noSuchTerm id:kazakhstan ;\n.\n"
    )
    status, said = refused("--with", str(odd))
    assert status == 1
    assert "does not conform" in said


def test_a_missing_file_stops_the_start(tmp_path: Path) -> None:
    status, said = refused("--data", str(tmp_path / "nothing.ttl"))
    assert status == 3
    assert "nothing.ttl" in said


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    data = tmp_path / "a.ttl"
    data.write_text("<http://example.org/a> <http://example.org/b> 1 .\n")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, said = refused("--data", str(data), "--port", port)
    assert status == 2
    assert port in said


def test_ending_the_service_ends_all_its_processes(tmp_path: Path) -> None:
    data = tmp_path / "a.ttl"
    data.write_text("<http://example.org/a> <http://example.org/b> 1 .\n")
    with running(serve("--data", str(data)), tmpdir=tmp_path) as server:
        assert httpx.get(server.url + "/ready").status_code == 200
        family = descendants(server.process.pid)
        assert len(family) > 2
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=20)
    assert not still_there(family)


def test_a_service_that_is_killed_takes_its_processes_along(tmp_path: Path) -> None:
    data = tmp_path / "a.ttl"
    data.write_text("<http://example.org/a> <http://example.org/b> 1 .\n")
    with running(serve("--data", str(data))) as server:
        family = descendants(server.process.pid)
        server.process.kill()
        server.process.wait(timeout=20)
    assert not still_there(family)


def still_there(processes: list[int]) -> list[int]:
    for _ in range(30):
        left = [each for each in processes if alive(each)]
        if not left:
            return []
        time.sleep(0.1)
    return left


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_small_answers_do_not_wait_for_an_acknowledgement() -> None:
    # asyncio switches Nagle's delay off only on sockets that name their protocol.
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP
