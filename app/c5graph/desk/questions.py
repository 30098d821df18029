"""What can be asked of ledger and desk, by name: the same for routes, commands and citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from c5graph.desk.bureau import Office
from c5graph.desk.changes import KINDS, ChangesAsk
from c5graph.desk.changes_page import ChangesPage, changes_page
from c5graph.desk.disputes import FOUND_BY, STRENGTHS, DisputeAsk
from c5graph.desk.disputes_page import DisputesPage, disputes_page
from c5graph.desk.given import concepts, one_of, things, topics
from c5graph.desk.ledger import GROUPS, SORTS, LedgerAsk
from c5graph.desk.ledger_page import LedgerPage, ledger_page
from c5graph.desk.perspectives import PerspectivesAsk
from c5graph.desk.perspectives_page import PerspectivesPage, perspectives_page
from c5graph.desk.telling import Telling
from c5graph.errors import BadParameter
from c5graph.lenses import day, listed
from c5graph.lookup import term_iri
from c5graph.namespaces import expand
from c5graph.protocol import Parameters, single

Table = tuple[Sequence[str], Iterable[Iterable[object]]]


class Answered(Protocol):
    """An answer: as plain values, as a table, and where its next page starts."""

    @property
    def next_cursor(self) -> str | None:
        """Cursor of the next page."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""

    def table(self) -> Table:
        """Columns and rows for CSV."""


