"""What a reader finds on pages, and in which order."""

from __future__ import annotations

import re

import httpx

HTML = {"accept": "text/html"}


def headings(page: str) -> list[str]:
    """The names of the sections of a page, in their order."""
    return re.findall(r'<h2 id="([^"]+)"', page)


def claims(page: str) -> set[str]:
    """The claims that a page leads to."""
    return set(re.findall(r'href="[./]*claim/([^"]+)"', page))


def test_a_state_shows_deals_powers_and_a_picture_before_its_relations(
    browse: httpx.Client,
) -> None:
    page = browse.get("/id/kazakhstan", headers=HTML).text
    assert headings(page)[:4] == ["ledger-lines", "powers", "picture", "seeks"]
    assert 'href="#in-dispute"' in page
    assert "ledger?power=united-states&amp;state=kazakhstan" in page


def test_an_agreement_begins_with_who_what_and_how_far(browse: httpx.Client) -> None:
    page = browse.get("/id/somon-air-boeing-2025", headers=HTML).text
    summary = page[page.index('<dl class="facts short">') : page.index('id="life-line"')]
    for part in ("<dt>buyer</dt>", "<dt>seller</dt>", "Boeing", "3.2 billion USD"):
        assert part in summary


def test_one_who_only_speaks_has_words_and_no_empty_tables(browse: httpx.Client) -> None:
    page = browse.get("/id/china-customs-administration", headers=HTML).text
    assert "says" in headings(page)
    assert "No claim names it." not in page
    assert 'class="tally"' not in page
    assert "api/queries/what-does-a-voice-say?voice=id:china-customs-administration" in page


def test_a_medium_lists_its_reports(browse: httpx.Client) -> None:
    page = browse.get("/id/times-of-central-asia", headers=HTML).text
    assert "publishes" in headings(page)
    assert page[page.index('id="publishes"') :].count("../report/") == 5


def test_a_page_leads_to_the_graph_of_its_picture(browse: httpx.Client) -> None:
    page = browse.get("/id/somon-air-boeing-2025", headers=HTML).text
    found = re.search(r'href="\.\./graph\?entities=([^"]+)"', page)
    assert found is not None
    assert "id%3Aboeing" in found[1]
    assert found[1].startswith("somon-air-boeing-2025")


def test_who_searches_in_words_of_a_question_finds_saved_ones(browse: httpx.Client) -> None:
    page = browse.get("/search", params={"q": "who has which minerals"}, headers=HTML).text
    assert 'id="questions"' in page
    assert "who-has-wants-or-holds-a-mineral" in page
    assert 'id="questions"' not in browse.get("/search", params={"q": "zzz"}, headers=HTML).text


def test_disputes_say_in_plain_words_what_they_are(browse: httpx.Client) -> None:
    page = browse.get("/disputes", headers=HTML).text
    assert "The figures differ." in page
    assert "A report speaks against what another says." in page
    assert not re.search(r"</span>\s*declared", page)


def test_paths_open_together_in_one_graph(browse: httpx.Client) -> None:
    page = browse.get("/api/paths?from=kazakhstan&to=nvidia", headers=HTML).text
    found = re.search(r'class="button" href="[^"]*graph\?entities=([^"]+)"', page)
    assert found is not None
    assert len(set(found[1].split("%2C"))) > 3


def test_a_report_says_what_others_tell_differently(browse: httpx.Client) -> None:
    page = browse.get("/report/tca-2025-11-07-tj-deals", headers=HTML).text
    told = page[page.index('id="in-dispute"') :]
    assert "Somon Air and Boeing aircraft purchase, 2025" in told
    assert re.search(r"\d+ matters that it speaks of are in dispute", page)


def test_classes_stand_in_a_tree_with_their_numbers(browse: httpx.Client) -> None:
    page = browse.get("/ontology", headers=HTML).text
    tree = page[page.index('id="tree"') : page.index('<div class="terms">')]
    actor = tree[tree.index('href="#Actor"') :]
    assert actor.index('href="#Company"') > actor.index('href="#Organisation"')
    shown = re.search(r'href="#Company">company</a> <a href="([^"]+)"[^>]*>(\d+)</a>', tree)
    assert shown is not None
    assert shown[1] == "./search?type=Company"
    listed = browse.get("/api/search", params={"type": "Company"}).json()
    assert listed["total"] == int(shown[2])
    assert browse.get("/search?type=Company", headers=HTML).text.count("<li>") > 50


def test_what_lasts_is_dated_by_its_first_account_and_disputes_no_later_one(
    browse: httpx.Client,
) -> None:
    page = browse.get("/id/jackson-vanik-amendment", headers=HTML).text
    life = page[page.index('id="life-line"') :]
    assert ", from 1974" in life[: life.index("</ol>")]
    assert 'id="in-dispute"' not in page


def test_a_relation_that_has_ended_says_until_when(browse: httpx.Client) -> None:
    page = browse.get("/id/manuel-micaller", headers=HTML).text
    assert '<small class="ended">until 2026-01</small>' in page


def test_ways_by_a_deal_that_is_not_signed_tell_its_status(browse: httpx.Client) -> None:
    page = browse.get("/api/paths?from=kazakhstan&to=nvidia", headers=HTML).text
    assert "Cisco" not in page
    assert '<span class="firmness firm unbound">firm</span> <small>announced</small>' in page


def test_a_form_shows_the_name_of_a_thing_and_takes_it_back(browse: httpx.Client) -> None:
    label = "Somon Air and Boeing aircraft purchase, 2025"
    for path, name in (
        ("/disputes", "about"),
        ("/timeline", "about"),
        ("/api/queries/who-says-what-about-an-entity", "entity"),
    ):
        page = browse.get(path, params={name: "somon-air-boeing-2025"}, headers=HTML)
        assert f'value="{label}"' in page.text, path
        again = browse.get(path, params={name: label}, headers=HTML)
        assert again.status_code == 200
        assert claims(again.text) == claims(page.text) != set()


def test_a_name_that_nothing_has_is_refused_and_a_slug_is_shown_as_a_name(
    browse: httpx.Client,
) -> None:
    page = browse.get("/disputes", params={"about": "kazakhstan"}, headers=HTML).text
    assert 'value="Kazakhstan"' in page
    unknown = browse.get("/timeline", params={"about": "atlantis"}, headers=HTML)
    assert unknown.status_code == 404


def test_all_questions_are_where_the_start_page_says(browse: httpx.Client) -> None:
    home = browse.get("/", headers=HTML).text
    link = re.search(r'href="\./(questions#all)">All (\d+) questions', home)
    assert link is not None
    every = browse.get("/questions", headers=HTML).text.partition('id="all"')[2]
    assert every.partition("</details>")[0].count("api/queries/") == int(link[2])


def test_a_mineral_has_its_agreements_as_lines_of_the_ledger(browse: httpx.Client) -> None:
    page = browse.get("/id/uranium", headers=HTML).text
    lines = page.partition('id="ledger-lines"')[2].partition("</table>")[0]
    assert "kazakhstan-duke-energy-uranium-supply" in lines
    assert "<strong>" in lines
