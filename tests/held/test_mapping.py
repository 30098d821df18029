"""Mappings of held data sets, shown on files that were made up in the publishers' layouts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from c5graph.cli.app import app
from c5graph.graph.claims import Firmness
from c5graph.graph.evidence import check_evidence
from c5graph.graph.layout import layout_problems
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import InputFile, Sources
from c5graph.graph.validate import validate
from c5graph.graph.withheld import public_sources, withheld_names
from c5graph.held.mapping import MAPPINGS
from c5graph.namespaces import C5
from tests.held.conftest import EXPECTED, KINDS, SEEN, Bench, made_up
from tests.held.golden import joined


@pytest.fixture(scope="session")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which every made-up file was mapped by the command."""
    folder = tmp_path_factory.mktemp("held") / "mine"
    for kind in KINDS:
        command = ["map", kind, str(made_up(kind)), "--into", str(folder), "--first-seen", SEEN]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="session")
def release(mine: Path) -> Release:
    return build_release(Sources.shipped().joined([mine]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_made_up_file_gives_what_was_read_by_eye(bench: Bench, kind: str) -> None:
    result = bench.plan(kind)
    assert result.problems == []
    told = joined(result, bench.folder / "mine")
    assert told == (EXPECTED / f"{kind}.txt").read_text(encoding="utf-8")


def test_every_mapping_has_its_file_and_its_answer() -> None:
    assert sorted(path.stem for path in EXPECTED.iterdir()) == KINDS
    assert len(KINDS) == len(MAPPINGS) == 7


@pytest.mark.slow
def test_what_is_mapped_conforms_to_the_shapes(mine: Path) -> None:
    report = validate(Sources.shipped().joined([mine]))
    assert [str(problem) for problem in report.errors] == []
    told = [each.focus for each in report.problems if str(mine) in str(each)]
    undated = "https://w3id.org/c5graph/id/acled-tjk90004"
    assert told == [undated], "the event whose week lies in two years has no date to claim"


@pytest.mark.slow
def test_the_folder_joins_and_its_claims_yield_facts(release: Release) -> None:
    held = [claim for claim in release.record.claims.values() if claim.reports[0].count("-3-0")]
    assert len(held) > 20
    loans = {fact.predicate.value for fact in release.facts if "/aiddata-900001" in str(fact)}
    assert {C5 + "hasLender", C5 + "hasBorrower", C5 + "hasValue"} <= loans


@pytest.mark.slow
def test_every_report_has_terms_and_nobody_may_pass_it_on(mine: Path, release: Release) -> None:
    index = release.index
    reports = index.subjects(C5 + "redistribution", "https://w3id.org/c5graph/vocab/" + WITHHELD)
    assert len(reports) >= len(KINDS)
    assert all(index.values(each, "http://purl.org/dc/terms/license") for each in reports)
    assert withheld_names(Sources.shipped().joined([mine])) == {str(mine)}
    public = public_sources(Sources.shipped().joined([mine]))
    assert public.digest == Sources.shipped().digest


WITHHELD = "redistribution-withheld"


INFERRED = "https://w3id.org/c5graph/vocab/inferred"


@pytest.mark.slow
def test_every_claim_rests_on_its_record_in_the_file(mine: Path, tmp_path: Path) -> None:
    """The check of evidence finds each span and digest right, in the files as they are."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for kind in KINDS:
        (texts / made_up(kind).name).write_bytes(made_up(kind).read_bytes())
    inputs = [InputFile(str(path), path, path.parent.name) for path in sorted(mine.rglob("*.ttl"))]
    report = check_evidence(inputs, texts)
    spans = [
        str(each) for each in report.faults if "digest" in each.message or "leaves" in each.message
    ]
    assert spans == []
    assert report.passages > 5
    assert report.excerpts == []


@pytest.mark.slow
def test_what_is_written_is_in_layout(mine: Path) -> None:
    found = [each for path in mine.rglob("*.ttl")
             for each in layout_problems(path.relative_to(mine).as_posix(), path)]  # fmt: skip
    assert [str(each) for each in found] == []
    done = CliRunner().invoke(app, ["format", "--check", str(mine)])
    assert (done.exit_code, done.output.split(",")[-1].strip()) == (0, "0 to change.")


def test_a_second_mapping_takes_the_place_of_the_first(tmp_path: Path) -> None:
    into, path = tmp_path / "mine", tmp_path / "f.csv"
    command = ["map", "comtrade", str(path), "--into", str(into), "--first-seen", SEEN]
    lines = made_up("comtrade").read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines))
    assert CliRunner().invoke(app, command).exit_code == 0
    other = into / "claims" / "mine.ttl"
    other.write_text("# Mine.\n", encoding="utf-8")
    path.write_bytes(b"".join(lines[:2]))
    assert CliRunner().invoke(app, [*command, "--dry-run"]).exit_code == 0
    assert len(list(into.rglob("claims/comtrade-*"))) == 2
    assert CliRunner().invoke(app, command).exit_code == 0
    (left,) = into.rglob("claims/comtrade-*")
    assert left.name.endswith("kazakhstan.ttl")
    assert other.exists()


@pytest.mark.slow
def test_what_was_not_matched_is_a_table(mine: Path) -> None:
    for kind in KINDS:
        text = (mine / f"{kind}-not-matched.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["what"] for row in rows} <= {"left out", "new actor", "inferred"}


@pytest.mark.slow
def test_a_pledge_is_planned_and_no_fact_of_two_actors(release: Release) -> None:
    claims = release.record.claims
    pledged = [each for each in claims.values() if each.subject.endswith("/aiddata-900002")]
    assert {str(each.modality.name) for each in pledged if not each.is_status} == {"PLANNED"}
    assert {each.object.value.rpartition("/")[2] for each in pledged if each.is_status} == {  # type: ignore[union-attr]
        "status-announced"
    }


@pytest.mark.slow
def test_what_a_machine_read_is_possible_and_yields_no_firm_fact(release: Release) -> None:
    coded = {
        iri: each
        for iri, each in release.record.claims.items()
        if iri.rpartition("/")[2].startswith(("gdelt-", "polecat-"))
    }
    assert len(coded) == 12
    assert {each.modality for each in coded.values()} == {Firmness.POSSIBLE}
    facts = [
        each
        for each in release.facts
        if any(each_.claims & coded.keys() for each_ in each.supports)
    ]
    assert facts
    assert Firmness.FIRM not in {each.firmness for each in facts}
    inferred = release.index.subjects(C5 + "identification", INFERRED)
    sides = {iri for iri, each in coded.items() if each.predicate == C5 + "hasParticipant"}
    assert sides <= set(inferred)


def test_persons_and_strangers_are_listed_for_the_country_that_is_asked_for(bench: Bench) -> None:
    told = bench.plan("opensanctions", countries=["KAZ"])
    texts = str(told.texts)
    assert "id:opensanctions-invented-tungsten-llp" in texts
    assert "Example Exampleson" in texts
    assert "1900" not in texts, "of a person there is the name and the listing"
    assert "china-exim-bank" not in texts


@pytest.mark.slow
def test_one_publisher_read_twice_is_one_origin(release: Release) -> None:
    reports = [each for iri, each in release.record.reports.items() if "/opensanctions" in iri]
    assert len(reports) == 2
    assert len({each.origins for each in reports}) == 1


@pytest.mark.slow
def test_a_date_is_no_firmer_than_its_precision(release: Release) -> None:
    claims = release.record.claims.values()
    dated = {
        each.subject.rpartition("/")[2]: str(getattr(each.object, "value", ""))
        for each in claims
        if each.predicate == C5 + "heldOn" and "/acled-" in each.subject
    }
    assert dated == {"acled-kgz90001": "2025-05-16", "acled-kaz90002": "2025"}


@pytest.mark.slow
def test_two_reporters_of_one_trade_are_two_origins(release: Release) -> None:
    reports = [each for iri, each in release.record.reports.items() if "/comtrade-" in iri]
    assert len({each.origins for each in reports}) == len(reports) == 2


def test_a_layout_says_where_it_was_read() -> None:
    for mapping in MAPPINGS.values():
        layout = mapping.layout
        assert layout.sources
        assert layout.edition
        assert set(layout.optional).isdisjoint(layout.columns)
        assert replace(layout).terms.startswith("https://")


@pytest.mark.parametrize("kind", KINDS)
def test_the_documentation_tells_every_column_that_is_read(kind: str, checkout: Path) -> None:
    text = (checkout / "docs" / "held.md").read_text(encoding="utf-8")
    (section,) = [part for part in text.split("\n## ") if f"`c5graph map {kind} FILE`" in part]
    layout = MAPPINGS[kind].layout
    told = {word for row in section.splitlines() if row.startswith("| `")
            for word in row.split("|")[1].replace("`", "").split(", ")}  # fmt: skip
    assert {word.strip() for word in told} == {*layout.columns, *layout.optional}
    assert "Layout read:" in section
