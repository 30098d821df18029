"""Neighbours to a depth and paths over the wire, in every format."""

import base64
import csv
import io
import itertools
import json
from xml.etree import ElementTree

import httpx
import networkx as nx
import pytest

from c5graph.namespaces import BASE
from c5graph.store.rdf import FORMATS, parse_text

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
EVERYTHING = "?entity=kazakhstan&firmness=all&limit=1000"
AROUND = "?entity=somon-air&depth=2&firmness=all&limit=1000"


def edges(browse: httpx.Client, query: str) -> list[dict[str, object]]:
    return list(browse.get(f"/api/neighbours{query}").json()["edges"])


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize(
    "more", ["", "&direction=out", "&types=Company,State", "&through=entities"]
)
def test_paging_meets_every_edge_once_at_every_depth(
    browse: httpx.Client, depth: int, more: str
) -> None:
    query = f"?entity=rogun-dam&depth={depth}&firmness=all{more}"
    page = browse.get(f"/api/neighbours{query}&limit=83").json()
    total, met = page["total"], page["edges"]
    while page["next"]:
        page = browse.get("/api/neighbours" + page["next"]).json()
        assert page["total"] == total
        met += page["edges"]
    facts = [edge["fact"] for edge in met]
    assert len(facts) == len(set(facts)) == total > 0
    assert sum(each["count"] for each in page["counts"]) == total
    assert [edge["distance"] for edge in met] == sorted(edge["distance"] for edge in met)


def test_a_depth_of_two_is_the_edges_of_the_neighbours(browse: httpx.Client) -> None:
    first = edges(browse, "?entity=somon-air&firmness=all&limit=1000")
    around = {json.dumps(each["other"]) for each in first}
    expected = {each["fact"] for each in first}
    for other in (json.loads(each) for each in around):
        if other["iri"]:
            found = browse.get(
                "/api/neighbours",
                params={"entity": other["iri"], "firmness": "all", "limit": "1000"},
            )
            expected |= {each["fact"] for each in found.json()["edges"]}
    page = browse.get("/api/neighbours" + AROUND).json()
    assert page["total"] == len(expected)
    assert {each["fact"] for each in page["edges"]} <= expected


def test_what_one_end_sees_going_out_the_other_sees_coming_in(browse: httpx.Client) -> None:
    seen = edges(browse, EVERYTHING + "&direction=out")
    others = sorted({each["other"]["iri"] for each in seen if each["other"]["iri"]})  # type: ignore[index]
    assert others
    for iri in others[:25]:
        back = browse.get(
            "/api/neighbours",
            params={"entity": iri, "direction": "in", "firmness": "all", "limit": "1000"},
        ).json()["edges"]
        mine = {each["fact"] for each in seen if each["other"]["iri"] == iri}  # type: ignore[index]
        theirs = {each["fact"] for each in back if each["other"]["iri"] == f"{BASE}id/kazakhstan"}
        assert mine == theirs


def test_types_narrow_edges_to_things_of_a_class_or_one_below(browse: httpx.Client) -> None:
    def types(iri: str) -> str:
        query = f"SELECT ?t {{ <{iri}> a ?t }}"
        return browse.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text

    states = edges(browse, EVERYTHING + "&types=State")
    assert states
    for edge in states:
        assert "ontology#State" in types(edge["other"]["iri"])  # type: ignore[index]
    wrong = browse.get("/api/neighbours" + EVERYTHING + "&types=Stat")
    assert wrong.status_code == 400
    assert "c5:State" in wrong.json()["error"]["remedy"]


def test_labels_come_in_the_language_asked_for(browse: httpx.Client) -> None:
    page = browse.get("/api/neighbours" + EVERYTHING + "&lang=ru").json()
    assert page["entity"]["label"] == "Казахстан"
    table = browse.get("/api/neighbours" + EVERYTHING + "&lang=ru&format=csv").text
    assert "Казахстан" in table


def body(browse: httpx.Client, path: str, form: str) -> bytes:
    answer = browse.get(f"{path}&format={form}")
    assert answer.status_code == 200, answer.text
    return answer.content


PLACES = [
    ("/api/neighbours" + AROUND, "edges"),
    ("/api/paths?from=kazakhstan&to=tajikistan&k=7&firmness=all", "paths"),
]


