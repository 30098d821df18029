"""Properties of entities, for matching and for fetching: what is stated, and firm facts.

Hedged facts are left out: what is only planned or forecast must not fill a user's table as if
it were so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from math import isfinite
from typing import Any, Final

from c5graph.entries import Directory, local_name
from c5graph.graph.claims import Firmness
from c5graph.graph.index import TYPE
from c5graph.graph.release import View
from c5graph.names import Form, Name, forms
from c5graph.namespaces import C5, ID, OWL, RDF, XSD, expand
from c5graph.reconcile.queries import Extension, Fetch
from c5graph.search import SearchIndex
from c5graph.spelling import fold
from c5graph.store.rdf import Literal, NamedNode, Term, text_of

_SAMPLE: Final = 2_000  # things looked at to learn which properties are used
_KINDS: Final = (OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DATE = re.compile(r"-?\d{4,}-\d\d-\d\d")
_DATE_TIME = re.compile(_DATE.pattern + r"T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_WHOLE: Final = frozenset(
    XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")
)
_BROKEN: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))


class Properties:
    """What is known of the entities of a release, by property, through a lens."""

    def __init__(self, directory: Directory, view: View) -> None:
        self._directory, self._lens = directory, view.lens
        self.hidden = view.teller.hidden
        self._release = directory.release
        self._facts = self._firm()
        self._holders = lru_cache(maxsize=64)(self._holders_by_text)

    def values(self, iri: str, predicate: str) -> list[Term]:
        """What the entity has for a property."""
        stated = self._release.index.terms(iri, predicate)
        found = dict.fromkeys([*stated, *self._facts.get(iri, {}).get(predicate, ())])
        return [term for term in found if text_of(term) not in self.hidden]

    def holders(self, predicate: str, text: str) -> Sequence[str]:
        """Entities that have this text, or this IRI, for a property."""
        return self._holders(predicate).get(fold(text) or text, ())

    def iri(self, pid: str) -> str | None:
        """The property of this name, CURIE or IRI, if it is used; a bare name must be the only."""
        for iri in (C5 + pid, expand(pid), pid.strip("<>")):
            if iri is not None and iri in self.used:
                return iri
        named = [iri for iri in self.used if re.split("[/#]", iri)[-1] == pid]
        return named[0] if len(named) == 1 else None

    def label(self, iri: str, lang: str) -> str:
        """What a property is called."""
        found = self._release.labels.of(iri, lang)
        return " ".join(_CAMEL.split(found)).lower() if _CAMEL.search(found) else found

    @cached_property
    def used(self) -> Counter[str]:
        """Properties and how many entities have them, of a sample where there are many."""
        used = self.of_things(islice(self._directory.entities(), _SAMPLE))
        for kind in _KINDS:
            used.update(dict.fromkeys(self._release.index.of_class(kind), 0))
        return used

    def proposed(self, class_iri: str | None) -> list[str]:
        """Properties that things of a class have, the most common first."""
        classes = self._directory.index.classes_of
        things = (
            iri
            for iri in islice(self._directory.entities(), 10 * _SAMPLE)
            if class_iri is None or class_iri in classes(iri)
        )
        counted = self.of_things(islice(things, _SAMPLE))
        return sorted(counted, key=lambda iri: (-counted[iri], iri))

    def of_things(self, things: Iterator[str]) -> Counter[str]:
        """How many of the things have each property."""
        used: Counter[str] = Counter()
        for iri in things:
            stated = {predicate for predicate, _ in self._release.index.statements(iri)}
            used.update((stated | self._facts.get(iri, {}).keys()) - {TYPE})
        return used

    @cached_property
    def index(self) -> SearchIndex:
        """Properties by name."""
        return SearchIndex(self._names(), self._release.index, self.used.__getitem__)

    def _names(self) -> Iterator[Name]:
        for iri in self.used:
            yield from forms(iri, self.label(iri, "en"), "en", Form.LABEL)
            yield from forms(iri, " ".join(_CAMEL.split(local_name(iri))), None, Form.ALIAS)

    def _firm(self) -> dict[str, dict[str, list[Term]]]:
        found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        if self._release.facts:
            for fact in self._release.basis.held(self._lens):
                if fact.firmness is Firmness.FIRM:
                    found[fact.subject.value][fact.predicate.value].append(fact.object)
        return {iri: dict(values) for iri, values in found.items()}

    def _holders_by_text(self, predicate: str) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        stated = list(self._release.index.pairs(predicate))
        stated += [
            (iri, term) for iri, have in self._facts.items() for term in have.get(predicate, ())
        ]
        for iri, term in stated:
            found[fold(text_of(term)) or text_of(term)].append(iri)
        return {text: list(dict.fromkeys(holders)) for text, holders in found.items()}


def extend(asked: Extension, properties: Properties, directory: Directory, lang: str) -> Any:
    """The answer to a data extension query; what is not known has no values."""
    iris = {fetch.pid: properties.iri(fetch.pid) for fetch in asked.fetches}
    meta = [
        {"id": fetch.pid, "name": properties.label(iris[fetch.pid] or fetch.pid, lang)}
        for fetch in asked.fetches
    ]

    def cells(given: str, fetch: Fetch) -> list[dict[str, Any]]:
        entity, predicate = directory.index.resolve(given), iris[fetch.pid]
        if entity is None or predicate is None or entity in properties.hidden:
            return []
        terms = _chosen(properties.values(entity, predicate), fetch.settings)
        return [_cell(term, directory, lang) for term in terms]

    rows = {
        given: {fetch.pid: cells(given, fetch) for fetch in asked.fetches} for given in asked.ids
    }
    return {"meta": meta, "rows": rows}


def _chosen(terms: list[Term], settings: Mapping[str, Any]) -> list[Term]:
    """Values in the language set, as many as set; a setting that is no such thing is ignored."""
    language, most = settings.get("lang"), settings.get("limit")
    if isinstance(language, str) and language:
        tagged = [t for t in terms if isinstance(t, Literal) and t.language == language]
        bare = [t for t in terms if not (isinstance(t, Literal) and t.language)]
        terms = tagged + bare
    if isinstance(most, str) and most.isascii() and most.isdigit():
        most = int(most[:9])
    return terms[: int(most)] if isinstance(most, int) and most > 0 else terms


def _cell(term: Term, directory: Directory, lang: str) -> dict[str, Any]:
    if isinstance(term, Literal):
        return _literal(term)
    iri = text_of(term)
    if not isinstance(term, NamedNode) or iri not in directory.index:
        return {"str": iri}
    label = directory.release.labels.of(iri, lang)
    if directory.release.facts and not iri.startswith(ID):
        return {"str": label}  # a concept; its identifier is in another space than entities'
    return {"id": local_name(iri), "name": label}


def _literal(term: Literal) -> dict[str, Any]:
    kind, value = term.datatype.value, term.value
    try:
        if kind in _WHOLE:
            return {"int": int(value)}
        if kind in _BROKEN:
            return {"float": _finite(value)}
    except ValueError:
        return {"str": value}
    if kind == XSD + "date" and _DATE.fullmatch(value):
        return {"date": value + "T00:00:00Z"}
    if kind == XSD + "dateTime" and _DATE_TIME.fullmatch(value):
        return {"date": value}
    return {"str": value}


def _finite(value: str) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError(value)
    return number
