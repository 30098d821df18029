"""Where actors are at home, and so on which side of a deal they stand.

Homes are read from the whole data version whatever the lens: they only sort the deals.
"""

from __future__ import annotations

from collections import defaultdict

from c5graph.desk.rules import Rules
from c5graph.graph.claims import Firmness, Record, members
from c5graph.graph.index import Index
from c5graph.namespaces import C5, VOC
from c5graph.store.rdf import text_of

HOME_SIDE = VOC + "side-central-asia"
_STEPS = 6


class Homes:
    """Home states and sides of actors."""

    def __init__(self, index: Index, record: Record, rules: Rules) -> None:
        self._states = members(index, C5 + "State")
        self._up: dict[str, set[str]] = defaultdict(set)
        self._groups: dict[str, set[str]] = defaultdict(set)
        for iri in record.eligible:
            claim = record.claims[iri]
            if claim.modality is Firmness.FIRM and claim.predicate in rules.homeward:
                self._up[claim.subject].add(text_of(claim.object))
            elif claim.modality is Firmness.FIRM and claim.predicate == C5 + "memberOf":
                self._groups[claim.subject].add(text_of(claim.object))
        self._gathered = {iri: side for side, iris in rules.sides.items() for iri in iris}
        self._rest = frozenset(side for side, iris in rules.sides.items() if not iris)
        self._known: dict[str, frozenset[str]] = {}

    def states(self, actor: str) -> frozenset[str]:
        """The states in which an actor is at home; a state is at home in itself."""
        if actor not in self._known:
            self._known[actor] = self._climb(actor)
        return self._known[actor]

    def sides(self, actor: str) -> frozenset[str]:
        """The sides that an actor counts for; none when nobody says where it is at home."""
        homes = self.states(actor)
        ends = {actor, *homes}
        ends |= {group for each in tuple(ends) for group in self._groups.get(each, ())}
        found = frozenset(self._gathered[each] for each in ends if each in self._gathered)
        return found or (self._rest if homes else frozenset())

    def lies_in(self, one: str, other: str) -> bool:
        """Whether the first is in the second, at any remove below a state."""
        return other in self._above(one)

    def related(self, one: str, other: str) -> bool:
        """Whether one of two things is at home in the other or part of it."""
        return self.lies_in(one, other) or self.lies_in(other, one)

    def _climb(self, actor: str) -> frozenset[str]:
        found = {actor} if actor in self._states else self._above(actor) & self._states
        return frozenset(found)

    def _above(self, actor: str) -> set[str]:
        reached, edge = {actor}, {actor}
        for _ in range(_STEPS):
            edge = {up for each in edge - self._states for up in self._up.get(each, ())} - reached
            reached |= edge
        return reached - {actor}
