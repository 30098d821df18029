"""Exposure by relations, and what happens when one goes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c5graph.namespaces import ID
from tests.analytics.exposing import Book, ends, shares_of
from tests.analytics.measures_of_trade import STATES, share
from tests.graph.worlds import MODALITIES, Told


def test_relations_share_by_home_and_open_by_wording() -> None:
    book = Book()
    firm, planned = book.owns("bear"), book.owns("dragon", "planned")
    told = book.read().told[0].ties
    assert ends(told.shares[ID + "bear"]) == pytest.approx((1 / 2, 1 / 2, 1))
    assert ends(told.shares[ID + "dragon"]) == pytest.approx((0, 1 / 2, 1 / 2))
    assert told.shares[ID + "dragon"].openness.hedged == {planned}
    assert firm in told.shares[ID + "bear"].low_claims
    eagle = told.shares[ID + "eagle"]
    assert (eagle.low, eagle.central) == (None, None)


def test_what_is_denied_by_another_opens_the_range() -> None:
    book = Book()
    book.owns("bear")
    disputed = {book.owns("dragon"), book.owns("dragon", negative=True)}
    told = book.read().told[0].ties.shares
    assert ends(told[ID + "dragon"]) == pytest.approx((0, 1 / 2, 1 / 2))
    assert told[ID + "dragon"].openness.disputed < disputed


OWNED = st.lists(
    st.tuples(st.sampled_from(STATES[1:]), st.sampled_from(MODALITIES), st.booleans()),
    min_size=1,
    max_size=8,
)


@given(OWNED)
@settings(max_examples=60)
def test_removing_what_is_disputed_or_hedged_closes_every_share_of_relations(
    owned: Sequence[tuple[str, str, bool]],
) -> None:
    book = Book()
    for owner, modality, negative in owned:
        book.owns(owner, modality, negative=negative)
    exposure = book.read()
    opened = [each.openness for each in shares_of(exposure)]
    gone = {claim for each in opened for claim in (*each.disputed, *each.hedged)}
    left = book.without(gone).read()
    closed = [each for each in shares_of(left) if each.low is not None]
    assert all(each.is_closed for each in closed)
    assert all(told.ties.concentration.is_closed for told in left.told)


def test_a_single_point_of_failure_is_sure_only_if_no_plan_goes_around_it() -> None:
    book = Book()
    book.owns("bear")
    for owner in ("dragon", "eagle"):
        book.claims.append(Told(f"o{owner}", owner, "owns", "bear"))
    (point,) = book.read().told[0].points
    assert point.node == ID + "bear"
    assert point.low == point.high == (ID + "dragon", ID + "eagle")
    book.owns("eagle", "planned")
    (point,) = book.read().told[0].points
    assert point.low == (ID + "dragon",)
    assert point.high == (ID + "dragon", ID + "eagle")


def test_what_if_a_power_goes() -> None:
    book = Book()
    book.says("trade-bear", share(40))
    book.says("trade-dragon", share(30))
    book.owns("bear")
    book.owns("dragon")
    exposure = book.read(without=("bear",))
    (loss,) = exposure.losses
    assert ends(loss.lost) == pytest.approx((0.4, 0.4, 0.4))
    after = exposure.told[0].after
    assert after is not None
    assert ends(after.shares[ID + "dragon"]) == (1, 1, 1)
    assert after.shares[ID + "bear"].central is None


def test_what_if_one_edge_goes() -> None:
    book = Book()
    book.owns("bear")
    book.claims.append(Told("far", "eagle", "owns", "bear"))
    exposure = book.read(without=("bear~eagle",))
    (cut,) = exposure.told[0].cuts
    assert cut.high == (ID + "eagle",)
    exposure = book.read(without=("land~bear",))
    (cut,) = exposure.told[0].cuts
    assert cut.high == (ID + "bear", ID + "eagle")
