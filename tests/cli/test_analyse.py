"""`c5graph analyse` in this process, so that the data are read once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner

from c5graph.analytics.measures import MEASURES
from c5graph.cli import analyse
from c5graph.cli.app import app
from c5graph.errors import BadParameter, UnknownQuery
from c5graph.graph.release import Release, build_release

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _read_once(shipped: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyse, "build_release", lambda _: shipped)


def run(*arguments: str) -> str:
    result = RUNNER.invoke(app, ["analyse", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_without_a_measure_all_are_listed_with_their_options() -> None:
    shown = run()
    for name, each in MEASURES.items():
        assert name in shown
        assert all(f"--param {option.name}=" in shown for option in each.options)
    assert "dependence" in shown


def test_a_measure_is_a_table_that_names_projection_direction_weight_lens_and_version(
    shipped: Release,
) -> None:
    shown = run("pagerank", "--projection", "dependence", "--limit", "2")
    assert "dependence (directed, weight: through)" in shown
    assert "lens:default" in shown
    assert shipped.version in shown
    assert "2 of " in shown


def test_json_and_csv_have_the_same_rows() -> None:
    rows = json.loads(run("degree", "--json"))["rows"]
    table = list(csv.DictReader(io.StringIO(run("degree", "--format", "csv"))))
    assert [row["node"]["iri"] for row in rows] == [row["node"] for row in table]


def test_options_and_a_lens_are_read() -> None:
    routes = ("routes", "--param", "from=kazakhstan", "--param", "to=boeing", "--param", "k=1")
    found = json.loads(run(*routes, "--known-at", "2027-01-01", "--json"))
    assert found["lens"]["knownAt"] == "2027-01-01"
    assert found["total"] == 1
    assert found["rows"][0]["nodes"][0]["label"] == "Kazakhstan"


def test_a_network_is_shown_with_claims_and_written_for_other_programs() -> None:
    shown = run("network", "--projection", "dependence", "--limit", "3")
    assert "3 of " in shown
    assert "asserted: " in shown
    given = run("network", "--projection", "dependence", "--format", "graphml")
    assert nx.parse_graphml(given).is_directed()


def test_files_of_a_user_without_claims_need_no_lens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyse, "build_release", build_release)
    file = tmp_path / "x.ttl"
    file.write_text("@prefix ex: <http://example.org/> . ex:a ex:knows ex:b .")
    data = ["--data", str(file)]
    shown = RUNNER.invoke(app, ["neighbours", "http://example.org/a", *data])
    assert shown.exit_code == 0, shown.exception
    assert "0 of 0 edges" in run("network", *data)
    assert json.loads(run("degree", "--json", *data))["rows"] == []


def test_an_exposure_tells_what_is_left_and_what_nobody_tells() -> None:
    gone = "without=russia,claim:turkmenportal-2023-lined-04"
    shown = run("exposure", "--param", "entity=tajikistan", "--param", gone)
    assert "figures are told by nobody: missing, not zero" in shown
    assert "without them, dependence: Russia not told" in shown
    assert "without the claims, transit, China: 0 – 0.2 – 0.5 → not told" in shown
    assert "nan" not in shown.lower().split()


def test_what_is_wrong_is_told() -> None:
    with pytest.raises(UnknownQuery, match="nothing"):
        run("nothing")
    with pytest.raises(BadParameter, match="damping"):
        run("pagerank", "--param", "damping=2")
    with pytest.raises(BadParameter, match="'gexf' is no format"):
        run("pagerank", "--format", "gexf")
