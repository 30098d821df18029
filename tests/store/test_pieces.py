"""Loads that are killed go on where they were: nothing doubled, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from c5graph.errors import MissingInput, ParseFailure
from c5graph.graph.sources import Sources
from c5graph.store.contents import Contents
from c5graph.store.pieces import Journal, Step
from c5graph.store.prepared import contents_of, prepare, read_manifest
from c5graph.store.rdf import BlankNode, Quad, Store
from tests.service.conftest import environment

DIGEST = "4" * 64
SMALL = 4096  # bytes of a piece
SLOW = """
import sys, time
from pathlib import Path
from c5graph.graph.sources import Sources
from c5graph.store.contents import Contents
from c5graph.store.prepared import prepare

files = [Path(each) for each in sys.argv[2:]]
sources = Sources.files(files)
contents = Contents.of_files([item.path for item in sources.inputs])

def told(name, done, size):
    print(name, done, size, flush=True)
    time.sleep(0.02)

prepare(contents, sources.digest, Path(sys.argv[1]), told, piece=4096)
"""


class Killed(BaseException):
    """Ends a load at some step, as a signal would."""


def lines(count: int, first: int = 0) -> str:
    """Statements of which some have blank nodes that are told of again much later."""
    made = []
    for number in range(first, first + count):
        made.append(f"<urn:s{number}> <urn:p> <urn:o{number % 7}> .")
        made.append(f'_:b{number % 5} <urn:says> "text {number}, not _:b" .')
        made.append(f"<urn:s{number}> <urn:of> _:b{number % 5} .")
    return "\n".join(made) + "\n"


def shape(store: Store) -> Counter[tuple[int, ...]]:
    """What a store holds, whatever its blank nodes are called: what is said at each of them."""
    plain: Counter[str] = Counter()
    at_blank: dict[str, Counter[str]] = {}
    for quad in store:
        ends = [end for end in (quad.subject, quad.object) if isinstance(end, BlankNode)]
        for end in ends:
            at_blank.setdefault(end.value, Counter())[_without(quad)] += 1
        plain[_without(quad)] += 1
    groups = [tuple(sorted(map(hash, each.elements()))) for each in at_blank.values()]
    return Counter([tuple(sorted(map(hash, plain.elements()))), *groups])


def _without(quad: Quad) -> str:
    return " ".join(
        "_" if isinstance(term, BlankNode) else str(term)
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
    )


def at_once(files: list[Path]) -> Store:
    return Contents.of_files(files).load()


def written(folder: Path) -> list[Path]:
    files = [folder / "a.nt", folder / "b.nq", folder / "c.ttl"]
    files[0].write_text(lines(120))
    files[1].write_text(lines(60, 200).replace(" .\n", " <urn:g> .\n"))
    anonymous = "".join(f"[] <urn:n> {n} ; <urn:in> [ <urn:m> {n} ] .\n" for n in range(50))
    files[2].write_text(f"_:b0 <urn:q> <r> .\n{anonymous}")
    return files


@pytest.mark.slow
@settings(
    max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(stops=some.lists(some.integers(1, 9), min_size=1, max_size=2))
def test_a_load_that_ends_anywhere_goes_on_to_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, stops: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("load")
    files = written(folder)
    for stop in stops:
        _load_until(folder, files, stop)
    prepare(Contents.of_files(files), DIGEST, folder / "store", piece=SMALL)
    assert shape(contents_of(folder / "store").load()) == shape(at_once(files))
    assert len(list((folder / "store").iterdir())) == 2, "manifest and data, nothing left over"


def _load_until(folder: Path, files: list[Path], stop: int) -> None:
    told = 0

    def progress(*_: object) -> None:
        nonlocal told
        told += 1
        if told == stop:
            raise Killed

    try:
        prepare(Contents.of_files(files), DIGEST, folder / "store", progress, piece=SMALL)
    except Killed:
        return


def test_a_piece_that_went_in_before_the_journal_said_so_adds_nothing(tmp_path: Path) -> None:
    """A kill between the two leaves the journal one step behind."""
    files = written(tmp_path)
    _load_until(tmp_path, files, 2)
    journal = Journal(tmp_path / "store" / f"data-{DIGEST[:16]}.partial" / "journal.json")
    assert journal.read().offset > 0
    journal.write(Step(journal.read().files))
    prepare(Contents.of_files(files), DIGEST, tmp_path / "store", piece=SMALL)
    assert shape(contents_of(tmp_path / "store").load()) == shape(at_once(files))


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    files = [tmp_path / "a.nt", tmp_path / "b.nt"]
    for number, path in enumerate(files):
        path.write_text(f"_:same <urn:in> <urn:file{number}> .\n")
    prepare(Contents.of_files(files), DIGEST, tmp_path / "store")
    store = contents_of(tmp_path / "store").load()
    assert len({str(quad.subject) for quad in store}) == len(list(store)) == 2


def test_a_load_goes_on_and_does_not_begin_anew(tmp_path: Path) -> None:
    files, seen = written(tmp_path), list[tuple[str, int]]()
    _load_until(tmp_path, files, 2)
    prepare(
        Contents.of_files(files),
        DIGEST,
        tmp_path / "store",
        lambda name, done, _: seen.append((name, done)),
        piece=SMALL,
    )
    assert seen[0][0] == str(files[0])
    assert seen[0][1] > 2 * SMALL


def test_the_order_of_the_options_does_not_matter(tmp_path: Path) -> None:
    files = written(tmp_path)
    _load_until(tmp_path, files, 5)
    prepare(Contents.of_files(files[::-1]), DIGEST, tmp_path / "store", piece=SMALL)
    assert shape(contents_of(tmp_path / "store").load()) == shape(at_once(files))


def test_a_fault_is_told_with_the_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text(lines(100) + "this is no statement\n" + lines(5))
    with pytest.raises(ParseFailure) as caught:
        prepare(Contents.of_files([path]), DIGEST, tmp_path / "store", piece=SMALL)
    assert caught.value.line == 301


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("c5graph.store.pieces._LONGEST", 2048)
    path = tmp_path / "a.nt"
    path.write_text(f'<urn:a> <urn:b> "{"x" * 50_000}" .\n')
    with pytest.raises(ParseFailure, match="a line of more than"):
        prepare(Contents.of_files([path]), DIGEST, tmp_path / "store", piece=SMALL)


def test_a_doctype_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.rdf"
    path.write_text(f"<!--{'x' * (1024 * 1024 - 8)}--><!DOCTYPE x><rdf:RDF/>")
    with pytest.raises(ParseFailure, match="DOCTYPE"):
        prepare(Contents.of_files([path]), DIGEST, tmp_path / "store")


def test_a_second_load_into_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    files = written(tmp_path)
    folder = tmp_path / "store" / f"data-{DIGEST[:16]}.partial" / "store"
    folder.parent.mkdir(parents=True)
    held = Store(str(folder))
    with pytest.raises(MissingInput, match="cannot be written"):
        prepare(Contents.of_files(files), DIGEST, tmp_path / "store")
    assert len(held) == 0


def _until_half(process: subprocess.Popen[str], half: int) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if int(line.split()[1]) > half:
            return


@pytest.mark.slow
def test_a_process_killed_half_way_is_gone_on_with_by_the_command(tmp_path: Path) -> None:
    files = [tmp_path / "a.nt", tmp_path / "b.nt"]
    files[0].write_text(lines(1500))
    files[1].write_text(lines(1500, 1500))
    half = files[0].stat().st_size // 2
    store = tmp_path / "store"
    command = [sys.executable, "-c", SLOW, str(store), *map(str, files)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert list(_until_half(process, half))
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not (store / "manifest.json").exists()
    begun = time.monotonic()
    options = [part for path in files for part in ("--data", str(path))]
    gone_on = subprocess.run(
        [sys.executable, "-m", "c5graph", "load", "--store", str(store), *options],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert gone_on.returncode == 0, gone_on.stderr
    assert time.monotonic() - begun < 60
    assert read_manifest(store).digest == Sources.files(files).digest
    assert shape(contents_of(store).load()) == shape(at_once(files))