def facts_of(browse: httpx.Client, path: str, kind: str) -> set[str]:
    told = browse.get(path).json()
    if kind == "edges":
        return {edge["fact"] for edge in told["edges"]}
    steps = itertools.chain.from_iterable(each["steps"] for each in told["paths"])
    return {edge["fact"] for step in steps for edge in step}


@pytest.mark.parametrize(("path", "kind"), PLACES)
def test_network_files_open_in_networkx_with_the_same_edges(
    browse: httpx.Client, path: str, kind: str
) -> None:
    facts = facts_of(browse, path, kind)
    graphml = nx.read_graphml(io.BytesIO(body(browse, path, "graphml")), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(body(browse, path, "gexf")))
    cytoscape = json.loads(body(browse, path, "cytoscape"))
    assert {f"{BASE}fact/{key.partition(':')[2]}" for *_, key in graphml.edges(keys=True)} == facts
    assert {data["fact"] for *_, data in gexf.edges(data=True)} == facts
    assert {edge["data"]["id"] for edge in cytoscape["elements"]["edges"]} == facts
    nodes = {each["data"]["id"] for each in cytoscape["elements"]["nodes"]}
    assert set(gexf.nodes) == nodes
    assert len(graphml) == len(nodes)
    assert nx.cytoscape_graph(cytoscape).number_of_edges() == len(facts)
    for graph in (graphml, gexf):
        for _, data in graph.nodes(data=True):
            assert data["label"]
        assert {data["firmness"] for *_, data in graph.edges(data=True)} > {"firm"}


def test_gexf_has_the_structure_of_its_schema(browse: httpx.Client) -> None:
    space = "{http://www.gexf.net/1.2draft}"
    root = ElementTree.fromstring(body(browse, "/api/neighbours" + AROUND, "gexf"))
    assert root.tag == space + "gexf"
    (graph,) = root
    assert set(graph.attrib) <= {"defaultedgetype", "mode", "idtype", "timeformat", "start", "end"}
    assert {child.tag for child in graph} == {space + n for n in ("attributes", "nodes", "edges")}
    declared = {
        group.get("class"): {each.get("id"): each.get("type") for each in group}
        for group in graph.findall(space + "attributes")
    }
    ids = [node.get("id") for node in graph.iter(space + "node")]
    assert len(ids) == len(set(ids))
    numbers = [edge.get("id") for edge in graph.iter(space + "edge")]
    assert len(numbers) == len(set(numbers)) > 0
    for edge in graph.iter(space + "edge"):
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        assert set(edge.attrib) <= {"id", "source", "target", "label", "weight", "type"}
    for name in ("node", "edge"):
        for item in graph.iter(space + name):
            for value in item.iter(space + "attvalue"):
                kind = declared[name][value.get("for")]
                assert kind in {"string", "boolean", "long", "integer"}
                assert kind != "boolean" or value.get("value") in {"true", "false"}


def test_graphml_has_the_structure_of_its_schema(browse: httpx.Client) -> None:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(body(browse, "/api/neighbours" + AROUND, "graphml"))
    keys = {key.get("id"): key for key in root.findall(space + "key")}
    (graph,) = root.findall(space + "graph")
    assert list(root) == [*keys.values(), graph]
    ids = [node.get("id") or "" for node in graph.findall(space + "node")]
    assert len(ids) == len(set(ids)) > 0
    token = "".join(ids)
    assert all(sign.isalnum() or sign in ".-_:" for sign in token)
    for item in (*graph.findall(space + "node"), *graph.findall(space + "edge")):
        for data in item.findall(space + "data"):
            key = keys[data.get("key")]
            assert key.get("for") == item.tag.removeprefix(space)
            assert key.get("attr.type") != "boolean" or data.text in ("true", "false")
    for edge in graph.findall(space + "edge"):
        assert {edge.get("source"), edge.get("target")} <= set(ids)


