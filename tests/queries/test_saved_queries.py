"""The saved questions: whole headers, the ontology covered, and answers checked by hand.

Policy: a file in `expected/` is the answer that somebody has read, row by row, against the
reports; one in `expected_with/` is that for other values of parameters, which its name carries.
No test writes one; `python -m tests.queries.answers` prints an answer to be read.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from c5graph.catalogue import Catalogue
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import Sources
from c5graph.namespaces import C5, CLAIM, ID, OWL, PREFIXES, RDF, REPORT
from c5graph.store.rdf import Store
from tests.queries.answers import EXPECTED, EXPECTED_WITH, answer, expected, loaded

CATALOGUE = Catalogue()
NAMES = sorted(CATALOGUE.queries)
OTHER = sorted(path.stem for path in EXPECTED_WITH.iterdir())
QUESTIONS = 180
OTHER_VALUES = 68
PREFIX = re.compile(r"^PREFIX ([\w-]+): <([^>]+)>$", re.MULTILINE)
USED = re.compile(r"(?<![\w<:-])([a-z][\w-]*):(?=[A-Za-z])")


@pytest.fixture(scope="module")
def store(shipped: Release) -> Store:
    return shipped.store


def body(text: str) -> str:
    """The query without header, prefixes and what stands in strings."""
    lines = (line for line in text.splitlines() if not line.startswith(("#", "PREFIX")))
    return re.sub(r'"[^"]*"', '""', "\n".join(lines))


def values_of(stem: str) -> tuple[str, dict[str, str]]:
    """Name and values as the name of a file in `expected_with/` carries them, `~` for a colon."""
    name, *pairs = stem.replace("~", ":").split("+")
    return name, dict(pair.split("=", 1) for pair in pairs)


# Answers


def test_no_question_and_no_answer_is_lost() -> None:
    assert len(NAMES) == QUESTIONS
    assert len(OTHER) == OTHER_VALUES
    assert sorted(path.name for path in EXPECTED.iterdir()) == [f"{name}.csv" for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_the_answer_that_was_checked(name: str, store: Store) -> None:
    assert answer(store, CATALOGUE.get(name).text) == expected(name)


def test_no_answer_is_empty() -> None:
    assert [name for name in NAMES if len(expected(name)) < 2] == []


@pytest.mark.slow
def test_no_answer_hangs_on_the_order_of_statements(shipped: Release) -> None:
    turned = loaded(list(reversed(shipped.quads)))
    for query in CATALOGUE:
        assert answer(turned, query.text) == expected(query.name), query.name


@pytest.mark.parametrize("stem", OTHER)
def test_another_value_has_the_answer_that_was_checked(stem: str, store: Store) -> None:
    name, values = values_of(stem)
    found = answer(store, CATALOGUE.get(name).bind(values))
    assert found == expected(stem, EXPECTED_WITH)
    assert found != expected(name)
    assert found[0] == expected(name)[0]


def test_every_parameter_is_given_another_value() -> None:
    given = {(name, key) for name, values in map(values_of, OTHER) for key in values}
    wanted = {(query.name, each.name) for query in CATALOGUE for each in query.parameters}
    assert given == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_default_given_as_a_value_changes_nothing(name: str) -> None:
    query = CATALOGUE.get(name)
    assert query.bind({each.name: each.default for each in query.parameters}) == query.text


@pytest.mark.parametrize(
    ("claim", "change", "name"),
    [
        (
            "tca-2025-11-07-tj-deals-118",
            ("rdf:object id:usd-9000000-exact", "rdf:object id:usd-32500000-exact"),
            "how-much-money-by-status-class",
        ),
        pytest.param(
            "fpw-tajikistan-us-policy-054",
            ("c5:modality voc:modality-asserted", "c5:modality voc:modality-possible"),
            "why-does-a-fact-hold",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "tca-2025-11-06-summit-crossroads-166",
            ("rdf:object id:us-government", "rdf:object id:russia"),
            "who-is-to-mine-which-deposit",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "tca-2025-11-06-summit-crossroads-409",
            ("c5:stance ", "c5:polarity voc:polarity-negative ;\n    c5:stance "),
            "which-states-depend-on-russia-or-china",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_one_claim_told_otherwise_changes_the_answer(
    claim: str, change: tuple[str, str], name: str, checkout: Path, tmp_path: Path
) -> None:
    for folder in ("data", "ontology"):
        shutil.copytree(checkout / folder, tmp_path / folder)
    path = tmp_path / "data" / "claims" / f"{claim.rpartition('-')[0]}.ttl"
    before, block, after = path.read_text(encoding="utf-8").partition(f"claim:{claim}\n")
    assert change[0] in after.partition("\n.\n")[0]
    path.write_text(before + block + after.replace(*change, 1), encoding="utf-8")
    altered = loaded(build_release(Sources.shipped(tmp_path)).quads)
    assert answer(altered, CATALOGUE.get(name).text) != expected(name)
    untouched = "who-holds-which-office"
    assert answer(altered, CATALOGUE.get(untouched).text) == expected(untouched)


# Questions


@pytest.mark.parametrize("name", NAMES)
def test_a_header_is_complete(name: str) -> None:
    query = CATALOGUE.get(name)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", name)
    assert re.fullmatch(r"[A-Z].+[?]", query.question)
    assert re.fullmatch(r"\S+( \S+){5,}[.]", query.description)
    assert re.fullmatch(r"[a-z-]+(, [a-z-]+)*", ", ".join(query.tags))
    assert all(parameter.description for parameter in query.parameters)


def test_no_two_questions_are_the_same() -> None:
    for part in ("question", "description"):
        counted = Counter(getattr(query, part) for query in CATALOGUE)
        assert [text for text, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_laid_out_to_be_read(name: str) -> None:
    text = CATALOGUE.get(name).text
    inner = body(text)
    assert text.endswith("\n")
    assert not re.search(r"\t| +$", text, re.MULTILINE)
    assert not re.search(r"; *\S| , *\S|\. +[?\w]", inner), "one triple pattern a line"
    assert all((len(line) - len(line.lstrip())) % 4 == 0 for line in inner.splitlines())
    declared = PREFIX.findall(text)
    assert declared == sorted(declared)
    assert {prefix for prefix, _ in declared} == set(USED.findall(inner))
    assert all(PREFIXES[prefix] == iri for prefix, iri in declared)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_source_denies_is_told_by_its_wording_or_not_at_all(name: str) -> None:
    """A row with a modality and without the gloss reads as if the source said so."""
    text = CATALOGUE.get(name).text
    shown = text.partition("SELECT")[2].partition("WHERE")[0]
    told = "loss" in shown or "COUNT(" in shown or "findingOn ?claim" in text
    if "?modality" in shown and not told:
        assert "polarity" in text


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_one_whatever_the_engine(name: str) -> None:
    """Order is said, unless one row is all there can be, and no value is left to chance."""
    text = CATALOGUE.get(name).text
    assert not re.search(r"SAMPLE|GROUP_CONCAT|SELECT \*|LIMIT", text)
    assert "\nORDER BY ?" in text or "\nORDER BY DESC(" in text or len(expected(name)) == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_thing_has_its_label_or_gloss_beside_it(name: str) -> None:
    header, *rows = csv.reader(expected(name))
    for column, cells in zip(header, zip(*rows, strict=True), strict=True):
        if any(cell.startswith((ID, REPORT, CLAIM)) for cell in cells):
            beside = {f"{column}Label", f"{column}Gloss", "gloss"}
            assert beside & set(header), column


@pytest.mark.parametrize(
    ("kind", "least"), [("Class", 60), ("ObjectProperty", 100), ("DatatypeProperty", 20)]
)
def test_every_term_of_the_ontology_is_asked_for(kind: str, least: int, shipped: Release) -> None:
    defined = {iri for iri in shipped.index.subjects(RDF + "type", OWL + kind) if C5 in iri}
    asked = "\n".join(query.text for query in CATALOGUE)
    used = {C5 + name for name in re.findall(r"(?<![\w-])c5:(\w+)", asked)}
    assert len(defined) >= least
    assert sorted(defined - used) == []
