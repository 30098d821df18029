"""The OpenAPI description: FastAPI's own, and the routes that are plain ASGI."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from c5graph import __version__
from c5graph.negotiate import BY_NAME, GRAPHS, TABLES
from c5graph.routes.analytics import described_analytics
from c5graph.routes.cite import described_cite
from c5graph.routes.desk import described_desk
from c5graph.routes.dump import described as described_dumps
from c5graph.routes.lookups import described as described_look_ups
from c5graph.routes.lookups import lens_parameters, parameter
from c5graph.routes.lookups import schemas as look_up_schemas
from c5graph.routes.mcp import described_mcp
from c5graph.routes.search import described as described_search
from c5graph.routes.validate import described as described_validate
from c5graph.routes.vocabulary import described as described_vocabulary
from c5graph.service import Service

_ERROR = {"$ref": "#/components/schemas/Error"}
_TEXT = {"schema": {"type": "string"}}


def described(app: FastAPI, service: Service) -> dict[str, Any]:
    """The whole description."""
    api = dict(app.openapi())
    api["info"] = {
        "title": "c5graph",
        "version": __version__,
        "description": "Claims about the relations of the five Central Asian states with the "
        "United States, each with who said it, where, when and how firmly.",
    }
    if service.settings.public_url:
        api["servers"] = [{"url": service.settings.public_url}]
    api["paths"] = {
        **_sparql(),
        **described_look_ups(service),
        **described_analytics(),
        **described_desk(),
        **described_cite(),
        **described_mcp(),
        **described_search(service),
        **described_validate(),
        **described_vocabulary(),
        **described_dumps(),
        **api["paths"],
    }
    schemas = {"Error": _error_schema(), **look_up_schemas()}
    api["components"] = {"schemas": schemas}
    for operations in api["paths"].values():
        for operation in operations.values():
            operation["responses"] = {**operation["responses"], "default": _failure()}
            operation["responses"].pop("422", None)
    return api


def _sparql() -> dict[str, Any]:
    query = parameter("query", "A SPARQL 1.1 query; without it, the service description.")
    graphs = [
        parameter("default-graph-uri", "A graph of the query's default graph.", many=True),
        parameter("named-graph-uri", "A graph that GRAPH may name.", many=True),
    ]
    own = [
        parameter("format", "A format by name, in place of Accept.", one_of=tuple(BY_NAME)),
        parameter("timeout", "Seconds after which to give up, from 0.1 to the service's deadline."),
        *lens_parameters(),
    ]
    content = {form.media_types[0]: _TEXT for form in (*TABLES, *GRAPHS)}
    answers = {"200": {"description": "The result", "content": content}}
    texts = {"application/sparql-query": _TEXT}
    form = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
    body = {"content": {**texts, "application/x-www-form-urlencoded": {"schema": form}}}
    shared = {"tags": ["SPARQL"], "responses": answers}
    return {
        "/sparql": {
            "get": {
                **shared,
                "operationId": "query",
                "summary": "SPARQL 1.1 Protocol, read-only",
                "parameters": [query, *graphs, *own],
            },
            "post": {
                **shared,
                "operationId": "query_by_post",
                "summary": "The same, with the query in the body",
                "parameters": [*graphs, *own],
                "requestBody": body,
            },
        }
    }


def _failure() -> dict[str, Any]:
    return {"description": "An error", "content": {"application/json": {"schema": _ERROR}}}


def _error_schema() -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    number = {"type": "integer"}
    told = {"type": "object", "properties": dict.fromkeys(("lang", "message", "remedy"), text)}
    detail = {"code": text, "message": text, "remedy": text, "line": number, "column": number}
    detail["told"] = told
    inner = {"type": "object", "required": ["code", "message"], "properties": detail}
    return {"type": "object", "required": ["error"], "properties": {"error": inner}}
