"""Projections: which derived facts become edges of which network.

A file in `queries/projections/` opens with the lines of a saved question and two more,

    # direction: directed
    # weight: through

and selects `?source` and `?target`, each fact that the edge rests on in a variable whose name
begins with `fact`, how firm each is in one that begins with `firmness`, and where the weight
wants it what the two are joined by in `?through`. An edge is as firm as the weakest of its facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import Any, Final, NamedTuple, cast, get_args
from typing import Literal as OneOf

from c5graph import resources
from c5graph.errors import BadHeader, UnknownQuery
from c5graph.garbage import uncollected
from c5graph.graph.claims import FIRMNESSES, Firmness
from c5graph.graph.derive import Fact, fact_quads
from c5graph.graph.header import QueryFile, read_query_file
from c5graph.graph.view import Basis
from c5graph.namespaces import C5, LENS, graph_iri
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, Store, load_store, text_of, texts

Weight = OneOf["facts", "through", "undertakings"]
WEIGHTS: Final[dict[Weight, str]] = {
    "facts": "The number of facts that join the two.",
    "through": "The number of different things that the two are joined by.",
    "undertakings": "The number of undertakings that the claims behind are about, 1 at least.",
}


@dataclass(frozen=True)
class Projection:
    """One network by name: what its edges mean, whether they have a direction, what weighs."""

    name: str
    question: str
    description: str
    tags: tuple[str, ...]
    directed: bool
    weight: Weight
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, without the query."""
        return {
            "name": self.name,
            "question": self.question,
            "description": self.description,
            "direction": "directed" if self.directed else "undirected",
            "weight": {"name": self.weight, "meaning": WEIGHTS[self.weight]},
        }


class Row(NamedTuple):
    """One reason for an edge, as a projection yields it."""

    source: str
    target: str
    through: str | None
    facts: tuple[str, ...]
    firmness: Firmness


class Projections:
    """The projections of a folder, by name."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @cached_property
    def all(self) -> dict[str, Projection]:
        """Every projection. Raises BadHeader at the first whose header is wrong."""
        folder = self._folder or resources.queries() / "projections"
        files = (read_query_file(path) for path in sorted(folder.glob("*.rq")))
        return {file.name: _read(file) for file in files}

    def __iter__(self) -> Iterator[Projection]:
        return iter(self.all.values())

    def get(self, name: str) -> Projection:
        """The projection of this name. Raises UnknownQuery."""
        found = self.all.get(name)
        if found is None:
            raise UnknownQuery(
                f"No projection is called {name[:80]!r}.",
                remedy=f"There are {', '.join(self.all)}.",
            )
        return found


def rows_of(projection: Projection, store: Store) -> tuple[Row, ...]:
    """What the projection yields, in order; an edge from a thing to itself is none."""
    names, lines = texts(store, projection.text)
    made = _reader(names)
    with uncollected():
        found = {row for row in map(made, lines) if row.source != row.target}
        return tuple(sorted(found, key=_ordered))


def _ordered(row: Row) -> tuple[str, str, str, tuple[str, ...]]:
    return row.source, row.target, row.through or "", row.facts


def _reader(names: Sequence[str]) -> Callable[[Sequence[str]], Row]:
    """How a row is read from the texts of its columns."""
    source, target = names.index("source"), names.index("target")
    facts = [place for place, name in enumerate(names) if name.startswith("fact")]
    firm = [place for place, name in enumerate(names) if name.startswith("firmness")]
    through = names.index("through") if "through" in names else None

    def read(cells: Sequence[str]) -> Row:
        return Row(
            intern(cells[source]),
            intern(cells[target]),
            (intern(cells[through]) or None) if through is not None else None,
            tuple(sorted([cells[place] for place in facts if cells[place]])),
            max([FIRMNESSES[cells[place]] for place in firm if cells[place]]),
        )

    return read


def store_of(basis: Basis) -> Store:
    """What projections read: every derived fact, and what things are.

    Claims stay out, and so do labels and other texts. The marks that a fact holds are on all.
    """
    with uncollected():
        store = load_store(_things(basis))
        store.bulk_extend(_derivations(basis.facts))
        return store


def _things(basis: Basis) -> Iterator[Quad]:
    default, claims = DefaultGraph(), basis.record.claims
    left_out = {NamedNode(graph_iri(name)) for name in ("shapes", "sources")}
    for quad in basis.quads:
        thing = isinstance(quad.object, NamedNode) and quad.graph_name not in left_out
        if thing and text_of(quad.subject) not in claims:
            yield Quad(quad.subject, quad.predicate, quad.object, default)


def _derivations(facts: Iterable[Fact]) -> Iterator[Quad]:
    graph = NamedNode(graph_iri("derivations"))
    holds = NamedNode(C5 + "holdsUnder")
    marks = [NamedNode(LENS + name) for name in ("default", "every-modality")]
    for fact in facts:
        # Without the supports, which only `network.py` reads.
        bare = Fact(fact.iri, fact.subject, fact.predicate, fact.object, fact.firmness, ())
        yield from fact_quads([bare], graph)
        yield from (Quad(NamedNode(fact.iri), holds, mark, graph) for mark in marks)


def _read(file: QueryFile) -> Projection:
    return Projection(
        name=file.name,
        question=file.one("question"),
        description=file.one("description"),
        tags=tuple(tag.strip() for tag in file.one("tags").split(",") if tag.strip()),
        directed=_one_of(file, "direction", ("directed", "undirected")) == "directed",
        weight=cast(Weight, _one_of(file, "weight", get_args(Weight))),
        text=file.text,
    )


def _one_of(file: QueryFile, key: str, allowed: tuple[str, ...]) -> str:
    value = file.one(key)
    if value not in allowed:
        raise BadHeader(
            f"{file.path}: `# {key}: {value}` cannot be read.",
            remedy=f"Write one of {', '.join(allowed)}.",
        )
    return value
