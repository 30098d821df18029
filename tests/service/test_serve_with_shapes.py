"""`c5graph serve --data FILE --shapes [FILE]`: files that are served only while they conform."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.conftest import Server, running, serve
from tests.service.test_reload import until
from tests.service.test_serve_command import refused

PREFIXES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix c5: <https://w3id.org/c5graph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
AGE = "sh:property [ sh:path ex:age ; sh:datatype xsd:integer ; sh:message 'An age is a number.' ]"
SHAPES = f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:Person ; {AGE} .\n"
IMPLICIT = f"{PREFIXES} ex:Person a rdfs:Class , sh:NodeShape ; {AGE} .\n"
QUERY = f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:Person ; " + (
    "sh:sparql [ sh:message 'Nobody is older than 150.' ; sh:select "
    "'SELECT $this { $this <http://example.org/age> ?age FILTER(?age > 150) }' ] .\n"
)
GOOD = f"{PREFIXES}ex:a a ex:Person ; ex:age 4 .\n"
BAD = f"{PREFIXES}ex:a a ex:Person ;\n ex:age 'x' .\n"
OLD = f"{PREFIXES} ex:a a ex:Person ;\n ex:age 151 .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("good", GOOD), ("bad", BAD), ("old", OLD), ("shapes", SHAPES)):
        (tmp_path / f"{name}.ttl").write_text(text)
    return tmp_path


def shaped(folder: Path, data: str, *shapes: str) -> list[str]:
    return ["--data", str(folder / data), "--shapes", *(str(folder / each) for each in shapes)]


def test_data_that_break_a_shape_of_ones_own_stop_the_start(folder: Path) -> None:
    status, said = refused(*shaped(folder, "bad.ttl", "shapes.ttl"))
    assert status == 1
    assert "bad.ttl:6" in said
    assert "An age is a number." in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("shapes", "data"), [(IMPLICIT, "bad.ttl"), (QUERY, "old.ttl")])
def test_shapes_of_every_kind_count(shapes: str, data: str, folder: Path) -> None:
    (folder / "other.ttl").write_text(shapes)
    status, said = refused(*shaped(folder, data, "other.ttl"))
    assert (status, "does not conform" in said) == (1, True), said


def test_the_shipped_shapes_judge_where_none_are_named(folder: Path) -> None:
    (folder / "claim.ttl").write_text(f"{PREFIXES} <http://example.org/claim> a c5:Claim .\n")
    status, said = refused(*shaped(folder, "claim.ttl"))
    assert status == 1
    assert "claim.ttl: error: http://example.org/claim: Write c5:attributedTo" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PREFIXES + "ex:S a sh:NodeShape ; sh:targetKlass ex:Person .", "no shape among them"),
        (SHAPES.replace("sh:path ex:age", "sh:path 'age'"), "cannot be used"),
        ("ex:S a .", "shapes.ttl"),
    ],
    ids=["no target", "no path", "no turtle"],
)
def test_shapes_that_say_nothing_are_not_taken_for_consent(
    text: str, said: str, folder: Path
) -> None:
    (folder / "shapes.ttl").write_text(text)
    status, told = refused(*shaped(folder, "good.ttl", "shapes.ttl"))
    assert status in (2, 3)
    assert said in told
    assert "Traceback" not in told


def test_files_without_a_word_before_them_are_refused(folder: Path) -> None:
    assert refused(str(folder / "good.ttl"))[0] == 2
    status, said = refused("--shapes", str(folder / "shapes.ttl"))
    assert (status, "--data" in said) == (2, True)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    (folder / "more.nt").write_text('<http://example.org/x> <http://example.org/y> "1" .\n')
    with running(serve(*shaped(folder, "good.ttl", "shapes.ttl", "more.nt"))) as started:
        yield started


@pytest.mark.slow
def test_a_reload_keeps_the_data_that_conform_and_says_why(folder: Path, server: Server) -> None:
    def reload() -> None:
        server.process.send_signal(signal.SIGHUP)

    def age() -> str:
        query = {"query": "SELECT ?o { ?s <http://example.org/age> ?o }"}
        return httpx.get(server.url + "/sparql", params=query, headers={"accept": "text/csv"}).text

    assert "4" in age()
    (folder / "good.ttl").write_text(BAD)
    reload()
    until(lambda: "reload_failed" in httpx.get(server.url + "/ready").json(), 60)
    failure = httpx.get(server.url + "/ready").json()["reload_failed"]
    assert failure["code"] == "not_conforming"
    assert "An age is a number." in failure["message"]
    assert str(folder) not in failure["message"]
    assert "4" in age()
    (folder / "good.ttl").write_text(GOOD.replace("4", "5"))
    reload()
    until(lambda: "5" in age(), 60)
