"""A projected network as an answer, as a table and as a file of networks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from c5graph.analytics.network import Network, Tie
from c5graph.desk.homes import Homes
from c5graph.graph.claims import Firmness
from c5graph.graphfiles import CSV, written_graph
from c5graph.lenses import described
from c5graph.namespaces import shorten
from c5graph.negotiate import Format
from c5graph.tables import table, truth

COLUMNS: Final[dict[str, str]] = {
    "source": "IRI of one end; of a directed network the one that it goes out from.",
    "source_label": "Its label.",
    "target": "IRI of the other end.",
    "target_label": "Its label.",
    "weight": "What the projection counts.",
    "firmness": "The firmest of what it rests on.",
    "until": "When the last of its facts ended or is to end; empty where one has no end.",
    "statuses": "Present statuses of the undertakings that it rests on, with spaces between them.",
    "binding": "Whether one of those is signed or further: true or false; empty without any.",
    "facts": "The derived facts that it rests on, likewise.",
    "claims": "The claims behind these, likewise.",
    "through": "What joins the ends, such as undertakings, likewise.",
}
"""Columns of a table of a projected network, each with what it means."""


def as_answer(network: Network, homes: Homes, limit: int, lang: str) -> dict[str, Any]:
    """The network for JSON: its head, its nodes with their homes, and so many edges with claims.

    A node without homes is an actor of which nobody tells one, or no actor, such as a mineral.
    """
    return {
        "version": network.version,
        "lens": described(network.lens, network.undated),
        "network": network.head(),
        "total": len(network.ties),
        "truncated": len(network.ties) > limit,
        "nodes": [
            {
                "iri": iri,
                **network.facts.described(iri, lang),
                "homes": sorted(homes.states(iri)),
                "actor": iri in homes.actors,
            }
            for iri in network.nodes
        ],
        "edges": [_edge(network, tie, lang) for tie in islice(network.ties, limit)],
    }


def as_file(network: Network, form: Format, limit: int, lang: str) -> bytes:
    """The network as CSV, GraphML, GEXF or Cytoscape JSON."""
    if form is CSV:
        return table(COLUMNS, _rows(network, limit, lang))
    import networkx as nx

    graph = network.to_networkx(lang)
    kind = nx.MultiDiGraph if graph.is_directed() else nx.MultiGraph
    made = kind(**graph.graph)
    made.add_nodes_from(graph.nodes(data=True))
    for iri, data in made.nodes(data=True):
        data["iri"] = iri
    for number, (source, target, data) in enumerate(islice(graph.edges(data=True), limit)):
        made.add_edge(source, target, key=f"edge:{number}", label=network.projection.name, **data)
    return written_graph(made, form)


def _edge(network: Network, tie: Tie, lang: str) -> dict[str, Any]:
    facts, lasting = network.facts, network.lasting(tie)
    named = facts.teller.named
    return {
        "source": named(tie.source, lang).as_dict(),
        "target": named(tie.target, lang).as_dict(),
        "weight": tie.weight,
        "firmness": tie.firmness.name.lower(),
        "hedged": tie.firmness is not Firmness.FIRM,
        "until": lasting.until,
        "statuses": [named(each, lang).as_dict() for each in lasting.statuses],
        "binding": lasting.binding,
        "facts": list(tie.facts),
        "through": [named(each, lang).as_dict() for each in tie.through],
        "claims": [note.plain for note in facts.notes(network.claims(tie), lang)],
    }


def _rows(network: Network, limit: int, lang: str) -> Iterator[tuple[object, ...]]:
    named = network.facts.teller.named
    for tie in islice(network.ties, limit):
        lasting = network.lasting(tie)
        yield (
            *(tie.source, named(tie.source, lang).label),
            *(tie.target, named(tie.target, lang).label),
            tie.weight,
            tie.firmness.name.lower(),
            lasting.until or "",
            " ".join(map(shorten, lasting.statuses)),
            truth(lasting.binding),
            " ".join(map(shorten, tie.facts)),
            " ".join(map(shorten, network.claims(tie))),
            " ".join(map(shorten, tie.through)),
        )
