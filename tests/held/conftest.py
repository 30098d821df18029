"""Mapping made-up files, read against the shipped graph, which is read once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from c5graph.authoring.known import Known
from c5graph.held.mapping import MAPPINGS, Mapped, Order, planned

FILES = Path(__file__).parent / "files"
EXPECTED = Path(__file__).parent / "expected"
SEEN = "2026-01-05"


def made_up(kind: str) -> Path:
    """The made-up file of a kind."""
    (found,) = [path for path in FILES.iterdir() if path.stem.partition(".")[0] == kind]
    return found


@dataclass
class Bench:
    """Maps files into a folder of the test's own."""

    folder: Path
    known: Known

    def plan(self, kind: str, file: Path | None = None, **wishes: object) -> Mapped:
        """What mapping a file would do: the made-up one if no other."""
        order = Order(kind, file or made_up(kind), self.folder / "mine", seen=SEEN)
        return planned(replace(order, **wishes), self.known)  # type: ignore[arg-type]

    def changed(self, kind: str, old: str, new: str, **wishes: object) -> Mapped:
        """What mapping the made-up file does with one thing in it changed."""
        text = made_up(kind).read_bytes().decode()
        assert old in text
        path = self.folder / made_up(kind).name
        path.write_bytes(text.replace(old, new, 1).encode())
        return self.plan(kind, path, **wishes)


@pytest.fixture
def bench(tmp_path: Path, known: Known) -> Bench:
    return Bench(tmp_path, known)


KINDS = sorted(MAPPINGS)
