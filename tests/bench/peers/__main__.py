"""Measures this service and its peers in turn on the same data, and compares them.

`python -m tests.bench.peers` measures every server on every graph (some twenty minutes) and
prints ratios; exit code 1 when a target is missed. `--servers` and `--graphs` choose, `--keep FILE`
adds what is measured to an earlier run's figures, `--page FILE` writes them as a page.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.peers.measure import measure
from tests.bench.peers.report import page, verdicts
from tests.bench.peers.servers import SERVERS
from tests.bench.peers.subjects import SHIPPED, subject

GRAPHS = (SHIPPED, "100000", "1000000")
Figures = dict[str, dict[str, dict[str, Any]]]


def main() -> None:
    """Measure, keep, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", nargs="*", default=list(SERVERS), choices=[*SERVERS])
    parser.add_argument("--graphs", nargs="*", default=list(GRAPHS))
    parser.add_argument("--keep", type=Path, help="JSON file of figures, read and written")
    parser.add_argument("--page", type=Path, help="Markdown page to write")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the usual time for each figure"
    )
    chosen = parser.parse_args()
    figures = _kept(chosen.keep)
    with tempfile.TemporaryDirectory() as folder:
        for graph in chosen.graphs:
            data = subject(graph, Path(folder))
            for server in chosen.servers:
                say(f"{graph}: {server}")
                _measure(figures, server, data, chosen)
    missed = 0
    for graph, servers in figures.items():
        say(f"\n{graph}")
        for verdict in verdicts(servers):
            missed += not verdict.reached
            say(verdict.line())
    if chosen.page is not None:
        chosen.page.write_text(page(figures, _machine()), encoding="utf-8")
    sys.exit(1 if missed else 0)


def _machine() -> str:
    load = os.getloadavg()[1]
    return f"The machine had {os.cpu_count()} processors and a load of {load:.1f} at the end."


def _measure(figures: Figures, server: str, data: Any, chosen: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = measure(server, data, Path(folder), chosen.share).as_dict()
    figures.setdefault(data.name, {})[server] = found
    if chosen.keep is not None:
        chosen.keep.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _kept(path: Path | None) -> Figures:
    return json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
