"""For each projection a small world and the edges that it yields."""

from __future__ import annotations

from collections.abc import Callable

from c5graph.graph.claims import Firmness
from tests.analytics.world import edges, networks_of
from tests.graph.worlds import Told, quad

EVERY = frozenset(Firmness)


NUMBERS = iter(range(10_000))


def told(subject: str, predicate: str, target: str, **more: object) -> Told:
    return Told(f"t{next(NUMBERS)}", subject, predicate, target, **more)  # type: ignore[arg-type]


def deal(name: str, first: tuple[str, str], second: tuple[str, str], status: str) -> list[Told]:
    """An agreement with two parties in roles."""
    stated = told(name, "hasStatus", f"voc:status-{status}")
    return [told(name, *first), told(name, *second), stated]


WORLDS: dict[str, Callable[[], None]] = {}


def world(check: Callable[[], None]) -> Callable[[], None]:
    WORLDS[check.__name__] = check
    return check


@world
def deals() -> None:
    claims = [
        *deal("deal-1", ("hasBuyer", "x"), ("hasSeller", "y"), "signed"),
        *deal("deal-2", ("hasInvestor", "y"), ("hasHost", "x"), "memorandum"),
        told("x", "owns", "z"),
    ]
    assert edges(networks_of(claims), "deals", "firm") == {("x", "y", 1, "firm")}
    # Whichever way it is told, it is one edge, as firm as its firmest reason.
    assert edges(networks_of(claims), "deals") == {("x", "y", 2, "firm")}
    cancelled = deal("deal-1", ("hasBuyer", "x"), ("hasSeller", "y"), "cancelled")
    assert edges(networks_of(cancelled), "deals") == set()


@world
def diplomacy() -> None:
    claims = [
        told("talks", "hasParticipant", "x"),
        told("talks", "hasParticipant", "y", modality="planned"),
        told("talks", "hostedBy", "z"),
        told("visit", "hasParticipant", "x"),
        told("visit", "hostedBy", "z"),
    ]
    networks = networks_of(claims, {"talks": "Meeting", "visit": "Visit"})
    assert edges(networks, "diplomacy", "firm") == {("x", "z", 2, "firm")}
    planned = {("x", "y", 1, "planned"), ("y", "z", 1, "planned")}
    assert edges(networks, "diplomacy") == planned | {("x", "z", 2, "firm")}


@world
def dependence() -> None:
    claims = [
        told("x", "hasDependency", "y"),
        told("x", "hasDependency", "y"),
        told("y", "hasDependency", "x", modality="opinion"),
        told("x", "hasDependency", "z", negative=True),
    ]
    assert edges(networks_of(claims), "dependence", "firm") == {("x", "y", 2, "firm")}
    assert ("y", "x", 1, "opinion") in edges(networks_of(claims), "dependence")


@world
def influence() -> None:
    claims = [
        told("x", "exertsInfluence", "y"),
        told("z", "exertsInfluence", "y", modality="forecast"),
        told("x", "owns", "z"),
    ]
    expected = {("x", "y", 1, "firm"), ("z", "y", 1, "forecast")}
    assert edges(networks_of(claims), "influence") == expected


@world
def corridors() -> None:
    claims = [
        told("route", "connects", "x"),
        told("route", "connects", "y", modality="sought"),
        told("route", "bypasses", "z"),
        told("x", "locatedIn", "z"),
    ]
    networks = networks_of(claims, {"route": "TransportCorridor"})
    expected = {("route", "x", 1, "firm"), ("route", "y", 1, "sought")}
    # What a route leaves out is not joined with it, nor are places with each other.
    assert edges(networks, "corridors") == expected


@world
def transit() -> None:
    claims = [
        told("route", "connects", "x"),
        told("route", "connects", "y", modality="sought"),
        told("line", "connects", "x"),
        told("line", "connects", "y"),
        told("line", "bypasses", "z"),
    ]
    networks = networks_of(claims, {"route": "TransportCorridor", "line": "Railway"})
    assert edges(networks, "transit", "firm") == {("x", "y", 1, "firm")}
    assert edges(networks, "transit") == {("x", "y", 2, "firm")}


