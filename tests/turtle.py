"""The Turtle files of the checkout, read by rdflib."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph

CHECKOUT = Path(__file__).resolve().parents[1]


def read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


ONTOLOGY = read(
    *sorted((CHECKOUT / "ontology").glob("*.ttl")),
    *sorted((CHECKOUT / "ontology" / "vocabulary").glob("*.ttl")),
)
