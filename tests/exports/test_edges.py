"""Edges as files of every format, read back by other programs: the same edges in each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import networkx as nx
import pytest

from c5graph import networks
from c5graph.analytics import networkfiles
from c5graph.analytics.network import Networks
from c5graph.edges import USUAL, Edge
from c5graph.exports import write_export
from c5graph.graph.index import Index
from c5graph.graph.release import Release
from c5graph.lasting import BINDING
from c5graph.namespaces import BASE, C5, SKOS, expand
from c5graph.networks import CSV, CYTOSCAPE, GEXF, GRAPHML, JSONLD, TURTLE, written
from c5graph.store.rdf import FORMATS, NamedNode, Quad, parse_text
from c5graph.wire import edge as wired
from tests.analytics.world import PROJECTIONS

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")


class Read(NamedTuple):
    """What a format tells of an edge."""

    firmness: str
    until: str | None
    status: str | None
    binding: bool | None
    claims: frozenset[str]


Reads = dict[str, Read]


@pytest.fixture(scope="module")
def edges(shipped: Release) -> list[Edge]:
    """Every edge that ends, and as many others."""
    view = shipped.view
    held = shipped.basis.held(view.lens)
    every = [view.teller.edge(f, outgoing=True, distance=1, lang="en") for f in held]
    ending = [each for each in every if each.until]
    assert len(ending) > 20
    return ending + [each for each in every if not each.until][::10]


def reads(edges: Iterable[Edge]) -> Reads:
    return {
        str(edge.fact): Read(
            edge.firmness,
            edge.until,
            edge.status.iri if edge.status else None,
            edge.binding,
            frozenset(claim.iri for claim in edge.claims),
        )
        for edge in edges
    }


def attributed(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Reads:
    """Edges of a network by their facts."""
    return {
        expand(fact) or fact: Read(
            data["firmness"],
            data.get("until"),
            data.get("status"),
            data.get("binding"),
            frozenset(data["claims"].split()),
        )
        for fact, data in rows
    }


def from_csv(body: bytes) -> Reads:
    truth = {"": None, "true": True, "false": False}
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert list(rows[0]) == list(networks.COLUMNS)
    return attributed(
        (
            row["fact"],
            {
                **row,
                "until": row["until"] or None,
                "status": row["status"] or None,
                "binding": truth[row["binding"]],
            },
        )
        for row in rows
    )


def from_graphml(body: bytes) -> Reads:
    made = nx.read_graphml(io.BytesIO(body), force_multigraph=True)
    return attributed(
        (BASE + key.replace(":", "/"), d) for *_, key, d in made.edges(keys=True, data=True)
    )


def from_gexf(body: bytes) -> Reads:
    made = nx.read_gexf(io.BytesIO(body))
    return attributed((data["fact"], data) for *_, data in made.edges(data=True))


def from_cytoscape(body: bytes) -> Reads:
    every = json.loads(body)["elements"]["edges"]
    return attributed((each["data"]["id"], each["data"]) for each in every)


READERS: list[tuple[Any, Callable[[bytes], Reads]]] = [
    (CSV, from_csv),
    (GRAPHML, from_graphml),
    (GEXF, from_gexf),
    (CYTOSCAPE, from_cytoscape),
]


@pytest.mark.parametrize(("form", "reader"), READERS, ids=lambda each: getattr(each, "name", ""))
def test_every_format_has_the_same_edges(
    shipped: Release, edges: list[Edge], form: Any, reader: Callable[[bytes], Reads]
) -> None:
    expected = reads(edges)
    assert {read.binding for read in expected.values()} == {None, True, False}
    assert reader(written(edges, form, shipped.view.teller, "en")) == expected


def test_json_is_read_back_as_the_same_edges(edges: list[Edge]) -> None:
    assert reads(map(wired, (edge.as_dict() for edge in edges))) == reads(edges)


@pytest.mark.parametrize("form", [TURTLE, JSONLD], ids=lambda form: form.name)
def test_rdf_says_of_ends_and_statuses_what_the_graph_says(
    shipped: Release, edges: list[Edge], form: Any
) -> None:
    quads = list(parse_text(written(edges, form, shipped.view.teller, "en"), FORMATS[form.ending]))
    index, stated = Index(quads), {triple(quad) for quad in shipped.quads}
    told = {
        triple(quad)
        for quad in quads
        if quad.predicate.value in (C5 + "hasStatus", C5 + "validUntil", SKOS + "broader")
    }
    assert told
    assert told <= stated
    for edge in edges:
        subject = edge.source.subject.value
        ends = {end for claim in edge.claims for end in index.values(claim.iri, C5 + "validUntil")}
        assert edge.until is None or edge.until in ends
        if edge.binding:
            assert edge.status is not None
            assert edge.status.iri in index.values(subject, C5 + "hasStatus")
            assert BINDING in index.values(str(edge.status.iri), SKOS + "broader")


def triple(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)


def test_gexf_declares_what_each_attribute_is(shipped: Release, edges: list[Edge]) -> None:
    space = "{http://www.gexf.net/1.2draft}"
    root = ElementTree.fromstring(written(edges, GEXF, shipped.view.teller, "en"))
    kinds = {
        each.get("title"): each.get("type")
        for group in root.iter(space + "attributes")
        if group.get("class") == "edge"
        for each in group
    }
    assert kinds["binding"] == "boolean"
    assert kinds["until"] == kinds["status"] == kinds["status_label"] == "string"


def test_a_file_of_everything_tells_ends_and_statuses(shipped: Release) -> None:
    sink = io.BytesIO()
    write_export(shipped, "all.graphml", sink)
    held = [f for f in shipped.basis.held(shipped.view.lens) if isinstance(f.object, NamedNode)]
    teller = shipped.view.teller
    edges = (teller.edge(f, outgoing=True, distance=1, lang="en") for f in held)
    expected = reads(edge for edge in edges if edge.source.firmness in USUAL)
    found = from_graphml(sink.getvalue())
    assert {fact: found[fact] for fact in expected} == expected


def test_a_projected_network_tells_ends_and_statuses_in_every_format(shipped: Release) -> None:
    network = Networks(shipped, shipped.view, PROJECTIONS).get("deals", USUAL)
    limit = len(network.ties)
    told = {tie.ends: network.lasting(tie) for tie in network.ties}
    assert {lasting.binding for lasting in told.values()} >= {True, False}
    rows = list(
        csv.DictReader(io.StringIO(networkfiles.as_file(network, CSV, limit, "en").decode()))
    )
    assert list(rows[0]) == list(networkfiles.COLUMNS)
    for row in rows:
        lasting = told[row["source"], row["target"]]
        assert row["until"] == (lasting.until or "")
        assert [expand(each) for each in row["statuses"].split()] == list(lasting.statuses)
        assert row["binding"] == {None: "", True: "true", False: "false"}[lasting.binding]
    made = nx.read_gexf(io.BytesIO(networkfiles.as_file(network, GEXF, limit, "en")))
    for source, target, data in made.edges(data=True):
        lasting = told.get((source, target)) or told[target, source]
        assert data.get("binding") is lasting.binding
        assert data.get("statuses", "").split() == list(lasting.statuses)
        assert data.get("until") == lasting.until


@pytest.mark.parametrize(
    ("title", "columns"),
    [("Edges", networks.COLUMNS), ("Edges of projected networks", networkfiles.COLUMNS)],
)
def test_every_column_of_edges_is_documented(
    checkout: Path, title: str, columns: dict[str, str]
) -> None:
    text = (checkout / "docs" / "exports.md").read_text(encoding="utf-8")
    section = text.partition(f"### {title}\n")[2].partition("\n#")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{name}` | {meaning} |" for name, meaning in columns.items()]
