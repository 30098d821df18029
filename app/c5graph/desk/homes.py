"""Where actors are at home, and so on which side of a deal they stand.

Homes are read from the whole data version whatever the lens: they only sort the deals. Where no
claim leads from an actor to a state, the description that identifies it does, if it says "of" or
"in" one state: "Bank of Kyrgyzstan."
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from c5graph.desk.rules import Rules
from c5graph.graph.claims import Firmness, Record, members
from c5graph.graph.index import Index
from c5graph.namespaces import C5, DCTERMS, RDFS, SKOS, VOC
from c5graph.store.rdf import Literal, text_of

HOME_SIDE = VOC + "side-central-asia"
_STEPS = 6


class Homes:
    """Home states and sides of actors; what is no actor, such as a mineral, need not have one."""

    def __init__(self, index: Index, record: Record, rules: Rules) -> None:
        self._index, self._states = index, members(index, C5 + "State")
        self.actors = members(index, C5 + "Actor")
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
        """Where an actor is at home; a state, or a group that makes a side, is so in itself."""
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
        ends = (one, other), (other, one)
        return any(self.lies_in(a, b) or b in self.states(a) for a, b in ends)

    def _climb(self, actor: str) -> frozenset[str]:
        if actor in self._states or actor in self._gathered:
            return frozenset({actor})
        return frozenset(self._above(actor) & self._states) or self._described(actor)

    def _described(self, actor: str) -> frozenset[str]:
        """The one state that the identifying description names as that of the actor."""
        text = self._index.value(actor, DCTERMS + "description") or ""
        named = {self._names[found] for found in self._pattern.findall(text)}
        return frozenset(named) if len(named) == 1 else frozenset()

    @cached_property
    def _names(self) -> dict[str, str]:
        """States by their English names."""
        return {
            term.value: state
            for state in self._states
            for label in (RDFS + "label", SKOS + "altLabel")
            for term in self._index.terms(state, label)
            if isinstance(term, Literal) and term.language == "en"
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._names, key=len, reverse=True)
        return re.compile(rf"\b(?:of|in) (?:the )?({'|'.join(map(re.escape, longest_first))})\b")

    def _above(self, actor: str) -> set[str]:
        reached, edge = {actor}, {actor}
        for _ in range(_STEPS):
            edge = {up for each in edge - self._states for up in self._up.get(each, ())} - reached
            reached |= edge
        return reached - {actor}
