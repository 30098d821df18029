"""What surrounds every route: limits on URLs, CORS, security headers, errors, tags, packing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from c5graph.cache import Kept
from c5graph.errors import (
    C5GraphError,
    MalformedRequest,
    MethodNotAllowed,
    UnsupportedMediaType,
    UrlTooLong,
)
from c5graph.negotiate import prefers_html
from c5graph.observe import CODE
from c5graph.patience import CUT
from c5graph.protocol import is_utf8
from c5graph.rate import RateLimit
from c5graph.routes.http import (
    ClientGone,
    Heard,
    etag,
    insist_on_size,
    send_all,
    send_error,
    send_kept,
)
from c5graph.routes.visit import VISIT, Visit
from c5graph.service import Service
from c5graph.shelf import REPEATABLE
from c5graph.speech import LANGUAGE

log = logging.getLogger("c5graph")

POLICY: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_EVERYWHERE: Final = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, Retry-After, C5graph-Lens, C5graph-Truncated, C5graph-Undated, "
        b"C5graph-Version, X-Request-ID",
    ),
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
_UNCOUNTED: Final = ("/health", "/ready", "/metrics")
_POSTED: Final = frozenset(
    "/api/cite /api/labels /api/network /api/validate /mcp /reconcile /sparql".split()
)
_PREFLIGHT: Final = (
    (
        "access-control-allow-headers",
        "Accept, Cache-Control, Content-Type, If-None-Match, Last-Event-ID, MCP-Protocol-Version, "
        "Mcp-Session-Id, X-Request-ID",
    ),
    ("access-control-max-age", "86400"),
)
_SHORT: Final = 1024  # bytes of a path that a page still repeats
RawHeader = tuple[bytes, bytes]
ErrorPage = Callable[[str, C5GraphError], bytes]


def dressed_in(usual: Iterable[RawHeader], own: Iterable[RawHeader]) -> list[RawHeader]:
    """The usual headers and a route's own, which stand in place of usual ones of their name."""
    kept = list(own)
    named = {name for name, _ in kept}
    return [*kept, *(header for header in usual if header[0] not in named)]


class Edge:
    """The outermost layer: nothing leaves without its headers, and no fault as it is."""

    def __init__(self, app: ASGIApp, service: Service, page: ErrorPage, rate: RateLimit) -> None:
        self._app, self._page, self._rate = app, page, rate
        settings = service.settings
        # Every answer names the data that it was made from.
        self.usual = (*_EVERYWHERE, (b"c5graph-version", service.version.encode()))
        self._max_url, self._language = settings.max_url, settings.language
        self._max_body = settings.max_body_kib * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection event; only HTTP requests are looked at."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        self._visited(scope)
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = dressed_in(self.usual, message["headers"])
            await send(message)

        try:
            await self._route(scope, receive, dressed)
        except ClientGone:
            log.debug("client left %s", scope["path"])
        except C5GraphError as error:
            await self._fail(scope, dressed, error)
        except Exception:
            # The last resort: what nobody foresaw is logged whole and told without detail.
            log.exception("unforeseen error at %s", scope["path"])
            if not started:
                await self._fail(scope, dressed, _unforeseen())

    def _visited(self, scope: Scope) -> None:
        visit = Visit(scope["path"], scope["query_string"])
        LANGUAGE.set(visit.lang or self._language)
        if CUT in scope or len(scope["raw_path"]) + len(scope["query_string"]) > self._max_url:
            # A page repeats the address in its links, and leads to the root by its path.
            path = scope["path"] if len(scope["path"]) <= _SHORT else "/"
            scope.update({"path": path, "query_string": b"", CUT: True})
            visit = Visit(path)
        VISIT.set(visit)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        if CUT in scope:
            raise UrlTooLong(
                f"The URL is longer than {self._max_url} bytes.",
                remedy="Send the query by POST.",
            )
        methods = ("GET", "HEAD", "OPTIONS", *(("POST",) if scope["path"] in _POSTED else ()))
        if scope["path"] not in _UNCOUNTED:
            self._rate.admit((scope.get("client") or ("",))[0])
        if scope["method"] == "OPTIONS":
            allowed = ", ".join(methods)
            headers = [("allow", allowed), ("access-control-allow-methods", allowed), *_PREFLIGHT]
            return await send_all(send, 204, headers)
        if scope["method"] not in methods:
            raise MethodNotAllowed(scope["method"], methods)
        _insist_on_plain(scope)
        if scope["method"] == "POST":
            await insist_on_size(scope, receive, self._max_body)
        return await self._app(scope, receive, send)

    async def _fail(self, scope: Scope, send: Send, error: C5GraphError) -> None:
        heard = Heard.of(scope)
        scope[CODE] = error.code
        if error.status >= 500:
            log.warning("%s at %s: %s", error.code, scope["path"], error)
        if prefers_html(heard.accept) or heard.path.endswith(".html"):
            headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")]
            own = getattr(error, "headers", {})
            page = self._page(scope["path"], error)
            return await send_all(send, error.status, [*headers, *own.items()], page)
        return await send_error(send, error)


def _insist_on_plain(scope: Scope) -> None:
    """Refuse a body that would be taken for what it is not, and a host named twice."""
    hosts, posted = 0, scope["method"] == "POST"
    for name, value in scope["headers"]:
        hosts += name == b"host"
        if name == b"content-encoding" and value.strip().lower() not in (b"", b"identity"):
            raise UnsupportedMediaType(
                f"A body packed as '{value.decode('latin-1')[:40]}' is not read here.",
                remedy="Send it as it is.",
            )
        if name == b"content-type" and posted and not is_utf8(value.decode("latin-1")):
            raise UnsupportedMediaType(
                f"A body of type '{value.decode('latin-1')[:60]}' is not read here.",
                remedy="Send it in UTF-8, and name no other charset.",
            )
    if hosts > 1 or (not hosts and scope["http_version"] == "1.1"):
        raise MalformedRequest(
            f"The request has {hosts} headers 'Host'.", remedy="Send it once, as HTTP/1.1 asks."
        )


class Finish:
    """Gives a whole response its tag and packs it, for routes that do not do so themselves."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Collect the response of the inner application, then send it finished."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        start: Message = {}
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        # The inner routes know GET only; the server leaves out the body of an answer to HEAD.
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        await self._app(inner, receive, collect)
        return await _send_finished(send, Heard.of(scope), start, b"".join(parts))


async def _send_finished(send: Send, heard: Heard, start: Message, body: bytes) -> None:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    again = headers.pop(REPEATABLE, None) is not None
    if start["status"] != 200 or headers.get("cache-control") == "no-store":
        own = [(n, v) for n, v in headers.items() if n != "content-length"]
        return await send_all(send, start["status"], own, body)
    media_type = headers.pop("content-type", "application/octet-stream")
    for name in ("content-length", "etag", "vary", "cache-control", "last-modified"):
        headers.pop(name, None)
    tag = etag((media_type, body))
    kept = Kept(body, media_type, tag, tuple(headers.items()))
    return await send_kept(send, heard, kept, again=again)


def _unforeseen() -> C5GraphError:
    return C5GraphError(
        "The service failed on this request.",
        remedy="Try again; if it happens again, report it with the time and the address.",
    )
