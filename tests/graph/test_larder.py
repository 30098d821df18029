"""What follows from the data is kept, and used only while it is whole and follows from them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from c5graph.graph.claims import Record
from c5graph.graph.derive import Fact, derive
from c5graph.graph.facts import facts_from_json, facts_to_json
from c5graph.graph.larder import Larder, derived_digest, larder_of
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import Sources
from c5graph.store.rdf import Quad, Store
from tests.components import missing
from tests.graph.worlds import World, derived, worlds

Build = Callable[[], Release]
REPORT = "tca-2025-11-07-tj-deals"


@pytest.fixture
def root(tmp_path: Path, checkout: Path) -> Path:
    """A folder laid out like the checkout, with one report and all rules."""
    base = tmp_path / "root"
    shutil.copytree(checkout / "ontology", base / "ontology")
    for name in ("entities/actors.ttl", "entities/undertakings.ttl", f"claims/{REPORT}.ttl"):
        (base / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(checkout / "data" / name, base / "data" / name)
    return base


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def build(root: Path, cache: Path) -> Build:
    """Builds the release of the root, with what is kept of it."""
    return lambda: build_release(Sources.shipped(root), cache=cache)


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many facts each run of the rules gave."""
    counted: list[int] = []

    def counting(*arguments: object) -> list[Fact]:
        facts = derive(*arguments)  # type: ignore[arg-type]
        counted.append(len(facts))
        return facts

    monkeypatch.setattr("c5graph.graph.release.derive", counting)
    return counted


def facts_file(cache: Path) -> Path:
    (file,) = cache.glob("facts-*.json")
    return file


def named(store: Store) -> set[Quad]:
    """Blank nodes, which only the shapes have, get new names when they are read."""
    return {quad for quad in store if "_:" not in f"{quad.subject} {quad.object}"}


@given(worlds())
def test_facts_are_read_as_they_were_written(world: World) -> None:
    found = derived(world)
    assert facts_from_json(facts_to_json(found.facts), found.record) == found.facts


def test_the_shipped_facts_are_read_as_they_were_written(shipped: Release) -> None:
    assert len(shipped.facts) > 5000
    assert facts_from_json(facts_to_json(shipped.facts), shipped.record) == shipped.facts


def test_facts_of_claims_that_there_are_not_are_refused(shipped: Release) -> None:
    with pytest.raises(ValueError, match="other data"):
        facts_from_json(facts_to_json(shipped.facts), Record())


def test_what_is_kept_is_not_derived_again_and_is_the_same(
    build: Build, derivations: list[int]
) -> None:
    first, second = build(), build()
    assert first.facts
    assert derivations == [len(first.facts)]
    assert second.facts == first.facts
    assert named(second.store) == named(first.store)


@pytest.mark.parametrize(
    "name",
    [
        f"data/claims/{REPORT}.ttl",
        "data/entities/actors.ttl",
        "ontology/rules/actor-relation.rq",
        "ontology/shapes/claims.ttl",
        "ontology/vocabulary/modality.ttl",
    ],
)
def test_a_byte_of_data_rules_shapes_or_vocabulary_has_all_derived_anew(
    name: str, root: Path, build: Build, derivations: list[int]
) -> None:
    build()
    with (root / name).open("a") as text:
        text.write("\n")
    build()
    assert len(derivations) == 2


def test_a_module_or_another_engine_has_all_derived_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [derived_digest(Sources.shipped(root))]
    monkeypatch.setattr("c5graph.graph.larder.program_digest", lambda: "0" * 64)
    known.append(derived_digest(Sources.shipped(root)))
    monkeypatch.setattr("c5graph.graph.larder.metadata.version", lambda _: "0")
    known.append(derived_digest(Sources.shipped(root)))
    assert len(set(known)) == 3


def test_a_rule_that_has_gone_takes_its_facts_with_it(
    root: Path, build: Build, derivations: list[int]
) -> None:
    before = build()
    rule = next(support.rule for fact in before.facts for support in fact.supports)
    (root / "ontology" / "rules" / f"{rule}.rq").unlink()
    rules = {support.rule for fact in build().facts for support in fact.supports}
    assert len(derivations) == 2
    assert rule not in rules


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def of_another_kind(path: Path) -> None:
    other = path.read_bytes().replace(b"facts-", b"things-", 1)
    path.write_bytes(other.replace(b"statements-", b"facts-", 1))


def open_to_others(path: Path) -> None:
    path.chmod(0o622)


def of_other_data(path: Path) -> None:
    head, _, rest = path.read_bytes().partition(b"\n")
    path.write_bytes(head[:-70] + b"0" + head[-69:] + b"\n" + rest)


FAULTS = [flipped, cut, emptied, of_another_kind, open_to_others, of_other_data]


@pytest.mark.parametrize("spoil", FAULTS)
def test_a_file_that_is_not_to_be_believed_is_made_anew(
    spoil: Callable[[Path], None], build: Build, cache: Path, derivations: list[int]
) -> None:
    first = build()
    spoil(facts_file(cache))
    assert build().facts == first.facts
    assert len(derivations) == 2
    build()
    assert len(derivations) == 2, "what was made anew is kept"


def test_a_file_of_another_user_is_made_anew(
    build: Build, cache: Path, derivations: list[int]
) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        missing("root", "only root gives files away")
    build()
    os.chown(facts_file(cache), 65534, 65534)
    build()
    assert len(derivations) == 2


@pytest.mark.parametrize("spoil", [None, flipped, open_to_others])
def test_the_engine_loads_what_would_have_been_made(
    spoil: Callable[[Path], None] | None, build: Build, tmp_path: Path
) -> None:
    release = build()
    kept = release.larder.keep_statements(lambda: release.quads)
    assert kept is not None
    if spoil is not None:
        spoil(kept)
        assert release.larder.statements() is None
    contents = release.larder.contents(tmp_path, lambda: release.quads)
    assert named(contents.load()) == named(release.store)
    assert release.larder.statements() == kept


def test_what_the_engine_loads_outlives_the_cache(
    build: Build, cache: Path, tmp_path: Path
) -> None:
    release = build()
    contents = release.larder.contents(tmp_path, lambda: release.quads)
    shutil.rmtree(cache)
    assert len(contents.load()) == len(release.store)


def test_without_a_folder_that_can_be_written_all_is_made(
    root: Path, cache: Path, tmp_path: Path
) -> None:
    cache.write_text("no folder")
    release = build_release(Sources.shipped(root), cache=cache)
    contents = release.larder.contents(tmp_path, lambda: release.quads)
    assert len(contents.load()) == len(release.store)


def test_files_of_a_user_leave_nothing_in_the_cache(
    root: Path, cache: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.ttl"
    own.write_text("<https://w3id.org/c5graph/id/x> <urn:p> <urn:o> .\n")
    sources = Sources.shipped(root).joined([own])
    build_release(sources, cache=cache)
    build_release(Sources.files([own]), cache=cache)
    assert not cache.exists()
    assert larder_of(sources, cache).statements() is None


def test_older_versions_go(cache: Path) -> None:
    for number in range(5):
        Larder(str(number) * 64, cache).keep_facts([])
    assert len(list(cache.iterdir())) == 3
    assert Larder("4" * 64, cache).facts(Record()) == []
    assert Larder("0" * 64, cache).facts(Record()) is None
