"""Sums are of deals that concern Central Asia; the rest stay in the list and are named."""

from __future__ import annotations

from operator import attrgetter

import pytest

from c5graph.desk.bureau import Office
from c5graph.desk.ledger import LedgerAsk
from c5graph.desk.ledger_page import ledger_page
from c5graph.desk.sums import purses_of, worth_of
from tests.desk.dealing import REGION, made, rows, totals, worth
from tests.desk.made import Said
from tests.graph.worlds import iri, quad
from tests.queries.answers import expected

KINDS = {"firm": "Company", "body": "InternationalOrganisation", "stake": "Shareholding"}
FIVE = Said("kz", "memberOf", "central-asian-states")
FOREIGN = (Said("a", "hasBuyer", "us"), Said("a", "hasSeller", "cn"))

CONCERNED = {
    "a state as a party": ([Said("a", "hasBuyer", "kz")], ["kz"]),
    "all five together": (
        [Said("a", "hasBeneficiary", "central-asian-states")],
        ["central-asian-states", "kz"],
    ),
    "a party at home there": (
        [Said("a", "hasBuyer", "firm"), Said("firm", "basedIn", "kz")],
        ["kz"],
    ),
    "a body that one chairs": (
        [Said("a", "hasPartner", "body"), Said("kz", "chairs", "body")],
        ["kz"],
    ),
    "a subject that lies there": (
        [Said("a", "hasSubjectMatter", "mine"), Said("mine", "locatedIn", "kz")],
        ["kz"],
    ),
    "a subject that leads there": (
        [Said("a", "hasSubjectMatter", "road"), Said("road", "connects", REGION)],
        [REGION],
    ),
    "a subject of which a part lies there": (
        [
            Said("a", "hasSubjectMatter", "road"),
            Said("section", "partOf", "road"),
            Said("section", "locatedIn", "kz"),
        ],
        ["kz"],
    ),
    "a project about a work there": (
        [
            Said("a", "hasSubjectMatter", "project"),
            Said("project", "hasSubjectMatter", "mine"),
            Said("mine", "locatedIn", "town"),
            Said("town", "locatedIn", "kz"),
        ],
        ["kz"],
    ),
    "a deal of which a part has a party there": (
        [Said("b", "partOf", "a"), Said("b", "hasBuyer", "kz")],
        ["kz"],
    ),
    "a place of signature there": (
        [Said("a", "signedAt", "meeting"), Said("meeting", "locatedIn", "kz")],
        ["kz"],
    ),
    "a whole that was signed there": (
        [
            Said("a", "partOf", "pack"),
            Said("pack", "signedAt", "meeting"),
            Said("meeting", "locatedIn", "kz"),
        ],
        ["kz"],
    ),
    "a party that is only possible": (
        [Said("a", "hasInvestor", "kz", modality="possible")],
        ["kz"],
    ),
}
ELSEWHERE = {
    "nothing but other states": [],
    "another part of the same whole": [
        Said("a", "partOf", "pack"),
        Said("b", "partOf", "pack"),
        Said("b", "hasBuyer", "kz"),
    ],
    "a party that is denied": [Said("a", "hasPartner", "kz", negative=True)],
    "a party that is set aside": [Said("a", "hasPartner", "kz", rank="deprecated")],
    "another deal of a party": [Said("b", "hasBuyer", "us"), Said("b", "hasSeller", "kz")],
    "a state outside the region that a road joins": [
        Said("a", "hasSubjectMatter", "road"),
        Said("road", "connects", "de"),
    ],
}


def concerned(office: Office, deal: str = "a") -> list[str]:
    found = office.ledger.telling.ground.concern.states(iri(f"id:{deal}"))
    return [_slug(name) for name in found]


@pytest.mark.parametrize("case", CONCERNED)
def test_what_is_told_of_a_deal_leads_to_central_asia(case: str) -> None:
    claims, states = CONCERNED[case]
    office = made(FIVE, *FOREIGN, *claims, kinds=KINDS).office()
    assert concerned(office) == states


@pytest.mark.parametrize("case", ELSEWHERE)
def test_what_is_told_of_a_deal_leads_elsewhere(case: str) -> None:
    office = made(FIVE, *FOREIGN, *ELSEWHERE[case], kinds=KINDS).office()
    assert concerned(office) == []


def test_a_party_belongs_to_whoever_holds_a_part_of_it() -> None:
    claims = (FIVE, *FOREIGN, Said("a", "hasBorrower", "firm"))
    assert concerned(made(*claims, kinds=KINDS).office()) == []
    held = {"c5:hasHolder": "id:kz", "c5:holdingIn": "id:firm"}
    extra = tuple(quad("id:stake", name, thing) for name, thing in held.items())
    assert concerned(made(*claims, kinds=KINDS, extra=extra).office()) == ["kz"]


