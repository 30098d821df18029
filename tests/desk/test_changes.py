"""What was learned between two days, and what each class of interest says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.desk.bureau import Bureau, Office
from c5graph.desk.changes import KINDS, ChangesAsk
from c5graph.desk.changes_page import changes_page
from c5graph.desk.perspectives import PerspectivesAsk
from c5graph.desk.perspectives_page import perspectives_page
from c5graph.desk.questions import CHANGES, PERSPECTIVES
from c5graph.errors import BadParameter, UnknownEntity
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.release import Release
from tests.desk.made import Made, Said, count, money
from tests.graph.worlds import iri

DEALS = {"a": "Agreement", "kz": "State", "firm": "Company", "boats": "Topic"}
STORY = {
    "buyer": Said("a", "hasBuyer", "kz", "r1"),
    "seller": Said("a", "hasSeller", "firm", "r1"),
    "said": Said("a", "hasStatus", "voc:status-announced", "r1", since="2025-01"),
    "price": Said("a", "hasValue", money("5"), "r2"),
    "done": Said("a", "hasStatus", "voc:status-signed", "r4", since="2025-04"),
    "other": Said("a", "hasValue", money("7"), "r4"),
    "later": Said("a", "hasStatus", "voc:status-signed", "r6", since="2025-04"),
}


def office(release: Release, lens: Lens = DEFAULT) -> Office:
    return Bureau(release, 8).under(lens)


@pytest.fixture(scope="module")
def story() -> Office:
    return office(Made(STORY, DEALS).release(deriving=True))


def learned(story: Office, since: date, until: date | None, **more: Any) -> list[dict[str, Any]]:
    ask = ChangesAsk(since, until, limit=1000, **more)
    return list(changes_page(story, ask).as_dict()["changes"])


def test_a_stage_that_was_reached_is_told_with_the_one_before(story: Office) -> None:
    rows = learned(story, date(2025, 2, 1), date(2025, 4, 30))
    (status,) = (row for row in rows if row["change"] == "status")
    assert status["before"]["status"]["label"] == "announced"
    assert status["after"]["status"]["label"] == "signed"
    gained = {row["predicate"]["label"] for row in rows if row["change"] == "gained"}
    lost = {row["predicate"]["label"] for row in rows if row["change"] == "lost"}
    assert "buys from" in gained
    assert "plans to buy from" in lost


def test_a_dispute_that_opened_is_told(story: Office) -> None:
    rows = learned(story, date(2025, 2, 1), date(2025, 4, 30), kinds=frozenset({"dispute"}))
    (dispute,) = rows
    assert dispute["new"]
    assert [each["label"] for each in dispute["positions"]] == ["5 USD", "7 USD"]
    assert learned(story, date(2025, 4, 1), None, kinds=frozenset({"dispute"})) == []


def test_a_stage_told_again_is_no_change(story: Office) -> None:
    rows = learned(story, date(2025, 5, 1), None)
    assert {row["change"] for row in rows} == {"report", "claim"}
    assert [row["iri"] for row in rows if row["change"] == "claim"] == [iri("claim:later")]


def test_changes_are_narrowed_to_things_and_still_counted(story: Office) -> None:
    page = changes_page(
        story,
        ChangesAsk(date(2024, 1, 1), about=frozenset({iri("id:kz")}), kinds=frozenset({"claim"})),
    ).as_dict()
    assert [row["iri"] for row in page["changes"]] == [iri("claim:buyer")]
    assert set(page["counts"]) == set(KINDS)
    assert page["counts"]["gained"] > 0


DAYS = st.dates(date(2024, 12, 1), date(2025, 10, 1))


@given(DAYS, DAYS, DAYS)
def test_what_was_learned_in_two_spans_was_learned_in_both_together(
    story: Office, one: date, two: date, three: date
) -> None:
    first, middle, last = sorted((one, two, three))
    claims = frozenset({"claim", "report"})

    def names(since: date, until: date) -> set[str]:
        return {row["iri"] for row in learned(story, since, until, kinds=claims)}

    assert names(first, middle) | names(middle, last) == names(first, last)
    assert names(first, middle).isdisjoint(names(middle, last))


def test_days_that_cannot_be_compared_are_refused(story: Office) -> None:
    for given_ in (
        {},
        {"from": ["2025-13-01"]},
        {"from": ["2025-05-01"], "to": ["2025-04-01"]},
        {"from": ["2025-05-01"], "change": ["weather"]},
    ):
        with pytest.raises(BadParameter):
            CHANGES.answer(story, given_, 10, "en")
    known = story.under(Lens(known_at=date(2025, 5, 1)))
    with pytest.raises(BadParameter, match="knownAt"):
        CHANGES.answer(known, {"from": ["2025-04-01"]}, 10, "en")


def test_a_table_of_changes_has_a_row_a_change(story: Office) -> None:
    columns, rows = changes_page(story, ChangesAsk(date(2024, 1, 1), limit=1000)).table()
    lines = [tuple(row) for row in rows]
    assert {line[0] for line in lines} == {"status", "dispute", "gained", "report", "claim"}
    assert {len(line) for line in lines} == {len(columns)}


VOICES = Made(
    {
        "price": Said("a", "hasValue", money("5"), "r1"),
        "denied": Said("a", "hasValue", money("5"), "r2", negative=True),
        "buyer": Said("a", "hasBuyer", "kz", "r1"),
        "aim": Said("kz", "owns", "boats", "r3"),
    },
    DEALS,
    interests={"r1": "us-government", "r2": "company", "r3": "think-tank"},
)


def perspectives(of: str, **more: Any) -> dict[str, Any]:
    ask = PerspectivesAsk(iri(f"id:{of}"), **more)
    return perspectives_page(VOICES.office(), ask).as_dict()


def test_each_class_is_told_with_what_it_says_and_where_it_is_silent() -> None:
    shown = perspectives("a")
    seen = {
        row["term"]["label"]: (
            {
                said["interest"]["label"]: [
                    (each["label"], each["denied"]) for each in said["positions"]
                ]
                for said in row["says"]
            },
            [each["label"] for each in row["silent"]],
        )
        for row in shown["aspects"]
    }
    assert seen == {
        "has value": (
            {
                "United States government": [("5 USD", False)],
                "company": [("5 USD", True)],
            },
            [],
        ),
        "has buyer": ({"United States government": [("kz", False)]}, ["company"]),
    }
    voices = {each["interest"]["label"]: each for each in shown["interests"]}
    assert voices["company"]["silent_on"] == 1
    assert voices["think tank"]["claims"] == 0


def test_a_thing_is_seen_as_subject_and_as_object() -> None:
    terms = {row["term"]["label"] for row in perspectives("kz")["aspects"]}
    assert terms == {"has buyer", "owns"}
    assert perspectives("boats")["total"] == 1


def test_what_deals_with_a_topic_speaks_of_it_at_any_remove() -> None:
    world = Made(
        {
            "holds": Said("mine", "contains", "tungsten", "r1"),
            "deal": Said("a", "hasSubjectMatter", "mine", "r2"),
            "signed": Said("a", "hasStatus", "voc:status-signed", "r3"),
            "counted": Said("mine", "hasQuantity", count("5", of="tungsten"), "r4"),
            "another": Said("b", "hasStatus", "voc:status-signed", "r5"),
            "maker": Said("firm", "produces", "tungsten", "r6"),
            "rest": Said("firm", "owns", "boats", "r6"),
            "not": Said("b", "hasSubjectMatter", "tungsten", "r5", negative=True),
        },
        {**DEALS, "b": "Agreement", "mine": "Deposit"},
    )
    page = perspectives_page(world.office(), PerspectivesAsk(iri("id:tungsten")))
    names = {claim.iri.rsplit("/", 1)[1] for claim in page.found.claims}
    assert names == {"holds", "deal", "signed", "counted", "maker", "not"}


def test_a_sector_is_a_topic_by_its_name_alone() -> None:
    said = Said("a", "inSector", "voc:sector-mining")
    world = Made({"c0": said}, DEALS).office()
    for name in ("mining", "voc:sector-mining"):
        assert PERSPECTIVES.answer(world, {"of": [name]}, 10, "en").as_dict()["claims"] == 1
    with pytest.raises(UnknownEntity):
        PERSPECTIVES.answer(world, {"of": ["magic"]}, 10, "en")


def test_aspects_are_narrowed_to_who_speaks_and_who_is_silent() -> None:
    company = frozenset({iri("voc:interest-company")})
    says = perspectives("a", says=company)["aspects"]
    assert [row["term"]["label"] for row in says] == ["has value"]
    silent = perspectives("a", silent=company)["aspects"]
    assert [row["term"]["label"] for row in silent] == ["has buyer"]


def test_perspectives_need_one_thing() -> None:
    here = VOICES.office()
    for given_ in ({}, {"of": ["a,kz"]}, {"of": ["a"], "says": ["nobody"]}):
        with pytest.raises(BadParameter):
            PERSPECTIVES.answer(here, given_, 10, "en")


def test_what_frames_or_measures_a_thing_is_about_it(shipped_office: Office) -> None:
    ask = PerspectivesAsk(iri("id:tajikistan"), limit=10_000)
    page = perspectives_page(shipped_office, ask)
    subjects = {each.subject for each in page.rows}
    assert iri("id:tajikistan") in subjects
    seen = {claim.iri for each in page.rows for some in each.says.values() for claim in some}
    assert seen == {claim.iri for claim in page.found.claims}
    framed = [claim for claim in page.found.claims if "tajikistan" not in claim.subject]
    assert framed
    columns, rows = page.table()
    assert {len(tuple(row)) for row in rows} == {len(columns)}
