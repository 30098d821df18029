"""The desk: what rules, sources and curators find, and what they rightly do not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.desk.bureau import Office
from c5graph.desk.disputes import DisputeAsk
from c5graph.desk.disputes_page import disputes_page
from c5graph.desk.questions import DISPUTES
from c5graph.errors import BadParameter, UnknownEntity
from c5graph.graph.claims import Firmness
from c5graph.graph.lens import Lens
from c5graph.store.rdf import Literal
from tests.desk.disagreeing import WORLDS, found, made, reasons, status, value
from tests.desk.made import Said
from tests.graph.worlds import iri, quad


@pytest.mark.parametrize("case", WORLDS)
def test_the_rules_find_what_differs_and_nothing_else(case: str) -> None:
    claims, expected = WORLDS[case]
    assert reasons(*claims) == expected
    assert reasons(*reversed(claims)) == expected


def test_a_state_is_related_to_what_is_described_as_its_company() -> None:
    described = quad("id:firm", "dcterms:description", Literal("Company of kz.", language="en"))
    claims = Said("a", "hasBuyer", "firm"), Said("a", "hasBuyer", "kz", "r2")
    assert reasons(*claims) == ["parties"]
    assert reasons(*claims, extra=(described,)) == ["related"]


def test_what_agrees_of_one_origin_is_one_position_and_one_origin() -> None:
    (dispute,) = found(
        value("a", "5"),
        value("a", "5", report="r2"),
        value("a", "7", report="r3"),
        origins={"r1": "wire", "r2": "wire"},
    )
    page = disputes_page(
        made(
            value("a", "5"),
            value("a", "5", report="r2"),
            value("a", "7", report="r3"),
            origins={"r1": "wire", "r2": "wire"},
        )
        .office()
        .disputes,
        DisputeAsk(),
    ).as_dict()
    assert [len(each.claims) for each in dispute.positions] == [2, 1]
    assert [each["origins"] for each in page["disputes"][0]["positions"]] == [1, 1]


def test_a_dispute_that_claims_declare_is_found_across_subjects() -> None:
    (dispute,) = found(
        Said("kz", "owns", "mine"),
        Said("cn", "owns", "mine", "r2", more=(("cito:disputes", "claim:c0"),)),
    )
    assert dispute.matter.predicate is None
    assert dispute.found_by == {"source"}
    assert [each.reason for each in dispute.differences] == ["declared"]


def test_a_declared_dispute_joins_the_computed_one() -> None:
    (dispute,) = found(
        value("a", "5"), value("a", "7", report="r2", more=(("cito:corrects", "claim:c0"),))
    )
    assert dispute.found_by == {"rule", "source"}
    assert dispute.strong


def test_an_update_is_told_and_is_no_dispute() -> None:
    tied = (("cito:updates", "claim:c0"),)
    assert found(Said("kz", "owns", "mine"), Said("cn", "owns", "mine", "r2", more=tied)) == []
    office = made(value("a", "5"), value("a", "7", report="r2", more=tied)).office()
    (row,) = disputes_page(office.disputes, DisputeAsk()).as_dict()["disputes"]
    assert [each["relation"] for each in row["relations"]] == ["updates"]
    assert row["found_by"] == ["rule"]


FINDING = (
    quad("finding:f", "rdf:type", "c5:Finding"),
    quad("finding:f", "rdfs:label", Literal("who owns it", language="en")),
    quad("finding:f", "c5:findingKind", "voc:finding-contradiction"),
    quad("finding:f", "c5:findingOn", "claim:c0"),
    quad("finding:f", "c5:findingOn", "claim:c1"),
)


def test_a_finding_is_a_dispute_of_its_own_or_joins_one() -> None:
    apart = Said("kz", "owns", "mine"), Said("cn", "owns", "mine", "r2")
    (dispute,) = found(*apart, extra=FINDING)
    assert dispute.found_by == {"curator"}
    together = value("a", "5"), value("a", "7", report="r2")
    office = made(*together, extra=FINDING).office()
    (row,) = disputes_page(office.disputes, DisputeAsk()).as_dict()["disputes"]
    assert row["found_by"] == ["curator", "rule"]
    assert [each["label"] for each in row["findings"]] == ["who owns it"]


def test_a_finding_on_hidden_claims_is_hidden() -> None:
    early = Lens(known_at=date(2025, 1, 15))
    assert (
        found(
            Said("kz", "owns", "mine"), Said("cn", "owns", "mine", "r2"), extra=FINDING, lens=early
        )
        == []
    )


def test_both_clocks_turn_the_desk_back() -> None:
    claims = (
        value("a", "5"),
        value("a", "7", report="r6"),
        status("signed", "2025-02-04"),
        status("signed", "2025-02-05", "r2"),
    )
    assert reasons(*claims) == ["dates", "values"]
    assert reasons(*claims, lens=Lens(known_at=date(2025, 3, 1))) == ["dates"]
    assert reasons(*claims, lens=Lens(as_of=date(2025, 2, 4))) == ["values"]
    assert reasons(*claims, lens=Lens(as_of=date(2025, 1, 4))) == []


def test_every_wording_is_compared_unless_some_are_asked_for() -> None:
    claims = value("a", "5"), value("a", "7", report="r2", modality="forecast")
    assert reasons(*claims) == ["values"]
    assert reasons(*claims, lens=Lens(modality=frozenset({Firmness.FIRM}))) == []


def test_positions_of_too_few_origins_are_left_out() -> None:
    claims = (
        value("a", "5"),
        value("a", "5", report="r2"),
        value("a", "7", report="r3"),
        value("a", "7", report="r4"),
        value("a", "9", report="r5"),
    )
    assert reasons(*claims, lens=Lens(min_origins=2)) == ["values"]
    assert reasons(*claims, lens=Lens(min_origins=3)) == []


def test_readings_of_one_passage_are_shown_as_such() -> None:
    (dispute,) = found(
        Said("kz", "owns", "mine"),
        Said("cn", "owns", "mine", more=(("c5:alternativeReadingOf", "claim:c0"),)),
    )
    assert [each.reason for each in dispute.differences] == ["reading"]
    assert not dispute.strong


@given(
    st.lists(
        st.tuples(
            st.integers(1, 9),
            st.sampled_from(["exact", "at-least", "more-than", "up-to", "about"]),
            st.sampled_from(["r1", "r2", "r3"]),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_no_figure_fits_both_sides_of_a_conflict_and_some_figure_all_others(
    told: list[tuple[int, str, str]],
) -> None:
    disputes = found(*(value("a", str(number), bound, report) for number, bound, report in told))
    for dispute in disputes:
        for each in dispute.differences:
            one, other = dispute.positions[each.one], dispute.positions[each.other]
            ends = [end for end in (one.most, other.most) if end is not None]
            meets = max(one.least, other.least) <= min(ends, default=max(one.least, other.least))
            assert meets == (each.reason != "values")


def test_findings_that_tell_a_disagreement_are_all_on_the_desk(shipped_office: Office) -> None:
    rows = disputes_page(shipped_office.disputes, DisputeAsk(limit=10_000)).as_dict()["disputes"]
    shown = {each["iri"] for row in rows for each in row["findings"]}
    index = shipped_office.disputes.telling.index
    record = shipped_office.disputes.telling.record
    for kind in ("contradiction", "status-conflict"):
        for finding in index.subjects(iri("c5:findingKind"), iri(f"voc:finding-{kind}")):
            on = [
                each for each in index.values(finding, iri("c5:findingOn")) if each in record.claims
            ]
            assert len(on) < 2 or finding in shown, finding


def test_paging_meets_every_dispute_once(shipped_office: Office) -> None:
    met: list[str] = []
    cursor = None
    while True:
        page = disputes_page(shipped_office.disputes, DisputeAsk(limit=5, cursor=cursor))
        met += [each.name for each in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(met) == len(set(met)) == page.total > 5


def test_what_is_asked_narrows_the_desk(shipped_office: Office) -> None:
    def ask(**given_: str) -> list[dict[str, Any]]:
        plain = {name: [text] for name, text in given_.items()}
        return list(DISPUTES.answer(shipped_office, plain, 1000, "en").as_dict()["disputes"])

    every = ask()
    about = ask(about="somon-air-boeing-2025")
    assert 0 < len(about) < len(every)
    (one,) = ask(id=about[0]["id"])
    assert one == about[0]
    assert {row["strength"] for row in ask(strength="conflict")} == {"conflict"}
    assert all("curator" in row["found_by"] for row in ask(foundBy="curator"))
    assert {row["term"]["label"] for row in ask(term="hasStatus", foundBy="rule")} == {"has status"}
    assert {row["kind"]["label"] for row in ask(kind="reading", lang="ru")} == {"reading"}
    for wrong in ({"strength": "odd"}, {"kind": "odd"}, {"term": "odd"}, {"foundBy": "odd"}):
        with pytest.raises(BadParameter):
            ask(**wrong)
    with pytest.raises(UnknownEntity):
        ask(about="nobody-at-all")


def test_a_table_has_a_row_a_position(shipped_office: Office) -> None:
    page = disputes_page(shipped_office.disputes, DisputeAsk(limit=10_000))
    columns, rows = page.table()
    lines = [tuple(row) for row in rows]
    assert len(lines) == sum(len(each.positions) for each in page.rows)
    assert {len(line) for line in lines} == {len(columns)}


def test_two_sides_hold_every_position_once_and_never_both_a_claim_and_its_denial(
    shipped_office: Office,
) -> None:
    split = 0
    for dispute in shipped_office.disputes.all:
        one, other = dispute.sides
        assert one
        assert other or dispute.expected
        numbers = sorted((*one, *other, *dispute.expected))
        assert numbers == list(range(len(dispute.positions)))
        first = dispute.positions[one[0]]
        told = {(first.terms, first.claims[0].subject, not first.negative)}
        for n in one:
            each = dispute.positions[n]
            assert (each.terms, each.claims[0].subject, each.negative) not in told
        split += len(one) > 1
    assert split, "the same content told twice stands on one side"


def test_a_forecast_takes_no_side_beside_what_is_told(shipped_office: Office) -> None:
    apart = 0
    for dispute in shipped_office.disputes.all:
        for n in dispute.expected:
            claims = dispute.positions[n].claims
            assert all(claim.modality > Firmness.PLANNED for claim in claims)
        for n in (*dispute.sides[0], *dispute.sides[1]) if dispute.expected else ():
            claims = dispute.positions[n].claims
            assert any(claim.modality <= Firmness.PLANNED for claim in claims)
        apart += bool(dispute.expected)
    assert apart
