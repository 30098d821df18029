"""What the rules may and may not conclude, on generated claims and on the shipped data."""

from __future__ import annotations

import pytest

from tests.graph.worlds import STEPS, Told, World, derived, iri, quad, stated


def status_claim(stage: str, modality: str = "asserted", report: str = "r1") -> Told:
    return Told("status", "deal-1", "hasStatus", f"voc:status-{stage}", modality, report)


def deal(status: str, parties: str = "asserted", **options: str) -> World:
    """One agreement with buyer, seller and a status."""
    return World(
        (
            Told("buyer", "deal-1", "hasBuyer", "x", parties),
            Told("seller", "deal-1", "hasSeller", "y", parties),
            status_claim(status, **options),
        )
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("signed", ("buysFrom", "firm")),
        ("in-force", ("buysFrom", "firm")),
        ("financed", ("buysFrom", "firm")),
        ("under-way", ("buysFrom", "firm")),
        ("delivered", ("buysFrom", "firm")),
        ("announced", ("plansToBuyFrom", "planned")),
        ("memorandum", ("plansToBuyFrom", "planned")),
        ("letter-of-intent", ("plansToBuyFrom", "planned")),
        ("under-negotiation", ("plansToBuyFrom", "sought")),
        ("proposed", ("plansToBuyFrom", "possible")),
        ("delayed", ("plansToBuyFrom", "planned")),
        ("suspended", ("plansToBuyFrom", "planned")),
        ("cancelled", None),
    ],
)
def test_a_shortcut_between_two_parties_follows_the_status(
    status: str, expected: tuple[str, str] | None
) -> None:
    shortcuts = {each for each in stated(derived(deal(status)).facts) if each[0] == "x"}
    assert shortcuts == ({("x", expected[0], "y", expected[1])} if expected else set())


def test_planned_parties_of_a_signed_agreement_are_related_firmly() -> None:
    assert ("x", "buysFrom", "y", "firm") in stated(derived(deal("signed", "planned")).facts)


def test_a_signature_that_is_only_planned_gives_a_plan() -> None:
    facts = stated(derived(deal("signed", modality="planned")).facts)
    assert {each[1:] for each in facts if each[0] == "x"} == {("plansToBuyFrom", "y", "planned")}


@pytest.mark.parametrize("predicate", STEPS)
@pytest.mark.parametrize("modality", ["asserted", "planned", "sought", "forecast"])
def test_a_step_is_as_firm_as_it_is_worded_be_it_told_of_an_undertaking(
    predicate: str, modality: str
) -> None:
    told = Told("c", "deal-1", predicate, STEPS[predicate], modality)
    facts = [
        each
        for each in derived(World((told,))).facts
        if each.predicate.value == iri(f"c5:{predicate}")
    ]
    assert [each.firmness.iri.rsplit("-", 1)[1] for each in facts] == [
        "firm" if modality == "asserted" else modality
    ]


@pytest.mark.parametrize("modality", ["sought", "possible", "forecast", "opinion"])
def test_a_signed_agreement_with_a_hedged_party_gives_a_hedged_plan(modality: str) -> None:
    facts = stated(derived(deal("signed", modality)).facts)
    assert {each[1:] for each in facts if each[0] == "x"} == {("plansToBuyFrom", "y", modality)}


def test_parties_told_by_different_reports_are_not_joined() -> None:
    world = World(
        (
            Told("buyer", "deal-1", "hasBuyer", "x", report="r1"),
            Told("seller", "deal-1", "hasSeller", "y", report="r2"),
            Told("status", "deal-1", "hasStatus", "voc:status-signed"),
        )
    )
    assert not {each for each in stated(derived(world).facts) if each[0] == "x"}


def test_the_status_may_come_from_another_report() -> None:
    assert ("x", "buysFrom", "y", "firm") in stated(derived(deal("signed", report="r3")).facts)


def test_an_agreement_without_a_status_relates_nobody() -> None:
    facts = stated(derived(deal("signed").without({"status"})).facts)
    assert not {each for each in facts if each[0] == "x"}


def partners(status: str, homes: dict[str, str]) -> set[tuple[str, str, str]]:
    """Who is related by an agreement of three partners whose homes are told."""
    world = World(
        (
            *(Told(each, "deal-1", "hasPartner", each) for each in "xyz"),
            *(Told(f"home-{who}", who, "basedIn", state) for who, state in homes.items()),
            status_claim(status),
        )
    )
    facts = stated(derived(world).facts)
    return {each[:3] for each in facts if each[1] in ("partnersWith", "plansToPartnerWith")}


@pytest.mark.parametrize(
    ("status", "predicate"), [("signed", "partnersWith"), ("announced", "plansToPartnerWith")]
)
def test_firms_that_are_partners_are_related_across_borders_and_both_ways(
    status: str, predicate: str
) -> None:
    homes = {"x": "kazakhstan", "y": "united-states", "z": "united-states"}
    pairs = {("x", "y"), ("y", "x"), ("x", "z"), ("z", "x")}
    assert partners(status, homes) == {(one, predicate, other) for one, other in pairs}


