"""Indicators as the graph describes them: of which kind, whose, between whom, of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from c5graph.desk.comparing import period_of
from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim, Firmness, members
from c5graph.namespaces import C5, VOC

Period = tuple[str, ...]
SHARE: Final = C5 + "hasShare"
FIGURES: Final = (C5 + "hasValue", C5 + "hasQuantity")
_KIND: Final = VOC + "indicator-"
_WITHIN: Final = {
    "imports": ("imports", "exports", "supply"),
    "exports": ("exports", "supply"),
    "demand": ("demand", "supply", "imports", "exports"),
}
"""Of which kinds the parts of a whole may be, besides its own."""


@dataclass(frozen=True)
class Indicator:
    """One indicator; `source` and `target` are the ends of a flow with a direction."""

    iri: str
    kind: str
    measures: frozenset[str]
    source: str | None
    target: str | None
    between: frozenset[str]
    counts: str | None

    @property
    def ends(self) -> frozenset[str]:
        """Everything it runs between."""
        return self.between | {end for end in (self.source, self.target) if end is not None}

    def concerns(self, subject: str) -> bool:
        """Whether it measures the subject, or counts it."""
        return subject in self.measures or subject == self.counts

    def takes(self, part: Indicator) -> bool:
        """Whether a part of it can be of the kind of the other."""
        return part.kind in _WITHIN.get(self.kind, (self.kind,))


class Indicators:
    """The indicators of a view, and what claims say of them."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        iris = members(telling.index, C5 + "Indicator")
        self.all = {iri: self._read(iri) for iri in sorted(iris) if iri in telling.by_subject}

    def wholes(self, subject: str) -> Iterator[Indicator]:
        """What is measured of the subject, or of all there is of it, told or only shared in."""
        shared = {whole for each in self.all for whole in self.wholes_of(each)}
        for iri in sorted(shared | self.all.keys()):
            known = self.all.get(iri) or self._read(iri)
            if known.concerns(subject) and not known.ends:
                yield known

    def wholes_of(self, iri: str) -> set[str]:
        """Of what claims call it a share."""
        claims = self.telling.about(iri, SHARE)
        found = (self.telling.amount(claim) for claim in claims)
        return {amount.unit[2] for amount in found if amount is not None and len(amount.unit) > 2}

    def parts(self, whole: Indicator) -> list[Indicator]:
        """What claims call a share of it, and flows of its kind at the one it measures."""
        return [each for each in self.all.values() if self._is_part(each, whole)]

    def flows(self, subject: str) -> list[Indicator]:
        """Flows that begin or end at the subject, or of what it is."""
        found = self.all.values()
        return [
            each for each in found if subject in each.ends or (each.ends and each.counts == subject)
        ]

    def claims(self, indicator: str, predicates: Iterable[str]) -> dict[Period, list[Claim]]:
        """Its claims of these properties by period."""
        found: dict[Period, list[Claim]] = {}
        for predicate in predicates:
            for claim in self.telling.about(indicator, predicate):
                found.setdefault(period_of(claim), []).append(claim)
        return found

    def partner(self, part: Indicator, whole: Indicator) -> str | None:
        """Whose part it is: the other end of a flow, or what it measures, or what it counts.

        Of several at once it is the part itself, which is named after them.
        """
        others = part.ends - whole.measures
        if len(others) == 1:
            return next(iter(others))
        if part.source is not None and part.source in others:
            return part.source
        mine = part.measures - whole.measures
        if len(mine) > 1:
            return part.iri
        return next(iter(mine)) if mine else part.counts

    def _is_part(self, part: Indicator, whole: Indicator) -> bool:
        if part.iri == whole.iri:
            return False
        if whole.iri in self.wholes_of(part.iri):
            return True
        if not whole.takes(part) or part.counts != whole.counts or len(whole.measures) != 1:
            return False
        (owner,) = whole.measures
        if part.between:
            return owner in part.between
        return owner == (part.source if whole.kind == "exports" else part.target)

    def _read(self, iri: str) -> Indicator:
        index = self.telling.index
        return Indicator(
            iri=iri,
            kind=(index.value(iri, C5 + "indicatorKind") or "").removeprefix(_KIND),
            measures=frozenset(index.values(iri, C5 + "measures")),
            source=index.value(iri, C5 + "flowFrom"),
            target=index.value(iri, C5 + "flowTo"),
            between=frozenset(index.values(iri, C5 + "flowBetween")),
            counts=index.value(iri, C5 + "countOf"),
        )


def is_measured(claims: Iterable[Claim]) -> bool:
    """Whether somebody asserts the figure; else it is a plan, a wish or a forecast."""
    return any(claim.modality is Firmness.FIRM for claim in claims)
