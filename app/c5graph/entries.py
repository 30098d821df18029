"""What search shows of a thing: label, types and description in a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from c5graph.errors import BadParameter
from c5graph.graph.index import TYPE
from c5graph.graph.release import Release
from c5graph.names import names_in
from c5graph.namespaces import C5, DCTERMS, ID, OWL, RDFS, SCHEMA, SKOS, expand, shorten
from c5graph.search import ANY, Hit, SearchIndex, Wanted
from c5graph.speech import said
from c5graph.store.rdf import Literal
from c5graph.views.words import TERMS

_DESCRIPTIONS = (
    DCTERMS + "description",
    SKOS + "definition",
    SKOS + "scopeNote",
    RDFS + "comment",
    SCHEMA + "description",
)
_CLASSES = (OWL + "Class", RDFS + "Class")


@dataclass(frozen=True)
class Type:
    """A class: how it is named in requests, and its label."""

    id: str
    iri: str
    label: str


@dataclass(frozen=True)
class Entry:
    """A hit with what a reader needs to tell it from its namesakes."""

    id: str
    iri: str
    label: str
    description: str
    types: tuple[Type, ...]
    score: float
    matched: str
    language: str | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**vars(self), "types": [vars(each) for each in self.types]}


class Directory:
    """The search index of a release with labels, descriptions and types."""

    def __init__(self, release: Release) -> None:
        self.release = release
        # Without derived facts no thing is known to matter more than another.
        rank = release.neighbours.degree if release.facts else _no_rank
        self.index = SearchIndex(names_in(release.index), release.index, rank)
        self.classes = self._used_classes()

    def entities(self) -> Iterator[str]:
        """Things that tables can be matched with: of our graph entities, else all with a name."""
        ours = bool(self.release.facts)
        return (iri for iri in self.index if not ours or iri.startswith(ID))

    def entries(self, hits: Iterable[Hit], lang: str) -> list[Entry]:
        """Hits as they are shown."""
        return [self.entry(hit, lang) for hit in hits]

    def entry(self, hit: Hit, lang: str) -> Entry:
        """One hit as it is shown."""
        return Entry(
            id=local_name(hit.iri),
            iri=hit.iri,
            label=self.release.labels.of(hit.iri, lang),
            description=self.description(hit.iri, lang),
            types=self.types(hit.iri, lang),
            score=round(hit.score, 1),
            matched=hit.name,
            language=hit.language,
        )

    def description(self, iri: str, lang: str) -> str:
        """A sentence that tells the thing from its namesakes; empty when there is none."""
        for predicate in _DESCRIPTIONS:
            terms = self.release.index.terms(iri, predicate)
            found = {term.language: term.value for term in terms if isinstance(term, Literal)}
            if found:
                return found.get(lang) or found.get("en") or next(iter(found.values()))
        return ""

    def types(self, iri: str, lang: str) -> tuple[Type, ...]:
        """The classes stated of a thing."""
        return tuple(self.type(each, lang) for each in self.release.index.values(iri, TYPE))

    def type(self, iri: str, lang: str) -> Type:
        """A class as it is shown."""
        label = said(TERMS.get(iri, ""), lang) or self.release.labels.of(iri, lang)
        return Type(local_name(iri), iri, label)

    def wanted(self, names: Collection[str], hidden: frozenset[str] = frozenset()) -> Wanted:
        """Any of the classes named. Raises BadParameter for one that no thing has."""
        if not names and not hidden:
            return ANY
        return Wanted(frozenset(self._class_named(name) for name in names), hidden=hidden)

    def used(self, things: Iterable[str]) -> Counter[str]:
        """Classes and how many of these things are of each."""
        used = Counter[str]()
        for iri in things:
            used.update(self.index.classes_of(iri))
        return used

    def class_iri(self, name: str) -> str | None:
        """The class of this name, CURIE or IRI, if there is one."""
        for iri in (C5 + name, expand(name), name.strip("<>")):
            if iri is not None and iri in self.classes:
                return iri
        return None

    def _class_named(self, name: str) -> str:
        iri = self.class_iri(name)
        if iri is None:
            known = [local_name(each) for each in self.classes]
            close = get_close_matches(name, known, n=3, cutoff=0.5) or sorted(known)[:8]
            raise BadParameter(f"No class is called '{name[:60]}'.", remedy=f"Try {_or(close)}.")
        return iri

    def _used_classes(self) -> Counter[str]:
        """Classes and how many things with a name are of each, most first."""
        used = self.used(self.index)
        of_class = self.release.index.of_class
        used.update({each: 0 for kind in _CLASSES for each in of_class(kind)})
        return used


def local_name(iri: str) -> str:
    """How requests name a thing: the slug of ours, the name of a term, else a CURIE or the IRI."""
    for namespace in (ID, C5):
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return shorten(iri)


def _no_rank(_: str) -> int:
    return 0


def _or(names: Iterable[str]) -> str:
    return " or ".join(names)
