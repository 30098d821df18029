"""Each server with one graph in it, as a process of its own on the loopback."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.peers.subjects import Subject
from tests.bench.wire import Connection, request
from tests.service.conftest import running, serve
from tests.store.servers import answering, free_port, virtuoso

_BUFFERS = 60_000  # of 8 KiB each: the whole of a million statements
_DEADLINE = 30


@dataclass(frozen=True)
class Started:
    """A server that answers: where, in which processes, and seconds from its command to ready."""

    endpoints: tuple[str, ...]
    processes: tuple[int, ...]
    ready: float


Start = Callable[[Subject, Path], contextlib.AbstractContextManager[Started]]


@contextlib.contextmanager
def ours(subject: Subject, folder: Path) -> Iterator[Started]:  # noqa: ARG001
    """This service from files; what validation the shipped ones need is done beforehand."""
    if subject.shipped:
        command = [sys.executable, "-m", "c5graph", "validate"]
        subprocess.run(command, check=False, capture_output=True)
    data = [] if subject.shipped else ["--data", str(subject.path)]
    with _serving(*data) as started:
        yield started


@contextlib.contextmanager
def ours_stored(subject: Subject, folder: Path) -> Iterator[Started]:
    """This service from a store on disk; the shipped graph always comes from its files."""
    with _serving(*_prepared(subject, folder)) as started:
        yield started


@contextlib.contextmanager
def ours_twice(subject: Subject, folder: Path) -> Iterator[Started]:
    """Two processes of this service over one store on disk."""
    data = _prepared(subject, folder)
    with _serving(*data) as first, _serving(*data) as second:
        yield replace(
            first,
            ready=max(first.ready, second.ready),
            processes=(*first.processes, *second.processes),
            endpoints=(*first.endpoints, *second.endpoints),
        )


@contextlib.contextmanager
def _serving(*arguments: str) -> Iterator[Started]:
    begun = time.perf_counter()
    with running(serve(*arguments), deadline=_DEADLINE) as server:
        _await_ready(server.url)
        ready = time.perf_counter() - begun
        yield Started((f"{server.url}/sparql",), (server.process.pid,), ready)


def _prepared(subject: Subject, folder: Path) -> list[str]:
    if subject.shipped:
        return []
    store = str(folder / "store")
    command = [sys.executable, "-m", "c5graph", "load", "--store", store]
    subprocess.run([*command, "--data", str(subject.path)], check=True, capture_output=True)
    return ["--store", store]


def _await_ready(url: str) -> None:
    while Connection(url).ask(request(url, "/ready")).status != 200:
        time.sleep(0.005)


@contextlib.contextmanager
def rdflib_endpoint(subject: Subject, folder: Path) -> Iterator[Started]:  # noqa: ARG001
    port = free_port()
    where = ["serve", "--host", "127.0.0.1", "--port", str(port), str(subject.path)]
    root = f"http://127.0.0.1:{port}/"
    begun = time.perf_counter()
    with answering([str(_beside("rdflib-endpoint")), *where], root) as process:
        yield Started((root,), (process,), time.perf_counter() - begun)


@contextlib.contextmanager
def oxigraph_memory(subject: Subject, folder: Path) -> Iterator[Started]:  # noqa: ARG001
    address = f"127.0.0.1:{free_port()}"
    root = f"http://{address}"
    begun = time.perf_counter()
    with answering([_beside("oxigraph"), "serve", "--bind", address], f"{root}/query") as process:
        _post(f"{root}/store?default", subject.path)
        yield Started((f"{root}/query",), (process,), time.perf_counter() - begun)


@contextlib.contextmanager
def oxigraph_disk(subject: Subject, folder: Path) -> Iterator[Started]:
    address, store = f"127.0.0.1:{free_port()}", str(folder / "oxigraph")
    command = [_beside("oxigraph"), "load", "--location", store, "--file", str(subject.path)]
    subprocess.run(command, check=True, capture_output=True)
    begun = time.perf_counter()
    served = ["serve-read-only", "--location", store, "--bind", address]
    with answering([_beside("oxigraph"), *served], f"http://{address}/query") as process:
        yield Started((f"http://{address}/query",), (process,), time.perf_counter() - begun)


@contextlib.contextmanager
def virtuoso_loaded(subject: Subject, folder: Path) -> Iterator[Started]:
    begun = time.perf_counter()
    with virtuoso(folder, _DEADLINE, _BUFFERS, (subject.path,)) as peer:
        yield Started((peer.query,), (peer.process,), time.perf_counter() - begun)


def _post(url: str, path: Path) -> None:
    import httpx  # noqa: PLC0415 - only this start needs it

    headers = {"content-type": "application/n-triples"}
    with path.open("rb") as source:
        httpx.post(url, content=source, headers=headers, timeout=600).raise_for_status()


def _beside(program: str) -> str:
    found = Path(sys.executable).with_name(program)
    if not found.exists():
        raise SystemExit(f"{program} is not installed: pip install '.[bench]'")
    return str(found)


OURS: dict[str, Start] = {
    "c5graph": ours,
    "c5graph, on disk": ours_stored,
    "c5graph, two processes": ours_twice,
}
SERVERS: dict[str, Start] = {
    **OURS,
    "oxigraph": oxigraph_memory,
    "oxigraph, on disk": oxigraph_disk,
    "virtuoso": virtuoso_loaded,
    "rdflib-endpoint": rdflib_endpoint,
}
PEERS = tuple(name for name in SERVERS if name not in OURS)
