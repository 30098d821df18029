"""The explorer's pages: `/map`, `/timeline`, `/compare`, `/questions` and `/about`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, cast

from fastapi import APIRouter, Request, Response

from c5graph.cache import Kept
from c5graph.desk.bureau import Office
from c5graph.errors import BadParameter
from c5graph.graph.lens import Lens
from c5graph.graph.release import View
from c5graph.lenses import day
from c5graph.namespaces import ID
from c5graph.protocol import Parameters, single
from c5graph.routes.http import VARY, etag
from c5graph.routes.pages import Pages
from c5graph.routes.parameters import listed, number
from c5graph.routes.questions import asked_of
from c5graph.routes.visit import VISIT
from c5graph.service import Service
from c5graph.views.atlas import AREAS, LAYERS, Atlas
from c5graph.views.claims import Reader
from c5graph.views.comparison import At, Comparison
from c5graph.views.ends import Ends
from c5graph.views.flows import Flows
from c5graph.views.scatter import scatters
from c5graph.views.thing import MOST
from c5graph.views.timeline import KINDS, Clock, Moment, Timeline

PAGE_OF_MOMENTS: Final = 100
_USUAL_PAIR: Final = ("kazakhstan", "uzbekistan")
_CLOCKS: Final = ("dayA", "dayB", "heldA", "heldB")
Values = dict[str, Any]


class Explorer:
    """Renders these pages under the reader's lens, each kept like any other answer."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service, self._pages = service, pages
        self._ends = Ends(service.release)

    def router(self) -> APIRouter:
        """The routes; none where files of a user are served as they are."""
        router = APIRouter(tags=["pages"], include_in_schema=False)
        makers: dict[str, Callable[[Parameters, View], Values]] = {
            "map": self._map,
            "timeline": self._timeline,
            "compare": self._compare,
            "questions": self._questions,
            "about": self._about,
        }
        for name, make in makers.items() if self._service.ours else ():
            router.add_api_route(f"/{name}", self._page(name, make), methods=["GET"], name=name)
        return router

    def _page(self, name: str, make: Callable[[Parameters, View], Values]) -> Callable[..., Any]:
        async def page(request: Request) -> Response:
            given, lens = VISIT.get().given, self._pages.strict_lens()
            tag = etag((self._service.version, name, request.scope["query_string"]))
            kept = self._service.cache.get(tag)
            if kept is None:
                view = await self._service.view(lens)
                body = await asyncio.to_thread(self._made, name, make, given, view)
                kept = Kept(body, "text/html", tag)
                self._service.cache.put(tag, kept)
            return Response(kept.body, headers=dict([VARY]), media_type="text/html")

        return page

    def _made(
        self, name: str, make: Callable[[Parameters, View], Values], given: Parameters, view: View
    ) -> bytes:
        return self._pages.render(f"{name}.html", f"/{name}", **make(given, view))

    @property
    def _reader(self) -> Reader:
        return Reader(self._service.release, self._pages.lang)

    def _flows(self, view: View) -> Flows:
        return Flows(self._service.bureau.office(view).ledger.telling)

    def _map(self, given: Parameters, view: View) -> Values:
        release = self._service.release
        area = _one_of(given, "area", AREAS)
        layers = listed(given, "show") or list(LAYERS[:-1])
        for each in layers:
            if each not in LAYERS:
                raise BadParameter(f"The map has no '{each}'.", remedy=f"Show {', '.join(LAYERS)}.")
        drawn = Atlas(release, view, self._reader, self._flows(view)).map(area)
        return {"map": drawn, "area": area, "layers": layers, "all_layers": LAYERS}

    def _timeline(self, given: Parameters, view: View) -> Values:
        clock = cast("Clock", _one_of(given, "clock", ("held", "published")))
        kinds = listed(given, "kinds_of")
        about = single(given, "about") or None
        iri = view.neighbours.resolve(about) if about else None
        census = self._service.bureau.office(view).census
        line = Timeline(self._service.release, view, self._reader, census.counts)
        moments = line.moments(about=iri, kinds=kinds, clock=clock)
        order = _one_of(given, "order", ("latest", "earliest"))
        within = [each for each in moments if _within(each, clock, given)]
        listed_ = within if order == "earliest" else within[::-1]
        page = number(given, "page", 1)
        start = (page - 1) * PAGE_OF_MOMENTS
        return {
            "moments": within,
            "shown": listed_[start : start + PAGE_OF_MOMENTS],
            "order": order,
            "page": page,
            "last_page": max(1, -(-len(within) // PAGE_OF_MOMENTS)),
            "pictures_of_time": scatters(within, clock),
            "clock": clock,
            "kinds": kinds,
            "all_kinds": KINDS,
            "about": self._reader.named(iri) if iri else None,
            "start": single(given, "start") or "",
            "end": single(given, "end") or "",
        }

    def _compare(self, given: Parameters, view: View) -> Values:
        names = [single(given, "a") or _USUAL_PAIR[0]]
        names.append(single(given, "b") or _other_than(names[0], given))
        iris = [view.neighbours.resolve(name) for name in names]
        same = iris[0] == iris[1]
        made = Comparison(self._service.bureau, self._reader, self._ends, self._pages.lang)
        a, b = (
            made.column(iri, *self._at(view.lens, side, given), *((MOST,) if same else ()))
            for side, iri in zip("AB", iris, strict=True)
        )
        shared = {row["agreement"]["iri"] for row in a.deals}
        return {
            "columns": [a, b],
            "lists": made.list_names([a, b]),
            "names": names,
            "given": {name: single(given, name) or "" for name in _CLOCKS},
            "same": same,
            "shared": [row for row in b.deals if not same and row["agreement"]["iri"] in shared],
            "deal_changes": made.deal_changes(a, b) if same else [],
            "facts": made.facts(a, b) if same else None,
        }

    def _at(self, lens: Lens, side: str, given: Parameters) -> tuple[Office, At]:
        """What counts in a column, and the days that it has of its own."""
        at = At(held=day(given, f"held{side}"), reported=day(given, f"day{side}"))
        own = replace(lens, as_of=at.held or lens.as_of, known_at=at.reported or lens.known_at)
        return self._service.bureau.under(own), at

    def _questions(self, given: Parameters, _: View) -> Values:
        return asked_of(self._service, given)

    def _about(self, _: Parameters, view: View) -> Values:
        census = self._service.bureau.office(view).census
        return {"claims": census.claims, "reports": census.reports}


def _other_than(name: str, given: Parameters) -> str:
    """With two days one thing is compared with itself; else with another state."""
    if any(single(given, each) for each in _CLOCKS):
        return name
    return next(each for each in reversed(_USUAL_PAIR) if each != name.removeprefix(ID))


def _one_of(given: Parameters, name: str, options: tuple[str, ...]) -> str:
    value = single(given, name) or options[0]
    if value not in options:
        raise BadParameter(f"{name} is '{value[:40]}'.", remedy=f"Use {' or '.join(options)}.")
    return value


def _within(moment: Moment, clock: Clock, given: Parameters) -> bool:
    on = moment.on(clock)
    start, end = single(given, "start") or "", single(given, "end") or ""
    return on is not None and start <= str(on) and (not end or str(on)[: len(end)] <= end)
