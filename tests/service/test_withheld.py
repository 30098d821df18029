"""What nobody may pass on is used by its holder and is in no file that is made for others.

The folder that is joined here is invented: no publisher has written or withholds it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pytest
from pyarrow.parquet import read_table
from typer.testing import CliRunner

from c5graph.cli import publish
from c5graph.cli.app import app
from c5graph.errors import Exit, StoreFailed
from c5graph.exports import FILES as WRITTEN
from c5graph.exports import write_export
from c5graph.graph.files import FilesRelease
from c5graph.graph.lens import DEFAULT, EVERY_MODALITY, Lens
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import Sources
from c5graph.graph.withheld import Withheld, insist_on_open, public_sources, withheld_names
from c5graph.store.rdf import Quad
from tests.service.conftest import running, serve

PREFIXES = """
@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix claim: <https://w3id.org/c5graph/claim/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix finding: <https://w3id.org/c5graph/finding/> .
@prefix id: <https://w3id.org/c5graph/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix report: <https://w3id.org/c5graph/report/> .
@prefix schema: <https://schema.org/> .
@prefix voc: <https://w3id.org/c5graph/vocab/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ENTITIES = """
id:zarnitsa-loan a c5:Agreement ; rdfs:label "Zarnitsa loan"@en ;
    dcterms:description "Loan of this Zarnitsa test."@en .
"""
SOURCES = """
id:origin-zarnitsa a c5:Origin ; rdfs:label "Zarnitsa table"@en .
report:zarnitsa-2026 a c5:Report ; rdfs:label "Zarnitsa, 2026"@en ;
    dcterms:title "Zarnitsa table"@en ; dcterms:publisher id:asia-plus ; dcterms:language "en" ;
    schema:url <https://example.org/zarnitsa> ; c5:interest voc:interest-academic ;
    c5:origin id:origin-zarnitsa ; c5:reportKind voc:report-analysis ;
    c5:firstSeen "2026-02-01"^^xsd:date ; dcterms:license <https://example.org/zarnitsa-terms> ;
    c5:redistribution voc:redistribution-withheld .
"""
CLAIMS = "".join(
    f"""
claim:zarnitsa-2026-0{number} a c5:Claim ; rdf:subject id:zarnitsa-loan ;
    rdf:predicate {predicate} ; rdf:object {target} ; c5:gloss "Zarnitsa says so."@en ;
    c5:modality voc:modality-asserted ; c5:attributedTo id:asia-plus ;
    c5:stance voc:stance-neutral ; c5:evidence report:zarnitsa-2026 .
"""
    for number, (predicate, target) in enumerate(
        [
            ("c5:hasLender", "id:china"),
            ("c5:hasBorrower", "id:tajikistan"),
            ("c5:hasStatus", "voc:status-signed"),
        ],
        1,
    )
)
FINDING = """
finding:zarnitsa a c5:Finding ; rdfs:label "On Zarnitsa"@en ;
    dcterms:description "Zarnitsa is invented."@en ; c5:findingKind voc:finding-vague ;
    c5:findingOn claim:zarnitsa-2026-01 ; dcterms:created "2026-02-02"^^xsd:date .
"""
OWN = """
id:jasmine-works a c5:Company ; rdfs:label "Jasmine Works"@en ;
    dcterms:description "Firm of this test that anybody may know."@en .
"""
FILES = {"entities": ENTITIES, "sources": SOURCES, "claims": CLAIMS, "findings": FINDING}
ENDINGS = list(WRITTEN)


def written(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of which nobody may pass on anything."""
    return written(tmp_path_factory.mktemp("held") / "mine", FILES)


@pytest.fixture(scope="module")
def joined(held: Path) -> Release:
    return build_release(Sources.shipped().joined([held]))


def exported(release: Release, ending: str) -> bytes:
    sink = io.BytesIO()
    write_export(release, f"all.{ending}", sink, lambda _: None)
    if ending.endswith("parquet"):  # its columns are packed
        rows = read_table(io.BytesIO(sink.getvalue())).to_pylist()
        return repr(rows).lower().encode()
    return sink.getvalue().lower()


