"""`/sparql`: the SPARQL 1.1 Protocol, the service description, and the form for browsers.

Plain ASGI, since it is the hot route: a request that came before is answered from the cache
without more work than reading its head.
"""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.types import Receive, Scope, Send

from c5graph import protocol
from c5graph.cache import Kept
from c5graph.errors import C5GraphError, MalformedRequest
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.negotiate import BY_NAME, BY_WORD, Kind, negotiate, prefers_html
from c5graph.protocol import QueryRequest
from c5graph.routes.description import describe
from c5graph.routes.http import (
    VARY,
    ClientGone,
    Heard,
    digest,
    matches,
    read_body,
    send_all,
    send_kept,
    send_not_modified,
    unless_gone,
)
from c5graph.routes.pages import Pages
from c5graph.service import Service
from c5graph.shortway import OUTCOME
from c5graph.store.port import Answer, Limits

# What such a query answers differs from one moment to the next.
_VOLATILE = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)(?:\s++|#[^\r\n]*+)*+\(")
_CUT = ("c5graph-truncated", "true")
_OWN = ("format", "timeout", "lang", *PARAMETERS)
PAGE_ROWS = 1000
LEAST_SECONDS = 0.1
"""A shorter deadline counts as this, or workers would be replaced faster than they serve."""
_PAGE_ACCEPT = "application/sparql-results+json, text/turtle;q=0.9"


class SparqlRoute:
    """Answers GET, HEAD and POST."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service, self._pages = service, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if OUTCOME in scope:
            raise scope[OUTCOME].error
        heard = Heard.of(scope)
        if heard.method == "POST":
            limit = self._service.settings.max_body_kib * 1024
            heard = replace(heard, body=await read_body(receive, limit), if_none_match=None)
        tag = tag_of(self._service.version, heard)
        kept = self._service.cache.get(tag)
        if kept is not None:
            return await send_kept(send, heard, kept, again=True)
        if matches(heard.if_none_match, tag) and heard.if_none_match != "*":
            return await send_not_modified(send, heard, tag)
        try:
            return await self._answer(heard, tag, receive, send)
        except ClientGone:
            return None

    async def _answer(self, heard: Heard, tag: str, receive: Receive, send: Send) -> None:
        given = protocol.parameters(heard.query_string)
        if heard.method != "POST" and not set(given) - set(_OWN):
            return await self._without_query(heard, tag, send)
        if heard.method != "POST" and prefers_html(heard.accept) and "format" not in given:
            return await self._as_page(heard, tag, receive, send)
        request = protocol.read(heard.method, given, heard.content_type, heard.body, _base(heard))
        options = protocol.merge(given, _form(heard)) if heard.method == "POST" else given
        lens = parse_lens(options, self._service.release.record)
        wanted, limits = _wanted(heard, options), self._limits(options)
        answer = await unless_gone(receive, self._service.answer(request, wanted, limits, lens))
        kept = kept_answer(answer, tag, await self._service.told(lens))
        return await self._send(heard, request, kept, send)

    async def _send(self, heard: Heard, request: QueryRequest, kept: Kept, send: Send) -> None:
        if is_volatile(request.query):
            headers = [("content-type", kept.media_type), ("cache-control", "no-store"), VARY]
            return await send_all(send, 200, [*headers, *kept.headers], kept.body)
        self._service.cache.put(kept.etag, kept)
        return await send_kept(send, heard, kept, again=True)

    async def _without_query(self, heard: Heard, tag: str, send: Send) -> None:
        if prefers_html(heard.accept):
            page = self._pages.sparql(heard.path, query=None)
            return await send_kept(send, heard, Kept(page, "text/html", tag))
        form, media_type = negotiate(heard.accept, Kind.GRAPH)
        body = await describe(self._service, self._endpoint(heard), form)
        return await send_kept(send, heard, Kept(body, media_type, tag))

    async def _as_page(self, heard: Heard, tag: str, receive: Receive, send: Send) -> None:
        """A table or text to read; a query that fails comes back in its form with the reason."""
        given = protocol.parameters(heard.query_string)
        query = protocol.single(given, "query") or ""
        try:
            request = protocol.read(heard.method, given, base=_base(heard))
            limits = replace(self._service.limits, max_rows=PAGE_ROWS)
            lens = parse_lens(given, self._service.release.record)
            answer = await unless_gone(
                receive, self._service.answer(request, _PAGE_ACCEPT, limits, lens)
            )
        except C5GraphError as error:
            page = self._pages.sparql(heard.path, query=query, error=error)
            headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")]
            own = getattr(error, "headers", {})
            return await send_all(send, error.status, [*headers, VARY, *own.items()], page)
        page = self._pages.sparql(
            heard.path, query=query, answer=answer, raw=heard.query_string.decode("latin-1")
        )
        told = await self._service.told(lens)
        return await self._send(heard, request, Kept(page, "text/html", tag, told), send)

    def _endpoint(self, heard: Heard) -> str:
        public = self._service.settings.public_url.rstrip("/")
        return f"{public or heard.host}/sparql"

    def _limits(self, options: protocol.Parameters) -> Limits:
        """The service's limits, or a shorter deadline that the client asks for."""
        asked = protocol.single(options, "timeout")
        if asked is None:
            return self._service.limits
        try:
            seconds = float(asked)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds < float("inf"):
            raise MalformedRequest(
                "The 'timeout' is not a number of seconds above 0.",
                remedy=f"Leave it out for {self._service.limits.deadline:g} seconds.",
            )
        deadline = min(max(seconds, LEAST_SECONDS), self._service.limits.deadline)
        return replace(self._service.limits, deadline=deadline)


def tag_of(version: str, heard: Heard) -> str:
    """The tag of the answer to this request from this data version."""
    return digest(b"".join((deciding(version, heard), heard.query_string, b"\0", heard.body)))


def deciding(version: str, heard: Heard) -> bytes:
    """What decides an answer besides query string and body, with which it makes the tag.

    No part but the body can hold a NUL, so that different requests are different bytes.
    """
    method = "POST" if heard.method == "POST" else "GET"
    parts = (version, heard.host, _told(heard.accept), _told(heard.content_type), method, "")
    return "\0".join(parts).encode()


def _told(value: str | None) -> str:
    return "" if value is None else f"={value}"


def _form(heard: Heard) -> dict[str, list[str]]:
    is_form = (heard.content_type or "").lower().startswith(protocol.FORM)
    return protocol.parameters(heard.body) if heard.method == "POST" and is_form else {}


def _wanted(heard: Heard, options: protocol.Parameters) -> str | None:
    """The Accept header, or what ``format`` names (for links and forms, which send no header).

    SPARQLWrapper gives it twice, once by a name of its own and once as a media type.
    """
    names = options.get("format", ())
    if not names:
        return heard.accept
    named = [BY_WORD[name].media_types for name in names if name in BY_WORD]
    told = [each for kinds in named for each in kinds] + [name for name in names if "/" in name]
    if told:
        return ", ".join(told)
    raise MalformedRequest(
        f"The format '{names[0]}' is not known.", remedy=f"Use one of {', '.join(BY_NAME)}."
    )


def is_volatile(query: str) -> bool:
    """Whether the query's answer may differ from one moment to the next."""
    text = query.lower()
    if "now" in text or "rand" in text or "uuid" in text or "bnode" in text:
        return _VOLATILE.search(text) is not None
    return False


def _base(heard: Heard) -> str:
    return heard.host + heard.path


def kept_answer(answer: Answer, tag: str, told: tuple[tuple[str, str], ...]) -> Kept:
    """The answer as it is sent and kept, with the headers that tell of its lens."""
    headers = (*told, _CUT) if answer.truncated else told
    return Kept(answer.body, answer.media_type, tag, headers)
