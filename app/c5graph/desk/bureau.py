"""Ledger and desk of one release under any of its views, each made when first asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from threading import Lock

from c5graph.desk.census import Census
from c5graph.desk.disputes import Disputes
from c5graph.desk.ground import Ground
from c5graph.desk.homes import Homes
from c5graph.desk.ledger import Ledger
from c5graph.desk.perspectives import Perspectives
from c5graph.desk.rules import Rules
from c5graph.desk.telling import Telling, corroborated, tell
from c5graph.graph.claims import Claim
from c5graph.graph.lens import DEFAULT, EVERY_MODALITY, Lens
from c5graph.graph.release import Release, View


class Office:
    """What is worked out from one view."""

    def __init__(self, bureau: Bureau, view: View) -> None:
        self._bureau, self.view = bureau, view
        self.release = bureau.release

    def under(self, lens: Lens) -> Office:
        """The office of another lens."""
        return self._bureau.under(lens)

    @cached_property
    def told(self) -> Telling:
        """Claims of every wording, unless the lens asks for some."""
        usual = self.view.lens.modality == DEFAULT.modality
        wording = EVERY_MODALITY if usual else None
        return tell(self._bureau.ground, self.view, wording)

    @cached_property
    def counting(self) -> Telling:
        """Those of them that enough independent origins make."""
        return corroborated(self.told)

    @cached_property
    def census(self) -> Census:
        """What there is: claims, reports and things that count."""
        whole = self._bureau.office(self.release.view)
        return Census(self.counting, None if whole is self else whole.census)

    def claims_about(self, iri: str) -> tuple[Claim, ...]:
        """The claims that count about a thing, as its perspectives have them."""
        return Perspectives(self.counting, iri).claims

    def left_out_about(self, iri: str) -> int:
        """How many more there are where nothing is left out."""
        whole = self._bureau.office(self.release.view)
        return 0 if whole is self else len(whole.claims_about(iri)) - len(self.claims_about(iri))

    @cached_property
    def ledger(self) -> Ledger:
        """The agreements."""
        return Ledger(corroborated(tell(self._bureau.ground, self.view)))

    @cached_property
    def disputes(self) -> Disputes:
        """The disputes."""
        return Disputes(self.told)


class Bureau:
    """Offices of the lenses used last; the least recently used goes. Threads may share it."""

    def __init__(self, release: Release, size: int) -> None:
        self.release, self._size = release, size
        self._kept: OrderedDict[Lens, Office] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def ground(self) -> Ground:
        """What no lens changes."""
        return Ground(self.release.index, self.release.record)

    @property
    def rules(self) -> Rules:
        """What the ontology declares."""
        return self.ground.rules

    @property
    def homes(self) -> Homes:
        """Where actors are at home."""
        return self.ground.homes

    def office(self, view: View) -> Office:
        """The office of a view, made now if it is not kept."""
        return self._kept_or(view.lens, lambda: view)

    def under(self, lens: Lens) -> Office:
        """The office of a lens, made now if it is not kept."""
        return self._kept_or(lens, lambda: self.release.view_under(lens))

    def _kept_or(self, lens: Lens, view: Callable[[], View]) -> Office:
        with self._lock:
            found = self._kept.pop(lens, None) or Office(self, view())
            self._kept[lens] = found
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return found
