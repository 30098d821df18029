"""Exposure as an answer: plain values, labels, and every claim in few words once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from c5graph.analytics.exposure.exposure import Exposure, Loss, Told
from c5graph.analytics.exposure.failure import Failure, Layers, steps
from c5graph.analytics.exposure.measured import Block, Part
from c5graph.analytics.exposure.parts import after_loss
from c5graph.analytics.exposure.ranges import Range, missing
from c5graph.analytics.exposure.ties import Lost, TieExposure
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
                {"power": self._named(power), **_steps(told.layers, found.entity, power)}
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

    def _without(self, found: Exposure) -> dict[str, Any]:
        return {
            "lost": [
                self._lost(each, name)
                for each, name in zip(found.lost, found.ask.without, strict=True)
            ],
            "measured": [self._loss(each) for each in found.losses if each.indicators],
            "relations": [self._loosened(found, told) for told in found.told],
        }

    def _lost(self, lost: Lost, name: str) -> dict[str, Any]:
        """What was named, and with a node what is at home in it and goes as well."""
        if isinstance(lost, tuple):
            return {"edge": [self._named(each) for each in lost]}
        node = self._networks.view.neighbours.resolve(name)
        nodes = [self._named(each) for each in sorted(lost)]
        return {"node": self._named(node), "nodes": nodes}

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
                {"power": self._named(power), **_steps(told.left, found.entity, power)}
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


def _steps(layers: Layers, entity: str, power: str) -> dict[str, int | None]:
    graphs = {"low": layers.most, "central": layers.usual, "high": layers.sure}
    return {name: steps(graph, entity, [power]) for name, graph in graphs.items()}


def records(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A flat row for every share, size and concentration: what, when, whose, and the range."""
    for block in answer["measured"]:
        when = {"from": block["from"], "until": block["until"]}
        head: dict[str, Any] = {"about": "measured", "of": _measured(block), **when}
        for part in block["parts"]:
            partner = part["partner"]["label"]
            yield {**head, "partner": partner, **_ends("share", part["share"])}
            for size in part["sizes"]:
                yield {**head, "partner": partner, **_ends("size", size, size["unit"])}
        for each in block["not_told"]:
            yield {**head, "partner": each["power"]["label"], **_ends("share", each["share"])}
        yield {**head, "partner": None, **_ends("concentration", block["concentration"])}
    for told in answer["relations"]:
        head = {"about": "relations", "of": told["projection"]["name"], "from": None, "until": None}
        for each in told["shares"]:
            yield {**head, "partner": each["power"]["label"], **_ends("share", each["share"])}
        yield {**head, "partner": None, **_ends("concentration", told["concentration"])}


def _measured(block: dict[str, Any]) -> str:
    """What is measured, in words."""
    if block["whole"]:
        return str(block["whole"]["label"])
    return f"{block['kind']}: {block['counts']['label']}" if block["counts"] else block["kind"]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures that differ between two answers, with both ranges; None is: not told."""
    old, new = _figures(before), _figures(after)
    keys = [*old, *(key for key in new if key not in old)]
    return [
        {**dict(zip(_KEY, key, strict=True)), "before": old.get(key), "after": new.get(key)}
        for key in keys
        if old.get(key) != new.get(key)
    ]


_KEY = ("about", "of", "from", "until", "partner", "figure", "unit")


def _figures(answer: dict[str, Any]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The ranges of which something is told."""
    found = ((tuple(row[name] for name in _KEY), row) for row in records(answer))
    ends = {key: {name: row[name] for name in ("low", "central", "high")} for key, row in found}
    return {key: each for key, each in ends.items() if set(each.values()) != {None}}


COLUMNS = (
    "about",
    "of",
    "from",
    "until",
    "partner",
    "figure",
    "unit",
    "low",
    "central",
    "high",
    "claims",
    "open_by",
)


def _ends(figure: str, found: dict[str, Any], unit: str | None = None) -> dict[str, Any]:
    claims = {claim for some in found["claims"].values() for claim in some}
    reasons = [name for name, some in found["open_by"].items() if some]
    return {
        "figure": figure,
        "unit": unit,
        **{name: found[name] for name in ("low", "central", "high")},
        "claims": " ".join(sorted(claims)),
        "open_by": " ".join(reasons),
    }
