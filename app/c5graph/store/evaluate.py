"""Evaluate one query and serialise its result: the one function that every worker runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import IO, cast

import pyoxigraph as ox

from c5graph import namespaces, scan
from c5graph.errors import AnswerTooLarge, QueryFailed, Refused
from c5graph.negotiate import CSV, RDFXML, XML, Format, Kind, negotiate
from c5graph.protocol import QueryRequest
from c5graph.store import faithful
from c5graph.store.columns import spelt_out
from c5graph.store.cut import Enough, RowCap, TooManyBytes, note
from c5graph.store.merged import data_set
from c5graph.store.port import Answer, Limits
from c5graph.store.syntax import explain

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}
_DEFAULTS = Limits()


def evaluate(
    store: ox.Store,
    request: QueryRequest,
    accept: str | None = None,
    max_rows: int | None = None,
    limits: Limits = _DEFAULTS,
) -> Answer:
    """The serialised result, cut visibly at the row cap (``max_rows``, else that of the limits).

    Raises Refused, QuerySyntax, QueryFailed, NotAcceptable or AnswerTooLarge. The deadline is
    not kept here: only a process that may be killed can keep one.
    """
    max_rows = limits.max_rows if max_rows is None else max_rows
    named = _check_data_set(store, request, limits.graphs_allowed)
    result = _query(store, request, named)
    if max_rows != limits.max_rows:
        limits = replace(limits, max_rows=max_rows)
    again = partial(_query, store, request, named)
    return _written(result, _kind(result), accept, limits, again)


def written_from(source: IO[bytes], kind: Kind, accept: str | None, limits: Limits) -> Answer:
    """The same from a result that another engine sends: N-Triples, or a table in JSON."""
    result: Result | Iterator[ox.Triple]
    try:
        if kind is Kind.GRAPH:
            quads = ox.parse(source, format=ox.RdfFormat.N_TRIPLES)
            result = (quad.triple for quad in quads)
        else:
            result = ox.parse_query_results(source, format=ox.QueryResultsFormat.JSON)
            if kind is Kind.BOOLEAN and isinstance(result, ox.QuerySolutions):
                result = _truth(result)
        return _written(result, kind, accept, limits)
    except SyntaxError as error:
        raise QueryFailed(
            "The server behind this service sent a result that cannot be read.",
            remedy="Try again; if it happens again, report it.",
        ) from error


def _truth(result: ox.QuerySolutions) -> Result:
    """An ASK that was answered with a table of one cell, as Virtuoso does."""
    values = [term.value for row in result for term in row if isinstance(term, ox.Literal)]
    told = b'{"head":{},"boolean":%s}' % (b"true" if values in (["1"], ["true"]) else b"false")
    return ox.parse_query_results(told, format=ox.QueryResultsFormat.JSON)


def _written(
    result: Result | Iterator[ox.Triple],
    kind: Kind,
    accept: str | None,
    limits: Limits,
    again: Callable[[], Result] | None = None,
) -> Answer:
    form, media_type = negotiate(accept, kind)
    try:
        if isinstance(result, ox.QueryBoolean):
            body, truncated = result.serialize(format=_TABLES[form.name]) or b"", False
        elif isinstance(result, ox.QuerySolutions):
            body, truncated = _table(result, form, limits, again)
        else:
            body, truncated = _graph(result, form, limits.max_rows)
        if form in (XML, RDFXML):
            body = faithful.for_xml(body)
    except (RuntimeError, OSError, ValueError) as error:
        raise _failed(error) from error
    if len(body) > limits.max_answer_bytes:
        raise _too_large(limits.max_answer_bytes)
    return Answer(body, media_type, truncated)


def _check_data_set(store: ox.Store, request: QueryRequest, allowed: frozenset[str]) -> scan.Named:
    named = scan.names(request.query)
    if named.service:
        raise service_refused()
    for graph in (*named.graphs, *request.default_graphs, *request.named_graphs):
        if graph not in allowed and not store.contains_named_graph(_node(graph)):
            raise graph_not_held(graph)
    return named


def service_refused() -> Refused:
    """The error for a query that calls another service."""
    return Refused(
        "SERVICE is refused: this service asks no other one.",
        remedy="Ask the other service yourself and join the answers, or use VALUES.",
    )


def graph_not_held(graph: str) -> Refused:
    """The error for a graph named in a query that is neither here nor allowed."""
    return Refused(
        f"The graph <{graph}> is not held here, and nothing is fetched from elsewhere.",
        remedy="Name a graph of this store: SELECT DISTINCT ?g { GRAPH ?g {} } lists them.",
    )


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise Refused(
            f"The graph name <{iri}> is not an absolute IRI.", remedy="Write it out in full."
        ) from error


def _query(store: ox.Store, request: QueryRequest, written: scan.Named) -> Result:
    try:
        whole, default, named = data_set(store, request, written)
        text = spelt_out(request.query, request.base)
        return whole.query(text, base_iri=request.base, default_graph=default, named_graphs=named)
    except SyntaxError as error:
        raise explain(request.query, str(error)) from error
    except (RuntimeError, OSError, ValueError) as error:
        raise _failed(error) from error


def _kind(result: Result) -> Kind:
    if isinstance(result, ox.QueryTriples):
        return Kind.GRAPH
    return Kind.BOOLEAN if isinstance(result, ox.QueryBoolean) else Kind.TABLE


def _table(
    result: ox.QuerySolutions, form: Format, limits: Limits, again: Callable[[], Result] | None
) -> tuple[bytes, bool]:
    """The table; one whose CSV the engine gets wrong is made `again`, if need be from the start."""
    sink = RowCap(form, limits.max_rows, limits.max_answer_bytes)
    try:
        if form is CSV and again is None:
            faithful.write_csv(result, sink)
        else:
            result.serialize(cast("IO[bytes]", sink), format=_TABLES[form.name])
    except Enough:
        pass
    except TooManyBytes as error:
        raise _too_large(limits.max_answer_bytes) from error
    if form is CSV and again is not None and not faithful.rows_fit(sink.rows()):
        return _table(cast("ox.QuerySolutions", again()), form, limits, None)
    return sink.result()


def _graph(result: Iterable[ox.Triple], form: Format, max_rows: int) -> tuple[bytes, bool]:
    triples = iter(result)
    head = list(islice(triples, max_rows))
    truncated = next(triples, None) is not None
    marked = chain(head, [_mark(max_rows)] if truncated else [])
    told = faithful.named(marked) if form is RDFXML else marked
    body = ox.serialize(told, format=_GRAPHS[form.name], prefixes=_prefixes(form))
    return body or b"", truncated


def _prefixes(form: Format) -> dict[str, str] | None:
    return namespaces.PREFIXES if form.name in ("turtle", "trig") else None


def _mark(count: int) -> ox.Triple:
    """A triple, so that the mark is in the graph whatever the format."""
    return ox.Triple(
        ox.NamedNode("urn:c5graph:truncated"),
        ox.NamedNode(namespaces.RDFS + "comment"),
        ox.Literal(note(count, "triples"), language="en"),
    )


def _failed(error: Exception) -> QueryFailed:
    return QueryFailed(
        f"The query cannot be answered: {error}",
        remedy="Leave out what the engine does not support.",
    )


def _too_large(max_bytes: int) -> AnswerTooLarge:
    return AnswerTooLarge(
        f"The answer is larger than {max_bytes // (1024 * 1024)} MiB.",
        remedy="Ask for fewer rows or columns, or page with ORDER BY, LIMIT and OFFSET.",
    )
