"""The tools for language models, asked by the SDK's own client over both transports."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.namespaces import ID, LENS
from c5graph.store.contents import Contents
from c5graph.store.prepared import prepare
from c5graph.tools.arguments import LensConditions
from tests.service.calling import (
    FIRMNESSES,
    TOOLS,
    Answer,
    ToolFailed,
    asked,
    every,
    insist_on_citations,
    told,
)
from tests.service.conftest import Server, environment

OTHER_NAMES: dict[str, dict[str, str]] = {
    # A tool asks by name, so that it has no list of a class to page through; its types tell kinds.
    "search": {"q": "name", "type": "types", "kind": "types", "page": "limit"},
    "neighbours": {"cursor": "limit"},  # a share of every depth and direction is no page
    "paths": {"from": "start", "to": "end"},
    "evidence": {},
    "ledger": {},
    "disputes": {"foundBy": "found_by", "id": "dispute"},
    "changes": {"from": "since", "to": "until"},
}
"""What a tool calls a parameter of its route, where it does not call it the same."""


def test_the_tools_are_offered_as_read_only_with_types(graph: Server) -> None:
    async def listed() -> list[Any]:
        async with Client(f"{graph.url}/mcp") as client:
            return list((await client.list_tools()).tools)

    tools = asyncio.run(listed())
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.input_schema["type"] == "object"


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_tool_can_be_asked_whatever_its_route_can(graph: Server, name: str) -> None:
    async def schema() -> dict[str, Any]:
        async with Client(f"{graph.url}/mcp") as client:
            (found,) = [each for each in (await client.list_tools()).tools if each.name == name]
            return found.input_schema

    with graph.client() as client:
        described = client.get("/openapi.json").json()["paths"][f"/api/{name}"]["get"]
    lens = set(LensConditions.__annotations__)
    given = {each["name"] for each in described["parameters"]} - lens - {"format"}
    others = {"lang": "language", **OTHER_NAMES[name]}
    assert {others.get(each, each) for each in given} <= set(asyncio.run(schema())["properties"])


def test_a_parameter_that_python_reserves_is_heard(graph: Server) -> None:
    some = asked(graph, "ledger", state=["tajikistan"], limit=200, **{"class": ["stalled"]})
    every_one = asked(graph, "ledger", state=["tajikistan"], limit=200)
    assert len(some["rows"]) < len(every_one["rows"])
    with pytest.raises(ToolFailed, match="class"):
        asked(graph, "ledger", **{"class": ["firm"]})


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search", {"name": "Сомон Эйр"}),
        ("entity", {"entity": "somon-air-boeing-2025"}),
        ("neighbours", {"entity": "somon-air", "depth": 2}),
        ("paths", {"start": "kazakhstan", "end": "boeing"}),
        ("evidence", {"subject": "somon-air-boeing-2025", "predicate": "hasValue"}),
        ("ledger", {"state": ["tajikistan"], "limit": 3}),
        ("disputes", {"about": ["somon-air-boeing-2025"]}),
        ("changes", {"since": "2025-11-01", "until": "2025-11-10", "change": ["gained", "report"]}),
        ("sparql", {"query": "SELECT ?claim { ?claim a c5:Claim } ORDER BY ?claim LIMIT 4"}),
        ("sparql", {"query": "SELECT ?deal ?who { ?deal c5:hasBuyer ?who } LIMIT 5"}),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_every_row_cites_claims_and_reports(
    graph: Server, name: str, arguments: dict[str, Any]
) -> None:
    insist_on_citations(asked(graph, name, **arguments))


def test_a_search_finds_nothing_that_the_lens_hides(graph: Server, shipped: Release) -> None:
    early = shipped.view_under(Lens(known_at=date(2025, 11, 7)))
    hidden = [iri for iri in shipped.index if iri.startswith(ID) and early.teller.hides(iri)]
    name = shipped.labels.of(min(hidden))

    def found(**lens: str) -> set[str]:
        answer = asked(graph, "search", name=name, **({"lens": lens} if lens else {}))
        return {row["iri"] for row in answer["rows"]}

    assert min(hidden) in found()
    assert not found(knownAt="2025-11-07") & set(hidden)


def test_positions_of_a_dispute_cite_each_for_itself(graph: Server) -> None:
    answer = asked(graph, "disputes", about=["wabtec-kazakhstan-2025"])
    for row in answer["rows"]:
        assert len(row["positions"]) > 1
        cited = [set(each["claims"]) for each in row["positions"]]
        assert all(cited)
        assert set.union(*cited) <= set(row["claims"])


@pytest.mark.parametrize("entity", ["kazakhstan", "somon-air-boeing-2025"])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_incoming_and_outgoing_edges_are_seen_at_every_depth(
    graph: Server, entity: str, depth: int
) -> None:
    answer = asked(graph, "neighbours", entity=entity, depth=depth, limit=30)
    seen = {(row["distance"], row["direction"]) for row in answer["rows"]}
    assert seen == {(each, way) for each in range(1, depth + 1) for way in ("in", "out")}
    assert len(answer["rows"]) == sum(each["rows"] for each in answer["shown"]) == 30
    assert answer["truncated"]


def test_an_incoming_edge_keeps_its_subject_and_object(graph: Server) -> None:
    answer = asked(graph, "neighbours", entity="somon-air", predicates=["hasBuyer"])
    assert {row["direction"] for row in answer["rows"]} == {"in"}
    assert {row["object"]["iri"] for row in answer["rows"]} == {ID + "somon-air"}


def test_a_path_is_as_firm_as_its_weakest_step(graph: Server) -> None:
    answer = asked(graph, "paths", start="tajikistan", end="boeing", k=10, firmness=FIRMNESSES)
    for row in answer["rows"]:
        steps = [min(FIRMNESSES.index(each["firmness"]) for each in step) for step in row["steps"]]
        assert FIRMNESSES.index(row["firmness"]) == max(steps)


def test_no_claim_found_is_an_answer_and_no_error(graph: Server) -> None:
    query = "SELECT ?x { ?x c5:hasBuyer id:turkmenistan }"
    for name, arguments in (
        ("sparql", {"query": query}),
        ("evidence", {"subject": "somon-air", "predicate": "hasBuyer", "object": "kazakhstan"}),
        ("ledger", {"state": ["tajikistan"], "partner": ["turkmenistan"], "sector": ["aviation"]}),
    ):
        answer = asked(graph, name, **arguments)
        assert answer["rows"] == []
        assert answer["note"].startswith("No claim found.")


def test_rows_that_rest_on_no_claim_say_so(graph: Server) -> None:
    answer = asked(graph, "sparql", query="SELECT (COUNT(*) AS ?n) { ?x a c5:Company }")
    assert answer["rows"][0]["claims"] == []
    assert answer["rows"][0]["firmness"] is None
    assert "rest on no claim" in answer["note"]


def test_the_lens_of_a_call_is_on_its_rows_and_hides_what_it_hides(graph: Server) -> None:
    lens = {"knownAt": "2025-11-07"}
    answer = asked(graph, "entity", entity="somon-air-boeing-2025", limit=200, lens=lens)
    wide = asked(graph, "entity", entity="somon-air-boeing-2025", limit=200)
    (used,) = {row["lens"] for row in answer["rows"]}
    assert used == answer["lens"]["iri"] != LENS + "default"
    insist_on_citations(answer, used)
    claims = [{iri for row in each["rows"] for iri in row["claims"]} for each in (answer, wide)]
    assert claims[0] < claims[1]


def test_saved_questions_are_listed_and_answered(graph: Server) -> None:
    listed = asked(graph, "saved_questions")["questions"]
    assert len(listed) > 20
    for each in listed[:3]:
        answer = asked(graph, "saved_question", name=each["name"], limit=3)
        assert len(answer["rows"]) <= 3


def test_a_saved_question_takes_a_name_an_alias_or_a_slug(graph: Server) -> None:
    slug, *names = (
        asked(graph, "saved_question", name="what-does-a-voice-say", values={"voice": voice})
        for voice in ("us-department-of-state", "U.S. State Department", "state department")
    )
    assert slug["rows"]
    for named in names:
        assert named["rows"] == slug["rows"]


@pytest.mark.parametrize(
    ("voice", "said"),
    [("Boing", "boeing"), ("Fight against terrorism", "Several entities .* which one: id:asia-")],
)
def test_a_saved_question_says_what_an_unclear_name_could_mean(
    graph: Server, voice: str, said: str
) -> None:
    with pytest.raises(ToolFailed, match=said):
        asked(graph, "saved_question", name="what-does-a-voice-say", values={"voice": voice})


OFFER = """
import asyncio
from c5graph.cli.mcp import offer
from c5graph.graph.sources import Sources
from c5graph.settings import Settings
asyncio.run(offer(Settings(), Sources.shipped()))
"""


def over_pipes(*arguments: str) -> Any:
    """A process of Python that answers over standard input and output."""
    return stdio_client(
        StdioServerParameters(
            command=sys.executable, args=["-W", "error", *arguments], env=environment()
        )
    )


@pytest.mark.slow
def test_standard_input_and_output_give_the_same_answers(graph: Server) -> None:
    calls: list[tuple[str, Answer]] = [
        ("neighbours", {"entity": "somon-air", "depth": 2}),
        ("sparql", {"query": "SELECT ?c { ?c a c5:Claim } ORDER BY ?c LIMIT 2"}),
    ]
    for (name, arguments), found in zip(
        calls, asyncio.run(every(over_pipes("-c", OFFER), calls)), strict=True
    ):
        assert told(found) == asked(graph, name, **arguments)


@pytest.mark.parametrize("prepared", [False, True])
def test_the_command_offers_a_users_own_files(
    plain_files: list[Path], tmp_path: Path, *, prepared: bool
) -> None:
    """As they are or from a prepared store; they hold no claims, so that no row can cite any."""
    chosen = ("--data", str(plain_files[-1]))
    if prepared:
        contents = Contents.of_files([plain_files[-1]])
        prepare(contents, "7" * 64, tmp_path / "store")
        chosen = ("--store", str(tmp_path / "store"))
    query = "PREFIX ex: <http://example.org/> SELECT ?who { ex:anna ex:knows ?who } ORDER BY ?who"
    wrong = query.replace("knows", "nows")
    server = over_pipes("-m", "c5graph", "mcp", *chosen)
    found = asyncio.run(every(server, [("sparql", {"query": each}) for each in (query, wrong)]))
    rows = told(found[0])["rows"]
    assert [row["values"]["who"] for row in rows] == [
        "http://example.org/boris",
        "http://example.org/clara",
    ]
    assert {tuple(row["claims"]) for row in rows} == {()}
    with pytest.raises(ToolFailed, match=r"Did you mean .*knows"):
        told(found[1])
