"""ACLED: a record is an event, with when and where it happened, who took part, who died."""

from __future__ import annotations

from c5graph.authoring.terms import CellFault, date_term
from c5graph.held import cells
from c5graph.held.draft import Draft, Mapping
from c5graph.held.layout import Layout, Publisher
from c5graph.held.reading import Record

LAYOUT = Layout(
    kind="acled",
    title="Armed Conflict Location & Event Data",
    edition="export of 31 columns, since March 2023",
    publisher=Publisher("acled", "Organisation", "ACLED", "Project that counts armed conflict."),
    url="https://acleddata.com/",
    terms="https://acleddata.com/terms-of-use/",
    interest="academic",
    columns=(
        "event_id_cnty",
        "event_date",
        "time_precision",
        "event_type",
        "sub_event_type",
        "actor1",
        "actor2",
        "iso",
        "location",
        "fatalities",
    ),
    sources=(
        "the publisher's guide to the change of columns of March 2023",
        "the codebook in the publisher's package acledR",
        "headers of exports in tests of programs that read them",
    ),
)
# Types of which harm to persons or things is a part; the others are events and no more.
_HARM = ("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots")
_CROWDS = ("civilians", "protesters", "rioters")


def record(draft: Draft, row: Record) -> None:
    """An event with date, place, participants and deaths."""
    state = draft.state(row["iso"])
    draft.insist_on(state)
    number = cells.code(row["event_id_cnty"])
    when = _when(row)
    kind = cells.name(row["sub_event_type"] or row["event_type"])
    place = f"{cells.name(row['location'])}, {draft.called(state)}"
    event = draft.entity(
        f"acled-{number}",
        "Incident" if row["event_type"] in _HARM else "Event",
        f"{kind}, {place}, {when or 'undated'} (ACLED {number.upper()})",
        f"Event {number.upper()} of ACLED.",
    )
    called = f"event {number.upper()} of ACLED"
    page = draft.page(row, number)
    told = f"The {called} ({kind}) took place in {draft.called(state)}."
    page.claim((event, "locatedIn", state), told)
    if when:
        page.claim((event, "heldOn", date_term(when)), f"The {called} is dated {when}.")
    for name in (row["actor1"], row["actor2"]):
        if not cells.is_empty(name):
            crowd = name.lower().startswith(_CROWDS)
            taken = draft.actor(cells.name(name), "Group" if crowd else "Organisation")
            told = f"{draft.called(taken[0]) if taken[1] else name} took part in the {called}."
            page.claim((event, "hasParticipant", taken[0]), told, taken=taken)
    if deaths := cells.whole(row["fatalities"]):
        # The publisher's own word for it: a number or an estimate.
        told = f"About {deaths} killed are reported for the {called}."
        page.claim((event, "hasQuantity", draft.value(f"QTY {deaths} people-killed about")), told)


def _when(row: Record) -> str:
    """The day, or no more than is certain where it is known to a week or to less."""
    if row["time_precision"] == "1":
        return cells.day(row["event_date"])
    if row["time_precision"] in ("2", "3"):
        return cells.within_a_week(row["event_date"])
    raise CellFault(
        f"{row['time_precision'][:20]!r} is no time_precision of {LAYOUT.named}.", "It is 1 to 3."
    )


MAPPING = Mapping(LAYOUT, record)