def test_a_deal_elsewhere_is_listed_and_no_sum_counts_it() -> None:
    claims = (FIVE, *FOREIGN, worth("a", "9"), worth("b", "5"), Said("b", "hasBuyer", "us"))
    office = made(*claims, Said("b", "hasSeller", "kz"), here=False).office()
    listed = {
        row["agreement"]["label"]: [each["label"] for each in row["concerned"]]
        for row in rows(office)
    }
    assert listed == {"a": [], "b": ["kz"]}
    (total,) = totals(office).values()
    assert [each.deal.iri for each in total.counted] == [iri("id:b")]
    assert [(each.deal.iri, each.reason) for each in total.left_out] == [(iri("id:a"), "elsewhere")]


@pytest.mark.parametrize("by", ["power", "state", "partner", "class"])
def test_deals_elsewhere_stand_apart_from_every_group(by: str) -> None:
    claims = (FIVE, *FOREIGN, worth("a", "9"), worth("b", "5"), Said("b", "hasBuyer", "us"))
    office = made(*claims, Said("b", "hasSeller", "kz"), here=False).office()
    shown = ledger_page(office.ledger, LedgerAsk(by=by)).as_dict()["groups"]
    *groups, last = shown
    assert {each["elsewhere"] for each in groups} == {False}
    assert {each["agreements"] for each in groups} == {1}
    assert last["elsewhere"]
    assert last["key"] == {"iri": None, "label": "nothing of Central Asia told"}
    assert [(each["high"], each["agreements"]) for each in last["totals"]] == [(0, 0)]


def test_a_continuation_elsewhere_takes_nothing_from_a_sum() -> None:
    claims = (FIVE, *FOREIGN, worth("a", "9"), worth("b", "5"), Said("a", "follows", "b"))
    office = made(*claims, Said("b", "hasSeller", "kz"), here=False).office()
    (total,) = totals(office).values()
    assert (int(total.low), int(total.high)) == (5, 5)


def test_a_deal_without_a_party_there_counts_with_the_states_it_concerns() -> None:
    claims = (FIVE, *FOREIGN, worth("a", "9"), Said("a", "hasSubjectMatter", "mine"))
    ours = (Said("mine", "locatedIn", "kz"), Said("b", "hasBuyer", "de"), worth("b", "5"))
    office = made(*claims, *ours, Said("b", "hasSubjectMatter", "mine"), here=False).office()
    here = LedgerAsk(filters={"state": frozenset({iri("id:kz")})}, by="state")
    page = ledger_page(office.ledger, here).as_dict()
    assert [row["states"] for row in page["agreements"]] == [[], []]
    (group,) = page["groups"]
    assert (group["key"]["label"], group["totals"][0]["low"]) == ("kz", 14)


def test_the_shipped_deals_elsewhere_are_known(shipped_office: Office) -> None:
    deals = shipped_office.ledger.deals
    assert {_slug(deal.iri) for deal in deals if not deal.concerned} == {
        "amtrak-siemens-2021",
        "armenia-azerbaijan-peace-treaty",
        "cerebras-guyana-data-centre",
        "project-vault-exim-loan",
        "project-vault-private-capital",
        "tripp-development-rights",
        "tripp-development-rights-extension",
        "tripp-implementation-framework-2026",
        "tripp-white-house-framework-2025",
        "us-tripp-funding-2026",
    }


def test_the_corridor_pledge_and_the_railway_loan_stay_in_the_sums(shipped_office: Office) -> None:
    page = ledger_page(shipped_office.ledger, LedgerAsk(by="power"))
    counted = {
        _slug(group.key): {_slug(each.deal.iri) for total in group.totals for each in total.counted}
        for group in page.groups
        if group.key
    }
    assert "eu-trans-caspian-corridor-pledge-2024" in counted["side-european-union"]
    assert "cku-railway-loan-2025" in counted["side-china"]


def test_the_saved_sum_is_that_of_the_ledger_and_of_the_deals_elsewhere(
    shipped_office: Office,
) -> None:
    rules = shipped_office.ledger.telling.rules
    total = totals(shipped_office)["USD", None]
    apart = [each.deal for each in total.left_out if each.reason == "elsewhere"]
    rest = [worth_of(deal, purses_of(deal, rules)["USD", None]) for deal in apart]
    low, high = (
        sum((end(each) for each in rest if each), start)
        for end, start in ((attrgetter("low"), total.low), (attrgetter("high"), total.high))
    )
    (line,) = expected("how-much-money-without-counting-twice")[1:]
    assert line == f"{len(total.counted) + len(rest)},{low:.0f},{high:.0f},USD"


def _slug(name: str) -> str:
    return name.rsplit("/", 1)[-1]
