"""The commands as a user runs them: what they print, where, and how they exit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from c5graph.cli.app import app
from tests.cli.running import CLAIM, run

pytestmark = pytest.mark.slow


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


def test_a_saved_question_takes_a_name_and_is_answered_as_csv(tmp_path: Path) -> None:
    shown = run(
        "query", "--name", "what-does-a-state-seek", "--param", "state=Таджикистан",
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


@pytest.mark.parametrize(("ending", "graphs"), [("trig", True), ("nq", True), ("ttl", False)])
def test_an_export_reads_back(ending: str, graphs: bool, tmp_path: Path) -> None:
    target = tmp_path / f"graph.{ending}"
    assert run("export", str(target), cwd=tmp_path).returncode == 0
    inner = "GRAPH graph:facts { ?s ?p ?o }" if graphs else "?s ?p ?o"
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {inner} }}"
    shown = run("query", "-", "--data", str(target), "--format", "csv", cwd=tmp_path, stdin=query)
    assert int(shown.stdout.split()[1]) > 1000


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
