"""Clients that researchers use, unchanged, against a running service."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.components import missing, shared_folder
from tests.service.conftest import Server, running, serve

pytestmark = pytest.mark.slow

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SPARQLWrapper import (
        CSV,
        GET,
        JSON,
        JSONLD,
        N3,
        POST,
        RDFXML,
        TSV,
        TURTLE,
        XML,
        SPARQLWrapper,
    )
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

EX = "http://example.org/"
DATA = f"""
@prefix ex: <{EX}> .
ex:anna ex:knows ex:boris , ex:clara ; ex:name "Anna"@en , "Анна"@ru ; ex:age 41 .
ex:boris ex:knows ex:clara .
ex:g {{ ex:clara ex:knows ex:dana }}
"""
KNOWS = f"SELECT ?a ?b {{ ?a <{EX}knows> ?b }} ORDER BY ?a ?b"
PAIRS = [("anna", "boris"), ("anna", "clara"), ("boris", "clara")]
COMUNICA = "@comunica/query-sparql@~4.2.0"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("clients") / "people.trig"
    data.write_text(DATA)
    with running(serve("--data", str(data))) as started:
        yield started


def converted(server: Server, query: str, method: str, form: str) -> Any:
    return wrapper(server, query, method, form).queryAndConvert()


def wrapper(server: Server, query: str, method: str, form: str) -> SPARQLWrapper:
    client = SPARQLWrapper(server.url + "/sparql")
    client.setMethod(method)
    client.setQuery(query)
    client.setReturnFormat(form)
    return client


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_tables_in_every_format(server: Server, method: str) -> None:
    rows = converted(server, KNOWS, method, JSON)["results"]["bindings"]
    assert [(r["a"]["value"], r["b"]["value"]) for r in rows] == [
        (EX + a, EX + b) for a, b in PAIRS
    ]
    table = converted(server, KNOWS, method, XML)
    assert len(table.getElementsByTagName("result")) == len(PAIRS)
    for form in (CSV, TSV):
        text = converted(server, KNOWS, method, form).decode()
        assert len(text.splitlines()) == len(PAIRS) + 1


def test_sparqlwrapper_reads_an_ask(server: Server) -> None:
    query = f'ASK {{ ?a <{EX}name> "Анна"@ru }}'
    assert converted(server, query, GET, JSON)["boolean"] is True


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper makes one
@pytest.mark.parametrize("form", [TURTLE, RDFXML, JSONLD, N3])
def test_sparqlwrapper_reads_graphs_in_every_format(server: Server, form: str) -> None:
    found = converted(server, f"DESCRIBE <{EX}anna>", GET, form)
    read_as = TURTLE if form == N3 else form  # a part of N3
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format=read_as)
    assert len(graph) == 5


def test_sparqlwrapper_tells_a_wrong_query_from_other_faults(server: Server) -> None:
    with pytest.raises(QueryBadFormed, match="never closed"):
        wrapper(server, "SELECT * {", GET, JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_service_as_a_graph(server: Server, method: str) -> None:
    graph = Graph(SPARQLStore(server.url + "/sparql", method=method))
    rows: Any = graph.query(KNOWS)
    found = {(str(a), str(b)) for a, b in rows}
    assert found == {(EX + a, EX + b) for a, b in PAIRS}
    assert len(list(graph.triples((URIRef(EX + "anna"), None, None)))) == 5
    assert (URIRef(EX + "boris"), URIRef(EX + "knows"), URIRef(EX + "clara")) in graph


def test_rdflib_reads_a_named_graph(server: Server) -> None:
    store = SPARQLStore(server.url + "/sparql", context_aware=True)
    graph = Graph(store, identifier=URIRef(EX + "g"))
    assert [str(each) for each in graph.objects(None, URIRef(EX + "knows"))] == [EX + "dana"]


@pytest.fixture(scope="module")
def comunica() -> list[str]:
    """The command of Comunica, installed once in the test environment."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        missing("Comunica", "node and npm are not here")
    folder = shared_folder("comunica")
    script = folder / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"
    if not script.exists():
        command = [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder)]
        done = subprocess.run([*command, COMUNICA], capture_output=True, text=True, check=False)
        if done.returncode or not script.exists():
            missing("Comunica", f"npm install of {COMUNICA} failed: {done.stderr[-300:]}")
    return [node, str(script)]


def asked(comunica: list[str], server: Server, query: str, folder: Path) -> str:
    source = f"sparql@{server.url}/sparql"
    command = [*comunica, source, query, "--httpRetryCount", "0"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_comunica_queries_the_service(comunica: list[str], server: Server, tmp_path: Path) -> None:
    rows = json.loads(asked(comunica, server, KNOWS, tmp_path))
    assert [(row["a"], row["b"]) for row in rows] == [(EX + a, EX + b) for a, b in PAIRS]


def test_comunica_constructs_from_the_service(
    comunica: list[str], server: Server, tmp_path: Path
) -> None:
    query = f"CONSTRUCT {{ ?b <{EX}knownBy> ?a }} WHERE {{ ?a <{EX}knows> ?b }}"
    assert len(Graph().parse(data=asked(comunica, server, query, tmp_path), format="turtle")) == 3
