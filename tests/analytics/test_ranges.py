"""Shares and concentration as ranges: by hand, and against every corner of what may be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from c5graph.analytics.exposure import parts
from c5graph.analytics.exposure.ranges import NOTHING, Range, Weight, concentration, shares

NAMES = ("a", "b", "c", "d")


def weight(sure: float, usual: float, most: float) -> Weight:
    return Weight(
        sure,
        usual,
        most,
        frozenset({f"s{sure}"}),
        frozenset({f"u{usual}"}),
        frozenset({f"m{most}"}),
    )


@st.composite
def weights(draw: st.DrawFn) -> Weight:
    sure = draw(st.integers(0, 4))
    usual = sure + draw(st.integers(0, 3))
    return weight(sure, usual, usual + draw(st.integers(0, 3)))


def ends(found: Range) -> tuple[float | None, float | None, float | None]:
    return found.low, found.central, found.high


# Weights that are counted


def test_a_share_is_least_when_others_weigh_most_and_the_reverse() -> None:
    found = shares({"a": weight(1, 2, 3), "b": weight(1, 1, 4)})
    assert ends(found["a"]) == pytest.approx((1 / 5, 2 / 3, 3 / 4))
    assert found["a"].low_claims == {"s1", "m4"}
    assert found["a"].central_claims == {"u2", "u1"}
    assert found["a"].high_claims == {"m3", "s1"}


def test_weight_of_nobody_may_be_anybodys() -> None:
    found = shares({"a": weight(1, 1, 1)}, weight(1, 1, 1))
    assert ends(found["a"]) == pytest.approx((1 / 2, 1 / 2, 1))


def test_what_nothing_weighs_is_missing_and_not_zero() -> None:
    found = shares({"a": NOTHING, "b": NOTHING})["a"]
    assert ends(found) == (None, None, None)
    assert found.openness.unknown
    assert ends(concentration({"a": NOTHING})) == (None, None, None)


def test_concentration_by_hand() -> None:
    even = concentration({"a": weight(1, 1, 1), "b": weight(1, 1, 1)})
    assert ends(even) == pytest.approx((1 / 2, 1 / 2, 1 / 2))
    assert even.is_closed
    # b may be anything from 0 to 2: alone a has all; with 1 each it is half.
    open_one = concentration({"a": weight(1, 1, 1), "b": weight(0, 1, 2)})
    assert ends(open_one) == pytest.approx((1 / 2, 1 / 2, 1))


@given(st.dictionaries(st.sampled_from(NAMES), weights(), min_size=1), weights())
def test_every_share_that_may_be_lies_within_its_range(
    given_weights: dict[str, Weight], nobodys: Weight
) -> None:
    found = shares(given_weights, nobodys)
    boxes = [(each.sure, each.usual, each.most) for each in given_weights.values()]
    for corner in product(*boxes):
        for extra in (0.0, nobodys.most):
            total = sum(corner) + extra
            for name, mine in zip(given_weights, corner, strict=True):
                if total:
                    low, high = found[name].low, found[name].high
                    assert (low or 0.0) - 1e-9 <= mine / total
                    assert high is None or mine / total <= high + 1e-9


def index(numbers: Sequence[float]) -> float:
    return sum(each**2 for each in numbers) / sum(numbers) ** 2


@given(st.dictionaries(st.sampled_from(NAMES), weights(), min_size=1))
def test_every_concentration_that_may_be_lies_within_its_range(
    given_weights: dict[str, Weight],
) -> None:
    found = concentration(given_weights)
    assume(found.low is not None and found.high is not None)
    reached = [
        index(corner)
        for corner in product(
            *((w.sure, w.usual, (w.sure + w.most) / 2, w.most) for w in given_weights.values())
        )
        if sum(corner)
    ]
    assert found.low is not None
    assert found.high is not None
    assert found.low - 1e-6 <= min(reached)
    assert max(reached) <= found.high + 1e-9
    # The high end is met, not only a bound.
    assert found.high == pytest.approx(max(reached))


@given(st.dictionaries(st.sampled_from(NAMES), weights(), min_size=1))
def test_nothing_open_closes_every_range(given_weights: dict[str, Weight]) -> None:
    closed = {name: weight(w.sure, w.sure, w.sure) for name, w in given_weights.items()}
    assume(any(w.sure for w in closed.values()))
    for found in (*shares(closed).values(), concentration(closed)):
        assert found.low == pytest.approx(found.central)
        assert found.central == pytest.approx(found.high)


# Shares that are told


def told(low: float, central: float, high: float) -> Range:
    return Range(low, central, high, frozenset({f"l{low}"}), frozenset(), frozenset({f"h{high}"}))


def test_told_shares_leave_a_rest_and_limit_each_other() -> None:
    given_shares = {"a": told(0.5, 0.6, 0.9), "b": told(0.3, 0.3, 0.3)}
    limited = parts.limited(given_shares)
    assert limited["a"].high == pytest.approx(0.7)
    assert "l0.3" in limited["a"].high_claims
    rest = parts.rest(limited)
    assert ends(rest) == pytest.approx((0.0, 0.1, 0.2))


def test_shares_that_contradict_each_other_are_left_as_they_are_told() -> None:
    given_shares = {"a": told(0.7, 0.7, 0.7), "b": told(0.6, 0.6, 0.6)}
    assert parts.limited(given_shares) == given_shares
    assert parts.rest(given_shares).high == 0.0


def test_concentration_of_told_shares_depends_on_who_has_the_rest() -> None:
    found = parts.concentration({"a": told(0.5, 0.5, 0.5)})
    # The other half is spread over many, or in one hand.
    assert ends(found) == pytest.approx((0.25, 0.25, 0.5))
    assert parts.REST_UNKNOWN in found.openness.unknown
    whole = parts.concentration({"a": told(0.5, 0.5, 0.5), "b": told(0.5, 0.5, 0.5)})
    assert whole.is_closed
    assert parts.concentration({}).central is None


@st.composite
def told_shares(draw: st.DrawFn) -> dict[str, Range]:
    count = draw(st.integers(1, 3))
    found = {}
    room = 20
    for name in NAMES[:count]:
        low = draw(st.integers(0, room))
        room -= low
        found[name] = (low, low + draw(st.integers(0, 8)))
    return {
        name: told(low / 20, low / 20, min(high, 20) / 20) for name, (low, high) in found.items()
    }


@given(told_shares())
def test_every_distribution_that_fits_lies_within_the_concentration(
    given_shares: dict[str, Range],
) -> None:
    limited = parts.limited(given_shares)
    found = parts.concentration(limited)
    assert found.low is not None
    assert found.high is not None
    reached = []
    grids = [
        [n / 20 for n in range(round((r.low or 0) * 20), round((r.high or 0) * 20) + 1)]
        for r in limited.values()
    ]
    for shares_of_all in product(*grids):
        free = 1 - sum(shares_of_all)
        if free > -1e-9:
            spread = sum(each**2 for each in shares_of_all)
            reached += [spread, spread + max(free, 0.0) ** 2]
    assert found.low <= min(reached) + 1e-9
    assert max(reached) <= found.high + 1e-9
    assert found.high <= max(reached) + 1e-9


def test_what_is_left_after_a_loss_is_of_the_smaller_whole() -> None:
    after = parts.after_loss(told(0.2, 0.3, 0.4), told(0.5, 0.5, 0.6))
    assert ends(after) == pytest.approx((0.4, 0.6, 1.0))
    assert parts.after_loss(told(0.2, 0.3, 0.4), told(1.0, 1.0, 1.0)).central is None