@world
def minerals() -> None:
    claims = [
        told("x", "hasDepositsOf", "ore"),
        told("deal-1", "hasSubjectMatter", "ore"),
        told("deal-1", "hasInvestor", "y"),
        told("deal-1", "hasHost", "x"),
        told("deal-2", "hasSubjectMatter", "cars"),
        told("deal-2", "hasBuyer", "z"),
    ]
    networks = networks_of(claims, {"ore": "Mineral", "cars": "Commodity"})
    expected = {("x", "ore", 1, "firm"), ("ore", "y", 2, "firm")}
    assert edges(networks, "minerals") == expected
    pit = [
        told("pit", "contains", "ore", modality="possible"),
        told("deal-1", "hasSubjectMatter", "pit"),
        told("deal-1", "hasDeveloper", "z"),
    ]
    networks = networks_of(pit, {"ore": "Mineral", "pit": "Deposit"})
    expected = {("pit", "ore", 1, "possible"), ("ore", "z", 3, "possible")}
    assert edges(networks, "minerals") == expected


def mineral_flows() -> None:
    """Registered below under its name with a hyphen."""
    described = [
        quad("id:yield", "c5:measures", "id:x"),
        quad("id:yield", "c5:indicatorKind", "voc:indicator-output"),
        quad("id:sales", "c5:flowFrom", "id:x"),
        quad("id:sales", "c5:flowTo", "id:y"),
        quad("id:sales", "c5:indicatorKind", "voc:indicator-exports"),
        quad("id:need", "c5:measures", "id:z"),
        quad("id:need", "c5:indicatorKind", "voc:indicator-demand"),
    ]
    described += [quad(f"id:{each}", "c5:countOf", "id:ore") for each in ("yield", "sales", "need")]
    claims = [
        told("yield", "hasQuantity", "some"),
        told("sales", "hasQuantity", "some", modality="planned"),
        told("need", "hasQuantity", "more"),
    ]
    kinds = {"ore": "Mineral", "yield": "Indicator", "sales": "Flow", "need": "Indicator"}
    networks = networks_of(claims, kinds, more=described)
    # One indicator is measured and one flow leaves; who needs it takes nothing by that.
    expected = {("x", "ore", 2, "firm"), ("ore", "y", 1, "planned")}
    assert edges(networks, "mineral-flows") == expected


@world
def sectors() -> None:
    claims = [
        told("deal-1", "hasBuyer", "x"),
        told("deal-1", "inSector", "voc:sector-rail"),
        told("deal-2", "hasHost", "x"),
        told("deal-2", "inSector", "voc:sector-rail"),
        told("deal-2", "hasInvestor", "y", modality="sought"),
    ]
    rail = "sector-rail"
    expected = {(rail, "x", 2, "firm"), (rail, "y", 1, "sought")}
    assert {
        (min(a, b), max(a, b), *rest) for a, b, *rest in edges(networks_of(claims), "sectors")
    } == expected


@world
def flows() -> None:
    trade = [quad("id:trade", "c5:flowBetween", f"id:{end}") for end in "xy"]
    wages = [quad("id:wages", "c5:flowFrom", "id:z"), quad("id:wages", "c5:flowTo", "id:x")]
    claims = [
        told("trade", "hasValue", "some"),
        told("trade", "hasValue", "more", report="r2"),
        told("wages", "hasValue", "less", modality="forecast"),
        told("idle", "hasRank", "some"),
    ]
    networks = networks_of(claims, {"trade": "Flow", "wages": "Flow"}, more=[*trade, *wages])
    expected = {("x", "y", 1, "firm"), ("x", "z", 1, "forecast")}
    assert edges(networks, "flows") == expected


@world
def ownership() -> None:
    stake = [quad("id:stake", "c5:hasHolder", "id:x"), quad("id:stake", "c5:holdingIn", "id:y")]
    claims = [
        told("stake", "hasShare", "half", modality="planned"),
        told("z", "owns", "x"),
    ]
    networks = networks_of(claims, {"stake": "Shareholding"}, more=stake)
    assert edges(networks, "ownership") == {("x", "y", 1, "planned"), ("z", "x", 1, "firm")}
