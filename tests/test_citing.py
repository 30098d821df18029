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
from c5graph.dated import day_of_data
from c5graph.errors import BadParameter
from c5graph.graph.release import Release
from c5graph.namespaces import BASE
from c5graph.pins import address_of, compared, pin, read_pin, rows_of, rows_of_pages
from c5graph.rerun import rerun
from c5graph.settings import Settings
from c5graph.titles import title_at

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
    "/api/queries/a/b /static/style.css /metrics /mcp http://[x //[/sparql http://\u2100/".split(
        " "
    ),
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


def test_a_list_in_pages_is_pinned_to_its_end(shipped: Release) -> None:
    address = address_of("/api/ledger?class=binding&sort=amount&limit=3&cursor=abc")
    assert address == "/api/ledger?class=binding&sort=amount"
    short = replace(Settings(), list_limit=3)
    whole = pin(address, "1", rerun(shipped, Catalogue(), address, short))
    table = rerun(shipped, Catalogue(), address, Settings())
    deals = [row for row in table if row.startswith("agreements ")]
    assert whole.rows == len(deals) > 50
    changed = [row.replace(deals[-1], "agreements {}") for row in table]
    verdict = compared(whole, pin(address, "1", changed), changed)
    assert (verdict.same, len(verdict.added), verdict.removed) == (False, 1, 1)


def test_what_each_page_repeats_counts_once() -> None:
    pages = [["total 3", 'edges {"n":1}', 'edges {"n":2}'], ["total 3", 'edges {"n":3}']]
    found = rows_of_pages(pages)
    assert len(found) == 4
    assert pin("/api/neighbours?entity=a", "1", found).rows == 3


def test_the_names_of_columns_are_no_row() -> None:
    table = {"head": {"vars": ["x"]}, "results": {"bindings": [{}, {}]}}
    assert pin("/sparql?query=a", "1", _rows(table)).rows == 2
    assert _rows(table) != _rows({**table, "head": {"vars": ["y"]}})


def test_a_title_names_question_filters_and_lens_in_words(shipped: Release) -> None:
    def title(address: str) -> str:
        return title_at(shipped, Catalogue(), address)

    asked = title("/api/ledger?class=binding&state=tajikistan&knownAt=2025-12-31")
    assert asked.startswith("Agreements (class: binding; state: Tajikistan), by this lens: ")
    assert "reported up to 31 Dec 2025" in asked
    assert title("/api/queries/what-does-a-state-seek?state=tajikistan").startswith("What does a ")
    assert title("/sparql?query=ASK%7B%7D").startswith("A query in SPARQL, by this lens: all")
    assert title("/api/analytics/centrality").startswith("Analysis centrality")


def test_a_citation_gives_the_year_of_the_data(shipped: Release) -> None:
    day = day_of_data(shipped.index)
    assert day is not None
    cited = replace(CITED, published=day)
    assert f"year = {{{day.year}}}" in cited.bibtex()
    assert f"PY  - {day.year}" in cited.ris()
    (item,) = json.loads(cited.csl())
    assert item["issued"]["date-parts"][0][0] == day.year
    assert f"maintainers. {day.year}. " in cited.text()


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
