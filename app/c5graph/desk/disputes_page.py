"""Disputes as answers tell them: positions side by side, who stands behind each, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from c5graph.desk.comparing import Dispute
from c5graph.desk.disputes import STRENGTHS, DisputeAsk, Disputes
from c5graph.desk.ground import CITO, Tie
from c5graph.desk.pages import page_of
from c5graph.desk.positions import Position
from c5graph.edges import Named
from c5graph.namespaces import C5, DCTERMS

COLUMNS: Final = (
    *("dispute", "strength", "kind", "subject", "subject_label", "term", "of", "found_by"),
    *("position", "denied", "when", "origins", "interests", "modalities", "claims", "reports"),
    *("differs_from", "findings"),
)


@dataclass(frozen=True)
class DisputesPage:
    """Disputes of one page."""

    desk: Disputes = field(repr=False)
    ask: DisputeAsk
    total: int
    conflicts: int
    rows: tuple[Dispute, ...]
    next_cursor: str | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "total": self.total,
            "conflicts": self.conflicts,
            "undated_terms_taken": self.desk.telling.undated_taken,
            "disputes": [self.row(each) for each in self.rows],
            "next_cursor": self.next_cursor,
        }

    def table(self) -> tuple[tuple[str, ...], Iterable[Iterable[object]]]:
        """One row a position."""
        return COLUMNS, (cells for each in self.rows for cells in _cells(self.row(each)))

    def row(self, dispute: Dispute) -> dict[str, Any]:
        """One dispute as plain values."""
        telling, lang = self.desk.telling, self.ask.lang
        named, matter = telling.teller.named, dispute.matter
        return {
            "id": dispute.name,
            "strength": STRENGTHS[not dispute.strong],
            "kind": named(matter.kind, lang).as_dict(),
            "subject": named(matter.subject, lang).as_dict(),
            "term": named(matter.predicate, lang).as_dict() if matter.predicate else None,
            "terms": [
                named(each, lang).as_dict()
                for each in dict.fromkeys(claim.predicate for claim in dispute.claims)
            ],
            "of": [self._facet(each) for each in matter.facet],
            "found_by": sorted(dispute.found_by),
            "origins": len(telling.origins(dispute.claims)),
            "positions": [self._position(each) for each in dispute.positions],
            "sides": [list(each) for each in dispute.sides],
            "expected": list(dispute.expected),
            "differences": [each.as_dict() for each in dispute.differences],
            "relations": [self._tie(each) for each in self.desk.ties_of(dispute)],
            "findings": [self._finding(each) for each in self.desk.findings(dispute)],
        }

    def _position(self, position: Position) -> dict[str, Any]:
        telling, lang, first = self.desk.telling, self.ask.lang, position.claims[0]
        return {
            "subject": telling.teller.named(first.subject, lang).as_dict(),
            "term": telling.teller.named(first.predicate, lang).as_dict(),
            **position.as_dict(telling, lang),
        }

    def _facet(self, part: str) -> dict[str, Any]:
        if part.startswith("http"):
            return self.desk.telling.teller.named(part, self.ask.lang).as_dict()
        return Named(None, part).as_dict()

    def _tie(self, tie: Tie) -> dict[str, Any]:
        note = self.desk.telling.teller.note
        return {
            "relation": tie.relation.removeprefix(CITO),
            "claim": note(tie.claim, self.ask.lang).plain,
            "other": note(tie.other, self.ask.lang).plain,
        }

    def _finding(self, iri: str) -> dict[str, Any]:
        telling, lang = self.desk.telling, self.ask.lang
        kinds = telling.index.values(iri, C5 + "findingKind")
        return {
            **telling.teller.named(iri, lang).as_dict(),
            "kinds": [telling.teller.named(kind, lang).as_dict() for kind in kinds],
            "description": telling.index.value(iri, DCTERMS + "description"),
        }


def disputes_page(desk: Disputes, ask: DisputeAsk) -> DisputesPage:
    """Answer. Raises BadParameter for a cursor that is not of this list."""
    chosen = desk.chosen(ask)
    rows, following = page_of(chosen, lambda each: each.name, ask.limit, ask.cursor)
    strong = sum(each.strong for each in chosen)
    return DisputesPage(desk, ask, len(chosen), strong, tuple(rows), following)


def _cells(row: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    about = (
        row["id"],
        row["strength"],
        row["kind"]["label"],
        row["subject"]["iri"],
        row["subject"]["label"],
        row["term"]["label"] if row["term"] else "",
        "; ".join(each["label"] for each in row["of"] if each["label"]),
        " ".join(row["found_by"]),
    )
    findings = "; ".join(each["label"] for each in row["findings"])
    for number, each in enumerate(row["positions"]):
        reports = {r["label"] for claim in each["claims"] for r in claim["reports"]}
        yield (
            *about,
            each["label"],
            each["denied"],
            each["when"] or "",
            each["origins"],
            "; ".join(one["label"] for one in each["interests"]),
            " ".join(each["modalities"]),
            " ".join(claim["iri"] for claim in each["claims"]),
            "; ".join(sorted(reports)),
            "; ".join(_differs(row, number)),
            findings,
        )


def _differs(row: dict[str, Any], number: int) -> Iterator[str]:
    for each in row["differences"]:
        if number in each["between"]:
            (other,) = (n for n in each["between"] if n != number)
            yield f"{row['positions'][other]['label']} ({each['reason']})"
