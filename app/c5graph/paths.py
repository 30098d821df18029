"""Paths: the k shortest simple ways from one entity to another along edges.

Yen's algorithm over a search from both ends, so that what is looked at grows with the answer.
It is bounded by length, by number, and by the edges it may look at; an answer that met the last
bound says so. Each step of a path lists every edge between its two entities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from c5graph.edges import Edge, Named, Teller, as_network, edges_as_html
from c5graph.errors import BadParameter
from c5graph.graph.derive import Fact
from c5graph.lookup import Direction, Group, Which
from c5graph.neighbours import NeighbourIndex

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Trail = tuple[str, ...]
_OPPOSITE: dict[Direction, Direction] = {"in": "out", "out": "in", "both": "both"}


@dataclass(frozen=True)
class PathAsk:
    """Which paths: how many, how long at most, and after how many edges to give up."""

    start: str
    end: str
    which: Which = field(default_factory=Which)
    k: int = 5
    longest: int = 6
    steps: int = 100_000
    lang: str = "en"


@dataclass(frozen=True)
class Path:
    """Entities in a row, and between each two of them every edge."""

    nodes: tuple[Named, ...]
    steps: tuple[tuple[Edge, ...], ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "length": len(self.steps),
            "nodes": [each.as_dict() for each in self.nodes],
            "steps": [[edge.as_dict() for edge in step] for step in self.steps],
        }


@dataclass(frozen=True)
class Paths:
    """The shortest paths first; `truncated` says that the search met its bound."""

    start: Named
    end: Named
    paths: tuple[Path, ...]
    truncated: bool
    teller: Teller | None = field(default=None, repr=False, compare=False)
    networked: Callable[[], MultiDiGraph] | None = field(default=None, repr=False, compare=False)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges of all paths, each once."""
        found = {
            (edge.source.iri, str(edge.source)): edge
            for path in self.paths
            for step in path.steps
            for edge in step
        }
        return tuple(found.values())

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "from": self.start.as_dict(),
            "to": self.end.as_dict(),
            "total": len(self.paths),
            "truncated": self.truncated,
            "paths": [each.as_dict() for each in self.paths],
        }

    def to_networkx(self) -> MultiDiGraph:
        """The edges of all paths as a networkx graph."""
        return as_network(self.edges, self.teller, self.networked)

    def _repr_html_(self) -> str:
        """For notebooks."""
        caption = f"{len(self.paths)} paths from {self.start.label} to {self.end.label}"
        return edges_as_html(caption, self.edges)


class _Enough(Exception):
    """The search looked at as many edges as it may."""


def find_paths(index: NeighbourIndex, ask: PathAsk) -> Paths:
    """The paths asked for. Raises UnknownEntity or BadParameter."""
    teller = index.teller
    start, end = index.resolve(ask.start), index.resolve(ask.end)
    teller.insist_on_terms((*ask.which.predicates, *ask.which.types))
    if start == end:
        raise BadParameter("A path has two ends.", remedy="Name another entity as its end.")
    search = _Search(index, ask, start, end)
    found: list[Trail] = []
    try:
        for trail in search.trails():
            found.append(trail)
            if len(found) == ask.k:
                break
    except _Enough:
        search.exhausted = True
    return Paths(
        start=teller.named(start, ask.lang),
        end=teller.named(end, ask.lang),
        paths=tuple(search.told(trail) for trail in found),
        truncated=search.exhausted,
        teller=teller,
    )


