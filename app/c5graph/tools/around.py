"""The edges around a thing such that both directions are seen at every depth."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

from c5graph.lookup import Key, cursor_of
from c5graph.tools.answers import Answer, answer, edge
from c5graph.tools.asking import Asker, Given
from c5graph.tools.citing import Citer, Row

_WAYS: Final = ("in", "out")
_PAGES: Final = 10
_PAGE: Final = 1000


async def around(asker: Asker, citer: Citer, given: Given, depth: int, limit: int) -> Answer:
    """A share of the edges of each depth and direction; `shown` says of each whether that is all.

    A hub has more incoming edges than fit an answer: in their order the outgoing ones and those
    further off would never be reached.
    """
    asked = {**given, "depth": depth}
    ways = _WAYS if given.get("direction") == "both" else (str(given.get("direction")),)
    first: dict[str, Any] = await asker.json("/api/neighbours", {**asked, "limit": 1})
    seen: dict[tuple[int, str], list[Row]] = {}
    for distance in range(1, depth + 1):
        for way in ways:
            seen[distance, way] = []
        async for each in _edges(asker, asked, distance, ways, limit):
            seen[distance, each["direction"]].append(each)
    chosen = _shares(seen, limit)
    shown = [_told(key, seen[key], chosen[key]) for key in seen]
    rows = [edge(citer, each) for edges in chosen.values() for each in edges]
    cut = first["truncated"] or first["total"] > len(rows)
    told = {**first, "truncated": cut, "next_cursor": None}
    return {"entity": first["entity"], **answer(citer, told, rows), "shown": shown}


async def _edges(
    asker: Asker, asked: Given, distance: int, ways: tuple[str, ...], limit: int
) -> AsyncIterator[Row]:
    """The edges at a distance in order, until each direction has enough."""
    cursor: str | None = cursor_of(Key(distance - 1))
    have = dict.fromkeys(ways, 0)
    for _ in range(_PAGES):
        page = await asker.json("/api/neighbours", {**asked, "cursor": cursor, "limit": _PAGE})
        for each in page["edges"]:
            if each["distance"] != distance:
                return
            have[each["direction"]] += 1
            yield each
        cursor = page["next_cursor"]
        if cursor is None or min(have.values()) > limit:
            return


def _shares(seen: dict[tuple[int, str], list[Row]], limit: int) -> dict[tuple[int, str], list[Row]]:
    """The first edges of each group, in turns, up to the limit."""
    chosen: dict[tuple[int, str], list[Row]] = {key: [] for key in seen}
    for key, each in _in_turns(seen):
        if sum(map(len, chosen.values())) == limit:
            break
        chosen[key].append(each)
    return chosen


def _in_turns(seen: dict[tuple[int, str], list[Row]]) -> Iterator[tuple[tuple[int, str], Row]]:
    longest = max(map(len, seen.values()), default=0)
    for place in range(longest):
        for key, edges in seen.items():
            if place < len(edges):
                yield key, edges[place]


def _told(key: tuple[int, str], found: list[Row], chosen: list[Row]) -> dict[str, Any]:
    distance, way = key
    return {
        "distance": distance,
        "direction": way,
        "rows": len(chosen),
        "more": len(found) > len(chosen),
    }
