"""Each server with one graph in it, as a process of its own on the loopback."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers.subjects import Subject
from tests.bench.wire import Connection, request
from tests.service.conftest import running, serve
from tests.store.servers import answering, free_port, virtuoso

_BUFFERS = 60_000  # of 8 KiB each: the whole of a million statements
_DEADLINE = 30


@dataclass(frozen=True)
class Started:
    """A server that answers: where, its first process, and seconds from its command to ready."""

    endpoint: str
    process: int
    ready: float

    @property
    def root(self) -> str:
        return self.endpoint.rsplit("/", 1)[0]


Start = Callable[[Subject, Path], contextlib.AbstractContextManager[Started]]


def ours(processes: int, *, prepared: bool = False) -> Start:
    """This service with so many processes for HTTP, from files or from a prepared store."""

    @contextlib.contextmanager
    def start(subject: Subject, folder: Path) -> Iterator[Started]:
        data = [] if subject.shipped else ["--data", str(subject.path)]
        if prepared:
            store = folder / "store"
            subprocess.run(
                [sys.executable, "-m", "c5graph", "load", "--store", str(store), *data],
                check=True,
                capture_output=True,
            )
            data = ["--store", str(store)]
        command = serve(*([] if processes == 1 else ["--processes", str(processes)]), *data)
        begun = time.perf_counter()
        with running(command, deadline=_DEADLINE, memory_mib=1024) as server:
            _await_ready(server.url)
            ready = time.perf_counter() - begun
            yield Started(f"{server.url}/sparql", server.process.pid, ready)

    return start


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
        yield Started(root, process, time.perf_counter() - begun)


@contextlib.contextmanager
def oxigraph_memory(subject: Subject, folder: Path) -> Iterator[Started]:  # noqa: ARG001
    address = f"127.0.0.1:{free_port()}"
    root = f"http://{address}"
    begun = time.perf_counter()
    with answering([_beside("oxigraph"), "serve", "--bind", address], f"{root}/query") as process:
        _post(f"{root}/store?default", subject.path)
        yield Started(f"{root}/query", process, time.perf_counter() - begun)


@contextlib.contextmanager
def oxigraph_disk(subject: Subject, folder: Path) -> Iterator[Started]:
    address, store = f"127.0.0.1:{free_port()}", str(folder / "oxigraph")
    command = [_beside("oxigraph"), "load", "--location", store, "--file", str(subject.path)]
    subprocess.run(command, check=True, capture_output=True)
    begun = time.perf_counter()
    served = ["serve-read-only", "--location", store, "--bind", address]
    with answering([_beside("oxigraph"), *served], f"http://{address}/query") as process:
        yield Started(f"http://{address}/query", process, time.perf_counter() - begun)


@contextlib.contextmanager
def virtuoso_loaded(subject: Subject, folder: Path) -> Iterator[Started]:
    begun = time.perf_counter()
    with virtuoso(folder, _DEADLINE, _BUFFERS, (subject.path,)) as peer:
        yield Started(peer.query, peer.process, time.perf_counter() - begun)


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


OURS = ("c5graph", "c5graph x2", "c5graph stored")
SERVERS: dict[str, Start] = {
    "c5graph": ours(1),
    "c5graph x2": ours(2),
    "c5graph stored": ours(1, prepared=True),
    "oxigraph": oxigraph_memory,
    "oxigraph disk": oxigraph_disk,
    "virtuoso": virtuoso_loaded,
    "rdflib-endpoint": rdflib_endpoint,
}
PEERS = tuple(name for name in SERVERS if name not in OURS)