def test_the_holder_has_claims_and_what_follows_from_them(joined: Release) -> None:
    assert "zarnitsa" in "".join(joined.record.claims)
    assert any("zarnitsa-loan" in str(fact.subject) for fact in joined.facts)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_no_public_file_has_a_word_of_it(joined: Release, ending: str) -> None:
    assert b"zarnitsa" in exported(joined, ending), "else the test could not fail"
    assert b"zarnitsa" not in exported(joined.public, ending)


@pytest.mark.slow
@pytest.mark.parametrize("lens", [DEFAULT, Lens(modality=EVERY_MODALITY)])
def test_the_public_release_is_the_one_without_it(
    joined: Release, shipped: Release, lens: Lens
) -> None:
    """Down to facts and bounds: shapes have blank nodes, which are named anew each time."""
    public, plain = joined.public.quads_under(lens), shipped.quads_under(lens)
    assert len(public) == len(plain)
    assert {quad.predicate for quad in public} == {quad.predicate for quad in plain}
    assert {fact.iri for fact in joined.public.facts} == {fact.iri for fact in shipped.facts}
    assert joined.public.version == shipped.version != joined.version


def test_a_release_without_such_reports_is_public_itself(shipped: Release) -> None:
    assert shipped.public is shipped


# What hangs together


def given(*paths: Path) -> list[str]:
    return sorted(Path(name).name for name in withheld_names(Sources.shipped().joined(paths)))


def test_files_given_one_by_one_hang_together(tmp_path: Path) -> None:
    folder = written(tmp_path / "mine", FILES)
    paths = [folder / f"{name}.ttl" for name in FILES]
    assert given(*paths) == ["claims.ttl", "entities.ttl", "findings.ttl", "sources.ttl"]


def test_what_is_joined_besides_may_be_passed_on(held: Path, tmp_path: Path) -> None:
    own = written(tmp_path / "own", {"entities": OWN})
    assert given(held, own) == ["mine"]
    public = public_sources(Sources.shipped().joined([held, own]))
    assert public.digest == Sources.shipped().joined([own]).digest


def test_what_builds_on_it_is_kept_back_with_it(held: Path, tmp_path: Path) -> None:
    more = "id:jasmine-works c5:partOf id:zarnitsa-loan .\n"
    own = written(tmp_path / "own", {"entities": OWN + more})
    assert given(held, own) == ["mine", "own"]


def test_a_file_of_the_folder_that_is_given_again_stays_kept_back(held: Path) -> None:
    public = public_sources(Sources.shipped().joined([held, held / "entities.ttl"]))
    assert public.digest == Sources.shipped().digest


def test_the_word_is_found_across_two_pieces_of_a_large_file(tmp_path: Path) -> None:
    at = PREFIXES + SOURCES
    start = len(at[: at.index("c5:redistribution")].encode())
    padding = "#" * (1024 * 1024 - start - 8) + "\n"
    path = tmp_path / "large.ttl"
    path.write_text(padding + at, encoding="utf-8")
    assert given(path) == ["large.ttl"]


# Files that are served as they are


def test_files_served_as_they_are_are_refused_as_a_whole(held: Path, tmp_path: Path) -> None:
    sources = Sources.files([held])
    with pytest.raises(Withheld, match=r"sources\.ttl"):
        insist_on_open(sources)
    with pytest.raises(Withheld):
        assert FilesRelease(sources, DEFAULT).public
    own = Sources.files([written(tmp_path / "own", {"entities": OWN})])
    insist_on_open(own)
    assert FilesRelease(own, DEFAULT).public.quads


# Commands and service


