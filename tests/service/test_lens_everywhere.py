"""Every address takes the lens, or says why it has none; what a lens hides is hidden everywhere."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from c5graph.lenses import PARAMETERS
from c5graph.namespaces import BASE
from c5graph.routes.lookups import LENSLESS
from tests.search.wire import complaints
from tests.service.conftest import Server

BEFORE = {"knownAt": "2000-01-01"}
EXAMPLES: dict[str, tuple[str, dict[str, str]]] = {
    "/sparql": ("/sparql", {"query": "ASK {}"}),
    "/api/network": ("/api/network", {"entities": "kazakhstan"}),
    "/api/neighbours": ("/api/neighbours", {"entity": "kazakhstan"}),
    "/api/paths": ("/api/paths", {"from": "kazakhstan", "to": "china"}),
    "/api/evidence": ("/api/evidence", {"subject": "kazakhstan"}),
    "/api/ledger": ("/api/ledger", {}),
    "/api/disputes": ("/api/disputes", {}),
    "/api/changes": ("/api/changes", {"from": "2025-01-01", "to": "2025-12-31"}),
    "/api/perspectives": ("/api/perspectives", {"of": "kazakhstan"}),
    "/api/search": ("/api/search", {"q": "kazakhstan"}),
    "/api/terms": ("/api/terms", {}),
    "/api/labels": ("/api/labels", {"iri": BASE + "id/kazakhstan"}),
    "/api/queries/{name}": ("/api/queries/how-firm-are-the-facts", {}),
    "/api/analytics/degree": ("/api/analytics/degree", {}),
    "/dump/{file}": ("/dump/c5graph.nt", {}),
    "/reconcile": ("/reconcile", {}),
    "/reconcile/suggest/{kind}": ("/reconcile/suggest/entity", {"prefix": "ka"}),
    "/reconcile/flyout/{kind}": ("/reconcile/flyout/entity", {"id": "kazakhstan"}),
    "/reconcile/preview": ("/reconcile/preview", {"id": "kazakhstan"}),
    "/reconcile/properties": ("/reconcile/properties", {}),
    "/{name}": ("/id/kazakhstan.ttl", {}),
}


def described(browse: httpx.Client) -> dict[str, set[str]]:
    """Every address of the description and the parameters of all its methods."""
    paths = browse.get("/openapi.json").json()["paths"]
    return {
        path: {each["name"] for one in operations.values() for each in one.get("parameters", ())}
        for path, operations in paths.items()
    }


def test_every_address_takes_the_whole_lens_or_says_why_not(browse: httpx.Client) -> None:
    for path, names in described(browse).items():
        taken = names & set(PARAMETERS)
        if path in LENSLESS:
            assert not taken, path
        else:
            assert taken == set(PARAMETERS), path


def test_the_page_of_the_interfaces_tells_which_have_no_lens(browse: httpx.Client) -> None:
    page = browse.get("/docs").text
    assert set(LENSLESS) <= set(described(browse))
    for path, reason in LENSLESS.items():
        assert f"<dt><code>{path}</code></dt><dd>{reason}.</dd>" in page


def test_every_address_with_a_lens_has_an_example_here(browse: httpx.Client) -> None:
    taking = {path for path in described(browse) if path not in LENSLESS}
    analyses = {path for path in taking if path.startswith("/api/analytics/")}
    assert taking - analyses | {"/api/analytics/degree"} == set(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_answer_names_the_lens_that_it_was_made_with(path: str, browse: httpx.Client) -> None:
    address, given = EXAMPLES[path]
    answer = browse.get(address, params={**given, "minOrigins": "2"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["c5graph-lens"] == "minOrigins=2"
    misspelt = browse.get(address, params={**given, "min_origins": "2"})
    assert misspelt.status_code == 400, path
    assert "minOrigins" in misspelt.text


@pytest.mark.parametrize("path", ["/", "/map", "/dataset", "/id/kazakhstan"])
def test_a_page_refuses_a_misspelt_lens_as_its_data_do(browse: httpx.Client, path: str) -> None:
    page = browse.get(path, params={"knownat": "2025-11-06"}, headers={"accept": "text/html"})
    assert page.status_code == 400
    assert "knownAt" in page.text


def test_what_describes_a_whole_version_refuses_a_lens_as_rdf(browse: httpx.Client) -> None:
    turtle = {"accept": "text/turtle"}
    for path in ("/", "/ontology", "/vocab/", "/shapes", "/query/", "/dataset"):
        assert browse.get(path, headers=turtle).status_code == 200
        assert browse.get(path, headers=turtle, params=BEFORE).status_code == 400, path
        assert browse.get(path, headers={"accept": "text/html"}, params=BEFORE).status_code == 200


NAMED = f"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX c5: <{BASE}ontology#>
SELECT DISTINCT ?i ?label {{ ?c rdfs:subClassOf+ c5:FramedNode . ?i a ?c ; rdfs:label ?label }}
ORDER BY ?i LIMIT 25"""


