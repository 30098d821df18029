"""What CONTRIBUTING.md tells an author to do is done here, word for word."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from c5graph.authoring.tables import COLUMNS
from tests.cli.running import run

TEXT = (Path(__file__).resolve().parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """The text of one section."""
    return TEXT.split(f"\n## {name}\n")[1].split("\n## ")[0]


def blocks(text: str) -> list[tuple[str, str, str]]:
    """Fenced blocks: the text before, the kind, the content."""
    parts = re.split(r"^```(\w*)\n(.*?)^```\n", text, flags=re.DOTALL | re.MULTILINE)
    return list(zip(parts[0::3], parts[1::3], parts[2::3], strict=False))


def commands(console: str) -> list[tuple[str, str]]:
    """Each command of a console with what it prints."""
    parts = re.split(r"^\$ (.*)\n", console, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def fits(expected: str, printed: str) -> bool:
    """Whether it was printed; `...` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in expected.split("..."))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


@pytest.mark.slow
def test_a_report_in_ten_minutes_is_added_as_written(tmp_path: Path) -> None:
    done = 0
    for before, kind, content in blocks(section("A report in ten minutes")):
        if kind == "csv":
            (tmp_path / re.findall(r"`([\w-]+\.csv)`", before)[-1]).write_text(content)
            continue
        for command, expected in commands(content):
            program, *arguments = shlex.split(command)
            assert program == "c5graph"
            printed = run(*arguments, cwd=tmp_path)
            assert printed.returncode == 0, printed.stdout + printed.stderr
            assert fits(expected, printed.stdout), printed.stdout
            done += 1
    assert done == 6
    assert {path.name for path in (tmp_path / "mine").iterdir()} == {
        "claims", "entities", "sources.ttl", ".import.lock",
    }  # fmt: skip


def test_the_table_of_columns_names_every_column() -> None:
    told = section("Tables")
    rows = [line for line in told.splitlines() if line.startswith("|")]
    for kind, columns in COLUMNS.items():
        named = " ".join(row for row in rows if row.startswith(f"| {kind}"))
        missing = [name for name in columns if not re.search(rf"(?<!\w){name}(?!\w)", named)]
        assert missing == [], kind


def test_what_the_text_says_fits_is_not_a_rubber_stamp() -> None:
    assert fits("a ... c\n", "a b\n c\n")
    assert not fits("a ... c\n", "a b\n d\n")
