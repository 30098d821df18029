"""What operators rely on: figures, request names, logs, the rate limit, a settings file."""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import re
import sys
from dataclasses import fields
from html import unescape
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from c5graph.errors import BadParameter, MissingInput
from c5graph.logs import JsonLine, TextLine
from c5graph.observe import route_of
from c5graph.rate import RateLimit, TooManyRequests
from c5graph.settings import Settings
from tests.service.conftest import Server, running, serve

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def figures(ask: httpx.Client) -> Figures:
    answer = ask.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_and_errors_are_counted(ask: httpx.Client) -> None:
    ok = (("method", "GET"), ("route", "/sparql"), ("status", "200"))
    before = figures(ask)
    ask.get("/sparql", params={"query": "ASK { ?counted ?p ?o }"})
    ask.get("/sparql", params={"query": "ASK {"})
    after = figures(ask)

    def grown(name: str, labels: tuple[tuple[str, str], ...]) -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert grown("c5graph_requests_total", ok) == 1
    assert grown("c5graph_errors_total", (("code", "query_syntax"),)) == 1
    assert grown("c5graph_request_seconds_count", (("route", "/sparql"),)) == 2
    assert after["c5graph_workers", ()] == 2
    version = ask.get("/ready").json()["version"]
    assert after["c5graph_data_info", (("version", version),)] == 1


def test_paths_of_clients_making_add_no_figures(ask: httpx.Client) -> None:
    for number in range(30):
        ask.get(f"/nothing-{number}")
        ask.get(f"/api/x{number}")
    routes = {dict(labels).get("route") for _, labels in figures(ask)}
    assert len(routes) < 15
    assert "other" in routes


def test_a_target_that_is_no_path_is_answered_and_counted(plain: Server) -> None:
    host = plain.url.removeprefix("http://")
    for target, expected in ((f"{plain.url}/health", 200), ("*", 204)):
        with contextlib.closing(http.client.HTTPConnection(host, timeout=10)) as connection:
            connection.request("OPTIONS" if target == "*" else "GET", target)
            assert connection.getresponse().status == expected
    with plain.client() as client:
        assert figures(client)["c5graph_requests_running", ()] == 1


@given(st.text(max_size=30))
def test_every_path_has_one_of_few_routes(path: str) -> None:
    assert len(route_of("/" + path)) < 20


def test_a_request_keeps_its_name_or_gets_one(ask: httpx.Client) -> None:
    named = ask.get("/health", headers={"x-request-id": "from-a-proxy.1"})
    assert named.headers["x-request-id"] == "from-a-proxy.1"
    names = {ask.get("/health").headers["x-request-id"] for _ in range(3)}
    assert len(names) == 3
    bad = ask.get("/health", headers={"x-request-id": "a b;c" + "d" * 99})
    assert len(bad.headers["x-request-id"]) == 16
    missing = ask.get("/nothing", headers={"x-request-id": "abc"})
    assert missing.headers["x-request-id"] == "abc"


def test_requests_are_logged_as_json_that_a_client_cannot_break(plain_files: list[Path]) -> None:
    command = serve("--data", str(plain_files[0]))
    with running(command, log_requests="true", log_format="json") as server:
        httpx.get(server.url + '/a%0A{"level":"fake"}%1b[31m', headers={"x-request-id": "abc"})
        lines = [json.loads(line) for line in server.last_words() if line.startswith("{")]
    logged = [line for line in lines if line.get("request") == "abc"]
    assert [line["status"] for line in logged] == [404]
    assert logged[0]["error"] == "not_found"
    assert logged[0]["client"] == "127.0.0.1"
    assert "fake" in logged[0]["message"]


def record(message: str) -> logging.LogRecord:
    try:
        raise ValueError(message)
    except ValueError:
        return logging.LogRecord("c5graph", 40, "x", 1, "%s", (message,), sys.exc_info())


@given(st.text(max_size=200))
def test_whatever_is_logged_a_record_stays_one(message: str) -> None:
    line = JsonLine().format(record(message))
    assert "\n" not in line
    assert line.isascii()
    assert json.loads(line)["message"] == message
    first, *trace = TextLine().format(record(message)).split("\n")
    assert all(sign.isprintable() or sign >= "\xa0" for sign in first)
    assert all(each.startswith("    ") for each in trace)


def test_a_client_past_its_rate_is_told_when_to_come_back(plain_files: list[Path]) -> None:
    with running(serve("--data", str(plain_files[0])), rate_limit=5) as server:
        answers = [httpx.get(server.url + "/docs") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 12
        assert answers[-1].json()["error"]["code"] == "too_many_requests"
        assert answers[-1].headers["access-control-allow-origin"] == "*"
        assert httpx.get(server.url + "/health").status_code == 200


def test_no_rate_is_kept_unless_it_is_set(plain: Server) -> None:
    with plain.client() as ask:
        assert {ask.get("/health").status_code for _ in range(100)} == {200}
    limit = RateLimit(0)
    for _ in range(1000):
        limit.admit("a")


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 20))
def test_a_client_gets_no_more_than_its_rate_and_what_it_saved(
    pauses: list[float], rate: int
) -> None:
    now, admitted = 0.0, 0
    limit = RateLimit(rate, lambda: now)
    for number, pause in enumerate(pauses):
        now += pause
        try:
            limit.admit("client")
            admitted += 1
        except TooManyRequests:
            pass
        limit.admit(f"other {number}")  # others do not take from it
    assert admitted <= rate + now * rate / 60 + 1e-6


def test_addresses_of_one_network_of_ipv6_are_one_client() -> None:
    limit = RateLimit(1, lambda: 0.0)
    limit.admit("2001:db8::1")
    with pytest.raises(TooManyRequests):
        limit.admit("2001:db8::2")
    limit.admit("2001:db8:0:1::1")
    limit.admit("192.0.2.1")
    limit.admit("192.0.2.2")


def config(folder: Path, text: str) -> dict[str, str]:
    path = folder / "c5graph.toml"
    path.write_text(text)
    return {"C5GRAPH_CONFIG": str(path)}


def test_settings_are_read_from_a_file_and_the_environment_goes_before(tmp_path: Path) -> None:
    text = 'port = 9000\ndeadline = 3\nlog_requests = true\nhost = "::1"\n'
    given = Settings.from_environment({**config(tmp_path, text), "C5GRAPH_PORT": "9001"})
    assert (given.port, given.deadline, given.log_requests, given.host) == (9001, 3.0, True, "::1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1", "port"),
        ('port = "many"', "int"),
        ("port = true", "int"),
        ("port", "TOML"),
    ],
)
def test_a_file_with_a_fault_names_it(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match=r"c5graph\.toml") as caught:
        Settings.from_environment(config(tmp_path, text))
    assert said in str(caught.value) + caught.value.remedy


def test_a_file_of_settings_that_is_missing_is_named() -> None:
    with pytest.raises(MissingInput, match=r"nowhere\.toml"):
        Settings.from_environment({"C5GRAPH_CONFIG": "nowhere.toml"})


def test_the_documentation_has_every_setting_with_its_default(ask: httpx.Client) -> None:
    page = ask.get("/docs", headers={"accept": "text/html"}).text
    rows = re.findall(r"<tr><td><code>(\w+)</code></td><td>(.*?)</td><td>(.*?)</td></tr>", page)
    table = {name: (re.sub("<.*?>", "", default), unescape(told)) for name, default, told in rows}
    assert set(table) == {item.name for item in fields(Settings)}
    for item in fields(Settings):
        default = str(item.default).lower() if type(item.default) is bool else str(item.default)
        assert table[item.name] == (default or "empty", item.metadata["doc"])
