"""The ledger: every agreement with its life, and sums that say what they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from c5graph.desk.deals import AGREEMENT, Deal, deals
from c5graph.desk.sums import Total, purses_of, totals, worth_of
from c5graph.desk.telling import Telling
from c5graph.errors import BadParameter
from c5graph.speech import in_order


def _status(deal: Deal) -> tuple[str, ...]:
    """The stage it has reached; none where a stage is only planned."""
    return (deal.present.status,) if deal.present and not deal.present.planned else ()


def _class(deal: Deal) -> tuple[str, ...]:
    return (deal.present.status_class,) if deal.present else ()


GROUPS: Final[Mapping[str, Callable[[Deal], tuple[str, ...]]]] = {
    "state": lambda deal: deal.in_states,
    "sector": lambda deal: deal.sectors,
    "partner": lambda deal: deal.partners,
    "power": lambda deal: deal.sides,
    "class": _class,
    "status": _status,
    "kind": lambda deal: deal.kinds,
}
"""What sums may be split by, and the groups of a deal: several, one or none."""
DOLLARS: Final = "USD"
SORTS: Final = ("since", "amount", "origins", "name")


@dataclass(frozen=True)
class LedgerAsk:
    """Which deals: those that have one of the values of every filter; values are IRIs.

    Filters are those of `GROUPS`, `party` and `currency`. `by` asks for sums of groups as well.
    """

    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by: str | None = None
    sort: str = "since"
    limit: int = 50
    cursor: str | None = None
    lang: str = "en"


@dataclass(frozen=True)
class Group:
    """The sums of the deals that share a value; `key` is None for those of which none is told.

    `classes` are the same deals by the class of their present stage. `elsewhere` marks the deals of
    which nothing told leads to Central Asia: they stand apart from every value and add nothing.
    """

    key: str | None
    deals: tuple[Deal, ...]
    totals: tuple[Total, ...]
    classes: tuple[Group, ...] = ()
    elsewhere: bool = False


class Ledger:
    """The agreements of a view."""

    def __init__(self, telling: Telling, kind: str = AGREEMENT) -> None:
        self.telling, self._kind = telling, kind

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """Every agreement that a claim of the view is about, in the order of their IRIs."""
        return tuple(deals(self.telling, self._kind))

    def chosen(self, ask: LedgerAsk) -> list[Deal]:
        """The deals asked for, in the order asked for. Raises BadParameter for an unknown order."""
        found = [deal for deal in self.deals if _takes(ask.filters, deal)]
        if ask.sort == "since":
            return sorted(found, key=lambda deal: deal.since, reverse=True)
        if ask.sort == "amount":
            return sorted(found, key=self._biggest, reverse=True)
        if ask.sort == "origins":
            return sorted(found, key=self._attested, reverse=True)
        if ask.sort == "name":
            name = self.telling.teller.named
            return sorted(found, key=lambda deal: in_order(name(deal.iri, ask.lang).label))
        raise BadParameter(f"sort is {ask.sort[:20]!r}.", remedy=f"Use {', '.join(SORTS)}.")

    def totals(self, chosen: Iterable[Deal]) -> tuple[Total, ...]:
        """The sums of deals, one for each currency, list prices apart."""
        return tuple(totals(chosen, self.telling.rules))

    def groups(self, chosen: Sequence[Deal], by: str) -> tuple[Group, ...]:
        """The sums of groups, the largest first and deals elsewhere last. Raises BadParameter.

        What the sum over all deals leaves out stays out of the groups, so that a deal of one group
        that a deal of another continues is not counted there.
        """
        if by not in GROUPS:
            raise BadParameter(f"by is {by[:20]!r}.", remedy=f"Use {', '.join(GROUPS)}.")
        whole = self.totals(chosen)
        found = _split((deal for deal in chosen if deal.concerned), GROUPS[by], whole)
        apart = [deal for deal in chosen if not deal.concerned]
        if apart:
            found = (*found, replace(_group(None, apart, whole), elsewhere=True))
        return tuple(
            replace(group, classes=_split(group.deals, _class, whole) if by != "class" else ())
            for group in found
        )

    def _biggest(self, deal: Deal) -> tuple[bool, bool, bool, str, Decimal]:
        """Single deals before packages, which repeat their parts, and deals elsewhere last."""
        concerned = bool(deal.concerned)
        return concerned, concerned and not deal.package, *self._highest(deal)

    def _highest(self, deal: Deal) -> tuple[bool, str, Decimal]:
        """The highest of its ends; dollars first, for no currency is turned into another."""
        purses = purses_of(deal, self.telling.rules).items()
        found = ((unit[0], worth_of(deal, some)) for unit, some in purses)
        return max(
            ((unit == DOLLARS, unit, worth.high) for unit, worth in found if worth),
            default=(False, "", Decimal(-1)),
        )

    def _attested(self, deal: Deal) -> tuple[int, int, date]:
        return len(self.telling.origins(deal.claims)), len(deal.claims), deal.since


def _split(
    deals: Iterable[Deal], keys: Callable[[Deal], tuple[str, ...]], whole: Sequence[Total]
) -> tuple[Group, ...]:
    found: dict[str | None, list[Deal]] = defaultdict(list)
    for deal in deals:
        for key in keys(deal) or (None,):
            found[key].append(deal)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0] or ""))
    return tuple(_group(key, some, whole) for key, some in ordered)


def _group(key: str | None, some: Sequence[Deal], whole: Iterable[Total]) -> Group:
    iris = {deal.iri for deal in some}
    parts = (total.within(iris) for total in whole)
    return Group(key, tuple(some), tuple(part for part in parts if part))


def _takes(filters: Mapping[str, frozenset[str]], deal: Deal) -> bool:
    return all(not wanted.isdisjoint(_values(deal, name)) for name, wanted in filters.items())


def _values(deal: Deal, name: str) -> tuple[str, ...]:
    if name == "party":
        return tuple(party.actor for party in deal.parties)
    if name == "currency":
        return tuple(unit[1] for unit in deal.values if unit[0] == "currency")
    return GROUPS[name](deal)
