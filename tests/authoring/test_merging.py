"""The merge driver: what two authors add, change and remove, block by block."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.authoring.document import Document, Statement
from c5graph.authoring.merging import merged

HEAD = "# Things.\n@prefix c5: <https://w3id.org/c5graph/ontology#> .\n"
HEAD += "@prefix id: <https://w3id.org/c5graph/id/> .\n"


def file(things: dict[str, int]) -> str:
    """A file of entities in our layout."""
    blocks = "".join(
        f"\nid:{name}\n    a c5:Thing ;\n    c5:amount {amount} ;\n.\n"
        for name, amount in sorted(things.items())
    )
    return (HEAD if things else "# Things.\n") + blocks


BASE = {"b": 1, "d": 1, "f": 1}


def test_additions_at_one_place_are_both_kept() -> None:
    assert merged(file(BASE), file({**BASE, "c1": 1}), file({**BASE, "c2": 2})) == file(
        {**BASE, "c1": 1, "c2": 2}
    )


def test_the_same_addition_is_kept_once() -> None:
    assert merged(file(BASE), file({**BASE, "c": 1}), file({**BASE, "c": 1})) == file(
        {**BASE, "c": 1}
    )


def test_a_change_and_a_removal_of_other_blocks_are_both_kept() -> None:
    assert merged(file(BASE), file({"b": 2, "d": 1, "f": 1}), file({"b": 1, "d": 1})) == file(
        {"b": 2, "d": 1}
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [({**BASE, "c": 1}, {**BASE, "c": 2}), ({**BASE, "b": 2}, {"d": 1, "f": 1})],
    ids=["added differently", "changed and removed"],
)
def test_what_both_changed_differently_is_left_to_people(
    ours: dict[str, int], theirs: dict[str, int]
) -> None:
    assert merged(file(BASE), file(ours), file(theirs)) is None


def test_a_file_out_of_layout_is_left_to_git() -> None:
    assert merged(file(BASE), file(BASE).replace("    a", "  a"), file({**BASE, "c": 1})) is None
    twice = file(BASE) + "\nid:b\n    a c5:Thing ;\n.\n"
    assert merged(twice, twice, twice) is None


THINGS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3), min_size=1)


@given(THINGS, THINGS)
def test_a_change_of_one_side_alone_is_that_side(
    base: dict[str, int], other: dict[str, int]
) -> None:
    assert merged(file(base), file(base), file(other)) == file(other)
    assert merged(file(base), file(other), file(base)) == file(other)
    assert merged(file(base), file(other), file(other)) == file(other)


def test_git_calls_the_driver(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=tmp_path, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    git("init", "-q", "-b", "main")
    driver = f"'{sys.executable}' -m c5graph merge %O %A %B || git merge-file %A %O %B"
    git("config", "merge.turtle.driver", driver)
    (tmp_path / ".gitattributes").write_text("*.ttl merge=turtle\n")
    things = tmp_path / "things.ttl"
    for branch, content in (("main", BASE), ("one", BASE | {"c1": 1}), ("two", BASE | {"c2": 1})):
        if branch != "main":
            git("checkout", "-q", "-b", branch, "main")
        things.write_text(file(content))
        git("add", ".")
        git("commit", "-q", "-m", branch)
    git("merge", "-q", "one", "-m", "both")
    assert things.read_text() == file(BASE | {"c1": 1, "c2": 1})


def test_a_document_without_blocks_is_only_its_opening() -> None:
    assert Document(["# Nothing yet."]).text() == "# Nothing yet.\n"
    assert list(Statement("id:a", ()).lines()) == ["id:a", "."]
