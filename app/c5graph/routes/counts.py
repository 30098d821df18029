"""How many statements each graph holds, and how many things of files each class has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from c5graph.protocol import QueryRequest
from c5graph.service import Service
from c5graph.store.rdf import DefaultGraph, Quad

_SECONDS = 60.0  # counting is done once a data version, and may take longer than a reader's query
_IN_DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_IN_NAMED = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_CLASSES = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?n)
{ { ?thing a ?class } UNION { GRAPH ?g { ?thing a ?class } } FILTER(ISIRI(?class)) }
GROUP BY ?class"""


async def graph_sizes(service: Service) -> dict[str, int]:
    """Statements by graph name; the default graph has the empty name."""
    return await service.once("graphs", lambda: _graph_sizes(service))


async def class_sizes(service: Service) -> dict[str, int]:
    """Things of a user's files by class; of our graph, a lens decides them."""
    return await service.once("classes", lambda: _class_sizes(service))


async def _graph_sizes(service: Service) -> dict[str, int]:
    if not _holds_it_alone(service):
        return await service.aside.run(lambda: _in_graphs(service.release.quads))
    default = await _rows(service, _IN_DEFAULT)
    named = await _rows(service, _IN_NAMED)
    return _counted("", default) | _counted("g", named)


async def _class_sizes(service: Service) -> dict[str, int]:
    return _counted("class", await _rows(service, _CLASSES))


def _holds_it_alone(service: Service) -> bool:
    """Whether the engine holds nothing but these data; a server may hold those of others."""
    return service.family is not None or not service.ours


def _in_graphs(quads: Iterable[Quad]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for quad in set(quads):
        graph = quad.graph_name
        counted["" if isinstance(graph, DefaultGraph) else graph.value] += 1
    return dict(sorted(counted.items()))


def _counted(name: str, rows: list[dict[str, Any]]) -> dict[str, int]:
    found = {row[name]["value"] if name else "": int(row["n"]["value"]) for row in rows}
    return {key: found[key] for key in sorted(found) if found[key] or not key}


async def _rows(service: Service, query: str) -> list[dict[str, Any]]:
    limits = replace(service.limits, deadline=_SECONDS)
    answer = await service.store.answer(QueryRequest(query), "application/json", limits)
    rows: list[dict[str, Any]] = json.loads(answer.body)["results"]["bindings"]
    return rows
