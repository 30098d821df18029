"""What both files of OpenSanctions have in common: who is listed, and by which measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from c5graph.authoring.terms import CellFault
from c5graph.held import cells
from c5graph.held.draft import Draft, LeftOut, Page
from c5graph.held.layout import Layout, Publisher
from c5graph.spelling import fold

PUBLISHER = Publisher(
    "opensanctions", "Organisation", "OpenSanctions", "Collector of lists of sanctions."
)
layout = partial(
    Layout,
    publisher=PUBLISHER,
    url="https://www.opensanctions.org/datasets/",
    terms="https://www.opensanctions.org/licensing/",
    interest="aggregator",
    report_kind="summary",
)
"""A layout of this publisher."""
_CLASSES = {
    "Company": "Company",
    "LegalEntity": "Organisation",
    "Organization": "Organisation",
    "Person": "Person",
    "PublicBody": "Organisation",
}


@dataclass(frozen=True)
class Target:
    """Somebody who may be listed: a thing of the graph, or none where it is to be new."""

    name: str
    kind: str
    thing: str = ""
    words: str = ""

    def taken(self, draft: Draft) -> tuple[str, str]:
        """The thing, made now if it is new, and the words that were taken for it."""
        return self.thing or draft.newcomer(self.name, self.kind), self.words


def target(
    draft: Draft, number: str, schema: str, names: Sequence[str], countries: Sequence[str]
) -> Target:
    """Who is meant. Raises LeftOut, or CellFault where there is no name.

    What the graph does not have is new only where --country asks for its country: of the tens
    of thousands that are listed few have to do with what the graph is about.
    """
    if schema not in _CLASSES:
        raise LeftOut(f"of the schema {schema[:40]}")
    if not names:
        raise CellFault("no name.", "Give the target its name.")
    first = cells.name(names[0])
    thing, words = _known(draft, number, schema, names)
    if not thing and not draft.wanted:
        raise LeftOut("not in the graph; --country takes those of a country as new")
    states = (draft.matcher.state(code) for code in countries)
    draft.insist_on(*filter(None, (thing, *states)))
    return Target(first, _CLASSES[schema], thing, words)


def _known(draft: Draft, number: str, schema: str, names: Sequence[str]) -> tuple[str, str]:
    """The thing of that number of Wikidata; one of that name, unless a person is listed."""
    thing = draft.matcher.wikidata(number)
    if thing is not None:
        return thing, ""
    for name in names if schema != "Person" else ():
        if (found := draft.matcher.actor(name)) is not None:
            return found, cells.name(name)
    return "", ""


def measure(draft: Draft, page: Page, name: str) -> str:
    """The measure of a programme or list; the claim of its kind is made when it is first met."""
    slug = f"sanctions-{'-'.join(fold(name).split())[:80].strip('-')}"
    known = f"id:{slug}" in draft.entities
    described = f"Programme or list of sanctions, {name}."
    curie = draft.entity(slug, "Measure", f"sanctions: {name}", described)
    if not known:
        told = f"{name} is a programme or list of sanctions."
        page.claim((curie, "measureKind", "voc:measure-sanctions"), told)
    return curie
