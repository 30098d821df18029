"""The kinds of query that are measured: ten look-ups and six that read much.

Each holds `{entity}` or `{claim}` where one of many is put, so that no two requests are the same,
or neither where the question is about everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from random import Random

from c5graph.namespaces import C5, DCTERMS, OA, RDF, RDFS

_PROLOGUE = (
    f"PREFIX c5: <{C5}> PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}> "
    f"PREFIX dcterms: <{DCTERMS}> PREFIX oa: <{OA}>\n"
)


_ASKED_FOR = 500  # things that the repeats of real traffic are about


@dataclass(frozen=True)
class Kind:
    """One kind of query."""

    name: str
    text: str
    lookup: bool = True

    def ask(self, entity: str, claim: str, mark: int | None = None) -> str:
        """The query about these; with a mark it is like no other."""
        text = self.text.replace("{entity}", f"<{entity}>").replace("{claim}", f"<{claim}>")
        return _PROLOGUE + text + ("" if mark is None else f"\n# {mark}")


KINDS = (
    Kind("label", "SELECT ?label { {entity} rdfs:label ?label }"),
    Kind("claim", "SELECT ?p ?o { {claim} ?p ?o }"),
    Kind(
        "neighbourhood",
        "SELECT ?p ?o ?label { {entity} ?p ?o OPTIONAL { ?o rdfs:label ?label } } LIMIT 100",
    ),
    Kind("two hops", "SELECT DISTINCT ?a ?b { {entity} ?p ?a . ?a ?q ?b } LIMIT 50"),
    Kind(
        "entity page",
        """SELECT * {
  {entity} a ?class
  OPTIONAL { {entity} rdfs:label ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { {entity} rdfs:label ?ru FILTER(LANG(?ru) = "ru") }
  OPTIONAL { {entity} dcterms:description ?description }
  OPTIONAL { {entity} c5:inSector ?sector }
  OPTIONAL { {entity} c5:amount ?amount }
  OPTIONAL { {entity} c5:locatedIn ?place OPTIONAL { ?place rdfs:label ?placeLabel } }
  OPTIONAL { {entity} c5:hasPartner ?partner OPTIONAL { ?partner rdfs:label ?partnerLabel } }
} LIMIT 50""",
    ),
    Kind(
        "provenance",
        """SELECT ?claim ?gloss ?passage ?report ?title {
  ?claim rdf:subject {entity} ; c5:gloss ?gloss ; c5:evidence ?passage .
  ?passage oa:hasSource ?report .
  OPTIONAL { ?report dcterms:title ?title }
} LIMIT 50""",
    ),
    Kind(
        "property path",
        """SELECT DISTINCT ?report {
  {entity} ^rdf:subject/c5:evidence/(oa:hasSource)? ?report
} LIMIT 50""",
    ),
    Kind(
        "construct",
        "CONSTRUCT { {entity} ?p ?o . ?o rdfs:label ?label } "
        "WHERE { {entity} ?p ?o OPTIONAL { ?o rdfs:label ?label } } LIMIT 100",
    ),
    Kind("describe", "DESCRIBE {entity}"),
    Kind("ask", "ASK { {entity} c5:hasPartner ?partner . ?partner a c5:Company }"),
    Kind(
        "grouped sums",
        "SELECT ?class (SUM(?amount) AS ?sum) (COUNT(*) AS ?n) "
        "{ ?thing a ?class ; c5:amount ?amount } GROUP BY ?class",
        lookup=False,
    ),
    Kind(
        "top k",
        "SELECT ?thing (COUNT(?claim) AS ?n) { ?claim rdf:subject ?thing } "
        "GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 10",
        lookup=False,
    ),
    Kind("class counts", "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c", lookup=False),
    Kind(
        "text filter",
        "SELECT ?thing ?label { ?thing rdfs:label ?label "
        'FILTER(CONTAINS(LCASE(?label), "copper")) } LIMIT 2000',
        lookup=False,
    ),
    Kind(
        "claims by report",
        """SELECT ?report (COUNT(DISTINCT ?claim) AS ?n) {
  ?claim a c5:Claim ; c5:evidence/oa:hasSource ?report
} GROUP BY ?report ORDER BY DESC(?n) ?report LIMIT 20""",
        lookup=False,
    ),
    Kind(
        "closure",
        "SELECT (COUNT(DISTINCT ?place) AS ?n) { {entity} (c5:locatedIn|c5:hasPartner)+ ?place }",
        lookup=False,
    ),
)
LOOKUPS = tuple(kind for kind in KINDS if kind.lookup)


def distinct(
    kinds: Sequence[Kind], entities: Sequence[str], claims: Sequence[str], seed: int = 1
) -> Iterator[tuple[str, str]]:
    """Name and text of queries without end: the kinds in turn, no two requests the same."""
    random = Random(seed)
    for mark in count():
        kind = kinds[mark % len(kinds)]
        yield kind.name, kind.ask(random.choice(entities), random.choice(claims), mark)


def repeated(
    kinds: Sequence[Kind], entities: Sequence[str], claims: Sequence[str], seed: int = 1
) -> Iterator[tuple[str, str]]:
    """The same with the repeats of real traffic: the nth thing is asked for 1/n as often."""
    random = Random(seed)
    pairs = list(zip(entities, claims, strict=False))
    random.shuffle(pairs)
    del pairs[_ASKED_FOR:]
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(pairs))))
    for place in count():
        kind = kinds[place % len(kinds)]
        entity, claim = random.choices(pairs, cum_weights=weights)[0]
        yield kind.name, kind.ask(entity, claim)
