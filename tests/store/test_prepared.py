"""Stores made beforehand: put in place whole or not at all, and served as the files would be."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from c5graph.errors import BadParameter, MissingInput, ParseFailure
from c5graph.store.contents import Contents
from c5graph.store.prepared import MANIFEST, contents_of, prepare, read_manifest
from tests.service.conftest import PLAIN, environment, running, serve

ONE, TWO, THREE = ("1" * 64, "2" * 64, "3" * 64)


def turtle(folder: Path, text: str) -> Contents:
    path = folder / "data.ttl"
    path.write_text(text)
    return Contents.of_files([path])


def count(folder: Path) -> int:
    return len(contents_of(folder).load())


def test_what_is_loaded_is_what_is_opened(tmp_path: Path) -> None:
    made = prepare(turtle(tmp_path, PLAIN), ONE, tmp_path / "store")
    assert made == read_manifest(tmp_path / "store")
    assert count(tmp_path / "store") == made.statements == len(turtle(tmp_path, PLAIN).load())


def test_the_same_data_are_not_loaded_twice(tmp_path: Path) -> None:
    contents, seen = turtle(tmp_path, PLAIN), list[tuple[str, int, int]]()
    for _ in range(2):
        prepare(contents, ONE, tmp_path / "store", lambda *told: seen.append(told))
    assert len(seen) == 3  # the file as it begins and as it is in, and the last step, once


def test_newer_data_take_the_place_of_older_ones_that_stay_open(tmp_path: Path) -> None:
    store = tmp_path / "store"
    prepare(turtle(tmp_path, PLAIN), ONE, store)
    before = contents_of(store)
    prepare(turtle(tmp_path, "<urn:a> <urn:b> <urn:c> ."), TWO, store)
    assert (count(store), len(before.load()) > 1) == (1, True)
    prepare(turtle(tmp_path, "<urn:a> <urn:b> <urn:c> , <urn:d> ."), THREE, store)
    assert count(store) == 2
    assert len(list(store.glob("data-*"))) == 2, "older data go"


def test_a_load_that_fails_leaves_the_data_in_place(tmp_path: Path) -> None:
    store = tmp_path / "store"
    prepare(turtle(tmp_path, PLAIN), ONE, store)
    with pytest.raises(ParseFailure):
        prepare(turtle(tmp_path, "this is not Turtle"), TWO, store)
    assert read_manifest(store).digest == ONE
    assert count(store) > 1


def test_a_folder_with_something_else_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BadParameter, match="something else"):
        prepare(turtle(tmp_path.parent, PLAIN), ONE, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"digest": "1"}', "outside"])
def test_a_folder_without_a_whole_manifest_is_no_store(tmp_path: Path, manifest: str) -> None:
    if manifest == "outside":
        manifest = json.dumps({"digest": ONE, "folder": "../data-x", "statements": 1})
    (tmp_path / MANIFEST).write_text(manifest)
    with pytest.raises(MissingInput):
        read_manifest(tmp_path)


def test_a_store_that_lost_its_files_is_told(tmp_path: Path) -> None:
    made = prepare(turtle(tmp_path, PLAIN), ONE, tmp_path / "store")
    for each in (tmp_path / "store" / made.folder).iterdir():
        each.unlink()
    with pytest.raises(MissingInput, match="cannot be opened"):
        contents_of(tmp_path / "store")


def load(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "c5graph", "load", *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_service_answers_from_a_store_and_reloads_it(tmp_path: Path) -> None:
    store, data = str(tmp_path / "store"), tmp_path / "people.ttl"
    data.write_text(PLAIN)
    assert load("--store", store, "--data", str(data)).returncode == 0
    command = serve("--store", store, "--watch", "--workers", "2")
    with running(command, watch_seconds=0.1) as server, server.client() as client:
        anna = "http://example.org/anna"
        query = {"query": f"SELECT ?o {{ <{anna}> <http://example.org/knows> ?o }}"}
        version = client.get("/ready").json()["version"]
        assert len(client.get("/sparql", params=query).json()["results"]["bindings"]) == 2
        assert client.get("/api/neighbours", params={"entity": anna}).json()["total"] == 4
        assert client.get("/api/search?q=Анна").json()["results"][0]["iri"] == anna
        data.write_text(PLAIN + "ex:anna ex:knows ex:dina .")
        assert load("--store", store, "--data", str(data)).returncode == 0
        until = time.monotonic() + 20
        while client.get("/ready").json()["version"] == version and time.monotonic() < until:
            time.sleep(0.1)
        assert len(client.get("/sparql", params=query).json()["results"]["bindings"]) == 3


@pytest.mark.slow
def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    nothing = load("--store", str(tmp_path / "store"))
    assert (nothing.returncode, "--data" in nothing.stderr) == (2, True)
    absent = subprocess.run(
        [sys.executable, *serve("--store", str(tmp_path / "none"))],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (absent.returncode, "c5graph load" in absent.stderr) == (3, True)
