"""Sets of things as a reader writes them: names, classes, and classes at a home.

kazakhstan, boeing              these things
Company                         everything of the class or of one below it
Company@united-states           those at home there
State@central-asian-states      those that belong to the group, or whose home does
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from c5graph.analytics.network import Networks
from c5graph.desk.homes import Homes
from c5graph.edges import USUAL, Teller
from c5graph.errors import BadParameter
from c5graph.graph.claims import Record
from c5graph.graph.index import TYPE
from c5graph.namespaces import C5
from c5graph.store.rdf import text_of

Members = Mapping[str, frozenset[str]]
"""The members of each group or organisation."""


def members_of(record: Record) -> Members:
    """Who belongs to which group: like homes, from the whole data version whatever the lens."""
    found: dict[str, set[str]] = defaultdict(set)
    for iri in record.eligible:
        claim = record.claims[iri]
        if claim.predicate == C5 + "memberOf" and claim.modality in USUAL:
            found[text_of(claim.object)].add(claim.subject)
    return {group: frozenset(members) for group, members in found.items()}


class Selection:
    """The things of one view by name, class and home."""

    def __init__(self, networks: Networks, homes: Homes, members: Members) -> None:
        self._networks, self._homes, self._members = networks, homes, members
        self._teller: Teller = networks.facts.teller

    def groups(self, nodes: Iterable[str]) -> dict[str, str]:
        """The home of each node that has but one."""
        homes = ((node, self._homes.states(node)) for node in nodes)
        return {node: min(found) for node, found in homes if len(found) == 1}

    def chosen(self, names: Iterable[str]) -> list[str]:
        """IRIs of the things that the names choose. Raises UnknownEntity or BadParameter."""
        found: dict[str, None] = {}
        for name in names:
            found |= dict.fromkeys(self._one(name))
        return list(found)

    def alike(self, chosen: list[str], nodes: Iterable[str]) -> list[str]:
        """Of one thing alone, the nodes that share a class with it; of several, nothing."""
        if len(chosen) != 1:
            return []
        index = self._teller.index
        kinds = set(index.values(chosen[0], TYPE))
        return [each for each in nodes if not kinds.isdisjoint(index.values(each, TYPE))]

    def _one(self, name: str) -> list[str]:
        kind, at, home = name.partition("@")
        if at:
            return self._at(kind, home)
        if self._is_class(kind):
            return sorted(self._things(C5 + kind))
        return [self._networks.view.neighbours.resolve(name)]

    def _at(self, kind: str, home: str) -> list[str]:
        if not self._is_class(kind):
            raise BadParameter(
                f"{kind[:80]!r} is no class.", remedy="Write Company@united-states, say."
            )
        place = self._networks.view.neighbours.resolve(home)
        inside = self._members.get(place, frozenset()) | {place}
        return sorted(
            thing
            for thing in self._things(C5 + kind)
            if thing in inside or not inside.isdisjoint(self._homes.states(thing))
        )

    def _is_class(self, name: str) -> bool:
        return name[:1].isupper() and C5 + name in self._teller.index

    def _things(self, kind: str) -> set[str]:
        index = self._teller.index
        found = (index.of_class(each) for each in self._teller.kinds_below([kind]))
        return {iri for iris in found for iri in iris if not self._teller.hides(iri)}
