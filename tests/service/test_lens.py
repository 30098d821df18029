"""One lens on every route: what it chooses, and how answers name it."""

import re

import httpx
import pytest

from c5graph.namespaces import BASE

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
COUNT = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}graph/facts> {{ ?s ?p ?o }} }}"
CLAIMS = f"SELECT (COUNT(*) AS ?n) {{ ?c a <{BASE}ontology#Claim> }}"


def counted(browse: httpx.Client, query: str, **lens: str) -> tuple[int, httpx.Response]:
    answer = browse.get("/sparql", params={"query": query, **lens}, headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1]), answer


def test_sparql_takes_a_lens_and_names_it(browse: httpx.Client) -> None:
    usual, answer = counted(browse, COUNT)
    assert answer.headers["c5graph-lens"] == "default"
    assert answer.headers["c5graph-undated"] == "0"
    two, answer = counted(browse, COUNT, minOrigins="2")
    assert 0 < two < usual
    assert answer.headers["c5graph-lens"] == "minOrigins=2"
    then, answer = counted(browse, COUNT, asOf="2025-11-07")
    assert 0 < then < usual
    assert int(answer.headers["c5graph-undated"]) > 0
    assert counted(browse, CLAIMS, asOf="2025-11-07")[0] == counted(browse, CLAIMS)[0]
    assert counted(browse, CLAIMS, knownAt="2025-11-07")[0] < counted(browse, CLAIMS)[0]
    assert counted(browse, COUNT)[0] == usual


def test_a_lens_may_be_sent_in_a_form(browse: httpx.Client) -> None:
    answer = browse.post(
        "/sparql", data={"query": COUNT, "knownAt": "2025-11-06"}, headers={"accept": "text/csv"}
    )
    assert answer.headers["c5graph-lens"] == "knownAt=2025-11-06"


@pytest.mark.slow
def test_more_lenses_than_are_kept_are_all_answered(browse: httpx.Client) -> None:
    for origins in ("2", "3", "4", "5", "2"):
        _, answer = counted(browse, COUNT + f" # {origins}", minOrigins=origins)
        assert answer.headers["c5graph-lens"] == f"minOrigins={origins}"


def test_a_saved_question_is_answered_under_a_lens(browse: httpx.Client) -> None:
    path = "/api/queries/how-firm-are-the-facts"
    usual = browse.get(path, params={"format": "csv"})
    then = browse.get(path, params={"format": "csv", "knownAt": "2025-11-07"})
    assert then.headers["c5graph-lens"] == "knownAt=2025-11-07"
    assert usual.text != then.text
    listed = browse.get("/api/queries").json()
    assert {"asOf", "knownAt", "reports"} <= set(listed["lens_parameters"])
    assert "csv" in listed["formats"]


@pytest.mark.parametrize(
    "lens",
    [
        "asOf=yesterday",
        "asOf=20251106",
        "knownAt=2025-13-01",
        "reports=nobody",
        "kinds=rumour",
        "interest=,",
        "modality=loud",
        "minOrigins=0",
        "dates=maybe",
        "asOf=2025-11-06&asOf=2025-11-07",
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        "/sparql?query=ASK%7B%7D",
        "/api/neighbours?entity=kazakhstan",
        "/api/paths?from=kazakhstan&to=boeing",
        "/api/evidence?subject=somon-air",
        "/api/queries/how-firm-are-the-facts?format=csv",
    ],
)
def test_a_wrong_lens_is_refused_everywhere_with_what_to_write(
    browse: httpx.Client, address: str, lens: str
) -> None:
    answer = browse.get(f"{address}&{lens}")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_the_same_lens_is_told_in_the_body_of_look_ups(browse: httpx.Client) -> None:
    lens = "asOf=2025-11-07&reports=tca-2025-11-07-tj-deals&kinds=news"
    for address in (
        "/api/neighbours?entity=somon-air",
        "/api/paths?from=somon-air&to=boeing",
        "/api/evidence?subject=somon-air",
    ):
        told = browse.get(f"{address}&{lens}").json()["lens"]
        assert told["asOf"] == "2025-11-07"
        assert told["reports"] == ["tca-2025-11-07-tj-deals"]
        assert told["kinds"] == ["news"]
        assert told["left_out_for_want_of_a_date"] > 0


def test_a_lens_has_nothing_to_choose_from_in_files_without_claims(ask: httpx.Client) -> None:
    assert ask.get("/sparql", params={"query": "ASK {}", "asOf": "2025-01-01"}).status_code == 400


@pytest.mark.parametrize("path", ["/api/neighbours?entity=kazakhstan", "/map", "/id/kazakhstan"])
def test_empty_fields_of_a_lens_are_as_if_not_sent(browse: httpx.Client, path: str) -> None:
    mark = "&" if "?" in path else "?"
    empty = "knownAt=&asOf=&dates=&modality=&minOrigins="
    page = browse.get(f"{path}{mark}{empty}", headers=BROWSER)
    assert page.status_code == 200
    assert "all reports; what is asserted or planned counts as fact, all else" in page.text


def test_a_lens_changes_the_numbers_of_every_page(browse: httpx.Client) -> None:
    for path in ("/", "/id/tajikistan", "/timeline", "/compare", "/map"):
        usual, early = (
            re.sub(r"\?[^\"]*", "", browse.get(path, params=lens, headers=BROWSER).text)
            for lens in ({}, {"knownAt": "2025-11-06"})
        )
        assert usual.partition("<main")[2] != early.partition("<main")[2], path


def test_links_of_a_page_keep_its_lens_and_language(browse: httpx.Client) -> None:
    page = browse.get("/id/tajikistan?knownAt=2025-11-07&lang=ru", headers=BROWSER)
    found = re.findall(r'<a href="(\.\./id/[^"#]*)"', page.text)
    assert len(found) > 10
    assert all("knownAt=2025-11-07" in link and "lang=ru" in link for link in found)
