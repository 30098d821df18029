"""Ledger and desk of one release under any of its views, each made when first asked for."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from threading import Lock

from c5graph.desk.disputes import Disputes
from c5graph.desk.homes import Homes
from c5graph.desk.ledger import Ledger
from c5graph.desk.rules import Rules, read_rules
from c5graph.desk.telling import tell
from c5graph.graph.lens import DEFAULT, EVERY_MODALITY, Lens
from c5graph.graph.release import Release, View


class Office:
    """What is worked out from one view."""

    def __init__(self, release: Release, view: View, rules: Rules, homes: Homes) -> None:
        self._release, self.view, self._rules, self._homes = release, view, rules, homes

    @cached_property
    def ledger(self) -> Ledger:
        """The agreements."""
        return Ledger(tell(self._release, self.view, self._rules), self._homes)

    @cached_property
    def disputes(self) -> Disputes:
        """The disputes: of claims of every wording, unless the lens asks for some."""
        usual = self.view.lens.modality == DEFAULT.modality
        wording = EVERY_MODALITY if usual else None
        return Disputes(tell(self._release, self.view, self._rules, wording), self._homes)


class Bureau:
    """Offices of the lenses used last; the least recently used goes. Threads may share it."""

    def __init__(self, release: Release, size: int) -> None:
        self._release, self._size = release, size
        self._kept: OrderedDict[Lens, Office] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def rules(self) -> Rules:
        """What the ontology of the release declares."""
        return read_rules(self._release.index)

    @cached_property
    def _homes(self) -> Homes:
        return Homes(self._release.index, self._release.record, self.rules)

    def office(self, view: View) -> Office:
        """The office of a view, made now if it is not kept."""
        with self._lock:
            found = self._kept.pop(view.lens, None)
            found = found or Office(self._release, view, self.rules, self._homes)
            self._kept[view.lens] = found
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return found
