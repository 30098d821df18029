"""Projections: which derived facts become edges of which network.

A file in `queries/projections/` opens with the lines of a saved question and two more,

    # direction: directed
    # weight: through

and selects `?source` and `?target`, each fact that the edge rests on in a variable whose name
begins with `fact`, how firm each is in one that begins with `firmness`, and where the weight
wants it what the two are joined by in `?through`. An edge is as firm as the weakest of its facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, cast, get_args
from typing import Literal as OneOf

from c5graph import resources
from c5graph.errors import BadHeader, UnknownQuery
from c5graph.graph.claims import FIRMNESSES, Firmness
from c5graph.graph.derive import Fact, fact_quads
from c5graph.graph.header import QueryFile, read_query_file
from c5graph.graph.view import Basis
from c5graph.namespaces import C5, LENS, graph_iri
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, Store, load_store, select, text_of

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


@dataclass(frozen=True, slots=True)
class Row:
    """One reason for an edge, as a projection yields it."""

    source: str
    target: str
    firmness: Firmness
    facts: tuple[str, ...]
    through: str | None


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
    """What the projection yields; an edge from a thing to itself is none."""
    found = (_row(bound) for bound in _bound(store, projection.text))
    return tuple(dict.fromkeys(row for row in found if row.source != row.target))


def store_of(basis: Basis, facts: Iterable[Fact]) -> Store:
    """What projections read: these facts as derivations, and what things are.

    Claims stay out. The marks that a fact holds are on all of them.
    """
    store = load_store(_things(basis))
    store.bulk_extend(_derivations(facts))
    return store


def _things(basis: Basis) -> Iterator[Quad]:
    default, left_out = DefaultGraph(), {graph_iri("shapes"), graph_iri("sources")}
    claims = basis.record.claims
    for quad in basis.quads:
        if text_of(quad.subject) not in claims and str(quad.graph_name)[1:-1] not in left_out:
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


def _bound(store: Store, text: str) -> Iterator[dict[str, str]]:
    for row in select(store, text):
        yield {name: text_of(term) for name, term in row.items()}


def _row(bound: dict[str, str]) -> Row:
    firmness = (FIRMNESSES[iri] for name, iri in bound.items() if name.startswith("firmness"))
    return Row(
        source=bound["source"],
        target=bound["target"],
        firmness=max(firmness),
        facts=tuple(sorted(iri for name, iri in bound.items() if name.startswith("fact"))),
        through=bound.get("through"),
    )


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
