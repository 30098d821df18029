"""Entities as rows: kinds, names, links to other data sets, place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from c5graph.graph.index import TYPE, Index
from c5graph.graph.points import points
from c5graph.graph.release import Release
from c5graph.namespaces import C5, DCTERMS, ID, RDFS, SKOS
from c5graph.parquet.columns import Column, Row, literals

ENTITIES: Final = (
    Column("entity", "text", "IRI of the thing."),
    Column("label", "text", "Its label in English."),
    Column("types", "texts", "Its classes."),
    Column("labels", "labels", "Its labels in every language."),
    Column("alt_labels", "labels", "Other names."),
    Column("description", "text", "What identifies it."),
    Column("exact_matches", "texts", "The same thing in other data sets, each verified."),
    Column("close_matches", "texts", "Nearly the same thing in other data sets."),
    Column("longitude", "degrees", "Of its point, WGS 84."),
    Column("latitude", "degrees", "Of its point, WGS 84."),
)


def entity_rows(release: Release) -> Iterator[Row]:
    """A row for each thing that has a class, but those that the release's lens hides."""
    index, teller = release.index, release.view.teller
    places = points(index)
    for iri in sorted(each for each in index if each.startswith(ID)):
        if teller.hides(iri) or not index.values(iri, TYPE):
            continue
        longitude, latitude = places.get(iri, (None, None))
        yield {
            "entity": iri,
            "label": release.labels.of(iri),
            "types": index.values(iri, TYPE),
            "labels": list(literals(index, iri, RDFS + "label")),
            "alt_labels": list(literals(index, iri, SKOS + "altLabel")),
            "description": index.value(iri, DCTERMS + "description"),
            "exact_matches": _linked(index, iri, "exactMatch"),
            "close_matches": _linked(index, iri, "closeMatch"),
            "longitude": longitude,
            "latitude": latitude,
        }


def _linked(index: Index, iri: str, name: str) -> list[str]:
    links = index.subjects(C5 + "linkSubject", iri)
    same = (each for each in links if index.value(each, C5 + "linkPredicate") == SKOS + name)
    return [found for link in same for found in index.values(link, C5 + "linkObject")]
