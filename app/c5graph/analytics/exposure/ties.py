"""Exposure as it is told in relations: to whom the edges of a network lead from one node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from c5graph.analytics.exposure.ranges import (
    NOTHING,
    Claims,
    Openness,
    Range,
    Weight,
    concentration,
    missing,
    shares,
)
from c5graph.analytics.network import Facts, Networks
from c5graph.analytics.projections import Row
from c5graph.edges import USUAL
from c5graph.graph.claims import Firmness
from c5graph.speech import n_

NO_HOME: Final = n_("nobody tells where a partner is at home")
REST: Final = ""
"""Stands for the actors among the partners of which nobody tells where they are at home."""
Side = Callable[[str], str]
"""The power, state or thing that a partner counts for; REST where that may be any."""

Lost = frozenset[str] | tuple[str, str]
"""A node with what belongs to it, or an edge by its ends."""


@dataclass(frozen=True)
class Reason:
    """One thing that joins the subject with a partner, and how sure it is."""

    partner: str
    through: frozenset[str]
    firmness: Firmness
    disputed: bool
    claims: Claims


@dataclass(frozen=True)
class TieExposure:
    """Shares of the powers in what joins the subject with others in one network."""

    projection: str
    partners: int
    shares: Mapping[str, Range]
    concentration: Range
    reasons: tuple[Reason, ...] = field(repr=False)


class TiesOf:
    """Reads the reasons of one node's edges from networks; `disputed` are claims in conflict."""

    def __init__(self, networks: Networks, disputed: Claims) -> None:
        self._networks, self._disputed = networks, disputed

    def reasons(self, projection: str, subject: str, lost: Sequence[Lost] = ()) -> list[Reason]:
        """Why the subject is joined with each partner, whatever the firmness, when some go."""
        chosen = self._networks.projections.get(projection)
        rows = (row for row in self._networks.rows(chosen) if subject in (row.source, row.target))
        kept = (row for row in rows if not any(goes(row, each) for each in lost))
        return [self._reason(row, subject) for row in kept]

    def _reason(self, row: Row, subject: str) -> Reason:
        facts = self._networks.facts
        claims = frozenset(facts.claims(row.facts))
        through = {row.through} if row.through is not None else set(facts.undertakings(row.facts))
        return Reason(
            partner=row.target if row.source == subject else row.source,
            through=frozenset(through) or frozenset(row.facts),
            firmness=row.firmness,
            disputed=is_disputed(facts, row, self._disputed),
            claims=claims,
        )


def goes(row: Row, lost: Lost) -> bool:
    """Whether a reason for an edge goes with an end, with what the two are joined by, or both."""
    if isinstance(lost, tuple):
        return {row.source, row.target} == set(lost)
    return not lost.isdisjoint((row.source, row.target, row.through))


def is_disputed(facts: Facts, row: Row, disputed: Claims) -> bool:
    """Whether some fact of it stands on claims in conflict alone."""
    return any(
        all(not disputed.isdisjoint(claims) for claims in facts.supports(fact))
        for fact in row.facts
    )


def exposure(
    projection: str,
    reasons: Iterable[Reason],
    powers: Iterable[str],
    side: Side,
) -> TieExposure:
    """Shares by power: sure is what is firm and undisputed, usual also what is planned."""
    told, wanted = list(reasons), list(powers)
    grouped: dict[str, list[Reason]] = defaultdict(list)
    for reason in told:
        grouped[side(reason.partner)].append(reason)
    anybodys = _weight(grouped.pop(REST, []))
    if anybodys.most:
        unknown = Openness(unknown=frozenset({NO_HOME}))
        anybodys = replace(anybodys, openness=anybodys.openness | unknown)
    weights = {side: _weight(some) for side, some in grouped.items()}
    found = shares(weights, anybodys)
    if not told:
        found = {}
    return TieExposure(
        projection=projection,
        partners=len({reason.partner for reason in told}),
        shares={p: found.get(p) or _untold(p, weights, anybodys) for p in wanted},
        concentration=concentration(weights, anybodys),
        reasons=tuple(told),
    )


def _untold(power: str, weights: Mapping[str, Weight], anybodys: Weight) -> Range:
    """The share of a power that nothing is told of: missing, with what others leave it."""
    if not weights and not anybodys.most:
        return missing("nothing is told")
    found = shares({**weights, power: NOTHING}, anybodys)[power]
    claims = found.high_claims if found.high else frozenset()
    return missing(n_("no relation with it is told"), found.high or None, claims)


def _weight(reasons: list[Reason]) -> Weight:
    sure = [each for each in reasons if each.firmness is Firmness.FIRM and not each.disputed]
    usual = [each for each in reasons if each.firmness in USUAL]
    open_ones = [each for each in reasons if each not in sure]
    return Weight(
        sure=_count(sure),
        usual=_count(usual),
        most=_count(reasons),
        sure_claims=_claims(sure),
        usual_claims=_claims(usual),
        most_claims=_claims(reasons),
        openness=Openness(
            disputed=_claims(each for each in open_ones if each.disputed),
            hedged=_claims(each for each in open_ones if each.firmness is not Firmness.FIRM),
        ),
    )


def _count(reasons: Iterable[Reason]) -> float:
    """Different things that join with each partner."""
    return float(len({(each.partner, thing) for each in reasons for thing in each.through}))


def _claims(reasons: Iterable[Reason]) -> Claims:
    return frozenset().union(*(each.claims for each in reasons))
