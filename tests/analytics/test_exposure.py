"""Exposure in small worlds: what is measured and what relations tell, and what closes a range."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings

from c5graph.graph.lens import Lens
from c5graph.namespaces import ID
from tests.analytics.exposing import SAID, Book, ends, part, shares_of, told_book
from tests.analytics.measures_of_trade import money, share


def test_a_share_that_one_source_tells_is_closed() -> None:
    book = Book()
    claim = book.says("trade-bear", share(40))
    (block,) = book.read().blocks
    assert block.whole == ID + "all-trade"
    assert block.adds_up
    told = part(block, "bear").share
    assert ends(told) == pytest.approx((0.4, 0.4, 0.4))
    assert told.low_claims == told.central_claims == told.high_claims == {claim}
    assert ends(block.rest) == pytest.approx((0.6, 0.6, 0.6))


def test_a_share_is_worked_out_where_part_and_whole_are_told() -> None:
    book = Book()
    claims = {book.says("trade-bear", money(25)), book.says("all-trade", money(100))}
    (block,) = book.read().blocks
    told = part(block, "bear").share
    assert ends(told) == pytest.approx((0.25, 0.25, 0.25))
    assert told.claims == claims


def test_sources_that_disagree_open_the_range_and_are_named() -> None:
    book = Book()
    claims = {
        book.says("trade-bear", share(40)),
        book.says("trade-bear", share(50), report="r2"),
        book.says("trade-bear", share(50), report="r3"),
    }
    told = part(book.read().blocks[0], "bear").share
    # Two origins tell a half: that is the central end.
    assert ends(told) == pytest.approx((0.4, 0.5, 0.5))
    assert told.openness.disputed == claims


def test_a_figure_of_too_few_origins_is_missing() -> None:
    book = Book()
    book.says("trade-bear", share(40))
    twice = {book.says("trade-bear", share(50), report=each) for each in ("r2", "r3")}
    book.says("trade-eagle", share(5))
    told = book.read(lens=Lens(min_origins=2)).blocks[0]
    assert ends(part(told, "bear").share) == pytest.approx((0.5, 0.5, 0.5))
    assert part(told, "bear").share.claims == twice
    assert [each.partner for each in told.parts] == [ID + "bear"]
    assert book.read(lens=Lens(min_origins=3)).blocks == ()


def test_a_goal_opens_the_range_and_is_never_central() -> None:
    book = Book()
    book.says("trade-bear", share(40))
    goal = book.says("trade-bear", share(60), modality="planned")
    told = part(book.read().blocks[0], "bear").share
    assert ends(told) == pytest.approx((0.4, 0.4, 0.6))
    assert told.openness.hedged == {goal}
    assert told.openness.disputed == frozenset()


def test_a_forecast_alone_has_no_central_end() -> None:
    book = Book()
    book.says("trade-bear", share(40), modality="forecast")
    told = part(book.read().blocks[0], "bear").share
    assert ends(told) == (0.4, None, 0.4)


def test_about_and_at_least_open_the_range() -> None:
    book = Book()
    about = book.says("trade-bear", share(40, "about"))
    least = book.says("trade-dragon", share(30, "at-least"))
    block = book.read().blocks[0]
    bear, dragon = part(block, "bear").share, part(block, "dragon").share
    assert bear.low is not None
    assert bear.low < 0.4 < (bear.high or 0)
    assert bear.openness.inexact == {about}
    # Nobody says how much at most, but the bear has something.
    assert dragon.low == pytest.approx(0.3)
    assert dragon.high == pytest.approx(1 - bear.low)
    assert dragon.openness.inexact == {least}


def test_figures_of_different_periods_are_apart() -> None:
    book = Book()
    book.says("trade-bear", share(40))
    book.says("trade-bear", share(50), period=(date(2025, 1, 1), date(2025, 12, 31)))
    blocks = book.read().blocks
    assert [block.period[0] for block in blocks] == ["2025-01-01", "2024-01-01"]
    assert all(part(block, "bear").share.is_closed for block in blocks)


def test_amounts_without_a_whole_are_told_without_shares() -> None:
    book = Book()
    book.says("trade-bear", money(25))
    book.says("trade-dragon", money(50))
    (block,) = book.read().blocks
    assert block.whole is None
    for name, number in (("bear", 25), ("dragon", 50)):
        told = part(block, name)
        assert ends(told.share) == (None, None, None)
        assert told.share.openness.unknown
        assert ends(next(iter(told.sizes.values()))) == (number, number, number)
    assert block.concentration.central is None


def test_a_denied_figure_is_no_estimate() -> None:
    book = Book()
    book.says("trade-bear", share(40))
    book.claims.append(dataclasses.replace(book.claims[0], name="no", negative=True))
    assert part(book.read().blocks[0], "bear").share.is_closed


@pytest.mark.slow
@given(SAID)
@settings(max_examples=60)
def test_removing_what_is_disputed_hedged_or_inexact_closes_every_measured_share(
    said: Sequence[tuple[str, int, bool, str, str, str]],
) -> None:
    book = told_book(said)
    exposure = book.read()
    opened = [each.openness for each in shares_of(exposure)]
    gone = {c for o in opened for c in (*o.disputed, *o.hedged, *o.inexact)}
    for each in shares_of(book.without(gone).read()):
        if each.low is not None:
            assert each.low == pytest.approx(each.central)
            assert each.central == pytest.approx(each.high)


@given(SAID)
@settings(max_examples=60)
def test_ends_are_in_order_open_to_claims_and_never_a_made_up_zero(
    said: Sequence[tuple[str, int, bool, str, str, str]],
) -> None:
    for each in shares_of(told_book(said).read()):
        known = [end for end in ends(each) if end is not None]
        assert known == sorted(known)
        for end, claims in (
            (each.low, each.low_claims),
            (each.central, each.central_claims),
            (each.high, each.high_claims),
        ):
            assert end is None or claims
        if not each.is_closed:
            assert any(each.openness.as_dict().values())
