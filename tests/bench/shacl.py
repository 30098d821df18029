"""How fast the shapes are: `python -m tests.bench.shacl [--statements N]`.

Seconds of plain pySHACL and of ours over the same statements and shapes, and whether the reports
say the same. Reading the files is left out of both; starting further processes is not. Exits
with 1 when a report differs or the target is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyshacl
from rdflib import SH, Graph
from rdflib.term import BNode, Node

from c5graph.graph.jury import judge
from c5graph.graph.shacl import Broken, Shapes
from c5graph.graph.sources import InputFile, Sources
from c5graph.graph.steps import Views
from c5graph.graph.validate import statements_of
from c5graph.store.rdf import Quad, parse, serialise
from tests.bench.generate import write

TIMES_FASTER = 3.0
Said = Counter[tuple[str, str, str]]


def plain(shapes: Iterable[InputFile], quads: list[Quad]) -> tuple[float, Said]:
    """Seconds that pySHACL takes for the files as they are, and what it found."""
    data, written = Graph(), Graph()
    data.parse(data=serialise(quads, "nt"), format="nt")
    for item in shapes:
        written.parse(item.path)
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, results, _ = pyshacl.validate(data, shacl_graph=written, inference="none", inplace=True)
    taken = time.perf_counter() - began
    assert isinstance(results, Graph)
    return taken, Counter(_named(results, each) for each in results.objects(None, SH.result))


def ours(files: Iterable[InputFile], quads: list[Quad]) -> tuple[float, Said]:
    """Seconds that we take, and what we found."""
    shapes = Shapes(files)
    assert shapes.steps is not None
    began = time.perf_counter()
    views = Views(quads, shapes.steps)
    found = judge(shapes, views, frozenset({*views.nodes, *shapes.named}))
    taken = time.perf_counter() - began
    return taken, Counter(_short(each) for each in found.broken)


def _named(results: Graph, result: Node) -> tuple[str, str, str]:
    focus, shape, component = (
        results.value(result, name)
        for name in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
    )
    node = "_" if isinstance(focus, BNode) else str(focus)
    return node, str(shape), str(component).removeprefix(str(SH))


def _short(broken: Broken) -> tuple[str, str, str]:
    return "_" if broken.focus.startswith("_:") else broken.focus, broken.shape, broken.component


def main() -> None:
    """Measure the shipped graph and a generated one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    wanted = parser.parse_args().statements
    files = list(Sources.shipped().inputs)
    shapes = [item for item in files if item.graph == "shapes"]
    ontology = [item for item in files if item.graph == "ontology"]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "generated.nt"
        write(made, wanted)
        generated = [*statements_of(ontology), *parse(made)]
    compared = [_compare("shipped", shapes, list(statements_of(files)))]
    compared.append(_compare(f"{wanted:,} generated", shapes, generated))
    sys.exit(not all(compared))


def _compare(name: str, shapes: list[InputFile], quads: list[Quad]) -> bool:
    slow, expected = plain(shapes, quads)
    fast, found = ours(shapes, quads)
    same = "the same report" if found == expected else "ANOTHER REPORT"
    sys.stdout.write(
        f"{name}: {len(quads):,} statements, {expected.total()} results, pySHACL {slow:.1f} s, "
        f"ours {fast:.1f} s, {slow / fast:.1f} times faster (target {TIMES_FASTER:g}), {same}\n"
    )
    return found == expected and slow >= TIMES_FASTER * fast


if __name__ == "__main__":
    main()
