"""Which deals a sum leaves out: their money is in it already, is elsewhere or cannot be added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from c5graph.desk.deals import Deal
from c5graph.desk.rules import Rules
from c5graph.edges import Teller

REASONS: Final[Mapping[str, str]] = {
    "package": "a package is never added to other deals; its parts are",
    "parts": "its parts are counted and come to as much",
    "continued": "a later deal that continues or converts it is counted",
    "continues": "it continues or converts a deal that has come further and is counted",
    "pays": "it pays for a deal that is counted",
    "converted": "it is told in another currency as well and counted there",
    "elsewhere": "no party, subject or place in Central Asia is told",
    "magnitude": "only an order of magnitude is given",
}


@dataclass(frozen=True)
class LeftOut:
    """A deal that was not added, why, and the deal because of which."""

    deal: Deal
    reason: str
    because: str | None = None

    def as_dict(self, teller: Teller, lang: str) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "agreement": teller.named(self.deal.iri, lang).as_dict(),
            "reason": self.reason,
            "meaning": REASONS[self.reason],
            "because": teller.named(self.because, lang).as_dict() if self.because else None,
        }


def doubles(deals: Mapping[str, Deal], rules: Rules) -> Iterator[LeftOut]:
    """The deals, of those that have an amount in one purse, whose money another one counts."""
    yield from (LeftOut(deal, "package") for _, deal in sorted(deals.items()) if deal.package)
    for deal in deals.values():
        yield from _paid(deal, deals)
        yield from _continued(deal, deals, rules)


def _paid(deal: Deal, deals: Mapping[str, Deal]) -> Iterator[LeftOut]:
    """A deal about another deal, such as the loan for a purchase, is the same money again."""
    for paid in (deals[each] for each in deal.subjects if each in deals):
        if not paid.package and deal.iri not in paid.subjects:
            yield LeftOut(deal, "pays", paid.iri)


def _continued(deal: Deal, deals: Mapping[str, Deal], rules: Rules) -> Iterator[LeftOut]:
    for earlier in (deals[each] for each in deal.earlier if each in deals):
        if _reach(deal, rules) >= _reach(earlier, rules):
            yield LeftOut(earlier, "continued", deal.iri)
        else:
            yield LeftOut(deal, "continues", earlier.iri)


def _reach(deal: Deal, rules: Rules) -> int:
    """How far a deal has come, as a position on the scheme of stages; plans do not count."""
    now = deal.present
    return rules.stages.get(now.status, 0) if now and not now.planned else 0
