"""Neighbours: pages, counts, filters, and the claims behind each edge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c5graph.api import Graph
from c5graph.edges import Teller
from c5graph.errors import BadParameter, UnknownEntity
from c5graph.graph.claims import Firmness
from c5graph.graph.derive import Fact
from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.names import Names
from c5graph.graph.release import Release, Views
from c5graph.neighbours import Ask, Direction, NeighbourIndex, Page, Which, firmness_from
from c5graph.store.rdf import NamedNode
from tests.graph.worlds import ACTORS, AGREEMENTS, Told, World, derived, iri, label, worlds

ALL = frozenset(Firmness)


def index_of(world: World) -> NeighbourIndex:
    """Neighbours of all facts of the world, whatever holds."""
    made = derived(world)
    teller = Teller(made.index, Labels(made.index), Names(made.index))
    return NeighbourIndex(made.facts, teller)


def pages(index: NeighbourIndex, ask: Ask) -> list[Page]:
    """All pages, by following the cursors."""
    found = [index.lookup(ask)]
    while found[-1].next_cursor:
        assert len(found) < 1000, "the pages do not end"
        found.append(index.lookup(Ask(**{**vars(ask), "cursor": found[-1].next_cursor})))
    return found


@given(worlds(), st.sampled_from(ACTORS + AGREEMENTS), st.integers(1, 5))
def test_paging_meets_every_edge_once(world: World, entity: str, limit: int) -> None:
    index = index_of(world)
    whole = index.lookup(Ask(entity, firmness=ALL, limit=10_000))
    paged = pages(index, Ask(entity, firmness=ALL, limit=limit))
    edges = [edge for page in paged for edge in page.edges]
    assert edges == list(whole.edges)
    assert len({(edge.fact, edge.direction) for edge in edges}) == len(edges) == whole.total
    assert all(len(page.edges) == limit for page in paged[:-1])


@given(worlds(), st.sampled_from(ACTORS))
def test_counts_add_up_and_directions_part_the_edges(world: World, entity: str) -> None:
    index = index_of(world)
    totals: dict[Direction, int] = {}
    directions: tuple[Direction, ...] = ("in", "out", "both")
    for direction in directions:
        page = index.lookup(Ask(entity, direction, firmness=ALL))
        assert sum(count.count for count in page.counts) == page.total
        assert {edge.direction for edge in page.edges} <= {direction, "in", "out"}
        totals[direction] = page.total
    assert totals["in"] + totals["out"] == totals["both"]


@settings(max_examples=15)  # the shipped graph below has more
@given(worlds(), st.sampled_from(ACTORS), st.sampled_from(["en", "ru"]), st.integers(1, 9))
def test_a_page_put_together_as_json_says_what_its_values_say(
    world: World, entity: str, lang: str, limit: int
) -> None:
    page = index_of(world).lookup(Ask(entity, firmness=ALL, lang=lang, limit=limit))
    assert page.json == json.dumps(page.as_dict(), ensure_ascii=False, separators=(",", ":"))


def test_every_page_of_the_shipped_graph_is_the_same_as_json(shipped: Release) -> None:
    for entity in islice(shipped.neighbours, 0, None, 20):
        page = shipped.neighbours.lookup(Ask(entity, firmness=ALL))
        assert json.loads(page.json) == page.as_dict()


def test_firm_and_planned_edges_are_shown_and_others_on_request() -> None:
    index = index_of(World(tuple(Told(m, "x", "owns", m, m) for m in ("planned", "sought"))))
    assert [edge.firmness for edge in index.lookup(Ask("x")).edges] == ["planned"]
    wanted = Ask("x", firmness=frozenset({Firmness.SOUGHT}))
    assert [edge.firmness for edge in index.lookup(wanted).edges] == ["sought"]
    assert index.lookup(Ask("x", firmness=ALL)).total == 2


def test_each_edge_names_its_claims_with_report_wording_and_voice(shipped: Release) -> None:
    page = shipped.neighbours.lookup(Ask("somon-air-boeing-2025", limit=500))
    assert page.total == len(page.edges) > 5
    for edge in page.edges:
        assert edge.claims, edge
        for claim in edge.claims:
            assert all((claim.gloss, claim.modality, claim.attributed_to, claim.reports)), claim


def test_predicates_narrow_edges_and_counts(shipped: Release) -> None:
    predicate = iri("c5:hasBuyer")
    page = shipped.neighbours.lookup(Ask("somon-air", predicates=(predicate,)))
    assert {edge.predicate.iri for edge in page.edges} == {predicate}
    assert {count.predicate.iri for count in page.counts} == {predicate}


def test_a_loop_is_one_edge() -> None:
    page = index_of(World((Told("a", "x", "owns", "x"),))).lookup(Ask("x"))
    assert [edge.direction for edge in page.edges] == ["out"]


@pytest.mark.parametrize("name", ["x", "id:x", iri("id:x"), f"<{iri('id:x')}>"])
def test_an_entity_is_named_by_slug_curie_or_iri(name: str) -> None:
    assert index_of(World((Told("a", "x", "owns", "y"),))).resolve(name) == iri("id:x")


def test_an_entity_is_named_by_its_label(shipped: Release) -> None:
    assert shipped.neighbours.resolve("Somon Air") == iri("id:somon-air")


def test_an_unknown_entity_gets_suggestions(shipped: Release) -> None:
    with pytest.raises(UnknownEntity) as caught:
        shipped.neighbours.lookup(Ask("kazakstan"))
    assert "kazakhstan" in caught.value.remedy


@pytest.mark.parametrize("cursor", ["?", "AAAA", "WzFd", "bnVsbA", "e30"])
def test_a_cursor_of_another_kind_is_refused(cursor: str, shipped: Release) -> None:
    with pytest.raises(BadParameter):
        shipped.neighbours.lookup(Ask("kazakhstan", cursor=cursor))


def test_a_firmness_is_one_of_six_or_all() -> None:
    assert firmness_from(["all"]) == ALL
    assert firmness_from(["Sought", "firm"]) == {Firmness.SOUGHT, Firmness.FIRM}
    assert firmness_from([]) == {Firmness.FIRM, Firmness.PLANNED}
    with pytest.raises(BadParameter):
        firmness_from(["certain"])


def test_a_lens_changes_the_neighbours(shipped: Release) -> None:
    before = shipped.view_under(Lens(known_at=date(2025, 11, 5)))
    assert before.neighbours.lookup(Ask("somon-air-boeing-2025", firmness=ALL)).total == 0
    assert shipped.neighbours.lookup(Ask("somon-air-boeing-2025")).total > 0


def test_lenses_are_kept_and_the_least_recently_used_goes(shipped: Release) -> None:
    cache = Views(shipped, size=2)
    one, two, three = (Lens(min_origins=number) for number in (2, 3, 4))
    kept = cache.get(one)
    cache.get(two)
    assert cache.get(one) is kept
    cache.get(three)
    assert cache.get(one) is kept
    assert cache.get(DEFAULT) is shipped.view


def reached(index: NeighbourIndex, start: str, depth: int, which: Which) -> set[str]:
    """Facts of a deep look-up, by asking every thing on the way for its own edges."""
    found: set[str] = set()
    known, level = {iri(f"id:{start}")}, {iri(f"id:{start}")}
    for _ in range(depth):
        following: set[str] = set()
        for end in level:
            for _, other, fact in index.edges(end, which):
                found.add(fact.iri)
                if other.startswith("<"):
                    following.add(other[1:-1])
        level = following - known
        known |= level
    return found


@given(
    worlds(),
    st.sampled_from(ACTORS + AGREEMENTS),
    st.integers(1, 3),
    st.sampled_from(("in", "out", "both")),
    st.integers(1, 7),
)
def test_deep_pages_meet_every_edge_within_reach_once(
    world: World, start: str, depth: int, direction: Direction, limit: int
) -> None:
    index = index_of(world)
    ask = Ask(start, direction, firmness=ALL, depth=depth, limit=limit)
    met = [edge for page in pages(index, ask) for edge in page.edges]
    facts = [edge.fact for edge in met]
    assert len(facts) == len(set(facts)) == index.lookup(ask).total
    assert set(facts) == reached(index, start, depth, ask.which)
    assert {edge.distance for edge in met} <= set(range(1, depth + 1))


@given(worlds(), st.sampled_from(ACTORS))
def test_what_one_end_sees_outgoing_the_other_sees_incoming(world: World, start: str) -> None:
    index = index_of(world)
    for edge in index.lookup(Ask(start, "out", firmness=ALL, limit=1000)).edges:
        if edge.other.iri and edge.other.iri != edge.at.iri:
            back = index.lookup(Ask(edge.other.iri, "in", firmness=ALL, limit=1000)).edges
            assert (edge.fact, edge.at.iri) in {(each.fact, each.other.iri) for each in back}


def test_a_deep_look_up_stops_at_its_bound_and_says_so(shipped: Release) -> None:
    ask = Ask("kazakhstan", depth=3, firmness=ALL, limit=100_000, reach=100)
    page = shipped.neighbours.lookup(ask)
    assert page.truncated
    assert 100 <= page.total == len(page.edges)
    assert not shipped.neighbours.lookup(Ask("kazakhstan", depth=3, firmness=ALL)).truncated


def test_a_look_up_reads_no_more_edges_than_its_answer_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    star = [
        Fact(
            f"urn:{n}",
            NamedNode(iri("id:x")),
            NamedNode("urn:p"),
            NamedNode(f"urn:{n:05}"),
            Firmness.FIRM,
            (),
        )
        for n in range(20_000)
    ]
    kept = Index([label("id:x", "x", "en")])
    index = NeighbourIndex(star, Teller(kept, Labels(kept), Names(kept)))
    read = 0
    edges = index.edges

    def counting(*asked: Any) -> Iterator[Any]:
        nonlocal read
        for each in edges(*asked):
            read += 1
            yield each

    monkeypatch.setattr(index, "edges", counting)
    first = index.lookup(Ask("x", limit=10))
    index.lookup(Ask("x", limit=10, cursor=first.next_cursor))
    assert first.total == 20_000
    assert read <= 2 * 11


def test_no_fact_is_two_edges(shipped: Release) -> None:
    page = shipped.neighbours.lookup(Ask("tajikistan", firmness=ALL, depth=3, limit=100_000))
    facts = [edge.fact for edge in page.edges]
    assert len(facts) == len(set(facts))


def test_a_page_makes_a_network_of_its_edges(shipped: Release) -> None:
    page = Graph(shipped).neighbours("somon-air", depth=2)
    made = page.to_networkx()
    assert made.number_of_edges() == page.total == len(page.edges)
    assert made.nodes[iri("id:somon-air")]["label"] == "Somon Air"
    found = Graph(shipped).paths("somon-air", "boeing", k=2, lens=Lens(min_origins=1))
    assert found.to_networkx().number_of_edges() == len(found.edges)
