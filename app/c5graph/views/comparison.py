"""Two things, or one thing at two dates, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from c5graph.desk.bureau import Bureau, Office
from c5graph.desk.deals import Deal
from c5graph.desk.ledger import Ledger
from c5graph.desk.ledger_page import row_of
from c5graph.edges import Named
from c5graph.namespaces import C5
from c5graph.views.claims import Reader
from c5graph.views.difference import Difference, difference
from c5graph.views.ends import Ends
from c5graph.views.flows import C5_STATES, POWERS, Flows
from c5graph.views.rivals import CLASSES
from c5graph.views.thing import Group, Tally, Thing, Things

_LISTS = ("seeks", "hasDependency", "dependsOn", "fears", "facesRisk", "hasDepositsOf")
_ROWS, _CLAIMS = 8, 3


@dataclass(frozen=True)
class At:
    """The days of the two clocks of a column; None where that of the page's lens counts."""

    held: date | None
    reported: date | None


@dataclass(frozen=True)
class Column:
    """What is compared of one thing at one time; `deals` are its undertakings, lines of a ledger.

    The furthest come first among these, then the latest.
    """

    thing: Named
    at: At
    tally: Tally
    deals: tuple[Mapping[str, Any], ...]
    by_class: tuple[tuple[Named, int], ...]
    by_state: tuple[tuple[Named, int], ...]
    lists: Mapping[str, Group]
    whole: Thing


@dataclass(frozen=True)
class DealChange:
    """One undertaking at two dates: its line at each, and which of its parts differ."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    differs: tuple[str, ...]

    @property
    def agreement(self) -> Mapping[str, Any]:
        """The undertaking with its label."""
        line: Mapping[str, Any] = (self.after or self.before or {})["agreement"]
        return line


class Comparison:
    """Makes the columns of one release in one language."""

    def __init__(self, bureau: Bureau, reader: Reader, ends: Ends, lang: str) -> None:
        self._release, self._roles = bureau.release, bureau.rules.roles
        self._reader, self._ends, self._lang = reader, ends, lang

    def column(self, iri: str, office: Office, at: At, most: int = _ROWS) -> Column:
        """One thing in one view, with so many statements of a relation."""
        things = Things(office, self._reader, self._ends)
        thing = things.of(iri, most, _CLAIMS)
        flows = Flows(office.ledger.telling)
        own = self._undertakings(iri, flows)
        ledger = Ledger(office.ledger.telling, C5 + "Undertaking")
        deals = sorted((deal for deal in ledger.deals if deal.iri in own), key=_furthest)
        return Column(
            thing=self._reader.named(iri),
            at=at,
            tally=thing.tally,
            deals=tuple(row_of(ledger, deal, self._lang) for deal in deals),
            by_class=self._by_class(deals),
            by_state=self._by_state(iri, own, flows),
            lists={
                group.predicate.iri.removeprefix(C5): _short(group)
                for group in thing.about
                if group.predicate.iri and group.predicate.iri.removeprefix(C5) in _LISTS
            },
            whole=thing,
        )

    def list_names(self, columns: Iterable[Column]) -> list[tuple[str, str]]:
        """Lists that any of the columns has, with their headings."""
        there = {name for column in columns for name in column.lists}
        return [(name, self._reader.named(C5 + name).label) for name in _LISTS if name in there]

    def deal_changes(self, before: Column, after: Column) -> list[DealChange]:
        """The undertakings of one thing at two dates: what is new, gone or different first."""
        lines = [{row["agreement"]["iri"]: row for row in each.deals} for each in (before, after)]
        every = dict.fromkeys((*lines[1], *lines[0]))
        found = [_change(lines[0].get(iri), lines[1].get(iri)) for iri in every]
        return sorted(found, key=lambda each: not each.differs)

    def facts(self, before: Column, after: Column) -> Difference:
        """What else is said of one thing at two dates."""
        return difference(before.whole, after.whole, self._roles)

    def _undertakings(self, iri: str, flows: Flows) -> frozenset[str]:
        if iri in flows.all_states:
            return frozenset(flows.of_state(iri))
        own = (each for each in flows.by_undertaking if iri in flows.parties(each))
        return frozenset(own) | ({iri} & self._release.record.undertakings)

    def _by_class(self, deals: Sequence[Deal]) -> tuple[tuple[Named, int], ...]:
        counted = Counter(deal.present.status_class if deal.present else "" for deal in deals)
        named = [(self._reader.named(iri), counted[iri]) for iri in CLASSES]
        return (*named, (Named(None, ""), len(deals) - sum(count for _, count in named)))

    def _by_state(
        self, iri: str, own: Iterable[str], flows: Flows
    ) -> tuple[tuple[Named, int], ...]:
        counted = Counter(state for each in own for state in flows.by_undertaking.get(each, ()))
        shown = (*POWERS, *C5_STATES)
        return tuple((self._reader.named(each), counted[each]) for each in shown if each != iri)


def _short(group: Group) -> Group:
    return Group(group.predicate, group.incoming, group.statements[:_ROWS], group.total)


def _furthest(deal: Deal) -> tuple[int, int, str]:
    status = deal.present.status_class if deal.present else ""
    place = CLASSES.index(status) if status in CLASSES else len(CLASSES)
    return place, -deal.since.toordinal(), deal.iri


def _change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> DealChange:
    if before is None or after is None:
        return DealChange(before, after, ("gone" if after is None else "new",))
    told = (("status", _status), ("parties", _parties), ("worth", _values))
    parts = tuple(name for name, read in told if read(before) != read(after))
    return DealChange(before, after, parts)


def _status(row: Mapping[str, Any]) -> object:
    status = row["status"]
    return status and (status["status"]["iri"], status["since"])


def _parties(row: Mapping[str, Any]) -> object:
    return {each["party"]["iri"] for each in row["parties"]}


def _values(row: Mapping[str, Any]) -> object:
    return {each["label"] for each in row["values"]}
