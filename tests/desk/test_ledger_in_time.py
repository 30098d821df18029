"""The ledger in time: the life of an agreement, both clocks, and stages that are only planned."""

from __future__ import annotations

from datetime import date

from c5graph.desk.ledger import LedgerAsk
from c5graph.desk.ledger_page import ledger_page
from c5graph.graph.claims import Firmness
from c5graph.graph.lens import Lens
from tests.desk.dealing import (
    REGION,
    ends,
    made,
    rows,
    status,
    worth,
)
from tests.desk.made import Said, money
from tests.graph.worlds import iri

LIFE = (
    status("a", "announced", "2025-02-01"),
    status("a", "signed", "2025-06", report="r7"),
    status("a", "delivered", "2027", modality="planned"),
    Said("a", "hasPartner", "kz"),
    status("b", "proposed"),
)


def test_a_life_is_told_in_order_with_the_present_and_what_was_before() -> None:
    row = {each["agreement"]["label"]: each for each in rows(made(*LIFE).office())}["a"]
    assert [(s["status"]["label"], s["since"], s["planned"]) for s in row["life"]] == [
        ("announced", "2025-02-01", False),
        ("signed", "2025-06", False),
        ("delivered", "2027", True),
    ]
    assert (row["status"]["status"]["label"], row["status"]["since"]) == ("signed", "2025-06")
    assert row["changed_from"]["status"]["label"] == "announced"


def test_both_clocks_turn_the_ledger_back() -> None:
    world = made(*LIFE)
    then = {
        each["agreement"]["label"]: each
        for each in rows(world.office(Lens(as_of=date(2025, 3, 1))))
    }
    assert then["a"]["status"]["status"]["label"] == "announced"
    assert [each["party"]["label"] for each in then["a"]["parties"]] == ["kz"]
    assert "b" not in then
    before = rows(world.office(Lens(known_at=date(2025, 3, 1))))
    assert {r["agreement"]["label"]: r["status"]["status"]["label"] for r in before} == {
        "a": "announced",
        "b": "proposed",
    }


def test_what_is_only_to_be_signed_binds_nobody() -> None:
    office = made(worth("a", "5"), status("a", "signed", "2027", modality="planned")).office()
    ledger = office.ledger
    (deal,) = ledger.deals
    assert deal.present is not None
    assert deal.present.planned
    classes = [group.key for group in ledger.groups(ledger.deals, "class")]
    assert classes == [iri("voc:status-class-intended")]
    assert [group.key for group in ledger.groups(ledger.deals, "status")] == [None]


def test_a_planned_signature_does_not_replace_the_letter_it_would_convert() -> None:
    claims = [
        worth("a", "5"),
        status("a", "letter-of-intent", "2025-01"),
        worth("b", "6"),
        status("b", "signed", "2027", modality="planned"),
        Said("b", "follows", "a"),
    ]
    assert ends(made(*claims).office()) == (5, 5, False)


def test_terms_without_a_date_hold_from_the_first_dated_stage_and_are_counted() -> None:
    office = made(*LIFE, worth("b", "3")).office(Lens(as_of=date(2025, 3, 1)))
    page = ledger_page(office.ledger, LedgerAsk())
    assert page.as_dict()["undated_terms_taken"] == 1
    early = made(*LIFE).office(Lens(as_of=date(2025, 1, 1)))
    assert ledger_page(early.ledger, LedgerAsk()).as_dict()["undated_terms_taken"] == 0


def test_a_lens_may_let_weaker_wordings_in() -> None:
    claims = (
        Said("a", "hasValue", money("5"), modality="possible"),
        Said("a", "hasSubjectMatter", REGION, modality="possible"),
    )
    world = made(*claims, here=False)
    assert rows(world.office()) == []
    wide = world.office(Lens(modality=frozenset(Firmness)))
    assert ends(wide) == (5, 5, False)
