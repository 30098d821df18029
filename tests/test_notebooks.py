"""The notebooks run from the first cell to the last, and are kept without their output."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
READ: Any = nbformat.read  # it has no types
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def test_there_are_two_worked_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["brokers", "exposure"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_output(path: Path) -> None:
    notebook: Any = READ(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_tables_and_figures(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "app"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    notebook: Any = READ(path, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": os.fspath(tmp_path)}}
    ).execute()
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    assert [out for out in outputs if out.output_type == "error"] == []
    assert all(cell.outputs for cell in notebook.cells if cell.cell_type == "code" and _shows(cell))
    kinds = {kind for out in outputs for kind in out.get("data", {})}
    assert {"text/html", "image/png"} <= kinds


def _shows(cell: Any) -> bool:
    """Whether its last line is a value and no assignment or import."""
    last = cell.source.rstrip().splitlines()[-1]
    return " = " not in last and not last.startswith("from ")
