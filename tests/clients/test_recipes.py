"""The recipes for R and the shell, run as they are written against a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.components import missing
from tests.service.conftest import running

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(sh|r)\n(.*?)```", re.DOTALL)
BLOCKS = [(language, text) for language, text in BLOCK.findall(TEXT)]
SHELL = [text for language, text in BLOCKS if language == "sh"]
R = "\n".join(text for language, text in BLOCKS if language == "r")
STARTS = (
    "actor,objective,actorLabel,",
    "state\n",
    "<?xml",
    "node,node_label,home,",
    '{"version":',
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    script = str(ROOT / "tests" / "service" / "shipped_server.py")
    with running([script]) as server:
        yield server.url


def here(text: str, url: str) -> str:
    assert "http://127.0.0.1:8000" in text
    return text.replace("http://127.0.0.1:8000", url)


def test_every_recipe_is_run() -> None:
    assert len(SHELL) == len(STARTS)
    assert R.count("read.csv") == 4


@pytest.mark.parametrize("number", range(len(SHELL)))
def test_a_recipe_for_the_shell(url: str, number: int) -> None:
    if shutil.which("curl") is None:
        missing("curl", "the recipes for the shell need it")
    shown = subprocess.run(
        ["bash", "-c", here(SHELL[number], url)], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout) > 100
    assert shown.stdout.startswith(STARTS[number]), shown.stdout[:200]


def test_the_recipes_for_r(url: str, tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        missing("Rscript", "the recipes for R need it: apt-get install r-base-core")
    script = tmp_path / "recipes.R"
    script.write_text("options(warn = 2)\n" + here(R, url), encoding="utf-8")
    shown = subprocess.run(
        [str(program), "--vanilla", str(script)], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0, shown.stderr
    assert "binding" in shown.stdout
    assert "Kazakhstan" in shown.stdout
    assert "NA" in shown.stdout
