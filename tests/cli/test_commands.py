"""The commands as a user runs them: what they print, where, and how they exit."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from c5graph.cli.app import app
from c5graph.graph.kept import Kept
from c5graph.graph.places import Places
from c5graph.graph.sources import Sources
from c5graph.graph.validate import memory, shape_problems

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CLAIM = """@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix claim: <https://w3id.org/c5graph/claim/> .
@prefix id: <https://w3id.org/c5graph/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix report: <https://w3id.org/c5graph/report/> .
@prefix voc: <https://w3id.org/c5graph/vocab/> .

claim:mine-1
    a c5:Claim ;
    rdf:subject id:kazakhstan ;
    rdf:predicate c5:borders ;
    rdf:object id:uzbekistan ;
    c5:gloss "Kazakhstan and Uzbekistan share a border."@en ;
    c5:modality voc:modality-asserted ;
    c5:attributedTo id:glance ;
    c5:stance voc:stance-neutral ;
    c5:evidence report:glance-central-asia-trump-deals ;
.
"""


@lru_cache(maxsize=1)
def what_shapes_said() -> Path:
    """A cache with what the shapes say of the shipped nodes, so that each test need not ask."""
    cache = Path(tempfile.mkdtemp(prefix="c5graph-tests-"))
    atexit.register(shutil.rmtree, cache, ignore_errors=True)
    sources = Sources.shipped(ROOT)
    kept = Kept(memory(sources, ROOT, cache))
    shape_problems(sources.inputs, Places(sources.inputs), kept)
    return cache


def run(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own, with a cache that knows the shipped nodes alone."""
    if arguments[0] == "validate" and not (cwd / "cache").exists():
        shutil.copytree(what_shapes_said(), cwd / "cache")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app"), "NO_COLOR": "1"}
    environment["C5GRAPH_CACHE_DIR"] = str(cwd / "cache")
    return subprocess.run(
        [sys.executable, "-m", "c5graph", *arguments],
        cwd=cwd,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def commands() -> list[str]:
    """Every command of the program, those of a group with the group's name before."""
    root: Any = get_command(app)
    return [
        f"{name} {below}".strip()
        for name, each in root.commands.items()
        for below in getattr(each, "commands", ("",))
    ]


def test_help_shows_every_command_and_the_exit_codes(tmp_path: Path) -> None:
    shown = run("--help", cwd=tmp_path)
    assert shown.returncode == 0
    for word in (*(each.split()[0] for each in commands()), "Exit codes"):
        assert word in shown.stdout


def test_there_are_commands() -> None:
    assert {"serve", "load", "mcp", "analyse", "figure", "new report"} <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_help_of_a_command_has_an_example(command: str) -> None:
    shown = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "120"})
    assert shown.exit_code == 0, shown.output
    assert f"c5graph {command}" in shown.output


LENS = ("--as-of", "--known-at", "--report", "--kind", "--interest", "--min-origins", "--possible")
THROUGH_A_LENS = (
    *("query", "export", "neighbours", "paths", "ledger", "disputes", "perspectives"),
    *("analyse", "figure", "changes"),
)


