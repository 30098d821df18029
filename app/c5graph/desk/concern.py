"""Which agreements concern Central Asia: by a party, by what they are about, by where they stand.

Like homes, this is read from the whole data version, whatever the lens and however a claim is
worded: it only says which deals a sum over Central Asia is made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from c5graph.desk.homes import HOME_SIDE, Homes
from c5graph.desk.rules import Rules
from c5graph.graph.claims import Claim, Record, members
from c5graph.graph.index import Index
from c5graph.namespaces import C5
from c5graph.store.rdf import text_of

_MATTER = C5 + "hasSubjectMatter"
_PART = C5 + "partOf"
_MEMBER = frozenset({C5 + "chairs", C5 + "memberOf"})
_PLACE = frozenset({C5 + "connects", C5 + "locatedIn", C5 + "signedAt"})

Edges = Mapping[str, set[str]]


class Concern:
    """What of Central Asia an agreement concerns."""

    def __init__(self, index: Index, record: Record, homes: Homes, rules: Rules) -> None:
        self._homes, self._states = homes, members(index, C5 + "State")
        self._matter = rules.roles | {_MATTER}
        self._inside: dict[str, set[str]] = defaultdict(set)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        self._places: dict[str, set[str]] = defaultdict(set)
        for iri in record.eligible:
            self._take(record.claims[iri])
        for holding, thing in index.pairs(C5 + "holdingIn"):
            self._inside[text_of(thing)] |= set(index.values(holding, C5 + "hasHolder"))

    def _take(self, claim: Claim) -> None:
        subject, thing = claim.subject, text_of(claim.object)
        if claim.predicate in self._matter:
            self._inside[subject].add(thing)
        elif claim.predicate == _PART:
            self._inside[thing].add(subject)
            self._wholes[subject].add(thing)
        elif claim.predicate in _MEMBER:
            self._inside[thing].add(subject)
        elif claim.predicate in _PLACE and subject not in self._states:
            self._places[subject].add(thing)

    def states(self, deal: str) -> tuple[str, ...]:
        """The Central Asian states, all of them together or their region; none if none is told.

        Looked at are the parties, who holds or belongs to a party, what the deal is about, and the
        parts of it; and of these and of the wholes of the deal where they lie, lead or were signed.
        """
        # A whole gives its place and not its other parts, which are no matter of this deal.
        within = _reached({deal}, self._inside) | _reached({deal}, self._wholes)
        homes = frozenset().union(*map(self._homes.states, _reached(within, self._places)))
        return tuple(sorted(each for each in homes if HOME_SIDE in self._homes.sides(each)))


def _reached(start: Iterable[str], edges: Edges) -> set[str]:
    found = set(start)
    edge = found
    while edge:
        edge = {other for each in edge for other in edges.get(each, ())} - found
        found |= edge
    return found
