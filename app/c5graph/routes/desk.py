"""Ledger, disputes, changes and perspectives: questions of the desk over HTTP. Plain ASGI."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Scope

from c5graph.cache import Kept
from c5graph.desk.bureau import Bureau
from c5graph.desk.questions import CHANGES, QUESTIONS, Answered, Question
from c5graph.graph.release import View
from c5graph.lenses import described
from c5graph.namespaces import ID, SKOS, VOC
from c5graph.networks import CSV, JSON
from c5graph.protocol import single
from c5graph.routes.asking import PAGE, Asked, asked, kept, told, up_to
from c5graph.routes.http import Heard, to_json
from c5graph.routes.keeping import KeepingRoute
from c5graph.routes.lookups import lens_parameters, parameter
from c5graph.routes.lookups import needed as required
from c5graph.routes.pages import Pages
from c5graph.service import Service
from c5graph.speech import gettext
from c5graph.tables import table
from c5graph.views.flows import C5_STATES

FORMS = (JSON, CSV)
SLUGS = {"agreement-kind": "agreement"}
"""How the names of concepts begin where not with the name of their scheme."""
_A_PAGE = {"disputes": 8, "ledger": 25, "changes": 25}
"""Rows of a page that is read to its end on a phone; tables and JSON have more."""
PAGING = ("limit", "cursor", "lang", "format")


class DeskRoute(KeepingRoute):
    """Answers GET and HEAD for one question, as JSON, as a table and as a page."""

    def __init__(self, service: Service, pages: Pages, bureau: Bureau, question: Question) -> None:
        super().__init__(service)
        self._pages, self._bureau, self._question = pages, bureau, question

    def _heard(self, scope: Scope) -> Heard:
        return _without_blanks(super()._heard(scope))

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, (*self._question.parameters, *PAGING), FORMS)
        if self._question is CHANGES and wish.form is PAGE:
            wish = _until_known(wish)
        view = await self._service.view(wish.lens)
        return await self._service.aside.run(self._answer, heard, wish, view, tag)

    def _answer(self, heard: Heard, wish: Asked, view: View, tag: str) -> Kept:
        settings = self._service.settings
        # A table is read whole, a page and JSON by the page.
        usual = settings.list_max if wish.form is CSV else settings.list_limit
        if wish.form is PAGE:
            usual = min(usual, _A_PAGE.get(self._question.name, usual))
        limit = up_to(settings.list_max, wish.given, "limit", usual)
        if wish.form is PAGE and any(name not in wish.given for name in self._question.needed):
            said = told(wish.lens, view.selection.undated, truncated=False)
            return kept(self._page(heard.path, wish, None), PAGE, tag, said)
        office = self._bureau.office(view)
        answer = self._question.answer(office, wish.given, limit, wish.lang)
        following = _next(wish, answer)
        undated = view.selection.undated
        said = told(
            wish.lens,
            undated,
            truncated=wish.form is CSV and following is not None,
            following=following,
        )
        if wish.form is CSV:
            return kept(table(*answer.table()), CSV, tag, said)
        shown = {
            "version": self._service.version,
            "lens": described(wish.lens, undated),
            **answer.as_dict(),
            "next": following,
        }
        if wish.form is JSON:
            return kept(to_json(shown), JSON, tag, said)
        return kept(self._page(heard.path, wish, shown), PAGE, tag, said)

    def _page(self, path: str, wish: Asked, shown: dict[str, Any] | None) -> bytes:
        given = {name: ",".join(values) for name, values in wish.given.items()}
        return self._pages.render(
            f"{self._question.name}.html",
            path,
            shown=shown,
            given=given,
            question=self._question,
            choices=self._choices(wish.lang),
            query=urlencode(given),
        )

    def _choices(self, lang: str) -> dict[str, list[tuple[str, str]]]:
        """What a form offers for a parameter: the name to send and the label to show."""
        release = self._service.release
        found = {
            name: [(word, gettext(word)) for word in words]
            for name, words in self._question.words.items()
        }
        if "state" in self._question.parameters:
            found["state"] = [
                (iri.removeprefix(ID), release.labels.of(iri, lang)) for iri in C5_STATES
            ]
        for name, scheme in self._question.schemes.items():
            start = f"{VOC}{SLUGS.get(scheme, scheme)}-"
            iris = release.index.subjects(SKOS + "inScheme", VOC + scheme)
            classes = [iri for iri in iris if iri.startswith(start + "class-")]
            wanted = classes if name == "class" else [iri for iri in iris if iri not in classes]
            cut = start + "class-" if name == "class" else start
            named = ((iri.removeprefix(cut), release.labels.of(iri, lang)) for iri in wanted)
            found[name] = sorted(named, key=lambda each: each[1])
        return found


def _without_blanks(heard: Heard) -> Heard:
    """A form of a page sends every field; an empty one asks nothing."""
    parts = heard.query_string.split(b"&")
    return replace(heard, query_string=b"&".join(each for each in parts if not each.endswith(b"=")))


def _until_known(wish: Asked) -> Asked:
    """What counts on every page is, where two days are compared, the later of the two at most."""
    known = wish.lens.known_at
    if known is None:
        return wish
    until = [min(known.isoformat(), single(wish.given, "to") or known.isoformat())]
    given = {name: each for name, each in wish.given.items() if name != "knownAt"}
    return replace(wish, given={**given, "to": until}, lens=replace(wish.lens, known_at=None))


def _next(wish: Asked, answer: Answered) -> str | None:
    if answer.next_cursor is None:
        return None
    same = {name: values for name, values in wish.given.items() if name != "cursor"}
    return "?" + urlencode({**same, "cursor": [answer.next_cursor]}, doseq=True)


def desk_routes(service: Service, pages: Pages) -> dict[str, ASGIApp]:
    """The routes by path: each question under /api and as a page of its own."""
    bureau = service.bureau
    found: dict[str, ASGIApp] = {}
    for question in QUESTIONS.values():
        route = DeskRoute(service, pages, bureau, question)
        found |= {question.path: route, f"/{question.name}": route}
    return found


def described_desk() -> dict[str, Any]:
    """What OpenAPI says of the questions."""
    return {question.path: {"get": _operation(question)} for question in QUESTIONS.values()}


def _operation(question: Question) -> dict[str, Any]:
    own = [
        (required if name in question.needed else parameter)(name, meaning)
        for name, meaning in question.parameters.items()
    ]
    paging = [
        parameter("limit", "Rows a page."),
        parameter("cursor", "Where to go on: next_cursor of the page before."),
        parameter("lang", "Language of labels."),
        parameter("format", "A format by name.", one_of=tuple(form.name for form in FORMS)),
    ]
    schema = {"type": "object", "properties": {name: {} for name in ("version", "lens", "next")}}
    content = {
        "application/json": {"schema": {**schema, "required": ["version", "lens"]}},
        "text/csv": {"schema": {"type": "string"}},
    }
    return {
        "tags": ["desk"],
        "operationId": question.name,
        "summary": question.summary,
        "parameters": [*own, *paging, *lens_parameters()],
        "responses": {"200": {"description": "The answer", "content": content}},
    }
