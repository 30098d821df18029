"""Tables as tests write them, read against the shipped graph.

The shipped files are read once; each import gets what is known of them afresh.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from c5graph.authoring.importing import Imported, Target, Wishes, planned
from c5graph.authoring.known import Known, read_known
from c5graph.authoring.writing import write_all
from c5graph.graph.sources import Sources

PLAIN = Wishes()
Rows = list[dict[str, str]]
CLAIM = {
    "report": "tca-2025-11-07-tj-deals",
    "subject": "kazakhstan",
    "predicate": "borders",
    "object": "china",
    "gloss": "Kazakhstan and China share a border.",
    "modality": "asserted",
}
ENTITY = {"id": "zarnitsa-works", "type": "Company", "label": "Zarnitsa Works"}
REPORT = {
    "id": "zarnitsa-2026-01-05-mill",
    "label": "Zarnitsa, 5 January 2026",
    "title": "A mill opens",
    "publisher": "asia-plus",
    "language": "en",
    "url": "https://example.org/mill",
    "interest": "independent-press",
    "origin": "origin-zarnitsa-mill",
    "originLabel": "article on a mill",
    "kind": "news",
    "issued": "2026-01-05",
    "firstSeen": "2026-02-01",
}
FINDING = {
    "finding": "zarnitsa-mill",
    "label": "One mill or two",
    "description": "The reports may speak of two mills.",
    "kind": "ambiguity",
    "on": "kazakhstan|claim:tca-2025-11-07-tj-deals-001",
    "created": "2026-02-01",
}


def write_table(path: Path, rows: Rows) -> Path:
    """A CSV file of the rows; the first row names the columns of all."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.DictWriter(sink, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@dataclass
class Desk:
    """Imports tables into a folder of the test's own."""

    folder: Path
    shipped: Known

    def plan(self, *tables: Rows, wishes: Wishes = PLAIN, into: Path | None = None) -> Imported:
        """What an import of the tables would do."""
        paths = [
            write_table(self.folder / f"table-{number}.csv", rows)
            for number, rows in enumerate(tables, 1)
        ]
        target = Target.of(into or self.folder / "mine", self.folder / "data")
        return planned(paths, self._known(), target, wishes)

    def write(self, *tables: Rows, wishes: Wishes = PLAIN) -> Imported:
        """Import the tables; they are to be without fault."""
        result = self.plan(*tables, wishes=wishes)
        assert result.problems == []
        write_all(result.texts)
        return result

    def text(self, file: str) -> str:
        """A file that was written."""
        return (self.folder / "mine" / file).read_text(encoding="utf-8")

    def _known(self) -> Known:
        mine = self.folder / "mine"
        if mine.exists():
            return read_known(Sources.shipped().joined([mine]).inputs)
        return Known(self.shipped.index, self.shipped.shapes, self.shipped.files)


@pytest.fixture
def desk(tmp_path: Path, known: Known) -> Desk:
    """A desk to import at."""
    return Desk(tmp_path, known)