@pytest.fixture(scope="module")
def framed(graph: Server) -> list[tuple[str, str]]:
    """Objectives, risks and their like with a name; each belongs to a claim that tells it."""
    with graph.client() as client:
        rows = client.get("/sparql", params={"query": NAMED, "format": "json"}).json()
    return [(row["i"]["value"], row["label"]["value"]) for row in rows["results"]["bindings"]]


def iris(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["iri"] for each in answer.json()["results"]]


def test_search_finds_nothing_that_the_lens_hides(
    browse: httpx.Client, framed: list[tuple[str, str]]
) -> None:
    assert len(framed) > 10
    for iri, label in framed:
        asked = {"q": label[:200], "limit": "100"}
        usual = iris(browse.get("/api/search", params=asked))
        early = browse.get("/api/search", params={**asked, **BEFORE})
        assert iri in usual
        assert early.json()["lens"]["knownAt"] == "2000-01-01"
        assert iri not in iris(early)
        told = f"<code>{iri.replace(BASE, '').replace('/', ':')}</code>"
        assert told in browse.get("/search", params=asked).text
        assert told not in browse.get("/search", params={**asked, **BEFORE}).text
    assert BASE + "id/kazakhstan" in iris(
        browse.get("/api/search", params={"q": "kazakhstan", **BEFORE})
    )


def test_reports_of_another_kind_are_not_found(browse: httpx.Client) -> None:
    asked = {"q": "kazakhstan", "type": "Report", "limit": "100"}
    usual = iris(browse.get("/api/search", params=asked))
    analyses = iris(browse.get("/api/search", params={**asked, "kinds": "analysis"}))
    assert usual
    assert analyses
    for iri in usual:
        shown = browse.get(iri.replace(BASE, "/") + ".nt", params={"kinds": "analysis"})
        assert (shown.status_code == 200) == (iri in analyses), iri


def test_labels_of_hidden_things_are_not_told(
    browse: httpx.Client, framed: list[tuple[str, str]]
) -> None:
    asked = {"iri": [framed[0][0], BASE + "id/kazakhstan"]}
    assert len(browse.get("/api/labels", params=asked).json()["labels"]) == 2
    early = browse.get("/api/labels", params={**asked, **BEFORE}).json()["labels"]
    assert list(early) == [BASE + "id/kazakhstan"]


def batch(browse: httpx.Client, query: dict[str, Any], lens: dict[str, str]) -> list[str]:
    asked = {"queries": json.dumps({"q": query})}
    answer = browse.post("/reconcile", params=lens, data=asked)
    assert complaints("reconciliation-result-batch", answer.json()) == []
    return [each["id"] for each in answer.json()["q"]["result"]]


def test_reconciliation_offers_nothing_that_the_lens_hides(
    browse: httpx.Client, framed: list[tuple[str, str]]
) -> None:
    for iri, label in framed[:10]:
        name = iri.removeprefix(BASE + "id/")
        assert name in batch(browse, {"query": label, "limit": 50}, {})
        assert name not in batch(browse, {"query": label, "limit": 50}, BEFORE)
        suggested = browse.get("/reconcile/suggest/entity", params={"prefix": name, **BEFORE})
        assert name not in [each["id"] for each in suggested.json()["result"]]
        assert browse.get("/reconcile/flyout/entity", params={"id": name}).status_code == 200
        for path in ("/reconcile/flyout/entity", "/reconcile/preview"):
            assert browse.get(path, params={"id": name, **BEFORE}).status_code == 404


def test_a_data_extension_fetches_what_the_lens_lets_hold(browse: httpx.Client) -> None:
    asked = {"ids": ["kazakhstan", "uzbekistan"], "properties": [{"id": "memberOf"}]}
    data = {"extend": json.dumps(asked)}
    usual, early = (
        browse.post("/reconcile", params=lens, data=data).json()["rows"] for lens in ({}, BEFORE)
    )
    assert sum(len(row["memberOf"]) for row in usual.values()) > 0
    assert sum(len(row["memberOf"]) for row in early.values()) == 0


def test_the_manifest_under_a_lens_keeps_it_in_every_address(browse: httpx.Client) -> None:
    manifest = browse.get("/reconcile", params=BEFORE).json()
    assert complaints("manifest", manifest) == []
    assert "knownAt=2000-01-01" in manifest["name"]
    for suggest in manifest["suggest"].values():
        found = browse.get(
            httpx.URL(suggest["service_url"] + suggest["service_path"]).copy_add_param(
                "prefix", "co"
            )
        )
        assert found.headers["c5graph-lens"] == "knownAt=2000-01-01"
        flyout = suggest["flyout_service_url"] + suggest["flyout_service_path"]
        known = found.json()["result"][0]["id"]
        card = browse.get(flyout.replace("${id}", known))
        assert card.headers["c5graph-lens"] == "knownAt=2000-01-01"
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        shown = browse.get(template.replace("{{id}}", "kazakhstan"))
        assert shown.status_code == 200
        assert "knownAt=2000-01-01" in str(shown.url)
