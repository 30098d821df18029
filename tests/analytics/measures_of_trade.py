"""Worlds of measured flows: amounts, shares and wholes, with the rules that bound them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from c5graph import resources
from c5graph.analytics.analytics import Analytics
from c5graph.analytics.exposure.exposure import Exposure, ExposureAsk, Exposures
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.release import Release
from c5graph.namespaces import XSD
from c5graph.store.rdf import Literal, NamedNode, Quad, parse
from tests.analytics.world import release_of
from tests.graph.worlds import Told, quad

STATES = ("land", "bear", "dragon", "eagle")
KINDS = dict.fromkeys(STATES, "State") | {"all-trade": "Indicator"}
KINDS |= {f"trade-{name}": "Flow" for name in STATES[1:]}
DECIMAL = NamedNode(XSD + "decimal")


@lru_cache
def declared() -> tuple[Quad, ...]:
    """What the ontology says of bounds and comparisons."""
    folder = resources.ontology()
    files = (folder / "desk.ttl", folder / "indicators.ttl", folder / "vocabulary" / "bound.ttl")
    return tuple(each for path in files for each in parse(path))


def described() -> list[Quad]:
    """Trade of a land with three others, and all of it."""
    kind = "voc:indicator-trade-turnover"
    found = [quad("id:all-trade", "c5:measures", "id:land")]
    found.append(quad("id:all-trade", "c5:indicatorKind", kind))
    for name in STATES[1:]:
        flow = f"id:trade-{name}"
        found += [quad(flow, "c5:flowBetween", f"id:{end}") for end in ("land", name)]
        found.append(quad(flow, "c5:indicatorKind", kind))
    return found


def money(number: float, bound: str = "exact") -> tuple[str, list[Quad]]:
    """An amount of money by its slug, and its description."""
    return _value(f"money-{number:g}-{bound}", number, bound, ("c5:currency", Literal("USD")))


def share(number: float, bound: str = "exact") -> tuple[str, list[Quad]]:
    """A share of all trade in per cent."""
    slug = f"share-{number:g}-{bound}"
    name, found = _value(slug, number, bound, ("qudt:hasUnit", "unit:PERCENT"))
    return name, [*found, quad(f"id:{name}", "c5:shareOf", "id:all-trade")]


def _value(
    slug: str, number: float, bound: str, unit: tuple[str, str | Literal]
) -> tuple[str, list[Quad]]:
    me = f"id:{slug.replace('.', '-')}"
    found = [
        quad(me, "c5:amount", Literal(f"{number:g}", datatype=DECIMAL)),
        quad(me, "c5:bound", f"voc:bound-{bound}"),
        quad(me, *unit),
    ]
    return me.removeprefix("id:"), found


def found(
    claims: Iterable[Told],
    values: Iterable[Quad],
    without: tuple[str, ...] = (),
    lens: Lens = DEFAULT,
) -> tuple[Exposure, Release]:
    """The exposure of the land in a world of these claims, through a lens."""
    release = release_of(claims, KINDS, [*declared(), *described(), *values])
    if lens != DEFAULT:
        release = release.under(lens)
    analytics = Analytics(release, lambda _: release.view)
    networks = analytics.networks(release.view.lens)
    exposures = Exposures(networks, analytics.disputes(release.view), analytics.homes, {})
    ask = ExposureAsk("land", STATES[1:], ("ownership",), without)
    return exposures.find(ask), release
