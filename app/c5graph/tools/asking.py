"""Asks the routes of the service, so that a tool has its limits, lenses and errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx

from c5graph.client import failure

Given = Mapping[str, Any]
RESULTS: Final = "application/sparql-results+json"
_CUT: Final = "c5graph-truncated"


class Asker:
    """Asks an application of this process as a client would."""

    def __init__(self, app: Any) -> None:
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://localhost"
        )

    async def json(self, path: str, given: Given, accept: str = "application/json") -> Any:
        """The answer at a path. Raises what the service says."""
        answer = await self._client.get(
            path, params=flat(given), headers={"accept": accept, "accept-encoding": "identity"}
        )
        return _body(answer)

    async def rows(self, query: str, given: Given) -> Any:
        """The results of a SELECT or ASK query. Raises what the service says."""
        answer = await self._client.post(
            "/sparql",
            data={"query": query, **flat(given)},
            headers={"accept": RESULTS, "accept-encoding": "identity"},
        )
        return _body(answer)


def flat(given: Given) -> dict[str, str]:
    """Arguments as URL parameters: what is not given is left out, lists have commas."""
    return {name: _text(value) for name, value in given.items() if value not in (None, [], ())}


def as_parameters(given: Given) -> dict[str, list[str]]:
    """The same as the readers of parameters take them."""
    return {name: [value] for name, value in flat(given).items()}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _joined(value)


def _joined(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, Sequence) else str(value)


def _body(answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise failure(answer)
    found = answer.json()
    if isinstance(found, dict) and _CUT in answer.headers:
        found["truncated"] = True
    return found
