"""Answers in a format of RDF, read."""

from __future__ import annotations

import httpx
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from rdflib import Graph

DOCUMENTS = ["ontology", "shapes", "vocab/", "query/", "dataset", ".well-known/void"]


def read(response: httpx.Response, form: str) -> Graph:
    """What a client makes of an answer."""
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.text, format=form)


def normal(graph: Graph) -> frozenset[str]:
    """The statements, blank nodes named by RDFC-1.0: rdflib's own way takes minutes on shapes."""
    read_again = parse(graph.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    dataset = Dataset(read_again)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, dataset))
