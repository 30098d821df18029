"""Edges as files: tables, RDF, and networks that networkx, Gephi and Cytoscape open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

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
from c5graph.namespaces import C5, RDFS, SKOS, shorten
from c5graph.negotiate import Format
from c5graph.paths import Paths
from c5graph.store.rdf import DefaultGraph, Literal, NamedNode, Quad, serialise, text_of
from c5graph.tables import table, truth

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

COLUMNS: Final[dict[str, str]] = {
    "distance": "How many steps its nearer end is from the start; 1 is the first.",
    "subject": "IRI of what it is said of.",
    "subject_label": "Its label.",
    "predicate": "IRI of the relation.",
    "predicate_label": "Its label.",
    "object": "IRI of the other end; empty for a literal.",
    "object_label": "Its label, or the literal.",
    "firmness": "firm, planned, sought, possible, forecast or opinion.",
    "until": "When it ended or is to end, as precisely as told.",
    "status": "IRI of the present status of the undertaking that it is said of.",
    "status_label": "Its label.",
    "binding": "Whether that undertaking is signed or further: true or false.",
    "fact": "IRI of the derived fact.",
    "claims": "IRIs of the claims that it rests on, with spaces between them.",
    "reports": "IRIs of their reports, likewise.",
    "glosses": "What the claims say.",
}
"""Columns of a table of edges, each with what it means."""
_UNTIL, _STATUS = NamedNode(C5 + "validUntil"), NamedNode(C5 + "hasStatus")
_BROADER = NamedNode(SKOS + "broader")
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
        **_lasting(edge),
        "claims": " ".join(claim.iri for claim in edge.claims),
        "reports": " ".join(_reports(edge)),
    }


def _lasting(edge: Edge) -> dict[str, str | bool]:
    """End and status, where they are told: networks know no empty value."""
    found: dict[str, str | bool] = {"until": _clean(edge.until)} if edge.until else {}
    if edge.status is not None:
        label = _clean(edge.status.label)
        found |= {"status": str(edge.status.iri), "status_label": label}
    return found if edge.binding is None else found | {"binding": edge.binding}


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
        edge.until or "",
        *((edge.status.iri, edge.status.label) if edge.status else ("", "")),
        truth(edge.binding),
        edge.fact or "",
        " ".join(claim.iri for claim in edge.claims),
        " ".join(_reports(edge)),
        " ".join(claim.gloss for claim in edge.claims),
    )


def _quads(edges: Iterable[Edge], teller: Teller, lang: str) -> Iterator[Quad]:
    """Each fact with its supports, firm ones as plain statements as well, ends and labels."""
    things: dict[str, str] = {}
    for edge in edges:
        fact = edge.source
        if fact.iri:
            yield from fact_quads([fact], DefaultGraph())
        if fact.firmness is Firmness.FIRM:
            yield Quad(fact.subject, fact.predicate, fact.object)
        yield from _lasting_quads(edge, teller)
        named = (*_ends(edge), edge.predicate, *([edge.status] if edge.status else []))
        things |= {each.iri: each.label for each in named if each.iri is not None}
        things |= {claim.iri: claim.gloss for claim in edge.claims}
    for iri, label in things.items():
        written = (text_of(term) for term in teller.index.terms(iri, RDFS + "label"))
        tagged = _tagged(teller, iri, label, lang) if label in set(written) else Literal(label)
        yield Quad(NamedNode(iri), NamedNode(RDFS + "label"), tagged)


def _lasting_quads(edge: Edge, teller: Teller) -> Iterator[Quad]:
    """When its claims end, and the status reached with its class: what the graph itself says."""
    for claim in edge.claims:
        for end in teller.index.terms(claim.iri, _UNTIL.value):
            yield Quad(NamedNode(claim.iri), _UNTIL, end)
    stage = teller.stage_of(edge.source)
    if stage is None or not stage.reached:
        return
    status = NamedNode(stage.status)
    yield Quad(edge.source.subject, _STATUS, status)
    for above in teller.index.terms(stage.status, _BROADER.value):
        yield Quad(status, _BROADER, above)


def _tagged(teller: Teller, iri: str, label: str, lang: str) -> Literal:
    """The label as the graph has it, with its language."""
    same = [
        term
        for term in teller.index.terms(iri, RDFS + "label")
        if isinstance(term, Literal) and term.value == label
    ]
    return next((term for term in same if term.language == lang), same[0])
