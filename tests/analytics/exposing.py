"""Small books of claims, and what exposure makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date

from hypothesis import strategies as st

from c5graph.analytics.exposure.exposure import Exposure
from c5graph.analytics.exposure.measured import Block, Part
from c5graph.analytics.exposure.ranges import Range
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.namespaces import CLAIM, ID
from c5graph.store.rdf import Quad
from tests.analytics.measures_of_trade import found, money, share
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
