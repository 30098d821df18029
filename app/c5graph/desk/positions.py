"""Positions: what claims say on one term, those with the same content together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from c5graph.desk.amounts import Amount, plain
from c5graph.desk.telling import Telling
from c5graph.edges import Named
from c5graph.graph.claims import Claim
from c5graph.reported import only_reported
from c5graph.speech import n_, said
from c5graph.store.rdf import NamedNode, Term


@dataclass(frozen=True)
class Position:
    """One content with the claims that state it; `amounts` are its parts where it is a figure.

    `when` is the time that it is told of, where positions differ in that. Two amounts are a range
    that one report gives: at least the one, at most the other.
    """

    key: Hashable
    terms: tuple[Term, ...]
    claims: tuple[Claim, ...]
    amounts: tuple[Amount, ...] = ()
    negative: bool = False
    when: str | None = None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The figures as they are told."""
        return tuple(each.number for each in self.amounts)

    @property
    def is_limit(self) -> bool:
        """Whether a figure told is but one end of what is meant."""
        return any(
            (each.least == each.number) != (each.most == each.number) for each in self.amounts
        )

    @property
    def least(self) -> Decimal:
        """The least figure that is meant."""
        return max((each.least for each in self.amounts), default=Decimal(0))

    @property
    def most(self) -> Decimal | None:
        """The greatest figure that is meant; None without a limit."""
        return min((each.most for each in self.amounts if each.most is not None), default=None)

    @property
    def low(self) -> Decimal | None:
        """What it adds to the low end of a sum."""
        return max((each.low for each in self.amounts if each.low is not None), default=None)

    @property
    def high(self) -> Decimal | None:
        """What it adds to the high end of a sum."""
        return max((each.high for each in self.amounts if each.high is not None), default=None)

    @property
    def is_open(self) -> bool:
        """Whether the figure has no limit above."""
        return self.most is None

    @property
    def basis(self) -> str | None:
        """The price basis of a sum of money."""
        return self.amounts[0].basis if self.amounts else None

    def as_dict(self, telling: Telling, lang: str) -> dict[str, Any]:
        """Plain values for JSON: content, claims, and who stands behind them."""
        teller = telling.teller
        named = [teller.term(term, lang) for term in self.terms]
        shown: dict[str, Any] = {
            "label": _span(named, lang) if self.amounts else ", ".join(n.label for n in named),
            "things": [each.as_dict() for each in named],
            "when": self.when,
            "only_reported": self.when is not None and only_reported(telling.index, self.claims),
            "denied": self.negative,
            **standing(telling, self.claims, lang),
        }
        if self.amounts:
            shown["amount"] = self._figures()
        return shown

    def _figures(self) -> dict[str, Any]:
        first = self.amounts[0].as_dict()
        bound = "range" if len(self.amounts) > 1 else first["bound"]
        most = None if self.most is None else plain(self.most)
        return {**first, "bound": bound, "least": plain(self.least), "most": most}


def _span(ends: Sequence[Named], lang: str) -> str:
    """An amount, or from which to which it goes."""
    if len(ends) < 2:
        return ends[0].label
    named = {"least": ends[0].label, "most": ends[-1].label}
    return said(n_("%(least)s to %(most)s"), lang) % named


def standing(telling: Telling, claims: Iterable[Claim], lang: str) -> dict[str, Any]:
    """The claims as JSON with origins, interests and wordings."""
    told, teller = list(claims), telling.teller
    return {
        "origins": len(telling.origins(told)),
        "interests": [teller.named(iri, lang).as_dict() for iri in telling.interests(told)],
        "modalities": sorted({claim.modality.modality for claim in told}),
        "claims": [teller.note(claim.iri, lang).plain for claim in told],
    }


def by_content(claims: Iterable[Claim]) -> list[Position]:
    """Claims that name the same thing, or deny it, as one position each."""
    found: dict[tuple[Term, bool], list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.object, claim.negative].append(claim)
    return [
        Position((str(term), negative), (term,), tuple(told), negative=negative)
        for (term, negative), told in found.items()
    ]


def by_amount(telling: Telling, claims: Iterable[Claim]) -> dict[tuple[str, ...], list[Position]]:
    """Positions on figures, by what they count; a range that one report gives is one."""
    units: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for claim in claims:
        amount = telling.amount(claim)
        if amount is not None:
            units[amount.unit].append((amount, claim))
    return {unit: _positions(telling, told) for unit, told in units.items()}


Figure = tuple[Amount, Claim]


def _positions(telling: Telling, told: list[Figure]) -> list[Position]:
    found: dict[Hashable, tuple[tuple[Amount, ...], list[Claim]]] = {}
    ranges = list(_ranges(telling, told))
    ranged = {claim.iri for _, claims in ranges for claim in claims}
    alone = [((amount,), [claim]) for amount, claim in told if claim.iri not in ranged]
    for amounts, claims in (*ranges, *alone):
        key = (*(amount.content for amount in amounts), claims[0].negative)
        found.setdefault(key, (amounts, []))[1].extend(claims)
    positions = (_position(key, *each) for key, each in found.items())
    return sorted(positions, key=lambda each: (each.numbers, str(each.key)))


def _position(key: Hashable, amounts: tuple[Amount, ...], claims: list[Claim]) -> Position:
    return Position(
        key=key,
        terms=tuple(NamedNode(amount.iri) for amount in amounts),
        claims=tuple({claim.iri: claim for claim in claims}.values()),
        amounts=amounts,
        negative=claims[0].negative,
    )


def _ranges(
    telling: Telling, told: list[Figure]
) -> Iterator[tuple[tuple[Amount, ...], list[Claim]]]:
    """The one floor and the one ceiling that a report gives, where they make a range."""
    by_report: dict[str, list[Figure]] = defaultdict(list)
    for amount, claim in told:
        for report in telling.reports_of(claim):
            if not claim.negative:
                by_report[report].append((amount, claim))
    for figures in by_report.values():
        floors = {amount.content: amount for amount, _ in figures if amount.is_open}
        ceilings = {amount.content: amount for amount, _ in figures if _is_ceiling(amount)}
        if len(floors) == len(ceilings) == 1:
            ends = (*floors.values(), *ceilings.values())
            if ends[0].number <= ends[1].number:
                both = [
                    claim for amount, claim in figures if amount.content in (*floors, *ceilings)
                ]
                yield ends, both


def _is_ceiling(amount: Amount) -> bool:
    return not amount.is_open and amount.least == 0 < amount.number
