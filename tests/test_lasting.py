"""Until when edges hold, and how far the undertakings have come of which they tell."""

from __future__ import annotations

from datetime import date

import pytest

from c5graph.edges import Edge, Teller
from c5graph.graph.labels import Labels
from c5graph.graph.lens import DEFAULT
from c5graph.graph.names import Names
from c5graph.lasting import Stage
from c5graph.wire import edge as wired
from tests.graph.worlds import Derived, Told, World, derived, iri


def edge(made: Derived, predicate: str, stages: dict[str, Stage] | None = None) -> Edge:
    """The one edge of this predicate in a small world."""
    (fact,) = (f for f in made.under(DEFAULT) if f.predicate.value == iri(f"c5:{predicate}"))
    labels, names = Labels(made.index), Names(made.index)
    teller = Teller(made.index, labels, names, stages=stages or {})
    return teller.edge(fact, outgoing=True, distance=1, lang="en")


def at(status: str, *, reached: bool = True) -> dict[str, Stage]:
    """The stages of a world whose one deal has this status."""
    return {iri("id:deal-1"): Stage(iri(f"voc:status-{status}"), reached)}


def owned(*ends: date | None) -> Derived:
    """One who owns another, told by as many reports as there are ends."""
    told = (
        Told(f"c{number}", "x", "owns", "y", report=f"r{number}", until=end)
        for number, end in enumerate(ends, start=1)
    )
    return derived(World(tuple(told)))


def test_an_edge_says_when_it_ended() -> None:
    assert edge(owned(date(1998, 12, 31)), "owns").until == "1998-12-31"


def test_the_last_end_that_is_told_counts() -> None:
    assert edge(owned(date(1998, 1, 1), date(2001, 1, 1)), "owns").until == "2001-01-01"


def test_an_edge_has_no_end_where_one_report_tells_none() -> None:
    assert edge(owned(date(1998, 1, 1), None), "owns").until is None


def test_what_needs_several_claims_ends_with_the_first_of_them() -> None:
    made = derived(
        World(
            (
                Told("buyer", "deal-1", "hasBuyer", "x", until=date(2030, 1, 1)),
                Told("seller", "deal-1", "hasSeller", "y", until=date(2020, 1, 1)),
                Told("status", "deal-1", "hasStatus", "voc:status-signed"),
            )
        )
    )
    assert edge(made, "buysFrom").until == "2020-01-01"


def test_the_period_of_a_figure_is_no_end() -> None:
    made = derived(World((Told("c", "flow", "hasValue", "usd-5", until=date(2024, 12, 31)),)))
    assert edge(made, "flowFrom").until is None


@pytest.mark.parametrize(("status", "binding"), [("announced", False), ("signed", True)])
def test_an_edge_of_an_undertaking_tells_its_status(status: str, binding: bool) -> None:
    made = derived(World((Told("c", "deal-1", "hasBuyer", "x", "planned"),)))
    told = edge(made, "hasBuyer", at(status))
    assert told.status is not None
    assert told.status.iri == iri(f"voc:status-{status}")
    assert told.binding is binding
    assert told.firmness == "firm"


def test_a_signature_that_is_only_planned_binds_nobody() -> None:
    made = derived(World((Told("c", "deal-1", "hasBuyer", "x"),)))
    told = edge(made, "hasBuyer", at("signed", reached=False))
    assert told.status is not None
    assert told.status.iri == iri("voc:status-signed")
    assert told.binding is False


def test_an_edge_of_an_actor_has_no_status() -> None:
    told = edge(owned(None), "owns", at("signed"))
    assert told.status is None
    assert told.binding is None


def test_end_and_status_come_over_the_wire() -> None:
    made = derived(World((Told("c", "deal-1", "hasBuyer", "x", until=date(2020, 1, 1)),)))
    told = edge(made, "hasBuyer", at("announced"))
    again = wired(told.as_dict())
    assert (again.until, again.status, again.binding) == ("2020-01-01", told.status, False)
