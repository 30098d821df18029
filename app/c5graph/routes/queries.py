"""`/api/queries`: the saved questions, and each one's answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from c5graph import protocol
from c5graph.asked import asked, subject
from c5graph.errors import MalformedRequest
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.negotiate import BY_NAME, BY_WORD, prefers_html
from c5graph.routes.http import VARY, to_json, unless_gone, with_charset
from c5graph.routes.lookups import lens_parameters
from c5graph.routes.pages import Pages
from c5graph.routes.parameters import parameter, refuse_unknown
from c5graph.routes.questions import asked_of
from c5graph.service import Service
from c5graph.shelf import REPEATABLE

_OF_PAGES = "application/json, text/turtle;q=0.9"
_AGAIN = (REPEATABLE, "true")
_OWN = ("format", "lang", *PARAMETERS)
_PARAMETERS = (
    parameter("format", "A format by name, in place of Accept; 'query' gives the query itself."),
    parameter("lang", "Language of labels."),
)


class Questions:
    """Lists and runs the catalogue."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service, self._pages = service, pages

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(prefix="/api/queries", tags=["saved questions"])
        router.add_api_route(
            "",
            self.listed,
            methods=["GET"],
            summary="The saved questions with their parameters; ?tag= narrows them",
            response_class=Response,
            openapi_extra={"parameters": [parameter("tag", "Only questions with this tag.")]},
        )
        router.add_api_route(
            "/{name}",
            self.answered,
            methods=["GET"],
            summary="The answer to a saved question; its parameters go in the URL",
            response_class=Response,
            openapi_extra={"parameters": [*_PARAMETERS, *lens_parameters()]},
        )
        return router

    async def listed(self, request: Request) -> Response:
        """All of them, or those with every tag given."""
        given = protocol.parameters(request.scope["query_string"])
        refuse_unknown(given, ("tag", "lang", *PARAMETERS))
        chosen = self._service.catalogue.tagged(given.get("tag", ()))
        if prefers_html(request.headers.get("accept")):
            page = self._pages.render(
                "questions.html",
                request.url.path,
                **asked_of(self._service, given),
            )
            return Response(page, headers=dict([VARY]), media_type="text/html")
        plain = [{**asked(q).as_dict(), "link": f"/api/queries/{q.name}"} for q in chosen]
        subjects = {tag: subject(tag) for tag in self._service.catalogue.tags()}
        listing = {"version": self._service.version, "queries": plain, "subjects": subjects}
        return _json({**listing, "lens_parameters": dict(PARAMETERS), "formats": list(BY_NAME)})

    async def answered(self, name: str, request: Request) -> Response:
        """One question, with its parameters bound as terms."""
        given = protocol.parameters(request.scope["query_string"])
        query = self._service.catalogue.get(name)
        lens = parse_lens(given, self._service.release.record)
        values = {key: protocol.single(given, key) or "" for key in given if key not in _OWN}
        filled = {key: value for key, value in values.items() if value}
        text = query.bind(filled, self._service.release.resolve)
        if given.get("format") == ["query"]:
            return Response(text, headers=dict([VARY]), media_type="application/sparql-query")
        accept = _accept(given, request)
        answer = await unless_gone(
            request.receive, self._service.saved(text, wanted_by(accept), lens)
        )
        headers = dict([VARY, _AGAIN, *await self._service.told(lens)])
        if prefers_html(accept):
            kept = values | {name: ",".join(given[name]) for name in PARAMETERS if name in given}
            page = self._pages.question(request.url.path, query, kept, answer, text)
            return Response(page, headers=headers, media_type="text/html")
        if answer.truncated:
            headers["c5graph-truncated"] = "true"
        return Response(answer.body, headers=headers, media_type=with_charset(answer.media_type))


def wanted_by(accept: str | None) -> str | None:
    """What to ask the store for: a page is made from a table in JSON or from Turtle."""
    return _OF_PAGES if prefers_html(accept) else accept


def _accept(given: protocol.Parameters, request: Request) -> str | None:
    name = protocol.single(given, "format")
    if name is None:
        return ", ".join(request.headers.getlist("accept")) or None
    if name not in BY_WORD:
        raise MalformedRequest(
            f"The format '{name}' is not known.", remedy=f"Use one of {', '.join(BY_NAME)}."
        )
    return BY_WORD[name].media_types[0]


def _json(value: Any) -> Response:
    return Response(to_json(value), headers=dict([VARY]), media_type="application/json")
