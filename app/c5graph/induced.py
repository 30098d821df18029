"""The edges among chosen things: what a graph view has on its canvas, whatever draws it.

A view is its things and its filters; which edges it has follows from these. So the canvas, its
table and every exported file show the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from c5graph.dated import overlaps, spans
from c5graph.edges import Edge, Named
from c5graph.errors import BadParameter
from c5graph.graph.derive import Fact
from c5graph.graph.index import TYPE
from c5graph.graph.release import View
from c5graph.lenses import joined
from c5graph.lookup import Which
from c5graph.namespaces import C5, RDFS
from c5graph.neighbours import iri_of
from c5graph.store.rdf import NamedNode

MOST = 600


@dataclass(frozen=True)
class NetworkAsk:
    """Things by name, and what narrows the view: types, sectors and statuses are IRIs.

    `since` and `until` keep undertakings and events that may have come about between them, and
    all that has no date; `hidden` are facts, by the end of their IRI, that are not to be seen.
    """

    entities: tuple[str, ...]
    which: Which
    sectors: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    hidden: frozenset[str] = frozenset()
    lang: str = "en"


@dataclass(frozen=True)
class Node:
    """A thing of the view, and what it can be chosen by."""

    named: Named
    types: tuple[Named, ...]
    group: str
    sectors: tuple[Named, ...]
    status: Named | None
    degree: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            **self.named.as_dict(),
            "types": [each.as_dict() for each in self.types],
            "group": self.group,
            "sectors": [each.as_dict() for each in self.sectors],
            "status": self.status.as_dict() if self.status else None,
            "degree": self.degree,
        }


@dataclass(frozen=True)
class Network:
    """What is seen: the things that pass the filters, the edges among them, and what is not."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    filtered: tuple[Node, ...]
    unknown: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "nodes": [each.as_dict() for each in self.nodes],
            "edges": [each.as_dict() for each in self.edges],
            "filtered": [each.as_dict() for each in self.filtered],
            "unknown": list(self.unknown),
        }


GROUPS = (
    ("State", "state"),
    ("Government", "government"),
    ("GovernmentBody", "government"),
    ("Company", "company"),
    ("Person", "person"),
    ("Actor", "organisation"),
    ("Undertaking", "undertaking"),
    ("Event", "event"),
    ("Commodity", "commodity"),
    ("Infrastructure", "infrastructure"),
    ("Place", "place"),
    ("FramedNode", "statement"),
    ("Value", "value"),
)
"""Classes by the group that a legend shows; the first that a thing is of counts."""


class Networks:
    """Makes the networks of one view."""

    def __init__(self, view: View) -> None:
        self._view, self._index = view, view.neighbours.teller.index
        teller = view.neighbours.teller
        self._groups = [(teller.kinds_below([C5 + name]), group) for name, group in GROUPS]

    def of(self, ask: NetworkAsk) -> Network:
        """The network asked for; names that nothing has are told apart. Raises BadParameter."""
        if len(ask.entities) > MOST:
            raise BadParameter(
                f"{len(ask.entities)} things are more than one view holds.",
                remedy=f"Ask for {MOST} at most.",
            )
        self._view.neighbours.teller.insist_on_terms((*ask.which.predicates, *ask.which.types))
        found, unknown = self._found(ask.entities)
        nodes = [self.node(iri, ask.lang) for iri in found]
        passing = self._passing(ask)
        shown = tuple(node for node in nodes if passing(node))
        edges = tuple(self._edges([str(node.named.iri) for node in shown], ask))
        filtered = tuple(node for node in nodes if node not in shown)
        return Network(shown, edges, filtered, unknown)

    def node(self, iri: str, lang: str) -> Node:
        """One thing with what it can be chosen by."""
        teller, kinds = self._view.neighbours.teller, self._index.values(iri, TYPE)
        status = next(iter(self._objects(iri, "hasStatus", present=True)), None)
        return Node(
            named=teller.named(iri, lang),
            types=tuple(teller.named(kind, lang) for kind in kinds),
            group=next((g for below, g in self._groups if not below.isdisjoint(kinds)), "other"),
            sectors=tuple(teller.named(each, lang) for each in self._objects(iri, "inSector")),
            status=teller.named(status, lang) if status else None,
            degree=self._view.neighbours.degree(iri),
        )

    def _found(self, names: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
        found: dict[str, None] = {}
        unknown = []
        for name in dict.fromkeys(joined(names, self._view.neighbours.known)):
            iri = self._view.neighbours.known(name)
            if iri is None:
                unknown.append(name)
            else:
                found[iri] = None
        return list(found), tuple(unknown)

    def _objects(self, iri: str, predicate: str, *, present: bool = False) -> Iterator[str]:
        which = Which(direction="out", predicates=(C5 + predicate,))
        for _, _, fact in self._view.neighbours.edges(iri, which):
            if isinstance(fact.object, NamedNode):
                claims = {claim for support in fact.supports for claim in support.claims}
                if not present or claims & self._view.selection.present:
                    yield fact.object.value

    def _passing(self, ask: NetworkAsk) -> _Filter:
        kinds = self._view.neighbours.teller.kinds_below(ask.which.types)
        return _Filter(kinds, frozenset(ask.sectors), frozenset(ask.statuses), self._in_time(ask))

    def _in_time(self, ask: NetworkAsk) -> Callable[[str], bool] | None:
        if ask.since is None and ask.until is None:
            return None

        def passes(iri: str) -> bool:
            told = list(spans(self._view, iri))
            return not told or any(overlaps(each, ask.since, ask.until) for each in told)

        return passes

    def _edges(self, shown: Sequence[str], ask: NetworkAsk) -> Iterator[Edge]:
        here = frozenset(shown)
        out = Which("out", ask.which.predicates, ask.which.firmness)
        teller = self._view.neighbours.teller
        for iri in shown:
            edges = self._view.neighbours.edges(iri, out)
            for fact in self._narrowest(fact for _, other, fact in edges if iri_of(other) in here):
                if fact.iri.rpartition("/")[2] not in ask.hidden:
                    yield teller.edge(fact, outgoing=True, distance=1, lang=ask.lang)

    def _narrowest(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Without facts of which a narrower relation of the same two things says more."""
        by_object: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            by_object[str(fact.object)].append(fact)
        for same in by_object.values():
            for fact in same:
                if not any(self._says_more(other, fact) for other in same):
                    yield fact

    def _says_more(self, one: Fact, other: Fact) -> bool:
        wider = self._index.closure(one.predicate.value, RDFS + "subPropertyOf")
        narrower = one.predicate != other.predicate and other.predicate.value in wider
        return narrower and one.firmness <= other.firmness


@dataclass(frozen=True)
class _Filter:
    """Types keep what is of one of them; the others only choose among what has any."""

    kinds: frozenset[str]
    sectors: frozenset[str]
    statuses: frozenset[str]
    in_time: Callable[[str], bool] | None

    def __call__(self, node: Node) -> bool:
        kinds = {each.iri for each in node.types}
        if self.kinds and kinds.isdisjoint(self.kinds):
            return False
        sectors = {each.iri for each in node.sectors}
        if self.sectors and sectors and sectors.isdisjoint(self.sectors):
            return False
        if self.statuses and node.status and node.status.iri not in self.statuses:
            return False
        return self.in_time is None or self.in_time(str(node.named.iri))
