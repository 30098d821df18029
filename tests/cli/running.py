"""The command run in a process of its own, and a claim that conforms."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from c5graph.graph.kept import Kept
from c5graph.graph.places import Places
from c5graph.graph.sources import Sources
from c5graph.graph.validate import memory, shape_problems

ROOT = Path(__file__).resolve().parents[2]
CLAIM = """@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix claim: <https://w3id.org/c5graph/claim/> .
@prefix id: <https://w3id.org/c5graph/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix report: <https://w3id.org/c5graph/report/> .
@prefix voc: <https://w3id.org/c5graph/vocab/> .

claim:mine-1
    a c5:Claim ;
    rdf:subject id:kazakhstan ;
    rdf:predicate c5:borders ;
    rdf:object id:uzbekistan ;
    c5:gloss "Kazakhstan and Uzbekistan share a border."@en ;
    c5:modality voc:modality-asserted ;
    c5:attributedTo id:glance ;
    c5:stance voc:stance-neutral ;
    c5:evidence report:glance-central-asia-trump-deals ;
.
"""


@lru_cache(maxsize=1)
def what_shapes_said() -> Path:
    """A cache with what the shapes say of the shipped nodes, so that each test need not ask."""
    cache = Path(tempfile.mkdtemp(prefix="c5graph-tests-"))
    atexit.register(shutil.rmtree, cache, ignore_errors=True)
    sources = Sources.shipped(ROOT)
    kept = Kept(memory(sources, ROOT, cache))
    shape_problems(sources.inputs, Places(sources.inputs), kept)
    return cache


def run(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own, with a cache that knows the shipped nodes alone."""
    if arguments[0] == "validate" and not (cwd / "cache").exists():
        shutil.copytree(what_shapes_said(), cwd / "cache")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app"), "NO_COLOR": "1"}
    environment["C5GRAPH_CACHE_DIR"] = str(cwd / "cache")
    return subprocess.run(
        [sys.executable, "-m", "c5graph", *arguments],
        cwd=cwd,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
