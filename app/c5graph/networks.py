"""Edges as files: tables, RDF, and networks that networkx, Gephi and Cytoscape open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from c5graph.edges import Edge, Named, Teller
from c5graph.graph.claims import Firmness
from c5graph.graph.derive import fact_quads
from c5graph.graph.index import TYPE
from c5graph.namespaces import RDFS, shorten
from c5graph.negotiate import Format
from c5graph.paths import Paths
from c5graph.store.rdf import DefaultGraph, Literal, NamedNode, Quad, serialise, text_of
from c5graph.tables import table

if TYPE_CHECKING:
    from networkx import MultiDiGraph as Network

JSON = Format("json", ("application/json",), "JSON", "json")
TURTLE = Format("turtle", ("text/turtle", "application/x-turtle"), "Turtle", "ttl")
JSONLD = Format("jsonld", ("application/ld+json",), "JSON-LD", "jsonld")
CSV = Format("csv", ("text/csv",), "CSV", "csv")
GRAPHML = Format("graphml", ("application/graphml+xml",), "GraphML", "graphml")
GEXF = Format("gexf", ("application/gexf+xml",), "GEXF", "gexf")
CYTOSCAPE = Format("cytoscape", ("application/vnd.cytoscape+json",), "Cytoscape JSON", "cyjs")
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
_NMTOKEN = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[\w.-]+")


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
    made = network(edges, teller, nodes)
    if form is GRAPHML:
        return _graphml(made)
    return _gexf(made) if form is GEXF else _cytoscape(made)


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


def _graphml(made: Network) -> bytes:
    import networkx as nx

    # The schema wants names without slashes: CURIEs are, and the IRIs stand beside them.
    names = {node: _token(node, number) for number, node in enumerate(made)}
    renamed: Network = nx.MultiDiGraph()
    renamed.add_nodes_from((names[node], data) for node, data in made.nodes(data=True))
    for number, (source, target, key, data) in enumerate(made.edges(keys=True, data=True)):
        renamed.add_edge(names[source], names[target], key=_token(key, number, "e"), **data)
    return "\n".join(nx.generate_graphml(renamed)).encode()


def _token(iri: str, number: int, letter: str = "n") -> str:
    short = shorten(iri)
    return short if _NMTOKEN.fullmatch(short) else f"{letter}{number}"


def _gexf(made: Network) -> bytes:
    """GEXF 1.2, as Gephi reads it."""
    from networkx.readwrite.gexf import GEXFWriter

    for number, (_, _, key, data) in enumerate(made.edges(keys=True, data=True)):
        data["fact"], data["id"] = key, str(number)
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(made)
    # The format has no name for a graph, and what differs by the day would spoil comparisons.
    writer.graph_element.attrib.pop("name", None)
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    text: bytes = ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True)
    return text


def _cytoscape(made: Network) -> bytes:
    """As Cytoscape reads it, and networkx, which asks for a name and a value of each node."""
    nodes = [
        {"data": {"id": node, "value": node, "name": data["label"], **data}}
        for node, data in made.nodes(data=True)
    ]
    edges: list[dict[str, Any]] = []
    for source, target, key, data in made.edges(keys=True, data=True):
        fields = {"id": key, "key": key, "source": source, "target": target}
        fields["interaction"] = data["label"]
        classes = "hedged" if data["hedged"] else "firm"
        edges.append({"data": {**fields, **data}, "classes": classes})
    kind = {"data": [], "directed": True, "multigraph": True}
    document = {**kind, "elements": {"nodes": nodes, "edges": edges}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
