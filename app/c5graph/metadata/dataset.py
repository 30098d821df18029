"""The data set as DCAT 3 and VoID."""

from __future__ import annotations

from c5graph.citations import Citation
from c5graph.exports import offered
from c5graph.metadata.executables import DATASET
from c5graph.metadata.statements import (
    DCAT,
    FOAF,
    SD,
    VOID,
    Statements,
    english,
    iri,
    number,
    plain,
)
from c5graph.metadata.statistics import Statistics
from c5graph.namespaces import BASE, C5, DCTERMS, ID, PREFIXES, QUERY, RDFS, XSD, graph_iri, shorten
from c5graph.store.rdf import NamedNode

TITLE = "c5graph"
ABOUT = (
    "Claims about the relations of the five Central Asian states with the United States, with "
    "Russia and China in the picture, each with who said it, where, when and how firmly, and the "
    "facts that follow from them."
)
KEYWORDS = ("Central Asia", "C5+1", "United States", "critical minerals", "diplomacy", "claims")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
VOID_DOCUMENT = BASE + ".well-known/void"
GRAPHS = {
    "entities": "who and what exists: kinds, names, identifying descriptions, values",
    "claims": "what the reports say, each claim with its wording, voice, time and evidence",
    "sources": "the reports",
    "links": "identifiers in other data sets, each with how it was verified",
    "findings": "what curators found about claims",
    "ontology": "the terms and vocabularies",
    "derivations": "which facts follow from which claims, and how firmly",
    "facts": "the firm facts as plain statements",
    "shapes": "what data must be like",
    "joined": "files joined to the graph by whoever started the service",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_MAINTAINERS = DATASET + "#maintainers"
_SERVICE = BASE + "sparql"
_FORMATS = "http://www.w3.org/ns/formats/"
_EXAMPLES = ("kazakhstan", "somon-air-boeing-2025", "c5-plus-1-summit-2025")


def describe_catalogue(into: Statements, root: str) -> None:
    """The catalogue that holds this one data set: the start page's own IRI."""
    into.a(BASE, DCAT + "Catalog")
    into.add(BASE, DCTERMS + "title", english(TITLE))
    into.add(BASE, DCTERMS + "description", english(ABOUT))
    into.add(BASE, DCTERMS + "publisher", iri(_MAINTAINERS))
    into.add(BASE, FOAF + "homepage", iri(root + "/"))
    into.add(BASE, DCAT + "dataset", iri(DATASET))
    into.add(BASE, DCAT + "service", iri(_SERVICE))


def describe_dataset(into: Statements, root: str, version: str) -> None:
    """The data set, its distributions and its service, as DCAT 3."""
    into.a(DATASET, DCAT + "Dataset", VOID + "Dataset")
    into.add(DATASET, DCTERMS + "title", english(TITLE))
    into.add(DATASET, DCTERMS + "description", english(ABOUT))
    into.add(DATASET, DCTERMS + "identifier", plain(DATASET))
    into.add(DATASET, DCAT + "version", plain(version))
    into.add(DATASET, DCTERMS + "license", iri(LICENCE))
    cited = Citation(root, version).text()
    into.add(DATASET, DCTERMS + "bibliographicCitation", english(cited))
    into.add(DATASET, DCTERMS + "publisher", iri(_MAINTAINERS))
    into.add(DATASET, DCTERMS + "language", iri("http://id.loc.gov/vocabulary/iso639-1/en"))
    into.add(DATASET, DCAT + "keyword", *map(english, KEYWORDS))
    into.add(DATASET, DCTERMS + "spatial", iri(ID + "central-asia"))
    into.add(DATASET, DCTERMS + "conformsTo", iri(C5.rstrip("#")), iri(BASE + "shapes"))
    into.add(DATASET, RDFS + "seeAlso", iri(QUERY), iri(VOID_DOCUMENT))
    into.add(DATASET, DCAT + "landingPage", iri(root + "/dataset"))
    into.a(_MAINTAINERS, FOAF + "Agent")
    into.add(_MAINTAINERS, FOAF + "name", english("maintainers of c5graph"))
    _distributions(into, root)
    _service(into, root)


def _distributions(into: Statements, root: str) -> None:
    for dump in offered():
        node = f"{BASE}dump/{dump.file}"
        address = f"{root}/dump/{dump.file}"
        into.add(DATASET, DCAT + "distribution", iri(node))
        into.a(node, DCAT + "Distribution")
        into.add(node, DCTERMS + "title", english(f"{TITLE} as {dump.label}"))
        into.add(node, DCTERMS + "description", english(dump.holds))
        if dump.registered:
            into.add(node, DCAT + "mediaType", iri(_MEDIA + dump.media_type))
        into.add(node, DCAT + "accessURL", iri(f"{root}/dataset"))
        into.add(node, DCAT + "downloadURL", iri(address))
        into.add(node, DCTERMS + "license", iri(LICENCE))
        if dump.is_rdf:
            into.add(DATASET, VOID + "dataDump", iri(address))


def _service(into: Statements, root: str) -> None:
    into.a(_SERVICE, DCAT + "DataService", SD + "Service")
    into.add(_SERVICE, DCTERMS + "title", english(f"{TITLE} by SPARQL"))
    into.add(_SERVICE, DCAT + "endpointURL", iri(root + "/sparql"))
    into.add(_SERVICE, SD + "endpoint", iri(root + "/sparql"))
    into.add(_SERVICE, DCAT + "endpointDescription", iri(root + "/openapi.json"))
    into.add(_SERVICE, DCAT + "servesDataset", iri(DATASET))
    into.add(_SERVICE, DCTERMS + "conformsTo", iri("http://www.w3.org/TR/sparql11-protocol/"))


def describe_void(into: Statements, root: str, counted: Statistics) -> None:
    """The data set as VoID, with its parts."""
    into.a(DATASET, VOID + "Dataset")
    into.add(DATASET, VOID + "sparqlEndpoint", iri(root + "/sparql"))
    into.add(DATASET, VOID + "uriSpace", plain(BASE))
    into.add(DATASET, VOID + "exampleResource", *(iri(ID + slug) for slug in _EXAMPLES))
    into.add(DATASET, VOID + "vocabulary", *_vocabularies(counted))
    into.add(
        DATASET,
        VOID + "feature",
        *(iri(_FORMATS + name) for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")),
    )
    for name, count in (
        ("triples", counted.triples),
        ("distinctSubjects", counted.subjects),
        ("distinctObjects", counted.objects),
        ("classes", len(counted.classes)),
        ("properties", len(counted.properties)),
    ):
        into.add(DATASET, VOID + name, number(count))
    _partitions(into, counted)
    _linksets(into, counted)
    into.a(VOID_DOCUMENT, VOID + "DatasetDescription")
    into.add(VOID_DOCUMENT, DCTERMS + "title", english(f"description of {TITLE}"))
    into.add(VOID_DOCUMENT, FOAF + "primaryTopic", iri(DATASET))


def describe_graphs(into: Statements, counted: Statistics) -> None:
    """The named graphs as parts of the data set."""
    for name, count in counted.graphs.items():
        into.add(DATASET, VOID + "subset", iri(name))
        into.a(name, VOID + "Dataset", SD + "NamedGraph")
        into.add(name, SD + "name", iri(name))
        into.add(name, VOID + "triples", number(count))
        slug = name.removeprefix(graph_iri(""))
        if slug in GRAPHS:
            into.add(name, RDFS + "label", english(f"graph of {slug}"))
            into.add(name, DCTERMS + "description", english(GRAPHS[slug]))


def _partitions(into: Statements, counted: Statistics) -> None:
    for iri_, count in counted.classes.items():
        node = _part("class", iri_)
        into.add(DATASET, VOID + "classPartition", iri(node))
        into.add(node, VOID + "class", iri(iri_))
        into.add(node, VOID + "entities", number(count))
    for iri_, count in counted.properties.items():
        node = _part("property", iri_)
        into.add(DATASET, VOID + "propertyPartition", iri(node))
        into.add(node, VOID + "property", iri(iri_))
        into.add(node, VOID + "triples", number(count))


def _linksets(into: Statements, counted: Statistics) -> None:
    for linkset in counted.linksets:
        node = _part("links", f"{linkset.predicate}-{linkset.target}")
        into.add(DATASET, VOID + "subset", iri(node))
        into.a(node, VOID + "Linkset")
        into.add(node, VOID + "linkPredicate", iri(linkset.predicate))
        into.add(node, VOID + "subjectsTarget", iri(DATASET))
        into.add(node, VOID + "objectsTarget", iri(linkset.target))
        into.add(node, VOID + "triples", number(linkset.links))
        into.a(linkset.target, VOID + "Dataset")


def _vocabularies(counted: Statistics) -> list[NamedNode]:
    used = (*counted.properties, *counted.classes)
    known = {space for space in PREFIXES.values() if any(each.startswith(space) for each in used)}
    return [iri(space) for space in sorted(known - {XSD})]


def slug(name: str) -> str:
    """A name that may stand in the last part of an IRI."""
    return "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in name)


def _part(kind: str, name: str) -> str:
    return f"{DATASET}#{kind}-{slug(shorten(name))}"
