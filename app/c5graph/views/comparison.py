"""Two things, or one thing at two dates, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from c5graph.desk.homes import Homes
from c5graph.edges import Named
from c5graph.graph.release import Release, View
from c5graph.namespaces import C5, SKOS, VOC
from c5graph.store.rdf import text_of
from c5graph.views.claims import Reader
from c5graph.views.ends import Ends
from c5graph.views.flows import C5_STATES, POWERS, Flows
from c5graph.views.thing import Group, Tally, Things

_LISTS = ("seeks", "hasDependency", "dependsOn", "fears", "facesRisk", "hasDepositsOf")
_ROWS = 8


@dataclass(frozen=True)
class Column:
    """What is compared of one thing at one time."""

    thing: Named
    when: str
    tally: Tally
    undertakings: tuple[Named, ...]
    by_class: tuple[tuple[Named, int], ...]
    by_state: tuple[tuple[Named, int], ...]
    lists: dict[str, Group]


class Comparison:
    """Makes the columns of one release in one language."""

    def __init__(self, release: Release, reader: Reader, ends: Ends, homes: Homes) -> None:
        self._release, self._reader, self._ends, self._homes = release, reader, ends, homes

    def column(self, iri: str, view: View, when: str) -> Column:
        """One thing under one view."""
        thing = Things(self._release, self._reader, view, self._ends).of(iri, _ROWS)
        flows = Flows(self._release, view, self._homes)
        own = self._undertakings(iri, flows)
        return Column(
            thing=self._reader.named(iri),
            when=when,
            tally=thing.tally,
            undertakings=self._reader.all_named(own),
            by_class=self._by_class(own, view),
            by_state=self._by_state(iri, own, flows),
            lists={
                group.predicate.iri.removeprefix(C5): group
                for group in thing.about
                if group.predicate.iri and group.predicate.iri.removeprefix(C5) in _LISTS
            },
        )

    def list_names(self, columns: Iterable[Column]) -> list[tuple[str, str]]:
        """Lists that any of the columns has, with their headings."""
        there = {name for column in columns for name in column.lists}
        return [(name, self._reader.named(C5 + name).label) for name in _LISTS if name in there]

    def _undertakings(self, iri: str, flows: Flows) -> list[str]:
        if iri in flows.all_states:
            return flows.of_state(iri)
        return [each for each in flows.by_undertaking if iri in flows.parties(each)]

    def _by_class(self, own: list[str], view: View) -> tuple[tuple[Named, int], ...]:
        index = self._release.index
        counted: Counter[str] = Counter()
        for iri in own:
            for claim in self._ends.claims.get(iri, ()):
                if claim.iri in view.selection.present and claim.subject == iri:
                    wider = index.values(text_of(claim.object), SKOS + "broader")
                    counted.update(wider[:1])
                    break
            else:
                counted[""] += 1
        order = [VOC + f"status-class-{name}" for name in ("intended", "binding", "stalled")]
        named = [(self._reader.named(iri), counted[iri]) for iri in order if iri in index]
        return (*named, (Named(None, ""), counted[""]))

    def _by_state(self, iri: str, own: list[str], flows: Flows) -> tuple[tuple[Named, int], ...]:
        counted = Counter(state for each in own for state in flows.by_undertaking[each])
        shown = (*POWERS, *C5_STATES)
        return tuple((self._reader.named(each), counted[each]) for each in shown if each != iri)
