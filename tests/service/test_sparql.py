"""`/sparql` over the wire: the protocol and its limits."""

import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from xml.etree import ElementTree

import httpx
import pytest

from c5graph.protocol import QUERY, UPDATE
from c5graph.store.rdf import FORMATS, parse_text
from tests.service.conftest import Server

EX = "http://example.org/"
PEOPLE = f"SELECT ?p ?l {{ ?p a <{EX}Person> OPTIONAL {{ ?p <{EX}age> ?l }} }} ORDER BY ?p"
GRAPH = f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ ?a ?b ?c FILTER(?b = <{EX}knows>) }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) < STR(?i)) }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def get(client: httpx.Client, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


def detail(response: httpx.Response) -> dict[str, object]:
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) <= {"code", "message", "remedy", "line", "column"}
    return dict(body["error"])


def test_a_table_is_the_same_in_every_format(ask: httpx.Client) -> None:
    expected = [EX + "anna", EX + "boris", EX + "clara"]
    as_json = get(ask, PEOPLE, "application/sparql-results+json").json()["results"]["bindings"]
    as_xml = ElementTree.fromstring(get(ask, PEOPLE, "application/sparql-results+xml").content)
    as_csv = list(csv.reader(io.StringIO(get(ask, PEOPLE, "text/csv").text)))
    as_tsv = get(ask, PEOPLE, "text/tab-separated-values").text.splitlines()
    assert [row["p"]["value"] for row in as_json] == expected
    assert [uri.text for uri in as_xml.iterfind(".//{*}uri")] == expected
    assert [row[0] for row in as_csv] == ["p", *expected]
    assert [line.split("\t")[0] for line in as_tsv] == ["?p", *(f"<{iri}>" for iri in expected)]


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/turtle", "ttl"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/ld+json", "jsonld"),
        ("application/n-quads", "nq"),
        ("application/trig", "trig"),
    ],
)
def test_a_graph_is_the_same_in_every_format(ask: httpx.Client, accept: str, ending: str) -> None:
    response = get(ask, GRAPH, accept)
    assert response.headers["content-type"].startswith(accept)
    read = {str(quad.triple) for quad in parse_text(response.content, FORMATS[ending])}
    assert len(read) == 3


@pytest.mark.parametrize(
    ("word", "accept"),
    [("ttl", "text/turtle"), ("nt", "application/n-triples"), ("rdf", "application/rdf+xml")],
)
def test_a_format_may_be_named_by_its_ending(ask: httpx.Client, word: str, accept: str) -> None:
    named = get(ask, GRAPH, format=word)
    assert named.headers["content-type"].startswith(accept)
    assert named.content == get(ask, GRAPH, accept).content


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_a_yes_is_a_yes(ask: httpx.Client, accept: str) -> None:
    assert b"true" in get(ask, f"ASK {{ <{EX}anna> ?p ?o }}", accept).content


def test_the_three_ways_to_ask_give_one_answer(ask: httpx.Client) -> None:
    by_form = ask.post("/sparql", data={"query": PEOPLE})
    by_body = ask.post(
        "/sparql", content=PEOPLE, headers={"content-type": "application/sparql-query"}
    )
    assert by_form.json() == by_body.json() == get(ask, PEOPLE).json()


def test_named_graphs_are_reached_by_graph_and_by_parameter(ask: httpx.Client) -> None:
    inside = get(ask, f"SELECT ?s {{ GRAPH <{EX}g> {{ ?s ?p ?o }} }}", "text/csv").text
    as_default = get(ask, "SELECT ?s { ?s ?p ?o }", "text/csv", **{"default-graph-uri": EX + "g"})
    by_from = get(ask, f"SELECT ?s FROM <{EX}g> {{ ?s ?p ?o }}", "text/csv").text
    assert inside == as_default.text == by_from == f"s\r\n{EX}s\r\n"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("SELECT * {", 400, "query_syntax"),
        ("", 400, "query_syntax"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 403, "refused"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "refused"),
        ("SELECT * FROM <http://example.org/elsewhere> { ?s ?p ?o }", 403, "refused"),
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", 400, "query_failed"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(
    ask: httpx.Client, query: str, status: int, code: str
) -> None:
    response = get(ask, query)
    found = detail(response)
    assert (response.status_code, found["code"]) == (status, code)
    assert found["remedy"]
    assert "/" not in str(found["message"]).replace("http://", "").replace(EX[7:], "") or code in (
        "refused",
        "query_failed",
    )


def test_a_syntax_error_has_line_and_column(ask: httpx.Client) -> None:
    found = detail(get(ask, "SELECT *\nWHERE { ?s ex:p ?o }"))
    assert (found["line"], found["column"]) == (2, 12)
    assert "ex:" in str(found["message"])


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (("PUT", {}, b""), (405, "method_not_allowed")),
        (("DELETE", {}, b""), (405, "method_not_allowed")),
        (("POST", {"content-type": "text/plain"}, b"ASK {}"), (415, "unsupported_media_type")),
        (("POST", {}, b"ASK {}"), (415, "unsupported_media_type")),
        (("POST", {"content-type": UPDATE}, b"DROP ALL"), (403, "refused")),
        (
            ("POST", {"content-type": QUERY, "content-encoding": "gzip"}, b"ASK {}"),
            (415, "unsupported_media_type"),
        ),
        (("POST", {"content-type": QUERY}, b"\xff"), (400, "malformed_request")),
        (("POST", {"content-type": QUERY}, b" " * 20_000), (413, "body_too_large")),
    ],
)
def test_a_request_of_the_wrong_kind_has_its_status(
    ask: httpx.Client, sent: tuple[str, dict[str, str], bytes], expected: tuple[int, str]
) -> None:
    method, headers, content = sent
    response = ask.request(method, "/sparql", headers=headers, content=content)
    assert (response.status_code, detail(response)["code"]) == expected
    assert detail(response)["remedy"]
    if expected[0] == 405:
        assert "POST" in response.headers["allow"]


