"""Everything in one file, by download and by the command line, read back by other programs."""

from __future__ import annotations

import csv
import gzip
import io
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import networkx as nx
import pytest
from rdflib import Graph

from c5graph.edges import USUAL
from c5graph.errors import BadParameter
from c5graph.exports import FILES, write_export
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release, shown_facts
from c5graph.namespaces import BASE, REPORT
from c5graph.store.rdf import FORMATS as ENGINE
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, parse_text

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
TRIPLES = ("ttl", "nt", "rdf")
DATASETS = ("trig", "nq", "jsonld")
AT_ONCE = ("nt", "csv", "graphml", "claims.parquet")  # of every kind one for the quick run
ENDINGS = [
    each if each in AT_ONCE else pytest.param(each, marks=pytest.mark.slow) for each in FILES
]


def dumped(release: Release, ending: str) -> bytes:
    sink = io.BytesIO()
    write_export(release, f"all.{ending}", sink)
    return sink.getvalue()


def default(release: Release) -> set[Quad]:
    return {quad for quad in release.quads if isinstance(quad.graph_name, DefaultGraph)}


@pytest.mark.parametrize("ending", TRIPLES)
def test_the_default_graph_reads_back_whole(shipped: Release, ending: str) -> None:
    read = set(parse_text(dumped(shipped, ending), ENGINE[ending]))
    assert read == default(shipped)


@pytest.mark.slow
@pytest.mark.parametrize("ending", DATASETS)
def test_every_named_graph_reads_back_whole(shipped: Release, ending: str) -> None:
    def sizes(quads: object) -> Counter[str]:
        assert isinstance(quads, set)
        return Counter(str(quad.graph_name) for quad in quads)

    read = set(parse_text(dumped(shipped, ending), ENGINE[ending]))
    named = {quad for quad in shipped.quads if not isinstance(quad.graph_name, DefaultGraph)}
    assert sizes(read) == sizes(named)
    assert not any(isinstance(quad.graph_name, DefaultGraph) for quad in read)


def test_rdflib_reads_the_same_number_of_statements(shipped: Release) -> None:
    graph = Graph().parse(data=dumped(shipped, "nt"), format="nt")
    assert len(graph) == len(default(shipped))


def test_the_table_has_a_row_for_each_claim(shipped: Release) -> None:
    rows = list(csv.DictReader(io.StringIO(dumped(shipped, "csv").decode(), newline="")))
    assert {row["claim"] for row in rows} == shipped.record.claims.keys()
    for row in rows:
        assert row["gloss"]
        assert row["modality"].startswith(BASE + "vocab/modality-")
        assert row["attributed_to"]
        assert row["evidence"]
        assert row["published"]


@pytest.mark.parametrize(
    ("ending", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)]
)
def test_the_network_opens_in_networkx(shipped: Release, ending: str, reader: object) -> None:
    assert callable(reader)
    made = reader(io.BytesIO(dumped(shipped, ending)))
    facts = [
        fact
        for fact in shown_facts(shipped.basis, shipped.view.lens)
        if fact.firmness in USUAL and isinstance(fact.object, NamedNode)
    ]
    assert made.number_of_edges() == len(facts) > 500
    assert {data["firmness"] for *_, data in made.edges(data=True)} == {"firm", "planned"}
    assert "Kazakhstan" in {data["label"] for _, data in made.nodes(data=True)}


def test_an_unknown_ending_is_refused(shipped: Release) -> None:
    with pytest.raises(BadParameter, match="no known format"):
        write_export(shipped, "all.docx", io.BytesIO())


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_service_sends_the_same_file(
    browse: httpx.Client, shipped: Release, ending: str
) -> None:
    answer = browse.get(f"/dump/c5graph.{ending}", headers={"accept-encoding": "identity"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == FILES[ending].media_type
    assert f'filename="c5graph.{ending}"' in answer.headers["content-disposition"]
    assert len(answer.content) == int(answer.headers["content-length"])
    if ending not in DATASETS:  # blank nodes of shapes have other names each time
        assert len(answer.content) == len(dumped(shipped, ending))
    again = browse.get(answer.url, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    head = browse.head(answer.url, headers={"accept-encoding": "identity"})
    assert head.headers["content-length"] == answer.headers["content-length"]
    assert head.content == b""
    with browse.stream("GET", answer.url, headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != answer.headers["etag"]
    assert len(raw) == int(packed.headers["content-length"]) < len(answer.content)
    assert gzip.decompress(raw) == answer.content


def test_a_dump_is_what_the_lens_shows(browse: httpx.Client, shipped: Release) -> None:
    report = "tca-2025-11-07-tj-deals"
    answer = browse.get("/dump/c5graph.csv", params={"reports": report})
    assert answer.headers["c5graph-lens"] == f"reports={report}"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["claim"] for row in rows} == {
        claim.iri for claim in shipped.record.claims.values() if REPORT + report in claim.reports
    }
    statements = browse.get("/dump/c5graph.nq", params={"reports": report}).content
    told = set(parse_text(statements, ENGINE["nq"]))
    expected = shipped.quads_under(Lens(reports=frozenset({REPORT + report})))
    named = [quad for quad in expected if not isinstance(quad.graph_name, DefaultGraph)]
    assert len(told) == len(set(named))
    assert browse.get("/dump/c5graph.nt?reports=none").status_code == 400


def test_a_file_that_is_not_there_is_a_404(browse: httpx.Client) -> None:
    assert browse.get("/dump/c5graph.docx").status_code == 404
    assert browse.post("/dump/c5graph.nt").status_code == 405


def export(target: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app"), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "c5graph", "export", str(target), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "graphml", "nt"])
def test_the_command_writes_the_same_file(shipped: Release, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"all.{ending}"
    shown = export(target)
    assert shown.returncode == 0, shown.stderr
    assert shipped.version in shown.stderr
    assert len(target.read_bytes()) == len(dumped(shipped, ending))
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.slow
def test_the_command_takes_a_lens(shipped: Release, tmp_path: Path) -> None:
    target = tmp_path / "one.csv"
    shown = export(target, "--report", "tca-2025-11-07-tj-deals")
    assert shown.returncode == 0, shown.stderr
    assert "reports=tca-2025-11-07-tj-deals" in shown.stderr
    lens = Lens(reports=frozenset({REPORT + "tca-2025-11-07-tj-deals"}))
    assert target.read_bytes() == dumped(shipped.under(lens), "csv")


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b> .")
    target = tmp_path / "old.nt"
    target.write_text("old")
    shown = export(target, "--data", str(tmp_path / "broken.ttl"))
    assert shown.returncode == 3
    assert "Traceback" not in shown.stderr
    assert target.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"broken.ttl", "old.nt"}


def test_files_of_a_user_are_exported_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "mine.nq").write_text(
        "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> 'x' .\n".replace("'", '"')
    )
    target = tmp_path / "out.nq"
    assert export(target, "--data", str(tmp_path / "mine.nq")).returncode == 0
    assert set(parse_text(target.read_bytes(), ENGINE["nq"])) == set(
        parse_text((tmp_path / "mine.nq").read_bytes(), ENGINE["nq"])
    )
