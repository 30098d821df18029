"""Linked data as its clients read it: httpx asks, rdflib parses what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS

from c5graph.graph.release import Release
from c5graph.namespaces import BASE, C5
from c5graph.store.rdf import NamedNode, text_of
from tests.service.conftest import Server, running
from tests.service.formats import DOCUMENTS, normal, read
from tests.service.reconciling import reconciled

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
MEDIA = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
    "jsonld": ("application/ld+json", "json-ld"),
}


ONE_OF_EACH = [
    "id/kazakhstan",
    "id/somon-air-boeing-2025",
    "id/usd-3200000000-more-than",
    "claim/tca-2025-11-07-tj-deals-002",
    "report/tca-2025-11-07-tj-deals",
    "report/tca-2025-11-07-tj-deals/passage/0-39",
    "finding/agenda-of-meeting",
    "link/lei-boeing",
    "vocab/modality",
    "vocab/modality-opinion",
    "lens/default",
    "graph/claims",
    "rule/direct",
    "query/who-belongs-to-which-group",
]


RETIRED = """
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/c5graph/id/old-name>
    dcterms:isReplacedBy <https://w3id.org/c5graph/id/new-name> .
<https://w3id.org/c5graph/id/new-name> dcterms:title "new" .
"""


@pytest.mark.parametrize("path", [*ONE_OF_EACH, *DOCUMENTS])
def test_every_format_holds_the_same_graph(browse: httpx.Client, path: str) -> None:
    graphs = [
        normal(read(browse.get(f"/{path}", headers={"accept": media_type}), form))
        for media_type, form in MEDIA.values()
    ]
    assert graphs[0]
    assert all(each == graphs[0] for each in graphs)


@pytest.mark.parametrize("path", [*ONE_OF_EACH, *DOCUMENTS])
def test_an_ending_takes_the_place_of_the_accept_header(browse: httpx.Client, path: str) -> None:
    for ending, (media_type, _) in MEDIA.items():
        by_ending = browse.get(f"/{path.rstrip('/')}.{ending}", headers={"accept": "text/html"})
        by_header = browse.get(f"/{path}", headers={"accept": media_type})
        assert by_ending.headers["content-type"].split(";")[0] == media_type
        assert by_ending.content == by_header.content
    page = browse.get(f"/{path.rstrip('/')}.html", headers={"accept": "text/turtle"})
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", [*ONE_OF_EACH, *DOCUMENTS])
def test_links_lead_to_every_format_and_to_the_canonical_address(
    browse: httpx.Client, path: str
) -> None:
    page = browse.get(f"/{path}", headers={"accept": "text/html"})
    assert "accept" in page.headers["vary"].lower()
    header = page.headers["link"]
    assert f'<{BASE}{path}>; rel="canonical"' in header
    assert f'<link rel="canonical" href="{BASE}{path}">' in page.text
    found = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', header)
    assert {kind for _, kind in found} == {"text/html", *(kind for kind, _ in MEDIA.values())}
    for address, media_type in found:
        answer = browse.get(urljoin(str(page.url), address))
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] == media_type
        assert f'type="{media_type}" href="{address}"' in page.text


def test_every_iri_of_ours_in_the_graph_is_answered(browse: httpx.Client, shipped: Release) -> None:
    """One in forty of them, and every kind: subjects, objects and predicates."""
    terms = {
        text_of(term)
        for quad in shipped.quads
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, NamedNode)
    }
    named = {iri.partition("#")[0] for iri in terms if iri.startswith(BASE)}
    kinds: dict[str, str] = {}
    for iri in sorted(named):
        kinds.setdefault(iri.removeprefix(BASE).partition("/")[0], iri)
    assert len(kinds) >= 9
    for iri in {*sorted(named)[::40], *kinds.values()}:
        path = "/" + iri.removeprefix(BASE)
        answer = browse.get(path, headers={"accept": "application/n-triples"})
        assert answer.status_code == 200, iri
        assert f"<{iri}".encode() in answer.content
        assert browse.get(path, headers={"accept": "text/html"}).status_code == 200, iri


def test_a_slash_too_many_leads_to_the_name_without_it(browse: httpx.Client) -> None:
    moved = browse.get("/id/somon-air/?lang=ru")
    assert (moved.status_code, moved.headers["location"]) == (308, "../somon-air?lang=ru")
    assert browse.get("/ontology//", follow_redirects=True).status_code == 200
    for path in ("/reconcile", "/docs", "/search", "/sparql", "/api/queries"):
        moved = browse.get(f"{path}/?q=a")
        assert moved.status_code == 308, path
        assert moved.url.join(moved.headers["location"]).raw_path == f"{path}?q=a".encode()
    assert browse.get("/id/nothing-at-all/").status_code == 404
    assert browse.get("/id/").status_code == 404


def test_a_name_that_is_nearly_right_leads_to_the_right_one(browse: httpx.Client) -> None:
    page = browse.get("/id/kazakstan?lang=ru", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert '<a href="../id/kazakhstan?lang=ru">Казахстан</a>' in page.text
    told = browse.get("/id/kazakstan.ttl").json()["error"]
    assert told["code"] == "unknown_entity"
    assert "kazakhstan" in told["remedy"]


def test_what_cannot_be_written_is_refused(browse: httpx.Client) -> None:
    assert browse.get("/id/kazakhstan", headers={"accept": "image/png"}).status_code == 406
    assert browse.get("/id/kazakhstan.png").status_code == 404
    assert browse.get("/id/nowhere.ttl").status_code == 404
    assert browse.get("/.ttl").status_code == 404


def test_a_claim_is_described_with_its_passages_and_what_it_frames(
    browse: httpx.Client, shipped: Release
) -> None:
    framed = next(
        claim
        for claim in shipped.record.claims.values()
        if claim.predicate == C5 + "fears"
        and "/passage/" in str(shipped.index.value(claim.iri, C5 + "evidence"))
    )
    graph = read(browse.get("/" + framed.iri.removeprefix(BASE) + ".ttl"), "turtle")
    node = URIRef(str(getattr(framed.object, "value", "")))
    assert (node, RDF.type, None) in graph
    assert (None, URIRef(C5 + "spanDigest"), None) in graph
    assert (None, URIRef("http://www.w3.org/ns/oa#start"), None) in graph


def test_a_thing_is_described_with_its_firm_facts_and_the_claims_about_it(
    browse: httpx.Client, shipped: Release
) -> None:
    graph = read(browse.get("/id/kazakhstan.ttl"), "turtle")
    here = URIRef(BASE + "id/kazakhstan")
    claims = {c.iri for c in shipped.record.claims.values() if c.subject == str(here)}
    assert claims == {str(s) for s in graph.subjects(RDF.subject, here) if "/claim/" in str(s)}
    assert (here, URIRef(C5 + "memberOf"), URIRef(BASE + "id/c5-plus-1")) in graph


def test_a_thing_is_described_as_the_lens_shows_it(browse: httpx.Client, shipped: Release) -> None:
    report = "tca-2025-11-07-tj-deals"
    here = URIRef(BASE + "id/somon-air")
    answer = browse.get("/id/somon-air.ttl", params={"reports": report})
    assert answer.headers["c5graph-lens"] == f"reports={report}"
    seen, whole = read(answer, "turtle"), read(browse.get("/id/somon-air.ttl"), "turtle")
    claims = {str(s) for s in seen.subjects(RDF.subject, here) if "/claim/" in str(s)}
    assert claims == {
        claim.iri
        for claim in shipped.record.claims.values()
        if claim.subject == str(here) and BASE + f"report/{report}" in claim.reports
    }
    assert claims < {str(s) for s in whole.subjects(RDF.subject, here)}
    left_out = next(c for c in shipped.record.claims.values() if report not in str(c.reports))
    gone = browse.get(left_out.iri.removeprefix(BASE) + ".nt", params={"reports": report})
    assert gone.status_code == 404
    assert "lens" in gone.json()["error"]["message"]
    assert browse.get("/id/somon-air.ttl?asOf=soon").status_code == 400


@pytest.fixture(scope="module")
def retiring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Files of which one IRI of ours was retired."""
    path = tmp_path_factory.mktemp("retired") / "retired.ttl"
    path.write_text(RETIRED)
    with running(["-m", "c5graph", "serve", "--port", "0", "--data", str(path)]) as server:
        yield server


