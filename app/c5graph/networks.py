"""Edges as files: tables, RDF, and networks that networkx, Gephi and Cytoscape open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from c5graph.edges import Edge, Named, Teller
from c5graph.graph.claims import Firmness
from c5graph.graph.derive import fact_quads
from c5graph.graph.index import TYPE
from c5graph.graphfiles import (
    CSV,
    CYTOSCAPE,
    GEXF,
    GRAPHML,
    JSON,
    JSONLD,
    TURTLE,
    written_graph,
)
from c5graph.namespaces import RDFS, shorten
from c5graph.negotiate import Format
from c5graph.paths import Paths
from c5graph.store.rdf import DefaultGraph, Literal, NamedNode, Quad, serialise, text_of
from c5graph.tables import table

if TYPE_CHECKING:
    from networkx import MultiDiGraph as Network

__all__ = [
    "CSV",
    "CYTOSCAPE",
    "FORMATS",
    "GEXF",
    "GRAPHML",
    "JSON",
    "JSONLD",
    "TURTLE",
    "network",
    "path_table",
    "written",
]
FORMATS = (JSON, TURTLE, JSONLD, CSV, GRAPHML, GEXF, CYTOSCAPE)

COLUMNS = (
    "distance",
    "subject",
    "subject_label",
    "predicate",
    "predicate_label",
    "object",
    "object_label",
    "firmness",
    "fact",
    "claims",
    "reports",
    "glosses",
)
# What XML 1.0 cannot hold, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(
    edges: Sequence[Edge], form: Format, teller: Teller, lang: str, nodes: Iterable[Named] = ()
) -> bytes:
    """The edges in any format of FORMATS but JSON, which each answer writes its own way.

    Networks have these nodes as well, for a node may have no edge.
    """
    if form is CSV:
        return _csv(edges)
    if form in (TURTLE, JSONLD):
        return serialise(list(_quads(edges, teller, lang)), form.ending)
    return written_graph(network(edges, teller, nodes), form)


def network(edges: Iterable[Edge], teller: Teller, nodes: Iterable[Named] = ()) -> Network:
    """The edges as a networkx graph: nodes are IRIs, edges are keyed by their facts.

    A literal becomes a node of its own, named by its text as RDF writes it.
    """
    # networkx takes a tenth of a second to import; most commands never need it.
    import networkx as nx

    made: Network = nx.MultiDiGraph()
    for named in nodes:
        made.add_node(named.iri, label=_clean(named.label), **_facets(named, teller))
    for edge in edges:
        subject, target = _ends(edge)
        ends = str(edge.source.subject.value), _node(edge)
        for end, named in zip(ends, (subject, target), strict=True):
            made.add_node(end, label=_clean(named.label), **_facets(named, teller))
        made.add_edge(*ends, key=_key(edge), **_attributes(edge))
    return made


def _ends(edge: Edge) -> tuple[Named, Named]:
    return (edge.at, edge.other) if edge.direction == "out" else (edge.other, edge.at)


def _node(edge: Edge) -> str:
    target = edge.source.object
    return target.value if isinstance(target, NamedNode) else _clean(str(target))


def _key(edge: Edge) -> str:
    source = edge.source
    return edge.fact or _clean(f"{source.subject} {source.predicate} {source.object}")


def _facets(named: Named, teller: Teller) -> dict[str, str]:
    kinds = teller.index.values(named.iri, TYPE) if named.iri else []
    return {"iri": named.iri or "", "type": " ".join(shorten(kind) for kind in kinds)}


def _attributes(edge: Edge) -> dict[str, str | int | bool]:
    return {
        "label": _clean(edge.predicate.label),
        "predicate": str(edge.predicate.iri),
        "firmness": edge.firmness,
        "hedged": edge.hedged,
        "distance": edge.distance,
        "claims": " ".join(claim.iri for claim in edge.claims),
        "reports": " ".join(_reports(edge)),
    }


def _reports(edge: Edge) -> list[str]:
    found = (str(report.iri) for claim in edge.claims for report in claim.reports)
    return list(dict.fromkeys(found))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def path_table(found: Paths) -> bytes:
    """Every edge of every path as a row, with the numbers of its path and its step."""
    rows = (
        (path, step, *_row(edge))
        for path, each in enumerate(found.paths, start=1)
        for step, edges in enumerate(each.steps, start=1)
        for edge in edges
    )
    return table(("path", "step", *COLUMNS), rows)


def _csv(edges: Iterable[Edge]) -> bytes:
    return table(COLUMNS, map(_row, edges))


def _row(edge: Edge) -> tuple[object, ...]:
    subject, target = _ends(edge)
    return (
        edge.distance,
        *(subject.iri, subject.label),
        *(edge.predicate.iri, edge.predicate.label),
        *(target.iri or "", target.label),
        edge.firmness,
        edge.fact or "",
        " ".join(claim.iri for claim in edge.claims),
        " ".join(_reports(edge)),
        " ".join(claim.gloss for claim in edge.claims),
    )


def _quads(edges: Iterable[Edge], teller: Teller, lang: str) -> Iterator[Quad]:
    """Each fact with its supports, firm ones as plain statements as well, and labels."""
    things: dict[str, str] = {}
    for edge in edges:
        fact = edge.source
        if fact.iri:
            yield from fact_quads([fact], DefaultGraph())
        if fact.firmness is Firmness.FIRM:
            yield Quad(fact.subject, fact.predicate, fact.object)
        named = (*_ends(edge), edge.predicate)
        things |= {each.iri: each.label for each in named if each.iri is not None}
        things |= {claim.iri: claim.gloss for claim in edge.claims}
    for iri, label in things.items():
        written = (text_of(term) for term in teller.index.terms(iri, RDFS + "label"))
        tagged = _tagged(teller, iri, label, lang) if label in set(written) else Literal(label)
        yield Quad(NamedNode(iri), NamedNode(RDFS + "label"), tagged)


def _tagged(teller: Teller, iri: str, label: str, lang: str) -> Literal:
    """The label as the graph has it, with its language."""
    same = [
        term
        for term in teller.index.terms(iri, RDFS + "label")
        if isinstance(term, Literal) and term.value == label
    ]
    return next((term for term in same if term.language == lang), same[0])
