"""Examples of SPARQL queries, each with the picture that shows its answer best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from c5graph.namespaces import sparql_prologue
from c5graph.service import Service
from c5graph.speech import n_

_PREFIXES: Final = ("c5", "id", "voc", "rdf", "rdfs")


@dataclass(frozen=True)
class Example:
    """A SPARQL query with what it asks; `view` names a picture of the workbench."""

    title: str
    query: str
    view: str = ""

    @property
    def link(self) -> str:
        """Relative to the root of the service."""
        return link_to(self.query) + (self.view and f"#view={self.view}")


def link_to(query: str) -> str:
    """Where a query is answered, relative to the root of the service."""
    return "sparql?" + urlencode({"query": query})


def examples(service: Service) -> tuple[Example, ...]:
    """Queries that are sure to work."""
    return _OURS if service.ours else _ANY


def _prologue(*more: str) -> str:
    wanted = (*_PREFIXES, *more)
    lines = sparql_prologue().splitlines()
    return "\n".join(line for line in lines if line.split()[1].rstrip(":") in wanted)


_OURS: Final = (
    Example(
        n_(
            "Which deals is Kazakhstan a party to, how far have they come, and what are they worth?"
        ),
        f"""{_prologue()}
SELECT DISTINCT ?deal ?dealLabel ?status ?other ?value WHERE {{
  ?deal c5:hasParty id:kazakhstan ; rdfs:label ?dealLabel . FILTER(LANG(?dealLabel) = "en")
  OPTIONAL {{ ?deal c5:hasStatus ?status }}
  OPTIONAL {{ ?deal c5:hasParty ?other . FILTER(?other != id:kazakhstan) }}
  OPTIONAL {{ ?deal c5:hasValue ?value }}
}}
ORDER BY ?deal ?status ?other ?value""",
    ),
    Example(
        n_("Which claims are forecasts or opinions, and whose are they?"),
        f"""{_prologue()}
SELECT ?claim ?gloss ?modality ?voice WHERE {{
  VALUES ?modality {{ voc:modality-forecast voc:modality-opinion }}
  ?claim a c5:Claim ; c5:modality ?modality ; c5:gloss ?gloss ; c5:attributedTo ?voice .
  FILTER(LANG(?gloss) = "en")
}}
ORDER BY ?claim ?voice
LIMIT 50""",
    ),
    Example(
        n_("How many claims does each report make?"),
        f"""{_prologue("oa")}
SELECT ?report ?label (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
  ?claim a c5:Claim ; c5:evidence/oa:hasSource ?report .
  ?report rdfs:label ?label . FILTER(LANG(?label) = "en")
}}
GROUP BY ?report ?label
ORDER BY DESC(?claims) ?report""",
    ),
    Example(
        n_("How many deals is each state a party to, as a chart"),
        f"""{_prologue()}
SELECT ?state (COUNT(DISTINCT ?deal) AS ?deals) WHERE {{
  ?deal c5:hasParty ?state . ?state a c5:State .
}}
GROUP BY ?state
ORDER BY DESC(?deals) ?state""",
        "chart",
    ),
    Example(
        n_("Where are cities and plants, on a map"),
        f"""{_prologue("geo")}
SELECT ?place ?point WHERE {{ ?place geo:hasGeometry/geo:asWKT ?point }}
ORDER BY ?place""",
        "map",
    ),
    Example(
        n_("When did meetings and other events take place, in time"),
        f"""{_prologue()}
SELECT ?event ?day WHERE {{ ?event c5:heldOn ?day }}
ORDER BY ?day ?event""",
        "timeline",
    ),
    Example(
        n_("Everything said about the C5+1 platform, as a graph"),
        f"""{_prologue()}
CONSTRUCT {{ ?s ?p id:c5-plus-1 . id:c5-plus-1 ?q ?o }}
WHERE {{ {{ ?s ?p id:c5-plus-1 }} UNION {{ id:c5-plus-1 ?q ?o }} }}""",
        "graph",
    ),
)
_ANY: Final = (
    Example(
        n_("How many things has each class?"),
        """SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things) ?class""",
    ),
    Example(n_("The first hundred statements"), "SELECT * WHERE { ?s ?p ?o } LIMIT 100"),
)
