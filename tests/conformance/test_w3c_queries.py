"""The W3C suites of SPARQL 1.1 and 1.0 through the evaluation that every worker runs.

Each case passes or is in `exceptions.json` with its reason; one that is listed and passes fails
the test as well, so that the list stays true.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from c5graph import scan
from c5graph.errors import C5GraphError, QueryFailed, QuerySyntax
from c5graph.protocol import QueryRequest
from c5graph.store.contents import Contents
from c5graph.store.evaluate import evaluate
from c5graph.store.port import Limits
from c5graph.store.rdf import NamedNode, Store
from c5graph.store.twofold import Twofold
from tests.conformance import results
from tests.conformance.suite import Case, cases, suites

pytestmark = pytest.mark.slow

LISTED: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("exceptions.json").read_text(encoding="utf-8")
)
ACCEPT = "application/sparql-results+json, application/n-triples;q=0.5"


@pytest.mark.parametrize(
    ("suite", "manifest", "count"),
    [
        ("SPARQL 1.1", "sparql11/manifest-all.ttl", 278),
        ("SPARQL 1.0 evaluation", "dawg-data-r2/manifest-evaluation.ttl", 249),
        ("SPARQL 1.0 syntax", "dawg-data-r2/manifest-syntax.ttl", 199),
    ],
)
def test_every_case_passes_or_is_listed_with_its_reason(
    suite: str, manifest: str, count: int
) -> None:
    found = cases(suites() / manifest)
    failed = {case.name: reason for case in found if (reason := failure(case))}
    listed = LISTED[suite]
    assert {name: failed[name] for name in failed.keys() - listed.keys()} == {}
    assert listed.keys() - failed.keys() == set(), "listed, and passes"
    assert len(found) == count
    ours = {case.name for case in found if case.name in listed and not failure(case, engine_alone)}
    assert ours == set(), "the engine alone passes what is listed as its exception"


Answering = Callable[[Case, str], results.Expected]


def answer(case: Case, text: str) -> results.Expected:
    """Through the evaluation of the workers."""
    limits = Limits(graphs_allowed=frozenset(scan.names(text).graphs))
    request = QueryRequest(text, base=case.query.as_uri())
    store = Twofold.of(filled(case, text)).fitting(request)
    given = evaluate(store, request, accept(case), limits=limits)
    return read(given.media_type, given.body)


def engine_alone(case: Case, text: str) -> results.Expected:
    """Through the engine's own reading and writing, with nothing of ours between."""
    try:
        found = filled(case, text).query(text, base_iri=case.query.as_uri())
        if isinstance(found, ox.QueryTriples):
            written = ox.serialize(found, format=ox.RdfFormat.N_TRIPLES)
            return read("application/n-triples", written or b"")
        media_type = accept(case).partition(",")[0]
        form = ox.QueryResultsFormat.from_media_type(media_type)
        return read(media_type, found.serialize(format=form) or b"")
    except SyntaxError as error:
        raise QuerySyntax(str(error), remedy="") from error
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryFailed(str(error), remedy="") from error


def failure(case: Case, answering: Answering = answer) -> str:
    """Why a case fails; empty when it passes."""
    try:
        given = answering(case, case.query.read_bytes().decode())
    except (QuerySyntax, UnicodeDecodeError) as error:
        return "" if case.kind == "bad syntax" else f"syntax: {error}"
    except QueryFailed as error:
        # Read whole before it failed: the suites call functions that no engine has.
        return "" if case.kind == "good syntax" else f"cannot be answered: {error}"
    except C5GraphError as error:
        return f"{error.code}: {error}"
    if case.kind == "bad syntax":
        return "read without an error"
    right = case.result is None or results.same(results.of_file(case.result), given)
    return "" if right else "another result"


def filled(case: Case, text: str) -> Store:
    store = Contents.of_files(case.data).load()
    for name, path in case.graphs:
        store.load(path=str(path), base_iri=path.as_uri(), to_graph=NamedNode(name))
    graphs = scan.names(text).graphs if case.kind == "evaluation" else ()
    hold(store, case, graphs)
    return store


def hold(store: Store, case: Case, graphs: tuple[str, ...]) -> None:
    """Have the graphs that FROM names, which these suites mean as files beside the query."""
    for name in graphs:
        path = (case.query.parent / name.rpartition("/")[2]).resolve()
        if path.exists():
            store.load(path=str(path), base_iri=path.as_uri(), to_graph=NamedNode(path.as_uri()))


def accept(case: Case) -> str:
    ending = case.result.suffix if case.result else ""
    tables = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
    return tables.get(ending, ACCEPT)


def read(media_type: str, body: bytes) -> results.Expected:
    if media_type == "application/n-triples":
        return Graph().parse(data=body.decode(), format="nt")
    if media_type == "text/csv":
        return results.of_csv(body)
    if media_type == "text/tab-separated-values":
        return results.of_tsv(body)
    return results.of_json(body)
