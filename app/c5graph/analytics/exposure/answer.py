"""Exposure as an answer: plain values, labels, and every claim in few words once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from c5graph.analytics.exposure.exposure import Exposure, Loss, Told
from c5graph.analytics.exposure.failure import Failure, Lost, steps
from c5graph.analytics.exposure.measured import Block, Part
from c5graph.analytics.exposure.parts import after_loss
from c5graph.analytics.exposure.ranges import Range, missing
from c5graph.analytics.exposure.ties import TieExposure
from c5graph.analytics.network import Networks
from c5graph.lenses import described

NOT_TOLD = "no report tells a share of it"


class Teller:
    """Tells exposures found in one view, in one language."""

    def __init__(self, networks: Networks, lang: str) -> None:
        self._networks, self._lang = networks, lang
        self._claims: set[str] = set()

    def answer(self, found: Exposure) -> dict[str, Any]:
        """Plain values for JSON."""
        view = self._networks.view
        body = {
            "entity": self._named(found.entity),
            "powers": [self._named(power) for power in found.powers],
            "measured": [self._block(found, block) for block in found.blocks],
            "relations": [self._relation(found, told) for told in found.told],
            "without": self._without(found) if found.lost else None,
        }
        notes = self._networks.facts.notes(sorted(self._claims), self._lang)
        return {
            "version": self._networks.version,
            "lens": described(view.lens, view.selection.undated),
            **body,
            "claims": {note.iri: note.plain for note in notes},
        }

    def _block(self, found: Exposure, block: Block) -> dict[str, Any]:
        there = {found.power_of.get(part.partner) for part in block.parts}
        rest = block.rest
        untold = [power for power in found.powers if power not in there]
        return {
            "kind": block.kind,
            "whole": self._name(block.whole),
            "counts": self._name(block.counts),
            "from": block.period[0] if block.period else None,
            "until": block.period[1] if block.period else None,
            "adds_up": block.adds_up,
            "parts": [self._part(found, part) for part in block.parts],
            "not_told": [
                {
                    "power": self._named(power),
                    "share": self._range(missing(NOT_TOLD, rest.high, rest.high_claims)),
                }
                for power in untold
            ],
            "rest": self._range(rest),
            "concentration": self._range(block.concentration),
        }

    def _part(self, found: Exposure, part: Part) -> dict[str, Any]:
        return {
            "partner": self._named(part.partner),
            "power": self._name(found.power_of.get(part.partner)),
            "indicator": self._named(part.indicator),
            "sizes": [
                {
                    "unit": unit[1].rpartition("/")[2],
                    "of": self._name(unit[2] if len(unit) > 2 else None),
                    **self._range(size),
                }
                for unit, size in part.sizes.items()
            ],
            "share": self._range(part.share),
        }

    def _relation(self, found: Exposure, told: Told) -> dict[str, Any]:
        projection = self._networks.projections.get(told.ties.projection)
        return {
            "projection": projection.as_dict(),
            **self._shares(told.ties),
            "single_points": [self._failure(each) for each in told.points],
            "steps": [
                {"power": self._named(power), **self._steps(told, found.entity, power, ())}
                for power in found.powers
            ],
        }

    def _shares(self, ties: TieExposure) -> dict[str, Any]:
        return {
            "partners": ties.partners,
            "shares": [
                {"power": self._named(power), "share": self._range(share)}
                for power, share in ties.shares.items()
            ],
            "concentration": self._range(ties.concentration),
        }

    def _steps(
        self, told: Told, entity: str, power: str, lost: tuple[Lost, ...]
    ) -> dict[str, int | None]:
        graphs = {"low": told.layers.most, "central": told.layers.usual, "high": told.layers.sure}
        return {
            name: steps(told.layers.left(graph, lost), entity, [power])
            for name, graph in graphs.items()
        }

    def _without(self, found: Exposure) -> dict[str, Any]:
        return {
            "lost": [self._lost(each) for each in found.lost],
            "measured": [self._loss(each) for each in found.losses if each.indicators],
            "relations": [self._loosened(found, told) for told in found.told],
        }

    def _lost(self, lost: Lost) -> dict[str, Any]:
        if isinstance(lost, tuple):
            return {"edge": [self._named(each) for each in lost]}
        return {"nodes": [self._named(each) for each in sorted(lost)]}

    def _loss(self, loss: Loss) -> dict[str, Any]:
        block = loss.block
        return {
            "kind": block.kind,
            "whole": self._name(block.whole),
            "from": block.period[0] if block.period else None,
            "until": block.period[1] if block.period else None,
            "lost": self._range(loss.lost) if block.told else self._range(missing(NOT_TOLD)),
            "shares_after": [
                {
                    "partner": self._named(part.partner),
                    "share": self._range(after_loss(part.share, loss.lost)),
                }
                for part in block.parts
                if part.indicator not in loss.indicators and part.share.low is not None
            ],
        }

    def _loosened(self, found: Exposure, told: Told) -> dict[str, Any]:
        assert told.after is not None
        return {
            "projection": told.ties.projection,
            **self._shares(told.after),
            "cut_off": [self._failure(each) for each in told.cuts],
            "steps": [
                {"power": self._named(power), **self._steps(told, found.entity, power, found.lost)}
                for power in found.powers
            ],
        }

    def _failure(self, failure: Failure) -> dict[str, Any]:
        return {
            "node": self._named(failure.node) if "~" not in failure.node else None,
            "cuts_off": {name: len(getattr(failure, name)) for name in ("low", "central", "high")},
            "cut_off": [self._named(each) for each in failure.high],
            "surely_cut_off": [self._named(each) for each in failure.low],
        }

    def _range(self, found: Range) -> dict[str, Any]:
        openness = found.openness
        self._claims |= found.claims | openness.disputed | openness.hedged | openness.inexact
        return found.as_dict()

    def _named(self, iri: str) -> dict[str, Any]:
        return self._networks.facts.teller.named(iri, self._lang).as_dict()

    def _name(self, iri: str | None) -> dict[str, Any] | None:
        return self._named(iri) if iri else None


def records(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A flat row for every share and every concentration: what, when, whose, and the range."""
    for block in answer["measured"]:
        of = block["whole"]["label"] if block["whole"] else block["kind"]
        head = {"about": "measured", "of": of, "from": block["from"], "until": block["until"]}
        for part in block["parts"]:
            yield {**head, "partner": part["partner"]["label"], **_ends("share", part["share"])}
        for each in block["not_told"]:
            yield {**head, "partner": each["power"]["label"], **_ends("share", each["share"])}
        yield {**head, "partner": None, **_ends("concentration", block["concentration"])}
    for told in answer["relations"]:
        head = {"about": "relations", "of": told["projection"]["name"], "from": None, "until": None}
        for each in told["shares"]:
            yield {**head, "partner": each["power"]["label"], **_ends("share", each["share"])}
        yield {**head, "partner": None, **_ends("concentration", told["concentration"])}


COLUMNS = (
    "about",
    "of",
    "from",
    "until",
    "partner",
    "figure",
    "low",
    "central",
    "high",
    "claims",
    "open_by",
)


def _ends(figure: str, found: dict[str, Any]) -> dict[str, Any]:
    claims = {claim for some in found["claims"].values() for claim in some}
    reasons = [name for name, some in found["open_by"].items() if some]
    return {
        "figure": figure,
        **{name: found[name] for name in ("low", "central", "high")},
        "claims": " ".join(sorted(claims)),
        "open_by": " ".join(reasons),
    }
