"""Two dates of one thing show what came, went and changed; a day of a report passes for no more."""

from __future__ import annotations

from datetime import date

import pytest

from c5graph.desk.bureau import Bureau
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.namespaces import C5, ID, VOC
from c5graph.reported import only_reported
from c5graph.store.rdf import text_of
from c5graph.views.claims import Reader
from c5graph.views.comparison import At, Column, Comparison
from c5graph.views.ends import Ends
from c5graph.views.thing import MOST

SUMMIT, LATER = date(2025, 11, 6), date(2025, 12, 31)


@pytest.fixture(scope="module")
def bureau(shipped: Release) -> Bureau:
    return Bureau(shipped, 6)


@pytest.fixture(scope="module")
def made(bureau: Bureau) -> Comparison:
    return Comparison(bureau, Reader(bureau.release), Ends(bureau.release), "en")


def at(bureau: Bureau, made: Comparison, name: str, **clock: date) -> Column:
    days = At(clock.get("as_of"), clock.get("known_at"))
    return made.column(ID + name, bureau.under(Lens(**clock)), days, MOST)  # type: ignore[arg-type]


def test_what_later_reports_tell_of_a_deal_is_new_and_has_its_claims(
    bureau: Bureau, made: Comparison
) -> None:
    then, now = (at(bureau, made, "somon-air-boeing-2025", known_at=day) for day in (SUMMIT, LATER))
    (deal,) = made.deal_changes(then, now)
    assert "worth" in deal.differs
    found = made.facts(then, now)
    new = {(each.predicate.iri, each.said.other.label): each for each in found.changes}
    value = new[C5 + "hasValue", "3.2 billion USD"]
    assert value.kind == "new"
    assert value.said.claims
    assert {each.kind for each in found.changes} == {"new"}
    assert found.same > 0


def test_a_deal_that_had_not_begun_is_new_at_the_later_day(
    bureau: Bureau, made: Comparison
) -> None:
    then, now = (at(bureau, made, "tajikistan", as_of=day) for day in (date(2025, 6, 30), LATER))
    changes = made.deal_changes(then, now)
    names = {each.agreement["iri"].removeprefix(ID): each.differs for each in changes}
    assert names["somon-air-boeing-2025"] == ("new",)
    backwards = made.deal_changes(now, then)
    gone = {each.agreement["iri"].removeprefix(ID): each.differs for each in backwards}
    assert gone["somon-air-boeing-2025"] == ("gone",)
    assert names.keys() == gone.keys()


def test_a_day_compared_with_itself_differs_in_nothing(bureau: Bureau, made: Comparison) -> None:
    column = at(bureau, made, "kazakhstan", known_at=LATER)
    assert not any(each.differs for each in made.deal_changes(column, column))
    assert made.facts(column, column).changes == ()


def test_a_law_dated_by_its_report_alone_is_said_to_be_reported(shipped: Release) -> None:
    record, reader = shipped.record, Reader(shipped)
    told = record.claims["https://w3id.org/c5graph/claim/asiaplus-2023-09-12-jv-06"]
    assert only_reported(shipped.index, [told])
    assert reader.claim(told).holds == "as reported 2023-09-12"


def test_an_act_on_the_day_of_its_report_keeps_its_day(shipped: Release) -> None:
    acts = {VOC + f"status-{name}" for name in ("signed", "delivered", "announced", "cancelled")}
    claims = [each for each in shipped.record.claims.values() if text_of(each.object) in acts]
    assert len(claims) > 100
    assert not any(only_reported(shipped.index, [each]) for each in claims)
    assert not only_reported(shipped.index, [])
