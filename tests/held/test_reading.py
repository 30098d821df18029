"""Files as publishers, spreadsheets and accidents leave them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.authoring.terms import CellFault
from c5graph.errors import InputError, MissingInput
from c5graph.held import cells
from c5graph.held.layout import Layout, Publisher
from c5graph.held.reading import MOST_CELL, MOST_LINE, Reading, Record

LAYOUT = Layout(
    kind="test",
    title="Table",
    edition="edition 1",
    publisher=Publisher("tester", "Organisation", "Tester", "Writes this test."),
    url="https://example.org/",
    terms="https://example.org/",
    interest="academic",
    columns=("id", "name"),
    sources=(),
    spellings=(("Name", "name"),),
)
TABS = replace(LAYOUT, order=("id", "name"), mark="\t", quoted=False)
LINES = replace(LAYOUT, lines_of_json=True)


def read(
    folder: Path, content: bytes, layout: Layout = LAYOUT, name: str = "f.csv"
) -> list[Record]:
    path = folder / name
    path.write_bytes(content)
    return list(Reading(path, layout))


def fault(folder: Path, content: bytes, layout: Layout = LAYOUT) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, content, layout)
    assert caught.value.remedy
    return str(caught.value)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)


@given(
    rows=st.lists(st.tuples(TEXT.filter(str.strip), TEXT), max_size=8),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_each_record_is_where_it_is_said_to_be(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], ending: str
) -> None:
    """The span of a record reads as the record, and its digest is that of the span."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator=ending)
    writer.writerows([("id", "name"), *rows])
    content = sink.getvalue().encode()
    text = content.decode()
    folder = tmp_path_factory.mktemp("spans")
    found = read(folder, content)
    assert [(each["id"], each["name"]) for each in found] == [
        (a.strip(), b.strip()) for a, b in rows
    ]
    for record in found:
        span = text[record.place.start : record.place.end]
        (row,) = csv.reader(io.StringIO(span, newline=""))
        assert [cell.strip() for cell in row] == [record["id"], record["name"]]
        assert record.place.digest == hashlib.sha256(span.encode()).hexdigest()


def test_a_byte_order_mark_and_odd_headers_do_no_harm(tmp_path: Path) -> None:
    (record,) = read(tmp_path, b"\xef\xbb\xbfid, Name \n1,two\n")
    assert record.cells == {"id": "1", "name": "two"}
    assert (record.line, record.place.start) == (2, 11), "the mark is a character of the text"


@pytest.mark.parametrize("name", ["f.csv.gz", "f.zip"])
def test_a_packed_file_is_read_as_what_is_in_it(tmp_path: Path, name: str) -> None:
    content = b"id,name\n1,two\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("f.csv", content)
    raw = gzip.compress(content) if name.endswith("gz") else packed.getvalue()
    (tmp_path / name).write_bytes(raw)
    reading = Reading(tmp_path / name, LAYOUT)
    assert [record["name"] for record in reading] == ["two"]
    assert reading.digest == hashlib.sha256(content).hexdigest()


def test_tabs_without_header_and_quotes(tmp_path: Path) -> None:
    (record,) = read(tmp_path, b'1\ta "quoted name\n', TABS)
    assert record["name"] == 'a "quoted name'


