"""What can be asked of ledger and desk, by name: the same for routes, commands and citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from c5graph.desk.bureau import Office
from c5graph.desk.disputes import FOUND_BY, STRENGTHS, DisputeAsk
from c5graph.desk.disputes_page import DisputesPage, disputes_page
from c5graph.desk.given import concepts, one_of, things
from c5graph.desk.ledger import GROUPS, SORTS, LedgerAsk
from c5graph.desk.ledger_page import LedgerPage, ledger_page
from c5graph.desk.telling import Telling
from c5graph.lenses import listed
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
    """One thing that can be asked; `parameters` says what each means besides lens and paging."""

    name: str
    summary: str
    parameters: Mapping[str, str]
    answer: Callable[[Office, Parameters, int, str], Answered]

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


LEDGER: Final = Question(
    "ledger",
    "The agreements with parties, money, status and life, and sums with a low and a high end",
    {
        "state": f"Central Asian states that take part: {_NAMES}.",
        "partner": f"Parties of other sides: {_NAMES}.",
        "party": f"Any parties: {_NAMES}.",
        "power": "Sides: united-states, china, russia, european-union or other.",
        "sector": "Sectors, such as aviation.",
        "status": "Present stages, such as signed.",
        "class": "Classes of present stages: intended, binding or stalled.",
        "kind": "Kinds of agreement, such as purchase.",
        "currency": "A currency in which an amount is told, such as USD.",
        "by": "Sums by group as well: " + ", ".join(GROUPS) + ".",
        "sort": "Order: "
        + ", ".join(SORTS)
        + "; since, with the latest change first, if not said.",
    },
    _ledger,
)
DISPUTES: Final = Question(
    "disputes",
    "What claims disagree on: positions side by side with origins, interests and findings",
    {
        "about": f"Only disputes about these: {_NAMES}.",
        "term": "Only on these properties, such as hasValue.",
        "kind": "Only of these kinds: amount, date, stage, party, choice, place, denial, reading, "
        "declared.",
        "strength": "conflict (both cannot hold) or weaker; both if not said.",
        "foundBy": "rule (computed), source (claims that dispute others) or curator (a finding).",
        "claim": "Only disputes that these claims take part in.",
        "id": "The dispute of this name.",
    },
    _disputes,
)
QUESTIONS: Final = {each.path: each for each in (LEDGER, DISPUTES)}
"""Every question by its address."""
