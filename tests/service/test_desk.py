"""Ledger, desk, changes, perspectives and citations over the wire."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import httpx
import pytest

from c5graph.pins import row_digest, rows_of

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ASKED = [
    ("ledger", "state=tajikistan", "agreements"),
    ("disputes", "about=somon-air-boeing-2025", "disputes"),
    ("changes", "from=2025-11-20&about=tajikistan", "changes"),
    ("perspectives", "of=somon-air-boeing-2025", "aspects"),
]


@pytest.mark.parametrize(("name", "query", "rows"), ASKED)
def test_a_question_of_the_desk_is_answered_in_every_form(
    browse: httpx.Client, name: str, query: str, rows: str
) -> None:
    plain = browse.get(f"/api/{name}?{query}")
    told = plain.json()
    assert plain.headers["content-type"] == "application/json"
    assert told[rows]
    assert told["version"] == plain.headers["c5graph-version"]
    assert told["lens"]["iri"].endswith("/lens/default")
    assert browse.get(f"/{name}?{query}", headers=BROWSER).status_code == 200
    table = browse.get(f"/api/{name}?{query}", headers={"accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert len(list(csv.reader(io.StringIO(table.text)))) > 1
    for path in ("ledger?party", "disputes?about", "perspectives?of"):
        answer = browse.get(f"/api/{path}=boing")
        assert answer.status_code == 404
        assert "boeing" in answer.json()["error"]["remedy"]


def test_a_sum_opens_to_its_claims_in_words(browse: httpx.Client) -> None:
    page = browse.get("/ledger?state=tajikistan", headers=BROWSER).text
    sums = page.partition('id="sums"')[2].partition("</section>")[0]
    told = browse.get("/api/ledger?state=tajikistan").json()
    claim = told["totals"][0]["counted"][0]["low_claims"][0].removeprefix(
        "https://w3id.org/c5graph/"
    )
    (words,) = set(re.findall(rf'<a href="\./{claim}"[^>]*>([^<]*)</a>', sums))
    assert words.endswith(".")
    assert ">claim:" not in sums


def test_labels_come_in_the_language_asked_for(browse: httpx.Client) -> None:
    told = browse.get("/api/ledger?state=tajikistan&lang=ru").json()
    where = [row["states"] or row["concerned"] for row in told["agreements"]]
    assert all("Таджикистан" in [each["label"] for each in some] for some in where)
    assert told["agreements"]


def test_every_answer_names_the_data_version(browse: httpx.Client) -> None:
    version = browse.get("/ready").json()["version"]
    for path in ("/sparql?query=ASK%7B%7D", "/", "/dataset", "/api/search?q=kaz", "/nothing"):
        assert browse.get(path).headers["c5graph-version"] == version


CITED = "/api/ledger?power=united-states&knownAt=2026-06-30"


def test_an_answer_is_cited_and_found_the_same(browse: httpx.Client) -> None:
    told = browse.get("/api/cite", params={"of": CITED}).json()
    pinned = told["pin"]
    assert pinned["version"] == told["version"]
    assert pinned["address"] == "/api/ledger?knownAt=2026-06-30&power=united-states"
    assert told["url"].endswith(pinned["address"])
    again = browse.get(told["check"]).json()["check_result"]
    assert (again["verdict"], again["version_changed"]) == ("same", False)
    posted = browse.post("/api/cite", json=pinned)
    assert posted.json()["verdict"] == "same"


def test_a_change_is_told_row_by_row(browse: httpx.Client) -> None:
    pinned = browse.get("/api/cite", params={"of": CITED}).json()["pin"]
    rows = pinned["row_digests"]
    then = {**pinned, "version": "0.0.9", "digest": "sha256:0"}
    then["row_digests"] = ["0" * 12, *rows[1:]]
    told = browse.post("/api/cite", json=then).json()
    assert (told["verdict"], told["version_changed"]) == ("changed", True)
    assert (told["added_total"], told["removed_total"]) == (1, 1)
    query = {"of": CITED, "digest": "sha256:0", "version": "0.0.9", "rows": "7"}
    bare = browse.get("/api/cite", params=query).json()["check_result"]
    assert bare["verdict"] == "changed"
    assert (bare["then"]["rows"], bare["removed_total"]) == (7, None)


@pytest.mark.parametrize(
    ("of", "rows"),
    [
        ("/api/ledger?class=binding&sort=amount", "agreements"),
        ("/api/neighbours?entity=kazakhstan", "edges"),
    ],
)
def test_a_citation_pins_every_page(browse: httpx.Client, of: str, rows: str) -> None:
    first = browse.get(of).json()
    assert len(first[rows]) < first["total"]
    pinned = browse.get("/api/cite", params={"of": f"{of}&limit=2"}).json()["pin"]
    assert pinned["rows"] == first["total"]
    beyond = browse.get(f"{of}&cursor={first['next_cursor']}").json()[rows]
    then = {**pinned, "digest": "sha256:0"}
    (line,) = rows_of(json.dumps({rows: beyond[-1:]}).encode(), "application/json")
    last = row_digest(line)
    then["row_digests"] = ["0" * 12 if each == last else each for each in pinned["row_digests"]]
    assert then["row_digests"] != pinned["row_digests"]
    told = browse.post("/api/cite", json=then).json()
    assert (told["verdict"], told["added_total"], told["removed_total"]) == ("changed", 1, 1)


@pytest.mark.parametrize(
    "of",
    [
        "/sparql?query=SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "/sparql?query=ASK {}",
        "/sparql?query=CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3",
        "/api/queries/how-firm-are-the-facts",
        "/api/queries/what-does-a-state-seek?state=tajikistan",
        "/api/neighbours?entity=somon-air",
        "/api/paths?from=somon-air&to=boeing",
        "/api/evidence?subject=somon-air",
        *(f"/api/{name}?{query}" for name, query, _ in ASKED),
    ],
)
def test_every_kind_of_answer_can_be_pinned(browse: httpx.Client, of: str) -> None:
    told = browse.get("/api/cite", params={"of": of}).json()
    assert told["pin"]["rows"] > 0
    assert browse.get(told["check"]).json()["check_result"]["verdict"] == "same"


@pytest.mark.parametrize(
    ("form", "media_type", "start"),
    [
        ("bibtex", "application/x-bibtex", "@dataset{"),
        ("ris", "application/x-research-info-systems", "TY  - DATA"),
        ("csl", "application/vnd.citationstyles.csl+json", "[\n {"),
        ("text", "text/plain", "c5graph maintainers."),
    ],
)
def test_citations_come_in_the_formats_of_bibliographies(
    browse: httpx.Client, form: str, media_type: str, start: str
) -> None:
    for params in ({}, {"of": CITED}):
        named = browse.get("/api/cite", params={**params, "format": form})
        accepted = browse.get("/api/cite", params=params, headers={"accept": media_type})
        assert named.content == accepted.content
        assert named.headers["content-type"].startswith(media_type)
        assert named.text.startswith(start)
        assert ("sha256:" in named.text) == bool(params)


def test_the_page_of_the_data_set_says_how_to_cite(browse: httpx.Client) -> None:
    page = browse.get("/dataset", headers=BROWSER).text
    version = browse.get("/ready").json()["version"]
    assert "How to cite" in page
    assert f"Data version {version}" in page
    cited = browse.get("/api/cite", params={"of": CITED}, headers=BROWSER)
    assert cited.status_code == 200
    assert "Ask again and compare" in cited.text


@pytest.mark.parametrize(
    "of", ["/api/cite", "/dump/c5graph.ttl", "//example.org", "/api/queries/no-such-question"]
)
def test_what_is_no_answer_cannot_be_cited(browse: httpx.Client, of: str) -> None:
    assert browse.get("/api/cite", params={"of": of}).status_code in (400, 404)


def test_an_error_of_the_cited_answer_is_told(browse: httpx.Client) -> None:
    wrong = browse.get("/api/cite", params={"of": "/api/ledger?power=mars"})
    assert wrong.status_code == 400
    assert "side-china" in wrong.json()["error"]["remedy"]
    syntax = browse.get("/api/cite", params={"of": "/sparql?query=SELECT"})
    assert syntax.json()["error"]["code"] == "query_syntax"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 20_000, b'{"address": "/"}'])
def test_a_body_that_is_no_pin_is_refused(browse: httpx.Client, body: bytes) -> None:
    answer = browse.post("/api/cite", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


def test_files_without_claims_have_an_empty_ledger(ask: httpx.Client) -> None:
    told = ask.get("/api/ledger").json()
    assert (told["total"], told["agreements"], told["totals"]) == (0, [], [])
    assert ask.get("/api/disputes").json()["disputes"] == []


NAME = "Somon Air and Boeing aircraft purchase, 2025"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/disputes", {"about": NAME}),
        ("/api/disputes", {"about": f"kazakhstan, {NAME},tajikistan"}),
        ("/api/changes", {"about": NAME, "from": "2025-11-06"}),
        ("/api/perspectives", {"of": NAME}),
    ],
)
def test_a_name_may_hold_a_comma(browse: httpx.Client, path: str, query: dict[str, str]) -> None:
    slugs = {name: value.replace(NAME, "somon-air-boeing-2025") for name, value in query.items()}
    named, short = (browse.get(path, params=params) for params in (query, slugs))
    assert named.status_code == 200
    assert named.json()["total"] == short.json()["total"] > 0


def test_the_graph_takes_a_name_with_a_comma(browse: httpx.Client) -> None:
    found = browse.get("/api/network", params={"entities": f"{NAME},kazakhstan"}).json()
    assert [node["label"] for node in found["nodes"]] == [NAME, "Kazakhstan"]
    page = browse.get("/graph", params={"entities": NAME.replace("Boeing", "Boing")}).text
    assert '<a href="?entities=somon-air-boeing-2025">' in page


@pytest.mark.parametrize(
    ("path", "query", "near"),
    [
        ("/disputes", {"about": "Somon Air and Boing purchase, 2025"}, "somon-air-boeing-2025"),
        ("/changes", {"about": "kazakhstan,boing", "from": "2025-11-06"}, "boeing"),
        ("/compare", {"a": "Kasakhstan", "b": "tajikistan"}, "kazakhstan"),
    ],
)
def test_a_name_that_nothing_has_keeps_the_form_and_leads_on(
    browse: httpx.Client, path: str, query: dict[str, str], near: str
) -> None:
    answer = browse.get(path, params=query, headers=BROWSER)
    assert answer.status_code == 404
    for name, value in query.items():
        assert f'name="{name}" value="{value}"' in answer.text
    offered = answer.text.partition("Ask again with")[2].partition("</p>")[0]
    (link,) = re.findall(rf'<a href="(\?[^"]*(?:=|%2C){near}(?:[&%][^"]*)?)"', offered)
    assert browse.get(path + html.unescape(link), headers=BROWSER).status_code == 200
    typed = re.findall("called &#39;(.*)&#39;", answer.text)[0]
    assert f"Search for “{typed}”" in answer.text
