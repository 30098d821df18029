"""`/api/analytics/*`: measures of networks. What takes long is told with how far it has come."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from c5graph.analyst import Computation
from c5graph.analytics.analysis import Analysis
from c5graph.analytics.analytics import Analytics, Prepared
from c5graph.analytics.ask import SHARED, parse_ask
from c5graph.analytics.exposure.answer import COLUMNS, records
from c5graph.analytics.exposure.ask import FORMULA, OPTIONS, SOURCE
from c5graph.analytics.measure import Measure
from c5graph.analytics.measures import MEASURES
from c5graph.analytics.networkfiles import as_answer, as_file
from c5graph.analytics.outcome import Outcome
from c5graph.cache import Kept
from c5graph.graphfiles import CSV, CYTOSCAPE, GEXF, GRAPHML, JSON
from c5graph.negotiate import Format
from c5graph.routes.asking import PAGE, Asked, asked, kept, told, up_to
from c5graph.routes.http import VARY, Heard, send_all, to_json
from c5graph.routes.keeping import KeepingRoute
from c5graph.routes.lookups import lens_parameters, parameter
from c5graph.routes.overview import STATES, places
from c5graph.routes.pages import Pages
from c5graph.service import Service
from c5graph.speech import LANGUAGE
from c5graph.tables import table

PATH = "/api/analytics"
FORMS = (JSON, CSV)
NETWORK_FORMS = (JSON, CSV, GRAPHML, GEXF, CYTOSCAPE)
_OWN = ("lang", "format")


class _Computed(Exception):
    """An answer is not there yet: it waits, or is computed."""

    def __init__(self, order: Computation) -> None:
        super().__init__(order.key)
        self.order = order


class MeasureRoute(KeepingRoute):
    """Answers GET and HEAD for one measure: 200 with the answer, 202 while it is computed."""

    def __init__(
        self, service: Service, pages: Pages, analytics: Analytics, measure: Measure
    ) -> None:
        super().__init__(service)
        self._pages, self._analytics, self._measure = pages, analytics, measure
        self._parameters = (*SHARED, *(each.name for each in measure.options), *_OWN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        try:
            await super().__call__(scope, receive, send)
        except _Computed as later:
            await _send_progress(send, later.order)

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, self._parameters, FORMS)
        prepared, outcome = await self._outcome(wish, tag)
        return await asyncio.to_thread(self._answer, heard, wish, prepared, outcome, tag)

    async def _outcome(self, wish: Asked, tag: str) -> tuple[Prepared, Outcome]:
        """What comes of it. Raises _Computed while it is computed."""
        analyst = self._service.analyst
        order = analyst.get(tag)
        if order is None:
            ask = parse_ask(self._measure, wish.given, self._service.release.record, wish.lang)
            prepared = await asyncio.to_thread(self._analytics.prepare, ask)
            if self._measure.compute is None:  # it compares evidence, and is there at once
                return prepared, await asyncio.to_thread(self._analytics.computed, prepared)
            order = analyst.begin(tag, prepared)
        outcome = await analyst.within(order, self._service.settings.analysis_patience)
        if outcome is None:
            raise _Computed(order)
        return order.prepared, outcome

    def _answer(
        self, heard: Heard, wish: Asked, prepared: Prepared, outcome: Outcome, tag: str
    ) -> Kept:
        settings = self._service.settings
        limit = up_to(settings.analysis_rows_max, wish.given, "limit", settings.analysis_rows)
        found = self._analytics.told(prepared, outcome).first(limit)
        truncated = found.total > len(found.rows)
        said = told(wish.lens, prepared.network.undated, truncated=truncated)
        return kept(self._body(heard, wish, found), wish.form, tag, said)

    def _body(self, heard: Heard, wish: Asked, found: Analysis) -> bytes:
        if wish.form is CSV:
            return found.csv()
        if wish.form is PAGE:
            return self._pages.render("analysis.html", heard.path, found=found)
        return to_json(found.as_dict())


class NetworkRoute(KeepingRoute):
    """`/api/analytics/network`: the edges of a projection with facts and claims."""

    def __init__(self, service: Service, pages: Pages, analytics: Analytics) -> None:
        super().__init__(service)
        self._pages, self._analytics = pages, analytics

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, (*SHARED, *_OWN), NETWORK_FORMS)
        return await asyncio.to_thread(self._answer, heard, wish, tag)

    def _answer(self, heard: Heard, wish: Asked, tag: str) -> Kept:
        settings = self._service.settings
        limit = up_to(settings.analysis_rows_max, wish.given, "limit", settings.analysis_rows_max)
        network, _ = self._analytics.network(wish.given, wish.lang)
        said = told(wish.lens, network.undated, truncated=len(network.ties) > limit)
        if wish.form not in (JSON, PAGE):
            return kept(as_file(network, wish.form, limit, wish.lang), wish.form, tag, said)
        shown = as_answer(network, self._analytics.homes, limit, wish.lang)
        if wish.form is PAGE:
            return kept(
                self._pages.render("network.html", heard.path, found=shown), PAGE, tag, said
            )
        return kept(to_json(shown), JSON, tag, said)


class ExposureRoute(KeepingRoute):
    """`/api/analytics/exposure`: how far a thing depends on each power, as ranges."""

    def __init__(self, service: Service, pages: Pages, analytics: Analytics) -> None:
        super().__init__(service)
        self._pages, self._analytics = pages, analytics

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, (*OPTIONS, *_OWN), FORMS)
        return await asyncio.to_thread(self._answer, heard, wish, tag)

    def _answer(self, heard: Heard, wish: Asked, tag: str) -> Kept:
        shown = self._analytics.exposure(wish.given, wish.lang)
        undated = shown["lens"]["left_out_for_want_of_a_date"]
        said = told(wish.lens, undated, truncated=False)
        if wish.form is CSV:
            rows = (row.values() for row in records(shown))
            return kept(table(COLUMNS, rows), CSV, tag, said)
        if wish.form is PAGE:
            body = self._pages.render("exposure.html", heard.path, found=shown)
            return kept(body, PAGE, tag, said)
        return kept(to_json(shown), JSON, tag, said)


class MeasuresRoute(KeepingRoute):
    """`/api/analytics`: which projections and measures there are, with formulas and sources."""

    def __init__(self, service: Service, pages: Pages, analytics: Analytics) -> None:
        super().__init__(service)
        self._pages, self._analytics = pages, analytics

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, _OWN, (JSON,))
        projections, measures = [*self._analytics.projections], [*MEASURES.values()]
        if wish.form is PAGE:
            body = self._pages.render(
                "measures.html",
                heard.path,
                projections=projections,
                measures=measures,
                states=places(self._service, LANGUAGE.get(), STATES),
                exposure={"formula": FORMULA, "source": SOURCE, "options": OPTIONS},
                shared=SHARED,
            )
        else:
            shown = {
                "version": self._service.version,
                "projections": [each.as_dict() for each in projections],
                "measures": [each.as_dict() for each in measures],
                "exposure": {"formula": FORMULA, "source": SOURCE},
            }
            body = to_json(shown)
        return kept(body, wish.form, tag, ())


async def _send_progress(send: Send, order: Computation) -> None:
    """202: the same address is to be asked again."""
    headers = [
        ("content-type", "application/json"),
        ("retry-after", "1"),
        ("cache-control", "no-store"),
        VARY,
    ]
    await send_all(send, 202, headers, to_json(order.as_dict()))


def analytics_routes(service: Service, pages: Pages) -> dict[str, ASGIApp]:
    """The routes by path."""
    analytics = service.analytics
    if service.ours:
        len(analytics.projections.all)  # so that a wrong header stops the start and no request
    measures = {
        f"{PATH}/{name}": MeasureRoute(service, pages, analytics, each)
        for name, each in MEASURES.items()
    }
    return {
        PATH: MeasuresRoute(service, pages, analytics),
        f"{PATH}/network": NetworkRoute(service, pages, analytics),
        f"{PATH}/exposure": ExposureRoute(service, pages, analytics),
        **measures,
    }


def described_analytics() -> dict[str, Any]:
    """What OpenAPI says of them."""
    shared = [parameter(name, meaning) for name, meaning in SHARED.items()]
    found = {
        PATH: _operation("analytics", "Which projections and measures there are", [], (JSON,)),
        f"{PATH}/network": _operation("network", "A projected network", shared, NETWORK_FORMS),
    }
    options = [
        {**parameter(name, meaning), "required": name == "entity"}
        for name, meaning in OPTIONS.items()
    ]
    summary = "How far something depends on each power, as ranges"
    found[f"{PATH}/exposure"] = _operation("exposure", summary, options, FORMS)
    for name, each in MEASURES.items():
        own = [
            {**parameter(option.name, option.meaning), "required": option.needed}
            for option in each.options
        ]
        found[f"{PATH}/{name}"] = _operation(name, each.question, [*own, *shared], FORMS)
    return found


def _operation(
    name: str, summary: str, parameters: list[dict[str, Any]], forms: tuple[Format, ...]
) -> dict[str, Any]:
    more = [
        parameter("lang", "Language of labels."),
        parameter("format", "A format by name.", one_of=tuple(form.name for form in forms)),
    ]
    content: dict[str, Any] = {
        form.media_types[0]: {"schema": {"type": "object" if form is JSON else "string"}}
        for form in forms
    }
    answers = {"200": {"description": "The answer", "content": content}}
    if name in MEASURES and MEASURES[name].compute:
        progress = {"application/json": {"schema": {"type": "object"}}}
        answers["202"] = {"description": "Under way; ask again", "content": progress}
    lens = lens_parameters() if parameters else []
    return {
        "get": {
            "tags": ["analytics"],
            "operationId": f"analytics_{name}",
            "summary": summary,
            "parameters": [*parameters, *more, *lens],
            "responses": answers,
        }
    }
