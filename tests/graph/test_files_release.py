"""Files served as they are: look-ups read the same from memory and from disk."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

import pytest

from c5graph.graph import files
from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources

TEXT = '<urn:a:x> <http://www.w3.org/2000/01/rdf-schema#label> "X" ; <urn:p> <urn:a:y> .'


def test_large_files_are_read_from_disk_alike_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data.ttl").write_text(TEXT)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    small = build_release(Sources.files([tmp_path / "data.ttl"]))
    expected = (small.labels.of("urn:a:x"), sorted(map(str, small.quads)))
    assert list(scratch.iterdir()) == []
    monkeypatch.setattr(files, "_LARGE", 1)
    large = build_release(Sources.files([tmp_path / "data.ttl"]))
    assert (large.labels.of("urn:a:x"), sorted(map(str, large.quads))) == expected
    assert len(list(scratch.iterdir())) == 1
    del large
    gc.collect()
    assert list(scratch.iterdir()) == []
