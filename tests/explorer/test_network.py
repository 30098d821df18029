"""The graph view's network: what is seen follows from its things and filters alone."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.dated import overlaps
from c5graph.errors import BadParameter
from c5graph.graph.claims import Firmness
from c5graph.graph.release import Release
from c5graph.graph.times import Bounds
from c5graph.induced import MOST, NetworkAsk, Networks
from c5graph.lookup import Which
from c5graph.namespaces import C5, ID
from c5graph.networks import CSV, GRAPHML, JSONLD, written

EVERY = Which(firmness=frozenset(Firmness))
SEVEN: tuple[str, ...] = (
    "kazakhstan",
    "united-states",
    "boeing",
    "tajikistan",
    "somon-air",
    "nvidia",
)
SEVEN += ("somon-air-boeing-2025",)


def networks(release: Release) -> Networks:
    return Networks(release.view)


@given(st.data())
def test_edges_are_those_of_neighbours_between_chosen_things(
    shipped: Release, data: st.DataObject
) -> None:
    names = sorted(shipped.record.undertakings)[:40] + [ID + name for name in SEVEN]
    chosen = data.draw(st.lists(st.sampled_from(names), max_size=12, unique=True))
    found = networks(shipped).of(NetworkAsk(tuple(chosen), EVERY))
    assert {str(node.named.iri) for node in found.nodes} == set(chosen)
    for edge in found.edges:
        assert {edge.at.iri, edge.other.iri} <= set(chosen)
    told = {edge.source for edge in found.edges}
    for iri in chosen:
        for _, other, fact in shipped.neighbours.edges(iri, Which("out", (), EVERY.firmness)):
            if other[1:-1] in chosen and fact not in told:
                wider = {
                    f.predicate.value
                    for f in told
                    if (f.subject, f.object) == (fact.subject, fact.object)
                }
                assert wider, "only a fact that a narrower one says better is left out"


def test_a_role_is_shown_instead_of_a_bare_party(shipped: Release) -> None:
    found = networks(shipped).of(NetworkAsk(("somon-air-boeing-2025", "boeing"), EVERY))
    predicates = {edge.predicate.iri for edge in found.edges}
    assert C5 + "hasSeller" in predicates
    assert C5 + "hasParty" not in predicates


def test_filters_narrow_and_say_what_they_left_out(shipped: Release) -> None:
    states = Which(types=(C5 + "State",))
    found = networks(shipped).of(NetworkAsk(SEVEN, states))
    assert {node.group for node in found.nodes} == {"state"}
    assert len(found.nodes) + len(found.filtered) == len(SEVEN)
    aviation = ("https://w3id.org/c5graph/vocab/sector-aviation",)
    kept = networks(shipped).of(NetworkAsk(SEVEN, EVERY, sectors=aviation))
    assert len(kept.nodes) == len(SEVEN), "things without a sector are not chosen by it"
    mining = ("https://w3id.org/c5graph/vocab/sector-mining",)
    other = networks(shipped).of(NetworkAsk(SEVEN, EVERY, sectors=mining))
    assert ID + "somon-air-boeing-2025" in {node.named.iri for node in other.filtered}
    assert all(node.sectors for node in other.filtered)


def test_an_unknown_name_is_told_and_the_rest_is_shown(shipped: Release) -> None:
    found = networks(shipped).of(NetworkAsk(("kazakhstan", "atlantis"), EVERY))
    assert found.unknown == ("atlantis",)
    assert len(found.nodes) == 1


def test_too_many_things_are_refused(shipped: Release) -> None:
    with pytest.raises(BadParameter, match="more than one view holds"):
        networks(shipped).of(NetworkAsk(tuple(map(str, range(MOST + 1))), EVERY))


def test_files_have_exactly_what_is_seen(shipped: Release) -> None:
    found = networks(shipped).of(NetworkAsk((*SEVEN, "antimony"), Which()))
    teller, nodes = shipped.neighbours.teller, [node.named for node in found.nodes]
    graphml = nx.parse_graphml(
        written(found.edges, GRAPHML, teller, "en", nodes).decode(), force_multigraph=True
    )
    assert graphml.number_of_nodes() == len(found.nodes), "a thing without an edge is there too"
    assert graphml.number_of_edges() == len(found.edges)
    rows = list(csv.DictReader(io.StringIO(written(found.edges, CSV, teller, "en").decode())))
    assert len(rows) == len(found.edges)
    json.loads(written(found.edges, JSONLD, teller, "en"))
    ElementTree.fromstring(written(found.edges, GRAPHML, teller, "en", nodes))


def test_a_time_keeps_what_may_have_come_about_in_it_and_what_has_no_date(shipped: Release) -> None:
    asked = ("somon-air-boeing-2025", "kazakhstan", "c5-plus-1-summit-2025")
    early = NetworkAsk(asked, EVERY, until=date(2024, 12, 31))
    found = networks(shipped).of(early)
    assert [node.named.iri for node in found.nodes] == [ID + "kazakhstan"]
    assert len(found.filtered) == 2
    late = NetworkAsk(asked, EVERY, since=date(2025, 11, 1), until=date(2025, 11, 30))
    assert len(networks(shipped).of(late).nodes) == 3


@pytest.mark.parametrize(
    ("since", "until", "within"),
    [
        (None, None, True),
        (date(2025, 11, 6), date(2025, 11, 6), True),
        (date(2025, 11, 30), None, True),
        (date(2025, 12, 1), None, False),
        (None, date(2025, 10, 31), False),
    ],
)
def test_a_month_lies_in_a_time_that_has_one_of_its_days(
    since: date | None, until: date | None, within: bool
) -> None:
    november = Bounds(date(2025, 11, 1), date(2025, 11, 30))
    assert overlaps(november, since, until) == within


def test_a_hidden_relation_is_in_no_view_and_no_file(shipped: Release) -> None:
    whole = networks(shipped).of(NetworkAsk(SEVEN, EVERY))
    fact = whole.edges[0].source
    hidden = frozenset({fact.iri.rpartition("/")[2]})
    found = networks(shipped).of(NetworkAsk(SEVEN, EVERY, hidden=hidden))
    assert len(found.edges) == len(whole.edges) - 1
    assert fact not in {edge.source for edge in found.edges}
    assert len(found.nodes) == len(whole.nodes)
