"""The ledger: the life of agreements, who takes part, and sums that count nothing twice."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.store.rdf import Literal
from tests.desk.dealing import (
    DEALS,
    SUMS,
    ends,
    ends_of,
    made,
    rows,
    status,
    totals,
    worth,
)
from tests.desk.made import Said
from tests.graph.worlds import iri, quad


@pytest.mark.parametrize("case", SUMS)
def test_sums(case: str) -> None:
    claims, expected = SUMS[case]
    assert ends(made(*claims).office()) == expected


def test_currencies_and_list_prices_are_never_added() -> None:
    office = made(
        worth("a", "5"), worth("b", "7", currency="EUR"), worth("c", "9", basis="list")
    ).office()
    found = {purse: (int(each.low), int(each.high)) for purse, each in totals(office).items()}
    assert found == {
        ("EUR", None): (7, 7),
        ("USD", None): (5, 5),
        ("USD", iri("voc:price-list")): (9, 9),
    }


@pytest.mark.parametrize("basis", ["list", "constant-2021"])
def test_prices_summed_apart_take_no_deal_out_of_its_currency(basis: str) -> None:
    office = made(worth("a", "125", currency="CNY"), worth("a", "21", basis=basis)).office()
    found = totals(office)
    sums = {purse: (int(each.low), int(each.high)) for purse, each in found.items()}
    assert sums == {("CNY", None): (125, 125), ("USD", iri(f"voc:price-{basis}")): (21, 21)}
    assert not office.disputes.all


def test_a_deal_told_in_two_currencies_counts_in_one() -> None:
    office = made(
        worth("a", "1500", currency="CNY"),
        worth("a", "208"),
        worth("b", "3", currency="EUR"),
        worth("b", "4", currency="CNY"),
    ).office()
    found = totals(office)
    sums = {purse: (int(each.low), int(each.high)) for purse, each in found.items()}
    assert sums == {("CNY", None): (4, 4), ("EUR", None): (0, 0), ("USD", None): (208, 208)}
    left = {(name, each.deal.iri, each.reason) for name in found for each in found[name].left_out}
    assert left == {
        (("CNY", None), iri("id:a"), "converted"),
        (("EUR", None), iri("id:b"), "converted"),
    }


def test_what_a_whole_adds_names_the_parts_beside_it() -> None:
    office = made(worth("a", "5"), worth("b", "9"), Said("a", "partOf", "b")).office()
    (total,) = totals(office).values()
    assert {each.deal.iri: each.parts for each in total.counted} == {
        iri("id:a"): (),
        iri("id:b"): (iri("id:a"),),
    }
    told = total.as_dict(office.ledger.telling.teller, "en")["counted"]
    assert [[part["iri"] for part in each["parts"]] for each in told] == [[], [iri("id:a")]]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("2026-02", "2026-02-05"), "2026-02-05"),
        (("2026-02", "2026-02-05", "2026-02-04"), "2026-02-04"),
        (("2026-02", "2026-03-01"), "2026-02"),
        (("2025", "2025-09", "2025-09-22"), "2025-09-22"),
        ((None, "2025-09"), "2025-09"),
        ((None,), None),
    ],
)
def test_a_stage_is_reached_on_its_first_day_told_rather_than_in_its_month(
    told: tuple[str | None, ...], expected: str | None
) -> None:
    claims = [status("a", "signed", since, report=f"r{n + 1}") for n, since in enumerate(told)]
    (row,) = rows(made(*claims).office())
    assert row["status"]["since"] == expected


def test_an_order_of_magnitude_is_left_out_by_name() -> None:
    (total,) = totals(made(worth("a", "1000000000", "magnitude")).office()).values()
    assert ends_of(total) == (0, 0, False)
    assert total.counted == ()
    assert [(each.deal.iri, each.reason) for each in total.left_out] == [(iri("id:a"), "magnitude")]


def test_a_total_opens_to_the_claims_behind_its_ends() -> None:
    office = made(worth("a", "5"), worth("a", "7", report="r2"), worth("b", "1")).office()
    (total,) = totals(office).values()
    behind = {each.deal.iri: (each.low_claims, each.high_claims) for each in total.counted}
    assert behind == {
        iri("id:a"): ((iri("claim:c0"),), (iri("claim:c1"),)),
        iri("id:b"): ((iri("claim:c2"),), (iri("claim:c2"),)),
    }


@st.composite
def worlds(draw: st.DrawFn) -> list[Said]:
    names = sorted(DEALS)
    count = draw(st.integers(1, 8))
    claims = [
        worth(
            draw(st.sampled_from(names)),
            str(draw(st.integers(1, 9))),
            draw(
                st.sampled_from(["exact", "at-least", "more-than", "up-to", "about", "magnitude"])
            ),
            draw(st.sampled_from(["r1", "r2", "r3"])),
            currency=draw(st.sampled_from(["USD", "EUR"])),
        )
        for _ in range(count)
    ]
    for deal in names:
        claims.append(status(deal, draw(st.sampled_from(["announced", "signed", "cancelled"]))))
    for one, other in pairwise(draw(st.permutations(names))):
        relation = draw(st.sampled_from(["partOf", "follows", "none"]))
        if relation != "none":
            claims.append(Said(one, relation, other))
    return claims


@given(worlds())
def test_the_low_end_is_not_above_the_high_and_groups_split_the_sum(claims: list[Said]) -> None:
    office = made(*claims).office()
    ledger = office.ledger
    for total in ledger.totals(ledger.deals):
        assert 0 <= total.low <= total.high
        assert len({each.deal.iri for each in total.counted}) == len(total.counted)
        groups = [
            part
            for group in ledger.groups(ledger.deals, "class")
            for part in group.totals
            if (part.currency, part.basis) == (total.currency, total.basis)
        ]
        assert sum(each.low for each in groups) == total.low
        assert sum(each.high for each in groups) == total.high


@given(worlds(), st.randoms(use_true_random=False))
def test_sums_do_not_depend_on_the_order_or_on_being_told_again(
    claims: list[Said], chance: Any
) -> None:
    again = [Said(each.subject, each.predicate, each.object, each.report) for each in claims]
    mixed = [*claims, *again]
    chance.shuffle(mixed)
    one, other = totals(made(*claims).office()), totals(made(*mixed).office())
    assert {k: (v.low, v.high, v.open) for k, v in one.items()} == {
        k: (v.low, v.high, v.open) for k, v in other.items()
    }


SIDED = (
    Said("firm", "basedIn", "cn"),
    Said("kz", "memberOf", "central-asian-states"),
    Said("de", "memberOf", "european-union"),
    Said("ministry", "partOf", "government"),
    Said("government", "governs", "kz"),
    Said("a", "hasSeller", "firm"),
    Said("a", "hasBuyer", "ministry"),
    Said("b", "hasPartner", "de"),
    Said("b", "hasPartner", "kz"),
    Said("c", "hasPartner", "nowhere"),
)


ACTORS = {"firm": "Company", "ministry": "GovernmentBody", "government": "Government"}


def test_a_deal_is_sorted_by_the_home_of_its_parties() -> None:
    extra = {**ACTORS, "china": "State"}
    claims = [*SIDED, Said("china", "borders", "kz"), Said("b", "hasSupporter", "china")]
    shown = {row["agreement"]["label"]: row for row in rows(made(*claims, kinds=extra).office())}
    seen = {
        name: (
            [each["label"] for each in row["states"]],
            [each["label"] for each in row["powers"]],
        )
        for name, row in shown.items()
    }
    assert seen == {
        "a": (["kz"], ["other"]),
        "b": (["kz"], ["China", "European Union"]),
        "c": ([], []),
    }


def test_a_description_tells_a_home_where_no_claim_does() -> None:
    kinds = {"bank": "Company", "shop": "Company", "kz": "State", "us": "State"}
    told = {"bank": "Bank of kz.", "shop": "Shop in kz that buys in us.", "kz": "State of us."}
    extra = [
        quad(f"id:{name}", "dcterms:description", Literal(text, language="en"))
        for name, text in told.items()
    ]
    homes = made(kinds=kinds, extra=tuple(extra)).office().ledger.telling.ground.homes
    assert homes.states(iri("id:bank")) == {iri("id:kz")}
    assert homes.states(iri("id:shop")) == frozenset()
    assert homes.states(iri("id:kz")) == {iri("id:kz")}
