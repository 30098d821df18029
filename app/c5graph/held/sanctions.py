"""OpenSanctions, entities.ftm.json: a record of the schema Sanction says who is listed."""

from __future__ import annotations

from typing import Any

from c5graph.authoring.terms import CellFault
from c5graph.held import cells, listed
from c5graph.held.draft import Draft, LeftOut, Mapping
from c5graph.held.reading import Record

LAYOUT = listed.layout(
    kind="opensanctions-entities",
    title="OpenSanctions, entities",
    edition="entities.ftm.json, FollowTheMoney 4",
    columns=("id", "schema", "properties"),
    optional=(
        "entity",
        "programId",
        "program",
        "authority",
        "startDate",
        "endDate",
        "name",
        "alias",
        "country",
    ),
    sources=("the model of the package followthemoney: properties of Sanction and LegalEntity",),
    lines_of_json=True,
)
_SANCTION = "Sanction"


def before(draft: Draft, row: Record) -> None:
    """Note who is meant by each entity that may be listed."""
    schema = _text(row.body, "schema")
    if schema == _SANCTION:
        return
    names = [*_values(row, "name"), *_values(row, "alias")]
    number = _text(row.body, "id")
    try:
        found = listed.target(draft, number, schema, names, _values(row, "country"))
    except (LeftOut, CellFault):
        return
    draft.notes[number] = found


def record(draft: Draft, row: Record) -> None:
    """The measure that a sanction is, whom it applies to and who imposes it."""
    if _text(row.body, "schema") != _SANCTION:
        raise LeftOut("no sanction itself")
    who: list[listed.Target] = [
        draft.notes[each] for each in _values(row, "entity") if each in draft.notes
    ]
    if not who:
        raise LeftOut("on nobody in the graph or wanted")
    names = _values(row, "programId") or _values(row, "program") or _values(row, "authority")
    if not names:
        raise CellFault("a sanction without programme and authority.", "Check that line.")
    page = draft.page(row, cells.key(_text(row.body, "id")))
    since, until = (_day(row, name) for name in ("startDate", "endDate"))
    for name in map(cells.name, names):
        measure = listed.measure(draft, page, name)
        for target in who:
            taken = target.taken(draft)
            told = f"{target.name} is listed by {name}."
            page.claim(
                (measure, "appliesTo", taken[0]), told, taken=taken, since=since, until=until
            )
        for authority in map(cells.name, _values(row, "authority")):
            taken = draft.actor(authority)
            page.claim((taken[0], "imposes", measure), f"{authority} lists by {name}.", taken=taken)


def _day(row: Record, name: str) -> str:
    """The only day that is given, with its precision; nothing where several are."""
    found = _values(row, name)
    return found[0] if len(found) == 1 else ""


def _values(row: Record, name: str) -> list[str]:
    properties = row.body["properties"]
    found = properties.get(name, []) if isinstance(properties, dict) else []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _text(body: dict[str, Any], name: str) -> str:
    return body[name] if isinstance(body.get(name), str) else ""


MAPPING = Mapping(LAYOUT, record, before=before)
