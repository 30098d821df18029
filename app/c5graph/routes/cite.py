"""`/api/cite`: how to cite the data set or an answer, and whether a pinned answer is the same."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from c5graph import protocol
from c5graph.cache import Kept
from c5graph.citations import BIBTEX, CSL, RIS, TEXT, Citation
from c5graph.dated import day_of_data
from c5graph.errors import BadParameter, MalformedRequest
from c5graph.lenses import day
from c5graph.negotiate import Format
from c5graph.networks import JSON
from c5graph.pins import (
    PAGED,
    Pin,
    Verdict,
    address_of,
    compared,
    pin,
    read_pin,
    rows_of,
    rows_of_pages,
)
from c5graph.protocol import Parameters, single
from c5graph.rerun import RESULTS, cut
from c5graph.routes.asking import PAGE, form_of
from c5graph.routes.http import Heard, etag, read_body, send_kept, to_json
from c5graph.routes.lookups import parameter
from c5graph.routes.pages import Pages
from c5graph.routes.parameters import number, refuse_unknown
from c5graph.service import Service
from c5graph.titles import title_at

PARAMETERS: Final = {
    "of": "The address of an answer, such as /api/ledger?state=tajikistan; the data set if none.",
    "version": "The data version that a citation names, to see what has changed since.",
    "digest": "The digest that it names.",
    "rows": "The number of rows that it names.",
    "accessed": "The day to put down as that of access.",
    "format": "json, bibtex, ris, csl or text.",
}
_WHOLE: Final = "limit=999999999"  # the most that the service gives at once
_MOST_PAGES: Final = 100
FORMS: Final = (JSON, BIBTEX, RIS, CSL, TEXT)


class CiteRoute:
    """Answers GET and HEAD; POST with a pin says row by row what has changed."""

    def __init__(self, service: Service, pages: Pages, app: ASGIApp) -> None:
        self._service, self._pages, self._app = service, pages, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        heard = Heard.of(scope)
        if heard.method == "POST":
            limit = self._service.settings.max_body_kib * 1024
            body = await read_body(receive, limit)
            heard = replace(heard, body=body)
            return await send_kept(send, heard, await self._checked(scope, receive, heard))
        parts = (self._service.version, self._root(heard), heard.query_string, heard.accept)
        tag = etag(("/api/cite", *parts))
        found = self._service.cache.get(tag)
        if found is None:
            found = await self._answer(scope, receive, heard, tag)
            self._service.cache.put(tag, found)
        return await send_kept(send, heard, found)

    async def _answer(self, scope: Scope, receive: Receive, heard: Heard, tag: str) -> Kept:
        given = protocol.parameters(heard.query_string)
        refuse_unknown(given, (*PARAMETERS, "lang"))
        form = form_of(given, heard.accept, FORMS)
        of = single(given, "of")
        rows: list[str] = []
        pinned = None
        if of:
            pinned, rows = await self._pinned(scope, receive, address_of(of))
        told = Citation(
            root=self._root(heard),
            version=self._service.version,
            pin=pinned,
            question=self._title(pinned.address) if pinned else None,
            accessed=day(given, "accessed"),
            published=day_of_data(self._service.release.index),
        )
        then = _then(given, pinned)
        verdict = compared(then, pinned, rows) if then and pinned else None
        return self._written(heard, form, told, verdict, tag)

    def _written(
        self, heard: Heard, form: Format, told: Citation, verdict: Verdict | None, tag: str
    ) -> Kept:
        shown = {"version": self._service.version, **told.as_dict()}
        shown["check_result"] = verdict.as_dict() if verdict else None
        if form is JSON:
            return Kept(to_json(shown), JSON.media_types[0], tag)
        if form is PAGE:
            page = self._pages.render("cite.html", heard.path, told=told, shown=shown, forms=FORMS)
            return Kept(page, PAGE.media_types[0], tag)
        return Kept(told.written(form).encode(), form.media_types[0], tag)

    async def _checked(self, scope: Scope, receive: Receive, heard: Heard) -> Kept:
        try:
            then = read_pin(json.loads(heard.body))
        except (ValueError, RecursionError) as error:
            raise MalformedRequest(
                "The body is no JSON.", remedy="Send the pin that format=json gave."
            ) from error
        now, rows = await self._pinned(scope, receive, address_of(then.address))
        shown = {"version": self._service.version, **compared(then, now, rows).as_dict()}
        body = to_json(shown)
        return Kept(body, JSON.media_types[0], etag(("checked", body)))

    async def _pinned(self, scope: Scope, receive: Receive, address: str) -> tuple[Pin, list[str]]:
        parts = urlsplit(address)
        if parts.path in PAGED:
            rows = rows_of_pages([page async for page in self._pages_of(scope, receive, address)])
        else:
            rows = rows_of(*await self._asked(scope, receive, address))
        return pin(address, self._service.version, rows), rows

    async def _pages_of(
        self, scope: Scope, receive: Receive, address: str
    ) -> AsyncIterator[list[str]]:
        """The rows of each page, the longest that there are; an error where they are too many."""
        start = address + ("&" if "?" in address else "?") + _WHOLE
        following = ""
        for _ in range(_MOST_PAGES):
            body, media_type = await self._asked(scope, receive, start + following)
            yield rows_of(body, media_type)
            cursor = json.loads(body)["next_cursor"]
            if cursor is None:
                return
            following = "&" + urlencode({"cursor": cursor})
        raise cut()

    async def _asked(self, scope: Scope, receive: Receive, address: str) -> tuple[bytes, str]:
        """The answer of this service at an address of its own."""
        parts = urlsplit(address)
        graph = parts.path == "/sparql" or parts.path.startswith("/api/queries/")
        accept = RESULTS if graph else JSON.media_types[0]
        inner = {
            **scope,
            "method": "GET",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(b"accept", accept.encode()), (b"accept-encoding", b"identity")],
        }
        heard = _Heard()
        await self._app(inner, receive, heard)
        if b"c5graph-truncated" in heard.headers:
            raise cut()
        return bytes(heard.body), heard.headers.get(b"content-type", b"").decode("latin-1")

    def _title(self, address: str) -> str:
        return title_at(self._service.release, self._service.catalogue, address)

    def _root(self, heard: Heard) -> str:
        return self._service.settings.public_url.rstrip("/") or heard.host


class _Heard:
    """Takes what a route sends."""

    def __init__(self) -> None:
        self.headers: dict[bytes, bytes] = {}
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = {name.lower(): value for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")


def _then(given: Parameters, now: Pin | None) -> Pin | None:
    """The pin that a citation names; None where only a citation is asked for."""
    digest, version = single(given, "digest"), single(given, "version")
    if digest is None and version is None:
        return None
    if now is None or digest is None:
        raise BadParameter(
            "A pinned answer needs 'of' and 'digest'.", remedy="Follow the address of the citation."
        )
    rows = number(given, "rows", 0, least=0) if "rows" in given else -1
    return Pin(now.address, version or "", digest, rows)


def described_cite() -> dict[str, Any]:
    """What OpenAPI says of it."""
    content = {form.media_types[0]: {"schema": {"type": "string"}} for form in FORMS[1:]}
    content["application/json"] = {"schema": {"type": "object"}}
    answers = {"200": {"description": "The answer", "content": content}}
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    shared = {"tags": ["citation"], "responses": answers}
    return {
        "/api/cite": {
            "get": {
                **shared,
                "operationId": "cite",
                "summary": "How to cite an answer, pinned to query, lens, version and digest",
                "parameters": [parameter(name, told) for name, told in PARAMETERS.items()],
            },
            "post": {
                **shared,
                "operationId": "check_citation",
                "summary": "Whether a pinned answer is the same, and if not what has changed",
                "requestBody": body,
            },
        }
    }
