"""The wheel works from an empty folder without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

# The environment of the tests may have no pip of its own; `tests/run` names one that does.
PIP = [os.environ.get("C5GRAPH_TEST_PIP", sys.executable), "-m", "pip"]


def run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["C5GRAPH_CACHE_DIR"] = str(cwd / "cache")
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> tuple[Path, Path]:
    """The command of a fresh environment with the wheel, and an empty folder."""
    built, home = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("venv")
    quiet = ["--quiet", "--disable-pip-version-check"]
    made = run([*PIP, "wheel", str(checkout), "--no-deps", "-w", str(built), *quiet], built)
    assert made.returncode == 0, made.stderr
    venv.create(home, with_pip=False)
    (wheel,) = built.glob("c5graph-*.whl")
    put = run([*PIP, "--python", str(home), "install", str(wheel), *quiet], built)
    assert put.returncode == 0, put.stderr
    return home / "bin" / "c5graph", tmp_path_factory.mktemp("empty")


def test_the_wheel_answers_a_saved_question(installed: tuple[Path, Path]) -> None:
    command, folder = installed
    shown = run([str(command), "query", "--name", "who-buys-from-whom", "--format", "csv"], folder)
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout.splitlines()) > 1


def test_the_wheel_knows_its_own_validation(installed: tuple[Path, Path]) -> None:
    command, folder = installed
    shown = run([str(command), "validate"], folder)
    assert shown.returncode == 0, shown.stdout
    assert "(remembered)" in shown.stdout
    assert not (folder / "cache").exists()


def counted(installed: tuple[Path, Path], code: str) -> int:
    """The number that code prints under the Python of the installed wheel."""
    command, folder = installed
    shown = run([str(command.parent / "python"), "-c", code], folder)
    assert shown.returncode == 0, shown.stderr
    return int(shown.stdout)


def test_the_wheel_carries_what_follows_from_its_data(installed: tuple[Path, Path]) -> None:
    code = (
        "from c5graph.graph import release as r; from c5graph.graph.sources import Sources; "
        "found = r.build_release(Sources.shipped()); kept = found.larder.statements(); "
        "assert kept is not None and '_shipped' in str(kept); "
        "assert found.larder.facts(found.record) == found.facts; print(len(found.facts))"
    )
    assert counted(installed, code) > 5000


def test_the_wheel_carries_pages_and_data(installed: tuple[Path, Path]) -> None:
    code = (
        "from c5graph import resources as r; "
        "assert '_shipped' in str(r.root()); assert (r.web() / 'templates').is_dir(); "
        "from c5graph.assets import bundle, outlines; from c5graph.speech import languages; "
        "assert bundle('graph') and bundle('sparql') and outlines()['region']; "
        "assert 'ru' in languages(); "
        "from c5graph import Graph; print(Graph.load().neighbours('kazakhstan').total)"
    )
    assert counted(installed, code) > 10