@dataclass(frozen=True)
class Question:
    """One thing that can be asked; `parameters` says what each means besides lens and paging.

    Forms offer the concepts of a scheme, or the words that there are, for some of them.
    """

    name: str
    summary: str
    parameters: Mapping[str, str]
    answer: Callable[[Office, Parameters, int, str], Answered]
    needed: tuple[str, ...] = ()
    schemes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its address."""
        return f"/api/{self.name}"


_NAMES: Final = "slugs, CURIEs, IRIs or labels, commas between"
_CONCEPTS: Final = {
    "power": "side",
    "sector": "sector",
    "status": "status",
    "class": "status",
    "kind": "agreement-kind",
}


def _ledger(office: Office, given: Parameters, limit: int, lang: str) -> LedgerPage:
    ledger = office.ledger
    ask = LedgerAsk(
        filters={name: some for name, some in _filters(ledger.telling, given) if some},
        by=one_of(given, "by", GROUPS),
        sort=one_of(given, "sort", SORTS) or "since",
        limit=limit,
        cursor=single(given, "cursor"),
        lang=lang,
    )
    return ledger_page(ledger, ask, office.disputes)


def _filters(telling: Telling, given: Parameters) -> Iterable[tuple[str, frozenset[str]]]:
    for name in ("state", "partner", "party"):
        yield name, things(telling, given, name)
    for name, scheme in _CONCEPTS.items():
        yield name, concepts(telling, given, name, scheme)
    yield "currency", frozenset(given.get("currency", ()))


def _disputes(office: Office, given: Parameters, limit: int, lang: str) -> DisputesPage:
    desk = office.disputes
    desk.telling.teller.insist_on_terms(map(term_iri, listed(given, "term")))
    ask = DisputeAsk(
        about=things(desk.telling, given, "about"),
        terms=frozenset(map(term_iri, listed(given, "term"))),
        kinds=concepts(desk.telling, given, "kind", "comparison"),
        claims=frozenset(expand(each) or each for each in listed(given, "claim")),
        strength=one_of(given, "strength", STRENGTHS),
        found_by=one_of(given, "foundBy", FOUND_BY),
        name=single(given, "id"),
        limit=limit,
        cursor=single(given, "cursor"),
        lang=lang,
    )
    return disputes_page(desk, ask)


def _changes(office: Office, given: Parameters, limit: int, lang: str) -> ChangesPage:
    since = day(given, "from")
    if since is None:
        raise BadParameter("The parameter 'from' is missing.", remedy="Give ?from=2025-11-06")
    one_of_each = frozenset(listed(given, "change"))
    for each in sorted(one_of_each - set(KINDS)):
        raise BadParameter(f"change is {each[:40]!r}.", remedy=f"Use {', '.join(KINDS)}.")
    ask = ChangesAsk(
        since=since,
        until=day(given, "to"),
        about=things(office.told, given, "about"),
        kinds=one_of_each,
        limit=limit,
        cursor=single(given, "cursor"),
        lang=lang,
    )
    return changes_page(office, ask)


def _perspectives(office: Office, given: Parameters, limit: int, lang: str) -> PerspectivesPage:
    of = topics(office.told, given, "of")
    if len(of) != 1:
        raise BadParameter(
            "The parameter 'of' has to name one thing.", remedy="Give ?of=somon-air-boeing-2025"
        )
    ask = PerspectivesAsk(
        of=next(iter(of)),
        voices=things(office.told, given, "voice"),
        says=concepts(office.told, given, "says", "interest"),
        silent=concepts(office.told, given, "silent", "interest"),
        limit=limit,
        cursor=single(given, "cursor"),
        lang=lang,
    )
    return perspectives_page(office, ask)


LEDGER: Final = Question(
    "ledger",
    "The agreements with parties, money, status and life, and sums with a low and a high end",
    {
        "state": "Central Asian states that take part, or if none does, that a deal concerns: "
        f"{_NAMES}.",
        "partner": f"Parties of other sides: {_NAMES}.",
        "party": f"Any parties: {_NAMES}.",
        "power": "Sides: united-states, china, russia, european-union or other.",
        "sector": "Sectors, such as aviation.",
        "status": "Present stages, such as signed.",
        "class": "Classes of present stages: intended, binding or stalled.",
        "kind": "Kinds of agreement, such as purchase.",
        "currency": "A currency in which an amount is told, such as USD.",
        "by": "Sums by group as well: "
        + ", ".join(GROUPS)
        + "; deals of which no party, subject or place in Central Asia is told stand apart.",
        "sort": "Order: "
        + ", ".join(SORTS)
        + "; since, with the latest change first, if not said. By amount, packages follow single "
        "deals, and deals of which nothing of Central Asia is told come last.",
    },
    _ledger,
    schemes=_CONCEPTS,
    words={"by": tuple(GROUPS), "sort": tuple(SORTS)},
)
DISPUTES: Final = Question(
    "disputes",
    "What claims disagree on: positions side by side with origins, interests and findings",
    {
        "about": f"Only disputes about these: {_NAMES}.",
        "term": "Only on these properties, such as hasValue.",
        "kind": "Only of these kinds: amount, date, stage, party, choice, place, holder, denial, "
        "reading, declared.",
        "strength": "conflict (both cannot hold) or weaker; both if not said.",
        "foundBy": "rule (computed), source (claims that dispute others) or curator (a finding).",
        "claim": "Only disputes that these claims take part in.",
        "id": "The dispute of this name.",
    },
    _disputes,
    schemes={"kind": "comparison"},
    words={"strength": tuple(STRENGTHS), "foundBy": tuple(FOUND_BY)},
)
CHANGES: Final = Question(
    "changes",
    "What was learned between two days: stages, disputes and facts that reports since changed",
    {
        "from": "Reported up to a day such as 2025-11-06: what was out by then is known.",
        "to": "Reported up to a later day: what came out by then is new; everything if not said.",
        "about": f"Only changes about these: {_NAMES}.",
        "change": "Only these kinds: " + ", ".join(KINDS) + ".",
    },
    _changes,
    needed=("from",),
    words={"change": tuple(KINDS)},
)
PERSPECTIVES: Final = Question(
    "perspectives",
    "Who says what about a thing: voices, and classes of interest with what they are silent on",
    {
        "of": "An entity, agreement or topic: a slug, CURIE, IRI or label, or a sector such as "
        "mining.",
        "voice": f"Only what these say, quoted or themselves: {_NAMES}.",
        "says": "Only aspects on which these classes of interest speak.",
        "silent": "Only aspects on which these classes of interest are silent.",
    },
    _perspectives,
    needed=("of",),
    schemes={"says": "interest", "silent": "interest"},
)
QUESTIONS: Final = {each.path: each for each in (LEDGER, DISPUTES, CHANGES, PERSPECTIVES)}
"""Every question by its address."""
