"""The data that every server gets: the shipped graph, or one from the seeded generator."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from c5graph.graph.index import Index
from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources
from c5graph.namespaces import CLAIM, ID, RDFS
from c5graph.store.rdf import DefaultGraph, Quad, write
from tests.bench import generate

SHIPPED = "shipped"


@dataclass(frozen=True)
class Subject:
    """A graph: its statements as N-Triples, and what queries ask about."""

    name: str
    path: Path
    size: int
    entities: Sequence[str]
    claims: Sequence[str]

    @property
    def shipped(self) -> bool:
        return self.name == SHIPPED


def subject(name: str, folder: Path | None = None) -> Subject:
    """The shipped graph, or a generated one of so many statements."""
    where = folder or Path(tempfile.gettempdir())
    return _shipped(where) if name == SHIPPED else _generated(int(name), where)


def _shipped(folder: Path) -> Subject:
    """The default graph of the shipped data: what queries without a graph see."""
    release = build_release(Sources.shipped())
    quads: list[Quad] = [
        each for each in release.quads if isinstance(each.graph_name, DefaultGraph)
    ]
    path = folder / "shipped.nt"
    with path.open("wb") as sink:
        write(quads, "nt", sink)
    entities = [
        iri for iri in release.index if iri.startswith(ID) and _is_named(release.index, iri)
    ]
    return Subject(SHIPPED, path, len(quads), entities, list(release.record.claims))


def _is_named(index: Index, iri: str) -> bool:
    return index.value(iri, RDFS + "label") is not None


def _generated(size: int, folder: Path) -> Subject:
    path = folder / f"generated-{size}.nt"
    written = generate.write(path, size)
    entities, claims = [], []
    with path.open(encoding="utf-8") as source:
        for line in source:
            if line.endswith('"@ru .\n'):
                entities.append(line[1 : line.index(">")])
            elif line.startswith(f"<{CLAIM}") and "#gloss> " in line:
                claims.append(line[1 : line.index(">")])
    assert entities[0].startswith(ID)
    return Subject(str(size), path, written, entities, claims)
