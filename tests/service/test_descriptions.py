"""What describes the data set, its terms and its questions: pages and RDF."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from rdflib import RDF, URIRef
from rdflib.namespace import DCAT, DCTERMS, SH, VOID

from c5graph.catalogue import Catalogue
from c5graph.graph.release import Release
from c5graph.namespaces import BASE, C5, PREFIXES
from tests.service.conftest import running
from tests.service.formats import DOCUMENTS, read

# rdflib's reader of JSON-LD uses what rdflib itself has given up.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")


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


@pytest.mark.slow
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


def test_links_within_the_graph_are_no_links_to_another_data_set(browse: httpx.Client) -> None:
    graph = read(browse.get("/.well-known/void.ttl"), "turtle")
    targets = {str(target) for target in graph.objects(None, VOID.objectsTarget)}
    assert "http://www.wikidata.org/" in targets
    assert not [target for target in targets if BASE.startswith(target)]


@pytest.mark.parametrize("path", ["/", "/dataset"])
def test_pages_carry_the_data_set_for_search_engines(browse: httpx.Client, path: str) -> None:
    page = browse.get(path, headers={"accept": "text/html"})
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
