"""What a look-up of neighbours asks and answers, and the cursor from page to page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from c5graph.edges import USUAL, Edge, Named, Teller, as_network, edges_as_html, quoted
from c5graph.errors import BadParameter
from c5graph.graph.claims import Firmness
from c5graph.namespaces import C5, expand

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Direction = Literal["in", "out", "both"]
Group = tuple[str, str, int]


@dataclass(frozen=True)
class PredicateCount:
    """How many edges there are of a predicate and direction."""

    predicate: Named
    direction: str
    count: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**vars(self), "predicate": self.predicate.as_dict()}

    @property
    def json(self) -> str:
        """The same as JSON."""
        return (
            f'{{"predicate":{self.predicate.json},"direction":"{self.direction}",'
            f'"count":{self.count}}}'
        )


@dataclass(frozen=True)
class Which:
    """Which edges count; predicates and types are IRIs, none means all.

    An edge is of a type when the thing that it leads to is.
    """

    direction: Direction = "both"
    predicates: tuple[str, ...] = ()
    firmness: frozenset[Firmness] = USUAL
    types: tuple[str, ...] = ()
    entities_only: bool = False

    def takes(self, group: Group) -> bool:
        """Whether edges of this direction, predicate and firmness count."""
        direction, predicate, firmness = group
        return (
            firmness in self.firmness
            and self.direction in ("both", direction)
            and (not self.predicates or predicate in self.predicates)
        )


@dataclass(frozen=True)
class Ask:
    """What to look up. `reach` bounds the edges that a deep look-up counts."""

    entity: str
    direction: Direction = "both"
    predicates: tuple[str, ...] = ()
    firmness: frozenset[Firmness] = USUAL
    limit: int = 50
    cursor: str | None = None
    lang: str = "en"
    depth: int = 1
    types: tuple[str, ...] = ()
    entities_only: bool = False
    reach: int = 50_000

    @property
    def which(self) -> Which:
        """The filters alone."""
        return Which(self.direction, self.predicates, self.firmness, self.types, self.entities_only)


@dataclass(frozen=True)
class Page:
    """Counts over all edges asked for, one page of them, and where the next page starts.

    `truncated` says that the bound of a deep look-up was met, so that more lies beyond.
    """

    entity: Named
    total: int
    counts: tuple[PredicateCount, ...]
    edges: tuple[Edge, ...]
    next_cursor: str | None
    depth: int = 1
    truncated: bool = False
    teller: Teller | None = field(default=None, repr=False, compare=False)
    networked: Callable[[], MultiDiGraph] | None = field(default=None, repr=False, compare=False)

    def to_networkx(self) -> MultiDiGraph:
        """The edges of this page as a networkx graph."""
        return as_network(self.edges, self.teller, self.networked)

    def _repr_html_(self) -> str:
        """For notebooks."""
        return edges_as_html(f"{self.entity.label}: {self.total} edges", self.edges)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "entity": self.entity.as_dict(),
            "depth": self.depth,
            "total": self.total,
            "truncated": self.truncated,
            "counts": [each.as_dict() for each in self.counts],
            "edges": [each.as_dict() for each in self.edges],
            "next_cursor": self.next_cursor,
        }

    @property
    def json(self) -> str:
        """The same as JSON, put together of parts."""
        counts = ",".join([each.json for each in self.counts])
        edges = ",".join([each.json for each in self.edges])
        return (
            f'{{"entity":{self.entity.json},"depth":{self.depth},"total":{self.total},'
            f'"truncated":{"true" if self.truncated else "false"},"counts":[{counts}],'
            f'"edges":[{edges}],"next_cursor":{quoted(self.next_cursor)}}}'
        )


class Key(NamedTuple):
    """The place of an edge in the order of all: its end that is met first, then the rest."""

    distance: int = -1
    at: str = ""
    direction: str = ""
    predicate: str = ""
    firmness: int = 0
    other: str = ""

    @property
    def group(self) -> Group:
        """Direction, predicate and firmness."""
        return self.direction, self.predicate, self.firmness


def firmness_from(names: Iterable[str]) -> frozenset[Firmness]:
    """Firmnesses by name; `all` means every one. Raises BadParameter."""
    chosen: set[Firmness] = set()
    for name in names:
        if name.lower() == "all":
            return frozenset(Firmness)
        if name.upper() not in Firmness.__members__:
            options = ", ".join(each.name.lower() for each in Firmness)
            raise BadParameter(f"{name!r} is no firmness.", remedy=f"Use {options} or all.")
        chosen.add(Firmness[name.upper()])
    return frozenset(chosen) or USUAL


def term_iri(name: str) -> str:
    """IRI of a predicate or class given as a name of our ontology, a CURIE or an IRI."""
    return expand(name) or (name.strip("<>") if ":" in name else C5 + name)


def cursor_of(key: Key) -> str:
    """A key as a client passes it back."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def key_of(cursor: str | None) -> Key:
    """The key of a cursor. Raises BadParameter."""
    if not cursor:
        return Key()
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        distance, at, direction, predicate, firmness, other = json.loads(
            base64.urlsafe_b64decode(padded)
        )
        texts = (str(direction), str(predicate))
        return Key(int(distance), str(at), *texts, int(firmness), str(other))
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadParameter(
            "The cursor is not one of ours.", remedy="Pass on next_cursor of the page before."
        ) from error
