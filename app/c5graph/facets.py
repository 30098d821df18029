"""Kinds of what a search finds, and how much it finds of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from c5graph.entries import Directory
from c5graph.errors import BadParameter
from c5graph.namespaces import C5, OWL, RDF, SKOS
from c5graph.search import Hit, Wanted
from c5graph.speech import gettext, n_

_OF: Final = {
    "report": frozenset({C5 + "Report"}),
    "said": frozenset(C5 + name for name in ("Value", "FramedNode", "Indicator", "Origin")),
    "term": frozenset(
        {RDF + "Property", SKOS + "Concept", SKOS + "ConceptScheme"}
        | {OWL + name for name in ("Class", "DatatypeProperty", "ObjectProperty", "Ontology")}
    ),
}
_OTHERS: Final = frozenset[str]().union(*_OF.values())
KINDS: Final = {
    "thing": n_("things"),
    "said": n_("figures, aims and judgements"),
    "report": n_("reports"),
    "term": n_("terms of the vocabulary"),
}
"""What a search can be narrowed to; a thing is what is none of the others."""
MOST: Final = 80
"""So many are counted; a name of which there are more is asked more exactly."""
_CLASSES: Final = 8


@dataclass(frozen=True)
class Facet:
    """A kind or a class with how much was found of it."""

    id: str
    label: str
    count: int

    @property
    def more(self) -> bool:
        """Whether there may be more than is counted."""
        return self.count >= MOST


def wanted(directory: Directory, types: Sequence[str], kind: str, hidden: frozenset[str]) -> Wanted:
    """What hits must be. Raises BadParameter for a class or a kind that there is not."""
    if kind and kind not in KINDS:
        raise BadParameter(f"There is no kind '{kind[:40]}'.", remedy=f"Use {' or '.join(KINDS)}.")
    found = directory.wanted(types, hidden)
    if kind == "thing":
        return replace(found, without=_OTHERS)
    return replace(found, within=_OF[kind]) if kind else found


def facets(
    directory: Directory, text: str, hidden: frozenset[str], lang: str
) -> tuple[list[Facet], list[Facet]]:
    """How much of each kind has such a name, and of which classes the things among it are."""
    found = {
        kind: directory.index.search(text, wanted=wanted(directory, (), kind, hidden), limit=MOST)
        for kind in KINDS
    }
    kinds = [Facet(kind, gettext(KINDS[kind]), len(hits)) for kind, hits in found.items() if hits]
    return kinds, _classes(directory, found["thing"], lang)


def _classes(directory: Directory, hits: Sequence[Hit], lang: str) -> list[Facet]:
    counted = Counter(each for hit in hits for each in directory.types(hit.iri, lang))
    most = sorted(counted.items(), key=lambda item: (-item[1], item[0].label))
    return [Facet(each.id, each.label, count) for each, count in most[:_CLASSES]]
