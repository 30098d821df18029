"""Each projection on a small world, and all of them on what they promise."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from c5graph.analytics import network
from c5graph.analytics.network import NetworkCache
from c5graph.analytics.projections import Projection, Projections, rows_of
from c5graph.errors import BadHeader, UnknownQuery
from c5graph.graph.lens import DEFAULT, EVERY_MODALITY, Lens
from c5graph.graph.release import Release
from c5graph.namespaces import C5
from c5graph.store.rdf import load_store
from tests.analytics.projecting import (
    EVERY,
    WORLDS,
    mineral_flows,
    told,
)
from tests.analytics.world import PROJECTIONS, edges, networks_of

WORLDS["mineral-flows"] = mineral_flows


def test_every_projection_has_a_world() -> None:
    assert set(WORLDS) == set(PROJECTIONS.all)


@pytest.mark.parametrize("name", WORLDS)
def test_a_projection_yields_what_its_world_says(name: str) -> None:
    WORLDS[name]()


def test_a_lens_decides_which_edges_there_are() -> None:
    claims = [
        told("x", "hasDependency", "y", report="r1"),
        told("x", "hasDependency", "z", report="r3"),
    ]
    early = networks_of(claims, lens=Lens(known_at=date(2025, 3, 1)))
    assert edges(early, "dependence") == {("x", "y", 1, "firm")}
    assert len(edges(networks_of(claims), "dependence")) == 2


def test_nothing_leads_from_a_thing_to_itself() -> None:
    assert edges(networks_of([told("x", "hasDependency", "x")]), "dependence") == set()


@pytest.mark.parametrize("projection", [*PROJECTIONS], ids=lambda each: each.name)
def test_a_projection_is_described_and_small(projection: Projection) -> None:
    assert projection.question.endswith("?")
    assert projection.description.endswith(".")
    lines = projection.text.splitlines()
    assert len(lines) <= 60
    assert "FILTER NOT EXISTS" not in projection.text


@pytest.mark.parametrize("projection", [*PROJECTIONS], ids=lambda each: each.name)
def test_a_projection_uses_terms_of_the_ontology_and_derived_facts_only(
    projection: Projection, shipped: Release
) -> None:
    used = set(re.findall(r"\bc5:(\w+)", projection.text))
    assert [name for name in used if C5 + name not in shipped.index] == []
    assert not used & {"gloss", "evidence", "modality", "support", "needs"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "lens", [DEFAULT, Lens(known_at=date(2025, 11, 8))], ids=["default", "known"]
)
def test_a_projection_gives_over_sparql_what_analytics_read(shipped: Release, lens: Lens) -> None:
    store = shipped.store if lens == DEFAULT else load_store(shipped.quads_under(lens))
    networks = NetworkCache(shipped).of(shipped.view_under(lens))
    for projection in networks.projections:
        assert set(networks.rows(projection)) == set(rows_of(projection, store)), projection.name


def test_rows_are_in_an_order_that_the_engine_does_not_decide(shipped: Release) -> None:
    networks = NetworkCache(shipped).of(shipped.view)
    for projection in networks.projections:
        rows = networks.rows(projection)
        assert list(rows) == sorted(rows, key=lambda row: (*row[:2], row.through or "", row.facts))


def test_another_lens_asks_the_engine_nothing_more(
    shipped: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = NetworkCache(shipped)
    deals = cache.projections.get("deals")
    usual = cache.of(shipped.view).rows(deals)
    monkeypatch.setattr(network, "rows_of", None)
    early = cache.of(shipped.view_under(Lens(known_at=date(2025, 11, 8)))).rows(deals)
    assert 0 < len(early) < len(usual)


def test_every_edge_opens_to_claims_of_its_firmness(shipped: Release) -> None:
    networks = NetworkCache(shipped).of(shipped.view)
    for projection in networks.projections:
        found = networks.get(projection.name, EVERY)
        assert found.ties, projection.name
        for tie in found.ties:
            assert tie.weight >= 1
            assert set(found.claims(tie)) <= shipped.record.claims.keys()
            assert found.claims(tie)


def test_under_every_modality_nothing_is_lost(shipped: Release) -> None:
    wide = NetworkCache(shipped).of(shipped.view_under(Lens(modality=EVERY_MODALITY)))
    usual = NetworkCache(shipped).of(shipped.view)
    for projection in usual.projections:
        assert len(wide.rows(projection)) >= len(usual.rows(projection))


def test_a_network_says_where_it_comes_from_as_networkx_too(shipped: Release) -> None:
    found = NetworkCache(shipped).of(shipped.view).get("dependence", EVERY)
    graph = found.to_networkx()
    assert graph.is_directed()
    assert graph.graph["projection"] == "dependence"
    assert graph.graph["version"] == shipped.version
    assert graph.graph["lens"] == "default"
    assert len(graph.edges) == len(found.ties)
    assert all(data["claims"] for _, _, data in graph.edges(data=True))
    assert all(data["label"] for _, data in graph.nodes(data=True))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("# direction: sideways\n# weight: facts\n", "direction: sideways"),
        ("# direction: directed\n# weight: money\n", "weight: money"),
        ("# direction: directed\n", "0 lines `# weight:`"),
    ],
)
def test_a_wrong_header_is_told(tmp_path: Path, header: str, message: str) -> None:
    head = "# question: Who?\n# description: All.\n# tags: a\n"
    (tmp_path / "x.rq").write_text(head + header + "SELECT * WHERE {}")
    with pytest.raises(BadHeader, match=message):
        Projections(tmp_path).get("x")


def test_an_unknown_projection_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownQuery) as caught:
        PROJECTIONS.get("nothing")
    assert "dependence" in caught.value.remedy
