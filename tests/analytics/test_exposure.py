"""Exposure in small worlds: what is measured and what relations tell, and what closes a range."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c5graph.analytics.exposure.exposure import Exposure
from c5graph.analytics.exposure.measured import Block, Part
from c5graph.analytics.exposure.ranges import Range
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.namespaces import CLAIM, ID
from c5graph.store.rdf import Quad
from tests.analytics.measures_of_trade import STATES, found, money, share
from tests.graph.worlds import MODALITIES, Told

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


class Book:
    """Claims with the values that they need."""

    def __init__(self) -> None:
        self.claims: list[Told] = []
        self.values: list[Quad] = []

    def says(
        self,
        subject: str,
        value: tuple[str, list[Quad]],
        modality: str = "asserted",
        report: str = "r1",
        period: tuple[date, date] = YEAR,
    ) -> str:
        """One more claim with a figure; its IRI."""
        name = f"c{len(self.claims)}"
        slug, described = value
        predicate = "hasShare" if slug.startswith("share") else "hasValue"
        told = Told(name, subject, predicate, slug, modality, report)
        self.claims.append(dataclasses.replace(told, since=period[0], until=period[1]))
        self.values += described
        return CLAIM + name

    def owns(self, owner: str, modality: str = "asserted", *, negative: bool = False) -> str:
        """One more claim that somebody owns the land."""
        name = f"c{len(self.claims)}"
        self.claims.append(
            Told(name, owner, "owns", "land", modality=modality, negative=negative, report="r2")
        )
        return CLAIM + name

    def read(self, without: tuple[str, ...] = (), lens: Lens = DEFAULT) -> Exposure:
        return found(self.claims, self.values, without, lens)[0]

    def without(self, gone: Iterable[str]) -> Book:
        """The same without these claims."""
        names = {iri.removeprefix(CLAIM) for iri in gone}
        other = Book()
        other.claims = [each for each in self.claims if each.name not in names]
        other.values = self.values
        return other


def part(block: Block, name: str) -> Part:
    return next(each for each in block.parts if each.partner == ID + name)


def ends(found: Range) -> tuple[float | None, float | None, float | None]:
    return found.low, found.central, found.high


# As measured


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


SAID = st.lists(
    st.tuples(
        st.sampled_from(("trade-bear", "trade-dragon", "trade-eagle", "all-trade")),
        st.integers(1, 60),
        st.booleans(),
        st.sampled_from(("exact", "exact", "about", "at-least", "up-to")),
        st.sampled_from((*MODALITIES, *("asserted",) * 6)),
        st.sampled_from(("r1", "r2", "r3")),
    ),
    min_size=1,
    max_size=9,
)


def told_book(said: Sequence[tuple[str, int, bool, str, str, str]]) -> Book:
    book = Book()
    for subject, number, as_share, bound, modality, report in said:
        whole = subject == "all-trade"
        value = money(100 + number, bound) if whole else None
        value = value or (share(number, bound) if as_share else money(number, bound))
        book.says(subject, value, modality, report)
    return book


def shares_of(exposure: Exposure) -> list[Range]:
    measured = [part.share for block in exposure.blocks for part in block.parts]
    told = [share for each in exposure.told for share in each.ties.shares.values()]
    return [*measured, *told]


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


# As relations tell


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


# Single points of failure, and what if


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
