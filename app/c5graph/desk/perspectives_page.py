"""Perspectives as answers tell them: voices, and classes of interest side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from c5graph.desk.bureau import Office
from c5graph.desk.pages import page_of
from c5graph.desk.perspectives import Aspect, Perspectives, PerspectivesAsk, Voice
from c5graph.desk.positions import Position
from c5graph.namespaces import SKOS

COLUMNS: Final = (
    *("subject", "subject_label", "term", "interest", "interest_label", "silent"),
    *("says", "denied", "origins", "modalities", "claims", "reports"),
)


@dataclass(frozen=True)
class PerspectivesPage:
    """Aspects of one page, and what each class says in all."""

    found: Perspectives = field(repr=False)
    ask: PerspectivesAsk
    total: int
    rows: tuple[Aspect, ...]
    next_cursor: str | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        named = self.found.telling.teller.named
        return {
            "of": named(self.found.of, self.ask.lang).as_dict(),
            "claims": len(self.found.claims),
            "total": self.total,
            "undated_terms_taken": self.found.telling.undated_taken,
            "voices": [
                each.as_dict(self.found.telling, self.ask.lang) for each in self.found.speakers
            ],
            "interests": [self._voice(each) for each in self.found.voices],
            "aspects": [self.row(each) for each in self.rows],
            "next_cursor": self.next_cursor,
        }

    def row(self, aspect: Aspect) -> dict[str, Any]:
        """One aspect as plain values."""
        telling, lang = self.found.telling, self.ask.lang
        named = telling.teller.named
        return {
            "subject": named(aspect.subject, lang).as_dict(),
            "term": named(aspect.predicate, lang).as_dict(),
            "says": [
                {
                    "interest": named(interest, lang).as_dict(),
                    "positions": [
                        {**each.as_dict(telling, lang), "set_aside": self._aside(each)}
                        for each in aspect.positions(interest)
                    ],
                }
                for interest in sorted(aspect.says)
            ],
            "silent": [named(each, lang).as_dict() for each in self.found.silent_on(aspect)],
        }

    def _aside(self, position: Position) -> bool:
        """Whether none of its claims counts: set aside by curators, or a reading not preferred."""
        eligible = self.found.telling.record.eligible
        return not position.negative and eligible.isdisjoint(c.iri for c in position.claims)

    def table(self) -> tuple[tuple[str, ...], Iterable[Iterable[object]]]:
        """One row for what a class says, and one for each class that is silent."""
        return COLUMNS, (cells for each in self.rows for cells in _cells(self.row(each)))

    def _voice(self, voice: Voice) -> dict[str, Any]:
        telling, lang = self.found.telling, self.ask.lang
        named = telling.teller.named
        aspects = self.found.aspects
        spoken = sum(voice.interest in each.says for each in aspects)
        broader = telling.index.value(voice.interest, SKOS + "broader")
        return {
            "interest": named(voice.interest, lang).as_dict(),
            "broader": named(broader, lang).as_dict() if broader else None,
            "reports": voice.reports,
            "claims": len(voice.claims),
            "origins": len(telling.origins(voice.claims)),
            "aspects": spoken,
            "silent_on": len(aspects) - spoken,
        }


def perspectives_page(office: Office, ask: PerspectivesAsk) -> PerspectivesPage:
    """Answer. Raises BadParameter for a cursor that is not of this list."""
    found = Perspectives(office.counting, ask.of, ask.voices)
    chosen = found.chosen(ask)
    rows, following = page_of(chosen, lambda each: each.name, ask.limit, ask.cursor)
    return PerspectivesPage(found, ask, len(chosen), tuple(rows), following)


def _cells(row: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    about = row["subject"]["iri"], row["subject"]["label"], row["term"]["label"]
    for said in row["says"]:
        interest = said["interest"]
        for each in said["positions"]:
            reports = {one["label"] for claim in each["claims"] for one in claim["reports"]}
            yield (
                *about,
                *(interest["iri"], interest["label"], False),
                *(each["label"], each["denied"], each["origins"], " ".join(each["modalities"])),
                " ".join(claim["iri"] for claim in each["claims"]),
                "; ".join(sorted(reports)),
            )
    for interest in row["silent"]:
        yield (*about, interest["iri"], interest["label"], True, "", "", 0, "", "", "")