def test_a_client_that_reads_only_when_it_has_sent_all_sees_that_it_is_too_much(
    plain: Server,
) -> None:
    headers = {"content-type": QUERY, "connection": "close"}
    for _ in range(3):
        connection = HTTPConnection(plain.url.removeprefix("http://"), timeout=20)
        connection.request("POST", "/sparql", b" " * 8_000_000, headers)
        assert connection.getresponse().status == 413
        connection.close()


def test_a_repeated_query_parameter_is_malformed(ask: httpx.Client) -> None:
    response = ask.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D")
    assert (response.status_code, detail(response)["code"]) == (400, "malformed_request")


def test_a_data_set_without_a_query_is_malformed(ask: httpx.Client) -> None:
    assert ask.get("/sparql?default-graph-uri=http://example.org/g").status_code == 400


def test_a_url_over_the_limit_is_turned_away(ask: httpx.Client) -> None:
    response = get(ask, "ASK {}" + " " * 5000)
    assert (response.status_code, detail(response)["code"]) == (414, "url_too_long")


def test_a_format_that_cannot_be_written_is_not_acceptable(ask: httpx.Client) -> None:
    response = get(ask, PEOPLE, "image/png")
    assert (response.status_code, detail(response)["code"]) == (406, "not_acceptable")


def test_an_error_page_is_for_browsers_and_escapes_what_it_repeats(ask: httpx.Client) -> None:
    response = get(ask, "SELECT <script>alert(1)</script>", BROWSER)
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/html")
    assert "<script>" not in response.text
    assert "&lt;script&gt;" in response.text


def test_a_query_past_the_deadline_is_a_503_that_names_it(ask: httpx.Client) -> None:
    began = time.monotonic()
    response = get(ask, ENDLESS)
    assert response.status_code == 503
    assert detail(response)["code"] == "deadline_exceeded"
    assert "1 seconds" in str(detail(response)["message"])
    assert time.monotonic() - began < 3


def test_a_client_may_ask_for_a_shorter_deadline(ask: httpx.Client) -> None:
    began = time.monotonic()
    assert get(ask, ENDLESS, timeout="0.2").status_code == 503
    assert time.monotonic() - began < 0.9
    for wrong in ("-1", "0", "nan", "inf", "1e999", "soon", "1_0 s"):
        assert get(ask, "ASK {}", timeout=wrong).status_code == 400


def test_a_deadline_too_short_to_serve_anyone_counts_as_the_shortest(ask: httpx.Client) -> None:
    for number in range(5):
        tiny = get(ask, f"ASK {{ ?s ?p {number} }}", timeout="1e-9")
        assert tiny.status_code == 200


def test_requests_past_the_queue_are_told_when_to_come_again(plain: Server) -> None:
    def one(number: int) -> httpx.Response:
        with plain.client() as client:
            return get(client, f"{ENDLESS} # {number}")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(8)))
    busy = [each for each in answers if each.json()["error"]["code"] == "busy"]
    assert {each.status_code for each in answers} == {503}
    assert len(busy) >= 5
    assert all(int(each.headers["retry-after"]) > 0 for each in busy)


def test_a_client_that_leaves_frees_its_worker(plain: Server) -> None:
    with plain.client() as client:
        for number in range(4):
            with pytest.raises(httpx.ReadTimeout):
                client.get("/sparql", params={"query": f"{ENDLESS} # l{number}"}, timeout=0.15)
        assert get(client, "ASK { ?left ?p ?o }").status_code == 200


def test_a_cut_answer_says_so_in_header_and_body(ask: httpx.Client) -> None:
    query = f"SELECT ?n {{ ?s <{EX}n> ?n }}"
    response = get(ask, query)
    assert response.headers["c5graph-truncated"] == "true"
    assert len(response.json()["results"]["bindings"]) == 200
    assert "200 rows" in response.json()["truncated"]
    again = get(ask, query)
    assert again.headers["c5graph-truncated"] == "true"
    assert "c5graph-truncated" not in get(ask, query + " LIMIT 200").headers


@pytest.mark.parametrize(
    ("accept", "ending"),
    [("*/*", "ttl"), ("application/rdf+xml", "rdf"), ("application/ld+json", "jsonld")],
)
def test_without_a_query_the_endpoint_describes_itself(
    ask: httpx.Client, accept: str, ending: str
) -> None:
    response = ask.get("/sparql", headers={"accept": accept})
    said = {str(quad.triple) for quad in parse_text(response.content, FORMATS[ending])}
    assert any("sd:" in line or "sparql-service-description#endpoint" in line for line in said)
    assert any("SPARQL11Query" in line for line in said)
    assert any(f"{EX}g" in line for line in said)


def test_a_browser_gets_a_form_and_a_table_without_script(ask: httpx.Client) -> None:
    form = ask.get("/sparql", headers={"accept": BROWSER})
    assert '<form action="./sparql" method="get"' in form.text
    shown = get(ask, "SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }", BROWSER)
    assert "Boris &lt;b&gt;&amp;" in shown.text
    assert "<script>" not in form.text + shown.text  # a script has a file of its own


def test_relative_iris_are_read_against_the_address_of_the_endpoint(ask: httpx.Client) -> None:
    found = get(ask, "SELECT (<#x> AS ?x) {}").json()["results"]["bindings"][0]["x"]["value"]
    assert found == f"{ask.base_url}/sparql#x".replace("//sparql", "/sparql")
