"""What is built for the pages is built again when its sources change, and fails loudly."""

from __future__ import annotations

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement


@pytest.fixture
def assets(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module over a copy of the sources of which everything is built."""
    web = tmp_path / "web"
    left_out = shutil.ignore_patterns("node_modules", "templates")
    shutil.copytree(checkout / "app" / "web", web, ignore=left_out)
    spec = importlib.util.spec_from_file_location("build_assets", web / "build_assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "run", lambda *_: None)
    module.BUILT.mkdir(exist_ok=True)
    (module.BUILT / "page.js").touch()
    module.MANIFEST.write_text(json.dumps({"src/page.ts": {"file": "page.js"}}))
    module.STAMP.write_text(module.digest())
    return module


def test_what_is_current_is_not_built_again(assets: ModuleType) -> None:
    assert assets.current()
    assert not assets.build()


@pytest.mark.parametrize("name", ["src/page.ts", "package-lock.json", "build/outlines.mjs"])
def test_a_changed_source_is_noticed(assets: ModuleType, name: str) -> None:
    path = assets.HERE / name
    path.write_text(path.read_text() + "\n")
    assert not assets.current()


def test_a_built_file_that_went_missing_is_noticed(assets: ModuleType) -> None:
    (assets.BUILT / "page.js").unlink()
    assert not assets.current()


def test_a_build_that_makes_nothing_is_an_error(assets: ModuleType) -> None:
    (assets.HERE / "node_modules").mkdir()
    (assets.HERE / "src" / "page.ts").write_text("export const changed = 1;\n")
    with pytest.raises(assets.BuildFailed, match="made no"):
        assets.build()


def test_npm_that_fails_is_quoted(
    assets: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho the registry is asleep >&2\nexit 3\n")
    npm.chmod(0o755)
    monkeypatch.setattr(assets, "tools", lambda: (str(npm), [str(npm)]))
    with pytest.raises(assets.BuildFailed, match="the registry is asleep"):
        assets.run("ci")


def test_the_lock_names_no_host(checkout: Path) -> None:
    lock = json.loads((checkout / "app" / "web" / "package-lock.json").read_text())
    packages = [each for name, each in lock["packages"].items() if name]
    assert len(packages) > 20
    assert all("resolved" not in each and each["integrity"] for each in packages)


def test_what_is_built_is_that_of_these_sources(checkout: Path) -> None:
    web = checkout / "app" / "web"
    assert (web / "static" / "built" / "manifest.json").is_file(), "install the package again"


def test_the_build_imports_nothing_but_what_it_installs(checkout: Path) -> None:
    """Who builds the wheel has the packages of `[build-system]` and no others."""
    hook = ast.walk(ast.parse((checkout / "hatch_build.py").read_text(encoding="utf-8")))
    ours = {name for name in map(imported, hook) if name.startswith("c5graph")}
    assert ours
    code = f"import sys, {', '.join(sorted(ours))}; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = [name for name in said.stdout.split() if name.startswith("c5graph")]
    tops = {name.partition(".")[0] for module in loaded for name in imports_of(module)}
    owners = metadata.packages_distributions()
    used = {owner.lower() for top in tops for owner in owners.get(top, ())} - {"c5graph"}
    told = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    assert "pyoxigraph" in used
    assert used <= needed_by(told["build-system"]["requires"])


def imports_of(module: str) -> set[str]:
    """What a module imports when it is imported itself."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return set(map(imported, ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body))


def imported(node: ast.AST) -> str:
    """The module that a statement imports, if it imports one."""
    if isinstance(node, ast.Import):
        return node.names[0].name
    return (isinstance(node, ast.ImportFrom) and node.module) or ""


def needed_by(requirements: list[str]) -> set[str]:
    """The packages, and what they need in their turn."""
    waiting, found = list(requirements), set[str]()
    while waiting:
        wanted = Requirement(waiting.pop())
        name = wanted.name.lower()
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        try:
            waiting += metadata.requires(name) or []
        except metadata.PackageNotFoundError:  # the builder itself need not be here
            continue
    return found
