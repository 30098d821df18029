"""The commands of the desk, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import CLAIM, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("command", "rows"),
    [
        (["ledger", "--state", "tajikistan"], "agreements"),
        (["disputes", "somon-air-boeing-2025"], "disputes"),
        (["changes", "2025-11-20", "--change", "status"], "changes"),
        (["perspectives", "somon-air-boeing-2025"], "aspects"),
    ],
)
def test_a_question_is_answered_in_words_as_json_and_as_a_table(
    tmp_path: Path, command: list[str], rows: str
) -> None:
    words = run(*command, cwd=tmp_path)
    assert (words.returncode, words.stderr) == (0, "")
    assert " of " in words.stdout or "shown" in words.stdout
    told = json.loads(run(*command, "--json", cwd=tmp_path).stdout)
    assert told[rows]
    table = list(csv.reader(io.StringIO(run(*command, "--format", "csv", cwd=tmp_path).stdout)))
    assert len(table) > len(told[rows])


def test_a_question_that_cannot_be_asked_says_what_to_do(tmp_path: Path) -> None:
    for command, code in (
        (["ledger", "--power", "mars"], 2),
        (["ledger", "--format", "xml"], 2),
        (["disputes", "nobody-at-all"], 4),
        (["changes", "yesterday"], 2),
        (["cite", "/metrics"], 2),
        (["cite", "no-such-question"], 4),
        (["cite", "--check", "nowhere.json"], 3),
    ):
        shown = run(*command, cwd=tmp_path)
        assert shown.returncode == code, command
        assert shown.stderr.startswith("error")


def test_a_pinned_answer_is_the_same_until_the_data_change(tmp_path: Path) -> None:
    address = "/api/ledger?state=kazakhstan"
    pinned = run("cite", address, "--format", "json", cwd=tmp_path)
    (tmp_path / "pin.json").write_text(pinned.stdout)
    same = run("cite", "--check", "pin.json", cwd=tmp_path)
    assert (same.returncode, same.stdout.split(":")[0]) == (0, "same")
    mine = CLAIM.replace("id:kazakhstan", "id:wabtec-kazakhstan-2025")
    mine = mine.replace("c5:borders", "c5:inSector").replace("id:uzbekistan", "voc:sector-energy")
    (tmp_path / "mine.ttl").write_text(mine)
    changed = run("cite", "--check", "pin.json", "--with", "mine.ttl", cwd=tmp_path)
    assert changed.returncode == 1
    assert changed.stdout.startswith("changed")
    assert "1 rows are new, 1 are gone" in changed.stdout
    text = run("cite", "how-firm-are-the-facts", "--accessed", "2026-03-01", cwd=tmp_path)
    assert "sha256:" in text.stdout
    assert "Accessed 2026-03-01" in text.stdout
