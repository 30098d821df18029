"""What was learned between two days: the difference that the reports published since make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from c5graph.desk.bureau import Office
from c5graph.desk.comparing import Dispute
from c5graph.desk.disputes import DisputeAsk
from c5graph.desk.disputes_page import DisputesPage
from c5graph.desk.lives import Stage, life, present
from c5graph.edges import Teller
from c5graph.errors import BadParameter
from c5graph.graph.derive import Fact
from c5graph.namespaces import C5
from c5graph.store.rdf import NamedNode, text_of

KINDS: Final = ("status", "dispute", "gained", "lost", "report", "claim")


@dataclass(frozen=True)
class ChangesAsk:
    """From when to when (None: everything known), about which things, which kinds of change."""

    since: date
    until: date | None = None
    about: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    limit: int = 50
    cursor: str | None = None
    lang: str = "en"


@dataclass(frozen=True)
class Change:
    """One thing that was learned; `about` are the things that it is about."""

    kind: str
    name: str
    about: frozenset[str]
    told: Callable[[str], dict[str, Any]] = field(repr=False, compare=False)


class Changes:
    """The differences between a view and the same view at an earlier day."""

    def __init__(self, before: Office, after: Office) -> None:
        self.before, self.after = before, after

    @cached_property
    def all(self) -> tuple[Change, ...]:
        """Every change: of undertakings, disputes and facts first, then what was read."""
        return tuple(
            change
            for some in (
                self._statuses(),
                self._disputes(),
                self._facts("gained", self.after, self.before),
                self._facts("lost", self.before, self.after),
                self._reports(),
                self._claims(),
            )
            for change in some
        )

    def _statuses(self) -> Iterator[Change]:
        telling, earlier = self.after.told, self.before.told
        subjects = {c.subject for c in telling.seen.values() if c.predicate == C5 + "hasStatus"}
        for subject in sorted(subjects):
            now, then = present(life(telling, subject)), present(life(earlier, subject))
            if now is not None and (then is None or then.status != now.status):
                yield self._status(subject, then, now)

    def _status(self, subject: str, then: Stage | None, now: Stage) -> Change:
        def told(lang: str) -> dict[str, Any]:
            return {
                "subject": self.after.told.teller.named(subject, lang).as_dict(),
                "before": then.as_dict(self.before.told, lang) if then else None,
                "after": now.as_dict(self.after.told, lang),
            }

        return Change("status", subject, frozenset({subject}), told)

    def _disputes(self) -> Iterator[Change]:
        earlier = {each.name: each for each in self.before.disputes.all}
        for dispute in self.after.disputes.all:
            then = earlier.get(dispute.name)
            if then is None or len(then.positions) < len(dispute.positions):
                yield self._dispute(dispute, then)

    def _dispute(self, dispute: Dispute, then: Dispute | None) -> Change:
        desk = self.after.disputes

        def told(lang: str) -> dict[str, Any]:
            page = DisputesPage(desk, DisputeAsk(lang=lang), 1, 0, (dispute,), None)
            positions = len(then.positions) if then else 0
            return {**page.row(dispute), "new": then is None, "positions_before": positions}

        about = {claim.subject for claim in dispute.claims}
        about |= {text_of(claim.object) for claim in dispute.claims}
        return Change("dispute", dispute.name, frozenset(about), told)

    def _facts(self, kind: str, here: Office, there: Office) -> Iterator[Change]:
        known = {fact.iri for fact in _held(there)}
        for fact in _held(here):
            if fact.iri not in known:
                yield _fact(kind, fact, here)

    def _reports(self) -> Iterator[Change]:
        fresh = self.after.view.selection.reports - self.before.view.selection.reports
        teller = self.after.told.teller
        for iri in sorted(fresh):
            yield Change("report", iri, frozenset({iri}), _named(teller, iri))

    def _claims(self) -> Iterator[Change]:
        told, teller = self.after.told, self.after.told.teller
        fresh = told.seen.keys() - self.before.view.selection.shown
        for iri in sorted(fresh):
            claim = told.seen[iri]
            about = frozenset({claim.subject, text_of(claim.object)})
            yield Change("claim", iri, about, _noted(teller, iri))


def _named(teller: Teller, iri: str) -> Callable[[str], dict[str, Any]]:
    return lambda lang: teller.named(iri, lang).as_dict()


def _noted(teller: Teller, iri: str) -> Callable[[str], dict[str, Any]]:
    return lambda lang: dict(teller.note(iri, lang).plain)


def _held(office: Office) -> list[Fact]:
    return office.release.basis.held(office.view.lens)


def _fact(kind: str, fact: Fact, office: Office) -> Change:
    about = {fact.subject.value}
    if isinstance(fact.object, NamedNode):
        about.add(fact.object.value)

    def told(lang: str) -> dict[str, Any]:
        edge = office.view.teller.edge(fact, outgoing=True, distance=0, lang=lang)
        return {
            "fact": edge.fact,
            "subject": edge.at.as_dict(),
            "predicate": edge.predicate.as_dict(),
            "object": edge.other.as_dict(),
            "firmness": edge.firmness,
            "claims": [each.plain for each in edge.claims],
        }

    return Change(kind, fact.iri, frozenset(about), told)


def between(office: Office, ask: ChangesAsk) -> Changes:
    """The two views to compare. Raises BadParameter for days in the wrong order or a known day."""
    lens = office.view.lens
    if lens.known_at is not None:
        raise BadParameter(
            "knownAt is said by from and to here.", remedy="Leave out knownAt; give from and to."
        )
    if ask.until is not None and ask.until < ask.since:
        raise BadParameter(
            f"from {ask.since} is after to {ask.until}.", remedy="Give the earlier day as from."
        )
    later = lens if ask.until is None else replace(lens, known_at=ask.until)
    earlier = replace(lens, known_at=ask.since)
    return Changes(office.under(earlier), office.under(later))
