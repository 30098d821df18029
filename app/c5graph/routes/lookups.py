"""What OpenAPI says of neighbours, paths and evidence, which are plain ASGI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from c5graph.induced import MOST
from c5graph.lenses import PARAMETERS
from c5graph.negotiate import Format
from c5graph.networks import FORMATS, JSON
from c5graph.service import Service

_FIRMNESS = "firm, planned, sought, possible, forecast, opinion or all; firm and planned if none."
_NAME = "A slug, CURIE, IRI or label, such as kazakhstan."

_WHOLE = "describes a whole data version or its terms; as RDF it refuses a lens"
_SERVICE = "tells of the service, not of the graph"
LENSLESS: Final[Mapping[str, str]] = {
    "/": "counts a whole data version; as RDF it refuses a lens",
    **dict.fromkeys(
        ("/ontology", "/vocab/", "/shapes", "/query/", "/dataset", "/.well-known/void"), _WHOLE
    ),
    "/context.jsonld": "holds terms only",
    "/api/analytics": "lists analyses; each takes the lens",
    "/api/queries": "lists questions; each takes the lens",
    "/api/cite": "cites an address, which has its lens in it",
    "/api/validate": "checks what is sent, not the graph",
    "/mcp": "has tools that take the lens each",
    **dict.fromkeys(("/docs", "/openapi.json", "/health", "/ready", "/metrics"), _SERVICE),
}
"""Addresses without a lens, and why."""


def described(service: Service) -> dict[str, Any]:
    """The three paths."""
    settings = service.settings
    neighbours = [
        needed("entity", _NAME),
        parameter("depth", "How many steps away: 1, 2 or 3; 1 if not said."),
        *filters(),
        parameter("limit", f"Edges a page; {settings.neighbour_limit} if not said."),
        parameter("cursor", "Where to go on: next_cursor of the page before."),
    ]
    paths = [
        needed("from", _NAME),
        needed("to", _NAME),
        parameter("k", f"How many paths; 5 if not said, {settings.path_max} at most."),
        parameter("longest", "Edges of a path at most; 6 if not said."),
        *filters(),
    ]
    evidence = [
        parameter("subject", _NAME),
        parameter("predicate", "A name or IRI of a predicate."),
        parameter("object", "A name as of the subject, or the text of a literal."),
        parameter("limit", f"Facts and claims each; {settings.neighbour_limit} if not said."),
        parameter("lang", "Language of labels."),
        parameter("format", "A format by name.", one_of=("json", "turtle", "jsonld")),
        *lens_parameters(),
    ]
    network = [
        parameter("entities", f"Things by slug, CURIE or IRI, commas between; {MOST} at most."),
        parameter("sectors", "Of things that have a sector only those of these sectors."),
        parameter("statuses", "Of things that have a status only those of these statuses."),
        parameter("since", "Of things with dates only those that came about on this day or later."),
        parameter("until", "Of things with dates only those that came about by this day."),
        parameter("hidden", "Facts that are not to be seen, by the end of their IRI."),
        *(each for each in filters() if each["name"] not in ("direction", "through")),
    ]
    return {
        "/api/network": look_up(
            "Network", "The edges among chosen things, as the graph view shows them", network
        ),
        "/api/neighbours": look_up(
            "Neighbours", "The edges around an entity: counts, then edges with claims", neighbours
        ),
        "/api/paths": look_up("Paths", "The shortest paths between two entities", paths),
        "/api/evidence": look_up(
            "Evidence", "Why is this so: facts and the claims behind them", evidence, FORMATS[:3]
        ),
    }


def look_up(
    name: str, summary: str, parameters: list[dict[str, Any]], forms: tuple[Format, ...] = FORMATS
) -> dict[str, Any]:
    """The operation that answers with a schema of this name, or with one of these formats."""
    content: dict[str, Any] = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}
    }
    text = {"schema": {"type": "string"}}
    content |= {form.media_types[0]: text for form in forms if form is not JSON}
    operation = {
        "tags": ["look-ups"],
        "operationId": name.lower(),
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "The answer", "content": content}},
    }
    return {"get": operation}


def filters() -> list[dict[str, Any]]:
    """The parameters that choose edges."""
    names = tuple(form.name for form in FORMATS)
    return [
        parameter("direction", "Which edges.", one_of=("in", "out", "both")),
        parameter("predicates", "Names or IRIs of predicates, with commas between."),
        parameter("types", "Only to things of these classes: names or IRIs, commas between."),
        parameter("firmness", _FIRMNESS),
        parameter("through", "What to go on from.", one_of=("all", "entities")),
        parameter("lang", "Language of labels."),
        parameter("format", "A format by name, in place of Accept.", one_of=names),
        *lens_parameters(),
    ]


def needed(name: str, description: str) -> dict[str, Any]:
    """A parameter that must be given."""
    return {**parameter(name, description), "required": True}


def lens_parameters() -> list[dict[str, Any]]:
    """The parameters of a lens."""
    return [parameter(name, meaning) for name, meaning in PARAMETERS.items()]


def parameter(
    name: str, description: str, *, many: bool = False, one_of: tuple[str, ...] = ()
) -> dict[str, Any]:
    """One parameter of a query string."""
    schema: dict[str, Any] = {"type": "string"}
    if one_of:
        schema["enum"] = list(one_of)
    if many:
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def schemas() -> dict[str, Any]:
    """The shapes of their JSON."""
    text, number = {"type": "string"}, {"type": "integer"}
    named_properties: dict[str, Any] = {"iri": {"type": ["string", "null"]}, "label": text}
    named = {"type": "object", "properties": named_properties}
    count = {"predicate": named, "direction": text, "count": number}
    claim = {
        "iri": text,
        "gloss": text,
        "modality": text,
        "attributed_to": {"type": "array", "items": named},
        "relayed_by": {"type": "array", "items": named},
        "reports": {"type": "array", "items": named},
    }
    edge = {
        "fact": {"type": ["string", "null"]},
        "direction": text,
        "distance": number,
        "at": named,
        "predicate": named,
        "other": named,
        "firmness": text,
        "hedged": {"type": "boolean"},
        "until": {"type": ["string", "null"]},
        "status": {**named, "type": ["object", "null"]},
        "binding": {"type": ["boolean", "null"]},
        "claims": _many(claim),
    }
    lens = {"iri": text, "left_out_for_want_of_a_date": number}
    shared = {"version": text, "lens": _one(lens), "truncated": {"type": "boolean"}}
    page = {
        **shared,
        "entity": named,
        "depth": number,
        "total": number,
        "counts": _many(count),
        "edges": _many(edge),
        "next_cursor": {"type": ["string", "null"]},
        "next": {"type": ["string", "null"]},
    }
    step = {"type": "array", "items": _many(edge)}
    path = {"length": number, "nodes": {"type": "array", "items": named}, "steps": step}
    paths = {**shared, "from": named, "to": named, "total": number, "paths": _many(path)}
    support = {"rule": text, "claims": _many(claim)}
    fact = {"subject": named, "predicate": named, "object": named, "firmness": text}
    why = {
        **shared,
        "facts_total": number,
        "facts": _many({**fact, "supports": _many(support)}),
        "claims_total": number,
        "claims": _many({**claim, "why_not": {"type": ["string", "null"]}}),
    }
    node = {
        "iri": text,
        "label": text,
        "types": _many(named_properties),
        "group": text,
        "sectors": _many(named_properties),
        "degree": number,
        "status": {"type": ["object", "null"]},
    }
    network = {
        "version": text,
        "lens": _one(lens),
        "nodes": _many(node),
        "edges": _many(edge),
        "filtered": _many(node),
        "unknown": {"type": "array", "items": text},
    }
    return {
        "Neighbours": _one(page),
        "Network": _one(network),
        "Paths": _one(paths),
        "Evidence": _one(why),
    }


def _one(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _many(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _one(properties)}
