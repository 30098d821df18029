"""Names that may mean one thing, and names that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from c5graph.authoring.duplicates import near_duplicates, same_name, telling
from c5graph.authoring.known import read_known
from c5graph.graph.sources import InputFile, Sources
from tests.authoring.conftest import ENTITY, Desk

NEAR = [
    ("Boeing", "The Boeing Company"),
    ("Boeing", "Боинг"),
    ("Emomali Rahmon", "Rahmon, Emomali"),
    ("Sadyr Japarov", "Sadyr Zhaparov"),
    ("Freedom Holding Corp.", "Freedom Holding"),
    ("exports of Kazakhstan to China", "exports of Kazakhstan to China"),
]
APART = [
    ("exports of Kazakhstan to China", "exports of China to Kazakhstan"),
    ("Boeing 737", "Boeing 787"),
    ("northern corridor", "southern corridor"),
    ("Ministry of Energy", "Ministry of Economy"),
    ("Uzbekistan Airways", "Uzbekistan"),
    ("gold", "coal"),
]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_spellings_of_a_name_are_near(one: str, other: str) -> None:
    assert same_name(telling(one), telling(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not same_name(telling(one), telling(other))


def test_two_entities_of_one_name_are_recommended_to_be_one_until_they_are_said_to_differ(
    desk: Desk,
) -> None:
    desk.write([ENTITY])
    path = desk.folder / "mine" / "entities" / "actors.ttl"
    twin = path.read_text().replace("id:zarnitsa-works", "id:zarnitsa-mills")
    other = desk.folder / "mine" / "entities" / "twin.ttl"
    other.write_text(twin)
    found = told(desk.folder / "mine")
    assert [each for each in found if "zarnitsa" in each] == [
        "id:zarnitsa-works (Zarnitsa Works) may be id:zarnitsa-mills (Zarnitsa Works)."
    ]
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    differ = "    a c5:Company ;\n    owl:differentFrom id:zarnitsa-works ;\n"
    other.write_text(owl + twin.replace("    a c5:Company ;\n", differ))
    assert [each for each in told(desk.folder / "mine") if "zarnitsa" in each] == []


def told(folder: Path) -> list[str]:
    """The recommendations about the folder, without those about the shipped graph."""
    ontology = [item for item in Sources.shipped().inputs if item.graph == "ontology"]
    mine = [InputFile(path.name, path, None) for path in sorted(folder.rglob("*.ttl"))]
    return [each.message for each in near_duplicates(read_known([*ontology, *mine]))]


def test_an_import_keeps_that_two_differ(desk: Desk) -> None:
    twin = ENTITY | {"id": "zarnitsa-mills", "distinctFrom": "zarnitsa-works"}
    desk.write([ENTITY, twin])
    assert "    owl:differentFrom id:zarnitsa-works ;" in desk.text("entities/actors.ttl")
