"""What a citation pins, what has changed since, and the formats of bibliographies."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph import __version__
from c5graph.catalogue import Catalogue
from c5graph.citations import AUTHOR, LICENCE, TITLE, Citation
from c5graph.errors import BadParameter
from c5graph.graph.release import Release
from c5graph.namespaces import BASE
from c5graph.pins import address_of, compared, pin, read_pin, rows_of
from c5graph.rerun import question_at, rerun
from c5graph.settings import Settings

CFF = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
ROWS = st.lists(st.text(max_size=5), max_size=8)
LEDGER = "/api/ledger?state=tajikistan"


def test_the_citation_file_says_what_the_service_says() -> None:
    said = dict(re.findall(r'^(\S+): "?(.*?)"?$', CFF, re.MULTILINE))
    assert said["title"] == TITLE
    assert said["version"] == __version__
    assert said["license"] == LICENCE
    assert said["url"] == BASE
    assert f'name: "{AUTHOR}"' in CFF


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[str], chance: object) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert pin("a", "v", rows) == pin("a", "v", mixed)


@given(ROWS, ROWS)
def test_a_comparison_tells_every_row_that_came_or_went(
    before: list[str], after: list[str]
) -> None:
    then, now = pin("a", "1", before), pin("a", "2", after)
    found = compared(then, now, after)
    assert found.same == (sorted(before) == sorted(after))
    kept = len(after) - len(found.added)
    assert found.removed == len(before) - kept
    left = list(after)
    for row in found.added:
        left.remove(row)
    rest = list(before)
    for row in left:
        rest.remove(row)
    assert len(rest) == found.removed


@given(ROWS)
def test_a_pin_survives_being_written_and_read(rows: list[str]) -> None:
    made = pin("/api/ledger", "v", rows)
    assert read_pin(json.loads(json.dumps(made.as_dict()))) == made


@pytest.mark.parametrize("wrong", [None, 3, [], {}, {"address": "a"}, {"rows": []}])
def test_what_is_no_pin_is_refused(wrong: object) -> None:
    with pytest.raises(BadParameter):
        read_pin(wrong)


def test_an_address_has_one_form() -> None:
    for text in (
        "/api/ledger?sector=rail&state=tajikistan",
        "/api/ledger?state=tajikistan&sector=rail&format=csv",
        "https://example.org/api/ledger?state=tajikistan&sector=rail&limit=",
    ):
        assert address_of(text) == "/api/ledger?sector=rail&state=tajikistan"
    assert address_of("/api/queries/what-holds-at-a-date") == "/api/queries/what-holds-at-a-date"


@pytest.mark.parametrize(
    "text",
    " / /api/cite?of=/api/cite /api/validate /dump/c5graph.ttl /api/queries/ /api/queries/../cite "
    "/api/queries/a/b /static/style.css /metrics /mcp".split(" "),
)
def test_only_answers_can_be_cited(text: str) -> None:
    with pytest.raises(BadParameter):
        address_of(text)


def test_what_tells_of_the_service_is_no_part_of_an_answer() -> None:
    here = {"version": "1", "lens": {"left_out_for_want_of_a_date": 3}, "total": 1, "rows": [1, 2]}
    there = {**here, "version": "2", "lens": {}, "next": "?cursor=x"}
    other = {**here, "rows": [1, 3]}
    assert _rows(here) == _rows(there) != _rows(other)
    assert len(_rows(here)) == 3


def test_rows_are_told_apart_whatever_is_in_them() -> None:
    told: tuple[list[str], ...] = ([], [""], ["a\nb"], ["a", "b"])
    assert len({pin("", "", rows).digest for rows in told}) == len(told)


def _rows(value: object) -> list[str]:
    return rows_of(json.dumps(value).encode(), "application/json")


def test_names_of_blank_nodes_do_not_matter() -> None:
    one = b'_:a <http://example.org/p> "x _:a" .\n'
    other = b'_:b7 <http://example.org/p> "x _:a" .\n'
    assert rows_of(one, "application/n-triples") == rows_of(other, "application/n-triples")
    table = {"head": {"vars": ["x"]}, "results": {"bindings": []}}
    names = [{"x": {"type": "bnode", "value": name}} for name in ("a", "b")]
    found = [_rows({**table, "results": {"bindings": [row]}}) for row in names]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "address",
    [
        LEDGER,
        "/api/disputes?strength=conflict",
        "/api/changes?from=2025-11-20&about=tajikistan",
        "/api/perspectives?of=somon-air-boeing-2025",
        "/api/queries/what-does-a-state-seek?state=tajikistan",
        "/api/queries/how-firm-are-the-facts?knownAt=2025-12-31",
        "/sparql?query=SELECT+%3Fs+WHERE+%7B+%3Fs+a+c5%3AState+%7D".replace(
            "c5%3AState", "%3Chttps%3A%2F%2Fw3id.org%2Fc5graph%2Fontology%23State%3E"
        ),
    ],
)
def test_an_answer_asked_again_is_the_same(shipped: Release, address: str) -> None:
    catalogue, settings = Catalogue(), Settings()
    one, other = (rerun(shipped, catalogue, address, settings) for _ in range(2))
    assert one
    assert compared(pin(address, "1", one), pin(address, "2", other), other).same
    assert question_at(catalogue, address).endswith((".", "?"))


def test_a_lens_makes_another_answer(shipped: Release) -> None:
    early = rerun(shipped, Catalogue(), f"{LEDGER}&knownAt=2025-11-01", Settings())
    late = rerun(shipped, Catalogue(), LEDGER, Settings())
    assert pin("", "", early).digest != pin("", "", late).digest


def test_what_is_cut_or_only_a_service_answers_is_refused(shipped: Release) -> None:
    everything = "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D"
    for address, settings in (
        (everything, replace(Settings(), max_rows=10)),
        ("/api/neighbours?entity=kazakhstan", Settings()),
    ):
        with pytest.raises(BadParameter):
            rerun(shipped, Catalogue(), address, settings)


PINNED = pin(LEDGER, "0.1.0+abc", ["a", "b"])
CITED = Citation(
    "https://example.org", "0.1.0+abc", PINNED, "What {odd} & 5% of_it\nis?", date(2026, 3, 1)
)


def test_a_citation_names_query_version_digest_and_where_to_check() -> None:
    for text in (CITED.text(), CITED.ris(), CITED.csl()):
        for part in ("0.1.0+abc", PINNED.digest, "/api/ledger?state=tajikistan", "/api/cite?of="):
            assert part in text
    whole = Citation("https://example.org", "0.1.0+abc")
    assert "https://example.org/dataset" in whole.text()
    assert "sha256" not in whole.text()


def test_bibtex_is_one_entry_with_balanced_braces_and_escaped_signs() -> None:
    text = CITED.bibtex()
    assert text.startswith("@dataset{c5graph-")
    assert r"What \{odd\} \& 5\% of\_it is?" in text
    bare = re.sub(r"\\[{}]", "", text)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert "urldate = {2026-03-01}" in text


@given(st.text(max_size=40))
def test_no_question_breaks_a_record(question: str) -> None:
    cited = replace(CITED, question=question)
    lines = cited.ris().split("\r\n")
    assert lines[-1] == ""
    assert all(re.match(r"^[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines[:-1]][-1] == "ER"
    assert len(lines) == len(CITED.ris().split("\r\n"))
    (item,) = json.loads(cited.csl())
    assert item["type"] == "dataset"
    assert item["accessed"] == {"date-parts": [[2026, 3, 1]]}
    bare = re.sub(r"\\[{}]", "", cited.bibtex())
    assert bare.count("{") == bare.count("}")
