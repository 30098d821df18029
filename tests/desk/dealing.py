"""Small worlds of deals, each with the sum that it makes."""

from __future__ import annotations

from typing import Any

from c5graph.desk.bureau import Office
from c5graph.desk.ledger import LedgerAsk
from c5graph.desk.ledger_page import ledger_page
from c5graph.desk.sums import Total
from tests.desk.made import Made, Said, money

DEALS = {"a": "Agreement", "b": "Agreement", "c": "Agreement", "pack": "AgreementPackage"}
REGION = "central-asia"

STATES = {"kz": "State", "cn": "State", "us": "State", "de": "State"}


def worth(deal: str, number: str, bound: str = "exact", report: str = "r1", **more: str) -> Said:
    return Said(deal, "hasValue", money(number, bound, **more), report)


def status(deal: str, stage: str, since: str | None = None, **more: Any) -> Said:
    return Said(deal, "hasStatus", f"voc:status-{stage}", since=since, **more)


def made(
    *claims: Said, kinds: dict[str, str] | None = None, here: bool = True, **more: Any
) -> Made:
    """Claims c0, c1 and so on; what has a value is about Central Asia, unless `here` says no."""
    named = {f"c{number}": claim for number, claim in enumerate(claims)}
    valued = {each.subject for each in claims if each.predicate == "hasValue"} if here else set()
    named |= {f"here-{deal}": Said(deal, "hasSubjectMatter", REGION) for deal in sorted(valued)}
    return Made(named, {**DEALS, **STATES, **(kinds or {})}, **more)


def totals(office: Office) -> dict[tuple[str, str | None], Total]:
    page = ledger_page(office.ledger, LedgerAsk())
    return {(each.currency, each.basis): each for each in page.totals}


def ends(office: Office) -> tuple[int, int, bool]:
    (total,) = totals(office).values()
    return ends_of(total)


def ends_of(total: Total) -> tuple[int, int, bool]:
    assert total.low == int(total.low)
    return int(total.low), int(total.high), total.open


SUMS = {
    "one exact amount": ([worth("a", "5")], (5, 5, False)),
    "two reports of one deal": ([worth("a", "5"), worth("a", "5", report="r2")], (5, 5, False)),
    "two positions": ([worth("a", "5"), worth("a", "7", report="r2")], (5, 7, False)),
    "two deals": ([worth("a", "5"), worth("b", "7")], (12, 12, False)),
    "up to adds nothing below": ([worth("a", "5", "up-to")], (0, 5, False)),
    "at least has no end above": ([worth("a", "5", "at-least")], (5, 5, True)),
    "a figure above closes it": (
        [worth("a", "5", "more-than"), worth("a", "7", report="r2")],
        (5, 7, False),
    ),
    "a range of one report": (
        [worth("a", "3", "at-least"), worth("a", "5", "up-to")],
        (3, 5, False),
    ),
    "no range of two reports": (
        [worth("a", "3", "at-least"), worth("a", "5", "up-to", "r2")],
        (0, 5, False),
    ),
    "about is taken as it stands": ([worth("a", "5", "about")], (5, 5, False)),
    "a package is not added": (
        [worth("a", "5"), worth("pack", "9"), Said("a", "partOf", "pack")],
        (5, 5, False),
    ),
    "a whole adds what its part leaves": (
        [worth("a", "5"), worth("b", "9"), Said("a", "partOf", "b")],
        (9, 9, False),
    ),
    "a whole that its parts exceed": (
        [worth("a", "5"), worth("b", "4"), Said("a", "partOf", "b")],
        (5, 5, False),
    ),
    "a whole of up to an amount with a firm part": (
        [worth("a", "5"), worth("b", "9", "up-to"), Said("a", "partOf", "b")],
        (5, 9, False),
    ),
    "a part told more vaguely than its whole": (
        [worth("a", "5", "up-to"), worth("b", "9"), Said("a", "partOf", "b")],
        (4, 9, False),
    ),
    "a whole of a whole": (
        [
            worth("a", "5"),
            worth("c", "9"),
            Said("a", "partOf", "b"),
            Said("b", "partOf", "c"),
        ],
        (9, 9, False),
    ),
    "three of which each is part of the next": (
        [
            worth("a", "2"),
            worth("b", "5"),
            worth("c", "9"),
            Said("a", "partOf", "b"),
            Said("b", "partOf", "c"),
        ],
        (9, 9, False),
    ),
    "a loan for a purchase": (
        [worth("a", "9"), worth("b", "5"), Said("b", "hasSubjectMatter", "a")],
        (9, 9, False),
    ),
    "a loan for a package whose parts tell no amount": (
        [worth("pack", "9"), worth("b", "5"), Said("b", "hasSubjectMatter", "pack")],
        (5, 5, False),
    ),
    "a loan for a purchase of which no amount is told": (
        [worth("b", "5"), Said("b", "hasSubjectMatter", "a")],
        (5, 5, False),
    ),
    "a conversion replaces what it converts": (
        [
            worth("a", "5"),
            status("a", "announced", "2025-01"),
            worth("b", "6"),
            status("b", "signed", "2025-06"),
            Said("b", "follows", "a"),
        ],
        (6, 6, False),
    ),
    "a mere plan to continue replaces nothing": (
        [
            worth("a", "5"),
            status("a", "signed", "2025-01"),
            worth("b", "6"),
            status("b", "proposed", "2025-06"),
            Said("b", "follows", "a"),
        ],
        (5, 5, False),
    ),
    "what is denied is not worth it": (
        [worth("a", "5"), Said("a", "hasValue", money("9"), negative=True)],
        (5, 5, False),
    ),
    "what is set aside does not count": (
        [worth("a", "5"), Said("a", "hasValue", money("9"), rank="deprecated")],
        (5, 5, False),
    ),
}


def rows(office: Office, **ask: Any) -> list[dict[str, Any]]:
    return list(ledger_page(office.ledger, LedgerAsk(**ask)).as_dict()["agreements"])
