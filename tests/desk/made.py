"""Small worlds for the desk: claims written out by a test, with the project's own ontology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from c5graph import resources
from c5graph.desk.bureau import Bureau, Office
from c5graph.graph.claims import read_record
from c5graph.graph.derive import derive
from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.names import Names
from c5graph.graph.release import Release
from c5graph.graph.view import Basis
from c5graph.namespaces import SCHEMA, SKOS, VOC
from c5graph.store.rdf import Literal, NamedNode, Quad, parse
from tests.graph.worlds import day, iri, quad, rules

_WORDS = frozenset(iri(each) for each in ("skos:definition", "skos:prefLabel", "rdfs:isDefinedBy"))
ISSUED = {f"r{n}": date(2025, n, 1) for n in range(1, 10)}


@dataclass(frozen=True)
class Said:
    """A claim as a test writes it: subject, property, object as local names or CURIEs."""

    subject: str
    predicate: str
    object: str | Literal
    report: str = "r1"
    modality: str = "asserted"
    since: str | None = None
    until: str | None = None
    negative: bool = False
    rank: str | None = None
    more: tuple[tuple[str, str], ...] = ()

    def quads(self, name: str) -> Iterator[Quad]:
        """The statements of the claim called so."""
        me = f"claim:{name}"
        yield quad(me, "rdf:type", "c5:Claim")
        yield quad(me, "rdf:subject", curie(self.subject))
        yield quad(me, "rdf:predicate", f"c5:{self.predicate}")
        target = self.object
        yield quad(me, "rdf:object", curie(target) if isinstance(target, str) else target)
        yield quad(me, "c5:modality", f"voc:modality-{self.modality}")
        yield quad(me, "c5:gloss", Literal(f"{name} says so.", language="en"))
        yield quad(me, "c5:evidence", f"report:{self.report}")
        for predicate, text in (("c5:validFrom", self.since), ("c5:validUntil", self.until)):
            if text:
                yield quad(me, predicate, when(text))
        if self.negative:
            yield quad(me, "c5:polarity", "voc:polarity-negative")
        if self.rank:
            yield quad(me, "c5:rank", f"voc:rank-{self.rank}")
        for predicate, other in self.more:
            yield quad(me, predicate, other)


def curie(name: str) -> str:
    """A CURIE; a bare name is an entity."""
    return name if ":" in name else f"id:{name}"


def when(text: str) -> Literal:
    """A year, month or day."""
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
    return Literal(text, datatype=NamedNode(iri(f"xsd:{kind}")))


def money(number: str, bound: str = "exact", currency: str = "USD", basis: str = "") -> str:
    """Name of an amount, which `Made` describes from the name alone."""
    return f"money_{currency}_{number}_{bound}_{basis or 'not-stated'}"


def count(number: str, bound: str = "exact", of: str = "aircraft") -> str:
    """Name of a counted quantity."""
    return f"count_{of}_{number}_{bound}"


@dataclass(frozen=True)
class Made:
    """Claims by name, kinds of things by name, origins and interests of reports by name."""

    claims: dict[str, Said]
    kinds: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    interests: dict[str, str] = field(default_factory=dict)
    extra: tuple[Quad, ...] = ()

    def release(self, *, deriving: bool = False) -> Release:
        """The world as a release; with what its claims yield, where a test asks for that."""
        quads = [*ontology(), *self._quads()]
        index = Index(quads)
        record = read_record(index)
        positions = {
            each: int(index.value(each, SCHEMA + "position") or 0)
            for each in index.subjects(SKOS + "inScheme", VOC + "status")
        }
        facts = derive(quads, record, rules()) if deriving else []
        basis = Basis(quads, index, record, facts, positions)
        labels, names = Labels(index), Names(index)
        view = Release("made", basis, labels, names, None)  # type: ignore[arg-type]
        return Release("made", basis, labels, names, view.view_under(DEFAULT))

    def office(self, lens: Lens = DEFAULT) -> Office:
        """What the desk works out under a lens."""
        release = self.release()
        return Bureau(release, 1).office(release.view_under(lens))

    def _quads(self) -> Iterator[Quad]:
        for name, said in self.claims.items():
            yield from said.quads(name)
            for thing in (said.subject, said.object):
                if isinstance(thing, str):
                    yield from _value(thing)
        for name, kind in self.kinds.items():
            yield quad(f"id:{name}", "rdf:type", f"c5:{kind}")
            yield quad(f"id:{name}", "rdfs:label", Literal(name, language="en"))
        for name, issued in ISSUED.items():
            yield quad(f"report:{name}", "rdf:type", "c5:Report")
            yield quad(f"report:{name}", "dcterms:issued", day(issued))
            if name in self.origins:
                yield quad(f"report:{name}", "c5:origin", f"id:{self.origins[name]}")
            interest = self.interests.get(name, "independent-press")
            yield quad(f"report:{name}", "c5:interest", f"voc:interest-{interest}")
        yield from self.extra


def _value(name: str) -> Iterator[Quad]:
    kind, _, rest = name.partition("_")
    if kind not in ("money", "count"):
        return
    unit, number, bound, *basis = rest.split("_")
    decimal = NamedNode(iri("xsd:decimal"))
    yield quad(f"id:{name}", "c5:amount", Literal(number, datatype=decimal))
    yield quad(f"id:{name}", "c5:bound", f"voc:bound-{bound}")
    if kind == "money":
        yield quad(f"id:{name}", "c5:currency", Literal(unit))
        yield quad(f"id:{name}", "c5:priceBasis", f"voc:price-{basis[0]}")
    else:
        yield quad(f"id:{name}", "qudt:hasUnit", "unit:NUM")
        yield quad(f"id:{name}", "c5:countOf", f"id:{unit}")


@lru_cache
def ontology() -> tuple[Quad, ...]:
    """The ontology with its vocabularies."""
    folder = resources.ontology()
    every = (
        each
        for path in (*folder.glob("*.ttl"), *folder.glob("vocabulary/*.ttl"))
        for each in parse(path)
    )
    return tuple(each for each in every if _matters(each))


def _matters(statement: Quad) -> bool:
    """Whether the desk reads it; an index of all that words say takes long to make."""
    if isinstance(statement.object, Literal) and statement.object.language not in (None, "en"):
        return False
    return statement.predicate.value not in _WORDS
