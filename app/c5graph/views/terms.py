"""Documentation of the terms: ontology, vocabularies and shapes, as pages read them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from c5graph.asked import asked
from c5graph.catalogue import Catalogue
from c5graph.desk.census import Census
from c5graph.edges import Named
from c5graph.graph.claims import Firmness
from c5graph.graph.index import Index
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.namespaces import C5, C5SH, OWL, PREFIXES, RDFS, SKOS, graph_iri, shorten
from c5graph.speech import in_order, n_
from c5graph.store.rdf import Literal, NamedNode, text_of
from c5graph.views.claims import Reader, Value

SH = PREFIXES["sh"]
KINDS = {
    OWL + "Class": n_("Classes"),
    OWL + "ObjectProperty": n_("Relations"),
    OWL + "DatatypeProperty": n_("Attributes"),
}
_UP = (RDFS + "subClassOf", RDFS + "subPropertyOf")
_QUESTIONS = 5


@dataclass(frozen=True)
class Rule:
    """One constraint: where it is on, what it demands in words, how grave a breach is."""

    iri: str
    name: str
    path: str
    message: str
    severity: str


@dataclass(frozen=True)
class Shape:
    """A shape with the things it is for and what it demands of them."""

    iri: str
    name: str
    targets: tuple[Named, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class TermView:
    """A class or property of the ontology."""

    iri: str
    name: str
    label: str
    names: tuple[Value, ...]
    definition: str
    parents: tuple[Named, ...]
    children: tuple[Named, ...]
    uses: int
    questions: tuple[tuple[str, str], ...]
    more_questions: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Concept:
    """A concept of a vocabulary and how often it is used."""

    iri: str
    label: str
    names: tuple[Value, ...]
    definition: str
    uses: int


@dataclass(frozen=True)
class Vocabulary:
    """A concept scheme with its concepts in their order."""

    iri: str
    label: str
    definition: str
    concepts: tuple[Concept, ...]


class Terms:
    """Makes the views for one release; uses are those that count under a lens."""

    def __init__(
        self, release: Release, reader: Reader, catalogue: Catalogue, census: Census, lens: Lens
    ) -> None:
        self._release, self._reader, self._catalogue = release, reader, catalogue
        self._census, self._lens = census, lens

    def ontology(self) -> dict[str, list[TermView]]:
        """Every term by what kind it is, in the order of labels."""
        return {title: list(self._terms(kind)) for kind, title in KINDS.items()}

    def vocabularies(self) -> list[Vocabulary]:
        """Every concept scheme, in the order of labels."""
        schemes = self._release.index.of_class(SKOS + "ConceptScheme")
        return sorted(map(self.vocabulary, schemes), key=lambda each: in_order(each.label))

    def vocabulary(self, iri: str) -> Vocabulary:
        """One concept scheme."""
        concepts = self._release.index.subjects(SKOS + "inScheme", iri)
        return Vocabulary(
            iri=iri,
            label=self._reader.named(iri).label,
            definition=self._definition(iri),
            concepts=tuple(map(self._concept, concepts)),
        )

    @cached_property
    def shapes(self) -> list[Shape]:
        """Every shape that belongs to no other, in the order of names."""
        index = self._shapes
        kinds = ("NodeShape", "PropertyShape")
        found = [iri for kind in kinds for iri in index.of_class(SH + kind)]
        inner = {each for iri in found for each in index.values(iri, SH + "property")}
        outer = (self._shape(each) for each in found if each.startswith(C5SH) and each not in inner)
        return sorted(outer, key=lambda each: each.name)

    @cached_property
    def first(self) -> dict[str, str]:
        """The first shape that has each rule: there the rule has its place on the page."""
        places: dict[str, str] = {}
        for shape in self.shapes:
            for rule in shape.rules:
                places.setdefault(rule.iri, shape.iri)
        return places

    @cached_property
    def _shapes(self) -> Index:
        wanted = NamedNode(graph_iri("shapes"))
        return Index(quad for quad in self._release.quads if quad.graph_name == wanted)

    def _terms(self, kind: str) -> Iterator[TermView]:
        ours = [iri for iri in self._release.index.of_class(kind) if iri.startswith(C5)]
        for iri in sorted(ours, key=lambda each: in_order(self._reader.named(each).label)):
            uses = self._statements[iri] or self._census.of_class(iri)
            yield self._term(iri, uses)

    @cached_property
    def _statements(self) -> Counter[str]:
        """Statements of the default graph that count, by property: written ones and firm facts."""
        firm = {
            (fact.subject.value, fact.predicate.value, fact.object)
            for fact in self._release.basis.held(self._lens)
            if fact.firmness is Firmness.FIRM
        }
        written = {
            (text_of(quad.subject), quad.predicate.value, quad.object)
            for quad in self._release.basis.quads
            if quad.predicate.value.startswith(C5) and self._census.counts(text_of(quad.subject))
        }
        return Counter(predicate for _, predicate, _ in firm | written)

    def _term(self, iri: str, uses: int) -> TermView:
        index, reader = self._release.index, self._reader
        parents = [each for step in _UP for each in index.values(iri, step)]
        children = [each for step in _UP for each in index.subjects(step, iri)]
        questions = self._questions.get(iri.removeprefix(C5), [])
        return TermView(
            iri=iri,
            name=iri.removeprefix(C5),
            label=reader.named(iri).label,
            names=self._names(iri),
            definition=self._definition(iri),
            parents=reader.all_named(dict.fromkeys(parents)),
            children=reader.all_named(dict.fromkeys(children)),
            uses=uses,
            questions=tuple(questions[:_QUESTIONS]),
            more_questions=max(len(questions) - _QUESTIONS, 0),
            rules=(*self._by_class.get(iri, ()), *self._by_path.get(iri, ())),
        )

    def _concept(self, iri: str) -> Concept:
        uses = sum(
            predicate != SKOS + "inScheme" and self._census.counts(subject)
            for predicate, subject in self._users(iri)
        )
        label = self._reader.named(iri).label
        return Concept(iri, label, self._names(iri), self._definition(iri), uses)

    def _users(self, iri: str) -> Iterable[tuple[str, str]]:
        return self._release.index.referring(iri)

    def _names(self, iri: str) -> tuple[Value, ...]:
        """Names in languages other than English."""
        labels = self._release.index.terms(iri, RDFS + "label")
        foreign = (
            term
            for term in labels
            if isinstance(term, Literal) and term.language not in (None, "en")
        )
        return tuple(map(self._reader.value, foreign))

    def _definition(self, iri: str) -> str:
        return self._release.index.value(iri, SKOS + "definition") or ""

    def _shape(self, iri: str) -> Shape:
        targets = [
            each
            for how in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
            for each in self._shapes.values(iri, SH + how)
        ]
        own = [iri] if self._shapes.value(iri, SH + "message") else []
        rules = [*own, *self._shapes.values(iri, SH + "property")]
        name = iri.removeprefix(C5SH)
        return Shape(iri, name, self._reader.all_named(targets), tuple(map(self._rule, rules)))

    def _rule(self, iri: str) -> Rule:
        index = self._shapes
        path = index.term(iri, SH + "path")
        severity = index.value(iri, SH + "severity") or SH + "Violation"
        return Rule(
            iri=iri,
            name=iri.removeprefix(C5SH),
            path=shorten(path.value) if isinstance(path, NamedNode) else "",
            message=index.value(iri, SH + "message") or "",
            severity=severity.removeprefix(SH).lower(),
        )

    @cached_property
    def _by_class(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = defaultdict(list)
        for shape in self.shapes:
            for target in shape.targets:
                if target.iri is not None:
                    found[target.iri] += shape.rules
        return dict(found)

    @cached_property
    def _by_path(self) -> dict[str, list[Rule]]:
        found: dict[str, dict[str, Rule]] = defaultdict(dict)
        for shape in self.shapes:
            for rule in shape.rules:
                path = self._shapes.value(rule.iri, SH + "path")
                if path is not None:
                    found[path][rule.iri] = rule
        return {path: list(rules.values()) for path, rules in found.items()}

    @cached_property
    def _questions(self) -> dict[str, list[tuple[str, str]]]:
        """Saved questions by the terms they use: name and question."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for query in self._catalogue:
            for name in Counter(re.findall(r"\bc5:(\w+)", query.text)):
                found[name].append((query.name, asked(query).question))
        return dict(found)
