"""`/health`, `/ready`, `/docs` and `/openapi.json`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from c5graph.routes.http import VARY, to_json
from c5graph.routes.lookups import LENSLESS
from c5graph.routes.openapi import described
from c5graph.routes.pages import Pages
from c5graph.service import Service
from c5graph.settings import documented
from c5graph.telemetry import CONTENT_TYPE


def operations_router(service: Service, pages: Pages, app: FastAPI) -> APIRouter:
    """The routes; `app` is asked for its own description."""
    router = APIRouter(tags=["service"])

    @lru_cache(maxsize=1)
    def description() -> dict[str, Any]:
        return described(app, service)

    @router.get("/docs", summary="The interfaces, to read", response_class=Response)
    async def docs(request: Request) -> Response:
        return _page(
            pages.render(
                "docs.html",
                request.url.path,
                lensless=LENSLESS,
                api=description(),
                settings=service.settings,
                options=list(documented()),
            )
        )

    @router.get("/openapi.json", summary="The interfaces, for machines", response_class=Response)
    async def openapi() -> Response:
        return Response(to_json(description()), media_type="application/json")

    @router.get("/health", summary="Whether the process lives", response_class=Response)
    async def health() -> Response:
        return _status(200, "ok", service)

    @router.get("/ready", summary="Whether queries are answered", response_class=Response)
    async def ready() -> Response:
        return _status(200, "ready", service) if service.store.ready else _unready(service)

    @router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
    async def metrics() -> Response:
        return Response(service.metrics(), 200, {"cache-control": "no-store"}, CONTENT_TYPE)

    return router


def _unready(service: Service) -> Response:
    response = _status(503, "starting", service)
    response.headers["retry-after"] = "1"
    return response


def _status(code: int, status: str, service: Service) -> Response:
    body = to_json({"status": status, "version": service.version, **service.journal.as_dict()})
    return Response(body, code, {"cache-control": "no-store"}, "application/json")


def _page(body: bytes) -> Response:
    return Response(body, headers=dict([VARY]), media_type="text/html")
