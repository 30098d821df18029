"""What a map shows: outlines, points, lines between them, and flows between states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from c5graph import assets
from c5graph.edges import Named
from c5graph.graph.claims import Firmness
from c5graph.graph.points import points
from c5graph.graph.release import Release, View
from c5graph.induced import Networks
from c5graph.lookup import Which
from c5graph.namespaces import C5
from c5graph.store.rdf import NamedNode
from c5graph.views.claims import Reader
from c5graph.views.flows import C5_STATES, POWERS, Flow, Flows
from c5graph.views.lettering import Name, Wanted, around, lettered
from c5graph.views.projection import place

AREAS: Final = ("region", "world")
LAYERS: Final = ("flows", "place", "infrastructure", "lines", "undertaking")
_JOINS: Final = Which(direction="out", predicates=(C5 + "connects", C5 + "liesBetween"))
_SITES: Final = Which(direction="both", predicates=(C5 + "hasSubjectMatter", C5 + "concerns"))

_EDGES: Final = dict(zip(POWERS, ((0.004, 0.3), (0.45, 0.006)), strict=False))
"""Where flows of powers that lie outside leave the map of the region, as shares of its size."""


@dataclass(frozen=True)
class Country:
    """An outline; `thing` is the state where we have it, `role` how it is coloured."""

    path: str
    name: str
    role: str
    thing: Named | None
    at: tuple[float, float]
    is_end: bool = False


@dataclass(frozen=True)
class Point:
    """A thing with a known place."""

    thing: Named
    group: str
    coordinates: str
    at: tuple[float, float]
    undertakings: tuple[Named, ...]

    @property
    def weight(self) -> int:
        """How much it matters that its name is read."""
        return len(self.undertakings)

    @property
    def radius(self) -> float:
        """Its size on the map: larger where deals are about it."""
        return 6.0 if self.undertakings else 4.0


@dataclass(frozen=True)
class Edge:
    """Where flows of a power leave the picture."""

    thing: Named
    role: str
    at: tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A work that joins two places, or is only planned to."""

    thing: Named
    ends: tuple[Named, Named]
    start: tuple[float, float]
    end: tuple[float, float]
    hedged: bool


@dataclass(frozen=True)
class Arc:
    """A flow between two states, as a curve."""

    flow: Flow
    ends: tuple[Named, Named]
    path: str
    width: float
    power: str
    undertakings: tuple[Named, ...]


@dataclass(frozen=True)
class Map:
    """Everything that is drawn for one area."""

    area: str
    width: int
    height: int
    countries: tuple[Country, ...]
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    arcs: tuple[Arc, ...]
    edges: tuple[Edge, ...]

    def seen(self, layers: Sequence[str]) -> list[Point]:
        """The points of these layers."""
        return [each for each in self.points if _is_of(each, layers)]

    def names(self, layers: Sequence[str], *, powers: bool = False) -> dict[str, tuple[Name, ...]]:
        """The names that have room, by the height of letters; `powers` names no other states."""
        points = self.seen(layers)
        states = [*self._outside(layers), *self._states(layers, powers=powers)]
        sites = sorted(points, key=lambda each: (each.group != "infrastructure", -each.weight))
        wanted = [Wanted(each.thing, "point", each.at, each.radius) for each in sites]
        marks = [around(each.at, each.radius) for each in points]
        return lettered([*states, *wanted], marks, (self.width, self.height))

    def _outside(self, layers: Sequence[str]) -> Iterator[Wanted]:
        for each in self.edges if "flows" in layers else ():
            yield Wanted(each.thing, f"power {each.role}", each.at)

    def _states(self, layers: Sequence[str], *, powers: bool) -> Iterator[Wanted]:
        outside = [edge.thing for edge in self.edges]
        for each in sorted(self.countries, key=lambda each: each.role != "c5"):
            if each.role == "c5":
                told, kind = True, "state"
            elif each.role != "other":
                told, kind = "flows" in layers and each.thing not in outside, f"power {each.role}"
            else:
                told, kind = each.is_end and not powers, "state other"
            if each.thing and told:
                yield Wanted(each.thing, kind, each.at)


