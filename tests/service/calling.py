"""Calls of tools by the SDK's client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from mcp import Client

from c5graph.namespaces import CLAIM, LENS, REPORT
from tests.service.conftest import Server

TOOLS = {
    "search", "entity", "neighbours", "paths", "evidence", "ledger", "disputes", "changes",
    "saved_questions", "saved_question", "sparql",
}  # fmt: skip


FIRMNESSES = ["firm", "planned", "sought", "possible", "forecast", "opinion"]


Answer = dict[str, Any]


class ToolFailed(Exception):
    """What a tool says went wrong."""


def told(found: Any) -> Answer:
    """The answer, which a client gets as text and in its parts."""
    if found.is_error:
        raise ToolFailed(found.content[0].text)
    assert found.structured_content == json.loads(found.content[0].text)
    return dict(found.structured_content)


async def every(server: Any, calls: Sequence[tuple[str, Answer]]) -> list[Any]:
    async with Client(server) as client:
        return list(await asyncio.gather(*(client.call_tool(*each) for each in calls)))


def asked(server: Server, name: str, /, **arguments: Any) -> Answer:
    (found,) = asyncio.run(every(f"{server.url}/mcp", [(name, arguments)]))
    return told(found)


def insist_on_citations(answer: Answer, lens: str = LENS + "default") -> None:
    """Every row names claims and reports, how firm it is, and the lens."""
    assert answer["rows"]
    for row in answer["rows"]:
        assert row["claims"], row
        assert row["reports"], row
        assert all(iri.startswith(CLAIM) for iri in row["claims"])
        assert all(iri.startswith(REPORT) for iri in row["reports"])
        assert row["firmness"] in FIRMNESSES
        assert row["lens"] == lens
    assert answer["note"] is None
