"""What stands on the page of a thing besides its relations: its place, its voice, its powers."""

from __future__ import annotations

from datetime import date

import pytest

from c5graph import assets
from c5graph.desk.bureau import Bureau, Office
from c5graph.desk.ledger import LedgerAsk
from c5graph.desk.ledger_page import ledger_page
from c5graph.graph.index import Index
from c5graph.graph.lens import Lens
from c5graph.graph.points import points
from c5graph.graph.release import Release, View
from c5graph.namespaces import C5, ID, RDF, VOC
from c5graph.views.claims import Reader
from c5graph.views.ends import Ends
from c5graph.views.rivals import rivals
from c5graph.views.sections import PageSection, Sections
from c5graph.views.spot import Spot, spot
from c5graph.views.star import star
from c5graph.views.thing import Things
from c5graph.views.voice import Voice, voice

MOST = 5


def map_of(release: Release, name: str) -> Spot | None:
    known = points(release.index)
    return spot(ID + name, release.view, Reader(release), known)


def test_a_work_with_a_known_place_is_on_its_map(shipped: Release) -> None:
    found = map_of(shipped, "rogun-dam")
    assert found is not None
    (place,) = found.places
    assert place.thing.iri == ID + "rogun-dam"
    assert (found.width, found.height) == (960, 664)
    assert 0 < place.at[0] < found.width
    assert sum(each.role == "c5" for each in found.lands) == 5


def test_a_work_that_joins_places_shows_them_and_no_place_of_its_own(shipped: Release) -> None:
    known = points(shipped.index)
    maps = [
        (fact.subject.value, map_of(shipped, fact.subject.value.removeprefix(ID)))
        for fact in shipped.facts
        if fact.predicate.value == C5 + "connects" and fact.subject.value not in known
    ]
    joined = [(iri, found) for iri, found in maps if found is not None]
    assert joined
    for iri, found in joined:
        assert iri not in {each.thing.iri for each in found.places}
        assert all(each.thing.iri in known for each in found.places)


def test_what_has_no_known_place_has_no_map(
    shipped: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert map_of(shipped, "nvidia") is None
    monkeypatch.setattr(assets, "outlines", dict)
    assert map_of(shipped, "rogun-dam") is None


def heard(release: Release, view: View, name: str) -> Voice:
    counts = Bureau(release, 2).office(view).census.counts
    return voice(ID + name, view, Reader(release), MOST, counts)


def test_a_voice_is_heard_where_no_claim_is_about_it(shipped: Release) -> None:
    found = heard(shipped, shipped.view, "china-customs-administration")
    assert found.said == 9
    assert len(found.claims) == MOST
    for claim in found.claims:
        assert "General Administration of Customs of China" in {each.label for each in claim.voices}


def test_a_voice_keeps_to_the_lens(shipped: Release) -> None:
    early = shipped.view_under(Lens(known_at=date(2025, 11, 7)))
    whole = heard(shipped, shipped.view, "us-department-of-state")
    part = heard(shipped, early, "us-department-of-state")
    assert 0 < part.said < whole.said


def test_powers_of_a_state_count_its_agreements_and_no_others(
    shipped: Release, shipped_office: Office
) -> None:
    state = frozenset({ID + "tajikistan"})
    page = ledger_page(shipped_office.ledger, LedgerAsk(filters={"state": state}, by="power"))
    found = rivals(page, shipped.labels, "en")
    assert found
    assert found[-1].slug == "other" or "other" not in {each.slug for each in found}
    for each in found:
        side = VOC + "side-" + each.slug
        mine = [deal for deal in page.chosen if side in deal.sides]
        assert each.agreements == len(mine) >= sum(each.by_class)


def test_what_a_power_pledged_in_its_own_money_is_told_beside_dollars(
    shipped: Release, shipped_office: Office
) -> None:
    page = ledger_page(shipped_office.ledger, LedgerAsk(by="power"))
    found = {each.slug: each.sums for each in rivals(page, shipped.labels, "en")}
    (european,) = (each for slug, each in found.items() if slug == "european-union")
    assert any(each.endswith(" EUR") for each in european)
    assert found["united-states"][0].endswith(" USD")


@pytest.fixture(scope="module")
def things(shipped: Release, shipped_office: Office) -> Things:
    return Things(shipped_office, Reader(shipped), Ends(shipped))


def sections_of(things: Things, index: Index, name: str) -> dict[str, PageSection]:
    thing = things.of(ID + name, MOST, 1)
    sections = Sections(index)
    kind = sections.kind(each.iri or "" for each in thing.kinds)
    return {each.name: each for each in sections.of(kind, (*thing.about, *thing.others))}


def test_long_pages_open_what_comes_first_and_short_ones_everything(
    things: Things, shipped: Release
) -> None:
    state = sections_of(things, shipped.index, "tajikistan")
    assert not any(state[name].folded for name in ("seeks", "depends", "fears"))
    assert all(state[name].folded for name in ("deals", "trades", "others"))
    open_ = sum(each.shown for each in state.values() if not each.folded)
    assert 0 < open_ <= 28
    assert not any(each.folded for each in sections_of(things, shipped.index, "rogun-dam").values())


def test_a_mineral_tells_its_figures_and_a_dam_no_opinion_among_undertakings(
    things: Things, shipped: Release
) -> None:
    figures = sections_of(things, shipped.index, "uranium")["measured"]
    told = {each.other.label for group in figures.groups for each in group.statements}
    assert "uranium output of Kazakhstan" in told
    deals = sections_of(things, shipped.index, "rogun-dam")["deals"]
    assert [group.predicate.iri for group in deals.groups] == [C5 + "hasSubjectMatter"]


def test_the_picture_of_a_state_shows_actors_and_deals_before_opinions(
    things: Things, shipped: Release
) -> None:
    sections, index = Sections(shipped.index), shipped.index
    thing = things.of(ID + "kazakhstan", MOST, 1)

    def stands(iri: str) -> bool:
        return bool(sections.kind(index.values(iri, RDF + "type")))

    rays = star((*thing.about, *thing.others), stands)
    assert len(rays) > 5
    assert all(stands(ray.other.iri or "") for ray in rays)
    few = star((*thing.about, *thing.others), lambda _: False)
    assert len(few) > 5


def test_the_picture_says_until_when_and_dashes_what_is_not_signed(things: Things) -> None:
    thing = things.of(ID + "constellation-energy", MOST, 1)
    rays = star((*thing.about, *thing.others), lambda _: True)
    assert {ray.until for ray in rays if ray.relation == "buys from"} == {"2032"}
    aircraft = things.of(ID + "somon-air-boeing-2025", MOST, 1)
    sides = [each for each in aircraft.about if each.predicate.label in ("has buyer", "has seller")]
    assert sides
    told = [said for side in sides for said in side.statements]
    assert {said.binding for said in told} == {False}
    assert all(ray.hedged for ray in star(sides, lambda _: True))
