"""Each measure on random networks against networkx, or against what its definition says."""

from __future__ import annotations

from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from c5graph.analytics.brokers import ROLES, role
from c5graph.analytics.communities import adjusted_rand, modularity
from c5graph.analytics.skeleton import Skeleton
from tests.analytics.hand import by_node, computed, skeletons


@given(skeletons())
def test_degree(skeleton: Skeleton) -> None:
    graph, found = skeleton.networkx, computed("degree", skeleton)
    assert by_node(found, "degree") == dict(graph.degree())
    assert by_node(found, "strength") == dict(graph.degree(weight="weight"))
    plain = skeleton.without_direction().networkx
    assert by_node(found, "centrality") == pytest.approx(nx.degree_centrality(plain))


@given(skeletons())
def test_betweenness(skeleton: Skeleton) -> None:
    found = by_node(computed("betweenness", skeleton), "score")
    assert found == pytest.approx(nx.betweenness_centrality(skeleton.networkx))


@given(skeletons())
def test_pagerank(skeleton: Skeleton) -> None:
    found = by_node(computed("pagerank", skeleton, damping=0.85), "score")
    expected = nx.pagerank(skeleton.networkx, tol=1e-12, max_iter=1000)
    assert found == pytest.approx(expected, abs=1e-7)


@given(skeletons(directed=False))
def test_eigenvector_centrality(skeleton: Skeleton) -> None:
    graph = skeleton.networkx
    assume(len(graph) > 2 and nx.is_connected(graph))
    found = by_node(computed("eigenvector", skeleton), "score")
    expected = nx.eigenvector_centrality_numpy(graph, weight="weight")
    assert found == pytest.approx(expected, abs=1e-5)


@given(skeletons())
def test_components(skeleton: Skeleton) -> None:
    graph, found = skeleton.networkx, computed("components", skeleton)
    parts = by_node(found, "component")
    for one, other in combinations(skeleton.nodes, 2):
        joined = nx.has_path(nx.Graph(graph), one, other)
        assert (parts[one] == parts[other]) == joined
    if skeleton.directed:
        count = nx.number_strongly_connected_components(graph)
        assert found.summary["strong_components"] == count


@given(skeletons())
def test_cut_nodes_and_bridges(skeleton: Skeleton) -> None:
    graph = nx.Graph(skeleton.networkx)
    found = computed("bridges", skeleton)
    nodes = {row["node"] for row in found.rows if row["kind"] == "node"}
    edges = {(row["node"], row["other"]) for row in found.rows if row["kind"] == "edge"}
    assert nodes == set(nx.articulation_points(graph))
    assert edges == {tuple(sorted(pair)) for pair in nx.bridges(graph)}
    for row in found.rows:
        less = graph.copy()
        less.remove_nodes_from([row["node"]] if row["kind"] == "node" else [])
        less.remove_edges_from([(row["node"], row["other"])] if row["other"] else [])
        rest = nx.node_connected_component(graph, row["node"]) & set(less)
        pieces = list(nx.connected_components(less.subgraph(rest)))
        assert row["pieces"] == len(pieces)
        assert row["cuts_off"] == len(rest) - max(map(len, pieces))


@given(skeletons(most=8), st.data())
def test_brokers_between_two_sets(skeleton: Skeleton, data: st.DataObject) -> None:
    names = st.sampled_from(skeleton.nodes)
    sources = data.draw(st.lists(names, min_size=1, unique=True))
    targets = data.draw(st.lists(names, min_size=1, unique=True))
    along = data.draw(st.booleans())
    found = computed("brokers", skeleton, sources=sources, targets=targets, along=along)
    graph = skeleton.networkx if along else nx.Graph(skeleton.networkx)
    score = dict.fromkeys(skeleton.nodes, 0.0)
    pairs = 0
    for source, target in ((s, t) for s in sources for t in targets if s != t):
        if not nx.has_path(graph, source, target):
            continue
        pairs += 1
        ways = list(nx.all_shortest_paths(graph, source, target))
        for way in ways:
            for node in way[1:-1]:
                score[node] += 1 / len(ways)
    assert found.summary["pairs"] == pairs
    expected = {node: value / pairs if pairs else 0.0 for node, value in score.items()}
    assert by_node(found, "between") == pytest.approx(expected)


@given(skeletons(most=8), st.data())
def test_roles(skeleton: Skeleton, data: st.DataObject) -> None:
    homes = {name: data.draw(st.sampled_from("xyz")) for name in skeleton.nodes}
    found = {
        row["node"]: row for row in computed("brokers", skeleton, groups=homes, along=True).rows
    }
    graph = skeleton.both_ways().networkx
    for broker in skeleton.nodes:
        counts = dict.fromkeys(ROLES, 0)
        for one, other in permutations(set(skeleton.nodes) - {broker}, 2):
            through = graph.has_edge(one, broker) and graph.has_edge(broker, other)
            if through and not graph.has_edge(one, other):
                counts[role(homes[one], homes[broker], homes[other])] += 1
        assert {name: found[broker][name] for name in ROLES} == counts


@given(skeletons(most=6), st.data())
def test_routes(skeleton: Skeleton, data: st.DataObject) -> None:
    start, end = data.draw(st.permutations(skeleton.nodes))[:2]
    ends = {"from": start, "to": end}
    found = computed("routes", skeleton, **ends, k=1000, longest=20)
    graph = nx.Graph(skeleton.networkx)
    ways = sorted(nx.all_simple_paths(graph, start, end))
    assert sorted(row["nodes"] for row in found.rows) == ways
    lengths = [row["steps"] for row in found.rows]
    assert lengths == sorted(lengths)


@given(skeletons(directed=False))
def test_similarity(skeleton: Skeleton) -> None:
    graph = skeleton.networkx
    found = computed("similarity", skeleton, of=skeleton.nodes)
    for row in found.rows:
        pair = (row["node"], row["other"])
        if row["jaccard"] is not None and not graph.has_edge(*pair):
            ((*_, expected),) = nx.jaccard_coefficient(graph, [pair])
            assert row["jaccard"] == pytest.approx(expected)


@given(skeletons(directed=False), st.data())
def test_modularity(skeleton: Skeleton, data: st.DataObject) -> None:
    assume(skeleton.edges)
    groups = [data.draw(st.integers(0, 3)) for _ in skeleton.nodes]
    parts = [
        {name for name, group in zip(skeleton.nodes, groups, strict=True) if group == each}
        for each in set(groups)
    ]
    expected = nx.community.modularity(skeleton.networkx, parts, resolution=1.3)
    assert modularity(skeleton, groups, 1.3) == pytest.approx(expected)


@given(skeletons())
@settings(max_examples=30)
def test_communities_are_no_worse_than_those_of_louvain_and_come_again(skeleton: Skeleton) -> None:
    assume(skeleton.edges)
    found = computed("communities", skeleton, seeds=3)
    plain = skeleton.without_direction().networkx
    louvain = nx.community.louvain_communities(plain, seed=1)
    assert found.summary["modularity"] >= nx.community.modularity(plain, louvain) - 0.05
    assert computed("communities", skeleton, seeds=3) == found


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_the_adjusted_rand_index_is_what_counting_pairs_gives(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    both = first = second = 0
    for i, j in combinations(range(len(pairs)), 2):
        both += one[i] == one[j] and other[i] == other[j]
        first += one[i] == one[j]
        second += other[i] == other[j]
    every = len(pairs) * (len(pairs) - 1) / 2
    expected, most = first * second / every, (first + second) / 2
    assume(most != expected)
    assert adjusted_rand(one, other) == pytest.approx((both - expected) / (most - expected))
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand(other, one))
