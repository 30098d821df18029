"""Asks a query for the claims and facts that its rows rest on, though it does not select them.

A query says of a variable that it is a claim or a fact: by `a c5:Claim`, or by a property that
only these have, such as `rdf:subject`. As further columns these are the witnesses of a row; where
rows are grouped, all those of the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from c5graph.scan import Token, tokens

Key = frozenset[tuple[str, str]]
Witnesses = Mapping[Key, frozenset[str]]
_SAYING: Final = frozenset(
    "rdf:subject rdf:predicate rdf:object c5:modality c5:attributedTo c5:gloss".split()
)
_KINDS: Final = ("c5:Claim", "c5:DerivedFact")
_AGGREGATES: Final = frozenset("count sum avg min max sample group_concat".split())
_CUT: Final = ("limit", "offset")
_OPENING, _CLOSING = "{(", "})"
_MANY: Final = "witness{}"


@dataclass(frozen=True)
class _Parts:
    """A SELECT query in parts: its columns, and its tokens outside braces."""

    text: str
    columns: list[Token]
    outer: list[Token]

    @property
    def ends(self) -> int:
        """Where a further column can stand."""
        last = self.columns[-1]
        return last.start + len(last.text)

    @property
    def is_grouped(self) -> bool:
        """Whether a row stands for several matches."""
        words = {each.text.lower() for each in self.columns if each.kind == "word"}
        grouped = any(each.text.lower() == "group" for each in self.outer)
        return grouped or not words.isdisjoint(_AGGREGATES)


def with_witnesses(query: str) -> str | None:
    """The query with its witnesses as further columns; None where it has none to add."""
    found = list(tokens(query))
    parts = _parts(query, found)
    if parts is None:
        return None
    wanted = sorted(set(_named(found)) - _plain(parts))
    if not wanted:
        return None
    more = [
        f'(GROUP_CONCAT(DISTINCT STR(?{name}); SEPARATOR=" ") AS ?{_MANY.format(number)})'
        if parts.is_grouped
        else f"?{name}"
        for number, name in enumerate(wanted)
    ]
    tail = _without_cut(parts)
    return " ".join((query[: parts.ends], *more, tail))


def witnesses_of(rows: Iterable[Mapping[str, Any]], columns: frozenset[str]) -> Witnesses:
    """For each row as the query itself has it what the further columns name."""
    found: dict[Key, set[str]] = defaultdict(set)
    for row in rows:
        more = (each["value"] for name, each in row.items() if name not in columns)
        found[key_of(row, columns)] |= {iri for text in more for iri in text.split(" ")}
    return {key: frozenset(iris) for key, iris in found.items()}


def key_of(row: Mapping[str, Any], columns: frozenset[str]) -> Key:
    """What tells a row from others."""
    return frozenset((name, each["value"]) for name, each in row.items() if name in columns)


def _parts(query: str, found: list[Token]) -> _Parts | None:
    """None for what is no SELECT query, or selects everything."""
    depths = list(_depths(found))
    outer = [each for each, depth in zip(found, depths, strict=True) if depth == 0]
    place = next((n for n, each in enumerate(found) if each.text.lower() == "select"), None)
    if place is None or depths[place] or any(each.text.lower() == "ask" for each in outer):
        return None
    columns: list[Token] = []
    for each in found[place + 1 :]:
        if each.text == "{" or (each.kind == "word" and each.text.lower() in ("where", "from")):
            break
        columns.append(each)
    if not columns or any(each.text == "*" for each in columns[:2]):
        return None
    return _Parts(query, columns, outer)


def _depths(found: Iterable[Token]) -> Iterator[int]:
    depth = 0
    for each in found:
        depth -= each.text in _CLOSING
        yield depth
        depth += each.text in _OPENING


def _named(found: list[Token]) -> Iterator[str]:
    """Variables that are said to be claims or facts."""
    for place, each in enumerate(found[:-2]):
        if each.kind != "variable":
            continue
        after, then = found[place + 1].text, found[place + 2].text
        if after in _SAYING or (after == "a" and then in _KINDS):
            yield each.text[1:]


def _plain(parts: _Parts) -> frozenset[str]:
    """Variables that are columns as they are, and in no expression."""
    depths = _depths(parts.columns)
    pairs = zip(parts.columns, depths, strict=True)
    return frozenset(
        each.text[1:] for each, depth in pairs if each.kind == "variable" and not depth
    )


def _without_cut(parts: _Parts) -> str:
    """What follows the columns, all rows of it: each LIMIT and OFFSET with its number goes."""
    text = parts.text
    for place, each in reversed(list(enumerate(parts.outer))):
        if each.text.lower() in _CUT and place + 1 < len(parts.outer):
            number = parts.outer[place + 1]
            text = text[: each.start] + text[number.start + len(number.text) :]
    return text[parts.ends :]
