"""Every prefix and namespace of the project, written once.

`BASE` is where our own IRIs start; `PREFIXES` is what queries, Turtle files and
answers use. Nothing else in the package spells out an IRI of ours.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/c5graph/"

C5: Final = BASE + "ontology#"
C5SH: Final = BASE + "shapes#"
ID: Final = BASE + "id/"
CLAIM: Final = BASE + "claim/"
REPORT: Final = BASE + "report/"
VOC: Final = BASE + "vocab/"
GRAPH: Final = BASE + "graph/"
FINDING: Final = BASE + "finding/"
CONTEXT: Final = BASE + "context.jsonld"
QUERY: Final = BASE + "query/"
FACT: Final = BASE + "fact/"
RULE: Final = BASE + "rule/"
LENS: Final = BASE + "lens/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
OA: Final = "http://www.w3.org/ns/oa#"
SCHEMA: Final = "https://schema.org/"
QUDT: Final = "http://qudt.org/schema/qudt/"
UNIT: Final = "http://qudt.org/vocab/unit/"

PREFIXES: Final[dict[str, str]] = {
    "c5": C5,
    "c5sh": C5SH,
    "id": ID,
    "claim": CLAIM,
    "report": REPORT,
    "voc": VOC,
    "graph": GRAPH,
    "finding": FINDING,
    "query": QUERY,
    "fact": FACT,
    "lens": LENS,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": "http://www.w3.org/ns/prov#",
    "oa": OA,
    "org": "http://www.w3.org/ns/org#",
    "schema": SCHEMA,
    "geo": "http://www.opengis.net/ont/geosparql#",
    "qudt": QUDT,
    "unit": UNIT,
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sh": "http://www.w3.org/ns/shacl#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
}


def graph_iri(name: str) -> str:
    """IRI of one of our named graphs, such as `graph_iri("claims")`."""
    return GRAPH + name


def expand(curie: str) -> str | None:
    """IRI of a CURIE with one of our prefixes; None when the prefix is not ours."""
    prefix, colon, local = curie.partition(":")
    if not colon or local.startswith("//") or prefix not in PREFIXES:
        return None
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """CURIE of an IRI by the longest prefix that fits; the IRI itself when none does."""
    fits = [(len(ns), name) for name, ns in PREFIXES.items() if iri.startswith(ns)]
    if not fits:
        return iri
    length, name = max(fits)
    return f"{name}:{iri[length:]}"


def sparql_prologue() -> str:
    """PREFIX lines for every prefix of ours."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
