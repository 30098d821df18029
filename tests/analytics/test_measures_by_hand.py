"""Each measure against a network of eight nodes that was worked out on paper."""

from __future__ import annotations

from fractions import Fraction

import pytest

from c5graph.analytics.brokers import role
from c5graph.analytics.communities import adjusted_rand, modularity, stability
from c5graph.analytics.measures import MEASURES
from c5graph.analytics.skeleton import Skeleton
from c5graph.errors import BadParameter
from tests.analytics.hand import by_node, computed, kite

WORKED_OUT = {
    "degree",
    "betweenness",
    "eigenvector",
    "pagerank",
    "communities",
    "components",
    "bridges",
    "brokers",
    "routes",
    "similarity",
}


def test_every_measure_of_one_network_is_worked_out_here() -> None:
    assert {name for name, each in MEASURES.items() if each.compute} == WORKED_OUT


@pytest.mark.parametrize("measure", sorted(WORKED_OUT - {"routes"}))
@pytest.mark.parametrize("directed", [True, False])
def test_a_network_that_a_lens_has_emptied_has_no_rows(measure: str, *, directed: bool) -> None:
    assert computed(measure, Skeleton(directed, (), ())).rows == []


def test_degree_counts_edges_weights_and_neighbours() -> None:
    found = computed("degree", kite())
    assert by_node(found, "degree") == {
        "a": 2,
        "b": 2,
        "c": 3,
        "d": 3,
        "e": 2,
        "f": 2,
        "g": 1,
        "h": 1,
    }
    assert by_node(found, "strength") == {
        "a": 3,
        "b": 2,
        "c": 4,
        "d": 5,
        "e": 4,
        "f": 2,
        "g": 2,
        "h": 2,
    }
    assert by_node(found, "centrality")["c"] == pytest.approx(3 / 7)
    assert [row["node"] for row in found.rows[:2]] == ["d", "c"]


def test_degree_tells_both_directions_where_there_are_any() -> None:
    found = computed("degree", kite(directed=True))
    assert by_node(found, "out") == {"a": 2, "b": 1, "c": 1, "d": 2, "e": 1, "f": 0, "g": 1, "h": 0}
    assert by_node(found, "in") == {"a": 0, "b": 1, "c": 2, "d": 1, "e": 1, "f": 2, "g": 0, "h": 1}
    assert set(by_node(computed("degree", kite()), "in").values()) == {None}


def test_betweenness_counts_the_pairs_that_a_node_lies_between() -> None:
    # c lies between {a, b} and {d, e, f}: 6 pairs of the 7 * 6 / 2 that others can form.
    found = by_node(computed("betweenness", kite()), "score")
    assert found["c"] == pytest.approx(6 / 21)
    assert found["d"] == pytest.approx(6 / 21)
    assert {name for name, score in found.items() if score} == {"c", "d"}


def test_eigenvector_centrality_of_a_star_is_one_over_root_two_at_its_middle() -> None:
    star = Skeleton.of((("m", leaf, 1.0) for leaf in "abcd"), directed=False)
    found = by_node(computed("eigenvector", star), "score")
    assert found["m"] == pytest.approx(2**-0.5, abs=1e-6)
    assert found["a"] == pytest.approx((1 / 8) ** 0.5, abs=1e-6)


def test_pagerank_of_a_pair_that_points_one_way() -> None:
    # p(h) = (1 - d)/2 + d (p(g) + p(h)/2) and p(g) = (1 - d)/2 + d p(h)/2, with d = 1/2:
    # p(g) = 1/4 + p(h)/4 and p(g) + p(h) = 1 give p(h) = 3/5.
    pair = Skeleton.of([("g", "h", 2.0)], directed=True)
    found = by_node(computed("pagerank", pair, damping=0.5), "score")
    assert found == pytest.approx({"g": 2 / 5, "h": 3 / 5})


