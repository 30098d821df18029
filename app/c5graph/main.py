"""Puts the application together; no logic."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from c5graph import __version__
from c5graph.entries import Directory
from c5graph.errors import MalformedRequest, NotFound
from c5graph.middleware import Edge, Finish
from c5graph.observe import Observed, counter
from c5graph.rate import RateLimit
from c5graph.routes.analytics import analytics_routes
from c5graph.routes.cite import CiteRoute
from c5graph.routes.desk import desk_routes
from c5graph.routes.dump import dump_routes
from c5graph.routes.evidence import EvidenceRoute
from c5graph.routes.explorer import Explorer
from c5graph.routes.http import send_all, without_slash
from c5graph.routes.later import Later
from c5graph.routes.linked import LinkedData
from c5graph.routes.mcp import McpRoute
from c5graph.routes.neighbours import NeighboursRoute
from c5graph.routes.network import NetworkRoute
from c5graph.routes.operations import operations_router
from c5graph.routes.pages import Pages
from c5graph.routes.paths import PathsRoute
from c5graph.routes.plain import PlainQueries
from c5graph.routes.queries import Questions
from c5graph.routes.reconcile import ReconcileRoutes
from c5graph.routes.search import SearchRoute
from c5graph.routes.sparql import SparqlRoute
from c5graph.routes.static import PREFIX, Static
from c5graph.routes.validate import ValidateRoute
from c5graph.routes.visitor import visit
from c5graph.routes.vocabulary import LABELS, TERMS, VocabularyRoute
from c5graph.routes.warm import warm
from c5graph.service import Service
from c5graph.settings import MIB
from c5graph.shelf import Shelf

# What answers without the look-ups, which files of a user have made when first asked for.
_LIGHT = ("/", "/docs", "/health", "/metrics", "/openapi.json", "/ready", "/sparql")

Life = Callable[[FastAPI], AbstractAsyncContextManager[None]]


class Application:
    """Hot paths go straight to their routes, all others through FastAPI."""

    def __init__(self, service: Service, hot: dict[str, ASGIApp], rest: FastAPI) -> None:
        self._service, self._hot, self._rest = service, hot, Finish(rest)
        self._static = Static()
        self._paths: frozenset[str] = rest.state.paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over by path."""
        if scope["type"] != "http":
            return await self._rest(scope, receive, send)
        path = scope["path"]
        if path.startswith(PREFIX):
            return await self._static(scope, receive, send)
        if path.endswith("/") and self._is_plain(path):
            location = without_slash(path, scope["query_string"])
            return await send_all(send, 308, [("location", location)])
        if path not in _LIGHT:
            await self._service.look_ups_ready()
        return await self._hot.get(path, self._rest)(scope, receive, send)

    def _is_plain(self, path: str) -> bool:
        """Whether the path is one of ours but for a slash too much."""
        plain = path.rstrip("/")
        return path not in self._paths and (plain in self._paths or plain in self._hot)


def create_app(service: Service) -> Observed:
    """The whole service as an ASGI application; starting it starts the store."""
    pages = Pages(service)
    directory = Later(lambda: Directory(service.release))
    search = SearchRoute(service, pages, directory)
    models, validate = McpRoute(service), ValidateRoute(service, pages)

    async def first_page() -> None:
        await visit(Edge(inner, service, pages.error, RateLimit(0)), "/")

    life = _life(service, directory, first_page, (models, validate))
    rest = _rest(service, pages, directory, life)
    network, vocabulary = NetworkRoute(service, pages), VocabularyRoute(service)
    hot: dict[str, ASGIApp] = {
        "/sparql": SparqlRoute(service, pages),
        "/api/evidence": EvidenceRoute(service, pages),
        "/api/neighbours": NeighboursRoute(service, pages),
        TERMS: vocabulary,
        LABELS: vocabulary,
        "/api/network": network,
        "/graph": network,
        "/api/paths": PathsRoute(service, pages),
        "/api/search": search,
        "/search": search,
        "/api/validate": validate,
        **dump_routes(service),
        **analytics_routes(service, pages),
        **desk_routes(service, pages),
    }
    settings, inner = service.settings, Application(service, hot, rest)
    hot["/api/cite"] = CiteRoute(service, pages, inner)
    hot["/mcp"] = models.over(inner)
    edge = Edge(inner, service, pages.error, RateLimit(settings.rate_limit))
    shelf = _shelf(service)
    return Observed(
        edge,
        service.telemetry,
        log_requests=settings.log_requests,
        shelf=shelf,
        short_way=None if shelf is None else PlainQueries(service, shelf, edge.usual),
    )


def _shelf(service: Service) -> Shelf | None:
    """None where each request is to be looked at, to be counted for its client or logged."""
    settings = service.settings
    if settings.rate_limit or settings.log_requests:
        return None
    return Shelf(settings.cache_mib * MIB // 2, counter(service.telemetry))


def _life(
    service: Service,
    directory: Later[Directory],
    first_page: Callable[[], Awaitable[None]],
    parts: Iterable[McpRoute | ValidateRoute],
) -> Life:
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await service.store.start()
        if service.ours:
            directory.begin()
            service.release.view.make_ready()
        warming = asyncio.create_task(warm(service, first_page))
        yield
        warming.cancel()
        with suppress(asyncio.CancelledError):
            await warming
        for part in parts:
            await part.close()
        await service.close()

    return life


def _rest(service: Service, pages: Pages, directory: Later[Directory], life: Life) -> FastAPI:
    app = FastAPI(
        title="c5graph",
        version=__version__,
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    routers = (
        Questions(service, pages).router(),
        Explorer(service, pages).router(),
        ReconcileRoutes(service, pages, directory).router(),
        operations_router(service, pages, app),
        LinkedData(service, pages).router(),
    )
    for router in routers:
        app.include_router(router)
    paths = (getattr(route, "path", "/") for router in routers for route in router.routes)
    app.state.paths = frozenset(paths)
    app.add_exception_handler(HTTPException, _as_ours)
    app.add_exception_handler(RequestValidationError, _as_malformed)
    return app


async def _as_ours(request: Request, _: Exception) -> Response:
    raise NotFound(
        f"There is nothing at {request.url.path}.", remedy="The page at / lists what there is."
    )


async def _as_malformed(_: Request, error: Exception) -> Response:
    raise MalformedRequest(
        "The request has a parameter that cannot be read.", remedy="The page /docs names them all."
    ) from error
