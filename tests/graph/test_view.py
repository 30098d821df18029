"""What SPARQL sees through a lens: the graph that the chosen claims alone would make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.release import Release
from c5graph.graph.view import Basis, hidden, seen
from c5graph.namespaces import LENS
from c5graph.store.rdf import DefaultGraph, NamedNode, load_store, select, text_of
from tests.graph.worlds import REPORTS, Told, World, derived, iri, worlds

DAYS = (date(2024, 1, 1), date(2025, 1, 1), date(2025, 6, 2), date(2026, 1, 1))
Stated = set[tuple[str, str, str, str]]


def basis_of(world: World) -> Basis:
    made = derived(world)
    return Basis(world.quads(), made.index, made.record, made.facts, made.positions)


def stated(basis: Basis, lens: Lens) -> Stated:
    """All statements under the lens but those of findings and those that name the lens itself."""
    own = (lens.iri, "/graph/facts/")
    return {
        (str(q.subject), str(q.predicate), str(q.object), str(q.graph_name))
        for q in seen(basis, lens)
        if "/finding/" not in str(q.subject)
        and not (lens != DEFAULT and any(name in f"{q.object} {q.graph_name}" for name in own))
    }


@given(worlds(), st.sampled_from(DAYS))
def test_known_at_shows_the_graph_of_the_claims_and_reports_then_published(
    world: World, day: date
) -> None:
    known: dict[str, date | None] = {
        name: issued for name, issued in REPORTS.items() if issued <= day
    }
    later = {claim.name for claim in world.claims if claim.report not in known}
    rebuilt = replace(world.without(later), reports=known)
    assert stated(basis_of(world), Lens(known_at=day)) == stated(basis_of(rebuilt), DEFAULT)


@given(worlds(), st.sampled_from(sorted(REPORTS)))
def test_chosen_reports_show_the_graph_of_these_alone(world: World, name: str) -> None:
    others = {claim.name for claim in world.claims if claim.report != name}
    rebuilt = replace(world.without(others), reports={name: REPORTS[name]})
    lens = Lens(reports=frozenset({iri(f"report:{name}")}))
    assert stated(basis_of(world), lens) == stated(basis_of(rebuilt), DEFAULT)


@given(worlds(), st.sampled_from(DAYS))
def test_as_of_hides_nothing_and_states_what_held_then(world: World, day: date) -> None:
    def held(claim: Told) -> bool:
        started = claim.since is not None and claim.since <= day
        return started and (claim.until is None or claim.until >= day)

    gone = {claim.name for claim in world.claims if not held(claim)}
    facts = f"<{iri('graph:facts')}>"
    through, rebuilt = (
        stated(basis_of(world), Lens(as_of=day)),
        stated(basis_of(world.without(gone)), DEFAULT),
    )
    assert {each for each in through if each[3] == facts} == {
        each for each in rebuilt if each[3] == facts
    }
    told = {str(NamedNode(iri(f"claim:{claim.name}"))) for claim in world.claims}
    assert {each[0] for each in through} >= told


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2025, 11, 6), date(2025, 11, 9), date(2025, 11, 10)])
def test_nothing_of_a_report_left_out_is_left_in_the_shipped_graph(
    shipped: Release, day: date
) -> None:
    lens = Lens(known_at=day)
    gone = hidden(shipped.basis, shipped.basis.select(lens))
    later = {
        each.iri
        for each in shipped.record.reports.values()
        if each.published is None
        or each.published.not_after is None
        or each.published.not_after > day
    }
    assert later
    assert later <= gone
    for quad in shipped.quads_under(lens):
        for term in (text_of(quad.subject), text_of(quad.object)):
            assert term not in gone
            assert not term.startswith(tuple(f"{iri}/" for iri in later)), term


def test_facts_stand_in_the_graph_of_the_lens_and_are_marked_with_it(shipped: Release) -> None:
    lens = Lens(min_origins=2)
    store = load_store(shipped.quads_under(lens))
    digest = lens.iri.removeprefix(LENS)
    own = {
        (q.subject, q.predicate, q.object)
        for q in store.quads_for_pattern(None, None, None, NamedNode(iri(f"graph:facts/{digest}")))
    }
    usual = {
        (q.subject, q.predicate, q.object)
        for q in store.quads_for_pattern(None, None, None, NamedNode(iri("graph:facts")))
    }
    assert own == usual
    assert 0 < len(own) < sum(str(q.graph_name) == f"<{iri('graph:facts')}>" for q in shipped.quads)
    marked = "SELECT ?f { GRAPH graph:derivations { ?f c5:holdsUnder <%s> } }"
    assert list(select(store, marked % lens.iri)) == list(select(store, marked % f"{LENS}default"))


def test_the_default_lens_sees_every_statement(shipped: Release) -> None:
    assert list(shipped.quads_under(DEFAULT)) == list(shipped.quads)
    assert {DefaultGraph()} < {quad.graph_name for quad in shipped.quads}
