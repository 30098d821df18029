"""The collected facts: each is told by claims of one report, and none is lost or told twice.

`data/facts.csv` lists them: number of the fact, report, and its claims by what follows the
report's name. `PYTHONPATH=app python -m tests.graph.test_facts` writes it anew; a change in it
is to be read like one in the data.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest

from c5graph.graph.index import Index
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import Sources
from c5graph.namespaces import C5, CLAIM, PREFIXES, RDF, REPORT
from c5graph.store.rdf import text_of

FACTS = Path(__file__).resolve().parents[2] / "data" / "facts.csv"
COLLECTED = 621
IDENTIFIER = PREFIXES["dcterms"] + "identifier"
SOURCE = PREFIXES["oa"] + "hasSource"
# What a claim states; voice and wording aside, which may be two for one statement.
STATED = (
    *(RDF + part for part in ("subject", "predicate", "object")),
    *(C5 + part for part in ("modality", "attributedTo", "polarity", "validFrom", "validUntil")),
    C5 + "evidence",
)


def report_of(index: Index, claim: str) -> str:
    """The report on which a claim rests, be it by passages."""
    places = index.values(claim, C5 + "evidence")
    (report,) = {index.value(place, SOURCE) or place for place in places}
    return report.removeprefix(REPORT)


def told(index: Index) -> dict[str, list[str]]:
    """The claims of each fact."""
    found: dict[str, list[str]] = defaultdict(list)
    for claim, fact in index.pairs(IDENTIFIER):
        if claim.startswith(CLAIM):
            found[text_of(fact)].append(claim)
    return found


def rows(index: Index) -> list[tuple[str, str, str]]:
    """Fact, report and claims, as the file has them."""
    found = []
    for fact, claims in sorted(told(index).items()):
        for report in sorted({report_of(index, claim) for claim in claims}):
            own = [c for c in claims if report_of(index, c) == report]
            parts = sorted(c.removeprefix(f"{CLAIM}{report}-") for c in own)
            found.append((fact, report, " ".join(parts)))
    return found


def as_text(found: list[tuple[str, str, str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([("fact", "report", "claims"), *found])
    return written.getvalue()


@pytest.fixture(scope="module")
def listed() -> list[dict[str, str]]:
    return [*csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines())]


def test_every_collected_fact_is_told(listed: list[dict[str, str]]) -> None:
    assert [row["fact"] for row in listed] == [f"X{n:04}" for n in range(1, COLLECTED + 1)]
    assert all(row["claims"] for row in listed)


def test_the_index_of_facts_is_that_of_the_data(shipped: Release) -> None:
    remedy = "Write it anew and read it: PYTHONPATH=app python -m tests.graph.test_facts"
    assert FACTS.read_text(encoding="utf-8") == as_text(rows(shipped.index)), remedy


def test_a_fact_is_told_by_claims_of_one_report(shipped: Release) -> None:
    found = {
        fact: {report_of(shipped.index, claim) for claim in claims}
        for fact, claims in told(shipped.index).items()
    }
    assert [fact for fact, reports in found.items() if len(reports) != 1] == []


def test_every_claim_of_a_report_collected_for_facts_tells_one(shipped: Release) -> None:
    """A claim without a number would be a statement that nobody could trace to a fact."""
    index = shipped.index
    numbered = {claim for claims in told(index).values() for claim in claims}
    whole = {report for report, _ in index.pairs(C5 + "textDigest")}
    rest = set(index.of_class(C5 + "Claim")) - numbered
    assert [claim for claim in sorted(rest) if REPORT + report_of(index, claim) not in whole] == []


def test_no_report_states_a_thing_twice(shipped: Release) -> None:
    """A headline may repeat its text: two passages, two claims."""
    index = shipped.index
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for claim in index.of_class(C5 + "Claim"):
        stated = (" ".join(sorted(map(str, index.terms(claim, part)))) for part in STATED)
        found[report_of(index, claim), *stated].append(claim)
    assert [claims for claims in found.values() if len(claims) > 1] == []


if __name__ == "__main__":
    FACTS.write_text(as_text(rows(build_release(Sources.shipped()).index)), encoding="utf-8")
