"""Which page shows a thing, and what the page needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from c5graph.cache import Kept
from c5graph.citations import BIBTEX, CSL, RIS, TEXT, Citation
from c5graph.dated import day_of_data
from c5graph.desk.census import Census
from c5graph.desk.disputes import DisputeAsk
from c5graph.desk.disputes_page import disputes_page
from c5graph.desk.ledger import LedgerAsk
from c5graph.desk.ledger_page import ledger_page, row_of
from c5graph.exports import offered
from c5graph.graph.derive import Fact
from c5graph.graph.points import points
from c5graph.graph.release import View
from c5graph.metadata import dataset
from c5graph.metadata.catalogue import Metadata
from c5graph.metadata.schema_org import as_schema_org
from c5graph.namespaces import C5, ID, QUERY, RDF, RDFS, SKOS, VOC
from c5graph.routes.documents import Document
from c5graph.routes.examples import link_to
from c5graph.routes.http import etag
from c5graph.routes.pages import Pages
from c5graph.routes.questions import by_subject
from c5graph.routes.visit import VISIT
from c5graph.service import Service
from c5graph.store.rdf import Term, text_of
from c5graph.views.claims import Property, Reader
from c5graph.views.ends import Ends
from c5graph.views.evidence import Evidence
from c5graph.views.flows import C5_STATES, POWERS
from c5graph.views.life import life
from c5graph.views.rivals import CLASSES, rivals
from c5graph.views.sections import Sections
from c5graph.views.spot import spot
from c5graph.views.star import star
from c5graph.views.terms import Terms
from c5graph.views.thing import Things
from c5graph.views.voice import voice

_REFERRING = 200
ROWS, CLAIMS = 5, 3
"""Statements of a relation, and claims of each, on a page; the rest is a link away."""
_PAGES = {
    "ontology": "ontology",
    "shapes": "shapes",
    "vocab/": "vocabularies",
    "query/": "saved",
    "dataset": "dataset",
    ".well-known/void": "dataset",
}


def ledger_filter(iri: str) -> tuple[str, str]:
    """The filter of the ledger that has the agreements of an actor."""
    name = iri.removeprefix(ID)
    if iri in C5_STATES:
        return "state", name
    return ("power" if iri in POWERS else "party"), name


class ThingPages:
    """Pages of one data version, each rendered once while it is kept."""

    def __init__(self, service: Service, pages: Pages, metadata: Metadata) -> None:
        self._service, self._pages, self._metadata = service, pages, metadata
        self._ends = Ends(service.release)
        self._sections = Sections(service.release.index)

    async def page(self, document: Document, root: str) -> bytes:
        """The page of a document, rendered beside the other work and kept."""
        visit = VISIT.get()
        tag = etag((self._service.version, "page", document, root, visit.query))
        kept = self._service.cache.get(tag)
        if kept is None:
            kept = Kept(
                await self._service.aside.run(self._render, document, root), "text/html", tag
            )
            self._service.cache.put(tag, kept)
        return kept.body

    def _render(self, document: Document, root: str) -> bytes:
        template, values = self._whole(document.name, root) or self._view(document.iri, root)
        return self._pages.render(
            template,
            document.path,
            iri=document.iri,
            canonical=document.canonical(self._service.settings.public_url),
            alternates=document.alternates,
            **values,
        )

    def _whole(self, name: str, root: str) -> tuple[str, dict[str, Any]] | None:
        """Pages about the data set and its terms."""
        makers: dict[str, Callable[[], dict[str, Any]]] = {
            "ontology": lambda: {"kinds": self._terms.ontology()},
            "shapes": lambda: {"shapes": self._terms.shapes, "first": self._terms.first},
            "vocabularies": lambda: {"vocabularies": self._terms.vocabularies()},
            "saved": lambda: {"subjects": by_subject(self._service.catalogue)},
            "dataset": lambda: self._dataset(root),
        }
        page = _PAGES.get(name) if self._service.ours else None
        return None if page is None else (f"{page}.html", makers[page]())

    def _dataset(self, root: str) -> dict[str, Any]:
        index = self._service.release.index
        return {
            "about": dataset.ABOUT,
            "licence": dataset.LICENCE,
            "graphs": dataset.GRAPHS,
            "counted": self._metadata.statistics,
            "dumps": offered(),
            "dataset": as_schema_org(root, self._service.version),
            "address": root,
            "citation": Citation(root, self._service.version, published=day_of_data(index)),
            "citation_forms": (BIBTEX, RIS, CSL, TEXT),
        }

    def _view(self, iri: str, root: str) -> tuple[str, dict[str, Any]]:
        found = self._recorded(iri) or self._of_kind(iri)
        return found or ("plain.html", self._plain(iri, root))

    def _recorded(self, iri: str) -> tuple[str, dict[str, Any]] | None:
        """A claim, a report, a fact or a saved question."""
        record = self._service.release.record
        if iri in record.claims:
            counts = self._census.counts(iri)
            return "claim.html", {"claim": self._evidence.claim(iri), "counts": counts}
        if iri in record.reports:
            return "report.html", self._report(iri, self._view_now)
        if iri in self._facts:
            return "fact.html", {"fact": self._evidence.fact(self._facts[iri])}
        if iri.startswith(QUERY):
            query = self._service.catalogue.get(iri.removeprefix(QUERY))
            return "query.html", {"query": query, "query_href": link_to(query.text)}
        return None

    def _report(self, iri: str, view: View) -> dict[str, Any]:
        report = self._evidence.report(iri, self._census.counts)
        claims = frozenset(claim.iri for part in report.sections for claim in part.claims)
        return {
            "report": report,
            "counts": iri in view.selection.reports,
            "disputes": self._disputes(view, DisputeAsk(claims=claims))
            if claims
            else {"total": 0, "rows": []},
        }

    def _of_kind(self, iri: str) -> tuple[str, dict[str, Any]] | None:
        """A finding, a vocabulary or an entity."""
        kinds = self._service.release.index.values(iri, RDF + "type")
        if not self._service.ours:
            return None
        if C5 + "Finding" in kinds:
            return "finding.html", {"finding": self._evidence.finding(iri)}
        if SKOS + "ConceptScheme" in kinds:
            return "vocabulary.html", {"vocabulary": self._terms.vocabulary(iri)}
        if iri.startswith(ID):
            return "thing.html", self._thing(iri)
        return None

    @property
    def _reader(self) -> Reader:
        """What reads the release in the language of the page that is being made."""
        return Reader(self._service.release, self._pages.lang)

    @property
    def _view_now(self) -> View:
        """The release under the lens of the page that is being made."""
        return self._service.views.get(self._pages.strict_lens())

    @property
    def _census(self) -> Census:
        """What counts under the lens of the page that is being made."""
        return self._service.bureau.office(self._view_now).census

    @property
    def _evidence(self) -> Evidence:
        return Evidence(self._service.release, self._reader, self._ends, self._view_now)

    @property
    def _terms(self) -> Terms:
        release, lens = self._service.release, self._pages.strict_lens()
        return Terms(release, self._reader, self._service.catalogue, self._census, lens)

    def _thing(self, iri: str) -> dict[str, Any]:
        release, reader = self._service.release, self._reader
        view = self._view_now
        office = self._service.bureau.office(view)
        things = Things(office, reader, self._ends)
        thing = things.of(iri, ROWS, CLAIMS)
        kind = self._sections.kind(each.iri or "" for each in thing.kinds)
        return {
            "thing": thing,
            "kind": kind,
            "sections": self._sections.of(kind, (*thing.about, *thing.others)),
            "stages": life(release, view, reader, self._ends, iri),
            "rays": star((*thing.about, *thing.others), self._stands),
            "spot": spot(iri, view, reader, self._points),
            "ledger": self._ledger(iri, kind, view),
            "line": self._line(iri, kind, view),
            "voice": voice(iri, view, reader, ROWS, office.census.counts),
            "disputes": self._disputes(view, DisputeAsk(about=frozenset({iri}), still=False)),
            "slug": iri.removeprefix(ID),
        }

    def _ledger(self, iri: str, kind: str, view: View) -> dict[str, Any] | None:
        """The best attested agreements of an actor or about a thing, and how to get them all."""
        if kind in ("Commodity", "Infrastructure", "Place"):
            return self._deals_about(iri, view)
        if kind not in ("Actor", "Person"):
            return None
        name, value = ledger_filter(iri)
        lang, by = self._pages.lang, None if name == "power" else "power"
        filters = {name: frozenset({VOC + "side-" + value if name == "power" else iri})}
        ask = LedgerAsk(filters=filters, by=by, sort="origins", limit=ROWS, lang=lang)
        page = ledger_page(self._service.bureau.office(view).ledger, ask)
        return {
            "rows": [page.row(deal) for deal in page.rows],
            "total": len(page.chosen),
            "link": f"ledger?{name}={value}&sort=origins",
            "filter": f"{name}={value}",
            "powers": rivals(page, self._service.release.labels, lang),
            "classes": self._reader.all_named(CLASSES),
        }

    def _deals_about(self, iri: str, view: View) -> dict[str, Any]:
        ledger = self._service.bureau.office(view).ledger
        found = ledger.chosen(LedgerAsk(sort="origins"))
        about = [deal for deal in found if iri in deal.subjects]
        rows = [row_of(ledger, deal, self._pages.lang) for deal in about[:ROWS]]
        return {"rows": rows, "total": len(about), "link": "", "powers": ()}

    def _line(self, iri: str, kind: str, view: View) -> dict[str, Any] | None:
        """The line of the ledger that an agreement is; None where it is none."""
        ledger = self._service.bureau.office(view).ledger
        deal = next((each for each in ledger.deals if each.iri == iri), None)
        if kind != "Undertaking" or deal is None:
            return None
        return row_of(ledger, deal, self._pages.lang)

    def _stands(self, iri: str) -> bool:
        """Whether a thing is of one of the kinds that pages are made for."""
        return bool(self._sections.kind(self._service.release.index.values(iri, RDF + "type")))

    @cached_property
    def _points(self) -> dict[str, tuple[float, float]]:
        return points(self._service.release.index)

    def _disputes(self, view: View, chosen: DisputeAsk) -> dict[str, Any]:
        ask = replace(chosen, limit=ROWS, lang=self._pages.lang)
        page = disputes_page(self._service.bureau.office(view).disputes, ask).as_dict()
        return {"rows": page["disputes"], "total": page["total"]}

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.iri: fact for fact in self._service.release.facts if fact.iri}

    def _plain(self, iri: str, root: str) -> dict[str, Any]:
        known = iri in self._service.release.index
        statements = list(self._statements(iri, root))
        kinds = (text_of(term) for predicate, term in statements if predicate == RDF + "type")
        labels = (text_of(term) for predicate, term in statements if predicate == RDFS + "label")
        return {
            "title": self._reader.named(iri).label if known else next(labels, iri),
            "kinds": self._reader.all_named(kinds),
            "properties": self._reader.properties(
                pair for pair in statements if pair[0] != RDF + "type"
            ),
            "claims": self._evidence.resting_on(iri),
            "referring": self._referring(iri),
            "more": _REFERRING,
        }

    def _statements(self, iri: str, root: str) -> Iterator[tuple[str, Term]]:
        yield from self._service.release.index.statements(iri)
        beside = self._metadata.by_subject(root).get(iri, ()) if self._service.ours else ()
        yield from ((quad.predicate.value, quad.object) for quad in beside)

    def _referring(self, iri: str) -> tuple[Property, ...]:
        """What points here, by property, at most so many for each."""
        found: dict[str, list[str]] = {}
        for predicate, subject in self._service.release.index.referring(iri):
            values = found.setdefault(predicate, [])
            if len(values) < _REFERRING and predicate != C5 + "evidence":
                values.append(subject)
        return tuple(
            self._reader.uses(predicate, subjects)
            for predicate, subjects in found.items()
            if subjects
        )
