"""The beginning of a report: what is written, what is made of the rest, what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from c5graph.authoring.beginning import Begun, begin_report, in_words
from c5graph.authoring.importing import Target
from c5graph.errors import BadParameter, MissingInput
from c5graph.graph.layout import layout_problems

CELLS = {
    "id": "asia-plus-2026-01-05-mill",
    "publisher": "asia-plus",
    "title": "A mill",
    "url": "https://example.org/mill",
    "interest": "independent-press",
    "kind": "news",
    "language": "en",
    "issued": "2026-01-05",
    "firstSeen": "2026-02-01",
}


def begin(folder: Path, checkout: Path, text: Path | None = None, **changes: str) -> Begun:
    target = Target(folder / "mine", None, shipped=False)
    return begin_report({**CELLS, **changes}, text, target, checkout, folder / "table.csv")


def test_report_file_and_table_are_begun(tmp_path: Path, checkout: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Текст.", encoding="utf-8")
    begun = begin(tmp_path, checkout, text)
    sources = (tmp_path / "mine" / "sources.ttl").read_text()
    for line in (
        'rdfs:label "Asia-Plus, 5 January 2026"@en ;',
        "c5:origin id:origin-asia-plus-2026-01-05-mill ;",
        'rdfs:label "report of Asia-Plus, 5 January 2026"@en ;',
        f'c5:textDigest "{hashlib.sha256(text.read_bytes()).hexdigest()}" ;',
    ):
        assert line in sources
    name = "data/claims/asia-plus-2026-01-05-mill.ttl"
    assert layout_problems(name, begun.claims) == []
    header, row = begun.table.read_text().splitlines()
    assert header.startswith("report,claim,passage,subject,predicate,object,gloss,modality")
    assert row == CELLS["id"]


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"publisher": "asia-pluss"}, "--publisher", "no 'asia-pluss'"),
        ({"id": "Asia Plus"}, "ID", "no slug"),
        ({"id": "tca-2025-11-07-tj-deals"}, "ID", "exists"),
        ({"interest": "press"}, "--interest", "voc:interest"),
        ({"firstSeen": "yesterday"}, "--first-seen", "no date"),
        ({"url": "example.org"}, "--url", "no web address"),
    ],
)
def test_an_option_at_fault_is_named_and_nothing_is_written(
    tmp_path: Path, checkout: Path, changes: dict[str, str], place: str, message: str
) -> None:
    begun = begin(tmp_path, checkout, None, **changes)
    found = [(each.place, each.message) for each in begun.result.problems]
    assert [(where, message in what) for where, what in found] == [(place, True)]
    assert not begun.table.exists()
    assert not (tmp_path / "mine" / "sources.ttl").exists()


def test_a_table_that_exists_and_a_text_that_does_not_are_told(
    tmp_path: Path, checkout: Path
) -> None:
    with pytest.raises(MissingInput, match="cannot be read"):
        begin(tmp_path, checkout, tmp_path / "nothing.txt")
    (tmp_path / "table.csv").write_text("mine")
    with pytest.raises(BadParameter, match="exists"):
        begin(tmp_path, checkout)
    assert (tmp_path / "table.csv").read_text() == "mine"
    assert not (tmp_path / "mine" / "sources.ttl").exists()


@pytest.mark.parametrize(
    ("issued", "words"),
    [
        ("2026-01-05", "5 January 2026"),
        ("2026-11", "November 2026"),
        ("2026", "2026"),
        ("", "undated"),
    ],
)
def test_dates_are_put_in_words(issued: str, words: str) -> None:
    assert in_words(issued) == words
