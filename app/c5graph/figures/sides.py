"""The sides that colours and shapes stand for: the region, each power, and all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from c5graph.calls import GraphCalls
from c5graph.figures.drawn import BLUE, GREEN, GREY, ORANGE, VERMILLION
from c5graph.namespaces import ID


@dataclass(frozen=True)
class Side:
    """A side with its name, colour and shape."""

    name: str
    colour: str
    marker: str


REGION: Final = Side("Central Asia", GREEN, "o")
_MEMBERS: Final = """
SELECT ?state ?label
WHERE {
    ?state c5:memberOf id:central-asian-states ;
        rdfs:label ?label .
    FILTER(LANG(?label) = "en")
}
ORDER BY DESC(?label)
"""
OTHERS: Final = Side("others", GREY, "D")
UNTOLD: Final = Side("home not told", "#FFFFFF", "D")
THINGS: Final = Side("minerals, sectors, routes and the like", "#FFFFFF", "h")
POWERS: Final = {
    ID + "united-states": Side("United States", BLUE, "s"),
    ID + "russia": Side("Russia", VERMILLION, "^"),
    ID + "china": Side("China", ORANGE, "v"),
}


def region(graph: GraphCalls) -> dict[str, str]:
    """The states of the region with their labels."""
    return {str(row["state"]): str(row["label"]) for row in graph.query(_MEMBERS)}


def side_of(homes: list[str], states: dict[str, str], *, actor: bool = True) -> Side:
    """The side of something by its homes; what is no actor may have none."""
    for home in homes:
        if home in POWERS:
            return POWERS[home]
    if any(home in states for home in homes):
        return REGION
    if homes:
        return OTHERS
    return UNTOLD if actor else THINGS
