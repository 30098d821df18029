"""What the reconciliation service refuses, and what hostile batches cost it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import httpx
import pytest

from c5graph.entries import Directory
from c5graph.errors import DeadlineExceeded
from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources
from c5graph.reconcile.matching import Budget, Matcher
from c5graph.reconcile.properties import Properties
from c5graph.reconcile.queries import parse_batch
from tests.service.reconciling import FORM, fetched, reconciled


@pytest.mark.parametrize(
    "queries",
    [
        "[",
        "[]",
        "7",
        '{"q0": []}',
        '{"q0": {}}',
        '{"q0": {"limit": 1}}',
        '{"q0": {"query": 7}}',
        '{"q0": {"properties": []}}',
        '{"q0": {"query": "x", "props": []}}',
        '{"q0": {"query": "x", "limit": 0}}',
        '{"q0": {"query": "x", "limit": true}}',
        '{"q0": {"query": "x", "limit": NaN}}',
        '{"q0": {"query": "x", "type": 5}}',
        '{"q0": {"query": "x", "type_strict": "perhaps"}}',
        '{"q0": {"query": "x", "properties": [{"pid": "isoAlpha2"}]}}',
        '{"q0": {"query": "x", "properties": [{"v": "KZ"}]}}',
        '{"q0": {"query": "x", "properties": [{"pid": "p", "v": [[]]}]}}',
        '{"q0": {"query": "x", "properties": [{"pid": "p", "v": {"name": "no id"}}]}}',
        "[" * 100_000,
    ],
)
def test_a_wrong_batch_is_a_400_that_says_why(browse: httpx.Client, queries: str) -> None:
    response = browse.post("/reconcile", data={"queries": queries})
    assert response.status_code == 400
    assert response.json()["error"]["message"]


def test_an_empty_cell_is_no_fault_of_its_batch(browse: httpx.Client) -> None:
    found = reconciled(browse, blank={"query": ""}, space={"query": " "}, q={"query": "Astana"})
    assert found["blank"] == found["space"] == []
    assert found["q"][0]["id"] == "astana"


@pytest.mark.parametrize("extend", ["{", "{}", '{"ids": ["x"]}', '{"ids": [1], "properties": []}'])
def test_a_wrong_extension_is_a_400(browse: httpx.Client, extend: str) -> None:
    assert browse.post("/reconcile", data={"extend": extend}).status_code == 400


def test_batches_are_bounded(browse: httpx.Client) -> None:
    size = browse.get("/reconcile").json()["batchSize"]
    full = {f"q{at}": {"query": "Kazakhstan"} for at in range(size)}
    assert len(reconciled(browse, **full)) == size
    more = json.dumps({**full, "one more": {"query": "Kazakhstan"}})
    assert browse.post("/reconcile", data={"queries": more}).status_code == 413
    extend = json.dumps({"ids": ["x"] * 5_000, "properties": []})
    assert browse.post("/reconcile", data={"extend": extend}).status_code == 413


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        ({"method": "POST", "url": "/reconcile"}, 415),
        ({"method": "POST", "url": "/reconcile", "headers": FORM, "content": b"a=b"}, 400),
        ({"method": "POST", "url": "/reconcile", "headers": FORM, "content": b"queries=%ff"}, 400),
        ({"method": "POST", "url": "/reconcile", "json": {}}, 415),
        ({"method": "GET", "url": "/reconcile?queries={}&extend={}"}, 400),
        ({"method": "PUT", "url": "/reconcile"}, 405),
        ({"method": "GET", "url": "/reconcile/suggest/everything?prefix=x"}, 404),
        ({"method": "GET", "url": "/reconcile/suggest/entity?prefix=x&cursor=-1"}, 400),
        ({"method": "GET", "url": "/reconcile/flyout/entity?id=nothing"}, 404),
        ({"method": "GET", "url": "/reconcile/flyout/entity"}, 404),
        ({"method": "GET", "url": "/reconcile/preview?id=nothing"}, 404),
    ],
)
def test_what_cannot_be_answered_has_its_status(
    browse: httpx.Client, request_of: dict[str, Any], status: int
) -> None:
    response = browse.request(**request_of)
    assert response.status_code == status
    assert response.json()["error"]["code"]


def test_files_of_a_user_are_reconciled_by_their_own_iris(ask: httpx.Client) -> None:
    found = reconciled(ask, q={"query": "Анна", "type": "http://example.org/Person"})["q"]
    assert [(each["id"], each["match"]) for each in found] == [("http://example.org/anna", True)]
    rows = fetched(ask, ["http://example.org/anna"], "http://example.org/knows")
    known = rows["http://example.org/anna"]["http://example.org/knows"]
    assert {"id": "http://example.org/boris", "name": "Boris <b>&"} in known
    aged = fetched(ask, ["http://example.org/boris"], "http://example.org/age")
    assert aged["http://example.org/boris"]["http://example.org/age"] == [{"int": 41}]


HOSTILE = {
    "query": "kazakhstan",
    "properties": [
        {"pid": "memberOf", "v": [f"agreement of {row} with {place}" for row in range(20)]}
        for place in range(20)
    ],
}


def test_a_batch_whose_time_has_run_out_is_ended(plain_files: list[Path]) -> None:
    release = build_release(Sources.files(plain_files))
    directory = Directory(release)
    matcher = Matcher(directory, Properties(directory, release.view))
    query = parse_batch(json.dumps({"q": HOSTILE}), 1)
    assert matcher.answers(query, "en", Budget.of(60))["q"]
    with pytest.raises(DeadlineExceeded, match="batch"):
        matcher.answers(query, "en", Budget.of(-1))


@pytest.mark.slow
def test_a_batch_that_takes_long_holds_nobody_up(browse: httpx.Client) -> None:
    batch = json.dumps({f"q{n}": HOSTILE for n in range(50)})
    with ThreadPoolExecutor() as pool:
        running = pool.submit(browse.post, "/reconcile", data={"queries": batch})
        waits = []
        while not running.done():
            began = perf_counter()
            assert browse.get("/health").status_code == 200
            waits.append(perf_counter() - began)
        assert running.result().status_code in (200, 503)
    assert median(waits) < 0.2


def test_half_a_surrogate_pair_is_a_name_like_any_other(browse: httpx.Client) -> None:
    sent = {"queries": '{"\\ud800": {"query": "kazakhstan \\ud800", "limit": 1}}'}
    answer = browse.post("/reconcile", data=sent)
    assert answer.status_code == 200
    assert list(answer.json()) == ["\ud800"]
    wrong = browse.post("/reconcile", data={"queries": '{"\\ud800": 1}'})
    assert wrong.status_code == 400