@pytest.mark.parametrize("status", ["signed", "announced"])
def test_firms_whose_homes_nobody_tells_are_no_partners_of_each_other(status: str) -> None:
    assert not partners(status, {"x": "kazakhstan"})


def test_a_partner_that_is_no_firm_is_related_with_every_partner() -> None:
    world = World(
        (
            Told("one", "deal-1", "hasPartner", "x"),
            Told("two", "deal-1", "hasPartner", "ministry"),
            status_claim("signed"),
        )
    )
    kind = quad("id:ministry", "rdf:type", "c5:GovernmentBody")
    facts = stated(derived(world, [kind]).facts)
    assert {
        ("x", "partnersWith", "ministry", "firm"),
        ("ministry", "partnersWith", "x", "firm"),
    } <= facts


@pytest.mark.parametrize(
    ("status", "lends", "leases"),
    [
        ("signed", "lendsTo", "leasesFrom"),
        ("letter-of-intent", "plansToLendTo", "plansToLeaseFrom"),
    ],
)
def test_lenders_and_lessees_are_related_like_other_parties(
    status: str, lends: str, leases: str
) -> None:
    world = World(
        (
            Told("lender", "deal-1", "hasLender", "x"),
            Told("borrower", "deal-1", "hasBorrower", "y"),
            Told("lessee", "deal-1", "hasLessee", "y"),
            Told("lessor", "deal-1", "hasLessor", "z"),
            status_claim(status),
        )
    )
    shortcuts = {each[:3] for each in stated(derived(world).facts) if each[0] in ("x", "y", "z")}
    assert shortcuts == {("x", lends, "y"), ("y", leases, "z")}


def test_a_figure_of_a_flow_tells_between_whom_it_flows() -> None:
    made = derived(World((Told("c", "flow", "hasValue", "usd-5", "forecast"),)))
    assert stated(made.facts) == {
        ("flow", "hasValue", "usd-5", "forecast"),
        ("flow", "flowFrom", "x", "forecast"),
        ("flow", "flowTo", "y", "forecast"),
    }


def test_a_flow_that_no_claim_gives_a_figure_relates_nobody() -> None:
    facts = derived(World((Told("c", "x", "owns", "y"),))).facts
    assert stated(facts) == {("x", "owns", "y", "firm")}


@pytest.mark.parametrize(("modality", "firmness"), [("asserted", "firm"), ("planned", "planned")])
def test_a_shareholding_relates_holder_and_company_as_firmly_as_its_claim(
    modality: str, firmness: str
) -> None:
    made = derived(World((Told("c", "stake", "hasShare", "share-5", modality),)))
    assert ("x", "ownsStakeIn", "y", firmness) in stated(made.facts)


def test_a_party_in_a_role_is_a_party() -> None:
    assert ("deal-1", "hasParty", "x", "firm") in stated(derived(deal("signed")).facts)


@pytest.mark.parametrize(
    ("modality", "firmness"), [("asserted", "firm"), ("planned", "planned"), ("sought", "sought")]
)
def test_a_framed_node_speaks_as_firmly_as_its_claim(modality: str, firmness: str) -> None:
    made = derived(World((Told("c", "x", "seeks", "y", modality),)))
    assert stated(made.facts) == {
        ("x", "seeks", "frame-c", firmness),
        ("frame-c", "addressedTo", "y", firmness),
        ("x", "seeksFrom", "y", firmness),
    }


def test_a_planned_aim_of_an_agreement_is_firm_about_the_agreement_only() -> None:
    made = derived(World((Told("c", "deal-1", "hasAim", "y", "planned"),)))
    assert stated(made.facts) == {
        ("deal-1", "hasAim", "frame-c", "firm"),
        ("frame-c", "concerns", "y", "planned"),
    }


def test_a_planned_influence_of_an_undertaking_is_no_firm_influence() -> None:
    made = derived(World((Told("c", "deal-1", "exertsInfluence", "y", "planned"),)))
    assert ("deal-1", "influences", "y", "planned") in stated(made.facts)


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [((), set()), (("a",), {"y"}), (("b",), {"z"})],
)
def test_readings_of_a_passage_yield_nothing_until_one_is_preferred(
    preferred: tuple[str, ...], expected: set[str]
) -> None:
    claims = (Told("a", "x", "owns", "y"), Told("b", "x", "owns", "z", reading_of="a"))
    assert {each[2] for each in stated(derived(World(claims, preferred)).facts)} == expected


def test_two_reports_of_one_fact_are_one_fact_with_two_supports() -> None:
    claims = (Told("a", "x", "owns", "y"), Told("b", "x", "owns", "y", report="r2"))
    (fact,) = derived(World(claims)).facts
    assert len(fact.supports) == 2
