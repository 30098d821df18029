"""Reads the files of a graph and adds the bounds that only the loader writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from c5graph.graph.claims import Record, read_record
from c5graph.graph.index import Index
from c5graph.graph.sources import InputFile, Sources
from c5graph.graph.times import Bounds
from c5graph.namespaces import C5, XSD, graph_iri
from c5graph.store.rdf import DefaultGraph, Literal, NamedNode, Quad, parse

NOT_DEFAULT = frozenset(NamedNode(graph_iri(name)) for name in ("shapes", "derivations"))
"""Graphs whose statements are not in the default graph."""

_DATE = NamedNode(XSD + "date")


@dataclass(frozen=True)
class Loaded:
    """Statements of a graph with the loader's bounds, an index of them, claims and reports."""

    quads: list[Quad]
    index: Index
    record: Record


def load(sources: Sources) -> Loaded:
    """Read all files; raises ParseFailure at the first that is broken."""
    quads = [quad for item in sources.inputs for quad in read(item)]
    index = Index(quad for quad in quads if quad.graph_name not in NOT_DEFAULT)
    record = read_record(index) if sources.ours else Record()
    quads += bound_quads(record)
    return Loaded(quads, index, record)


def read(item: InputFile) -> Iterator[Quad]:
    """Statements of one file in the graph it belongs to."""
    if item.graph is None:
        return parse(item.path, base=item.path.resolve().as_uri())
    return parse(item.path, graph_iri(item.graph))


def bound_quads(record: Record) -> Iterator[Quad]:
    """`c5:notBefore` and `c5:notAfter` of every claim and report with a known time."""
    for claim in record.claims.values():
        yield from _bounds_of(claim.iri, claim.time, graph_iri("claims"))
    for report in record.reports.values():
        yield from _bounds_of(report.iri, report.published, graph_iri("sources"))


def default_graph(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Copies for the default graph: of everything but shapes and derivations."""
    default = DefaultGraph()
    for quad in quads:
        if quad.graph_name not in NOT_DEFAULT:
            yield Quad(quad.subject, quad.predicate, quad.object, default)


def _bounds_of(iri: str, span: Bounds | None, graph: str) -> Iterator[Quad]:
    if span is None:
        return
    for name, day in (("notBefore", span.not_before), ("notAfter", span.not_after)):
        if day is not None:
            value = Literal(day.isoformat(), datatype=_DATE)
            yield Quad(NamedNode(iri), NamedNode(C5 + name), value, NamedNode(graph))
