"""Batches for the reconciliation service."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.search.wire import complaints

FORM = {"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}


def reconciled(client: httpx.Client, **queries: dict[str, Any]) -> dict[str, Any]:
    """What OpenRefine posts while it reconciles a column."""
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    answers: dict[str, Any] = response.json()
    assert complaints("reconciliation-result-batch", answers) == []
    assert set(answers) == set(queries)
    return {key: answer["result"] for key, answer in answers.items()}


def fetched(client: httpx.Client, ids: list[str], *properties: Any) -> dict[str, Any]:
    asked = [each if isinstance(each, dict) else {"id": each} for each in properties]
    extend = json.dumps({"ids": ids, "properties": asked})
    response = client.post("/reconcile", data={"extend": extend})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert complaints("data-extension-response", answer) == []
    return dict(answer["rows"])
