"""OpenSanctions, targets.simple.csv: a record is somebody who is listed, with the programmes."""

from __future__ import annotations

import csv

from c5graph.held import cells, listed
from c5graph.held.draft import Draft, LeftOut, Mapping
from c5graph.held.reading import Record

LAYOUT = listed.layout(
    kind="opensanctions",
    title="OpenSanctions, targets",
    edition="targets.simple.csv with program_ids",
    columns=("id", "schema", "name", "aliases", "countries", "sanctions", "program_ids", "dataset"),
    sources=("the exporter of that file, which the publisher keeps in public",),
)


def record(draft: Draft, row: Record) -> None:
    """The measures that apply to a target."""
    programmes = _several(row["program_ids"]) or (
        _several(row["dataset"]) if row["sanctions"] else []
    )
    if not programmes:
        raise LeftOut("under no sanctions")
    names = [each for each in (row["name"], *_several(row["aliases"])) if each]
    countries = _several(row["countries"])
    target = listed.target(draft, row["id"], row["schema"], names, countries)
    taken = target.taken(draft)
    page = draft.page(row, cells.key(row["id"]))
    for programme in programmes:
        name = cells.name(programme)
        told = f"{target.name} is listed by {name}."
        page.claim((listed.measure(draft, page, name), "appliesTo", taken[0]), told, taken=taken)


def _several(text: str) -> list[str]:
    """Values with semicolons between them; one that has a semicolon is in quotation marks."""
    found = next(csv.reader([text], delimiter=";"), [])
    return [each.strip() for each in found if each.strip()]


MAPPING = Mapping(LAYOUT, record)
