"""`/mcp`: the tools for language models over streamable HTTP, without sessions. Plain ASGI."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from c5graph.errors import Busy, MethodNotAllowed, Refused, UnsupportedMediaType
from c5graph.routes.http import Heard, read_body
from c5graph.service import Service

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH: Final = "/mcp"
_OWN: Final = ("localhost", "127.0.0.1", "[::1]")
_RETRY: Final = 1


class McpRoute:
    """Answers POST: one message in, one JSON answer out; nothing is kept between them.

    The library is slow to import, so it is read when the first client comes.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._app: ASGIApp | None = None
        self._running = 0
        self._ready: asyncio.Future[StreamableHTTPSessionManager] | None = None
        self._leave = asyncio.Event()
        self._life: asyncio.Task[None] | None = None

    def over(self, app: ASGIApp) -> Self:
        """The route, whose tools ask this application."""
        self._app = app
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        heard = Heard.of(scope)
        if heard.method != "POST":
            raise MethodNotAllowed(heard.method, ("POST", "OPTIONS"))
        _insist_on_json(heard)
        _insist_on_host(scope, allowed_hosts(self._service))
        settings = self._service.settings
        if self._running >= settings.queue + settings.workers:
            raise Busy(self._running, _RETRY)
        self._running += 1
        try:
            body = await read_body(receive, settings.max_body_kib * 1024)
            manager = await self._manager()
            await manager.handle_request(scope, _replay(body, receive), send)
        finally:
            self._running -= 1

    async def close(self) -> None:
        """End what runs."""
        self._leave.set()
        if self._life is not None:
            await self._life

    async def _manager(self) -> StreamableHTTPSessionManager:
        if self._ready is None:
            self._ready = asyncio.get_running_loop().create_future()
            self._life = asyncio.create_task(self._live(self._ready))
        return await asyncio.shield(self._ready)

    async def _live(self, ready: asyncio.Future[StreamableHTTPSessionManager]) -> None:
        """Its tasks belong to one task that begins and ends them."""
        try:
            manager = await asyncio.to_thread(self._make)
        except Exception as error:  # noqa: BLE001 - whoever waits is told
            ready.set_exception(error)
            return
        async with manager.run():
            ready.set_result(manager)
            await self._leave.wait()

    def _make(self) -> StreamableHTTPSessionManager:
        from mcp.server.transport_security import (  # noqa: PLC0415 - slow to import
            TransportSecuritySettings,
        )

        from c5graph.tools.server import make_server  # noqa: PLC0415

        hosts = allowed_hosts(self._service)
        safe = TransportSecuritySettings(
            allowed_hosts=hosts,
            allowed_origins=[f"{scheme}://{host}" for host in hosts for scheme in _SCHEMES],
        )
        server = make_server(self._service, self._app)
        server.streamable_http_app(
            json_response=True,
            stateless_http=True,
            transport_security=safe,
            max_request_body_size=self._service.settings.max_body_kib * 1024,
        )
        return server.session_manager


_SCHEMES: Final = ("http", "https")


def allowed_hosts(service: Service) -> list[str]:
    """Values of Host that are answered; `:*` stands for any port."""
    settings = service.settings
    public = urlsplit(settings.public_url).netloc
    bound = f"[{settings.host}]" if ":" in settings.host else settings.host
    names = dict.fromkeys((*_OWN, bound, public, *settings.mcp_hosts.split()))
    return [form for name in names if name for form in (name, f"{name}:*")]


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return origin


def _insist_on_host(scope: Scope, allowed: list[str]) -> None:
    """A page of another site must not reach a service on its reader's machine by a name of its own.

    The library checks the same and would answer in words of its own.
    """
    given = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host, origin = given.get(b"host", ""), given.get(b"origin", "")
    for said in (host, _host_of(origin) if origin else host):
        name, _, port = said.rpartition(":")
        if said not in allowed and not (port.isdigit() and f"{name}:*" in allowed):
            raise Refused(
                f"/mcp is not answered under the name '{said[:60]}'.",
                remedy="Use the service's own address, or have its setting mcp_hosts name it.",
            )


def _insist_on_json(heard: Heard) -> None:
    kind = (heard.content_type or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedMediaType(
            f"A body of type '{kind[:40]}' is not read here.", remedy="Send application/json."
        )


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Any:
        return waiting.pop() if waiting else await receive()

    return replay


def described_mcp() -> dict[str, Any]:
    """What OpenAPI says of it."""
    message = {"application/json": {"schema": {"type": "object"}}}
    operation = {
        "tags": ["language models"],
        "operationId": "mcp",
        "summary": "The Model Context Protocol over streamable HTTP: look-ups as tools that cite",
        "requestBody": {"content": message, "required": True},
        "responses": {"200": {"description": "The answer", "content": message}},
    }
    return {PATH: {"post": operation}}
