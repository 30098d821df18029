"""`/api/validate`: what is wrong with data that somebody sends, and a form to send them."""

from __future__ import annotations

from typing import Any, Final

from starlette.types import Receive, Scope, Send

from c5graph import protocol
from c5graph.errors import (
    C5GraphError,
    MalformedRequest,
    NotAcceptable,
    UnsupportedMediaType,
)
from c5graph.examiner import Examiner
from c5graph.negotiate import choose, prefers_html
from c5graph.routes.http import VARY, Heard, read_body, send_all, to_json, unless_gone
from c5graph.routes.pages import Pages
from c5graph.service import Service
from c5graph.store.rdf import FORMATS, parse_text, serialise

_KINDS: Final = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
}
_FORM: Final = "application/x-www-form-urlencoded"
_RDF: Final = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
_JSON: Final = "application/json"
_NO_STORE: Final = ("cache-control", "no-store")


class ValidateRoute:
    """Answers GET and HEAD with the form, POST with a report."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._pages, self._limit = pages, service.settings.max_body_kib * 1024
        settings = service.settings
        self._examiner = Examiner(settings.validate_seconds, settings.cache_folder())

    async def close(self) -> None:
        """End what still runs."""
        await self._examiner.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        heard = Heard.of(scope)
        if heard.method != "POST":
            return await self._page(send, heard, 200)
        wanted = None if prefers_html(heard.accept) else _wanted(heard.accept)
        text, form = _sent(heard.content_type, await read_body(receive, self._limit))
        try:
            found = await unless_gone(receive, self._examiner.posted(text, form))
        except C5GraphError as error:
            if wanted is not None:
                raise
            shown = {"text": text, "form": form, "error": error}
            return await self._page(send, heard, error.status, **shown)
        if wanted is None:
            return await self._page(send, heard, 200, text=text, form=form, found=found)
        body = _json(found) if wanted == _JSON else _rdf(found["shacl"], _RDF[wanted])
        return await send_all(send, 200, [("content-type", wanted), _NO_STORE, VARY], body)

    async def _page(self, send: Send, heard: Heard, status: int, **shown: Any) -> None:
        values = {"text": "", "form": "ttl", "error": None, "found": None, **shown}
        page = self._pages.render("validate.html", heard.path, **values)
        headers = [("content-type", "text/html; charset=utf-8"), _NO_STORE, VARY]
        await send_all(send, status, headers, page)


def _wanted(accept: str | None) -> str:
    chosen = choose(accept, (_JSON, *_RDF))
    if chosen is None:
        raise NotAcceptable(
            f"Nothing that '{str(accept)[:100]}' allows can be written here.",
            remedy=f"Accept text/html, {', '.join((_JSON, *_RDF))}.",
        )
    return chosen


def _sent(content_type: str | None, body: bytes) -> tuple[str, str]:
    """The text and the ending of its format. Raises what is wrong with the request."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        if kind == _FORM:
            given = protocol.parameters(body)
            text = protocol.single(given, "text") or ""
            kind = protocol.single(given, "format") or "text/turtle"
    except UnicodeDecodeError as error:
        raise MalformedRequest("The body is not UTF-8.", remedy="Send it as UTF-8.") from error
    if kind not in _KINDS:
        raise UnsupportedMediaType(
            f"A body of the type '{kind[:60]}' is not read here.",
            remedy=f"Send {', '.join(_KINDS)}; other formats can be converted to these.",
        )
    return text, _KINDS[kind]


def _json(found: dict[str, Any]) -> bytes:
    problems = found["problems"]
    errors = sum(each["severity"] == "error" for each in problems)
    return to_json(
        {
            "conforms": errors == 0,
            "statements": found["statements"],
            "errors": errors,
            "warnings": len(problems) - errors,
            "problems": problems,
        }
    )


def _rdf(report: str, form: str) -> bytes:
    return serialise(parse_text(report.encode(), FORMATS["nt"]), form)


def described() -> dict[str, Any]:
    """For the OpenAPI description."""
    text = {"schema": {"type": "string"}}
    report = {"schema": {"type": "object"}}
    answers = {
        "200": {
            "description": "The report",
            "content": {_JSON: report, **dict.fromkeys(_RDF, text), "text/html": text},
        }
    }
    return {
        "/api/validate": {
            "get": {
                "summary": "A form for data to be checked",
                "responses": {"200": {"description": "The form", "content": {"text/html": text}}},
            },
            "post": {
                "summary": "What is wrong with data, thing by thing, and what to write instead",
                "requestBody": {"required": True, "content": dict.fromkeys(_KINDS, text)},
                "responses": answers,
            },
        }
    }
