"""A remembered validation is used only while everything that it rests on is the same."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

import pytest

from c5graph import resources
from c5graph.graph.remember import validation_digest
from c5graph.graph.sources import Sources


@pytest.mark.parametrize("module", ["namespaces.py", "store/rdf.py", "graph/claims.py"])
def test_a_change_of_any_module_forgets_the_validation(
    module: str, tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name, more in (("before", ""), ("after", "# changed\n")):
        copy = tmp_path / name
        copied = shutil.ignore_patterns("__pycache__", "_*")
        shutil.copytree(resources.PACKAGE, copy, ignore=copied)
        with (copy / module).open("a") as text:
            text.write(more)
        with monkeypatch.context() as there:
            there.setattr(resources, "PACKAGE", copy)
            found.append(validation_digest(Sources.shipped(checkout), checkout))
    assert found[0] != found[1]


@pytest.mark.parametrize("library", ["pyshacl", "rdflib", "pyoxigraph"])
def test_another_version_of_a_library_forgets_the_validation(
    library: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = validation_digest(Sources.shipped(checkout), checkout)
    known = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: known(name) + "x" * (name == library))
    assert validation_digest(Sources.shipped(checkout), checkout) != before
