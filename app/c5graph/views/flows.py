"""Undertakings as links between states: who has how many with whom, and which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from c5graph.desk.telling import Telling
from c5graph.graph.claims import members
from c5graph.namespaces import C5, ID
from c5graph.store.rdf import text_of

C5_STATES: Final = tuple(
    ID + name for name in ("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan")
)
_MUTUAL: Final = frozenset({C5 + "hasPartner"})
POWERS: Final = tuple(ID + name for name in ("united-states", "russia", "china"))


@dataclass(frozen=True)
class Flow:
    """Two states and the undertakings that have them, or actors of theirs, on two sides."""

    ends: tuple[str, str]
    undertakings: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.undertakings)


class Flows:
    """Parties of undertakings, and what follows for pairs of states, by what the ledger counts."""

    def __init__(self, telling: Telling) -> None:
        self._telling, self._homes = telling, telling.ground.homes
        self.all_states = members(telling.index, C5 + "State")

    def parties(self, undertaking: str) -> list[str]:
        """Actors that take part, firm or planned."""
        return list(dict.fromkeys(actor for actor, _ in self._taking_part(undertaking)))

    def sides(self, undertaking: str) -> dict[str, set[str]]:
        """The roles, firm or planned, that each state has itself or through actors of its own."""
        found: dict[str, set[str]] = defaultdict(set)
        for actor, role in self._taking_part(undertaking):
            for home in self._homes.states(actor):
                found[home].add(role)
        return found

    def _taking_part(self, undertaking: str) -> Iterator[tuple[str, str]]:
        for claim in self._telling.by_subject.get(undertaking, ()):
            if claim.predicate in self._telling.rules.roles and not claim.negative:
                yield text_of(claim.object), claim.predicate

    def of_state(self, state: str) -> list[str]:
        """Undertakings in which a state takes part."""
        return [iri for iri, sides in self.by_undertaking.items() if state in sides]

    @cached_property
    def by_undertaking(self) -> dict[str, dict[str, set[str]]]:
        """The states of every undertaking that has any, each with its roles."""
        found = ((iri, self.sides(iri)) for iri in sorted(self._telling.record.undertakings))
        return {iri: sides for iri, sides in found if sides}

    def among(self) -> list[Flow]:
        """Flows between a Central Asian state and another state, the greatest first."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri, sides in self.by_undertaking.items():
            for one, other in _pairs(sides):
                if _face(sides[one], sides[other]):
                    found[one, other].append(iri)
        flows = [Flow(pair, tuple(undertakings)) for pair, undertakings in found.items()]
        return sorted(flows, key=lambda flow: (-flow.total, flow.ends))


def _face(one: set[str], other: set[str]) -> bool:
    """Whether the roles are not all one side: two buyers of one package deal with its seller."""
    roles = (one | other) - {C5 + "hasParty"}
    return len(roles) != 1 or roles <= _MUTUAL


def _pairs(states: Iterable[str]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(sorted(states), 2):
        if one in C5_STATES:
            yield (one, other)
        elif other in C5_STATES:
            yield (other, one)
