"""Events that a machine has read out of news: possible and no more, by that machine's account.

A code tells the country that an actor is of, not that its state acts: that the state is meant is
an inference, which each claim and a finding say.
"""

from __future__ import annotations

from c5graph.authoring.terms import date_term
from c5graph.held.draft import Draft, LeftOut
from c5graph.held.reading import Record


def two_states(draft: Draft, one: str, other: str) -> tuple[str, str]:
    """The states of the two codes. Raises LeftOut unless both are in the graph and differ."""
    if not one or not other:
        raise LeftOut("without two countries")
    first, second = draft.state(one), draft.state(other)
    if first == second:
        raise LeftOut("within one country")
    draft.insist_on(first, second)
    return first, second


def event(draft: Draft, row: Record, number: str, words: str, day: str) -> str:
    """The event of a record, with its date."""
    coder = draft.layout.publisher.label
    made = draft.entity(
        f"{draft.layout.kind}-{number.lower()}",
        "Event",
        f"{words}, {day} ({coder} {number})",
        f"Event {number} that {coder} reads out of news.",
    )
    page = draft.page(row, number.lower()).worded("possible")
    told = f"{coder} dates its event {number} {day}."
    page.claim((made, "heldOn", date_term(day)), told)
    return made


def actor(draft: Draft, row: Record, number: str, made: str, taken: tuple[str, str]) -> None:
    """One side of an event: the state that the words stand for."""
    coder = draft.layout.publisher.label
    page = draft.page(row, number.lower()).worded("possible")
    told = f"{coder} reads {draft.called(taken[0])} as a side of its event {number}."
    page.claim((made, "hasParticipant", taken[0]), told, taken=taken)
