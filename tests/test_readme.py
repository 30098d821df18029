"""What the README shows is what the project does."""

from __future__ import annotations

import re
from pathlib import Path

from c5graph.graph.release import Release
from c5graph.namespaces import shorten
from c5graph.store.rdf import select, text_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def shown_table() -> list[tuple[str, ...]]:
    rows = [line for line in README.splitlines() if line.startswith("| id:")]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


def test_the_query_of_the_readme_gives_the_answer_of_the_readme(shipped: Release) -> None:
    (query,) = block("sparql")
    rows = [
        tuple(shorten(text_of(row[name])) for name in ("actor", "relation", "firmness"))
        for row in select(shipped.store, query)
    ]
    assert len(rows) == 9
    assert rows == shown_table()


def test_the_readme_has_two_commands_of_one_line_each() -> None:
    commands = [text.strip() for text in block("sh")]
    assert [len(text.splitlines()) for text in commands] == [1, 1]
    assert commands[0].endswith("c5graph serve")
    assert (ROOT / commands[1]).stat().st_mode & 0o111


def test_files_that_the_readme_names_exist() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_saved_questions_that_the_readme_names_exist() -> None:
    named = re.findall(r"--name ([a-z0-9-]+)", README)
    assert named
    assert [name for name in named if not (ROOT / "queries" / f"{name}.rq").exists()] == []