class _Search:
    """One search; remembers what it read of each entity."""

    def __init__(self, index: NeighbourIndex, ask: PathAsk, start: str, end: str) -> None:
        self._index, self._ask = index, ask
        self._start, self._end = start, end
        self._forth = replace(ask.which, types=())
        self._back = replace(self._forth, direction=_OPPOSITE[ask.which.direction])
        types = ask.which.types
        self._kinds = index.teller.kinds_below(types) if types else None
        self._looked = 0
        self._near: dict[tuple[str, bool], tuple[str, ...]] = {}
        self._passable: dict[str, bool] = {}
        self.exhausted = False

    def trails(self) -> Iterator[Trail]:
        """Simple paths, the shortest first (Yen)."""
        first = self._shortest((self._start,), frozenset())
        waiting: list[tuple[int, int, Trail]] = []
        known: set[Trail] = set()
        self._offer(waiting, known, first)
        accepted: list[Trail] = []
        while waiting:
            trail = heappop(waiting)[2]
            accepted.append(trail)
            yield trail
            for length in range(1, len(trail)):
                root = trail[:length]
                taken = frozenset(each[length] for each in accepted if each[:length] == root)
                self._offer(waiting, known, self._shortest(root, taken))

    def told(self, trail: Trail) -> Path:
        """A path with its labels and edges."""
        lang, teller = self._ask.lang, self._index.teller
        steps = tuple(
            tuple(
                teller.edge(fact, outgoing=group[0] == "out", distance=number, lang=lang)
                for group, fact in self._between(here, there)
            )
            for number, (here, there) in enumerate(pairwise(trail), start=1)
        )
        return Path(tuple(teller.named(iri, lang) for iri in trail), steps)

    def _between(self, here: str, there: str) -> Iterator[tuple[Group, Fact]]:
        for group, other, fact in self._index.edges(here, self._forth):
            if other == f"<{there}>":
                yield group, fact

    def _offer(
        self, waiting: list[tuple[int, int, Trail]], known: set[Trail], trail: Trail | None
    ) -> None:
        if trail is not None and trail not in known:
            known.add(trail)
            # Of paths of one length, those through things come before those through codes.
            codes = sum(not self._index.teller.is_entity(iri) for iri in trail[1:-1])
            heappush(waiting, (len(trail), codes, trail))

    def _shortest(self, root: Trail, taken: frozenset[str]) -> Trail | None:
        """The root and the shortest way on from its last entity that takes none of these steps."""
        here, shut = root[-1], frozenset(root[:-1])
        before: dict[str, str] = {here: ""}
        after: dict[str, str] = {self._end: ""}
        ahead, behind = [here], [self._end]
        for _ in range(self._ask.longest - len(root) + 1):
            forward = len(ahead) <= len(behind)
            level, mine, theirs = (ahead, before, after) if forward else (behind, after, before)
            reached, meeting = self._advance(level, mine, theirs, (here, shut, taken, forward))
            if meeting is not None:
                return (*root[:-1], *_joined(meeting, before, after))
            if not reached:
                return None
            ahead, behind = (reached, behind) if forward else (ahead, reached)
        return None

    def _advance(
        self,
        level: list[str],
        mine: dict[str, str],
        theirs: dict[str, str],
        bounds: tuple[str, frozenset[str], frozenset[str], bool],
    ) -> tuple[list[str], str | None]:
        """One more level from one side; the entity where both sides meet, if they do."""
        here, shut, taken, forward = bounds
        reached: list[str] = []
        for node in level:
            for other in self._neighbours(node, forward=forward):
                step = (node, other) if forward else (other, node)
                if other in mine or other in shut or (step[0] == here and step[1] in taken):
                    continue
                mine[other] = node
                if other in theirs:
                    return reached, other
                reached.append(other)
        return reached, None

    def _neighbours(self, node: str, *, forward: bool) -> tuple[str, ...]:
        found = self._near.get((node, forward))
        if found is None:
            found = self._near[node, forward] = self._read(node, forward=forward)
        self._count(len(found))
        return found

    def _read(self, node: str, *, forward: bool) -> tuple[str, ...]:
        which = self._forth if forward else self._back
        seen: dict[str, None] = {}
        for _, other, _ in self._index.edges(node, which):
            self._count(1)
            if other.startswith("<") and self._open(other[1:-1]):
                seen[other[1:-1]] = None
        return tuple(sorted(seen))

    def _open(self, iri: str) -> bool:
        """Whether a path may lead through here; its ends it may reach in any case."""
        if iri in (self._start, self._end):
            return True
        known = self._passable.get(iri)
        if known is None:
            teller, kinds = self._index.teller, self._kinds
            known = (kinds is None or teller.is_of(iri, kinds)) and (
                not self._forth.entities_only or teller.is_entity(iri)
            )
            self._passable[iri] = known
        return known

    def _count(self, edges: int) -> None:
        self._looked += edges
        if self._looked > self._ask.steps:
            raise _Enough


def _joined(meeting: str, before: dict[str, str], after: dict[str, str]) -> Trail:
    first = [meeting]
    while before[first[-1]]:
        first.append(before[first[-1]])
    rest = []
    following = after[meeting]
    while following:
        rest.append(following)
        following = after[following]
    return (*reversed(first), *rest)
