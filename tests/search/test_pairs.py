"""How well spellings of the region's names find their entity, beside plain string match.

`pairs.csv` was made by hand from the labels and from how the names are written elsewhere:
romanisations, other scripts, native and official forms, misspellings, initials. A pair without
an entity is a namesake or a neighbour that must not be matched. The pairs were at hand while
the thresholds were chosen, so the figures say what is kept, not what strangers will find.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from c5graph.entries import Directory
from c5graph.graph.release import Release
from c5graph.names import ALIASES, LABELS
from c5graph.namespaces import ID
from c5graph.reconcile.matching import Matcher, certain
from c5graph.reconcile.properties import Properties
from c5graph.reconcile.queries import Query
from c5graph.store.rdf import Literal

TEXT = Path(__file__).with_name("pairs.csv").read_text(encoding="utf-8")
PAIRS = [*csv.DictReader(TEXT.splitlines())]


@dataclass(frozen=True)
class Quality:
    """Shares at rank one: of the spellings that were matched rightly, of the matches right."""

    recall: float
    precision: float


def quality(matched: Callable[[str], str | None]) -> Quality:
    found = {pair["spelling"]: matched(pair["spelling"]) for pair in PAIRS}
    right = sum(bool(found[p["spelling"]]) and found[p["spelling"]] == p["entity"] for p in PAIRS)
    known = sum(bool(pair["entity"]) for pair in PAIRS)
    return Quality(right / known, right / max(sum(map(bool, found.values())), 1))


def plain_match(release: Release) -> Mapping[str, str]:
    """Labels and aliases as they are, but for case; of namesakes the first."""
    found: dict[str, str] = {}
    for predicate in (*LABELS, *ALIASES):
        for iri, term in release.index.pairs(predicate):
            if iri.startswith(ID) and isinstance(term, Literal):
                found.setdefault(term.value.casefold(), iri.removeprefix(ID))
    return found


@pytest.fixture(scope="module")
def matcher(shipped: Release) -> Matcher:
    directory = Directory(shipped)
    return Matcher(directory, Properties(directory, directory.release.view))


def test_the_pairs_are_many_and_name_what_there_is(shipped: Release) -> None:
    assert len(PAIRS) >= 250
    assert len({pair["spelling"] for pair in PAIRS}) == len(PAIRS)
    assert sum(pair["kind"] == "namesake" for pair in PAIRS) >= 40
    for pair in PAIRS:
        assert bool(pair["entity"]) == (pair["kind"] != "namesake")
        assert not pair["entity"] or ID + pair["entity"] in shipped.index


def test_matches_are_right_and_most_spellings_are_matched(
    matcher: Matcher, shipped: Release, record_property: Callable[[str, object], None]
) -> None:
    def matched(spelling: str) -> str | None:
        found = matcher.candidates(Query(spelling))
        return found[0].iri.removeprefix(ID) if certain(found) else None

    plain = plain_match(shipped)
    ours, theirs = quality(matched), quality(lambda spelling: plain.get(spelling.casefold()))
    record_property("reconciliation", str(ours))
    record_property("plain string match", str(theirs))
    print(f"{len(PAIRS)} pairs: reconciliation {ours}, plain string match {theirs}")  # noqa: T201
    assert ours.precision >= 0.99
    assert ours.recall >= 0.86
    assert theirs.recall < 0.3


def test_the_entity_meant_comes_first_even_where_it_is_not_certain(matcher: Matcher) -> None:
    wanted = [pair for pair in PAIRS if pair["entity"]]
    first = [matcher.candidates(Query(pair["spelling"]))[:1] for pair in wanted]
    right = sum(
        bool(found) and found[0].iri == ID + pair["entity"]
        for pair, found in zip(wanted, first, strict=True)
    )
    assert right / len(wanted) >= 0.93


@pytest.mark.parametrize(
    "spelling", [pair["spelling"] for pair in PAIRS if pair["kind"] == "namesake"]
)
def test_a_namesake_is_not_matched(matcher: Matcher, spelling: str) -> None:
    found = matcher.candidates(Query(spelling))
    assert not certain(found), found[0]
