"""Measures how long `c5graph serve --data` takes to be ready, and the memory it then holds.

`python -m tests.bench.ready [TRIPLES ...]` generates each graph and prints, for each: seconds from
the command to the first 200 of /ready, and the proportional set size of all processes together
when ready, after queries that read everything, and after a look-up of neighbours.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench.generate import write
from tests.bench.processes import memory
from tests.service.conftest import running, serve

SCANS = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c",
    'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(CONTAINS(STR(?o), "copper")) }',
)


def main() -> None:
    """Measure each size asked for, or a hundred thousand and a million."""
    sizes = [int(each) for each in sys.argv[1:]] or [100_000, 1_000_000]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.nt"
            write(path, size)
            _measure(path, size)


def _measure(path: Path, size: int) -> None:
    begun = time.perf_counter()
    with running(serve("--data", str(path)), deadline=60) as server:
        while httpx.get(server.url + "/ready").status_code != 200:
            time.sleep(0.01)
        ready = time.perf_counter() - begun
        held = [memory(server.process.pid)]
        with server.client() as client:
            for number, query in enumerate(SCANS * 8):
                client.get("/sparql", params={"query": f"{query} # {number}"}).raise_for_status()
            held.append(memory(server.process.pid))
            client.get("/api/neighbours?entity=thing-1").raise_for_status()
            held.append(memory(server.process.pid))
    shown = ", ".join(f"{each:.0f}" for each in held)
    sys.stdout.write(
        f"{size:>9} triples: ready after {ready:.2f} s; "
        f"MiB when ready, after {len(SCANS) * 8} scans, after neighbours: {shown}\n"
    )


if __name__ == "__main__":
    main()
