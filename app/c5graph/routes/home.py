"""The start page: what there is, the map, the deals in time, and the rivals at a glance."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from c5graph.cache import Kept
from c5graph.desk.deals import Deal
from c5graph.desk.ledger import LedgerAsk
from c5graph.desk.ledger_page import ledger_page
from c5graph.graph.release import View
from c5graph.lasting import BINDING
from c5graph.metadata.schema_org import as_schema_org
from c5graph.routes.http import etag
from c5graph.routes.overview import overview
from c5graph.routes.pages import Pages
from c5graph.routes.visit import VISIT
from c5graph.service import Service
from c5graph.views.atlas import Atlas
from c5graph.views.claims import Reader
from c5graph.views.flows import Flows
from c5graph.views.rivals import CLASSES, rivals
from c5graph.views.scatter import scatters
from c5graph.views.timeline import Timeline

_DEALS = 6


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
        office = self._service.bureau.office(view)
        flows = Flows(office.ledger.telling)
        moments = Timeline(release, view, reader, office.census.counts).moments(kinds=["status"])
        ask = LedgerAsk(by="power", sort="amount", lang=self._pages.lang)
        ledger = ledger_page(office.ledger, ask)
        signed = [deal for deal in ledger.chosen if _is_counted(deal)]
        return {
            "map": Atlas(release, view, reader, flows).map("region"),
            "pictures_of_time": scatters(moments, "held"),
            "rivals": rivals(ledger, release.labels, self._pages.lang),
            "deals": [ledger.row(deal) for deal in signed[:_DEALS]],
            "deal_count": len(ledger.chosen),
            "classes": reader.all_named(CLASSES),
        }


def _is_counted(deal: Deal) -> bool:
    """Whether it is signed, no package, and told to concern Central Asia."""
    signed = deal.present is not None and deal.present.status_class == BINDING
    return signed and not deal.package and bool(deal.concerned)
