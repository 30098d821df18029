"""Which module may import what, how long things are, and that settings are documented."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from c5graph.errors import BadParameter, C5GraphError, Exit
from c5graph.namespaces import PREFIXES, expand, shorten
from c5graph.settings import Settings

PACKAGE = Path(__file__).resolve().parents[1] / "app" / "c5graph"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = [
    path
    for folder, kind in (("templates", "html"), ("styles", "css"), ("src", "ts"))
    for path in sorted((PACKAGE.parent / "web" / folder).rglob(f"*.{kind}"))
]
SHACL = {PACKAGE / "graph" / name for name in ("recall.py", "shacl.py", "sight.py")}
WEB = {"fastapi", "starlette", "uvicorn"}
SERVED = {
    "main.py",
    "middleware.py",
    "server.py",
    "cache.py",
    "editions.py",
    "express.py",
    "sender.py",
    "observe.py",
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


def below(path: Path, folder: str) -> bool:
    return PACKAGE / folder in path.parents


def test_the_modules_are_seen() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    if not below(path, "store"):
        assert "pyoxigraph" not in roots(path), "only store/ knows the engine"
    if path not in SHACL:
        assert roots(path).isdisjoint({"rdflib", "pyshacl"}), "three modules of graph/ know SHACL"
    if not below(path, "routes") and path.name not in SERVED:
        assert roots(path).isdisjoint(WEB), "nothing below the routes knows the web framework"
    if below(path, "graph") or below(path, "store") or path == PACKAGE / "neighbours.py":
        forbidden = ("c5graph.routes", "c5graph.cli", "c5graph.main")
        assert not [name for name in imports(path) if name.startswith(forbidden)]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    for function in functions(path):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= 80, f"{function.name} has {length} lines"


def test_templates_styles_and_scripts_of_pages_are_short() -> None:
    long = [path.name for path in PAGES if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert long == []
    assert {path.suffix for path in PAGES} == {".html", ".css", ".ts"}


def test_iris_of_ours_are_spelt_out_in_one_module_only() -> None:
    spelt = [
        path.name
        for path in MODULES
        if "w3id.org/c5graph" in path.read_text(encoding="utf-8") and path.name != "namespaces.py"
    ]
    assert spelt == []


def test_every_setting_says_what_it_means() -> None:
    for item in fields(Settings):
        assert item.metadata.get("doc", "").endswith("."), item.name


def test_a_setting_of_the_wrong_kind_is_named_with_its_meaning() -> None:
    with pytest.raises(BadParameter, match="C5GRAPH_NEIGHBOUR_LIMIT") as caught:
        Settings.from_environment({"C5GRAPH_NEIGHBOUR_LIMIT": "many"})
    assert "Edges in one answer" in caught.value.remedy


def test_settings_are_read_from_the_environment() -> None:
    given = Settings.from_environment({"C5GRAPH_LANGUAGE": "ru", "C5GRAPH_NEIGHBOUR_LIMIT": "7"})
    assert (given.language, given.neighbour_limit) == ("ru", 7)


def errors(root: type[C5GraphError] = C5GraphError) -> Iterator[type[C5GraphError]]:
    yield root
    for child in root.__subclasses__():
        yield from errors(child)


def test_every_error_has_a_code_a_status_and_an_exit_code() -> None:
    kinds = list(errors())
    assert len(kinds) > 10
    for kind in kinds:
        assert kind.code
        assert 400 <= kind.status < 600
        assert isinstance(kind.exit_code, Exit)
        assert kind.exit_code is not Exit.OK


def test_the_error_body_has_one_shape() -> None:
    error = C5GraphError("wrong", remedy="do this", line=3, column=4)
    assert error.body()["error"] == {
        "code": "error",
        "message": "wrong",
        "remedy": "do this",
        "line": 3,
        "column": 4,
    }


def test_names_are_shortened_and_expanded_alike() -> None:
    for prefix in PREFIXES:
        assert expand(shorten(PREFIXES[prefix] + "x")) == PREFIXES[prefix] + "x"
    assert expand("https://example.org/") is None
    assert expand("nothing") is None
    assert shorten("urn:x") == "urn:x"


def test_every_error_says_what_to_do() -> None:
    plain = {
        kind.__name__
        for kind in _descendants(C5GraphError)
        if "__init__" not in {name for each in _between(kind) for name in vars(each)}
    }
    silent = [
        f"{path.name}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in plain
        and "remedy" not in {keyword.arg for keyword in node.keywords}
    ]
    assert silent == []


def _descendants(kind: type[C5GraphError]) -> Iterator[type[C5GraphError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _descendants(child)


def _between(kind: type[C5GraphError]) -> tuple[type, ...]:
    """The class and those above it, below the root of the errors."""
    return kind.__mro__[: kind.__mro__.index(C5GraphError)]
