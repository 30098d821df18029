"""`/reconcile`: the Reconciliation Service API 0.2, for OpenRefine and other clients.

JSONP, which the protocol leaves open, is not offered: every answer allows other origins.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from c5graph import protocol
from c5graph.aside import Aside
from c5graph.entries import Directory, local_name
from c5graph.errors import MalformedRequest, NotFound, UnsupportedMediaType
from c5graph.graph.lens import DEFAULT
from c5graph.graph.release import View
from c5graph.lenses import headers, parse_lens
from c5graph.namespaces import ID
from c5graph.protocol import Parameters
from c5graph.reconcile.manifest import manifest
from c5graph.reconcile.matching import Budget, Matcher
from c5graph.reconcile.properties import Properties, extend
from c5graph.reconcile.queries import parse_batch, parse_extension
from c5graph.reconcile.suggest import FURTHEST, KINDS, Suggester
from c5graph.routes.http import VARY, Heard, read_body, to_json
from c5graph.routes.later import Later
from c5graph.routes.lookups import lens_parameters
from c5graph.routes.pages import Pages
from c5graph.routes.parameters import number, parameter
from c5graph.service import Service

_PREFIX: Final = "/reconcile"
_SHOWN_NAMES: Final = 12
_LENSES: Final = 4  # for which what answers is kept, besides the default one
MEANINGS: Final = {
    "queries": "A batch of reconciliation queries, in JSON.",
    "extend": "A data extension query, in JSON.",
    "prefix": "What is typed so far, or an identifier.",
    "cursor": "How many suggestions to skip.",
    "id": "An identifier.",
    "type": "A type, such as Agreement.",
    "limit": "How many at most.",
}
_FORM_SCHEMA: Final = {
    "type": "object",
    "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
}
_FORM_BODY: Final = {"content": {protocol.FORM: {"schema": _FORM_SCHEMA}}}
Endpoint = Callable[[Request], Awaitable[Response]] | Callable[[str, Request], Awaitable[Response]]
# As everywhere, but that a client may show the preview in a frame of its own.
_FRAMED: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *"


@dataclass(frozen=True)
class _Tools:
    """What answers, for one release through one lens."""

    view: View

    directory: Directory
    properties: Properties
    matcher: Matcher
    suggester: Suggester

    @classmethod
    def of(cls, directory: Directory, view: View) -> _Tools:
        properties = Properties(directory, view)
        matcher = Matcher(directory, properties)
        return cls(view, directory, properties, matcher, Suggester(directory, properties))

    def answer(self, value: Any) -> Response:
        """As JSON, with the lens in its headers."""
        return Response(to_json(value), headers=self.headers, media_type="application/json")

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says."""
        return dict([VARY, *headers(self.view.lens, self.view.selection.undated)])


