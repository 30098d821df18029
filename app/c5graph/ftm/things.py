"""Things as entities: which are written, with which schema, and their own values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from c5graph.desk.bureau import Bureau
from c5graph.desk.deals import PACKAGE, Deal
from c5graph.desk.ledger import Ledger
from c5graph.ftm.mapping import CONTRACT, PROPERTIES, THINGS, Held
from c5graph.ftm.nodes import Node, Value, name_of
from c5graph.graph.claims import Firmness
from c5graph.graph.derive import Fact
from c5graph.graph.index import TYPE
from c5graph.graph.release import Release
from c5graph.lasting import BINDING
from c5graph.namespaces import C5, DCTERMS, ID, RDFS, SKOS, VOC, shorten
from c5graph.parquet.columns import literals
from c5graph.store.rdf import text_of

_WIKIDATA: Final = "http://www.wikidata.org/entity/"
_SIGNED: Final = VOC + "status-signed"
_PLACED: Final = C5 + "locatedIn"
_OWNING: Final = frozenset((C5 + "owns", C5 + "ownsStakeIn"))
_HELD: Final = frozenset(C5 + name for name in ("heldOn", "hostedBy", "hasParticipant"))
_TEXTS: Final = (
    ("name", RDFS + "label"),
    ("alias", SKOS + "altLabel"),
    ("description", DCTERMS + "description"),
)


class Things:
    """The things of a release under its lens; `model` is that of the library."""

    def __init__(self, release: Release, model: Any) -> None:
        self._release, self._model = release, model
        self._index, self._label = release.index, release.labels.of

    @cached_property
    def facts(self) -> list[Fact]:
        """The firm facts."""
        held = self._release.basis.held(self._release.view.lens)
        return [fact for fact in held if fact.firmness is Firmness.FIRM]

    @cached_property
    def schemata(self) -> dict[str, str]:
        """The schema of each thing that is written, by IRI."""
        found = {}
        hides = self._release.view.teller.hides
        for iri in sorted(self._index):
            schema = self._schema(iri) if iri.startswith(ID) and not hides(iri) else None
            if schema is not None and self._is_there(iri, schema):
                found[iri] = schema
        return found

    def all(self) -> Iterator[Node]:
        """Every thing that is written."""
        for iri, schema in self.schemata.items():
            values = [*self._names(iri, schema), *self._stage(iri, schema)]
            for fact in self._of.get(iri, ()):
                values += self._held(fact, schema)
            yield Node(name_of(iri), schema, tuple(dict.fromkeys(values)))

    def may_be(self, iri: str, schema: str, prop: str) -> bool:
        """Whether the thing is written, with a schema that this property may point to."""
        own, wanted = self.schemata.get(iri), self._model.get(schema).get(prop).range
        return own is not None and self._model.get(own).is_a(wanted)

    @cached_property
    def _of(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.subject.value].append(fact)
        return found

    @cached_property
    def _objects(self) -> dict[str, set[str]]:
        """The predicates of the firm facts that a thing is the object of."""
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self.facts:
            found[text_of(fact.object)].add(fact.predicate.value)
        return found

    @cached_property
    def _deals(self) -> dict[str, Deal]:
        """Undertakings by IRI, for their present stages."""
        telling = Bureau(self._release, 1).office(self._release.view).ledger.telling
        return {deal.iri: deal for deal in Ledger(telling, C5 + "Undertaking").deals}

    def _schema(self, iri: str) -> str | None:
        kinds = self._index.values(iri, TYPE)
        if PACKAGE in kinds:
            return None
        for kind in kinds:
            above = self._index.closure(kind, RDFS + "subClassOf")
            named = [kind, *sorted(above)] if kind in THINGS else sorted(above)
            for each in named:
                if each in THINGS:
                    return THINGS[each]
        return None

    def _is_there(self, iri: str, schema: str) -> bool:
        """Whether something firm is told of it, and of an undertaking that it has come so far.

        A schema has no room for "planned": a deal has to bind, a project to have a stage that
        somebody asserts, a work to stand somewhere or to have an owner, an event to have a day, a
        host or a participant.
        """
        if schema in (CONTRACT, "Project"):
            stage = self._deals[iri].present if iri in self._deals else None
            if stage is None or stage.planned:
                return False
            return schema != CONTRACT or stage.status_class == BINDING
        told = {fact.predicate.value for fact in self._of.get(iri, ())}
        if schema == "Event":
            return not _HELD.isdisjoint(told)
        if schema == "Asset":
            return _PLACED in told or not _OWNING.isdisjoint(self._objects.get(iri, ()))
        return bool(told) or iri in self._objects

    def _names(self, iri: str, schema: str) -> Iterator[Value]:
        for prop, predicate in _TEXTS:
            for each in literals(self._index, iri, predicate):
                yield Value(prop, each["text"] or "", "entities", each["lang"])
        yield Value("sourceUrl", iri, "entities")
        if schema == CONTRACT:
            yield Value("title", self._label(iri), "entities")
        if self._is_state(iri):
            yield Value("country", self._label(iri), "entities")
        for link in self._index.subjects(C5 + "linkSubject", iri):
            target = self._index.value(link, C5 + "linkObject") or ""
            exact = self._index.value(link, C5 + "linkPredicate") == SKOS + "exactMatch"
            if exact and target.startswith(_WIKIDATA):
                yield Value("wikidataId", target.removeprefix(_WIKIDATA), "links")

    def _is_state(self, iri: str) -> bool:
        return C5 + "State" in self._index.values(iri, TYPE)

    def _stage(self, iri: str, schema: str) -> Iterator[Value]:
        """The present stage of an undertaking; of a deal when it was signed and what it is worth.

        An amount counts where it is exact and the only one.
        """
        deal = self._deals.get(iri)
        if deal is None or deal.present is None:
            return
        origin = shorten(min(claim.iri for claim in deal.present.claims))
        yield Value("status", self._label(deal.present.status), origin)
        if schema == CONTRACT:
            yield from _signed(deal)
            yield from _worth(deal)

    def _held(self, fact: Fact, schema: str) -> Iterator[Value]:
        for held in PROPERTIES.get(fact.predicate.value, ()):
            if self._model.get(schema).is_a(held.schema):
                text = self._text(fact, held)
                if text is not None:
                    yield Value(held.prop, text, shorten(fact.iri))

    def _text(self, fact: Fact, held: Held) -> str | None:
        target = text_of(fact.object)
        if held.by == "text":
            return target
        if held.by == "label":
            return self._release.labels.of_term(fact.object)
        if held.by == "country":
            return self._label(target) if self._is_state(target) else None
        return name_of(target) if self.may_be(target, held.schema, held.prop) else None


def _signed(deal: Deal) -> Iterator[Value]:
    for stage in deal.life:
        if stage.status == _SIGNED and stage.since and not stage.planned:
            yield Value("contractDate", stage.since, shorten(stage.claims[0].iri))


def _worth(deal: Deal) -> Iterator[Value]:
    positions = [each for some in deal.values.values() for each in some if not each.negative]
    amounts = positions[0].amounts if len(positions) == 1 else ()
    if len(amounts) == 1 and amounts[0].least == amounts[0].most and amounts[0].currency:
        origin = shorten(positions[0].claims[0].iri)
        yield Value("amount", f"{amounts[0].number:f}", origin)
        yield Value("currency", amounts[0].currency, origin)
