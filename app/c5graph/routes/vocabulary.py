"""`/api/terms` and `/api/labels`: what queries are written with, and what answers are read with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from starlette.types import Receive, Scope, Send

from c5graph import protocol
from c5graph.cache import Kept
from c5graph.errors import BadParameter
from c5graph.graph.release import View
from c5graph.lenses import PARAMETERS, headers, parse_lens
from c5graph.namespaces import PREFIXES
from c5graph.protocol import Parameters, single
from c5graph.routes.http import Heard, etag, read_body, send_kept, to_json
from c5graph.routes.lookups import lens_parameters
from c5graph.routes.parameters import parameter, refuse_unknown
from c5graph.service import Service
from c5graph.vocabulary import MOST_LABELS, labels, terms

TERMS: Final = "/api/terms"
LABELS: Final = "/api/labels"
_JSON: Final = "application/json"


class VocabularyRoute:
    """Answers GET and HEAD, and for labels POST of a form."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        heard = Heard.of(scope)
        if heard.method == "POST":
            limit = self._service.settings.max_body_kib * 1024
            heard = replace(heard, body=await read_body(receive, limit), if_none_match=None)
        tag = etag((self._service.version, heard.path, heard.query_string, heard.body))
        kept = self._service.cache.get(tag)
        if kept is None:
            kept = await self._answer(heard, tag)
            self._service.cache.put(tag, kept)
        await send_kept(send, heard, kept)

    async def _answer(self, heard: Heard, tag: str) -> Kept:
        posted = protocol.parameters(heard.body) if heard.method == "POST" else {}
        given = protocol.merge(protocol.parameters(heard.query_string), posted)
        refuse_unknown(given, ("iri", "lang", *PARAMETERS))
        lang = single(given, "lang") or self._service.settings.language
        view = await self._service.view(parse_lens(given, self._service.release.record))
        told = headers(view.lens, view.selection.undated)
        return Kept(to_json(self._found(heard.path, given, lang, view)), _JSON, tag, told)

    def _found(self, path: str, given: Parameters, lang: str, view: View) -> dict[str, Any]:
        release = self._service.release
        if path == TERMS:  # no claim and no report is a term, so a lens hides none
            found = list(terms(release, lang))
            return {"version": release.version, "prefixes": PREFIXES, "terms": found}
        shown = [iri for iri in _iris(given) if not view.teller.hides(iri)]
        return {"labels": labels(release, shown, lang)}


def _iris(given: Parameters) -> list[str]:
    iris = list(given.get("iri", ()))
    if not iris:
        raise BadParameter("The parameter 'iri' is missing.", remedy="Give one or more: ?iri=…")
    if len(iris) > MOST_LABELS:
        raise BadParameter(f"{len(iris)} IRIs are too many.", remedy=f"Send {MOST_LABELS} at most.")
    return iris


def described() -> dict[str, Any]:
    """What the OpenAPI description says of the two."""
    lang = parameter("lang", "Language of labels.")
    shared = lens_parameters()
    iri = parameter("iri", f"An IRI; may be given {MOST_LABELS} times.", required=True)
    return {
        TERMS: {
            "get": _operation(
                "terms", "Prefixes, classes, properties and concepts", [lang, *shared]
            )
        },
        LABELS: {
            "get": _operation("labels", "Labels of IRIs, as far as known", [iri, lang, *shared])
        },
    }


def _operation(name: str, summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    content = {_JSON: {"schema": {"type": "object"}}}
    return {
        "tags": ["look-ups"],
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "The answer", "content": content}},
    }
