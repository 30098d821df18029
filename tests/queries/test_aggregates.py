"""What a saved question adds up or picks from: no least, no greatest where a row lacks the value.

`MIN(?day)` over rows of which one has no day is an empty cell, and the days of the others are lost.
So an aggregate takes what every row has, or says by COALESCE what stands for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from c5graph.catalogue import Catalogue

CATALOGUE = Catalogue()
AGGREGATE = re.compile(r"\b(?:AVG|MAX|MIN|SUM)\(")
PAIRS = {"(": ")", "{": "}"}


def enclosed(text: str, opening: int) -> str:
    """What stands between the bracket at `opening` and the one that closes it."""
    mark, depth = text[opening], 0
    for place in range(opening, len(text)):
        depth += (text[place] == mark) - (text[place] == PAIRS[mark])
        if not depth:
            return text[opening + 1 : place]
    raise ValueError(f"no bracket closes {text[opening : opening + 40]!r}")


def always_bound(group: str) -> str:
    """The patterns of a group that hold for every row."""
    while found := re.search(r"\bOPTIONAL \{", group):
        optional = enclosed(group, found.end() - 1)
        group = group[: found.start()] + group[found.end() + len(optional) + 1 :]
    return group


def selections(text: str) -> Iterator[tuple[str, str]]:
    """Each SELECT of a query, subselects too: what it selects, and its group."""
    for found in re.finditer(r"\bSELECT\b(.*?)\bWHERE (?=\{)", text, re.DOTALL):
        yield found[1], enclosed(text, found.end())


def lacking(text: str) -> list[str]:
    """The aggregates of a query that some row of their group may leave without a value."""
    faults = []
    for head, group in selections(text):
        everywhere = set(re.findall(r"\?(\w+)", always_bound(group)))
        for found in AGGREGATE.finditer(head):
            inner = enclosed(head, found.end() - 1)
            if "COALESCE" not in inner and not set(re.findall(r"\?(\w+)", inner)) <= everywhere:
                faults.append(f"{found[0]}{inner})")
    return faults


@pytest.mark.parametrize("name", sorted(CATALOGUE.queries))
def test_an_aggregate_takes_what_every_row_has(name: str) -> None:
    assert lacking(CATALOGUE.get(name).text) == []


def test_an_aggregate_over_what_a_row_may_lack_is_found() -> None:
    lost = "SELECT ?a (MIN(?day) AS ?since) WHERE { ?a ?b ?c OPTIONAL { ?a ?d ?day } } GROUP BY ?a"
    assert lacking(lost) == ["MIN(?day)"]
    assert lacking(lost.replace("OPTIONAL {", "{")) == []
    assert lacking(lost.replace("MIN(?day)", 'MIN(COALESCE(?day, ""))')) == []
