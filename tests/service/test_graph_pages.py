"""Pages, neighbours, questions and linked data over the shipped graph."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from c5graph.catalogue import Catalogue
from c5graph.namespaces import BASE
from c5graph.store.rdf import FORMATS, parse_text

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = ["/", "/sparql", "/docs", "/api/queries", "/api/neighbours?entity=kazakhstan"]
PAGES += ["/id/kazakhstan", "/ontology", "/vocab/", "/vocab/modality", "/shapes", "/dataset"]
PAGES += ["/graph?entities=kazakhstan,boeing", "/map", "/map?area=world", "/timeline", "/compare"]
PAGES += ["/questions", "/about", "/search?q=boeing"]
OWN_SCRIPT = re.compile(r'<script type="module" src="(?:\.\./)*(?:\./)?static/built/[\w-]+\.js">')


def links(page: httpx.Response) -> set[str]:
    found = re.findall(r'(?:href|src|action)="([^"]*)"', page.text)
    return {urljoin(str(page.url), unescape(link)).partition("#")[0] for link in found}


def local(page: httpx.Response) -> list[str]:
    host = urlsplit(str(page.url)).netloc
    return sorted(link for link in links(page) if urlsplit(link).netloc == host)


def test_every_link_on_the_home_page_works(browse: httpx.Client) -> None:
    home = browse.get("/", headers=BROWSER)
    found = local(home)
    assert len(found) > 30
    for link in found:
        assert browse.get(link, headers=BROWSER).status_code == 200, link


@pytest.mark.parametrize(
    "path", ["/id/kazakhstan", "/api/neighbours?entity=tajikistan&firmness=all"]
)
def test_every_link_of_a_page_about_a_thing_works(browse: httpx.Client, path: str) -> None:
    page = browse.get(path, headers=BROWSER)
    for link in local(page):
        assert browse.get(link, headers=BROWSER).status_code == 200, link


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_elsewhere_and_run_only_our_scripts(
    browse: httpx.Client, path: str
) -> None:
    page = browse.get(path, headers=BROWSER)
    assert page.status_code == 200
    scripts = re.findall(r"<script[^>]*>", page.text)
    data = {'<script type="application/ld+json">'}  # never executed
    assert all(OWN_SCRIPT.fullmatch(each) for each in set(scripts) - data), scripts
    assert any(OWN_SCRIPT.fullmatch(each) for each in scripts)
    assert "<style" not in page.text
    assert " style=" not in page.text
    loaded = re.findall(r'<(?:link|img|script)[^>]*(?:href|src)="(http[^"]*)"', page.text)
    assert all(address.startswith(BASE) for address in loaded)  # the canonical link only
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_home_page_says_what_the_graph_holds(browse: httpx.Client) -> None:
    home = browse.get("/", headers=BROWSER).text
    count = browse.get(
        "/sparql",
        params={"query": f"SELECT (COUNT(*) AS ?n) {{ ?c a <{BASE}ontology#Claim> }}"},
        headers={"accept": "text/csv"},
    ).text.split()[1]
    assert f"{int(count):,} claims" in home
    assert browse.get("/ready").json()["version"] in home


@pytest.mark.slow
def test_every_saved_question_is_answered(browse: httpx.Client) -> None:
    listed = browse.get("/api/queries").json()["queries"]
    assert len(listed) == len(Catalogue())
    for query in listed:
        answer = browse.get(query["link"], params={"format": "json"})
        if answer.status_code == 406:
            answer = browse.get(query["link"], params={"format": "turtle"})
        assert answer.status_code == 200, query["name"]


def test_a_saved_question_takes_its_parameters_as_terms(browse: httpx.Client) -> None:
    with_parameters = next(query for query in Catalogue() if query.parameters)
    name = with_parameters.parameters[0].name
    path = f"/api/queries/{with_parameters.name}"
    assert browse.get(path, params={name: "} DROP"}).status_code == 404
    assert browse.get(path, params={name: "<} DROP>:"}).status_code == 400
    assert browse.get(path, params={"nonsense": "x"}).status_code == 400
    page = browse.get(path, headers=BROWSER)
    assert f'name="{name}"' in page.text


def test_an_unknown_question_suggests_near_ones(browse: httpx.Client) -> None:
    name = next(iter(Catalogue())).name
    response = browse.get(f"/api/queries/{name[:-3]}")
    assert response.status_code == 404
    assert name in response.json()["error"]["remedy"]


@pytest.mark.parametrize(
    "entity", ["kazakhstan", "id:kazakhstan", BASE + "id/kazakhstan", "Kazakhstan"]
)
def test_an_entity_is_found_by_slug_curie_iri_and_label(browse: httpx.Client, entity: str) -> None:
    page = browse.get("/api/neighbours", params={"entity": entity}).json()
    assert page["entity"] == {"iri": BASE + "id/kazakhstan", "label": "Kazakhstan"}
    assert page["total"] == sum(count["count"] for count in page["counts"]) > 0


def test_every_edge_of_a_neighbourhood_has_claims_and_a_firmness(browse: httpx.Client) -> None:
    page = browse.get("/api/neighbours?entity=kazakhstan&firmness=all&limit=1000").json()
    for edge in page["edges"]:
        assert edge["firmness"] in {"firm", "planned", "sought", "possible", "forecast", "opinion"}
        assert edge["direction"] in {"in", "out"}
        for claim in edge["claims"]:
            assert claim["gloss"]
            assert claim["attributed_to"]
        assert edge["claims"]


def test_paging_meets_every_edge_once(browse: httpx.Client) -> None:
    whole = browse.get("/api/neighbours?entity=tajikistan&limit=1000").json()["edges"]
    met, following = [], "?entity=tajikistan&limit=7"
    while following:
        page = browse.get("/api/neighbours" + following).json()
        met += page["edges"]
        following = page["next"]
    assert met == whole


def test_neighbours_are_narrowed_by_direction_and_predicate(browse: httpx.Client) -> None:
    def edges(**parameters: str) -> list[dict[str, object]]:
        answer = browse.get("/api/neighbours", params={"entity": "kazakhstan", **parameters})
        return list(answer.json()["edges"])

    assert {edge["direction"] for edge in edges(direction="in")} == {"in"}
    assert edges(predicates="hasBuyer") == edges(predicates="c5:hasBuyer")
    assert len(edges(predicates="hasBuyer,hasParty")) > len(edges(predicates="hasBuyer")) > 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "entity=kazakhstan&direction=up",
        "entity=kazakhstan&limit=0",
        "entity=kazakhstan&limit=x",
        "entity=kazakhstan&cursor=x",
        "entity=kazakhstan&firmness=solid",
        "entity=kazakhstan&nonsense=1",
        "entity=kazakhstan&entity=china",
    ],
)
def test_a_wrong_parameter_of_neighbours_is_named(browse: httpx.Client, query: str) -> None:
    response = browse.get(f"/api/neighbours?{query}")
    assert response.status_code == 400
    assert response.json()["error"]["message"]


def test_a_predicate_that_the_ontology_lacks_is_refused_with_near_ones(
    browse: httpx.Client,
) -> None:
    for name in ("hasByer", "c5:hasByer", BASE + "ontology#hasByer"):
        answer = browse.get("/api/neighbours", params={"entity": "kazakhstan", "predicates": name})
        assert answer.status_code == 400
        assert "c5:hasBuyer" in answer.json()["error"]["remedy"]
    foreign = {"entity": "kazakhstan", "predicates": "http://example.org/p"}
    assert browse.get("/api/neighbours", params=foreign).status_code == 200


def test_an_unknown_entity_suggests_near_names(browse: httpx.Client) -> None:
    response = browse.get("/api/neighbours?entity=kazakstan")
    assert response.status_code == 404
    assert "kazakhstan" in response.json()["error"]["remedy"]


@pytest.mark.parametrize(
    ("accept", "ending"),
    [("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("application/rdf+xml", "rdf")],
)
def test_a_thing_is_described_in_the_format_asked_for(
    browse: httpx.Client, accept: str, ending: str
) -> None:
    response = browse.get("/id/kazakhstan", headers={"accept": accept})
    subjects = {str(quad.subject) for quad in parse_text(response.content, FORMATS[ending])}
    assert f"<{BASE}id/kazakhstan>" in subjects
    assert "accept" in response.headers["vary"].lower()


def test_claims_reports_passages_and_facts_of_an_answer_are_described(
    browse: httpx.Client,
) -> None:
    edge = browse.get("/api/neighbours?entity=kazakhstan&limit=1").json()["edges"][0]
    claim = edge["claims"][0]
    passage = browse.get(
        "/sparql",
        params={"query": f"SELECT ?e {{ <{claim['iri']}> <{BASE}ontology#evidence> ?e }}"},
        headers={"accept": "text/csv"},
    ).text.split()[1]
    for iri in (edge["fact"], claim["iri"], claim["reports"][0]["iri"], passage):
        path = "/" + iri.removeprefix(BASE)
        assert iri.encode() in browse.get(path, headers={"accept": "application/n-triples"}).content
        assert browse.get(path, headers=BROWSER).status_code == 200


@pytest.mark.parametrize(
    "path", ["/id/no-such-thing", "/claim/x", "/id/%3E%7B", "/nothing", "/id/"]
)
def test_what_does_not_exist_is_a_404_for_people_and_machines(
    browse: httpx.Client, path: str
) -> None:
    named = path.startswith("/id/") and path != "/id/"
    code = "unknown_entity" if named else "not_found"
    assert browse.get(path).json()["error"]["code"] == code
    page = browse.get(path, headers=BROWSER)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


def test_the_description_of_the_interfaces_names_every_route(browse: httpx.Client) -> None:
    api = browse.get("/openapi.json").json()
    assert api["openapi"].startswith("3.")
    for path in ("/sparql", "/api/neighbours", "/api/queries", "/api/queries/{name}", "/health"):
        assert path in api["paths"]
    for operations in api["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
    assert "/api/neighbours" in browse.get("/docs", headers=BROWSER).text


def test_health_and_readiness_are_told(browse: httpx.Client) -> None:
    assert browse.get("/health").json()["status"] == "ok"
    assert browse.get("/ready").json()["status"] == "ready"


def test_pages_have_tags_and_are_not_sent_twice(browse: httpx.Client) -> None:
    first = browse.get("/", headers=BROWSER)
    again = browse.get("/", headers={**BROWSER, "if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_saved_question_takes_a_name_and_refuses_one_that_nothing_has(
    browse: httpx.Client,
) -> None:
    path = "/api/queries/what-does-a-voice-say"
    typed, slug = (browse.get(path, params={"voice": name}) for name in ("Boeing", "boeing"))
    assert typed.json()["results"]["bindings"] == slug.json()["results"]["bindings"] != []
    wrong = browse.get(path, params={"voice": "Boing"})
    assert wrong.status_code == 404
    assert "boeing" in wrong.json()["error"]["remedy"]
    whole = browse.get(path, params={"voice": f"{BASE}id/boeing"}, headers=BROWSER).text
    assert 'name="voice" value="Boeing"' in whole