@pytest.mark.parametrize(("path", "kind"), PLACES)
@pytest.mark.parametrize(("form", "ending"), [("turtle", "ttl"), ("jsonld", "jsonld")])
def test_rdf_holds_each_fact_and_states_only_firm_ones(
    browse: httpx.Client, path: str, kind: str, form: str, ending: str
) -> None:
    quads = list(parse_text(body(browse, path, form), FORMATS[ending]))
    subjects = {str(quad.subject)[1:-1] for quad in quads if "/fact/" in str(quad.subject)}
    assert facts_of(browse, path, kind) == {each for each in subjects if "/support/" not in each}
    stated = {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}
    told = browse.get(path).json()
    seen = (
        told["edges"]
        if kind == "edges"
        else [edge for each in told["paths"] for step in each["steps"] for edge in step]
    )
    firm = {
        (edge["at"]["iri"], edge["predicate"]["iri"], edge["other"]["iri"])
        if edge["direction"] == "out"
        else (edge["other"]["iri"], edge["predicate"]["iri"], edge["at"]["iri"])
        for edge in seen
        if not edge["hedged"] and edge["at"]["iri"] and edge["other"]["iri"]
    }
    for triple in firm:
        assert tuple(f"<{each}>" for each in triple) in stated


def test_tables_hold_a_row_an_edge_and_paths_their_numbers(browse: httpx.Client) -> None:
    text = body(browse, "/api/neighbours" + AROUND, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["fact"] for row in rows} == facts_of(browse, *PLACES[0])
    text = body(browse, PLACES[1][0], "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["path"] for row in rows} == {str(n) for n in range(1, 8)}
    assert {row["fact"] for row in rows} == facts_of(browse, *PLACES[1])


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("text/turtle", "text/turtle"),
        ("application/gexf+xml", "application/gexf+xml"),
        ("text/csv;q=0.9, application/graphml+xml", "application/graphml+xml"),
    ],
)
def test_look_ups_negotiate_their_format(
    browse: httpx.Client, accept: str, media_type: str
) -> None:
    for path, _ in PLACES:
        answer = browse.get(path, headers={"accept": accept})
        assert answer.headers["content-type"].startswith(media_type)
        assert "accept" in answer.headers["vary"].lower()
    assert browse.get(PLACES[0][0], headers={"accept": "image/png"}).status_code == 406


def test_a_file_of_one_page_leads_to_the_next(browse: httpx.Client) -> None:
    answer = browse.get("/api/neighbours?entity=kazakhstan&limit=3&format=csv")
    following = answer.links["next"]["url"]
    second = browse.get("/api/neighbours" + following)
    assert second.headers["content-type"].startswith("text/csv")
    assert second.text != answer.text


@pytest.mark.parametrize(
    "query",
    [
        "from=kazakhstan",
        "from=kazakhstan&to=kazakhstan",
        "from=kazakhstan&to=china&k=0",
        "from=kazakhstan&to=china&through=walls",
        "from=kazakhstan&to=china&format=png",
        "from=kazakhstan&to=china&depth=2",
    ],
)
def test_a_wrong_parameter_of_paths_is_named(browse: httpx.Client, query: str) -> None:
    assert browse.get(f"/api/paths?{query}").status_code == 400


def test_too_deep_a_look_up_is_refused(browse: httpx.Client) -> None:
    assert browse.get("/api/neighbours?entity=kazakhstan&depth=4").status_code == 400


@pytest.mark.parametrize("path", [*(p for p, _ in PLACES), "/api/evidence?subject=somon-air"])
def test_look_ups_have_pages(browse: httpx.Client, path: str) -> None:
    page = browse.get(path + "&asOf=2025-11-10", headers=BROWSER)
    assert page.status_code == 200
    assert "what held in the world on 10 Nov 2025" in page.text


def test_hedged_edges_are_shown_when_the_lens_lets_them_in_and_marked(
    browse: httpx.Client,
) -> None:
    usual = edges(browse, "?entity=tajikistan&limit=1000")
    assert {edge["firmness"] for edge in usual} <= {"firm", "planned"}
    wide = edges(browse, "?entity=tajikistan&limit=1000&modality=all")
    assert {edge["firmness"] for edge in wide} > {"firm", "planned"}
    for edge in wide:
        assert edge["hedged"] == (edge["firmness"] != "firm")
    only = edges(browse, "?entity=tajikistan&limit=1000&modality=asserted,sought")
    assert "opinion" not in {edge["firmness"] for edge in only}
    assert "sought" in {edge["firmness"] for edge in only}


def test_a_cursor_nested_without_end_is_refused(browse: httpx.Client) -> None:
    cursor = base64.urlsafe_b64encode(b"[" * 9000).decode()
    answer = browse.get("/api/neighbours", params={"entity": "kazakhstan", "cursor": cursor})
    assert answer.status_code == 400
