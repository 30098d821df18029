"""Neighbours: the edges at an entity and around it, read from derived facts.

An edge is a derived fact; it says how firm it is and on which claims it rests. Counts per
predicate come first, so that a hub never floods its reader. Pages follow a fixed order of
edges (a keyset), so that every edge is met exactly once whatever the page size.

At a depth of two or three the entities one and two steps away are asked as well. A fact that
both of its ends would show is shown at the one that comes first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from operator import itemgetter

from c5graph.edges import USUAL, Edge, Teller
from c5graph.errors import UnknownEntity
from c5graph.graph.claims import Firmness
from c5graph.graph.derive import Fact
from c5graph.lookup import (
    Ask,
    Direction,
    Group,
    Key,
    Page,
    PredicateCount,
    Which,
    cursor_of,
    firmness_from,
    key_of,
    term_iri,
)
from c5graph.store.rdf import NamedNode

__all__ = ["Ask", "Direction", "NeighbourIndex", "Page", "Which", "firmness_from", "term_iri"]

REACHES_KEPT = 16
Groups = dict[Group, list[tuple[str, Fact]]]
"""Edges of an end by group, each with what orders it there: the term it leads to."""


@dataclass
class _Reach:
    """The ends whose edges are shown, each with its rank, and how many edges that makes."""

    ends: list[tuple[int, str]] = field(default_factory=list)
    rank: dict[str, int] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    truncated: bool = False


class NeighbourIndex:
    """Edges of every entity under one lens."""

    def __init__(self, facts: Iterable[Fact], teller: Teller) -> None:
        self.teller = teller
        self._ends = grouped(facts)
        self._at: Callable[[str], Groups] = self._find
        self._reaches: OrderedDict[tuple[str, int, int, Which], _Reach] = OrderedDict()

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ends)

    def lookup(self, ask: Ask) -> Page:
        """The edges asked for. Raises UnknownEntity or BadParameter."""
        entity, which = self.resolve(ask.entity), ask.which
        self.teller.insist_on_terms((*ask.predicates, *ask.types))
        after = key_of(ask.cursor)
        reach = self._reach(entity, ask.depth, ask.reach, which)
        met = list(islice(self._walk(reach, which, after), max(ask.limit, 0) + 1))
        chosen = met[: max(ask.limit, 0)]
        more = bool(chosen) and len(met) > len(chosen)
        return Page(
            entity=self.teller.named(entity, ask.lang),
            total=reach.counts.total(),
            counts=tuple(self._counts(reach.counts, ask.lang)),
            edges=tuple(self._edge(key, fact, ask.lang) for key, fact in chosen),
            next_cursor=cursor_of(chosen[-1][0]) if more else None,
            depth=ask.depth,
            truncated=reach.truncated,
            teller=self.teller,
        )

    def resolve(self, name: str) -> str:
        """IRI of an entity given as slug, CURIE, IRI or exact label. Raises UnknownEntity."""
        return self.teller.resolve(name, self._at)

    def known(self, name: str) -> str | None:
        """IRI of an entity as `resolve` finds it; None where nothing has the name."""
        found = self.teller.find(name, self._at)
        return None if found is None or self.teller.hides(found) else found

    def near(self, name: str) -> tuple[str, ...]:
        """Slugs of what may be meant by a name that nothing has."""
        try:
            self.resolve(name)
        except UnknownEntity as error:
            return error.near
        return ()

    def degree(self, entity: str) -> int:
        """Number of firm or planned edges of an entity, for pages that show hubs."""
        groups = self._at(entity)
        return sum(len(edges) for group, edges in groups.items() if group[2] in USUAL)

    @cached_property
    def tally(self) -> Counter[Firmness]:
        """How many facts there are of each firmness."""
        found: Counter[Firmness] = Counter()
        for groups in self._ends.values():
            for (direction, _, firmness), edges in groups.items():
                if direction == "out":
                    found[Firmness(firmness)] += len(edges)
        return found

    def edges(
        self, entity: str, which: Which, after: tuple[Group, str] | None = None
    ) -> Iterator[tuple[Group, str, Fact]]:
        """Edges at one entity in their order: group, the term it leads to, the fact."""
        kinds = self.teller.kinds_below(which.types) if which.types else None
        for group, edges in self._at(entity).items():
            if not which.takes(group) or (after is not None and group < after[0]):
                continue
            start = 0
            if after is not None and group == after[0]:
                start = bisect_right(edges, after[1], key=itemgetter(0))
            for other, fact in islice(edges, start, None):
                if kinds is None or self.teller.is_of(iri_of(other) or "", kinds):
                    yield group, other, fact

    def leads_on(self, other: str, which: Which) -> str | None:
        """IRI of the term when a look-up may go on from there."""
        iri = iri_of(other)
        if iri is None or (which.entities_only and not self.teller.is_entity(iri)):
            return None
        return iri

    def _find(self, entity: str) -> Groups:
        return self._ends.get(entity, {})

    def _reach(self, entity: str, depth: int, bound: int, which: Which) -> _Reach:
        if depth == 1 and not which.types:
            return self._at_one(entity, which)
        key = (entity, depth, bound, which)
        found = self._reaches.get(key) or self._explore(entity, depth, bound, which)
        self._reaches[key] = found
        while len(self._reaches) > REACHES_KEPT:
            self._reaches.popitem(last=False)
        return found

    def _at_one(self, entity: str, which: Which) -> _Reach:
        counts: Counter[tuple[str, str]] = Counter()
        for group, edges in self._at(entity).items():
            if which.takes(group):
                counts[group[:2]] += len(edges)
        return _Reach([(0, entity)], {entity: 0}, counts)

    def _explore(self, entity: str, depth: int, bound: int, which: Which) -> _Reach:
        reach = _Reach()
        level = [entity]
        for distance in range(depth):
            following: set[str] = set()
            for end in level:
                if reach.counts.total() >= bound:
                    reach.truncated = True
                    return reach
                following |= self._take_in(reach, distance, end, which)
            level = sorted(following - reach.rank.keys())
        return reach

    def _take_in(self, reach: _Reach, distance: int, end: str, which: Which) -> set[str]:
        """Count the edges of one more end; the things that they lead to."""
        reach.rank[end] = len(reach.ends)
        reach.ends.append((distance, end))
        found = set()
        for group, other, _ in self._fresh(reach, end, which):
            reach.counts[group[:2]] += 1
            further = self.leads_on(other, which)
            if further is not None:
                found.add(further)
        return found

    def _fresh(
        self, reach: _Reach, end: str, which: Which, after: tuple[Group, str] | None = None
    ) -> Iterator[tuple[Group, str, Fact]]:
        """Edges of an end without those that an end before it shows."""
        mine, found = reach.rank[end], self.edges(end, which, after)
        if which.direction != "both" or not mine:
            return found
        rank = reach.rank
        return (each for each in found if rank.get(iri_of(each[1]) or "", mine) >= mine)

    def _walk(self, reach: _Reach, which: Which, after: Key) -> Iterator[tuple[Key, Fact]]:
        """Edges that come after a key, in order."""
        start = bisect_left(reach.ends, (after.distance, after.at))
        for distance, end in islice(reach.ends, start, None):
            resumed = (distance, end) == (after.distance, after.at)
            within = (after.group, after.other) if resumed else None
            for group, other, fact in self._fresh(reach, end, which, within):
                yield Key(distance, end, *group, other), fact

    def _counts(self, counts: Counter[tuple[str, str]], lang: str) -> Iterator[PredicateCount]:
        for (direction, predicate), count in sorted(
            counts.items(), key=lambda item: (-item[1], item[0])
        ):
            yield PredicateCount(self.teller.named(predicate, lang), direction, count)

    def _edge(self, key: Key, fact: Fact, lang: str) -> Edge:
        outgoing = key.direction == "out"
        return self.teller.edge(fact, outgoing=outgoing, distance=key.distance + 1, lang=lang)


def grouped(facts: Iterable[Fact]) -> dict[str, Groups]:
    """The edges of every end by group, in the order of pages."""
    ends: dict[str, Groups] = defaultdict(dict)
    for fact in facts:
        subject, target = fact.subject.value, fact.object
        rest = (fact.predicate.value, int(fact.firmness))
        ends[subject].setdefault(("out", *rest), []).append((str(target), fact))
        # A loop is one edge and is met once, as an outgoing one.
        if isinstance(target, NamedNode) and target.value != subject:
            into = ends[target.value].setdefault(("in", *rest), [])
            into.append((str(fact.subject), fact))
    return {end: _in_order(groups) for end, groups in ends.items()}


def grouped_at(entity: str, facts: Iterable[Fact]) -> Groups:
    """The same for one end, from facts that all have it."""
    groups: Groups = defaultdict(list)
    for fact in facts:
        outgoing = fact.subject.value == entity
        group = ("out" if outgoing else "in", fact.predicate.value, int(fact.firmness))
        groups[group].append((str(fact.object if outgoing else fact.subject), fact))
    return _in_order(groups)


def _in_order(groups: Groups) -> Groups:
    return {group: sorted(groups[group], key=itemgetter(0)) for group in sorted(groups)}


def iri_of(term: str) -> str | None:
    """IRI of a term as the engine writes it; None for a literal."""
    return term[1:-1] if term.startswith("<") else None
