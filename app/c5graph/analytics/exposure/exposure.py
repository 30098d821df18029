"""Puts the exposure of one thing together: what is measured, what relations tell, what if."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from c5graph.analytics.exposure.failure import Failure, Layers, cut, layers, single_points
from c5graph.analytics.exposure.indicators import Indicators
from c5graph.analytics.exposure.measured import Block, Measured
from c5graph.analytics.exposure.ranges import Claims, Openness, Range
from c5graph.analytics.exposure.ties import REST, Lost, Reason, TieExposure, TiesOf, exposure
from c5graph.analytics.network import Networks
from c5graph.analytics.selection import Members, Selection
from c5graph.desk.disputes import Disputes
from c5graph.desk.homes import Homes
from c5graph.namespaces import ID

POWERS: Final = ("russia", "china", "united-states")
PROJECTIONS: Final = (
    "deals",
    "dependence",
    "flows",
    "ownership",
    "minerals",
    "mineral-flows",
    "transit",
    "corridors",
    "sectors",
)
"""Networks whose edges are relations of dependence in the wide sense."""


@dataclass(frozen=True)
class ExposureAsk:
    """Whose exposure to which powers; `without` are nodes, or edges written `a~b`, that go.

    `claims` are claims that go: what comes of it is what another `find` without them gives.
    """

    entity: str
    powers: tuple[str, ...] = POWERS
    projections: tuple[str, ...] = PROJECTIONS
    without: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset()
    lang: str = "en"


@dataclass(frozen=True)
class Told:
    """The exposure in one network, its single points of failure, and what a loss cuts off."""

    ties: TieExposure
    points: tuple[Failure, ...]
    layers: Layers
    left: Layers
    after: TieExposure | None
    cuts: tuple[Failure, ...]


@dataclass(frozen=True)
class Loss:
    """What of a measured whole goes with what is lost."""

    block: Block
    lost: Range
    indicators: frozenset[str]


@dataclass(frozen=True)
class Exposure:
    """Everything that is found of one thing; IRIs throughout."""

    ask: ExposureAsk
    entity: str
    powers: tuple[str, ...]
    power_of: Mapping[str, str]
    blocks: tuple[Block, ...]
    told: tuple[Told, ...]
    lost: tuple[Lost, ...]
    losses: tuple[Loss, ...]


class Exposures:
    """Finds the exposure of things in one view."""

    def __init__(
        self, networks: Networks, disputes: Disputes, homes: Homes, members_of: Members
    ) -> None:
        self._networks, self._homes = networks, homes
        self._selection = Selection(networks, homes, members_of)
        self._measured = Measured(Indicators(disputes.telling))
        strong = (each for each in disputes.all if each.strong)
        self._disputed: Claims = frozenset(c.iri for each in strong for c in each.claims)
        self._index = disputes.telling.index
        self._actors = homes.actors

    def find(self, ask: ExposureAsk) -> Exposure:
        """The exposure asked for. Raises UnknownEntity, UnknownQuery or BadParameter."""
        entity = self._networks.view.neighbours.resolve(ask.entity)
        powers = tuple(each for each in self._powers(ask) if each != entity)
        lost = tuple(self._lost(each) for each in ask.without)
        blocks = self._measured.blocks(entity)
        told = (self._told(name, entity, powers, lost) for name in ask.projections)
        losses = (self._loss(block, lost, entity) for block in blocks) if lost else ()
        return Exposure(
            ask=ask,
            entity=entity,
            powers=powers,
            power_of=self._powers_of(blocks, powers),
            blocks=tuple(blocks),
            told=tuple(each for each in told if self._is_exposed(each.ties)),
            lost=lost,
            losses=tuple(losses),
        )

    def _powers(self, ask: ExposureAsk) -> list[str]:
        """The powers asked about; of the usual ones those that the data know."""
        usual = ask.powers == POWERS
        known = (each for each in ask.powers if not usual or ID + each in self._index)
        return self._selection.chosen(known)

    def _told(
        self, name: str, entity: str, powers: tuple[str, ...], lost: tuple[Lost, ...]
    ) -> Told:
        ties = TiesOf(self._networks, self._disputed)
        reasons = ties.reasons(name, entity)
        found = layers(self._networks, name, self._disputed)
        kept = ties.reasons(name, entity, lost)
        left = {each: layers(self._networks, name, self._disputed, [each]) for each in lost}
        return Told(
            ties=self._exposure(name, reasons, powers),
            points=tuple(single_points(found, entity)) if reasons else (),
            layers=found,
            left=layers(self._networks, name, self._disputed, lost) if lost else found,
            after=self._exposure(name, kept, powers) if lost else None,
            cuts=tuple(cut(left[each], entity, found.reached(entity), each) for each in lost),
        )

    def _is_exposed(self, ties: TieExposure) -> bool:
        """Whether some partner is an actor, or at home somewhere; ores and sectors are not."""
        partners = {reason.partner for reason in ties.reasons}
        return any(each in self._actors or self._homes.states(each) for each in partners)

    def _exposure(
        self, name: str, reasons: Iterable[Reason], powers: tuple[str, ...]
    ) -> TieExposure:
        return exposure(name, reasons, powers, lambda partner: self._side(partner, powers))

    def _side(self, partner: str, powers: tuple[str, ...]) -> str:
        if partner in powers:
            return partner
        homes = self._homes.states(partner)
        chosen = sorted(homes.intersection(powers)) or sorted(homes)
        if chosen:
            return chosen[0] if len(chosen) == 1 else REST
        return REST if partner in self._actors else partner

    def _powers_of(self, blocks: Iterable[Block], powers: tuple[str, ...]) -> dict[str, str]:
        partners = {part.partner for block in blocks for part in block.parts}
        sides = {partner: self._side(partner, powers) for partner in partners}
        return {partner: side for partner, side in sides.items() if side in powers}

    def _lost(self, name: str) -> Lost:
        """A node with everything that is at home in it, or an edge."""
        resolve = self._networks.view.neighbours.resolve
        one, edge, other = name.partition("~")
        if edge:
            return resolve(one), resolve(other)
        node = resolve(name)
        at_home = (each for each in self._actors if node in self._homes.states(each))
        return frozenset({node, *at_home})

    def _loss(self, block: Block, lost: tuple[Lost, ...], entity: str) -> Loss:
        gone = {each for some in lost for each in _partners(some, entity)}
        parts = {part.indicator: part.share for part in block.parts if part.partner in gone}
        told = [share for share in parts.values() if share.low is not None]
        return Loss(block, _sum(told), frozenset(parts))


def _partners(lost: Lost, entity: str) -> frozenset[str]:
    """With whom the entity loses what joins them."""
    if isinstance(lost, frozenset):
        return lost
    return frozenset(lost) - {entity} if entity in lost else frozenset()


def _sum(told: list[Range]) -> Range:
    """Several shares of one whole together; nothing is zero, for nothing of it goes."""
    openness = Openness()
    for each in told:
        openness |= each.openness
    centrals = [each.central for each in told if each.central is not None]
    highs = [each.high for each in told if each.high is not None]
    return Range(
        low=min(sum(each.low or 0.0 for each in told), 1.0),
        central=min(sum(centrals), 1.0) if len(centrals) == len(told) else None,
        high=min(sum(highs), 1.0) if len(highs) == len(told) else None,
        low_claims=frozenset().union(*(each.low_claims for each in told)),
        central_claims=frozenset().union(*(each.central_claims for each in told)),
        high_claims=frozenset().union(*(each.high_claims for each in told)),
        openness=openness,
    )
