"""Events and changes of status in time, by both clocks: when it held and when it was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from c5graph.edges import Named
from c5graph.graph.claims import Claim
from c5graph.graph.release import Release, View
from c5graph.graph.times import Bounds, bounds, is_time
from c5graph.lookup import Which
from c5graph.namespaces import C5
from c5graph.reported import only_reported
from c5graph.speech import gettext, n_
from c5graph.store.rdf import text_of
from c5graph.views.claims import ClaimNote, Reader

Kind = Literal["event", "status"]
Clock = Literal["held", "published"]
KINDS: Final = {"event": n_("events"), "status": n_("changes of status")}
_DATES: Final = {C5 + "heldOn": n_("took place"), C5 + "endedOn": n_("ended")}


@dataclass(frozen=True)
class Moment:
    """What came about to which thing, when, and who says so; `day` is where it is drawn."""

    kind: Kind
    thing: Named
    what: str
    told: str
    only_reported: bool
    day: date
    published: date | None
    published_is_sure: bool
    hedged: bool
    claims: tuple[ClaimNote, ...]

    def on(self, clock: Clock) -> date | None:
        """The day by one of the clocks."""
        return self.day if clock == "held" else self.published


class Timeline:
    """Makes the moments of one view; `counts` says which claims count."""

    def __init__(
        self, release: Release, view: View, reader: Reader, counts: Callable[[str], bool]
    ) -> None:
        self._release, self._view, self._reader, self._counts = release, view, reader, counts

    def moments(
        self, *, about: str | None = None, kinds: Iterable[str] = (), clock: Clock = "held"
    ) -> list[Moment]:
        """Dated events and statuses in order; of a thing, of what it takes part in."""
        wanted = None if about is None else self._around(about)
        kinds = frozenset(kinds) or frozenset(KINDS)
        found = [
            self._moment(key, claims)
            for key, claims in self._grouped(wanted).items()
            if _kind(claims[0]) in kinds
        ]
        dated = [moment for moment in found if moment.on(clock) is not None]
        return sorted(dated, key=lambda each: (each.on(clock), each.thing.label, each.what))

    def _grouped(self, wanted: frozenset[str] | None) -> dict[tuple[str, str, str], list[Claim]]:
        found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in self._dated():
            if wanted is None or claim.subject in wanted:
                found[claim.subject, text_of(claim.object), _when(self._release, claim)].append(
                    claim
                )
        return found

    def _dated(self) -> Iterator[Claim]:
        for claim in self._release.record.claims.values():
            usual = claim.is_status or claim.predicate in _DATES
            if usual and self._counts(claim.iri) and not claim.negative:
                span = _span(claim)
                if span is not None and (span.not_before or span.not_after):
                    yield claim

    def _moment(self, key: tuple[str, str, str], claims: list[Claim]) -> Moment:
        subject, _, told = key
        span = _span(claims[0])
        assert span is not None
        notes = self._reader.claims(claim.iri for claim in claims)
        published, sure = min(self._published(claims), default=(None, True))
        return Moment(
            kind=_kind(claims[0]),
            thing=self._reader.named(subject),
            what=self._what(claims[0]),
            told=told,
            only_reported=only_reported(self._release.index, claims),
            day=_middle(span),
            published=published,
            published_is_sure=sure,
            hedged=all(note.hedged for note in notes),
            claims=notes,
        )

    def _what(self, claim: Claim) -> str:
        if claim.is_status:
            return self._reader.term(claim.object).label
        return gettext(_DATES[claim.predicate])

    def _published(self, claims: list[Claim]) -> Iterator[tuple[date, bool]]:
        """Last days on which reports can have come out, and whether the day is known."""
        reports = self._release.record.reports
        for claim in claims:
            for iri in claim.reports:
                span = reports[iri].published if iri in reports else None
                if span and span.not_after and iri in self._view.selection.reports:
                    yield span.not_after, span.not_before == span.not_after

    def _around(self, thing: str) -> frozenset[str]:
        """The thing and what its firm and planned edges lead to."""
        found = {thing}
        for _, _, fact in self._view.neighbours.edges(thing, Which()):
            found |= {fact.subject.value, text_of(fact.object)}
        return frozenset(found)


def _kind(claim: Claim) -> Kind:
    return "status" if claim.is_status else "event"


def _span(claim: Claim) -> Bounds | None:
    if claim.time is not None:
        return claim.time
    return bounds(claim.object) if is_time(claim.object) else None


def _when(release: Release, claim: Claim) -> str:
    """The time as it is told, with the precision known."""
    if is_time(claim.object):
        return text_of(claim.object)
    return release.index.value(claim.iri, C5 + "validFrom") or ""


def _middle(span: Bounds) -> date:
    first, last = span.not_before, span.not_after
    if first and last:
        return first + (last - first) / 2
    found = first or last
    assert found is not None
    return found
