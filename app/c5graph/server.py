"""Runs the application in uvicorn, on a socket that is open already."""

from __future__ import annotations

import asyncio
import math
import socket
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from c5graph.errors import C5GraphError
from c5graph.express import express
from c5graph.listen import allow_connections
from c5graph.patience import Patience, Warden
from c5graph.settings import Settings
from c5graph.shortway import NO_SHORTCUTS, Shortcuts

_GRACE = 15  # seconds that running requests get when the service is told to end


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], warden: Warden) -> None:
        super().__init__(config)
        self._ready, self._warden = ready, warden
        warden.connections = self.server_state.connections  # type: ignore[assignment]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._look()
            self._ready()

    def _look(self) -> None:
        """Again and again, until the loop ends."""
        self._warden.look()
        asyncio.get_running_loop().call_later(self._warden.pause, self._look)


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
    settings: Settings,
    shortcuts: Shortcuts = NO_SHORTCUTS,
) -> bool:
    """Serve until a signal ends it; False when it never came up. `ready` is called once.

    The settings say how long clients may take and how many there may be; the shortcuts answer
    what the application need not see, and hear why a connection was ended.

    Raises the error of ours that stopped the start.
    """
    allow_connections(settings.connections)
    start, warden = _Start(app), Warden(Patience.of(settings), tell=shortcuts.ended)
    config = uvicorn.Config(
        start,
        lifespan="on",
        http=express(shortcuts, warden),
        ws="none",
        timeout_keep_alive=math.ceil(settings.idle_seconds),
        log_level="warning",
        log_config=None,  # logs.configure has done it
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config, ready, warden)
    try:
        server.run(sockets=[listener])
    except SystemExit:  # how uvicorn ends when the application did not start
        if start.failure is not None:
            raise start.failure from None
    return server.started