@pytest.mark.slow
def test_export_leaves_it_out_unless_it_is_for_own_use(held: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.nt"
    command = ["export", str(target), "--with", str(held)]
    plain = CliRunner().invoke(app, command)
    assert plain.exit_code == 0
    assert f"nobody may pass it on: {held}" in plain.output.replace("\n", "")
    assert b"zarnitsa" not in target.read_bytes().lower()
    assert CliRunner().invoke(app, [*command, "--private"]).exit_code == 0
    assert b"zarnitsa" in target.read_bytes().lower()
    refused = CliRunner().invoke(app, ["export", str(target), "--data", str(held)])
    assert isinstance(refused.exception, Withheld)
    assert refused.exception.exit_code == Exit.FINDINGS


@pytest.mark.slow
@pytest.mark.parametrize("private", [False, True])
def test_publish_sends_it_for_own_use_only(
    held: Path, monkeypatch: pytest.MonkeyPatch, *, private: bool
) -> None:
    """What would go to the server is looked at on its way; validation has tests of its own."""
    sent: list[str] = []

    def kept(quads: Iterable[Quad], *_: object) -> None:
        sent.extend(map(str, quads))
        raise StoreFailed("No server here.")

    monkeypatch.setattr(publish, "ensure_valid", lambda *_: None)
    monkeypatch.setattr(publish, "load", kept)
    command = ["publish", "--to", "http://127.0.0.1:9/update", "--with", str(held)]
    done = CliRunner().invoke(app, [*command, "--private"] if private else command)
    assert isinstance(done.exception, StoreFailed)
    assert sent
    assert ("zarnitsa" in "".join(sent).lower()) is private


@pytest.mark.parametrize("option", ["--with", "--data"])
def test_the_service_does_not_offer_it_behind_a_public_address(held: Path, option: str) -> None:
    command = ["serve", "--public-url", "https://example.org", option, str(held)]
    refused = CliRunner().invoke(app, command)
    assert isinstance(refused.exception, Withheld)
    assert "others reach https://example.org" in str(refused.exception) or option == "--data"


@pytest.mark.parametrize("option", ["--with", "--data"])
def test_the_service_does_not_offer_it_to_other_machines(held: Path, option: str) -> None:
    refused = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0", option, str(held)])
    assert isinstance(refused.exception, Withheld)


@pytest.fixture(scope="module")
def holder(held: Path) -> Iterator[httpx.Client]:
    """A service of the holder's own."""
    command = [str(Path(__file__).with_name("shipped_server.py")), "", str(held)]
    with running(command) as server, server.client() as client:
        yield client


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["nt", "jsonld", "csv", "graphml"])
def test_a_dump_of_the_service_has_no_word_of_it(holder: httpx.Client, ending: str) -> None:
    answer = holder.get(f"/dump/c5graph.{ending}")
    assert answer.status_code == 200
    assert b"zarnitsa" not in answer.content.lower()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["id/zarnitsa-loan", "claim/zarnitsa-2026-01", "report/zarnitsa-2026", "finding/zarnitsa"],
)
def test_linked_data_shows_it_as_a_page_and_not_as_rdf(holder: httpx.Client, path: str) -> None:
    for ending in ("ttl", "nt", "rdf", "jsonld"):
        refused = holder.get(f"/{path}.{ending}")
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "withheld")
    assert "Zarnitsa" in holder.get(f"/{path}", headers={"accept": "text/html"}).text


@pytest.mark.slow
def test_rdf_of_a_thing_that_it_speaks_of_leaves_it_out(holder: httpx.Client) -> None:
    for suffix in ("", "?modality=all"):
        told = holder.get(f"/id/tajikistan.nt{suffix}").text
        assert "somon-air" in told or "tajikistan" in told
        assert "zarnitsa" not in told


@pytest.mark.slow
def test_the_holder_may_ask_the_service_for_it(holder: httpx.Client) -> None:
    query = "ASK { <https://w3id.org/c5graph/id/zarnitsa-loan> ?p ?o }"
    told = holder.get("/sparql", params={"query": query}, headers={"accept": "application/json"})
    assert told.json()["boolean"] is True


@pytest.mark.slow
def test_files_as_they_are_give_no_dump_where_one_may_not_be_passed_on(held: Path) -> None:
    with running(serve("--data", str(held), "--private")) as server, server.client() as client:
        refused = client.get("/dump/c5graph.nt")
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "withheld")
