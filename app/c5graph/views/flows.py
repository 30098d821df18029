"""Undertakings as links between states: who has how many with whom, and which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from c5graph.desk.homes import Homes
from c5graph.graph.claims import members
from c5graph.graph.release import Release, View
from c5graph.lookup import Which
from c5graph.namespaces import C5, ID, RDFS
from c5graph.store.rdf import NamedNode

C5_STATES: Final = tuple(
    ID + name for name in ("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan")
)
POWERS: Final = tuple(ID + name for name in ("united-states", "russia", "china"))


@dataclass(frozen=True)
class Flow:
    """Two states and the undertakings in which both, or actors of both, take part."""

    ends: tuple[str, str]
    undertakings: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.undertakings)


class Flows:
    """Parties of undertakings, and what follows for pairs of states, in one view."""

    def __init__(self, release: Release, view: View, homes: Homes) -> None:
        self._release, self._view, self._homes = release, view, homes
        self.all_states = members(release.index, C5 + "State")
        roles = release.index.closure(C5 + "hasParty", RDFS + "subPropertyOf", inverse=True)
        self._roles = Which(direction="out", predicates=tuple(sorted(roles)))

    def parties(self, undertaking: str) -> list[str]:
        """Actors that take part, firm or planned."""
        edges = self._view.neighbours.edges(undertaking, self._roles)
        found = (fact.object for _, _, fact in edges)
        return list(dict.fromkeys(each.value for each in found if isinstance(each, NamedNode)))

    def states(self, undertaking: str) -> set[str]:
        """States that take part themselves or through actors of theirs."""
        return {home for party in self.parties(undertaking) for home in self._homes.states(party)}

    def of_state(self, state: str) -> list[str]:
        """Undertakings in which a state takes part."""
        return [iri for iri, states in self.by_undertaking.items() if state in states]

    @cached_property
    def by_undertaking(self) -> dict[str, set[str]]:
        """The states of every undertaking that has any."""
        found = ((iri, self.states(iri)) for iri in sorted(self._release.record.undertakings))
        return {iri: states for iri, states in found if states}

    def among(self) -> list[Flow]:
        """Flows between a Central Asian state and another state, the greatest first."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri, states in self.by_undertaking.items():
            for pair in _pairs(states):
                found[pair].append(iri)
        flows = [Flow(pair, tuple(undertakings)) for pair, undertakings in found.items()]
        return sorted(flows, key=lambda flow: (-flow.total, flow.ends))


def _pairs(states: set[str]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(sorted(states), 2):
        if one in C5_STATES:
            yield (one, other)
        elif other in C5_STATES:
            yield (other, one)
