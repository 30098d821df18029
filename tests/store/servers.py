"""SPARQL servers of other makers as processes of the tests, on free ports of the loopback."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.components import missing

_PATIENCE = 60  # seconds that a server gets to start
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 40
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = {seconds}
"""


@dataclass(frozen=True)
class Peer:
    """A server: its query and update endpoints, and who may update."""

    name: str
    query: str
    update: str
    user: str = ""
    password: str = ""
    process: int = 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[Peer]:  # noqa: ARG001 - in memory
    command = Path(sys.executable).with_name("oxigraph")
    if not command.exists():
        missing("Oxigraph server", f"{command} is not here; the package oxigraph brings it")
    address = f"127.0.0.1:{free_port()}"
    started = [str(command), "serve", "--bind", address, "--timeout-s", "20"]
    with answering(started, f"http://{address}/query") as process:
        root = f"http://{address}"
        yield Peer("oxigraph", f"{root}/query", f"{root}/update", process=process)


@contextlib.contextmanager
def virtuoso(
    folder: Path, seconds: int = 3, buffers: int = 20_000, files: tuple[Path, ...] = ()
) -> Iterator[Peer]:
    """Virtuoso, with these N-Triples in it under the name of its graph `urn:data`."""
    server, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if server is None or isql is None:
        missing("Virtuoso", "virtuoso-t is not here; Debian's virtuoso-opensource brings it")
    sql, http = free_port(), free_port()
    settings, root = folder / "virtuoso.ini", f"http://127.0.0.1:{http}"
    text = _VIRTUOSO.format(
        folder=folder, sql=sql, http=http, buffers=buffers, dirty=buffers * 3 // 4, seconds=seconds
    )
    settings.write_text(text)
    command = [server, "+foreground", "+configfile", str(settings)]
    with answering(command, f"{root}/sparql") as process:
        for order in ('GRANT SPARQL_UPDATE TO "SPARQL"', *_loading(folder, files)):
            subprocess.run(
                [isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={order};"],
                check=True,
                capture_output=True,
            )
        yield Peer("virtuoso", f"{root}/sparql", f"{root}/sparql", process=process)


def _loading(folder: Path, files: tuple[Path, ...]) -> Iterator[str]:
    for path in files:
        shutil.copy(path, folder / path.name)
        yield f"ld_dir('{folder}', '{path.name}', 'urn:data')"
    if files:
        yield "rdf_loader_run()"
        yield "checkpoint"


@contextlib.contextmanager
def fuseki(folder: Path) -> Iterator[Peer]:
    jar = os.environ.get("FUSEKI_JAR")
    if not jar:
        missing_by_choice = "FUSEKI_JAR names no jar"
        missing("Fuseki", missing_by_choice)
    port = free_port()
    root = f"http://127.0.0.1:{port}/ds"
    command = ["java", "-jar", jar, "--localhost", f"--port={port}", "--update", "--mem", "/ds"]
    with answering(command, f"{root}/query", folder):
        yield Peer("fuseki", f"{root}/query", f"{root}/update")


PEERS: dict[str, Callable[[Path], contextlib.AbstractContextManager[Peer]]] = {
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
    "fuseki": fuseki,
}


@contextlib.contextmanager
def answering(command: list[str], url: str, folder: Path | None = None) -> Iterator[int]:
    """A server process that answers queries at this address; its number."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    )
    try:
        _await(process, url)
        yield process.pid
    finally:
        process.kill()
        process.wait()


def _await(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, params={"query": "ASK {}"}, timeout=5).status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"{url} did not answer")