@pytest.mark.parametrize("command", THROUGH_A_LENS)
def test_a_command_that_sees_through_a_lens_has_all_its_options(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output
    missing = {option for option in LENS if option not in shown}
    assert missing == ({"--known-at"} if command == "changes" else set())


def test_a_saved_question_is_answered_as_csv(tmp_path: Path) -> None:
    shown = run(
        "query", "--name", "what-does-a-state-seek", "--param", "state=tajikistan",
        "--format", "csv", cwd=tmp_path,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    header, *rows = shown.stdout.splitlines()
    assert header.startswith("actor,objective")
    assert len(rows) > 3
    actors = {row.split(",")[0].rpartition("/")[2] for row in rows}
    assert "tajikistan" in actors
    assert "kazakhstan" not in actors


def test_a_query_from_standard_input_needs_no_prefixes(tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?c a c5:Claim }"
    shown = run("query", "-", "--format", "json", cwd=tmp_path, stdin=query)
    count = json.loads(shown.stdout)["results"]["bindings"][0]["n"]["value"]
    assert int(count) > 400


def test_a_wrong_query_is_told_with_line_and_exit_code(tmp_path: Path) -> None:
    (tmp_path / "wrong.rq").write_text("SELECT ?s WHERE {\n  ?s ?p ?o . FILTR(?o)\n}\n")
    shown = run("query", "wrong.rq", cwd=tmp_path)
    assert shown.returncode == 2
    assert "line 2" in shown.stderr, shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_query_runs_on_files_of_the_user_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    shown = run("query", "-", "--data", "mine.ttl", "--format", "csv", cwd=tmp_path, stdin=query)
    assert shown.stdout.split() == ["s,p,o", "urn:a,urn:b,urn:c"]


def test_joined_claims_yield_facts(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(CLAIM)
    shown = run(
        "neighbours", "kazakhstan", "--predicate", "borders", "--json", "--with", "mine.ttl",
        "--direction", "out", cwd=tmp_path,
    )  # fmt: skip
    page = json.loads(shown.stdout)
    claims = {claim["iri"] for edge in page["edges"] for claim in edge["claims"]}
    assert any(iri.endswith("/claim/mine-1") for iri in claims), page


def test_an_unknown_entity_exits_with_four_and_a_suggestion(tmp_path: Path) -> None:
    shown = run("neighbours", "kazakstan", cwd=tmp_path)
    assert shown.returncode == 4
    assert "kazakhstan" in shown.stderr


def test_neighbours_show_counts_edges_and_claims(tmp_path: Path) -> None:
    shown = run("neighbours", "somon-air-boeing-2025", "--limit", "3", cwd=tmp_path)
    assert shown.returncode == 0
    assert "has buyer" in shown.stdout
    assert (
        "3.2 billion USD"
        in run(
            "neighbours", "somon-air-boeing-2025", "--predicate", "hasValue", cwd=tmp_path
        ).stdout
    )
    assert "More: --cursor" in shown.stdout


def test_a_lens_hides_what_was_not_yet_published_and_counts_the_undated(tmp_path: Path) -> None:
    shown = run("neighbours", "kazakhstan", "--as-of", "2025-11-07", "--limit", "1", cwd=tmp_path)
    assert "claims were left out for want of a date" in shown.stdout
    deal = ("neighbours", "somon-air-boeing-2025", "--known-at", "2025-11-05")
    assert "0 of 0 edges" in run(*deal, cwd=tmp_path).stdout
    assert run("neighbours", "kazakhstan", "--as-of", "soon", cwd=tmp_path).returncode == 2
    unknown = run("neighbours", "kazakhstan", "--report", "glance-asia-trump-deals", cwd=tmp_path)
    assert unknown.returncode == 4
    assert "glance-central-asia-trump-deals" in unknown.stderr


def test_a_query_is_answered_through_a_lens(tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text("SELECT (COUNT(*) AS ?n) { ?claim a c5:Claim }")
    count = ("query", "count.rq", "--format", "csv")
    whole = run(*count, cwd=tmp_path)
    one = run(*count, "--report", "tca-2025-11-07-tj-deals", cwd=tmp_path)
    assert 0 < int(one.stdout.split()[1]) < int(whole.stdout.split()[1])
    assert "reports=tca-2025-11-07-tj-deals" in one.stderr
    assert "Lens" not in whole.stderr


def test_a_broken_file_is_told_with_line_column_and_exit_code(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("@prefix c5: <urn:c5> .\nc5:a c5:b\n    c5:c c5:d ;\n.\n")
    shown = run("validate", "broken.ttl", cwd=tmp_path)
    assert shown.returncode == 3
    assert "broken.ttl:3:" in shown.stdout
    assert "Traceback" not in shown.stderr


def test_a_missing_file_exits_with_three(tmp_path: Path) -> None:
    shown = run("validate", "nowhere.ttl", cwd=tmp_path)
    assert shown.returncode == 3
    assert "nowhere.ttl" in shown.stderr


def test_an_unknown_term_is_told_with_its_line(tmp_path: Path) -> None:
    text = CLAIM.replace("c5:stance", "c5:stanse")
    (tmp_path / "mine.ttl").write_text(text)
    shown = run("validate", "mine.ttl", cwd=tmp_path)
    assert shown.returncode == 1
    assert "mine.ttl:16: error: claim:mine-1 uses c5:stanse" in shown.stdout


def test_a_failing_shape_is_told_with_its_line_and_remembered(tmp_path: Path) -> None:
    changes = {
        "id:kazakhstan": "id:somon-air-boeing-2025",
        "c5:borders": "c5:hasStatus",
        "id:uzbekistan": "voc:sector-aviation",
    }
    text = CLAIM
    for old, new in changes.items():
        text = text.replace(old, new)
    (tmp_path / "mine.ttl").write_text(text)
    first = run("validate", "mine.ttl", cwd=tmp_path)
    assert first.returncode == 1
    # One fault is told once, not again for the shape that the failing shape asks.
    assert first.stdout.count(": error: ") == 1
    assert "mine.ttl:12: error: claim:mine-1: " in first.stdout
    assert "c5sh:HasStatusShape-object" in first.stdout
    again = run("validate", "mine.ttl", cwd=tmp_path)
    assert again.returncode == 1
    assert "(remembered)" in again.stdout


@pytest.mark.parametrize(("ending", "graphs"), [("trig", True), ("nq", True), ("ttl", False)])
def test_an_export_reads_back(ending: str, graphs: bool, tmp_path: Path) -> None:
    target = tmp_path / f"graph.{ending}"
    assert run("export", str(target), cwd=tmp_path).returncode == 0
    inner = "GRAPH graph:facts { ?s ?p ?o }" if graphs else "?s ?p ?o"
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {inner} }}"
    shown = run("query", "-", "--data", str(target), "--format", "csv", cwd=tmp_path, stdin=query)
    assert int(shown.stdout.split()[1]) > 1000


def test_evidence_without_texts_says_what_is_missing_and_exits_with_one(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    shown = run("evidence", "--texts", "texts", cwd=tmp_path)
    assert shown.returncode == 1
    assert "data/sources.ttl:" in shown.stdout
    assert "Put the unchanged text into the folder" in shown.stdout


def test_data_and_with_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(CLAIM)
    both = ("--data", "mine.ttl", "--with", "mine.ttl")
    shown = run("neighbours", "kazakhstan", *both, cwd=tmp_path)
    assert shown.returncode == 2


def test_a_users_problems_come_first_and_ours_are_only_counted(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(CLAIM.replace("c5:stance", "c5:stanse"))
    shown = run("check", "mine.ttl", cwd=tmp_path)
    assert shown.returncode == 1
    assert shown.stdout.startswith("mine.ttl:16: error: ")
    assert "data/" not in shown.stdout


def test_an_impossible_date_is_told_without_a_traceback(tmp_path: Path) -> None:
    date = '    c5:validFrom "2025-13-45"^^<http://www.w3.org/2001/XMLSchema#date> ;\n.\n'
    (tmp_path / "mine.ttl").write_text(CLAIM.removesuffix(".\n") + date)
    shown = run("validate", "mine.ttl", cwd=tmp_path)
    assert shown.returncode == 1
    assert "mine.ttl:18: error: claim:mine-1" in shown.stdout
    assert "2025-13-45" in shown.stdout
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("serve", "--port", "99999"), 2, "65535"),
        (("export", "/nonexistent/x.ttl"), 3, "no such folder"),
        (("export", "/proc/x.ttl"), 3, "cannot be written"),
        (("query", "nosuch.rq"), 3, "no such file"),
        (("neighbours", "kazakhstan", "--predicate", "hasByer"), 2, "c5:hasBuyer"),
        (("neighbours", "kazakhstan", "--format", "png"), 2, "graphml"),
        (("paths", "kazakhstan", "boing"), 4, "boeing"),
        (("paths", "kazakhstan", "boeing", "--kind", "rumour"), 2, "news"),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(
    arguments: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    shown = run(*arguments, cwd=tmp_path)
    assert "Traceback" not in shown.stderr
    assert shown.returncode == code, shown.stderr
    assert said in shown.stderr


def test_a_port_of_the_environment_is_checked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    monkeypatch.setenv("C5GRAPH_PORT", "99999")
    shown = run("serve", "--data", "a.ttl", cwd=tmp_path)
    assert shown.returncode == 2
    assert "65535" in shown.stderr


def test_data_that_do_not_parse_exit_alike_wherever_they_are_given(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b> .")
    ways = (("validate",), ("serve", "--with"), ("serve", "--data"))
    shown = [run(*way, "broken.ttl", cwd=tmp_path) for way in ways]
    assert [each.returncode for each in shown] == [3, 3, 3]
    assert all("broken.ttl:1" in each.stdout + each.stderr for each in shown)


def test_paths_show_each_step_with_its_claims(tmp_path: Path) -> None:
    shown = run("paths", "kazakhstan", "tajikistan", "--k", "2", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "1. Kazakhstan" in shown.stdout
    assert "2 paths from Kazakhstan to Tajikistan." in shown.stdout
    as_json = run("paths", "kazakhstan", "tajikistan", "--k", "2", "--json", cwd=tmp_path)
    lengths = [each["length"] for each in json.loads(as_json.stdout)["paths"]]
    assert (len(lengths), lengths) == (2, sorted(lengths))
    table = run("paths", "kazakhstan", "tajikistan", "--format", "csv", cwd=tmp_path)
    assert table.stdout.startswith("distance,subject")


def test_neighbours_are_written_as_a_network(tmp_path: Path) -> None:
    options = ("--depth", "2", "--limit", "1000", "--type", "State", "--format", "gexf")
    shown = run("neighbours", "kazakhstan", *options, cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "<gexf " in shown.stdout


def test_a_lens_lets_hedged_relations_in(tmp_path: Path) -> None:
    options = ("--limit", "1000", "--kind", "news", "--json")
    usual = json.loads(run("neighbours", "tajikistan", *options, cwd=tmp_path).stdout)
    wide = run("neighbours", "tajikistan", *options, "--modality", "all", cwd=tmp_path)
    firmness = [
        {edge["firmness"] for edge in page["edges"]} for page in (usual, json.loads(wide.stdout))
    ]
    assert firmness[0] < firmness[1]
