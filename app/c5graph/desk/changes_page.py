"""Changes as answers tell them: one page, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from c5graph.desk.bureau import Office
from c5graph.desk.changes import KINDS, Change, ChangesAsk, between
from c5graph.desk.pages import page_of

COLUMNS: Final = ("change", "iri", "label", "before", "after", "claims", "reports")
Told = dict[str, Any]
Words = tuple[str, object, object, list[Told]]


@dataclass(frozen=True)
class ChangesPage:
    """Changes of one page, and the numbers of each kind."""

    ask: ChangesAsk
    counts: dict[str, int]
    rows: tuple[Change, ...]
    next_cursor: str | None

    def as_dict(self) -> Told:
        """Plain values for JSON."""
        return {
            "from": self.ask.since.isoformat(),
            "to": self.ask.until.isoformat() if self.ask.until else None,
            "total": sum(self.counts.values()),
            "counts": self.counts,
            "changes": [{"change": each.kind, **each.told(self.ask.lang)} for each in self.rows],
            "next_cursor": self.next_cursor,
        }

    def table(self) -> tuple[tuple[str, ...], Iterable[Iterable[object]]]:
        """One row a change."""
        return COLUMNS, (_cells(each, each.told(self.ask.lang)) for each in self.rows)


def changes_page(office: Office, ask: ChangesAsk) -> ChangesPage:
    """Answer. Raises BadParameter for days or a cursor that cannot be used."""
    every = [
        each
        for each in between(office, ask).all
        if not ask.about or not ask.about.isdisjoint(each.about)
    ]
    chosen = [each for each in every if not ask.kinds or each.kind in ask.kinds]
    counts = {kind: sum(each.kind == kind for each in every) for kind in KINDS}
    rows, following = page_of(chosen, lambda one: f"{one.kind} {one.name}", ask.limit, ask.cursor)
    return ChangesPage(ask, counts, tuple(rows), following)


def _status(told: Told) -> Words:
    before = told["before"]["status"]["label"] if told["before"] else ""
    after = told["after"]
    return told["subject"]["label"], before, after["status"]["label"], after["claims"]


def _dispute(told: Told) -> Words:
    notes = [note for each in told["positions"] for note in each["claims"]]
    after = "; ".join(each["label"] for each in told["positions"])
    return told["subject"]["label"], told["positions_before"], after, notes


def _fact(told: Told) -> str:
    return " ".join(told[part]["label"] for part in ("subject", "predicate", "object"))


_WORDS: Final[Mapping[str, Callable[[Told], Words]]] = {
    "status": _status,
    "dispute": _dispute,
    "gained": lambda told: (_fact(told), "", told["firmness"], told["claims"]),
    "lost": lambda told: (_fact(told), told["firmness"], "", told["claims"]),
    "report": lambda told: (told["label"], "", "", []),
    "claim": lambda told: (told["gloss"], "", "", [told]),
}


def _cells(change: Change, told: Told) -> tuple[object, ...]:
    label, before, after, notes = _WORDS[change.kind](told)
    claims = " ".join(note["iri"] for note in notes)
    reports = sorted({each["label"] for note in notes for each in note["reports"]})
    return change.kind, change.name, label, before, after, claims, "; ".join(reports)