class ReconcileRoutes:
    """The endpoint and its companions."""

    def __init__(self, service: Service, pages: Pages, directory: Later[Directory]) -> None:
        self._service, self._pages, self._directory = service, pages, directory
        # Apart from other look-ups, which long batches must not hold up.
        self._batches = Aside(service.settings.queue)
        self._under = lru_cache(maxsize=_LENSES)(_Tools.of)

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(prefix=_PREFIX, tags=["reconciliation"])

        def add(path: str, endpoint: Endpoint, summary: str, *names: str) -> None:
            router.add_api_route(
                path,
                endpoint,
                methods=["GET"],
                summary=summary,
                response_class=Response,
                openapi_extra={"parameters": [*_own(names), *lens_parameters()]},
            )

        add("", self.endpoint, "The manifest, or the answer", "queries", "extend")
        add("/suggest/{kind}", self.suggest, "Suggestions while typing", "prefix", "cursor")
        add("/flyout/{kind}", self.flyout, "A card about what is suggested", "id")
        add("/preview", self.preview, "A small page about an entity, for a frame", "id")
        add("/properties", self.proposed, "Properties that things of a type have", "type", "limit")
        router.add_api_route(
            "",
            self.posted,
            methods=["POST"],
            summary="A batch of queries or a data extension, as a form",
            response_class=Response,
            openapi_extra={"requestBody": _FORM_BODY, "parameters": lens_parameters()},
        )
        return router

    async def posted(self, request: Request) -> Response:
        """Queries or data extension by form."""
        return await self.endpoint(request)

    async def endpoint(self, request: Request) -> Response:
        """Queries, data extension, or the manifest when neither is asked."""
        given = await self._given(request)
        queries, extension = protocol.single(given, "queries"), protocol.single(given, "extend")
        if queries is not None and extension is not None:
            raise MalformedRequest("Both 'queries' and 'extend' are given.", remedy="Give one.")
        if queries is not None:
            return await self._answers(queries, given)
        if extension is not None:
            return await self._extended(extension, given)
        if request.method == "POST":
            raise MalformedRequest(
                "The form has neither 'queries' nor 'extend'.", remedy="Send one of them."
            )
        tools, settings = await self._tools(given), self._service.settings
        root, lens = self._root(request), tools.view.lens
        return tools.answer(manifest(tools.directory, settings, root, lens))

    async def suggest(self, kind: str, request: Request) -> Response:
        """Entities, types or properties by the beginning of a name, or by identifier."""
        _check(kind)
        given = await self._given(request)
        prefix = (protocol.single(given, "prefix") or "").strip()[:200]
        skip = min(number(given, "cursor", 0, least=0), FURTHEST)
        tools = await self._tools(given)
        found = tools.suggester.suggest(kind, prefix, skip, self._lang(given))
        return tools.answer({"result": found})

    async def flyout(self, kind: str, request: Request) -> Response:
        """A card as escaped HTML in JSON."""
        _check(kind)
        given = await self._given(request)
        tools, lang = await self._tools(given), self._lang(given)
        asked, iri = self._known(tools, kind, given)
        item = tools.suggester.item(kind, iri, lang)
        card = self._pages.render("flyout.html", request.url.path, item=item).decode().strip()
        return tools.answer({"id": asked, "html": card})

    async def preview(self, request: Request) -> Response:
        """A page that a client shows in a frame."""
        given = await self._given(request)
        tools, lang = await self._tools(given), self._lang(given)
        _, iri = self._known(tools, "entity", given)
        body = self._pages.render(
            "preview.html",
            request.url.path,
            iri=iri,
            name=tools.suggester.name("entity", iri, lang),
            types=tools.directory.types(iri, lang),
            description=tools.directory.description(iri, lang),
            names=tools.suggester.other_names(iri)[:_SHOWN_NAMES],
        )
        framed = {**tools.headers, "content-security-policy": _FRAMED}
        return Response(body, headers=framed, media_type="text/html")

    async def proposed(self, request: Request) -> Response:
        """Properties for a type, the most common first."""
        given = await self._given(request)
        tools, lang = await self._tools(given), self._lang(given)
        asked = protocol.single(given, "type") or ""
        class_iri = tools.directory.class_iri(asked) if asked else None
        found = tools.properties.proposed(class_iri) if class_iri or not asked else []
        limit = number(given, "limit", len(found) or 1)
        listed = [
            {"id": local_name(iri), "name": tools.properties.label(iri, lang)}
            for iri in found[:limit]
        ]
        answer = {"properties": listed, "type": asked}
        return tools.answer({**answer, "limit": limit} if "limit" in given else answer)

    async def _answers(self, text: str, given: Parameters) -> Response:
        queries = parse_batch(text, self._service.settings.reconcile_batch)
        tools, settings = await self._tools(given), self._service.settings
        budget = Budget.of(settings.deadline)
        answer = tools.matcher.answers
        return tools.answer(await self._batches.run(answer, queries, settings.language, budget))

    async def _extended(self, text: str, given: Parameters) -> Response:
        asked = parse_extension(text, self._service.settings.reconcile_ids)
        tools, lang = await self._tools(given), self._service.settings.language
        return tools.answer(extend(asked, tools.properties, tools.directory, lang))

    async def _given(self, request: Request) -> Parameters:
        in_url = protocol.parameters(request.scope["query_string"])
        if request.method != "POST":
            return in_url
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != protocol.FORM:
            raise UnsupportedMediaType(
                f"A body of type {kind or '(none given)'} is not read here.",
                remedy=f"Send {protocol.FORM} with 'queries' or 'extend'.",
            )
        body = await read_body(request.receive, self._service.settings.max_body_kib * 1024)
        return protocol.merge(in_url, protocol.parameters(body))

    async def _tools(self, given: Parameters) -> _Tools:
        lens = parse_lens(given, self._service.release.record)
        if lens == DEFAULT:
            return await self._service.once("reconciliation", self._make)
        directory, view = await self._directory.get(), await self._service.view(lens)
        return await self._service.aside.run(self._under, directory, view)

    async def _make(self) -> _Tools:
        view = self._service.release.view
        return await asyncio.to_thread(_Tools.of, await self._directory.get(), view)

    def _known(self, tools: _Tools, kind: str, given: Parameters) -> tuple[str, str]:
        asked = protocol.single(given, "id") or ""
        iri = tools.suggester.known(kind, asked) if asked else None
        if iri is None or (kind == "entity" and self._service.ours and not iri.startswith(ID)):
            raise NotFound(
                f"No {kind} has the identifier '{asked[:60]}'.",
                remedy=f"{_PREFIX}/suggest/{kind}?prefix=… finds identifiers.",
            )
        return asked, iri

    def _lang(self, given: Parameters) -> str:
        return protocol.single(given, "lang") or self._service.settings.language

    def _root(self, request: Request) -> str:
        public = self._service.settings.public_url or Heard.of(request.scope).host
        return public.rstrip("/")


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise NotFound(f"Nothing of the kind '{kind[:40]}' is suggested.", remedy=_kinds())


def _kinds() -> str:
    return f"There are suggestions for {', '.join(KINDS)}."


def _own(names: Iterable[str]) -> list[dict[str, Any]]:
    return [parameter(name, MEANINGS[name]) for name in names]
