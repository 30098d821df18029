"""Which state an actor, a place or a work belongs to, as far as firm facts tell."""

from __future__ import annotations

from typing import Final

from c5graph.graph.release import View
from c5graph.lookup import Which
from c5graph.namespaces import C5, ID
from c5graph.store.rdf import NamedNode

C5_STATES: Final = tuple(
    ID + name for name in ("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan")
)
POWERS: Final = tuple(ID + name for name in ("united-states", "russia", "china"))
_LEADS = ("governs", "basedIn", "locatedIn", "capitalOf", "partOf", "affiliatedWith", "memberOf")
_WAYS: Final = Which(direction="out", predicates=tuple(C5 + name for name in _LEADS[:5]))
_STEPS: Final = 4


class Homes:
    """Looks states up in one view; what was found is kept."""

    def __init__(self, view: View) -> None:
        self._view = view
        teller = view.neighbours.teller
        self._states = frozenset(
            iri
            for kind in teller.kinds_below([C5 + "State"])
            for iri in teller.index.of_class(kind)
        )
        self._known: dict[str, str | None] = {}

    @property
    def states(self) -> frozenset[str]:
        """Every state."""
        return self._states

    def of(self, iri: str) -> str | None:
        """The state, which may be the thing itself; None where nothing leads to one."""
        if iri not in self._known:
            self._known[iri] = self._find(iri)
        return self._known[iri]

    def _find(self, iri: str) -> str | None:
        level, seen = [iri], {iri}
        for _ in range(_STEPS):
            for each in level:
                if each in self._states:
                    return each
            level = [other for each in level for other in self._next(each) if other not in seen]
            seen.update(level)
        return None

    def _next(self, iri: str) -> list[str]:
        edges = self._view.neighbours.edges(iri, _WAYS)
        return [fact.object.value for _, _, fact in edges if isinstance(fact.object, NamedNode)]
