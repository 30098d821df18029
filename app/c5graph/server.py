"""Runs the application in uvicorn, on a socket that is open already."""

from __future__ import annotations

import socket
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from c5graph.errors import C5GraphError
from c5graph.express import Take, express

_GRACE = 15  # seconds that running requests get when the service is told to end


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


class _Start:
    """Keeps the error of ours that stops a start, so that it is told as one and not as a trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.failure: C5GraphError | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        else:
            await self._app(_by_path(scope), receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        held: list[Message] = []

        async def hold(message: Message) -> None:
            if message["type"].endswith(".failed"):
                held.append(message)
            else:
                await send(message)

        try:
            await self._app(scope, receive, hold)
        except C5GraphError as error:
            self.failure = error
            held = [{"type": "lifespan.startup.failed", "message": ""}]
        for message in held:
            await send(message)


def _by_path(scope: Scope) -> Scope:
    """A request for a whole address (`GET http://host/path`) as one for its path."""
    if scope["type"] != "http" or not scope["path"].startswith(("http://", "https://")):
        return scope
    path = urlsplit(scope["raw_path"].decode("latin-1")).path or "/"
    return {**scope, "raw_path": path.encode("latin-1"), "path": unquote(path)}


def run(
    app: ASGIApp,
    listener: socket.socket,
    ready: Callable[[], None],
    take: Take = lambda _: None,
) -> bool:
    """Serve until a signal ends it; False when it never came up. `ready` is called once.

    `take` gives the response that lies ready for the bytes of a request, if there is one.

    Raises the error of ours that stopped the start.
    """
    start = _Start(app)
    config = uvicorn.Config(
        start,
        lifespan="on",
        http=express(take),
        log_level="warning",
        log_config=None,  # logs.configure has done it
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config, ready)
    try:
        server.run(sockets=[listener])
    except SystemExit:  # how uvicorn ends when the application did not start
        if start.failure is not None:
            raise start.failure from None
    return server.started