class Atlas:
    """Makes the maps of one view."""

    def __init__(self, release: Release, view: View, reader: Reader, flows: Flows) -> None:
        self._release, self._view, self._reader = release, view, reader
        self._flows, self._networks = flows, Networks(view)

    def map(self, area: str) -> Map | None:
        """The map of an area; None where the outlines are not built."""
        drawn = assets.outlines().get(area)
        if drawn is None:
            return None
        points = tuple(self._points(area, drawn))
        countries = tuple(self._countries(drawn))
        centres = {each.thing.iri: each.at for each in countries if each.thing}
        edges = tuple(self._edges(drawn))
        lines = tuple(self._lines(area, drawn, centres))
        arcs = tuple(self._arcs(centres | {each.thing.iri: each.at for each in edges}))
        joined = {end.iri for each in lines for end in each.ends}
        joined |= {end.iri for each in arcs if each.power == "other" for end in each.ends}
        return Map(
            area=area,
            width=drawn["width"],
            height=drawn["height"],
            countries=tuple(
                replace(each, is_end=each.thing is not None and each.thing.iri in joined)
                for each in countries
            ),
            points=points,
            lines=lines,
            arcs=arcs,
            edges=edges,
        )

    def _edges(self, drawn: dict[str, Any]) -> Iterator[Edge]:
        if drawn["turn"] == 0:
            for power, (x, y) in _EDGES.items():
                at = (x * drawn["width"], y * drawn["height"])
                yield Edge(self._reader.named(power), _role(power), at)

    def _countries(self, drawn: dict[str, Any]) -> Iterator[Country]:
        for each in drawn["countries"].values():
            iri = self._view.neighbours.known(each["name"])
            state = iri if iri in self._flows.all_states else None
            named = self._reader.named(state) if state else None
            yield Country(each["d"], each["name"], _role(state), named, tuple(each["at"]))

    @cached_property
    def _coordinates(self) -> dict[str, tuple[float, float]]:
        return points(self._release.index)

    def _points(self, area: str, drawn: dict[str, Any]) -> Iterator[Point]:
        for iri, (longitude, latitude) in sorted(self._coordinates.items()):
            x, y = place(drawn, area, longitude, latitude)
            if not (0 <= x <= drawn["width"] and 0 <= y <= drawn["height"]):
                continue
            yield Point(
                thing=self._reader.named(iri),
                group=self._networks.node(iri, "en").group,
                coordinates=f"{latitude:.2f}, {longitude:.2f}",
                at=(x, y),
                undertakings=self._reader.all_named(self._undertakings(iri)),
            )

    def _undertakings(self, iri: str) -> list[str]:
        edges = self._view.neighbours.edges(iri, _SITES)
        ends = (fact.subject.value for _, _, fact in edges)
        return sorted({each for each in ends if each in self._release.record.undertakings})

    def _lines(
        self, area: str, drawn: dict[str, Any], centres: dict[str | None, tuple[float, float]]
    ) -> Iterator[Line]:
        for iri in sorted(self._view.neighbours):
            edges = self._view.neighbours.edges(iri, _JOINS)
            ends = [
                (fact.object.value, fact.firmness is not Firmness.FIRM)
                for _, _, fact in edges
                if isinstance(fact.object, NamedNode)
            ]
            placed = [(*end, at) for end in ends if (at := self._at(end[0], area, drawn, centres))]
            for (one, vague, start), (other, vaguer, end) in pairwise(placed):
                named = (self._reader.named(one), self._reader.named(other))
                yield Line(self._reader.named(iri), named, start, end, vague or vaguer)

    def _at(
        self,
        iri: str,
        area: str,
        drawn: dict[str, Any],
        centres: dict[str | None, tuple[float, float]],
    ) -> tuple[float, float] | None:
        if iri in self._coordinates:
            return place(drawn, area, *self._coordinates[iri])
        return centres.get(iri)

    def _arcs(self, ends: dict[str | None, tuple[float, float]]) -> Iterator[Arc]:
        flows = self._flows.among()
        most = max((flow.total for flow in flows), default=1)
        for flow in flows:
            start, end = ends.get(flow.ends[0]), ends.get(flow.ends[1])
            if start is None or end is None:
                continue
            yield Arc(
                flow=flow,
                ends=(self._reader.named(flow.ends[0]), self._reader.named(flow.ends[1])),
                path=_curve(start, end),
                width=round(1 + 5 * flow.total / most, 1),
                power=_role(flow.ends[1]),
                undertakings=self._reader.all_named(flow.undertakings),
            )


def _is_of(point: Point, layers: Sequence[str]) -> bool:
    """Places, infrastructure and what deals are about; what is neither of the first is a place."""
    layer = point.group if point.group == "infrastructure" else "place"
    return layer in layers or ("undertaking" in layers and bool(point.undertakings))


def _role(state: str | None) -> str:
    if state in C5_STATES:
        return "c5"
    if state in POWERS:
        return str(state).rpartition("/")[2]
    return "other"


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x, y), (u, v) = start, end
    bend_x, bend_y = (x + u) / 2 + (v - y) * 0.18, (y + v) / 2 - (u - x) * 0.18
    if bend_y > (y + v) / 2:
        bend_x, bend_y = (x + u) / 2 - (v - y) * 0.18, (y + v) / 2 + (u - x) * 0.18
    return f"M{x:.1f},{y:.1f}Q{bend_x:.1f},{bend_y:.1f} {u:.1f},{v:.1f}"
