"""How what is imported is written: in its place, all files or none, one writer at a time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from c5graph.authoring.importing import Target, Wishes, import_tables
from c5graph.authoring.lock import LOCK_FILE, Locked, only_writer
from c5graph.authoring.writing import write_all
from c5graph.errors import ParseFailure
from c5graph.namespaces import REPORT as REPORTS
from tests.authoring.conftest import CLAIM, ENTITY, Desk, write_table


def a_passage(desk: Desk, report: str) -> str:
    """START-END of a passage that the shipped graph has."""
    start = f"{REPORTS}{report}/passage/"
    found = (iri for iri in desk.shipped.files if iri.startswith(start))
    return next(iri for iri in found if not iri.endswith("-position")).removeprefix(start)


def test_passages_of_two_reports_do_not_go_into_one_file(desk: Desk) -> None:
    into = desk.folder / "mine" / "claims" / "both.ttl"
    reports = ("tca-2025-11-07-tj-deals", "glance-central-asia-trump-deals")
    rows = [CLAIM | {"report": report, "passage": a_passage(desk, report)} for report in reports]
    problems = desk.plan(rows, into=into).problems
    assert any("one report only" in each.message for each in problems), problems


def test_a_dry_run_and_a_fault_write_nothing(tmp_path: Path, checkout: Path) -> None:
    table = write_table(tmp_path / "table.csv", [ENTITY])
    target = Target.of(tmp_path / "mine", checkout / "data")
    planned = import_tables([table], target, checkout, Wishes(dry_run=True))
    assert planned.counts == {"entity": 1}
    write_table(table, [ENTITY, ENTITY | {"id": "other-one", "label": ""}])
    assert import_tables([table], target, checkout, Wishes()).problems
    assert [path.name for path in (tmp_path / "mine").rglob("*")] == [LOCK_FILE]


@pytest.mark.parametrize(
    ("into", "folder", "file"),
    [
        (None, "data", None),
        ("data/claims/rail.ttl", "data", "claims/rail.ttl"),
        ("mine", "mine", None),
        ("mine/claims/a.ttl", "mine", "claims/a.ttl"),
        ("mine/a.ttl", "mine", "a.ttl"),
    ],
)
def test_into_names_a_file_of_claims_or_a_folder(
    into: str | None, folder: str, file: str | None, tmp_path: Path
) -> None:
    target = Target.of(tmp_path / into if into else None, tmp_path / "data")
    assert target == Target(tmp_path / folder, file, folder == "data")


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    first = tmp_path / "first.ttl"
    first.write_text("# old\n")
    (tmp_path / "second.ttl").mkdir()
    with pytest.raises(OSError, match="second"):
        write_all({first: "# new\n", tmp_path / "second.ttl": "# new\n"})
    assert first.read_text() == "# old\n"
    with pytest.raises(ParseFailure):
        write_all({first: "# new\n", tmp_path / "third.ttl": "no turtle"})
    assert first.read_text() == "# old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.ttl", "second.ttl"]


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    held = [
        "import sys",
        "from pathlib import Path",
        "from c5graph.authoring.lock import only_writer",
        "with only_writer(Path(sys.argv[1])):",
        "    print('held', flush=True)",
        "    sys.stdin.read()",
    ]
    with subprocess.Popen(
        [sys.executable, "-c", "\n".join(held), str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Locked), only_writer(tmp_path, patience=0.3):
            pass
        threading.Timer(0.3, other.stdin.close).start()
        begun = time.monotonic()
        with only_writer(tmp_path, patience=20):
            assert time.monotonic() - begun > 0.2