def test_a_missing_column_is_told_with_file_line_and_edition(tmp_path: Path) -> None:
    told = fault(tmp_path, b"id,nmae\n1,two\n")
    assert (
        told
        == f"{tmp_path}/f.csv: line 1: no column 'name', which Table, layout of edition 1, has."
    )
    assert "two columns 'name'" in fault(tmp_path, b"id,name,name\n1,2,3\n")
    assert "line 1" in fault(tmp_path, b"")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,name\n1,2\n1,2,3\n", "line 3: 3 cells under 2 columns"),
        (b"id,name\n1,\xff\n", "line 2: not UTF-8"),
        ("id,name\n1,é\n".encode("utf-16"), "line 1: not UTF-8"),
        (b'id,name\n1,"two\n', "line 2: no table"),
        (b"id,name\n1," + b"x" * (MOST_CELL + 1) + b"\n", "line 2: no table"),
        (b'id,name\n1,"' + b"x\n" * MOST_CELL + b'"\n', "no table"),
        (b"id,name\n1," + b"x" * (MOST_LINE + 1), "line 2: a line of more than 4 MiB"),
    ],
)
def test_what_is_no_such_table_is_told_with_its_line(
    tmp_path: Path, content: bytes, told: str
) -> None:
    assert told in fault(tmp_path, content)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", "line 1: no JSON"),
        (b"[" * 100_000, "line 1: no JSON"),
        (b'{"id": 1}', "line 1: no member 'name'"),
        (b"[1]", "no member"),
        (b"3", "no member"),
    ],
)
def test_what_is_no_entity_in_a_line_is_told(tmp_path: Path, line: bytes, told: str) -> None:
    assert told in fault(tmp_path, line + b"\n", LINES)


def test_lines_of_json_have_places(tmp_path: Path) -> None:
    first, second = read(tmp_path, b'{"id":"a","name":"b"}\n\n{"id":"c","name":"d"}\n', LINES)
    assert (first.body["name"], second.body["name"]) == ("b", "d")
    assert (second.place.start, second.line) == (23, 3)


def test_archives_that_are_damaged_or_hold_several_files_are_refused(tmp_path: Path) -> None:
    for name in ("a.zip", "a.csv.gz"):
        with pytest.raises(InputError, match=r"damaged archive|cannot be read"):
            read(tmp_path, b"no archive", name=name)
    with pytest.raises(InputError, match="damaged archive"):
        read(tmp_path, gzip.compress(b"id,name\n1,2\n" * 99)[:-20], name="b.csv.gz")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", b"")
        archive.writestr("b.csv", b"")
    with pytest.raises(InputError, match="2 files in the archive"):
        read(tmp_path, packed.getvalue(), name="c.zip")
    with pytest.raises(MissingInput, match="cannot be read"):
        list(Reading(tmp_path / "none.csv", LAYOUT))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"id,name\n" + b"".join(b"%d,%s\n" % (n, b"x" * 90) for n in range(50_000)))
    tracemalloc.start()
    try:
        assert sum(1 for _ in Reading(path, LAYOUT)) == 50_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < path.stat().st_size / 10


# Cells


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("125000000.0", "125000000"),
        ("1,234.50", "1234.5"),
        ("5.13E+08", "513000000"),
        ("0.30000000000000004", "0.3"),
        ("0", "0"),
    ],
)
def test_an_amount_is_carried_over_in_figures(text: str, figures: str) -> None:
    assert cells.amount(text) == figures


@pytest.mark.parametrize("text", ["NaN", "inf", "-1", "1e30", "12 million", "", "1e99999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(CellFault):
        cells.amount(text)


@pytest.mark.parametrize(
    "text", ["2018-03-04", "2018-03-04 00:00:00", "20180304", "03/04/2018", "4 March 2018"]
)
def test_a_day_is_read_as_publishers_write_it(text: str) -> None:
    assert cells.day(text) == "2018-03-04"


@pytest.mark.parametrize("text", ["2018-02-30", "13/13/2018", "2018", "yesterday", "4 Mars 2018"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(CellFault):
        cells.day(text)


def test_a_day_known_to_a_week_says_no_more_than_is_certain() -> None:
    assert cells.within_a_week("2018-03-14") == "2018-03"
    assert cells.within_a_week("2018-03-30") == "2018"
    assert cells.within_a_week("2018-12-30") == ""


@given(st.text(max_size=400))
def test_no_cell_raises_anything_but_a_fault(text: str) -> None:
    for reader in (cells.amount, cells.year, cells.day, cells.name, cells.code, cells.whole):
        try:
            reader(text)
        except CellFault as told:
            assert told.message  # noqa: PT017 - most texts are faulty, some are not
