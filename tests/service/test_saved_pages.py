"""Pages in words: headings and sums of saved questions, what numbers count, sums in dispute."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

from c5graph.asked import behind_last, heading
from c5graph.catalogue import Catalogue
from c5graph.speech import rounded
from tests.queries.answers import expected

PATH = "/api/queries/which-wanted-minerals-lie-where"
HEAD = re.compile(r'<th scope="col"[^>]*>([^<]*)</th>')


def headings(client: httpx.Client, path: str) -> list[str]:
    return HEAD.findall(client.get(path, headers={"accept": "text/html"}).text)


def test_a_page_has_headings_in_words_and_claims_last(browse: httpx.Client) -> None:
    told = ["mineral", "state", "how related"]
    behind = ["claim", "claim in words", "claims of a reason"]
    assert headings(browse, PATH) == [*told, *behind]


def test_a_mineral_and_a_state_are_one_row_with_every_way_and_thing(browse: httpx.Client) -> None:
    page = browse.get(PATH, headers={"accept": "text/html"}).text
    file = list(csv.DictReader(io.StringIO(browse.get(PATH, params={"format": "csv"}).text)))
    rows = [row for row in page.split("<tr>") if "<td" in row]
    assert len(rows) == len({(row["mineral"], row["state"]) for row in file}) < len(file)
    assert f"a file has {len(file)} rows" in page
    (told,) = (row for row in rows if "id:tungsten" in row and "id:kazakhstan" in row)
    ways = re.findall("<div>([^:]+): (.*?)</div>", told)
    assert [way for way, _ in ways] == ["agreement on it", "contains", "has deposits of"]
    assert re.findall('href="[./]*(id/[^"]+)"', ways[1][1]) == [
        "id/upper-kairakty",
        "id/upper-kairakty-mine",
    ]
    assert "claim/tca-2025-11-06-summit-crossroads-075" in told


def test_files_keep_the_names_of_the_query_in_its_order(browse: httpx.Client) -> None:
    first = browse.get(PATH, params={"format": "csv"}).text.splitlines()[0]
    assert first.startswith("mineral,mineralLabel,claim,claimGloss,reasonClaims,state")


@pytest.mark.parametrize("name", [query.name for query in Catalogue()])
def test_no_heading_of_a_saved_question_runs_words_together(name: str) -> None:
    for column in expected(name)[0].split(","):
        assert not re.search("[a-z][A-Z]", heading(column)), column


def test_a_question_of_claims_keeps_its_order() -> None:
    assert behind_last(["claim", "state"]) == ["claim", "state"]
    assert behind_last(["claims", "mineral", "claim"]) == ["claims", "mineral", "claim"]
    assert behind_last(["mineral", "claim", "state"]) == ["mineral", "state", "claim"]


@pytest.mark.parametrize("name", [each for each in Catalogue().queries if "how-much-money" in each])
def test_sums_of_money_are_told_in_words_beside_their_currency(
    name: str, browse: httpx.Client
) -> None:
    path = f"/api/queries/{name}"
    files = browse.get(path, params={"format": "csv"}).text
    page = browse.get(path, headers={"accept": "text/html"}).text
    for row in csv.DictReader(io.StringIO(files)):
        for amount in (row["low"], row["high"]):
            assert f'title="{amount}">{rounded(float(amount))} {row["currency"]}</td>' in page
    assert " billion USD" in page


def test_the_question_of_all_money_says_what_the_ledger_leaves_out(browse: httpx.Client) -> None:
    path = "/api/queries/how-much-money-by-status-class"
    page = browse.get(path, headers={"accept": "text/html"}).text
    before, _, _ = page.partition("<table>")
    assert "it leaves out deals" in before
    assert 'ledger?class=binding"' in before


def test_sums_that_differ_are_seen_together_before_the_rest(browse: httpx.Client) -> None:
    path = "/disputes?about=kazakhstan-ai-chips-2025"
    page = browse.get(path, headers={"accept": "text/html"}).text
    seen, folded, _ = page.partition('<details class="fold">')
    assert folded
    for amount in ("3.7 billion", "2 billion", "1 billion"):
        assert amount in seen.partition('<ol class="positions">')[2]


def test_pages_say_what_their_numbers_count(browse: httpx.Client) -> None:
    home = browse.get("/", headers={"accept": "text/html"}).text
    assert "relations that count now" in home
    assert "the ledger of a power lists them as well" in home
    compared = browse.get("/compare?a=russia&b=china").text
    assert "Undertakings are agreements, and also projects" in compared
