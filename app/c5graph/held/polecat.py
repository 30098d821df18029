"""POLECAT: weekly tables of events that a machine codes by the PLOVER ontology."""

from __future__ import annotations

from c5graph.held import cells, coded
from c5graph.held.draft import Draft, LeftOut, Mapping
from c5graph.held.layout import Layout, Publisher
from c5graph.held.reading import Record

LAYOUT = Layout(
    kind="polecat",
    title="POLECAT Weekly Data",
    edition="tables of 40 columns since 2018",
    publisher=Publisher("polecat", "Organisation", "POLECAT", "Machine coder of events in news."),
    url="https://doi.org/10.7910/DVN/AJGVIT",
    terms="https://doi.org/10.7910/DVN/AJGVIT",
    interest="academic",
    report_kind="summary",
    columns=(
        "Event ID",
        "Event Date",
        "Event Type",
        "Event Mode",
        "Actor Country",
        "Recipient Country",
    ),
    sources=("headers of the weekly tables as three programs that read them list them",),
    mark="\t",
    quoted=False,
)


def record(draft: Draft, row: Record) -> None:
    """An event between actors of two states."""
    codes = _country(row["Actor Country"]), _country(row["Recipient Country"])
    states = coded.two_states(draft, *codes)
    number = cells.key(row["Event ID"])
    mode = "" if cells.is_empty(row["Event Mode"]) else f", {cells.name(row['Event Mode'])}"
    words = f"{cells.name(row['Event Type'])}{mode} of {' and '.join(map(draft.called, states))}"
    made = coded.event(draft, row, number, words, cells.day(row["Event Date"]))
    for state, code in zip(states, codes, strict=True):
        coded.actor(draft, row, number, made, (state, f"actor of {code}"))


def _country(text: str) -> str:
    """The only country of an actor; of several it is open which is meant."""
    if cells.is_empty(text):
        return ""
    found = {each.strip() for each in text.split(";") if not cells.is_empty(each)}
    if len(found) != 1:
        raise LeftOut("with an actor of several countries")
    return found.pop()


MAPPING = Mapping(LAYOUT, record)
