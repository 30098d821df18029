"""What an import refuses: each fault by row and column, with what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from c5graph.authoring.importing import Imported, Target, planned
from c5graph.errors import InputError, MissingInput
from tests.authoring.conftest import CLAIM, ENTITY, FINDING, PLAIN, REPORT, Desk

FRAME = {**CLAIM, "predicate": "seeks", "object": "", "modality": "sought", "frame": "Objective",
         "frameLabel": "a border"}  # fmt: skip

FAULTS = [
    # row, column, part of the message, part of the remedy
    (CLAIM | {"subject": "kazakstan"}, "subject", "no 'kazakstan'", "kazakhstan"),
    (CLAIM | {"subject": ""}, "subject", "nothing stands here", "what the claim is about"),
    (CLAIM | {"predicate": "bordrs"}, "predicate", "no property 'bordrs'", "borders"),
    (CLAIM | {"predicate": "buysFrom"}, "predicate", "c5:buysFrom is not claimed", ""),
    (CLAIM | {"object": "chnia"}, "object", "no 'chnia'", "china"),
    (CLAIM | {"object": ""}, "object", "nothing stands here", "frame"),
    (CLAIM | {"object": "2025-11-06"}, "object", "c5:borders takes a thing", "slug"),
    (CLAIM | {"predicate": "heldOn"}, "object", "takes a date", "date"),
    (CLAIM | {"predicate": "heldOn", "object": "2025-02-30"}, "object", "calendar", "month"),
    (CLAIM | {"predicate": "hasStatus", "object": "voc:status-sined"}, "object", "no", "signed"),
    (CLAIM | {"report": "tca-2025-11-07-tj-deal"}, "report", "no report", "tj-deals"),
    (CLAIM | {"report": ""}, "report", "nothing stands here", "report"),
    (CLAIM | {"gloss": ""}, "gloss", "nothing stands here", "sentence"),
    (CLAIM | {"gloss": "No stop at its end"}, "gloss", "no sentence", "full stop"),
    (CLAIM | {"modality": ""}, "modality", "nothing stands here", "firmly"),
    (CLAIM | {"modality": "assertd"}, "modality", "voc:modality has no 'assertd'", "asserted"),
    (CLAIM | {"stance": "cool"}, "stance", "voc:stance has no", ""),
    (CLAIM | {"attributedTo": "asia-pluss"}, "attributedTo", "no 'asia-pluss'", "asia-plus"),
    (CLAIM | {"report": "tca-2025-11-06-summit-crossroads"}, "attributedTo", "nobody", "2 publ"),
    (CLAIM | {"validFrom": "6 Nov 2025"}, "validFrom", "is no date", "YYYY-MM-DD"),
    (CLAIM | {"identifier": "1"}, "identifier", "no identifier", "four figures"),
    (CLAIM | {"cito:disputes": "tca-2025-11-07-tj-deals-0001"}, "cito:disputes", "no claim", "001"),
    (CLAIM | {"claim": "tca-2025-11-07-tj-deals-001"}, "claim", "already claimed", "--replace"),
    (CLAIM | {"claim": "Not A Slug"}, "claim", "is no slug", "lower-case"),
    (CLAIM | {"passage": "39-0"}, "passage", "no passage", "START-END"),
    (CLAIM | {"passage": "1-3"}, "passage", "not at hand", "--texts"),
    (FRAME | {"object": "china"}, "object", "beside a frame", "Keep one"),
    (FRAME | {"frame": "Objectiv"}, "frame", "no class", "Objective"),
    (FRAME | {"frameLabel": ""}, "frameLabel", "nothing stands here", "few words"),
    (FRAME | {"frameTriples": "concerns"}, "frameTriples", "no object", "concerns kazakhstan"),
    (FRAME | {"frameTriples": "concrns china"}, "frameTriples", "no property", "concerns"),
    (CLAIM | {"predicate": "hasValue", "object": "USD 3,2"}, "object", "no amount", "point"),
    (
        CLAIM | {"predicate": "hasValue", "object": "5 million dollars"},
        "object",
        "no amount",
        "USD",
    ),
    (CLAIM | {"predicate": "hasValue", "object": "$5,000,000"}, "object", "no amount", "USD"),
    (CLAIM | {"predicate": "hasShare", "object": "24.8%"}, "object", "no amount", "SHARE"),
    (CLAIM | {"predicate": "hasValue", "object": "USD 5 abuot"}, "object", "'abuot'", "about"),
    (CLAIM | {"predicate": "hasQuantity", "object": "QTY 5"}, "object", "of what", "aircraft"),
    (CLAIM | {"predicate": "hasQuantity", "object": "QTY 5 aircrafts"}, "object", "no", "aircraft"),
    (CLAIM | {"predicate": "hasShare", "object": "SHARE 5 of kazakhstn"}, "object", "no", "kaza"),
    (ENTITY | {"id": "kazakhstan", "label": "Somewhere"}, "id", "exists", "--replace"),
    (ENTITY | {"id": "Zarnitsa"}, "id", "is no slug", "lower-case"),
    (ENTITY | {"id": ""}, "id", "nothing stands here", "slug"),
    (ENTITY | {"type": "Compny"}, "type", "no class 'Compny'", "Company"),
    (ENTITY | {"type": "MoneyAmount"}, "type", "below c5:Entity", ""),
    (ENTITY | {"type": ""}, "type", "nothing stands here", "class"),
    (ENTITY | {"label": ""}, "label", "nothing stands here", "label"),
    (ENTITY | {"label": "The Boing Company"}, "label", "may be boeing", "distinctFrom"),
    (ENTITY | {"distinctFrom": "bowing"}, "distinctFrom", "no 'bowing'", "resembles"),
    (ENTITY | {"unnamed": "perhaps"}, "unnamed", "neither true nor empty", "true"),
    (ENTITY | {"inSector": "voc:sector-minning"}, "inSector", "no", "sector-mining"),
    (REPORT | {"id": "tca-2025-11-07-tj-deals"}, "id", "exists", "--replace"),
    (REPORT | {"publisher": "asia-pluss"}, "publisher", "no 'asia-pluss'", "asia-plus"),
    (REPORT | {"publisher": ""}, "publisher", "nothing stands here", "publishes"),
    (REPORT | {"url": "example.org"}, "url", "no web address", "https"),
    (REPORT | {"url": "https://example.org/> ."}, "url", "no web address", "https"),
    (REPORT | {"interest": "independant-press"}, "interest", "voc:interest", "independent-press"),
    (REPORT | {"kind": "newss"}, "kind", "voc:report-kind", "news"),
    (REPORT | {"originLabel": ""}, "origin", "no origin", ""),
    (REPORT | {"issued": "5.1.2026"}, "issued", "no date", "YYYY"),
    (REPORT | {"language": "English"}, "language", "no language", "en"),
    (REPORT | {"textDigest": "abc"}, "textDigest", "no SHA-256", "64"),
    (FINDING | {"finding": "affiliation-harding"}, "finding", "exists", "--replace"),
    (FINDING | {"kind": "ambigous"}, "kind", "voc:finding-kind", "ambiguity"),
    (FINDING | {"on": "claim:tca-2025-11-07-tj-deals-0001"}, "on", "no claim", "001"),
    (FINDING | {"on": ""}, "on", "nothing stands here", "claims"),
    (FINDING | {"prefersReading": "x"}, "prefersReading", "no claim", ""),
]


@pytest.mark.parametrize(
    ("row", "column", "message", "remedy"), FAULTS, ids=[f"{each[1]}-{each[2]}" for each in FAULTS]
)
def test_a_fault_is_told_with_row_column_and_remedy(
    desk: Desk, row: dict[str, str], column: str, message: str, remedy: str
) -> None:
    result = desk.plan([row])
    found = [each for each in result.problems if each.place.endswith(f"row 2, column {column}")]
    assert found, result.problems
    assert message in found[0].message
    assert remedy in found[0].remedy
    assert found[0].place.startswith(str(desk.folder / "table-1.csv"))
    assert not result.texts


def test_every_good_row_is_without_fault(desk: Desk) -> None:
    for row in (CLAIM, FRAME, ENTITY, REPORT, FINDING):
        assert desk.plan([row]).problems == []


def test_all_faults_of_a_table_are_told_at_once(desk: Desk) -> None:
    result = desk.plan(
        [CLAIM | {"subject": "nowhere-x", "object": "nowhere-y"}, CLAIM | {"gloss": ""}]
    )
    assert [each.place.rpartition(": ")[2] for each in result.problems] == [
        "row 2, column subject",
        "row 2, column object",
        "row 3, column gloss",
    ]


def test_one_name_twice_in_the_tables_is_a_fault(desk: Desk) -> None:
    result = desk.plan([CLAIM | {"claim": "z-1"}, CLAIM | {"claim": "z-1", "object": "russia"}])
    assert "twice" in result.problems[0].message
    for row in (ENTITY, REPORT, FINDING):
        assert any("twice" in each.message for each in desk.plan([row, row]).problems)


def test_the_same_claim_twice_is_a_fault_whatever_its_gloss(desk: Desk) -> None:
    other = CLAIM | {"gloss": "China lies beside Kazakhstan."}
    result = desk.plan([CLAIM, other])
    assert "already claimed as tca-2025-11-07-tj-deals-" in result.problems[0].message
    assert "row 3" in result.problems[0].place


def test_a_table_imported_twice_is_refused(desk: Desk) -> None:
    desk.write([CLAIM])
    again = desk.plan([CLAIM])
    assert ["already claimed as" in each.message for each in again.problems] == [True]


def test_names_that_differ_in_a_figure_or_a_word_are_not_duplicates(desk: Desk) -> None:
    rows = [
        ENTITY | {"id": f"mill-{number}", "label": f"Zarnitsa mill {number}"} for number in (1, 2)
    ]
    rows += [ENTITY | {"id": "mill-east", "label": "Zarnitsa mill of the east"}]
    assert desk.plan(rows).problems == []


def test_a_near_duplicate_within_the_table_is_found_and_can_be_waved_through(desk: Desk) -> None:
    other = {"id": "zarnica", "type": "Company", "label": "Zarnitza Works Ltd"}
    assert "may be zarnitsa-works" in desk.plan([ENTITY, other]).problems[0].message
    assert desk.plan([ENTITY, other | {"distinctFrom": "zarnitsa-works"}]).problems == []


def test_a_name_in_another_script_is_a_near_duplicate(desk: Desk) -> None:
    row = ENTITY | {"label": "Maker of aircraft", "altLabels": "Боинг@ru"}
    assert "may be boeing" in desk.plan([row]).problems[0].message


FILES = {
    "empty": ("", "the table is empty"),
    "no-kind": ("name,value\na,b\n", "tell no kind"),
    "unknown-column": ("id,type,label,lable\n", "no column 'lable'"),
    "twice-a-column": ("id,type,label,label\n", "two columns label"),
    "missing-column": ("report,subject,predicate,object,gloss\n", "need a column modality"),
    "open-quote": ('id,type,label\n"a,b,c\n', "no CSV"),
    "not-utf-8": ("id,type,label\na,Company,Zürich\n", "not UTF-8"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_table_is_refused(name: str, desk: Desk, tmp_path: Path) -> None:
    text, message = FILES[name]
    path = tmp_path / f"{name}.csv"
    path.write_bytes(text.encode("latin-1" if name == "not-utf-8" else "utf-8"))
    with pytest.raises(InputError, match=message) as caught:
        read(desk, path)
    assert str(path) in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_with_another_separator_says_so(mark: str, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(mark.join(("id", "type", "label")) + "\n")
    with pytest.raises(InputError) as caught:
        read(desk, path)
    assert "commas" in str(caught.value.remedy)


def test_a_missing_table_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="cannot be read"):
        read(desk, tmp_path / "nothing.csv")


def read(desk: Desk, path: Path) -> Imported:
    return planned([path], desk.shipped, Target(desk.folder), PLAIN)


def test_a_row_with_more_cells_than_columns_is_a_fault(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("id,type,label\nzarnitsa-works,Company,Zarnitsa,Works\n")
    assert "4 cells under 3 columns" in read(desk, path).problems[0].message


def test_control_characters_do_not_pass(desk: Desk) -> None:
    result = desk.plan([ENTITY | {"description": "a\x07bell"}])
    assert "control characters" in result.problems[0].message
