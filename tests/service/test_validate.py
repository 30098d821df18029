"""Data that somebody sends to be checked: what is told, in which form, and what is refused."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from pathlib import Path

import httpx
import pytest

from c5graph.examiner import Examiner, ValidationEnded
from c5graph.graph.places import Places
from c5graph.graph.sources import JOINED, InputFile, Sources
from c5graph.graph.validate import broken_shapes, shape_problems
from c5graph.namespaces import CLAIM, CONTEXT
from c5graph.store.rdf import FORMATS, parse, parse_text
from tests.cli.running import CLAIM as GOOD

SH = "http://www.w3.org/ns/shacl#"
TURTLE = {"content-type": "text/turtle"}
BAD = GOOD.replace("voc:modality-asserted", "voc:stance-neutral")
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def send(client: httpx.Client, text: str | bytes, **headers: str) -> httpx.Response:
    given = {**TURTLE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return client.post("/api/validate", content=text, headers=given, timeout=90)


def test_what_is_wrong_is_told_by_thing_line_rule_and_remedy(browse: httpx.Client) -> None:
    report = send(browse, BAD).json()
    assert report["conforms"] is False
    assert report["statements"] == 9
    assert all(each["thing"] == "claim:mine-1" for each in report["problems"])
    modality = next(each for each in report["problems"] if "modality" in each["shape"])
    assert modality["line"] == 14
    assert modality["now"] == "voc:stance-neutral"
    assert "voc:modality" in modality["write"]
    assert modality["rule"].startswith("“")
    assert modality["meaning"]
    assert modality["severity"] == "error"


def test_data_in_order_conform_and_nothing_is_told_of_ours(browse: httpx.Client) -> None:
    report = send(browse, GOOD).json()
    assert [each for each in report["problems"] if each["severity"] == "error"] == []
    assert report["conforms"] is True


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        pytest.param("application/n-triples", "nt", marks=pytest.mark.slow),
        pytest.param("application/rdf+xml", "rdf", marks=pytest.mark.slow),
    ],
)
def test_the_report_is_to_be_had_as_rdf(browse: httpx.Client, accept: str, ending: str) -> None:
    answer = send(browse, BAD, accept=accept)
    assert answer.headers["content-type"].startswith(accept)
    quads = list(parse_text(answer.content, FORMATS[ending]))
    top = {q.object for q in quads if q.predicate.value == SH + "result"}  # not sh:detail
    named = (q for q in quads if q.predicate.value == SH + "focusNode" and q.subject in top)
    focus = {str(q.object) for q in named}
    assert focus == {f"<{CLAIM}mine-1>"}


def test_a_person_gets_a_page_and_a_form_without_script(browse: httpx.Client) -> None:
    form = browse.get("/api/validate", headers=BROWSER)
    assert form.status_code == 200
    assert 'method="post"' in form.text
    assert "<script>" not in form.text  # a script has a file of its own
    sent = {"text": BAD, "format": "text/turtle"}
    page = browse.post("/api/validate", data=sent, headers=BROWSER, timeout=90)
    assert page.status_code == 200
    assert "claim:mine-1, line 14" in page.text
    assert "What to do" in page.text
    assert "stance-neutral" in page.text
    broken = browse.post("/api/validate", data={**sent, "text": "<a"}, headers=BROWSER, timeout=90)
    assert broken.status_code == 400
    assert "That did not work" in broken.text or "your data:1" in broken.text
    assert "&lt;a" in broken.text


def test_json_ld_is_read_and_its_contexts_are_never_fetched(browse: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/context"
        for context in (url, [url], {"@import": url}, [{"a": "urn:a"}, url]):
            text = json.dumps({"@context": context, "@id": "urn:x", "urn:p": 1})
            answer = send(browse, text, content_type="application/ld+json")
            assert answer.status_code == 400, answer.text
            assert "nothing is fetched" in answer.json()["error"]["message"]
        with pytest.raises(TimeoutError):
            listener.accept()
    text = json.dumps({"@id": CLAIM + "x", "@type": "https://w3id.org/c5graph/ontology#Claim"})
    report = send(browse, text, content_type="application/ld+json").json()
    assert any("gloss" in each["shape"] for each in report["problems"])


def test_our_own_context_may_be_named_and_is_served(browse: httpx.Client) -> None:
    served = browse.get("/context.jsonld")
    assert served.headers["content-type"].startswith("application/ld+json")
    terms = served.json()["@context"]
    assert terms["c5"] == "https://w3id.org/c5graph/ontology#"
    thing = {"@id": "claim:x", "@type": "c5:Claim"}
    text = json.dumps({"@context": [CONTEXT, {"a": "urn:a"}], **thing})
    report = send(browse, text, content_type="application/ld+json").json()
    assert any("gloss" in each["shape"] for each in report["problems"])


@pytest.mark.parametrize(
    ("kind", "text", "status", "said"),
    [
        ("text/turtle", "<urn:a> <urn:b> .", 400, "your data:1"),
        ("application/rdf+xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>', 415, "text/turtle"),
        ("", "", 415, "text/turtle"),
        ("text/turtle", b"\xff\xfe", 400, "UTF-8"),
        ("text/turtle; charset=latin1", "<urn:a> <urn:b> <urn:c> .", 415, "UTF-8"),
        ("text/turtle", "#" * 2_000_000, 413, "KiB"),
        ("application/ld+json", "[" * 200_000, 400, "nested too deep"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_the_reason(
    browse: httpx.Client, kind: str, text: str | bytes, status: int, said: str
) -> None:
    answer = send(browse, text, content_type=kind)
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert answer.json()["error"]["remedy"]
    assert "/tmp" not in answer.text


def test_a_validation_past_its_time_is_ended(tmp_path: Path) -> None:
    async def run() -> None:
        began = time.monotonic()
        with pytest.raises(ValidationEnded, match=r"0\.2 seconds"):
            await Examiner(0.2).posted(GOOD, "ttl")
        assert time.monotonic() - began < 2

    asyncio.run(run())
    assert not list(tmp_path.iterdir())


def test_shapes_say_the_same_of_a_few_things_as_of_all(checkout: Path, tmp_path: Path) -> None:
    # The reference: the shapes over everything, with what concerns the file picked out.
    path = tmp_path / "mine.ttl"
    path.write_text(BAD + "\n<https://w3id.org/c5graph/id/kazakhstan> c5:buysFrom id:boeing .\n")
    wanted = ("data/entities/actors.ttl", "data/links", "ontology/")
    inputs = [each for each in Sources.shipped(checkout).inputs if each.name.startswith(wanted)]
    item = InputFile("mine.ttl", path, JOINED)
    whole = shape_problems([*inputs, item], Places([*inputs, item]))
    mine = {(each.focus, each.rule) for each in whole if each.place.startswith("mine.ttl")}
    few = broken_shapes(inputs, list(parse(path))).broken
    assert len(mine) > 1
    assert {(each.focus, each.shape.rpartition("#")[2]) for each in few} == {
        (focus, rule.rpartition(":")[2]) for focus, rule in mine
    }
