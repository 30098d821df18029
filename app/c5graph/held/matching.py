"""Which things of the graph a publisher's codes and names mean.

A code that a link of the graph has is a verified identity. A name that only one thing has is an
inference, and the claim and a finding say so. Names that are merely near are never taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from c5graph.authoring.duplicates import Labels, labels_of
from c5graph.authoring.known import Known
from c5graph.namespaces import C5, ID, RDFS, SKOS, shorten
from c5graph.spelling import fold

_STATE_CODES = (C5 + "isoAlpha2", C5 + "isoAlpha3", C5 + "isoNumeric")
_EXACT = SKOS + "exactMatch"
_STRANGER = "stranger"
_IDENTITY = "indicatorKind measures countOf flowFrom flowTo flowBetween".split()


class Matcher:
    """Look-ups in what the shipped graph says."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def state(self, code: str) -> str | None:
        """CURIE of the state that has this ISO 3166-1 code, as letters or figures."""
        plain = code.strip().upper()
        iri = self._codes.get(plain.zfill(3) if plain.isdigit() else plain)
        return None if iri is None else shorten(iri)

    def wikidata(self, number: str) -> str | None:
        """CURIE of the thing that is exactly this one of Wikidata."""
        iri = self._wikidata.get(number)
        return None if iri is None else shorten(iri)

    def actor(self, name: str) -> str | None:
        """CURIE of the only actor of this name, with or without what stands in brackets."""
        for text in (name, name.partition("(")[0]):
            found = self._actors.get(fold(text), set())
            if len(found) == 1:
                return f"id:{next(iter(found))}"
        return None

    def near(self, name: str) -> list[str]:
        """Slugs of actors whose names are near, which the reader may want to look at."""
        return sorted({each.slug for each in self._labels.near(_STRANGER, [name])})[:3]

    def indicator(self, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
        """CURIE of the indicator that these statements identify."""
        return self._indicators.get(_identity(pairs))

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {code: iri for predicate in _STATE_CODES for code, iri in self._links(predicate)}

    @cached_property
    def _wikidata(self) -> dict[str, str]:
        return {code: iri for code, iri in self._links(_EXACT) if code.startswith("Q")}

    def _links(self, predicate: str) -> Iterable[tuple[str, str]]:
        index = self.known.index
        for link in index.subjects(C5 + "linkPredicate", predicate):
            code, iri = index.value(link, C5 + "identifier"), index.value(link, C5 + "linkSubject")
            if code and iri:
                yield code, iri

    @cached_property
    def _actors(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        kinds = self.known.index.closure(C5 + "Actor", _SUBCLASS, inverse=True)
        for kind in kinds - {C5 + "Person"}:
            for iri in self.known.index.of_class(kind):
                slug = iri.removeprefix(ID)
                for label in labels_of(self.known, slug):
                    found[fold(label)].add(slug)
        return found

    @cached_property
    def _labels(self) -> Labels:
        """Names to compare with those of an actor that the graph does not have."""
        known = Known(self.known.index, self.known.shapes, self.known.files)
        known.add(_STRANGER, (C5 + "Organisation",), "")
        return Labels(known)

    @cached_property
    def _indicators(self) -> dict[frozenset[tuple[str, str]], str]:
        index = self.known.index
        found = {}
        for kind in index.closure(C5 + "Indicator", _SUBCLASS, inverse=True):
            for iri in index.of_class(kind):
                said = ((f"c5:{each}", index.values(iri, C5 + each)) for each in _IDENTITY)
                pairs = ((name, tuple(map(shorten, values))) for name, values in said)
                found[_identity(pairs)] = shorten(iri)
        return found


_SUBCLASS = RDFS + "subClassOf"


def _identity(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> frozenset[tuple[str, str]]:
    names = {f"c5:{each}" for each in _IDENTITY}
    return frozenset((name, value) for name, values in pairs if name in names for value in values)
