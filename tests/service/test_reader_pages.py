"""Pages that a reader comes to without knowing what to ask."""

from __future__ import annotations

import re
from html import unescape
from itertools import permutations

import httpx
import pytest

BROWSER = {"accept": "text/html"}


def read(browse: httpx.Client, path: str, status: int = 200) -> str:
    page = browse.get(path, headers=BROWSER)
    assert page.status_code == status
    return page.text


def test_paths_without_ends_are_a_form_and_with_one_an_error(browse: httpx.Client) -> None:
    assert 'name="from"' in read(browse, "/api/paths")
    assert "'to' is missing" in read(browse, "/api/paths?from=kazakhstan", 400).replace(
        "&#39;", "'"
    )
    assert browse.get("/api/paths", headers={"accept": "application/json"}).status_code == 400


def test_a_path_names_each_step_once_and_folds_its_claims(browse: httpx.Client) -> None:
    page = read(browse, "/api/paths?from=kazakhstan&to=nvidia")
    assert "Kazakhstan and Nvidia partnership" in page
    assert "<em>has partner</em>" in page
    assert "<em>has party</em>" not in page
    assert "format=graphml" in page


def test_questions_are_narrowed_by_words_and_begin_with_a_few(browse: httpx.Client) -> None:
    whole = read(browse, "/questions")
    assert "Questions to begin with" in whole
    narrow = read(browse, "/questions?words=mineral+wants")
    assert 0 < narrow.count('class="name"') < whole.count('class="name"') / 10
    assert "There are none." in read(browse, "/questions?words=zzzz")


@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("/api/analytics", "Measures"),
        ("/api/analytics/degree", "Who has the most partners?"),
        ("/api/analytics/exposure?entity=tajikistan", "As relations tell"),
        ("/api/analytics/network?projection=deals", "Weight"),
        ("/changes", "Give the day to start from."),
        ("/perspectives", "Name the thing."),
        ("/docs", "Limits"),
        ("/ontology", "The terms of c5graph"),
        ("/vocab/modality", "Meaning"),
        ("/shapes", "Each rule says what to write."),
        ("/api/validate", "Check your data"),
    ],
)
def test_bodies_speak_the_language_of_the_reader(
    browse: httpx.Client, path: str, english: str
) -> None:
    assert english in read(browse, path)
    russian = read(browse, path + ("&" if "?" in path else "?") + "lang=ru")
    assert english not in russian
    heading = re.findall(r"<h1>(.*?)</h1>", russian, re.DOTALL)
    assert heading


def test_an_error_has_a_heading_in_the_language_and_leads_to_search(browse: httpx.Client) -> None:
    page = read(browse, "/id/somon-fair?lang=ru", 404)
    assert "Такого имени или адреса здесь нет" in page
    assert "search?q=somon+fair" in page or "search?q=somon%20fair" in page


def test_the_voice_of_a_report_is_told_once(browse: httpx.Client) -> None:
    page = read(browse, "/report/tca-2025-11-07-tj-deals")
    assert "the report says it itself" in page
    assert page.count("The Times of Central Asia") < page.count('class="gloss"') / 4


NARROWED = (
    *("/", "/map", "/timeline", "/ledger", "/disputes", "/compare?a=russia&b=china"),
    *("/graph?entities=kazakhstan,nvidia,boeing", "/id/kazakhstan", "/id/somon-air-boeing-2025"),
    *("/api/analytics/degree", "/changes?from=2025-11-01", "/perspectives?of=kazakhstan"),
    *("/api/paths?from=kazakhstan&to=boeing", "/api/neighbours?entity=kazakhstan", "/about"),
)


def told(page: str) -> str:
    """What the body of a page says."""
    return re.sub(r"<[^>]+>", " ", page.partition('<main id="main">')[2].partition("</main>")[0])


def official(browse: httpx.Client) -> str:
    """The lens that the control offers as official sources, with a day."""
    page = read(browse, "/?knownAt=2025-11-07")
    found = re.search(r'<a href="(\?[^"]*)">official sources only: [^<]*</a>', page)
    assert found
    return found[1].replace("&amp;", "&").removeprefix("?")


@pytest.mark.parametrize("path", NARROWED)
def test_official_sources_of_a_day_change_every_page(browse: httpx.Client, path: str) -> None:
    narrowed = path + ("&" if "?" in path else "?") + official(browse)
    page = read(browse, narrowed)
    assert "everything reported up to 7 Nov 2025; only reports published by: " in page
    for state in ("Kazakhstan", "Russia", "Uzbekistan"):
        assert f"government of {state}" in page.partition('lens-words">')[2].partition("<")[0]
    assert told(page) != told(read(browse, path))


