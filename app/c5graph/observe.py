"""The outermost layer: names each request, times and counts it, and logs it where that is set."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import lru_cache
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from c5graph.logs import REQUEST
from c5graph.shelf import AGAIN, NAME, RAW, Shelf, new_name
from c5graph.shortway import OUTCOME, Outcome, ShortWay
from c5graph.telemetry import Telemetry

log = logging.getLogger("c5graph.access")

HEADER: Final = NAME
CODE: Final = "c5graph.error"  # where the scope keeps the code of an error that was told
_NAME: Final = re.compile(rb"[\w.:-]{1,64}", re.ASCII)
_ROUTES: Final = frozenset(
    "/ /sparql /search /ledger /disputes /changes /perspectives /reconcile /mcp /docs /dataset "
    "/ontology /openapi.json /health /ready /metrics".split()
)
_FAMILIES: Final = frozenset("id claim report vocab shapes static dump finding fact graph".split())
_CLIENT_LEFT: Final = 499


class Observed:
    """Wraps an application; nothing that it does depends on the data."""

    def __init__(
        self,
        app: ASGIApp,
        telemetry: Telemetry,
        *,
        log_requests: bool,
        shelf: Shelf | None = None,
        short_way: ShortWay | None = None,
    ) -> None:
        self._app, self._telemetry, self._logs = app, telemetry, log_requests
        self.shelf, self.short_way = shelf, short_way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection event; only HTTP requests are looked at."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        name = request_name(scope)
        token = REQUEST.set(name.decode())
        status, began = _CLIENT_LEFT, self._began(scope.get(OUTCOME))
        start: Message = {}

        async def named(message: Message) -> None:
            nonlocal status, start
            if message["type"] == "http.response.start":
                status, start = message["status"], message
                message["headers"] = [*message["headers"], (HEADER, name)]
            elif AGAIN in start and RAW in scope:
                self._keep(scope[RAW], start, message)
            await send(message)

        try:
            await self._app(scope, receive, named)
        finally:
            self._told(scope, status, perf_counter() - began)
            REQUEST.reset(token)

    def _began(self, outcome: Outcome | None) -> float:
        """When the request began; what has been tried already was counted then."""
        if outcome is not None:
            return outcome.began
        self._telemetry.began()
        return perf_counter()

    def _keep(self, raw: bytes, start: Message, message: Message) -> None:
        """Put a response on the shelf, unless its client gave it a name."""
        if self.shelf is not None and not message.get("more_body") and HEADER not in raw.lower():
            self.shelf.put(raw, (start["status"], start["headers"]), message.get("body", b""))

    def _told(self, scope: Scope, status: int, seconds: float) -> None:
        route, code = route_of(scope["path"]), scope.get(CODE, "")
        self._telemetry.ended(route, scope["method"], status, seconds, code)
        if self._logs:
            fields = {"status": status, "ms": round(seconds * 1000, 2), "client": _client(scope)}
            if code:
                fields["error"] = code
            log.info("%s %s", scope["method"], scope["path"], extra={"fields": fields})


def request_name(scope: Scope) -> bytes:
    """The name that a proxy gave the request, if it is one that can be passed on, or a new one."""
    for header, value in scope["headers"]:
        if header == HEADER and _NAME.fullmatch(value):
            return bytes(value)
    return new_name()


def route_of(path: str) -> str:
    """The route that a path belongs to; paths of clients' own making are all one."""
    if path in _ROUTES:
        return path
    parts = path.split("/", 3)
    if len(parts) < 2:  # no path at all, as in OPTIONS *
        return "other"
    if parts[1] == "api" and len(parts) > 2 and parts[2].isalpha() and parts[2].islower():
        return f"/api/{parts[2]}" if parts[2] in _APIS else "other"
    return f"/{parts[1]}/" if parts[1] in _FAMILIES and len(parts) > 2 else "other"


def counter(telemetry: Telemetry) -> Callable[[bytes, int], None]:
    """Counts a response that lay ready, by the bytes of its request."""
    routes = lru_cache(maxsize=256)(route_of)

    def count(raw: bytes, status: int) -> None:
        path = raw[4 : raw.find(b" ", 4)].partition(b"?")[0]
        telemetry.at_once(routes(path.decode("latin-1")), "GET", status)

    return count


_APIS: Final = frozenset(
    "analytics changes cite disputes evidence ledger neighbours paths perspectives queries search "
    "validate".split()
)


def _client(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])