def test_pagerank_follows_the_heavier_edge_more_often() -> None:
    fork = Skeleton.of([("a", "b", 3.0), ("a", "c", 1.0)], directed=True)
    found = by_node(computed("pagerank", fork, damping=0.5), "score")
    # The rank of a is split 3 : 1; what b and c get besides is the same.
    base = found["a"]
    assert found["b"] - base == pytest.approx(0.5 * base * 3 / 4)
    assert found["c"] - base == pytest.approx(0.5 * base / 4)


def test_communities_are_the_two_triangles_and_the_pair() -> None:
    found = computed("communities", kite(), seeds=5)
    groups = by_node(found, "community")
    assert [sorted(n for n in groups if groups[n] == g) for g in (1, 2, 3)] == [
        ["a", "b", "c"],
        ["d", "e", "f"],
        ["g", "h"],
    ]
    assert found.summary["communities"] == 3
    assert found.summary["stability"] == 1.0


def test_modularity_is_weight_inside_less_what_chance_puts_there() -> None:
    # W = 12; inside 4 + 5 + 2; strengths 9, 11, 4 of 24.
    expected = Fraction(11, 12) - (
        Fraction(9, 24) ** 2 + Fraction(11, 24) ** 2 + Fraction(4, 24) ** 2
    )
    assert modularity(kite(), [0, 0, 0, 1, 1, 1, 2, 2]) == pytest.approx(float(expected))
    assert modularity(Skeleton(False, ("a",), ()), [0]) is None


def test_adjusted_rand_index_by_hand() -> None:
    # Pairs together in both: 1 ({0, 1}); in the first 2, in the second 2, of 6; expected 2/3.
    assert adjusted_rand([0, 0, 1, 1], [0, 0, 1, 2]) == pytest.approx((1 - 1 / 3) / (1.5 - 1 / 3))
    assert adjusted_rand([0, 1, 2], [5, 3, 4]) == 1.0
    assert adjusted_rand([0], [1]) == 1.0
    assert stability([[0, 0]]) is None
    assert stability([[0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 1]]) == pytest.approx(
        (1 - 0.5 - 0.5) / 3
    )


def test_components_are_numbered_from_the_largest() -> None:
    found = computed("components", kite())
    assert by_node(found, "component") == {
        "a": 1,
        "b": 1,
        "c": 1,
        "d": 1,
        "e": 1,
        "f": 1,
        "g": 2,
        "h": 2,
    }
    assert found.summary == {"components": 2, "largest_share": 0.75}


def test_strong_components_need_a_way_back() -> None:
    ring = Skeleton.of([("a", "b", 1), ("b", "a", 1), ("b", "c", 1)], directed=True)
    found = by_node(computed("components", ring), "strong_component")
    assert found["a"] == found["b"] != found["c"]


def test_cut_nodes_and_bridges_say_what_they_cut_off() -> None:
    found = computed("bridges", kite())
    told = {(row["kind"], row["node"], row["other"]): row["cut_off"] for row in found.rows}
    assert told == {
        ("edge", "c", "d"): ["a", "b", "c"],
        ("edge", "g", "h"): ["g"],
        ("node", "c", None): ["a", "b"],
        ("node", "d", None): ["e", "f"],
    }
    assert found.summary == {"cut_nodes": 2, "bridges": 2}


def test_brokers_lie_on_the_ways_from_sources_to_targets() -> None:
    found = computed("brokers", kite(), sources=["a", "g"], targets=["e", "f", "h"])
    # Of four pairs that are joined, a-e and a-f lead through c and d, g-h through nobody; e and f
    # are joined directly with d, so neither lies on the way to the other.
    assert found.summary["pairs"] == 3
    assert by_node(found, "between") == pytest.approx(
        {"a": 0, "b": 0, "c": 2 / 3, "d": 2 / 3, "e": 0, "f": 0, "g": 0, "h": 0}
    )


def test_brokers_have_burts_constraint_and_effective_size() -> None:
    found = computed("brokers", Skeleton.of([("a", "b", 1), ("a", "c", 1)], directed=False))
    # a gives each partner half, and they are strangers; b has but one partner.
    assert by_node(found, "constraint") == pytest.approx({"a": 0.5, "b": 1.0, "c": 1.0})
    assert by_node(found, "effective_size") == {"a": 2, "b": 1, "c": 1}


