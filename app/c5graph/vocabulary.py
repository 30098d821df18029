"""Names of terms and things for whoever writes or reads queries: completion and labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from c5graph.graph.index import TYPE, Index
from c5graph.graph.release import Release
from c5graph.namespaces import BASE, OWL, RDFS, SKOS, shorten
from c5graph.speech import apart
from c5graph.store.rdf import text_of

KINDS: Final = (
    (OWL + "Class", "class"),
    (RDFS + "Class", "class"),
    (OWL + "ObjectProperty", "property"),
    (OWL + "DatatypeProperty", "property"),
    (SKOS + "Concept", "concept"),
)
MOST_LABELS: Final = 2000


def terms(release: Release, lang: str) -> Iterator[dict[str, Any]]:
    """Classes, properties and concepts that the graph declares, each with label and meaning.

    What the graph uses of other vocabularies follows, under its own name put into words.
    """
    seen: set[str] = set()
    for kind, name in KINDS:
        for iri in release.index.of_class(kind):
            if iri not in seen:
                seen.add(iri)
                label = release.labels.of(iri, lang)
                meaning = _meaning(release.index, iri)
                yield {"name": shorten(iri), "kind": name, "label": label, "meaning": meaning}
    for iri, name in sorted(_borrowed(release)):
        short = shorten(iri)
        if iri not in seen and short != iri:
            label = apart(short.partition(":")[2])
            yield {"name": short, "kind": name, "label": label, "meaning": ""}


def _borrowed(release: Release) -> set[tuple[str, str]]:
    """Properties and classes of other vocabularies in the statements, each with its kind."""
    found = {(quad.predicate.value, "property") for quad in release.quads}
    found |= {(iri, "class") for _, term in release.index.pairs(TYPE) if (iri := text_of(term))}
    return {(iri, kind) for iri, kind in found if not iri.startswith(BASE)}


def labels(release: Release, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Labels of those IRIs that the graph knows."""
    known = (iri for iri in dict.fromkeys(iris) if iri in release.index)
    return {iri: release.labels.of(iri, lang) for iri in known}


def _meaning(index: Index, iri: str) -> str:
    return index.value(iri, SKOS + "definition") or index.value(iri, RDFS + "comment") or ""
