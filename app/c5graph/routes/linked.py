"""Linked data: an IRI of ours, asked at this server, as a page or as RDF."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from fastapi import APIRouter, Request, Response

from c5graph import protocol, resources
from c5graph.descriptions import Description, Descriptions
from c5graph.errors import BadParameter, NotFound, Retired
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.withheld import Withheld
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.metadata.catalogue import Metadata
from c5graph.namespaces import BASE, LENS, VOC
from c5graph.negotiate import HTML, JSONLD, Format, Kind, choose, negotiate
from c5graph.routes.documents import FORMATS, Document, candidates
from c5graph.routes.home import HomePage
from c5graph.routes.http import VARY, Heard, with_charset, without_slash
from c5graph.routes.lookups import lens_parameters
from c5graph.routes.pages import Pages
from c5graph.routes.things import ThingPages
from c5graph.service import Service
from c5graph.store.rdf import Quad, serialise, text_of

_ABOUT_ALL = ("dataset", ".well-known/void", "query/")
_ANYWHERE = BASE.rstrip("/")
_TERMS = ("ontology", "shapes", "vocab/")
_ENTITIES = "/id/"
_LENSES = 4  # for which what there is is kept, besides the default one
_RDF = tuple(form.media_types[0] for form in FORMATS.values() if form is not None)


class LinkedData:
    """Describes what is below `/id/`, `/claim/`, `/report/` and their like."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service = service
        self._home = HomePage(service, pages)
        self._all = Descriptions(service.release)
        self._under = lru_cache(maxsize=_LENSES)(self._described_under)
        self._metadata = Metadata(service.release, service.catalogue)
        self._pages = ThingPages(service, pages, self._metadata)

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(tags=["linked data"])
        for path, endpoint, summary in (
            ("/", self.home, "What the graph holds, as a page or as a DCAT catalogue"),
            ("/ontology", self.describe, "The ontology as RDF, or its documentation"),
            ("/vocab/", self.describe, "The vocabularies as RDF, or their documentation"),
            ("/shapes", self.describe, "The SHACL shapes as RDF, or their documentation"),
            ("/query/", self.describe, "The saved questions as sh:SPARQLExecutable, or as a page"),
            ("/dataset", self.describe, "The data set as DCAT 3 and VoID, or as a page"),
            ("/.well-known/void", self.describe, "The data set as VoID, or as a page"),
            ("/context.jsonld", self.context, "The JSON-LD context of our terms"),
        ):
            router.add_api_route(
                path, endpoint, methods=["GET"], summary=summary, response_class=Response
            )
        # Last, since it takes every path.
        router.add_api_route(
            "/{name:path}",
            self.describe,
            methods=["GET"],
            summary=_SUMMARY,
            response_class=Response,
            openapi_extra={"parameters": lens_parameters()},
        )
        return router

    @cached_property
    def _public(self) -> Descriptions:
        """Descriptions as RDF, which is made to be passed on; pages show all there is."""
        release = self._service.release
        return self._all if release.public is release else Descriptions(release.public)

    def _described_under(self, lens: Lens) -> Descriptions:
        return Descriptions(self._service.release.public, lens)

    async def home(self, request: Request) -> Response:
        """The start page; RDF only for who asks for nothing else."""
        heard = Heard.of(request.scope)
        document = Document("/", "dataset")
        media_type = choose(heard.accept, (HTML, *_RDF))
        if media_type in _RDF and self._service.ours:
            _insist_on_default(document, self._lens(heard))
            quads = await asyncio.to_thread(self._metadata.document, "", self._root(heard))
            return _written(quads, negotiate(media_type, Kind.GRAPH), dict([VARY]))
        page = await self._home.page(self._root(heard), document.alternates)
        return Response(page, headers=dict([VARY]), media_type=HTML)

    async def context(self) -> Response:
        """What JSON-LD that names it can be written with."""
        return Response(resources.context().read_bytes(), media_type=JSONLD.media_types[0])

    async def describe(self, request: Request) -> Response:
        """One thing; the whole path is its name."""
        heard = Heard.of(request.scope)
        root = self._root(heard)
        path = request.scope["path"]
        try:
            document = await self._document(path)
        except NotFound:
            plain = path.rstrip("/")
            if plain in ("", path):
                raise
            await self._document(plain)
            return Response(None, 308, {"location": without_slash(path, heard.query_string)})
        chosen = document.format(heard.accept)
        headers = self._headers(document)
        retired, lens = self._retirement(document), self._lens(heard)
        if chosen is None:
            if retired is not None:
                raise retired
            page = await self._pages.page(document, root)
            return Response(page, headers=headers, media_type=HTML)
        _insist_on_default(document, lens)
        headers |= dict(await self._service.told(lens))
        description = await self._service.aside.run(self._description, document, root, lens)
        if description.cut:
            headers["c5graph-truncated"] = "true"
        if retired is None:
            return _written(description.quads, chosen, headers)
        return _written(description.quads, chosen, {**headers, **retired.headers}, 410)

    async def _document(self, path: str) -> Document:
        for document in candidates(path):
            if document.name in (*_ABOUT_ALL, *_TERMS) and self._service.ours:
                return document
            if _is_iri(document.iri) and document.iri in self._all:
                return document
        if self._service.ours:
            # Which subjects there are does not depend on the address, so one answer serves all.
            beside = await asyncio.to_thread(self._metadata.by_subject, _ANYWHERE)
            for document in candidates(path):
                if document.iri in beside:
                    return document
        if path.startswith(_ENTITIES):
            self._service.release.names.refuse(path.removeprefix(_ENTITIES).partition(".")[0])
        raise NotFound(
            f"Nothing here is called <{BASE}{path.lstrip('/')}>.",
            remedy="The search finds things by name: /search?q=…",
        )

    def _description(self, document: Document, root: str, lens: Lens) -> Description:
        if document.name in _ABOUT_ALL:
            return Description(tuple(self._metadata.document(document.name, root)))
        if document.name in _TERMS:
            return Description(tuple(self._terms(document.name)))
        if document.iri in self._all and document.iri not in self._public:
            raise Withheld(
                f"Nobody may pass on what is known of <{document.iri}>.",
                remedy="Read it as a page, or ask the service that you run for yourself.",
            )
        known = self._public if lens == DEFAULT else self._under(lens)
        if document.iri in self._public and document.iri not in known:
            raise NotFound(
                f"The lens leaves out <{document.iri}>.",
                remedy=f"Ask without {', '.join(PARAMETERS)}, or with others.",
            )
        found = known.of(document.iri)
        beside = tuple(self._metadata.about(document.iri, root)) if self._service.ours else ()
        return Description((*found.quads, *beside), found.cut)

    def _terms(self, name: str) -> Iterable[Quad]:
        """The vocabularies are in the graph of the ontology and have a document of their own."""
        if name == "shapes":
            return self._all.graph("shapes")
        listed = (VOC, LENS)
        quads = self._all.graph("ontology")
        wanted = name == "vocab/"
        return [quad for quad in quads if text_of(quad.subject).startswith(listed) == wanted]

    def _retirement(self, document: Document) -> Retired | None:
        successor = self._all.replaced_by(document.iri)
        if successor is None:
            return None
        return Retired(
            f"<{document.iri}> was retired.",
            remedy=f"Use <{successor}> in its place.",
            successor=successor,
        )

    def _headers(self, document: Document) -> dict[str, str]:
        public = self._service.settings.public_url
        return {"link": document.link_header(public), **dict([VARY])}

    def _lens(self, heard: Heard) -> Lens:
        return parse_lens(protocol.parameters(heard.query_string), self._service.release.record)

    def _root(self, heard: Heard) -> str:
        return self._service.settings.public_url.rstrip("/") or heard.host


def _insist_on_default(document: Document, lens: Lens) -> None:
    """What describes a whole data version, or its terms, is the same whatever counts."""
    if lens != DEFAULT and document.name in (*_ABOUT_ALL, *_TERMS):
        raise BadParameter(
            f"/{document.name} describes the whole data version, so a lens changes nothing in it.",
            remedy=f"Leave out {', '.join(PARAMETERS)}.",
        )


_SUMMARY = (
    "What is known about an IRI of ours (id, claim, report, fact, finding, link, query, vocab), "
    "as a page or as RDF; an ending (.ttl .jsonld .nt .rdf .html) takes the place of Accept"
)


def _written(
    quads: Sequence[Quad],
    chosen: tuple[Format, str],
    headers: dict[str, str],
    status: int = 200,
) -> Response:
    form, media_type = chosen
    body = serialise(quads, form.ending)
    return Response(body, status, headers, with_charset(media_type))


def _is_iri(text: str) -> bool:
    """False for what is no IRI at all and must not be taken for one."""
    return not any(sign <= " " or sign in '<>"{}|\\^`' for sign in text)
