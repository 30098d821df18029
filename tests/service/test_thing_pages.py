"""Pages of things, claims, reports and findings: what a reader must see beside what is said."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from c5graph.desk.bureau import Office
from c5graph.graph.claims import Firmness, is_framed
from c5graph.graph.release import Release
from c5graph.namespaces import BASE, C5, CLAIM, FINDING, ID, REPORT
from c5graph.store.rdf import text_of
from c5graph.views.claims import Reader
from c5graph.views.ends import Ends
from c5graph.views.thing import Group, Things
from c5graph.views.words import STANDINGS

PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def things(shipped: Release, shipped_office: Office) -> Things:
    return Things(shipped_office, Reader(shipped), Ends(shipped))


def text(page: httpx.Response) -> str:
    """What a reader sees, without markup, on one line."""
    assert page.status_code == 200, page.text
    bare = re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2])
    return " ".join(unescape(bare).split())


def items(page: httpx.Response) -> list[str]:
    """Each claim of a page as a reader sees it."""
    found = re.findall(r'<li><span class="word.*?</li>', page.text, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in found]


def an_opinion(release: Release) -> str:
    """A claim that is an opinion about an undertaking."""
    return next(
        claim.iri
        for claim in release.record.claims.values()
        if claim.modality is Firmness.OPINION and claim.subject in release.record.undertakings
    )


def test_an_opinion_never_reads_like_a_fact(browse: httpx.Client, shipped: Release) -> None:
    claim = shipped.record.claims[an_opinion(shipped)]
    gloss = shipped.labels.of(claim.iri)
    page = browse.get(claim.subject.removeprefix(BASE), headers=PAGE)
    shown = [each for each in items(page) if gloss in each]
    assert shown
    for each in shown:
        assert each.startswith("Opinion ")
        assert "Said by" in each
        assert shipped.labels.of(claim.reports[0]) in each
    assert text(page).count(gloss) == len(shown)


@pytest.mark.parametrize("slug", ["kazakhstan", "tajikistan", "somon-air-boeing-2025", "boeing"])
def test_every_claim_on_a_page_says_its_wording_voice_report_and_date(
    browse: httpx.Client, slug: str
) -> None:
    shown = items(browse.get(f"/id/{slug}", headers=PAGE))
    assert len(shown) > 5
    for each in shown:
        assert re.match(r"(Stated|Planned|Sought|Possible|Forecast|Opinion|Denied) ", each), each
        assert re.search(r"Said by .+; in .+\((published|undated)", each), each


def test_a_page_has_every_claim_that_names_the_thing(things: Things, shipped: Release) -> None:
    for iri in (ID + "kazakhstan", ID + "china", ID + "somon-air-boeing-2025"):
        view = things.of(iri)
        shown = {
            note.iri
            for group in (*view.about, *view.others)
            for said in group.statements
            for note in said.claims
        }
        naming = {
            claim.iri
            for claim in shipped.record.claims.values()
            if iri in (claim.subject, text_of(claim.object))
        }
        assert naming
        assert naming <= shown


def test_firm_statements_come_first_and_tell_their_origins(things: Things) -> None:
    order = list(STANDINGS)
    for slug in ("kazakhstan", "tajikistan", "united-states"):
        view = things.of(ID + slug)
        groups: list[Group] = [*view.about, *view.others]
        assert groups
        for group in groups:
            ranks = [order.index(said.standing) for said in group.statements]
            assert ranks == sorted(ranks)
            assert all(said.origins > 0 for said in group.statements if said.standing == "firm")


def test_what_is_denied_or_set_aside_says_so(things: Things, shipped: Release) -> None:
    for claim in shipped.record.claims.values():
        if not claim.negative and claim.rank != "deprecated":
            continue
        view = things.of(claim.subject)
        standings = {
            said.standing
            for group in view.about
            for said in group.statements
            if claim.iri in {note.iri for note in said.claims}
        }
        assert standings <= {"denied", "deprecated"}
        assert standings


def test_incoming_relations_are_on_the_page_of_the_object(browse: httpx.Client) -> None:
    page = browse.get("/id/boeing", headers=PAGE)
    assert "What is said of others and names it" in text(page)
    assert 'href="../id/somon-air-boeing-2025"' in page.text


def test_an_aim_or_opinion_that_names_a_thing_says_whose_it_is(
    browse: httpx.Client, things: Things, shipped: Release
) -> None:
    page = text(browse.get("/id/rare-earth-elements", headers=PAGE))
    assert "government of the United States is characterised by priority given to critical" in page
    for iri in (ID + "rare-earth-elements", ID + "critical-minerals", ID + "boeing"):
        for group in things.of(iri).others:
            for each in group.statements:
                framed = is_framed(shipped.index, each.other.iri or "")
                assert (each.told_of is not None) is framed
                assert each.told_of is None or each.told_of[0].iri != each.other.iri


def test_matters_that_the_page_does_not_show_are_counted_in_the_link_to_them(
    browse: httpx.Client,
) -> None:
    page = browse.get("/id/uzbekistan", headers=PAGE)
    (told,) = re.findall(r"(\d+) matters about it are in dispute", text(page))
    assert f"All {told} at the desk of disputes" in text(page)
    desk = browse.get("/disputes?about=uzbekistan", headers=PAGE)
    assert f"{told} matters on which claims differ" in text(desk)


@pytest.mark.parametrize("state", ["united-states", "uzbekistan", "russia"])
def test_the_page_of_a_state_leads_to_what_those_seek_who_speak_for_it(
    browse: httpx.Client, state: str
) -> None:
    page = browse.get(f"/id/{state}", headers=PAGE).text
    (link,) = re.findall(r'href="\.\.(/api/queries/what-does-a-state-seek[^"]*)"', page)
    assert text(browse.get(unescape(link), headers=PAGE))
    if state == "united-states":
        assert "government of the United States" in text(browse.get(link, headers=PAGE))
    assert "what-does-a-state-seek" not in browse.get("/id/boeing", headers=PAGE).text


def test_names_are_readable(browse: httpx.Client) -> None:
    page = browse.get("/id/kazakhstan", headers=PAGE)
    seen = text(page)
    assert "Other spellings Republic of Kazakhstan" in seen
    assert "Казахстан Russian" in seen
    assert "altLabel" not in seen
    assert "prefLabel" not in seen
    assert seen.index("Kazakhstan") < seen.index(ID + "kazakhstan")


def test_the_page_of_a_claim_shows_all_that_belongs_to_it(
    browse: httpx.Client, shipped: Release
) -> None:
    iri = CLAIM + "tca-2025-11-07-tj-deals-002"
    seen = text(browse.get(iri.removeprefix(BASE), headers=PAGE))
    labels = shipped.labels
    claim = shipped.record.claims[iri]
    for part in (claim.subject, claim.predicate, text_of(claim.object)):
        assert labels.of(part) in seen
    for word in ("Wording", "Said by The Times", "Stance", "characters 0 to 39", "SHA-256"):
        assert word in seen
    assert "Who or what is meant is our inference" in seen
    assert "Other readings of the same passage" in seen
    assert "What curators found" in seen
    assert "What follows from it" in seen


def test_a_relayed_claim_says_who_passed_it_on(browse: httpx.Client, shipped: Release) -> None:
    iri = next(c for c in shipped.record.claims if shipped.index.value(c, C5 + "relayedBy"))
    relay = shipped.labels.of(shipped.index.values(iri, C5 + "relayedBy")[0])
    assert f"Passed on by {relay}" in text(browse.get(iri.removeprefix(BASE), headers=PAGE))


def test_the_page_of_a_report_has_its_claims_in_the_order_of_its_text(
    browse: httpx.Client, shipped: Release
) -> None:
    iri = REPORT + "tca-2025-11-07-tj-deals"
    page = browse.get(iri.removeprefix(BASE), headers=PAGE)
    seen = text(page)
    for word in ("publisher", "Takes what it says from", "article of", "Characters 0 to 999"):
        assert word in seen
    stretches = [int(n.replace(",", "")) for n in re.findall(r"Characters ([\d,]+) to", seen)]
    assert stretches == sorted(stretches)
    claims = [c for c in shipped.record.claims.values() if iri in c.reports]
    assert len(items(page)) == len(claims)


def test_the_page_of_a_finding_shows_its_claims_with_their_wording(browse: httpx.Client) -> None:
    page = browse.get(f"{FINDING.removeprefix(BASE)}agenda-of-meeting", headers=PAGE)
    assert len(items(page)) == 4
    assert "What Rahmon and Trump talked about" in text(page)
    assert "Rahmon" in text(page)


def test_the_page_of_a_fact_says_by_which_rule_and_claims_it_holds(
    browse: httpx.Client, shipped: Release
) -> None:
    fact = next(each for each in shipped.facts if each.firmness is Firmness.OPINION)
    page = browse.get(fact.iri.removeprefix(BASE), headers=PAGE)
    assert "opinion, not fact" in text(page)
    assert "By the rule" in text(page)
    assert items(page)


def test_hedges_are_told_in_words_and_not_by_colour_alone(browse: httpx.Client) -> None:
    page = browse.get("/id/tajikistan", headers=PAGE)
    badges = set(re.findall(r'<span class="firmness (\w+)">([^<]+)</span>', page.text))
    assert len(badges) > 3
    assert {words for _, words in badges} <= set(STANDINGS.values())
    assert "dashed" in browse.get("/static/style.css").text


def test_a_claim_leads_to_the_collected_fact_that_it_tells_and_back(browse: httpx.Client) -> None:
    page = browse.get("/claim/trend-2025-10-09-putin-01", headers=PAGE)
    assert "Tells collected fact X0231" in text(page)
    (address,) = re.findall(r'href="([^"]+)">X0231<', page.text)
    answer = browse.get(str(page.url.join(address)), headers=PAGE)
    assert "some 4 per cent from January to July 2025" in text(answer)
    assert "collected fact" not in text(
        browse.get("/claim/tca-2025-11-07-tj-deals-001", headers=PAGE)
    )


def disputed(page: str) -> str:
    """The section of what is in dispute."""
    return page.partition('id="in-dispute"')[2].partition("</section>")[0]


@pytest.mark.parametrize("slug", ["tajikistan", "wabtec-kazakhstan-2025"])
def test_disputes_shown_folded_and_elsewhere_add_up_to_all(slug: str, browse: httpx.Client) -> None:
    section = disputed(browse.get(f"/id/{slug}", headers=PAGE).text)
    total = int(re.findall(r"In dispute <small>(\d+)</small>", section)[0])
    open_ones, _, folded = section.partition('<details class="fold">')
    shown, hidden = (part.count('<tr><th scope="row">') for part in (open_ones, folded))
    (label,) = re.findall(r"<summary>(.*?)</summary>", folded)
    elsewhere = total - shown - hidden
    assert label == (f"{hidden} of {total - shown} more" if elsewhere else f"{hidden} more")
