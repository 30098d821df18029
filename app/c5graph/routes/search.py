"""`/api/search` and the page `/search`: things by name. Plain ASGI, a hot route."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from starlette.types import Receive, Scope, Send

from c5graph import protocol
from c5graph.cache import Kept
from c5graph.entries import Directory, Entry
from c5graph.errors import BadParameter, MethodNotAllowed, NotAcceptable
from c5graph.facets import KINDS, Facet, facets, wanted
from c5graph.graph.release import View
from c5graph.lenses import PARAMETERS, headers, parse_lens
from c5graph.lenses import described as lens_described
from c5graph.names import Form
from c5graph.namespaces import C5
from c5graph.negotiate import choose, prefers_html
from c5graph.protocol import Parameters
from c5graph.routes.http import Heard, etag, send_kept, to_json
from c5graph.routes.later import Later
from c5graph.routes.lookups import lens_parameters
from c5graph.routes.pages import Pages
from c5graph.routes.parameters import listed, number, parameter, refuse_unknown
from c5graph.routes.questions import near
from c5graph.search import Hit
from c5graph.service import Service
from c5graph.speech import in_order

PAGE: Final = "/search"
_KNOWN: Final = ("q", "type", "kind", "limit", "page", "lang", *PARAMETERS)
_JSON: Final = "application/json"
_LONGEST: Final = 200
Counts = Callable[[str], bool]


class SearchRoute:
    """Answers GET and HEAD; the page never needs script."""

    def __init__(self, service: Service, pages: Pages, directory: Later[Directory]) -> None:
        self._service, self._pages, self._later = service, pages, directory
        self._used = lru_cache(maxsize=service.settings.lens_cache)(_used)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """One request."""
        heard = Heard.of(scope)
        if heard.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(heard.method, ("GET", "HEAD", "OPTIONS"))
        tag = etag((self._service.version, heard.path, heard.query_string, heard.accept))
        kept = self._service.cache.get(tag)
        if kept is None:
            kept = await self._answer(heard, tag)
            self._service.cache.put(tag, kept)
        await send_kept(send, heard, kept, again=True)

    async def _answer(self, heard: Heard, tag: str) -> Kept:
        given = protocol.parameters(heard.query_string)
        refuse_unknown(given, _KNOWN)
        view = await self._service.view(parse_lens(given, self._service.release.record))
        directory = await self._later.get()
        answer = _Answer(self._service, self._pages, directory, view, self._used)
        return answer.to(heard, given, tag)


class _Answer:
    """One request against a finished index, through a lens."""

    def __init__(
        self,
        service: Service,
        pages: Pages,
        directory: Directory,
        view: View,
        used: Callable[[Directory, Counts], Mapping[str, int]],
    ) -> None:
        self._service, self._pages = service, pages
        self._directory, self._view, self._used = directory, view, used

    def to(self, heard: Heard, given: Parameters, tag: str) -> Kept:
        """The page or the JSON."""
        told = headers(self._view.lens, self._view.selection.undated)
        if heard.path == PAGE or prefers_html(heard.accept):
            return Kept(self._page(heard.path, given), "text/html", tag, told)
        if choose(heard.accept, (_JSON,)) is None:
            raise NotAcceptable(
                f"Nothing that '{str(heard.accept)[:100]}' allows can be written here.",
                remedy=f"Accept {_JSON}.",
            )
        return Kept(to_json(self._plain(given)), _JSON, tag, told)

    def _plain(self, given: Parameters) -> dict[str, Any]:
        text, types = _text(given), listed(given, "type")
        if not text and not types:
            raise BadParameter(
                "The parameter 'q' is missing.",
                remedy="Give a name or its beginning: ?q=kaz, or a class: ?type=Company",
            )
        lens = lens_described(self._view.lens, self._view.selection.undated)
        told = {"version": self._service.version, "lens": lens, "query": text}
        if text:
            return {**told, "results": [each.as_dict() for each in self._found(text, given)]}
        found, total = self._members(given)
        return {**told, "total": total, "results": [each.as_dict() for each in found]}

    def _page(self, path: str, given: Parameters) -> bytes:
        text = _text(given)
        chosen, total = listed(given, "type"), None
        entries = self._found(text, given) if text else []
        if chosen and not text:
            entries, total = self._members(given)
        kinds, classes = self._facets(text, given) if text and self._service.ours else ([], [])
        return self._pages.render(
            "search.html",
            path,
            text=text,
            entries=entries,
            total=total,
            page=number(given, "page", 1),
            last_page=-(-(total or 1) // self._page_size),
            more=self._more(given, len(entries)),
            chosen=chosen,
            kind=protocol.single(given, "kind") or "",
            kinds=kinds,
            classes=classes,
            types=self._choices(self._lang(given)),
            questions=near(self._service, text),
        )

    def _found(self, text: str, given: Parameters) -> list[Entry]:
        limit = self._limit(given)
        hidden, kind = self._view.teller.hidden, protocol.single(given, "kind") or ""
        asked = wanted(self._directory, listed(given, "type"), kind, hidden)
        hits = self._directory.index.search(text, wanted=asked, limit=limit)
        return self._directory.entries(hits, self._lang(given))

    def _facets(self, text: str, given: Parameters) -> tuple[list[Facet], list[Facet]]:
        hidden = self._view.teller.hidden
        return facets(self._directory, text, hidden, self._lang(given))

    def _members(self, given: Parameters) -> tuple[list[Entry], int]:
        """What counts of the classes asked for, in the order of labels, and how much there is."""
        directory, lang = self._directory, self._lang(given)
        asked = directory.wanted(listed(given, "type"), self._view.teller.hidden)
        every = [
            Hit(iri, 0.0, directory.release.labels.of(iri, lang), None, Form.LABEL)
            for iri in directory.index
            if directory.index.passes(iri, asked) and self._counts(iri)
        ]
        shown = sorted(every, key=lambda hit: (hit.name.casefold(), hit.iri))
        start = (number(given, "page", 1) - 1) * self._page_size
        return directory.entries(shown[start : start + self._page_size], lang), len(every)

    def _more(self, given: Parameters, found: int) -> int | None:
        """The limit to ask for next; None where all is shown or no more may be."""
        limit = self._limit(given)
        most = self._service.settings.search_max
        return min(3 * limit, most) if limit == found and limit < most else None

    @cached_property
    def _counts(self) -> Counts:
        """Whether something counts; in files of a user everything does."""
        if not self._service.ours:
            return _everything
        return self._service.bureau.office(self._view).census.counts

    @property
    def _page_size(self) -> int:
        return self._service.settings.search_max

    def _limit(self, given: Parameters) -> int:
        settings = self._service.settings
        return min(number(given, "limit", settings.search_limit), settings.search_max)

    def _lang(self, given: Parameters) -> str:
        return protocol.single(given, "lang") or self._service.settings.language

    def _choices(self, lang: str) -> list[tuple[str, str, int]]:
        """Classes to narrow a search by: name, label and how many things there are."""
        directory, ours = self._directory, self._service.ours
        used = self._used(directory, self._counts) if ours else directory.classes
        shown = (
            (directory.type(iri, lang), count)
            for iri, count in used.items()
            if count and (iri.startswith(C5) or not ours)  # a term of a vocabulary is no thing
        )
        told = ((each.id, each.label, count) for each, count in shown)
        return sorted(told, key=lambda each: in_order(each[1]))


def _used(directory: Directory, counts: Counts) -> Mapping[str, int]:
    """How much of what counts is of each class."""
    return directory.used(filter(counts, directory.index))


def _everything(_: str) -> bool:
    return True


def _text(given: Parameters) -> str:
    text = (protocol.single(given, "q") or "").strip()
    if len(text) > _LONGEST:
        raise BadParameter(
            f"The parameter 'q' is longer than {_LONGEST} characters.", remedy="Give one name."
        )
    return text


def described(service: Service) -> dict[str, Any]:
    """What the OpenAPI description says of `/api/search`."""
    settings = service.settings
    text: dict[str, Any] = {"type": "string"}
    whole = {"type": "integer", "minimum": 1}
    parameters = [
        parameter(
            "q",
            "A name, or its beginning, in any script or romanisation; without it, all of the type.",
            text,
        ),
        parameter("type", "Classes, such as Company, with commas between; any of them.", text),
        parameter("kind", f"Only one kind of result: {', '.join(KINDS)}.", text),
        parameter("limit", f"Results, at most {settings.search_max}.", whole),
        parameter("page", f"Without a name: which {settings.search_max} of the type.", whole),
        parameter("lang", "Language of labels.", text),
        *lens_parameters(),
    ]
    named = {"type": "object", "properties": {"id": text, "iri": text, "label": text}}
    entry = {
        **dict.fromkeys(("id", "iri", "label", "description", "matched"), text),
        "types": {"type": "array", "items": named},
        "score": {"type": "number"},
        "language": {"type": ["string", "null"]},
    }
    results = {"type": "array", "items": {"type": "object", "properties": entry}}
    schema = {
        "type": "object",
        "properties": {
            "version": text,
            "lens": {"type": "object"},
            "query": text,
            "results": results,
        },
    }
    answer = {"description": "Things, best first", "content": {_JSON: {"schema": schema}}}
    operation = {
        "tags": ["search"],
        "operationId": "search",
        "summary": "Things by name: all scripts, typos and romanisations forgiven",
        "parameters": parameters,
        "responses": {"200": answer},
    }
    return {"/api/search": {"get": operation}}
