"""What a lens leaves of a graph: the statements that SPARQL sees through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from c5graph.graph.claims import Firmness, Record, members
from c5graph.graph.derive import Fact, fact_quads
from c5graph.graph.index import Index
from c5graph.graph.lens import DEFAULT, EVERY_MODALITY, PREPARED, Lens, Selection, choose, holding
from c5graph.graph.load import default_graph
from c5graph.namespaces import C5, LENS, OA, graph_iri
from c5graph.store.rdf import NamedNode, Quad, text_of

EVERY = Lens(modality=EVERY_MODALITY)


@dataclass(frozen=True)
class Basis:
    """What every lens looks at: statements as written, claims and reports, all derived facts."""

    quads: Sequence[Quad]
    index: Index
    record: Record
    facts: Sequence[Fact]
    positions: dict[str, int]

    @cached_property
    def parts(self) -> dict[str, frozenset[str]]:
        """The framed node and the passages of each claim."""
        framed = members(self.index, C5 + "FramedNode")
        passages = frozenset(self.index.of_class(C5 + "Passage"))
        return {
            iri: frozenset({text_of(claim.object)} & framed)
            | (passages & frozenset(self.index.values(iri, C5 + "evidence")))
            for iri, claim in self.record.claims.items()
        }

    def select(self, lens: Lens) -> Selection:
        """The claims that the lens chooses."""
        return choose(lens, self.record, self.positions)

    def held(self, lens: Lens) -> list[Fact]:
        """Derived facts that hold under the lens."""
        return holding(self.facts, lens, self.record, self.select(lens))


def seen(basis: Basis, lens: Lens) -> list[Quad]:
    """All statements under the lens, the default graph included.

    `lens:default` marks the facts that hold under the lens itself, and `lens:every-modality`
    those that hold under it for every modality, so that a question asks the same of each lens.
    """
    gone = hidden(basis, basis.select(lens))
    quads = list(_without(basis.quads, gone))
    held = basis.held(lens)
    quads += plain_quads(held, graph_iri("facts"))
    quads += [*default_graph(quads)]
    derivations = NamedNode(graph_iri("derivations"))
    quads += fact_quads(_visible(basis.facts, gone), derivations)
    wide = basis.held(replace(lens, modality=EVERY_MODALITY))
    told = prepared_marks(held, wide)
    if lens != DEFAULT:
        told[lens.iri] = held
        quads += plain_quads(held, graph_iri("facts/" + lens.iri.removeprefix(LENS)))
    return [*quads, *marks(told, derivations)]


def plain_quads(facts: Iterable[Fact], graph: str) -> Iterator[Quad]:
    """Firm facts as plain statements; nothing hedged ever becomes one."""
    node = NamedNode(graph)
    for fact in facts:
        if fact.firmness is Firmness.FIRM:
            yield Quad(fact.subject, fact.predicate, fact.object, node)


def hidden(basis: Basis, chosen: Selection) -> frozenset[str]:
    """Claims and reports that the lens leaves out, and what belongs to them alone.

    That is: the framed nodes and passages of claims left out, and findings about them.
    """
    claims = basis.record.claims.keys() - chosen.shown
    reports = basis.record.reports.keys() - chosen.reports
    if not claims and not reports:
        return frozenset()
    gone = claims | reports | _owned(basis, claims, chosen.shown)
    gone |= {place for iri in reports for place in basis.index.subjects(OA + "hasSource", iri)}
    gone |= {part for iri in gone for part in basis.index.values(iri, OA + "hasSelector")}
    findings = {
        finding
        for finding in basis.index.of_class(C5 + "Finding")
        if any(text_of(term) in gone for _, term in basis.index.statements(finding))
    }
    return frozenset(gone | findings)


def _owned(basis: Basis, gone: Iterable[str], shown: Iterable[str]) -> frozenset[str]:
    def parts(claims: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(basis.parts[iri] for iri in claims))

    return parts(gone) - parts(shown)


def _without(quads: Iterable[Quad], gone: frozenset[str]) -> Iterator[Quad]:
    if not gone:
        return iter(quads)
    return (
        quad
        for quad in quads
        if text_of(quad.subject) not in gone and text_of(quad.object) not in gone
    )


def _visible(facts: Iterable[Fact], gone: frozenset[str]) -> Iterator[Fact]:
    """The facts with those supports that rest on nothing hidden."""
    for fact in facts:
        supports = tuple(each for each in fact.supports if gone.isdisjoint(each.claims))
        if len(supports) == len(fact.supports):
            yield fact
        elif supports:
            yield Fact(fact.iri, fact.subject, fact.predicate, fact.object, fact.firmness, supports)


def prepared_marks(held: list[Fact], wide: list[Fact]) -> dict[str, list[Fact]]:
    """What holds under the lenses that every release prepares."""
    return {LENS + PREPARED[DEFAULT]: held, LENS + PREPARED[EVERY]: wide}


def marks(held: dict[str, list[Fact]], graph: NamedNode) -> Iterator[Quad]:
    """Which derived facts hold under which lens, so that SPARQL can ask for them."""
    predicate = NamedNode(C5 + "holdsUnder")
    for iri, facts in held.items():
        yield from (Quad(NamedNode(fact.iri), predicate, NamedNode(iri), graph) for fact in facts)
