"""Linked data as its clients read it: httpx asks, rdflib parses what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, SH, VOID

from c5graph.catalogue import Catalogue
from c5graph.graph.release import Release
from c5graph.namespaces import BASE, C5, PREFIXES
from c5graph.store.rdf import NamedNode, text_of
from tests.service.conftest import Server, running

# rdflib's reader of JSON-LD uses what rdflib itself has given up.
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
DOCUMENTS = ["ontology", "shapes", "vocab/", "query/", "dataset", ".well-known/void"]
RETIRED = """
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/c5graph/id/old-name>
    dcterms:isReplacedBy <https://w3id.org/c5graph/id/new-name> .
<https://w3id.org/c5graph/id/new-name> dcterms:title "new" .
"""


def read(response: httpx.Response, form: str) -> Graph:
    """What a client makes of an answer."""
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.text, format=form)


def normal(graph: Graph) -> frozenset[str]:
    """The statements, blank nodes named by RDFC-1.0: rdflib's own way takes minutes on shapes."""
    read_again = parse(graph.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    dataset = Dataset(read_again)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, dataset))


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
    assert browse.get("/id/nothing-at-all/").status_code == 404
    assert browse.get("/id/").status_code == 404


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


def test_the_ontology_page_documents_every_term(browse: httpx.Client, shipped: Release) -> None:
    page = browse.get("/ontology", headers={"accept": "text/html"}).text
    terms = [iri for iri in shipped.index if iri.startswith(C5)]
    assert len(terms) > 200
    for iri in terms:
        assert f'id="{iri.removeprefix(C5)}"' in page, iri
    claim = page.partition('id="Claim"')[2].partition("</article>")[0]
    for part in (
        "Statement that one or more reports make",
        "A kind of",
        "Used by",
        "rules for data",
    ):
        assert part in claim


def test_anchors_of_a_page_are_unique(browse: httpx.Client) -> None:
    for path in DOCUMENTS:
        found = re.findall(r' id="([^"]+)"', browse.get(f"/{path}.html".replace("/.h", ".h")).text)
        assert len(found) == len(set(found)), path


def test_the_shapes_page_has_every_message(browse: httpx.Client) -> None:
    page = browse.get("/shapes", headers={"accept": "text/html"}).text
    graph = read(browse.get("/shapes.nt"), "nt")
    shapes = set(graph.subjects(RDF.type, SH.PropertyShape))
    assert len(shapes) > 300
    for shape in shapes:
        assert f'id="{str(shape).partition("#")[2]}"' in page, shape


def test_a_vocabulary_lists_its_concepts_with_their_meaning(browse: httpx.Client) -> None:
    assert "../vocab/modality" in browse.get("/vocab/", headers={"accept": "text/html"}).text
    page = browse.get("/vocab/modality", headers={"accept": "text/html"}).text
    for name in ("asserted", "planned", "sought", "possible", "forecast", "opinion"):
        assert f">{name}</a>" in page
    assert "Worded as so, without a hedge." in page


def test_the_data_set_is_described_as_dcat(browse: httpx.Client) -> None:
    graph = read(browse.get("/dataset.ttl"), "turtle")
    here = URIRef(BASE + "dataset")
    assert (here, RDF.type, DCAT.Dataset) in graph
    for predicate in (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.license,
        URIRef(f"{DCAT}version"),
    ):
        assert graph.value(here, predicate)
    addresses = [
        str(graph.value(each, DCAT.downloadURL)) for each in graph.objects(here, DCAT.distribution)
    ]
    assert len(addresses) >= 8
    for address in addresses:
        assert address.startswith(str(browse.base_url).rstrip("/") + "/dump/")
        assert browse.head(address).status_code == 200
    catalogue = read(browse.get("/", headers={"accept": "text/turtle"}), "turtle")
    assert (URIRef(BASE), DCAT.dataset, here) in catalogue


def test_void_counts_what_sparql_counts(browse: httpx.Client) -> None:
    graph = read(browse.get("/.well-known/void", headers={"accept": "text/turtle"}), "turtle")
    here = URIRef(BASE + "dataset")

    def ask(query: str) -> int:
        answer = browse.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
        return int(answer.text.split()[1])

    assert int(str(graph.value(here, VOID.triples))) == ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    subjects = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"
    assert int(str(graph.value(here, VOID.distinctSubjects))) == ask(subjects)
    parts = list(graph.objects(here, VOID.classPartition))
    assert len(parts) == int(str(graph.value(here, VOID.classes))) > 40
    for part in parts[:10]:
        kind = graph.value(part, VOID["class"])
        counted = ask(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{kind}> }}")
        assert int(str(graph.value(part, VOID.entities))) == counted
    for part in list(graph.objects(here, VOID.propertyPartition))[:10]:
        name = graph.value(part, VOID.property)
        counted = ask(f"SELECT (COUNT(*) AS ?n) {{ ?s <{name}> ?o }}")
        assert int(str(graph.value(part, VOID.triples))) == counted


def test_saved_questions_are_executable_as_they_are_published(browse: httpx.Client) -> None:
    for query in list(Catalogue())[::10]:
        graph = read(browse.get(f"/query/{query.name}.ttl"), "turtle")
        here = URIRef(f"{BASE}query/{query.name}")
        assert (here, RDF.type, SH.SPARQLExecutable) in graph
        text = str(graph.value(here, SH.select))
        target = str(graph.value(here, URIRef("https://schema.org/target")))
        answer = httpx.post(target, data={"query": text}, headers={"accept": "text/csv"})
        assert answer.status_code == 200
        assert (here, SH.prefixes, URIRef(BASE + "dataset")) in graph


def test_every_prefix_is_declared(browse: httpx.Client) -> None:
    graph = read(browse.get("/dataset.ttl"), "turtle")
    declared = {
        str(graph.value(each, SH.prefix)): str(graph.value(each, SH.namespace))
        for each in graph.objects(URIRef(BASE + "dataset"), SH.declare)
    }
    assert declared == PREFIXES


def test_the_home_page_carries_the_data_set_for_search_engines(browse: httpx.Client) -> None:
    page = browse.get("/", headers={"accept": "text/html"})
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert block is not None

    told = json.loads(block[1])
    assert told["@type"] == "Dataset"
    assert told["@context"] == "https://schema.org/"
    assert told["license"].startswith("https://creativecommons.org/")
    for part in told["distribution"]:
        assert browse.head(part["contentUrl"]).status_code == 200


def test_a_public_address_is_the_canonical_one(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(f'<{BASE}id/x> <{DCTERMS.title}> "x" .')
    command = ["-m", "c5graph", "serve", "--port", "0", "--data", str(tmp_path / "x.ttl")]
    with (
        running(command, public_url="https://example.org/c5/") as server,
        server.client() as client,
    ):
        header = client.get("/id/x").headers["link"]
        assert '<https://example.org/c5/id/x>; rel="canonical"' in header
        assert f'<{BASE}id/x>; rel="describes"' in header
