"""`/api/evidence`: why is this so; the facts of a statement and the claims behind them."""

from __future__ import annotations

from c5graph.cache import Kept
from c5graph.graph.release import View
from c5graph.lenses import described
from c5graph.lookup import term_iri
from c5graph.networks import JSON, JSONLD, TURTLE
from c5graph.protocol import single
from c5graph.reasons import Reasons, statements
from c5graph.routes.asking import PAGE, Asked, asked, kept, told, up_to
from c5graph.routes.http import Heard, to_json
from c5graph.routes.keeping import KeepingRoute
from c5graph.routes.pages import Pages
from c5graph.service import Service
from c5graph.store.rdf import serialise

PARAMETERS = ("subject", "predicate", "object", "limit", "lang", "format")
FORMS = (JSON, TURTLE, JSONLD)


class EvidenceRoute(KeepingRoute):
    """Answers GET and HEAD."""

    def __init__(self, service: Service, pages: Pages) -> None:
        super().__init__(service)
        self._pages = pages
        self._reasons = Reasons(service.release)

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, PARAMETERS, FORMS)
        view = await self._service.view(wish.lens)
        return await self._service.aside.run(self._answer, heard, wish, view, tag)

    def _answer(self, heard: Heard, wish: Asked, view: View, tag: str) -> Kept:
        given, settings = wish.given, self._service.settings
        predicate = single(given, "predicate")
        pattern = self._reasons.pattern(
            view,
            single(given, "subject"),
            term_iri(predicate) if predicate else None,
            single(given, "object"),
        )
        limit = up_to(settings.neighbour_max, given, "limit", settings.neighbour_limit)
        why = self._reasons.why(view, pattern, limit)
        truncated = max(why.facts_total, why.claims_total) > limit
        said = told(wish.lens, view.selection.undated, truncated=truncated)
        if wish.form in (TURTLE, JSONLD):
            body = serialise(statements(why, view.neighbours.teller), wish.form.ending)
            return kept(body, wish.form, tag, said)
        lens = described(wish.lens, view.selection.undated)
        shown = {
            "version": self._service.version,
            "lens": lens,
            "asked": vars(pattern),
            "truncated": truncated,
            **self._reasons.told(why, view, wish.lang),
        }
        if wish.form is PAGE:
            return kept(self._pages.render("why.html", heard.path, why=shown), PAGE, tag, said)
        return kept(to_json(shown), JSON, tag, said)