def test_what_holds_both_ways_stands_once_on_a_path_and_on_a_page(browse: httpx.Client) -> None:
    path = " ".join(told(read(browse, "/api/paths?from=kazakhstan&to=nvidia")).split())
    ways = [f"{a} plans to partner with {b}" for a, b in permutations(("Kazakhstan", "Nvidia"))]
    assert sum(path.count(each) for each in ways) == 1
    page = read(browse, "/id/uzbekistan")
    assert 'id="out-c5-partnersWith"' in page
    assert 'id="in-c5-partnersWith"' not in page
    assert 'id="in-c5-plansToInvestIn"' in page


def test_reports_of_unsure_date_are_counted_and_let_in_by_one_click(browse: httpx.Client) -> None:
    page = read(browse, "/ledger?knownAt=2025-11-07")
    chosen, left_out = re.findall(r"<small>([\d,]+) of [\d,]+ reports; ([\d,]+) of unsure", page)[0]
    (link,) = re.findall(r'<a href="(\?[^"]*)">Let them count too</a>', page)
    wider = read(browse, "/ledger" + unescape(link))
    assert "everything that may have been reported up to 7 Nov 2025" in wider
    assert f"<small>{int(chosen) + int(left_out)} of " in wider
    for sure in (wider, read(browse, "/ledger"), read(browse, "/ledger?kinds=news")):
        assert "of unsure date" not in sure


def test_a_report_that_is_left_out_says_so(browse: httpx.Client) -> None:
    path = "/report/tca-2025-11-07-tj-deals"
    assert "leaves this out" not in read(browse, path)
    assert "leaves this out" in read(browse, path + "?interest=us-government")


def test_answers_tell_things_by_their_names(browse: httpx.Client) -> None:
    whole = read(browse, "/api/queries/what-does-a-state-seek?state=kazakhstan")
    table = whole.partition("<table")[2].partition("</table>")[0]
    assert "actorLabel" not in table
    assert ">Kazakhstan</a>" in table
    assert ">id:" not in table
    assert 'title="id:kazakhstan"' in whole
    assert 'value="Kazakhstan" data-suggest="fill"' in whole


def test_a_claim_is_told_once_in_a_row(browse: httpx.Client) -> None:
    query = (
        "SELECT ?claim ?gloss WHERE { ?claim a <https://w3id.org/c5graph/ontology#Claim> ;"
        " <https://w3id.org/c5graph/ontology#gloss> ?gloss } ORDER BY ?claim LIMIT 3"
    )
    page = browse.get("/sparql", params={"query": query}, headers=BROWSER).text
    assert ">gloss<" not in page.partition("<thead>")[2]
    other = query.replace("?gloss }", "?told . BIND('x' AS ?gloss) }")
    page = browse.get("/sparql", params={"query": other}, headers=BROWSER).text
    assert ">gloss<" in page.partition("<thead>")[2]


def test_a_label_column_that_says_something_else_stays(browse: httpx.Client) -> None:
    query = "SELECT ?a ?aLabel WHERE { VALUES (?a ?aLabel) { (<urn:a> 'x') } }"
    page = browse.get("/sparql", params={"query": query}, headers=BROWSER).text
    assert "aLabel" in page.partition("<thead>")[2]


def test_a_form_speaks_the_language_of_its_reader_whoever_came_first(browse: httpx.Client) -> None:
    for lang, about, said in (("en", "About", "Said by"), ("ru", "О чём", "Говорит")) * 2:
        page = read(browse, f"/perspectives?of=kazakhstan&lang={lang}")
        assert f'<label for="choose-of">{about}</label>' in page
        assert f'<label for="choose-voice">{said}</label>' in page


def test_a_search_for_nothing_says_what_to_type(browse: httpx.Client) -> None:
    for path in ("/search", "/search?q=", "/search?q=+"):
        assert "Type a name or its beginning" in read(browse, path)
    assert "Type a name or its beginning" not in read(browse, "/search?q=kaz")


def test_only_what_is_near_a_name_is_suggested(browse: httpx.Client) -> None:
    for path in ("/id/no-such-thing", "/ledger?state=foo", "/disputes?about=no+such+thing"):
        assert "Ask again with" not in read(browse, path, 404)
    assert "kazakhstan" in read(browse, "/id/kazakstan", 404).partition("Ask again with")[2]


def test_a_word_of_several_names_leads_to_each(browse: httpx.Client) -> None:
    again = read(browse, "/disputes?about=chips", 404).partition("Ask again with")[2]
    named = re.findall(r'about=([\w-]+)">', again)
    assert {"ai-chips", "kazakhstan-ai-chips-2025"} <= set(named)
    for name in named:
        read(browse, f"/disputes?about={name}")
