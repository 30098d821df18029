"""Agreements by the power that they are with: how many, how far they have come, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from c5graph.desk.deals import Deal
from c5graph.desk.ledger_page import LedgerPage
from c5graph.desk.sums import Total
from c5graph.graph.labels import Labels
from c5graph.namespaces import VOC
from c5graph.speech import grouped

CLASSES: Final = tuple(VOC + f"status-class-{name}" for name in ("binding", "intended", "stalled"))
"""How far agreements have come, the furthest first."""
_BILLION, _LEAST = 1e9, 1e6
_OTHER = VOC + "side-other"


@dataclass(frozen=True)
class Rival:
    """A power with its agreements by how far they have come, and their sums in each currency."""

    slug: str
    label: str
    agreements: int
    by_class: tuple[int, ...]
    sums: tuple[str, ...]


def rivals(page: LedgerPage, labels: Labels, lang: str) -> list[Rival]:
    """The powers of a page of the ledger that was grouped by them, the rest of the world last."""
    found = []
    for group in sorted(page.groups, key=lambda each: each.key == _OTHER):
        if group.key is None:
            continue
        counted = [each for each in group.totals if each.counted and not each.basis]
        found.append(
            Rival(
                slug=group.key.removeprefix(VOC + "side-"),
                label=labels.of(group.key, lang),
                agreements=len(group.deals),
                by_class=tuple(_count(group.deals, each) for each in CLASSES),
                sums=tuple(_sum(each) for each in sorted(counted, key=_dollars_first)),
            )
        )
    return found


def _dollars_first(total: Total) -> tuple[bool, str]:
    return total.currency != "USD", total.currency


def _count(deals: Sequence[Deal], status_class: str) -> int:
    stages = (deal.present for deal in deals if deal.present)
    return sum(stage.status_class == status_class for stage in stages)


def _sum(total: Total) -> str:
    """A sum in billions of its currency, from its low to its high end."""
    low, high = (_billions(float(each)) for each in (total.low, total.high))
    between = low if low == high else f"{low}–{high}"
    return f"{between}{'+' if total.open else ''} {total.currency}"


def _billions(amount: float) -> str:
    if 0 < amount < _LEAST:
        return f"< {grouped(_LEAST / _BILLION)}"
    return grouped(round(amount / _BILLION, 1 if amount >= _BILLION else 3))
