"""What the graph holds under a lens, and examples that are sure to work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from c5graph.catalogue import SavedQuery
from c5graph.graph.claims import Firmness
from c5graph.graph.index import TYPE
from c5graph.graph.lens import Lens
from c5graph.graph.release import View
from c5graph.namespaces import C5, ID, shorten
from c5graph.routes.counts import class_sizes, graph_sizes
from c5graph.routes.examples import Example, examples, link_to
from c5graph.service import Service

STATES = ("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan")
RIVALS = ("united-states", "russia", "china")
FIRST_QUESTIONS = (
    "how-much-money-by-status-class",
    "which-states-depend-on-russia-or-china",
    "which-deals-are-told-differently",
    "which-wanted-minerals-lie-where",
    "what-does-a-state-seek",
    "which-companies-deal-with-which-states",
)
_MEMBERS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?thing ?label WHERE {{
  ?thing a <{}> .
  OPTIONAL {{ ?thing rdfs:label ?label FILTER(LANG(?label) IN ("en", "")) }}
}}
ORDER BY ?label ?thing"""
_ENDS = frozenset({"Quantity", "MoneyAmount", "Share", "Topic", "Flow", "Indicator", "MediaOutlet"})


@dataclass(frozen=True)
class ClassCount:
    """A class and how many things have it."""

    iri: str
    label: str
    count: int

    @property
    def link(self) -> str:
        """Lists the things, relative to the root of the service."""
        if self.iri.startswith(C5):
            return "search?" + urlencode({"type": self.iri.removeprefix(C5)})
        return link_to(_MEMBERS.format(self.iri))


@dataclass(frozen=True)
class Place:
    """A thing to look at, with the number of its firm and planned edges."""

    slug: str
    label: str
    degree: int


@dataclass(frozen=True)
class There:
    """What counts: how many claims, reports and things, and how many of each class."""

    claims: int
    reports: int
    things: int
    classes: Mapping[str, int]


@dataclass(frozen=True)
class Overview:
    """Figures and links of the home page; `on_file` is what there is whatever the lens."""

    statements: int
    there: There
    on_file: There
    facts: int
    firm: int
    classes: tuple[ClassCount, ...]
    states: tuple[Place, ...]
    rivals: tuple[Place, ...]
    questions: tuple[SavedQuery, ...]
    question_count: int
    examples: tuple[Example, ...]


async def overview(service: Service, lens: Lens, lang: str) -> Overview:
    """What the release holds under a lens."""
    sizes = await graph_sizes(service)
    view = await service.view(lens)
    there = await _there(service, view)
    firmness = view.neighbours.tally
    return Overview(
        statements=sizes.get("") or sum(sizes.values()),
        there=there,
        on_file=await _there(service, service.release.view),
        facts=sum(firmness.values()),
        firm=firmness[Firmness.FIRM],
        classes=tuple(_classes(service, there.classes, lang)),
        states=places(service, lang, STATES, view) if service.ours else (),
        rivals=places(service, lang, RIVALS, view) if service.ours else (),
        questions=worth_asking(service) if service.ours else (),
        question_count=len(service.catalogue) if service.ours else 0,
        examples=examples(service),
    )


async def _there(service: Service, view: View) -> There:
    if not service.ours:
        sizes = await class_sizes(service)
        return There(0, 0, sum(sizes.values()), sizes)
    return await service.aside.run(_counted, service, view)


def _counted(service: Service, view: View) -> There:
    """Classes that things are stated to be of; those of their kinds are counted with them."""
    census, index = service.bureau.office(view).census, service.release.index
    stated = {kind for iri in census.things for kind in index.values(iri, TYPE)}
    classes = {kind: census.classes[kind] for kind in stated}
    return There(census.claims, census.reports, len(census.things), classes)


def worth_asking(service: Service) -> tuple[SavedQuery, ...]:
    """Questions to begin with."""
    known = service.catalogue.queries
    return tuple(known[name] for name in FIRST_QUESTIONS if name in known)


def _classes(service: Service, sizes: Mapping[str, int], lang: str) -> list[ClassCount]:
    labels = service.release.labels
    return [
        ClassCount(iri, labels.of(iri, lang) if service.ours else shorten(iri), count)
        for iri, count in sorted(sizes.items(), key=_worth_a_look)
    ]


def _worth_a_look(item: tuple[str, int]) -> tuple[bool, int, str]:
    """The great classes first, but figures and other ends of statements after things."""
    iri, count = item
    return iri.removeprefix(C5) in _ENDS, -count, iri


def places(
    service: Service, lang: str, slugs: tuple[str, ...], view: View | None = None
) -> tuple[Place, ...]:
    """Those of the names that the release has, with their edges in a view."""
    release, told = service.release, view or service.release.view
    return tuple(
        Place(slug, release.labels.of(ID + slug, lang), told.neighbours.degree(ID + slug))
        for slug in slugs
        if ID + slug in release.index
    )
