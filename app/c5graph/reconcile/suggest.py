"""Suggestions while a name is typed: entities, types and properties, and cards about them."""

from __future__ import annotations

from typing import Any, Final

from c5graph.entries import Directory, local_name
from c5graph.names import ALIASES, LABELS, Form, forms
from c5graph.namespaces import ID, RDFS
from c5graph.reconcile.properties import Properties
from c5graph.search import SearchIndex, Wanted
from c5graph.store.rdf import Literal

KINDS: Final = ("entity", "type", "property")
PAGE: Final = 10
FURTHEST: Final = 1_000


class Suggester:
    """Suggests from one release."""

    def __init__(self, directory: Directory, properties: Properties) -> None:
        self._directory, self._properties = directory, properties
        index = directory.release.index
        names = (
            name
            for iri in directory.classes
            for label in (directory.type(iri, "en").label, local_name(iri))
            for name in forms(iri, label, "en", Form.LABEL)
        )
        self._types = SearchIndex(names, index, directory.classes.__getitem__)

    def suggest(self, kind: str, prefix: str, skip: int, lang: str) -> list[dict[str, Any]]:
        """A page of suggestions; with nothing typed, the types or properties most used."""
        found = self._found(kind, prefix, min(skip, FURTHEST) + PAGE)
        return [self.item(kind, iri, lang) for iri in found[skip : skip + PAGE]]

    def known(self, kind: str, given: str) -> str | None:
        """The entity, type or property of this identifier, if there is one."""
        if kind == "type":
            return self._directory.class_iri(given)
        if kind == "property":
            return self._properties.iri(given)
        found = self._directory.index.resolve(given)
        return None if found in self._properties.hidden else found

    def item(self, kind: str, iri: str, lang: str) -> dict[str, Any]:
        """One suggestion."""
        description = self._directory.description(iri, lang)
        item: dict[str, Any] = {"id": local_name(iri), "name": self.name(kind, iri, lang)}
        if description:
            item["description"] = description
        if kind == "entity":
            types = self._directory.types(iri, lang)
            item["notable"] = [{"id": each.id, "name": each.label} for each in types]
        if kind == "type":
            item["broader"] = self.broader(iri, lang)
        return item

    def name(self, kind: str, iri: str, lang: str) -> str:
        """What an entity, type or property is called."""
        if kind == "property":
            return self._properties.label(iri, lang)
        return self._directory.release.labels.of(iri, lang)

    def broader(self, iri: str, lang: str) -> list[dict[str, str]]:
        """The classes right above a class."""
        above = self._directory.release.index.values(iri, RDFS + "subClassOf")
        known = (each for each in above if each in self._directory.classes)
        return [{"id": local_name(each), "name": self.name("type", each, lang)} for each in known]

    def other_names(self, iri: str) -> list[tuple[str, str | None]]:
        """Labels and aliases of an entity with their languages."""
        index = self._directory.release.index
        terms = (term for each in (*LABELS, *ALIASES) for term in index.terms(iri, each))
        return [(term.value, term.language) for term in terms if isinstance(term, Literal)]

    def _found(self, kind: str, prefix: str, most: int) -> list[str]:
        if kind == "entity":
            namespace = ID if self._directory.release.facts else ""
            wanted = Wanted(namespace=namespace, hidden=self._properties.hidden)
            hits = self._directory.index.search(prefix, wanted=wanted, limit=most)
            return [hit.iri for hit in hits]
        used = self._directory.classes if kind == "type" else self._properties.used
        if not prefix:
            return [iri for iri, _ in used.most_common(most)]
        exact = self.known(kind, prefix)
        index = self._types if kind == "type" else self._properties.index
        found = [hit.iri for hit in index.search(prefix, limit=most)]
        return list(dict.fromkeys([exact, *found] if exact else found))
