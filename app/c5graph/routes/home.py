"""The start page: what there is, the map, the deals in time, and the rivals at a glance."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from c5graph.cache import Kept
from c5graph.desk.deals import Deal
from c5graph.desk.ledger import LedgerAsk
from c5graph.desk.ledger_page import LedgerPage, ledger_page
from c5graph.desk.sums import Total
from c5graph.graph.release import View
from c5graph.metadata.schema_org import as_schema_org
from c5graph.namespaces import VOC
from c5graph.routes.http import etag
from c5graph.routes.overview import overview
from c5graph.routes.pages import Pages
from c5graph.routes.visit import VISIT
from c5graph.service import Service
from c5graph.speech import grouped
from c5graph.views.atlas import Atlas
from c5graph.views.claims import Reader
from c5graph.views.flows import Flows
from c5graph.views.scatter import scatter
from c5graph.views.timeline import Timeline

_CLASSES = ("binding", "intended", "stalled")
_DEALS = 6
_BINDING = VOC + "status-class-binding"
_OTHER = VOC + "side-other"


@dataclass(frozen=True)
class Rival:
    """A power with its agreements by how far they have come, and their sums in dollars."""

    slug: str
    label: str
    agreements: int
    by_class: tuple[int, ...]
    sums: tuple[str, ...]


class HomePage:
    """Renders the start page under the reader's lens."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service, self._pages = service, pages

    async def page(self, address: str, alternates: Sequence[Any]) -> bytes:
        """The page; `address` is that of the service."""
        lens, lang = self._pages.strict_lens(), self._pages.lang
        tag = etag((self._service.version, "home", address, VISIT.get().query))
        kept = self._service.cache.get(tag)
        if kept is None:
            shown = await overview(self._service, lens, lang)
            view = await self._service.view(lens)
            values = {
                "overview": shown,
                "canonical": f"{self._service.settings.public_url.rstrip('/')}/",
                "alternates": alternates,
                "dataset": as_schema_org(address, self._service.version),
            }
            body = await asyncio.to_thread(self._render, values, view)
            kept = Kept(body, "text/html", tag)
            self._service.cache.put(tag, kept)
        return kept.body

    def _render(self, values: dict[str, Any], view: View) -> bytes:
        own = self._pictures(view) if self._service.ours else {}
        return self._pages.render("home.html", "/", **values, **own)

    def _pictures(self, view: View) -> dict[str, Any]:
        release, reader = self._service.release, Reader(self._service.release, self._pages.lang)
        flows = Flows(release, view, self._service.bureau.homes)
        moments = Timeline(release, view, reader).moments(kinds=["status"])
        ledger = self._ledger(view, LedgerAsk(by="power", sort="amount", lang=self._pages.lang))
        signed = [deal for deal in ledger.chosen if _is_counted(deal)]
        return {
            "map": Atlas(release, view, reader, flows).map("region"),
            "picture": scatter(moments, "held"),
            "rivals": self._rivals(ledger),
            "deals": [ledger.row(deal) for deal in signed[:_DEALS]],
            "deal_count": len(ledger.chosen),
            "classes": [reader.named(f"{VOC}status-class-{name}") for name in _CLASSES],
        }

    def _ledger(self, view: View, ask: LedgerAsk) -> LedgerPage:
        return ledger_page(self._service.bureau.office(view).ledger, ask)

    def _rivals(self, page: LedgerPage) -> list[Rival]:
        labels = self._service.release.labels
        found = []
        for group in sorted(page.groups, key=lambda each: each.key == _OTHER):
            if group.key is None:
                continue
            dollars = [each for each in group.totals if each.currency == "USD" and not each.basis]
            found.append(
                Rival(
                    slug=group.key.removeprefix(VOC + "side-"),
                    label=labels.of(group.key, self._pages.lang),
                    agreements=len(group.deals),
                    by_class=tuple(self._count(group.deals, name) for name in _CLASSES),
                    sums=tuple(_sum(each) for each in dollars),
                )
            )
        return found

    def _count(self, deals: Sequence[Deal], name: str) -> int:
        wanted = VOC + "status-class-" + name
        stages = (deal.present for deal in deals if deal.present)
        return sum(stage.status_class == wanted for stage in stages)


def _is_counted(deal: Deal) -> bool:
    """Whether it is signed, no package, and told to concern Central Asia."""
    signed = deal.present is not None and deal.present.status_class == _BINDING
    return signed and not deal.package and bool(deal.concerned)


def _sum(total: Total) -> str:
    """A sum in billions of dollars, from its low to its high end."""
    low, high = (_billions(float(each)) for each in (total.low, total.high))
    between = low if low == high else f"{low}–{high}"
    return between + "+" if total.open else between


def _billions(amount: float) -> str:
    return grouped(round(amount / 1e9, 1 if amount >= 1e9 else 3))
