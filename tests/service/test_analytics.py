"""Analytics over the wire: answers that name their network, formats, and what takes too long."""

import csv
import io
import json
from typing import Any

import httpx
import networkx as nx
import pytest

from c5graph.analytics.measures import MEASURES

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


PATH = "/api/analytics"


NEEDED = {
    "routes": {"from": "kazakhstan", "to": "boeing"},
    "change": {"against": "knownAt=2025-11-07"},
}


def asked(browse: httpx.Client, name: str, **given: str) -> dict[str, Any]:
    answer = browse.get(f"{PATH}/{name}", params={**NEEDED.get(name, {}), **given})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("name", MEASURES)
def test_an_answer_names_projection_lens_version_direction_and_weight(
    browse: httpx.Client, name: str
) -> None:
    found = asked(browse, name)
    assert found["version"].startswith("0.")
    assert found["lens"]["iri"].endswith("/lens/default")
    assert found["network"]["name"] == "deals"
    assert found["network"]["direction"] == "undirected"
    assert found["network"]["weight"]["meaning"]
    assert found["network"]["edges"] > 10
    assert found["rows"]
    assert found["total"] == len(found["rows"])
    assert set(found["rows"][0]) == {column.name for column in MEASURES[name].columns}


@pytest.mark.parametrize("name", MEASURES)
def test_an_answer_is_a_table_and_a_page_as_well(browse: httpx.Client, name: str) -> None:
    given = NEEDED.get(name, {})
    table = browse.get(f"{PATH}/{name}", params={**given, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert len(rows) == asked(browse, name)["total"]
    page = browse.get(f"{PATH}/{name}", params=given, headers=BROWSER)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert MEASURES[name].title in page.text


def test_a_lens_decides_what_is_measured(browse: httpx.Client) -> None:
    usual = asked(browse, "degree")
    early = asked(browse, "degree", knownAt="2025-11-07")
    assert early["network"]["edges"] < usual["network"]["edges"]
    assert early["lens"]["knownAt"] == "2025-11-07"
    hedged = asked(browse, "degree", firmness="all")
    assert hedged["network"]["edges"] > usual["network"]["edges"]


def test_change_tells_what_came_between_two_lenses(browse: httpx.Client) -> None:
    found = asked(browse, "change")
    before = asked(browse, "degree", knownAt="2025-11-07")["network"]["edges"]
    after = asked(browse, "degree")["network"]["edges"]
    assert found["summary"]["edges_before"] == before
    assert found["summary"]["edges_after"] == after
    assert found["summary"]["new"] - found["summary"]["gone"] == after - before
    assert all(row["facts"] for row in found["rows"])


def test_a_cut_answer_says_so(browse: httpx.Client) -> None:
    answer = browse.get(f"{PATH}/degree", params={"limit": "2"})
    assert answer.headers["c5graph-truncated"] == "true"
    found = answer.json()
    assert len(found["rows"]) == 2 < found["total"]
    assert found["truncated"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("degree?projection=nothing", "There are"),
        ("degree?colour=red", "colour"),
        ("pagerank?damping=2", "from 0.01 to 0.99"),
        ("pagerank?damping=nan", "from 0.01 to 0.99"),
        ("communities?seeds=1e9", "from 1 to 50"),
        ("routes?from=kazakhstan", "'to' is missing"),
        ("routes?from=kazakhstan&to=antimony", "has no 'antimony'"),
        ("routes?from=kazakhstan&to=nobody", "nobody"),
        ("brokers?sources=Company@nowhere", "nowhere"),
        ("brokers?along=perhaps", "yes or no"),
        ("similarity?side=left", "both, in, out"),
        ("change?against=yesterday", "no lens"),
        ("change?against=knownAt%3Dyesterday", "no day"),
        ("network?projection=nothing", "There are"),
    ],
)
def test_what_cannot_be_asked_is_told(browse: httpx.Client, path: str, told: str) -> None:
    answer = browse.get(f"{PATH}/{path}")
    assert answer.status_code in (400, 404), answer.text
    error = answer.json()["error"]
    assert told in error["message"] + " " + error["remedy"]


def test_a_network_opens_every_edge_to_its_claims(browse: httpx.Client) -> None:
    found = browse.get(f"{PATH}/network", params={"projection": "dependence"}).json()
    assert found["total"] == len(found["edges"]) > 5
    for edge in found["edges"]:
        assert edge["facts"]
        assert all(claim["gloss"] for claim in edge["claims"])


def test_a_network_is_a_file_for_other_programs(browse: httpx.Client) -> None:
    def given(form: str) -> bytes:
        params = {"projection": "dependence", "format": form}
        return browse.get(f"{PATH}/network", params=params).content

    count = len(json.loads(given("json"))["edges"])
    graphs = (
        nx.parse_graphml(given("graphml").decode()),
        nx.cytoscape_graph(json.loads(given("cytoscape"))),
        nx.read_gexf(io.BytesIO(given("gexf")), version="1.2draft"),
    )
    for graph in graphs:
        assert graph.is_directed()
        assert len(graph.edges) == count
        assert all(float(data["weight"]) >= 1 for _, _, data in graph.edges(data=True))
    assert graphs[0].graph["projection"] == graphs[1].graph["projection"] == "dependence"
    rows = list(csv.DictReader(io.StringIO(given("csv").decode())))
    assert len(rows) == count


def test_every_projection_and_measure_is_documented_from_the_code(browse: httpx.Client) -> None:
    found = browse.get(PATH).json()
    assert [each["name"] for each in found["measures"]] == list(MEASURES)
    page = browse.get(PATH, headers=BROWSER).text
    for each in found["measures"]:
        assert f'id="{each["name"]}"' in page
        assert each["formula"]
        assert each["source"]
    for each in found["projections"]:
        assert f'id="projection-{each["name"]}"' in page
        network = browse.get(f"{PATH}/network", params={"projection": each["name"]})
        assert network.status_code == 200
    described = browse.get("/openapi.json").json()["paths"]
    assert {f"{PATH}/{name}" for name in MEASURES} < set(described)


def test_one_thing_alone_is_compared_with_those_of_its_class(browse: httpx.Client) -> None:
    rows = browse.get(f"{PATH}/similarity", params={"of": "kyrgyzstan"}).json()["rows"]
    assert {row["node"]["label"] for row in rows} == {"Kyrgyzstan"}
    others = [row["other"]["label"] for row in rows]
    assert {"Uzbekistan", "Kazakhstan", "Russia"} <= set(others)
    assert "Kyrgyzstan" not in others
    assert "Boeing" not in others
    assert len(set(others)) == len(others)
    given = {"of": "kyrgyzstan", "to": "State@central-asian-states"}
    some = browse.get(f"{PATH}/similarity", params=given).json()["rows"]
    assert len(some) == 4
