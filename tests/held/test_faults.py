"""Files that are not as their publishers write them, and wishes that cannot be met."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from c5graph.cli.app import app
from c5graph.errors import BadParameter, Exit, InputError
from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources
from c5graph.held import draft
from c5graph.held.mapping import MAPPINGS
from tests.held.conftest import KINDS, Bench, made_up

HOSTILE = '<script>alert("x")</script> \\" . id:evil'


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", [0, 1, -1])
def test_a_file_without_a_column_is_refused(bench: Bench, kind: str, column: int) -> None:
    layout = MAPPINGS[kind].layout
    if layout.order:
        with pytest.raises(InputError, match="cells under"):
            bench.changed(kind, "\t", "")
        return
    name = layout.columns[column]
    with pytest.raises(InputError, match=f"line 1: no (column|member) '{name[:4]}") as caught:
        bench.changed(kind, name, "Xx")
    assert layout.edition in str(caught.value)


NAMES = ('"Export-Import Bank of China","""Made up; Eximbank"";Another made-up name"', '"",""')


FAULTS = [
    ("aiddata", "125000000.0", "Infinity", "no finite amount"),
    ("aiddata", "125000000.0", "-3", "out of range"),
    ("aiddata", "03/14/2018", "02/30/2018", "not in the calendar"),
    ("aiddata", ",Completion,", ",Finished,", "no status"),
    ("aiddata", ",CNY,", ",yuan,", "no currency"),
    ("aiddata", "900001", "12 monkeys", "no whole number"),
    ("aiddata", "Invented Credit Bank", "Bank\x07", "control characters"),
    ("aiddata", "Invented Credit Bank", "B" * 400, "400 characters"),
    ("comtrade", "1234567.891", "inf", "no finite amount"),
    ("comtrade", "202304", "202313", "not in the calendar"),
    ("comtrade", "C,A,", "C,Q,", "no month"),
    ("comtrade", "8110", "81/10", "no code"),
    ("opensanctions", *NAMES, "no name"),
    ("opensanctions", "NK-made-up-1", "", "no key"),
    ("opensanctions-entities", '"MADE-UP-A"', '"M\\u0000"', "control characters"),
    ("opensanctions-entities", "2024-05", "May 2024", "no date"),
    ("acled", "16 May 2025", "31 April 2025", "not in the calendar"),
    ("acled", ",1,,Battles", ",9,,Battles", "no time_precision"),
    ("acled", ",3,,", ",several,,", "no whole number"),
    ("acled", "KAZ90002", "KGZ90001", "stands in line 2 as well"),
    ("gdelt", "20250501", "20250532", "not in the calendar"),
    ("gdelt", "\t1\t1.9", "\t7\t1.9", "no QuadClass"),
    ("gdelt", "9900000001", "99000000.5", "no whole number"),
    ("polecat", "2025-05-01", "1 Floréal", "no day"),
    ("polecat", "20250501-1111-aaaa_COOPERATE_None", "//", "no key"),
]


@pytest.mark.parametrize(("kind", "old", "new", "told"), FAULTS)
def test_a_faulty_record_is_told_and_nothing_is_written(
    bench: Bench, kind: str, old: str, new: str, told: str
) -> None:
    asked: dict[str, object] = (
        {"countries": ["CHN", "KAZ", "RUS"]} if kind == "opensanctions" else {}
    )
    result = bench.changed(kind, old, new, **asked)
    assert any(told in problem.message for problem in result.problems), result.problems
    assert all(": line " in problem.place and problem.remedy for problem in result.problems)
    assert result.texts == {}
    kept = bench.changed(kind, old, new, skip_faulty=True, **asked)
    whole = bench.plan(kind, None, **asked)
    assert 0 < kept.claims < whole.claims, "a faulty record is left out whole"
    assert kept.left_out["faulty"] >= 1
    assert len(str(kept.texts)) < len(str(whole.texts))


def test_the_command_tells_the_fault_and_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(made_up("aiddata").read_bytes().replace(b"125000000.0", b"1 billion"))
    into = tmp_path / "mine"
    done = CliRunner().invoke(app, ["map", "aiddata", str(path), "--into", str(into)])
    assert done.exit_code == Exit.FINDINGS
    assert f"{path}: line 2: error: '1 billion' is no amount." in done.output
    assert [each for each in into.rglob("*") if each.name != ".import.lock"] == []


def test_a_name_that_is_merely_near_is_told_and_not_taken(bench: Bench) -> None:
    result = bench.changed("aiddata", "Invented Credit Bank", "China Develpment Bank")
    assert result.near == {"China Develpment Bank": ["china-development-bank"]}
    assert "new actor,China Develpment Bank,1,may be china-development-bank" in result.unmatched
    assert "id:aiddata-china-develpment-bank" in str(result.texts)


@pytest.mark.parametrize("empty", ["NaN", "", "None"])
def test_an_amount_that_is_missing_is_no_amount(bench: Bench, empty: str) -> None:
    result = bench.changed("aiddata", "125000000.0", empty)
    assert result.problems == []
    assert "125000000" not in str(result.texts)
    assert "id:usd-18900000-exact" in str(result.texts), "that of the other column is"


def test_names_are_texts_and_nothing_else(bench: Bench) -> None:
    result = bench.changed("aiddata", "Invented Credit Bank", HOSTILE)
    assert result.problems == []
    (text,) = [text for path, text in result.texts.items() if path.name == "aiddata-3-0.ttl"
               and path.parent.name == "entities"]  # fmt: skip
    path = bench.folder / "e.ttl"
    path.write_text(text, encoding="utf-8")
    index = build_release(Sources.files([path])).index
    labels = [index.value(iri, "http://www.w3.org/2000/01/rdf-schema#label") for iri in index]
    assert HOSTILE in labels
    assert "https://w3id.org/c5graph/id/evil" not in index


def test_too_many_claims_are_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MOST", 10)
    with pytest.raises(InputError, match="More than 10 claims"):
        bench.plan("aiddata")


def test_a_country_narrows_what_is_mapped(bench: Bench) -> None:
    whole, some = bench.plan("aiddata"), bench.plan("aiddata", countries=["tjk"])
    assert 0 < some.claims < whole.claims
    assert some.left_out["about none of the countries that were named"] == 3


def test_wrong_wishes_are_told(bench: Bench) -> None:
    with pytest.raises(BadParameter, match="no state of the code 'XX'"):
        bench.plan("aiddata", countries=["XX"])
    with pytest.raises(BadParameter, match="no mapping 'aidata'") as caught:
        bench.plan("aidata", made_up("aiddata"))
    assert "aiddata" in caught.value.remedy
    with pytest.raises(BadParameter, match="no date"):
        bench.plan("aiddata", issued="last year")