def test_a_retired_iri_is_gone_and_points_to_what_took_its_place(retiring: Server) -> None:
    with retiring.client() as client:
        successor = BASE + "id/new-name"
        page = client.get("/id/old-name", headers={"accept": "text/html"})
        assert page.status_code == 410
        assert 'href="../id/new-name"' in page.text
        data = client.get("/id/old-name", headers={"accept": "text/turtle"})
        assert data.status_code == 410
        assert f'<{successor}>; rel="successor-version"' in data.headers["link"]
        graph = Graph().parse(data=data.text, format="turtle")
        assert (URIRef(BASE + "id/old-name"), DCTERMS.isReplacedBy, URIRef(successor)) in graph
        assert client.get("/id/new-name").status_code == 200


@pytest.mark.parametrize(
    ("ending", "accept", "media_type"),
    [
        ("", "text/html", "text/html; charset=utf-8"),
        (".html", "*/*", "text/html; charset=utf-8"),
        ("", "application/json", "application/json"),
        *((f".{ending}", "*/*", media_type) for ending, (media_type, _) in MEDIA.items()),
    ],
)
def test_a_retired_iri_is_gone_in_every_form(
    retiring: Server, ending: str, accept: str, media_type: str
) -> None:
    with retiring.client() as client:
        answers = [
            client.request(method, f"/id/old-name{ending}", headers={"accept": accept})
            for method in ("GET", "HEAD")
        ]
        assert client.get("/id/old-name/").headers["location"] == "../old-name"
    successor = f'<{BASE}id/new-name>; rel="successor-version"'
    for answer in answers:
        assert answer.status_code == 410
        assert answer.headers["content-type"].startswith(media_type)
        assert answer.headers["link"] == successor
    assert b"new-name" in answers[0].content
    assert not answers[1].content


@pytest.mark.slow
def test_what_a_joined_file_retires_is_gone_and_found_under_its_successor(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    names = f'<{BASE}id/old-republic> <{label}> "Zarnitsan Republic"@en .'
    gone = f"<{BASE}id/old-republic> <{DCTERMS.isReplacedBy}> <{BASE}id/kazakhstan> ."
    mine.write_text(f"{names}\n{gone}\n")
    server = Path(__file__).with_name("shipped_server.py")
    with running([str(server), "", str(mine)], workers=2) as started, started.client() as client:
        for ending in ("", ".ttl", ".jsonld", ".html"):
            assert client.get(f"/id/old-republic{ending}").status_code == 410
        headers = {"accept": "application/json"}
        found = client.get("/api/search", params={"q": "Zarnitsan Republic"}, headers=headers)
        assert [each["id"] for each in found.json()["results"]][:1] == ["kazakhstan"]
        assert reconciled(client, q={"query": "Zarnitsan Republic"})["q"][0]["id"] == "kazakhstan"
