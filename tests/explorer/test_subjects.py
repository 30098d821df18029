"""Saved questions by subject, as their list has them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from c5graph.catalogue import Catalogue
from c5graph.routes.questions import by_subject

QUERIES = list(Catalogue(Path(__file__).resolve().parents[2] / "queries"))


def test_each_question_stands_once_below_a_subject_of_its_own() -> None:
    told = [(tag, query) for tag, group in by_subject(QUERIES) for query in group]
    assert sorted(query.name for _, query in told) == sorted(query.name for query in QUERIES)
    assert all(tag in query.tags for tag, query in told)


def test_a_subject_of_few_gives_way_to_one_of_many() -> None:
    asked = [replace(QUERIES[0], name=name, tags=("deals",)) for name in "abc"]
    asked.append(replace(QUERIES[0], name="d", tags=("debt", "deals")))
    asked.append(replace(QUERIES[0], name="e", tags=("aid", "money")))
    asked.append(replace(QUERIES[0], name="f", tags=("money", "time")))
    told = {tag: [query.name for query in group] for tag, group in by_subject(asked)}
    assert told == {"deals": ["a", "b", "c", "d"], "money": ["e", "f"]}
