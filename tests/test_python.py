"""The graph in Python: its calls, the tables and networks of their answers, and a service's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from c5graph import Graph
from c5graph.analytics.measures import MEASURES
from c5graph.calls import GraphCalls
from c5graph.client import RemoteGraph
from c5graph.errors import BadParameter, MissingInput, QuerySyntax, UnknownEntity, UnknownQuery
from c5graph.graph.claims import Firmness
from c5graph.graph.lens import EVERY_MODALITY, Lens
from c5graph.graph.release import Release
from c5graph.lookup import Which
from tests.service.conftest import running

EARLY = Lens(known_at=date(2025, 11, 8))
COUNT = "SELECT ?firmness (COUNT(*) AS ?n) { ?fact c5:firmness ?firmness } GROUP BY ?firmness"
_TYPED = "SELECT (COUNT(*) AS ?n) ('x' AS ?text) (MIN(?x) AS ?none) { ?s a c5:State }"
NEEDED: dict[str, dict[str, Any]] = {
    "routes": {"from": "kazakhstan", "to": "boeing"},
    "change": {"against": EARLY},
    "brokers": {"sources": ["Company@united-states", "boeing"]},
}


@pytest.fixture(scope="module")
def graph(shipped: Release) -> Graph:
    return Graph(shipped)


@pytest.fixture(scope="module")
def remote() -> Iterator[RemoteGraph]:
    script = str(Path(__file__).parent / "service" / "shipped_server.py")
    with running([script]) as server, Graph.connect(server.url) as found:
        yield found


# In this process


def test_a_query_gives_rows_with_numbers_as_numbers(graph: Graph) -> None:
    rows = graph.query(_TYPED)
    assert rows.columns == ("n", "text", "none")
    assert rows[0]["n"] >= 5
    assert rows[0]["text"] == "x"
    assert rows[0]["none"] is None
    assert "<td>x</td>" in rows._repr_html_()


def test_rows_become_a_data_frame(graph: Graph) -> None:
    found = graph.query("who-depends-on-whom-for-what").to_pandas()
    assert len(found) == len(graph.query("who-depends-on-whom-for-what"))
    assert list(found.columns)[:2] == ["dependent", "dependentLabel"]


def test_a_saved_query_takes_values_and_a_lens(graph: Graph) -> None:
    usual = graph.query("what-does-a-state-seek", state="tajikistan")
    assert len(usual) > len(graph.query("what-does-a-state-seek", state="tajikistan", lens=EARLY))


def test_a_saved_query_takes_names_and_says_what_an_unclear_one_could_mean(graph: Graph) -> None:
    insist_on_names(graph)


def insist_on_names(graph: GraphCalls) -> None:
    """A saved query takes a slug and an alias alike, and refuses what is no name of one thing."""
    slug, alias = (
        graph.query("what-does-a-voice-say", voice=name)
        for name in ("us-department-of-state", "U.S. State Department")
    )
    assert slug == alias
    assert slug
    with pytest.raises(UnknownEntity, match="Boing") as unknown:
        graph.query("what-does-a-voice-say", voice="Boing")
    assert "boeing" in unknown.value.remedy
    with pytest.raises(UnknownEntity, match="Several") as several:
        graph.query("what-does-a-voice-say", voice="Fight against terrorism")
    assert several.value.remedy.count("id:") > 1


def test_without_pandas_a_table_says_what_to_install(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingInput) as caught:
        graph.claims("boeing").to_pandas()
    assert "c5graph[pandas]" in caught.value.remedy


def test_claims_tell_gloss_wording_voices_and_reports(graph: Graph) -> None:
    every, some = graph.claims(), graph.claims("somon-air-boeing-2025")
    assert len(every) == len({row["claim"] for row in every})
    assert len(every) == len(graph.release.record.claims)
    assert 0 < len(some) < len(every)
    for row in some:
        assert row["gloss"]
        assert row["modality"].startswith("https://")
        assert row["reports"]
        assert row["attributedTo"]
    assert len(graph.claims(lens=EARLY)) < len(every)


def test_the_desk_answers_in_python(graph: Graph) -> None:
    ledger = graph.ledger(state="tajikistan")
    assert ledger.total == len(ledger.data["agreements"]) == len(ledger.rows)
    assert graph.ledger(by="state").data["groups"]
    assert graph.disputes().total == len(graph.disputes().data["disputes"])
    assert not ledger.to_pandas().empty
    assert "<table>" in ledger._repr_html_()


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_a_table_that_names_its_network(graph: Graph, name: str) -> None:
    found = graph.analyse(name, **NEEDED.get(name, {}))
    frame = found.to_pandas()
    assert len(frame) == found.total
    assert frame.attrs["network"]["name"] == "deals"
    assert frame.attrs["version"] == graph.version
    assert found.caption.startswith(MEASURES[name].title)
    assert found.measure.title in found._repr_html_()


def test_progress_is_told(graph: Graph) -> None:
    told: list[tuple[str, float | None]] = []
    graph.analyse("communities", seeds=4, progress=lambda stage, done: told.append((stage, done)))
    assert told == [("finding communities", n / 4) for n in range(4)]


def test_exposure_is_a_table_whose_claims_have_glosses(graph: Graph) -> None:
    found = graph.exposure("tajikistan", powers=["russia", "united-states"])
    assert {row["partner"] for row in found.rows} >= {"Russia", "United States", None}
    claims = {claim for row in found.rows for claim in row["claims"].split()}
    assert all(found.gloss(claim) for claim in claims)
    assert "low" in found._repr_html_()


def test_a_network_becomes_a_networkx_graph_and_a_table(graph: Graph) -> None:
    found = graph.network("dependence", firmness="all")
    made = found.to_networkx()
    assert made.is_directed()
    assert len(made.edges) == len(found.edges) == len(found.to_pandas())
    assert made.graph["projection"] == "dependence"
    assert len(made) == found.head["nodes"]


def test_everything_shows_itself_in_a_notebook(graph: Graph) -> None:
    shown = (
        graph,
        graph.neighbours("somon-air"),
        graph.paths("kazakhstan", "boeing"),
        graph.network("deals"),
    )
    for each in shown:
        assert each._repr_html_().startswith("<")
    assert "<script" not in graph.query("SELECT ('<script>' AS ?x) {}")._repr_html_()


@pytest.mark.parametrize("name", ["knownAt", "known_at", "colour", "limit"])
def test_a_filter_that_a_question_does_not_have_is_refused(graph: Graph, name: str) -> None:
    with pytest.raises(BadParameter, match=f"no filter '{name}'") as caught:
        graph.ask("ledger", lens=None, **{name: "2025-11-07"})
    assert "lens=" in caught.value.remedy


def test_what_is_wrong_is_raised(graph: Graph) -> None:
    with pytest.raises(UnknownEntity):
        graph.neighbours("nobody")
    with pytest.raises(UnknownQuery):
        graph.analyse("nothing")
    with pytest.raises(UnknownQuery):
        graph.network("nothing")
    with pytest.raises(BadParameter):
        graph.ask("nothing")
    with pytest.raises(BadParameter, match="no rows"):
        graph.query("ASK { ?s ?p ?o }")
    with pytest.raises(QuerySyntax, match="cannot be read"):
        graph.query("SELECT {")


# The same calls against a service


@pytest.mark.slow
@pytest.mark.parametrize("lens", [None, EARLY], ids=["default", "early"])
def test_queries_and_claims_are_the_same_from_a_service(
    graph: Graph, remote: RemoteGraph, lens: Lens | None
) -> None:
    assert remote.version == graph.version
    for query in (COUNT, "who-buys-from-whom"):
        mine, theirs = graph.query(query, lens=lens), remote.query(query, lens=lens)
        assert mine.columns == theirs.columns
        assert sorted(map(str, mine)) == sorted(map(str, theirs))
    assert graph.claims("boeing", lens=lens) == remote.claims("boeing", lens=lens)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("kazakhstan", {}),
        ("kazakhstan", {"lens": EARLY, "direction": "in"}),
        ("somon-air", {"depth": 3, "entities_only": True}),
        ("somon-air", {"firmness": EVERY_MODALITY, "limit": 7}),
    ],
)
def test_neighbours_are_the_same_from_a_service(
    graph: Graph, remote: RemoteGraph, name: str, options: dict[str, Any]
) -> None:
    mine, theirs = graph.neighbours(name, **options), remote.neighbours(name, **options)
    assert mine.as_dict()["edges"] == theirs.as_dict()["edges"]
    assert mine.total == theirs.total
    same_networks(mine.to_networkx(), theirs.to_networkx())


@pytest.mark.slow
def test_paths_are_the_same_from_a_service(graph: Graph, remote: RemoteGraph) -> None:
    which = Which(firmness=frozenset({Firmness.FIRM, Firmness.PLANNED, Firmness.SOUGHT}))
    for options in ({}, {"k": 3, "longest": 4}, {"which": which}):
        mine = graph.paths("kazakhstan", "boeing", **options)
        theirs = remote.paths("kazakhstan", "boeing", **options)
        assert mine.as_dict() == theirs.as_dict()
        same_networks(mine.to_networkx(), theirs.to_networkx())


def same_networks(mine: Any, theirs: Any) -> None:
    assert dict(mine.nodes(data=True)) == dict(theirs.nodes(data=True))
    edges = {key: data for *_, key, data in mine.edges(keys=True, data=True)}
    assert edges == {key: data for *_, key, data in theirs.edges(keys=True, data=True)}


@pytest.mark.slow
@pytest.mark.parametrize("name", MEASURES)
def test_analyses_are_the_same_from_a_service(graph: Graph, remote: RemoteGraph, name: str) -> None:
    options = NEEDED.get(name, {})
    for lens in (None, EARLY) if name == "degree" else (None,):
        mine = graph.analyse(name, lens=lens, **options)
        assert mine.as_dict() == remote.analyse(name, lens=lens, **options).as_dict()


@pytest.mark.slow
def test_networks_exposure_and_desk_are_the_same_from_a_service(
    graph: Graph, remote: RemoteGraph
) -> None:
    calls: tuple[GraphCalls, GraphCalls] = (graph, remote)
    for lens in (None, EARLY):
        mine, theirs = (each.network("deals", lens=lens).data for each in calls)
        assert mine == theirs
        mine, theirs = (
            each.exposure("tajikistan", without="russia", lens=lens).data for each in calls
        )
        assert mine == theirs
        for name in ("ledger", "disputes"):
            ours, served = (each.ask(name, lens=lens) for each in calls)
            assert ours.data == served.data
            assert ours.rows == served.rows


@pytest.mark.slow
def test_what_is_wrong_is_raised_from_a_service_as_here(remote: RemoteGraph) -> None:
    with pytest.raises(UnknownEntity, match="nobody"):
        remote.neighbours("nobody")
    insist_on_names(remote)
    with pytest.raises(UnknownQuery):
        remote.network("nothing")
    with pytest.raises(BadParameter, match="damping"):
        remote.analyse("pagerank", damping=3)
    nowhere = Graph.connect("http://127.0.0.1:1")
    with nowhere, pytest.raises(MissingInput, match="does not answer"):
        nowhere.neighbours("kazakhstan")
