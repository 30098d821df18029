"""What the commands say of wrong input, and how they exit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import CLAIM, run

pytestmark = pytest.mark.slow


def test_a_wrong_query_is_told_with_line_and_exit_code(tmp_path: Path) -> None:
    (tmp_path / "wrong.rq").write_text("SELECT ?s WHERE {\n  ?s ?p ?o . FILTR(?o)\n}\n")
    shown = run("query", "wrong.rq", cwd=tmp_path)
    assert shown.returncode == 2
    assert "line 2" in shown.stderr, shown.stderr
    assert "Traceback" not in shown.stderr


def test_an_unknown_entity_exits_with_four_and_a_suggestion(tmp_path: Path) -> None:
    shown = run("neighbours", "kazakstan", cwd=tmp_path)
    assert shown.returncode == 4
    assert "kazakhstan" in shown.stderr


def test_a_broken_file_is_told_with_line_column_and_exit_code(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("@prefix c5: <urn:c5> .\nc5:a c5:b\n    c5:c c5:d ;\n.\n")
    shown = run("validate", "broken.ttl", cwd=tmp_path)
    assert shown.returncode == 3
    assert "broken.ttl:3:" in shown.stdout
    assert "Traceback" not in shown.stderr


def test_a_missing_file_exits_with_three(tmp_path: Path) -> None:
    shown = run("validate", "nowhere.ttl", cwd=tmp_path)
    assert shown.returncode == 3
    assert "nowhere.ttl" in shown.stderr


def test_an_unknown_term_is_told_with_its_line(tmp_path: Path) -> None:
    text = CLAIM.replace("c5:stance", "c5:stanse")
    (tmp_path / "mine.ttl").write_text(text)
    shown = run("validate", "mine.ttl", cwd=tmp_path)
    assert shown.returncode == 1
    assert "mine.ttl:16: error: claim:mine-1 uses c5:stanse" in shown.stdout


def test_a_failing_shape_is_told_with_its_line_and_remembered(tmp_path: Path) -> None:
    changes = {
        "id:kazakhstan": "id:somon-air-boeing-2025",
        "c5:borders": "c5:hasStatus",
        "id:uzbekistan": "voc:sector-aviation",
    }
    text = CLAIM
    for old, new in changes.items():
        text = text.replace(old, new)
    (tmp_path / "mine.ttl").write_text(text)
    first = run("validate", "mine.ttl", cwd=tmp_path)
    assert first.returncode == 1
    # One fault is told once, not again for the shape that the failing shape asks.
    assert first.stdout.count(": error: ") == 1
    assert "mine.ttl:12: error: claim:mine-1: " in first.stdout
    assert "c5sh:HasStatusShape-object" in first.stdout
    again = run("validate", "mine.ttl", cwd=tmp_path)
    assert again.returncode == 1
    assert "(remembered)" in again.stdout


def test_evidence_without_texts_says_what_is_missing_and_exits_with_one(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    shown = run("evidence", "--texts", "texts", cwd=tmp_path)
    assert shown.returncode == 1
    assert "data/sources.ttl:" in shown.stdout
    assert "Put the unchanged text into the folder" in shown.stdout


def test_data_and_with_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(CLAIM)
    both = ("--data", "mine.ttl", "--with", "mine.ttl")
    shown = run("neighbours", "kazakhstan", *both, cwd=tmp_path)
    assert shown.returncode == 2


def test_a_users_problems_come_first_and_ours_are_only_counted(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(CLAIM.replace("c5:stance", "c5:stanse"))
    shown = run("check", "mine.ttl", cwd=tmp_path)
    assert shown.returncode == 1
    assert shown.stdout.startswith("mine.ttl:16: error: ")
    assert "data/" not in shown.stdout


def test_an_impossible_date_is_told_without_a_traceback(tmp_path: Path) -> None:
    date = '    c5:validFrom "2025-13-45"^^<http://www.w3.org/2001/XMLSchema#date> ;\n.\n'
    (tmp_path / "mine.ttl").write_text(CLAIM.removesuffix(".\n") + date)
    shown = run("validate", "mine.ttl", cwd=tmp_path)
    assert shown.returncode == 1
    assert "mine.ttl:18: error: claim:mine-1" in shown.stdout
    assert "2025-13-45" in shown.stdout
    assert "Traceback" not in shown.stderr


VOICE = ("query", "--name", "what-does-a-voice-say", "--param")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("serve", "--port", "99999"), 2, "65535"),
        (("export", "/nonexistent/x.ttl"), 3, "no such folder"),
        (("export", "/proc/x.ttl"), 3, "cannot be written"),
        (("query", "nosuch.rq"), 3, "no such file"),
        (("neighbours", "kazakhstan", "--predicate", "hasByer"), 2, "c5:hasBuyer"),
        (("neighbours", "kazakhstan", "--format", "png"), 2, "graphml"),
        (("paths", "kazakhstan", "boing"), 4, "boeing"),
        ((*VOICE, "voice=Boing"), 4, "Did you mean boeing"),
        ((*VOICE, "voice=Fight against terrorism"), 4, "Say which one: id:asia-plus-"),
        (("paths", "kazakhstan", "boeing", "--kind", "rumour"), 2, "news"),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(
    arguments: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    shown = run(*arguments, cwd=tmp_path)
    assert "Traceback" not in shown.stderr
    assert shown.returncode == code, shown.stderr
    assert said in shown.stderr


def test_a_port_of_the_environment_is_checked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    monkeypatch.setenv("C5GRAPH_PORT", "99999")
    shown = run("serve", "--data", "a.ttl", cwd=tmp_path)
    assert shown.returncode == 2
    assert "65535" in shown.stderr


def test_data_that_do_not_parse_exit_alike_wherever_they_are_given(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b> .")
    ways = (("validate",), ("serve", "--with"), ("serve", "--data"))
    shown = [run(*way, "broken.ttl", cwd=tmp_path) for way in ways]
    assert [each.returncode for each in shown] == [3, 3, 3]
    assert all("broken.ttl:1" in each.stdout + each.stderr for each in shown)
