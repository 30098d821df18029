"""Lenses published with a release: SPARQL over a server answers as the embedded engine does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from c5graph import resources
from c5graph.catalogue import Catalogue
from c5graph.cli.publish import lenses_of
from c5graph.errors import BadParameter
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import Sources
from c5graph.lenses import parse_lens
from c5graph.protocol import QueryRequest, parameters
from c5graph.service import Service, embedded_service, remote_service
from c5graph.settings import Settings
from c5graph.store.publish import Target, publish
from c5graph.store.rdf import Literal, NamedNode, Quad
from tests.store.servers import PEERS, Peer

pytestmark = pytest.mark.slow

DATA = """@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/c5graph/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix report: <https://w3id.org/c5graph/report/> .
@prefix voc: <https://w3id.org/c5graph/vocab/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
REPORT = 'report:r{0} a c5:Report ; dcterms:title "r{0}"@en ; dcterms:issued "{1}"^^xsd:date .\n'
CLAIM = """<https://w3id.org/c5graph/claim/c{0}> a c5:Claim ; rdf:subject id:a{0} ;
    rdf:predicate c5:memberOf ; rdf:object id:b{0} ; c5:modality voc:modality-{1} ;
    c5:evidence report:r{0} .
"""
EARLY, HEDGED = "knownAt=2025-01-31", "modality=all"
FACTS = (
    "PREFIX c5: <https://w3id.org/c5graph/ontology#> "
    "SELECT ?s ?o { ?s c5:memberOf ?o } ORDER BY ?s ?o"
)
QUESTIONS = (
    FACTS,
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?c { ?c a <https://w3id.org/c5graph/ontology#Claim> } ORDER BY ?c",
    "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/c5graph/graph/ontology> { ?s ?p ?o } }",
    "ASK { <https://w3id.org/c5graph/report/r2> ?p ?o }",
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Two reports, of January and of June, each with one claim."""
    root = tmp_path_factory.mktemp("root")
    (root / "ontology").symlink_to(resources.root() / "ontology")
    (root / "data" / "claims").mkdir(parents=True)
    days, wordings = ("2025-01-15", "2025-06-15"), ("asserted", "asserted")
    reports = "".join(REPORT.format(n, day) for n, day in enumerate(days, 1))
    (root / "data" / "sources.ttl").write_text(DATA + reports)
    for number, wording in enumerate(wordings, 1):
        claim = DATA + CLAIM.format(number, wording)
        (root / "data" / "claims" / f"c{number}.ttl").write_text(claim)
    return build_release(Sources.shipped(root))


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def peer(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, release: Release
) -> Iterator[Peer]:
    with PEERS[request.param](tmp_path_factory.mktemp(request.param)) as started:
        lenses = lenses_of(release, [EARLY, HEDGED])
        publish(release.quads, release.version, Target(started.update), lenses=lenses)
        yield started


def lens(release: Release, text: str) -> Lens:
    return parse_lens(parameters(text.encode()), release.record)


def answers(service: Service, under: Lens) -> list[str]:
    async def ask() -> list[str]:
        await service.store.start()
        try:
            got = [
                await service.answer(QueryRequest(query), "text/csv", lens=under)
                if query.startswith("SELECT")
                else await service.answer(QueryRequest(query), None, lens=under)
                for query in QUESTIONS
            ]
        finally:
            await service.close()
        return [each.body.decode() for each in got]

    return asyncio.run(ask())


def remote(release: Release, peer: Peer) -> Service:
    return remote_service(Settings(workers=2, engine=peer.query), release, Catalogue())


@pytest.mark.parametrize("text", ["", EARLY, HEDGED])
def test_a_published_lens_is_answered_as_by_the_embedded_engine(
    text: str, release: Release, peer: Peer
) -> None:
    under = lens(release, text)
    embedded = embedded_service(Settings(workers=2), release, Catalogue())
    assert answers(remote(release, peer), under) == answers(embedded, under)


def test_the_lens_hides_there_what_it_hides_here(release: Release, peer: Peer) -> None:
    usual, early = (answers(remote(release, peer), lens(release, text)) for text in ("", EARLY))
    assert "a2" in usual[0]
    assert "a2" not in early[0]
    assert "a1" in early[0]
    assert "claim/c2" not in early[2]
    assert ("true" in usual[4], "true" in early[4]) == (True, False)


def test_another_lens_is_refused_by_name(release: Release, peer: Peer) -> None:
    with pytest.raises(BadParameter, match="was not given this lens") as caught:
        answers(remote(release, peer), lens(release, "knownAt=2025-02-01"))
    assert "publish --lens" in caught.value.remedy


@pytest.mark.parametrize("text", ["nonsense", "knownat=2025-01-31", "asOf=soon", "minOrigins=1"])
def test_what_is_no_lens_is_not_prepared(text: str, release: Release) -> None:
    with pytest.raises(BadParameter):
        lenses_of(release, [text])


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_release_takes_the_place_of_one_with_lenses(
    kind: str, release: Release, tmp_path: Path
) -> None:
    with PEERS[kind](tmp_path) as peer:
        early = lenses_of(release, [EARLY])
        publish(release.quads, release.version, Target(peer.update))
        alone = held(peer)
        publish(release.quads, release.version, Target(peer.update), lenses=early)
        assert held(peer) > alone
        publish(release.quads, release.version, Target(peer.update))
        with pytest.raises(BadParameter, match="was not given"):
            answers(remote(release, peer), lens(release, EARLY))
        assert held(peer) == alone, "nothing of the lens is left behind"


def test_a_release_leaves_nothing_of_other_graphs_behind(tmp_path: Path) -> None:
    graphs = [NamedNode(f"http://example.org/{name}") for name in ("a", "b", "mine")]
    first, second, mine = (Quad(graph, graph, Literal("x"), graph) for graph in graphs)
    with PEERS["oxigraph"](tmp_path) as peer:
        text = f"INSERT DATA {{ GRAPH {mine.graph_name} {{ {mine.triple} }} }}"
        content = {"content-type": "application/sparql-update"}
        httpx.post(peer.update, content=text, headers=content).raise_for_status()
        publish([first], "1", Target(peer.update))
        assert "http://example.org/a" in held(peer)
        publish([second], "2", Target(peer.update))
        assert "http://example.org/a" not in held(peer)
        assert {"http://example.org/b", "http://example.org/mine"} < held(peer)


def held(peer: Peer) -> set[str]:
    """The graphs in which the server has something."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    headers = {"accept": "text/csv"}
    reply = httpx.get(peer.query, params={"query": query}, headers=headers)
    assert reply.status_code == 200, reply.text
    return {line.split(",")[0].strip('"') for line in reply.text.split()[1:]}
