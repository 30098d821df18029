"""Where one thing is: a small map with its place, or with the places that it joins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from c5graph import assets
from c5graph.edges import Named
from c5graph.graph.release import View
from c5graph.lookup import Which
from c5graph.namespaces import C5
from c5graph.store.rdf import text_of
from c5graph.views.claims import Reader
from c5graph.views.flows import C5_STATES
from c5graph.views.projection import place

_JOINS: Final = Which(direction="out", predicates=(C5 + "connects", C5 + "liesBetween"))
Coordinates = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Land:
    """An outline and the state that it is, where we have it."""

    path: str
    role: str
    label: str


@dataclass(frozen=True)
class Place:
    """A place on the map."""

    thing: Named
    at: tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """The map; several places are joined by a line in their order."""

    width: int
    height: int
    lands: tuple[Land, ...]
    places: tuple[Place, ...]


def spot(iri: str, view: View, reader: Reader, known: Coordinates) -> Spot | None:
    """The map of a thing; None where no place of it is known or no outlines are built."""
    named = [iri] if iri in known else _joined(iri, view, known)
    for area in ("region", "world"):
        drawn = assets.outlines().get(area)
        if not named or drawn is None:
            return None
        places = [Place(reader.named(each), place(drawn, area, *known[each])) for each in named]
        if all(_inside(drawn, each.at) for each in places) or area == "world":
            lands = tuple(_lands(drawn, view, reader))
            return Spot(drawn["width"], drawn["height"], lands, tuple(places))
    return None


def _joined(iri: str, view: View, known: Coordinates) -> list[str]:
    ends = (text_of(fact.object) for _, _, fact in view.neighbours.edges(iri, _JOINS))
    return [each for each in dict.fromkeys(ends) if each in known]


def _inside(drawn: Mapping[str, Any], at: tuple[float, float]) -> bool:
    return 0 <= at[0] <= float(drawn["width"]) and 0 <= at[1] <= float(drawn["height"])


def _lands(drawn: Mapping[str, Any], view: View, reader: Reader) -> list[Land]:
    found = []
    for each in drawn["countries"].values():
        iri = view.neighbours.known(each["name"])
        label = reader.named(iri).label if iri else each["name"]
        found.append(Land(each["d"], "c5" if iri in C5_STATES else "other", label))
    return found