def test_roles_follow_the_homes_of_the_three() -> None:
    assert role("x", "x", "x") == "coordinator"
    assert role("x", "y", "x") == "itinerant"
    assert role("x", "y", "y") == "gatekeeper"
    assert role("x", "x", "y") == "representative"
    assert role("x", "y", "z") == "liaison"


def test_roles_are_counted_along_directions_and_only_where_there_is_no_short_cut() -> None:
    homes = {"a": "x", "b": "x", "c": "y", "d": "y"}
    found = computed("brokers", kite(directed=True), groups=homes, along=True)
    told = {row["node"]: row for row in found.rows}
    # b: a -> b -> c has the short cut a -> c. c: a -> c -> d and b -> c -> d. d leads to e and f,
    # whose homes are not told.
    assert told["c"]["gatekeeper"] == 2
    assert told["b"]["representative"] == told["d"]["coordinator"] == 0
    assert found.summary["without_home"] == 4


def test_routes_are_the_shortest_first_and_keep_to_what_is_asked() -> None:
    def ways(**options: object) -> list[str]:
        given = {"from": "a", "to": "e", **options}
        return ["".join(row["nodes"]) for row in computed("routes", kite(), **given).rows]

    assert ways(k=3) == ["acde", "abcde", "acdfe"]
    assert ways(k=9, longest=3) == ["acde"]
    assert ways(via=["f"]) == ["acdfe", "abcdfe"]
    assert ways(avoid=["c"]) == []
    assert ways(to="g") == []
    assert ways(along=True, **{"from": "e", "to": "a"}) != []
    (best,) = computed("routes", kite(), **{"from": "a", "to": "e"}, k=1, by="strength").rows
    assert best["length"] == pytest.approx(1 / 2 + 1 + 1 / 3)
    assert best["weakest"] == 1


def test_routes_along_directions_have_no_way_back() -> None:
    forth = {"from": "a", "to": "e", "along": True}
    assert computed("routes", kite(directed=True), **forth).rows
    back = {"from": "e", "to": "a", "along": True}
    assert not computed("routes", kite(directed=True), **back).rows


def test_a_route_from_a_thing_to_itself_is_refused() -> None:
    with pytest.raises(BadParameter, match="two ends"):
        computed("routes", kite(), **{"from": "a", "to": "a"})


def test_similarity_compares_partners_other_than_the_two() -> None:
    found = computed("similarity", kite(), of=["a", "b", "d"])
    told = {(row["node"], row["other"]): row for row in found.rows}
    # a and b share c, and nothing else but each other.
    assert told["a", "b"]["jaccard"] == told["a", "b"]["cosine"] == pytest.approx(1.0)
    # a has b and c, d has c, e and f: one of four; by weight 2 * 1 over the lengths.
    assert told["a", "d"]["jaccard"] == pytest.approx(1 / 4)
    assert told["a", "d"]["cosine"] == pytest.approx(2 / (5**0.5 * 11**0.5))
    assert told["a", "d"]["in_common"] == ["c"]


def test_similarity_compares_some_to_others_and_no_two_twice() -> None:
    found = computed("similarity", kite(), of=["a", "d"], to=["d", "a", "b"])
    pairs = [(row["node"], row["other"]) for row in found.rows]
    assert sorted(pairs) == [("a", "b"), ("a", "d"), ("d", "b")]
    assert found.summary["compared"] == 3


def test_similarity_with_somebody_without_partners_is_missing_not_zero() -> None:
    found = computed("similarity", kite(), of=["a", "z"])
    assert found.rows[0]["jaccard"] is None
    assert found.summary["without_partners"] == ["z"]


def test_similarity_can_look_at_one_side_only() -> None:
    found = computed("similarity", kite(directed=True), of=["e", "d"], side="out")
    assert found.rows[0]["in_common"] == ["f"]
