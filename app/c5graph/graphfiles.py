"""Networks as files that networkx, Gephi and Cytoscape open."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from c5graph.namespaces import shorten
from c5graph.negotiate import Format

if TYPE_CHECKING:
    from networkx import MultiDiGraph as Network

JSON = Format("json", ("application/json",), "JSON", "json")
TURTLE = Format("turtle", ("text/turtle", "application/x-turtle"), "Turtle", "ttl")
JSONLD = Format("jsonld", ("application/ld+json",), "JSON-LD", "jsonld")
CSV = Format("csv", ("text/csv",), "CSV", "csv")
GRAPHML = Format("graphml", ("application/graphml+xml",), "GraphML", "graphml")
GEXF = Format("gexf", ("application/gexf+xml",), "GEXF", "gexf")
CYTOSCAPE = Format("cytoscape", ("application/vnd.cytoscape+json",), "Cytoscape JSON", "cyjs")

_NMTOKEN = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[\w.-]+")
_BOOLEAN = re.compile(r'<key id="(\w+)"[^>]*attr\.type="boolean"')


def written_graph(made: Network, form: Format) -> bytes:
    """A multigraph of networkx, whose nodes and edges have labels, in one of these formats."""
    if form is GRAPHML:
        return _graphml(made)
    return _gexf(made) if form is GEXF else _cytoscape(made)


def _graphml(made: Network) -> bytes:
    from networkx import generate_graphml

    # The schema wants names without slashes: CURIEs are, and the IRIs stand beside them.
    names = {node: _token(node, number) for number, node in enumerate(made)}
    renamed: Network = type(made)(**made.graph)
    renamed.add_nodes_from((names[node], data) for node, data in made.nodes(data=True))
    for number, (source, target, key, data) in enumerate(made.edges(keys=True, data=True)):
        renamed.add_edge(names[source], names[target], key=_token(key, number, "e"), **data)
    text = "\n".join(generate_graphml(renamed))
    for key in _BOOLEAN.findall(text):  # networkx writes them as Python does
        text = re.sub(
            f'<data key="{key}">(True|False)</data>', lambda found: found[0].lower(), text
        )
    return text.encode()


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
    kind = {
        "data": list(made.graph.items()),
        "directed": made.is_directed(),
        "multigraph": True,
    }
    document = {**kind, "elements": {"nodes": nodes, "edges": edges}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
