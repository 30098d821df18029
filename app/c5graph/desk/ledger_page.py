"""The ledger as answers tell it: rows with labels, sums, and where the next page starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, Protocol

from c5graph.desk.deals import Deal, Party
from c5graph.desk.doubles import REASONS
from c5graph.desk.ledger import Group, Ledger, LedgerAsk
from c5graph.desk.pages import cursor_after, page_of
from c5graph.desk.positions import Position
from c5graph.desk.sums import Total, basis_name, purses_of, worth_of

COLUMNS: Final = (
    *("agreement", "label", "kinds", "sectors", "states", "partner_states", "powers", "parties"),
    "concerned",
    *("values", "currency", "low", "high", "open", "quantities"),
    *("status", "class", "since", "said_by", "reports", "changed_from"),
    *("part_of", "follows", "origins", "disputes"),
)
GROUP_COLUMNS: Final = (
    *("group", "label", "class", "agreements", "currency", "basis", "low", "high", "open"),
    *("counted", "counted_agreements", "left_out_agreements"),
)
UNTOLD: Final = {"iri": None, "label": "not told"}
ELSEWHERE: Final = {"iri": None, "label": "nothing of Central Asia told"}


class Disputed(Protocol):
    """Says which disputes are about a thing, by their names."""

    def about(self, iri: str) -> list[str]:
        """Names of disputes."""


@dataclass(frozen=True)
class LedgerPage:
    """Deals of one page, and sums over all that were asked for."""

    ledger: Ledger = field(repr=False)
    ask: LedgerAsk
    chosen: tuple[Deal, ...] = field(repr=False)
    rows: tuple[Deal, ...]
    totals: tuple[Total, ...]
    groups: tuple[Group, ...]
    next_cursor: str | None
    disputed: Disputed | None = field(default=None, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        teller, lang = self.ledger.telling.teller, self.ask.lang
        return {
            "total": len(self.chosen),
            "undated_terms_taken": self.ledger.telling.undated_taken,
            "agreements": [self.row(deal) for deal in self.rows],
            "totals": [each.as_dict(teller, lang) for each in self.totals],
            "by": self.ask.by,
            "groups": [self._group(each) for each in self.groups],
            "stretches": list(self._stretches()),
            "next_cursor": self.next_cursor,
        }

    def _stretches(self) -> Iterator[dict[str, Any]]:
        """By amount: single deals, packages and deals elsewhere, and the cursor to go to each."""
        if self.ask.sort != "amount":
            return
        before: str | None = None
        for kind, deals in groupby(self.chosen, _stretch):
            iris = [deal.iri for deal in deals]
            cursor = cursor_after(before) if before else None
            yield {"kind": kind, "agreements": len(iris), "cursor": cursor}
            before = iris[-1]

    def table(self) -> tuple[tuple[str, ...], Iterable[Iterable[object]]]:
        """One row a deal, or one row a group and purse where sums of groups are asked for."""
        if self.ask.by:
            return GROUP_COLUMNS, self._group_rows()
        return COLUMNS, (tuple(_cells(self.row(deal))) for deal in self.rows)

    def _group_rows(self) -> Iterable[Iterable[object]]:
        for group in map(self._group, self.groups):
            parts = [("", group), *((each["key"]["label"], each) for each in group["classes"])]
            rows = ((stage, part, total) for stage, part in parts for total in part["totals"])
            for stage, part, total in rows:
                yield (
                    group["key"]["iri"] or "",
                    group["key"]["label"],
                    stage,
                    part["agreements"],
                    total["currency"],
                    total["basis"] or "",
                    *(total[name] for name in ("low", "high", "open", "agreements")),
                    " ".join(each["agreement"]["iri"] for each in total["counted"]),
                    " ".join(each["agreement"]["iri"] for each in total["left_out"]),
                )

    def row(self, deal: Deal) -> dict[str, Any]:
        """One deal as plain values."""
        telling, lang = self.ledger.telling, self.ask.lang
        now, before = deal.present, deal.before
        return {
            "agreement": telling.teller.named(deal.iri, lang).as_dict(),
            "package": deal.package,
            "kinds": self._named(deal.kinds),
            "sectors": self._named(deal.sectors),
            "states": self._named(deal.states),
            "partner_states": self._named(deal.partner_states),
            "powers": self._named(deal.sides),
            "parties": [self._party(each) for each in deal.parties],
            "concerned": self._named(deal.concerned),
            "subject_matter": self._named(deal.subjects),
            "events": self._named(deal.events),
            "values": self._positions(deal.values),
            "quantities": self._positions(deal.quantities),
            "worth": list(self._worth(deal)),
            "status": now.as_dict(telling, lang) if now else None,
            "changed_from": before.as_dict(telling, lang) if before else None,
            "life": [each.as_dict(telling, lang) for each in deal.life],
            "part_of": self._named(deal.part_of),
            "follows": self._named(deal.follows),
            "origins": len(telling.origins(deal.claims)),
            "claims": len(deal.claims),
            "disputes": self.disputed.about(deal.iri) if self.disputed else [],
        }

    def _named(self, iris: Iterable[str]) -> list[dict[str, Any]]:
        teller = self.ledger.telling.teller
        return [teller.named(iri, self.ask.lang).as_dict() for iri in iris]

    def _party(self, party: Party) -> dict[str, Any]:
        teller = self.ledger.telling.teller
        return {
            "party": teller.named(party.actor, self.ask.lang).as_dict(),
            "role": teller.named(party.role, self.ask.lang).as_dict(),
            "states": self._named(sorted(party.states)),
            "powers": self._named(sorted(party.sides)),
            "claims": [claim.iri for claim in party.position.claims],
        }

    def _positions(
        self, units: Mapping[tuple[str, ...], Iterable[Position]]
    ) -> list[dict[str, Any]]:
        telling, lang = self.ledger.telling, self.ask.lang
        return [each.as_dict(telling, lang) for some in units.values() for each in some]

    def _worth(self, deal: Deal) -> Iterable[dict[str, Any]]:
        """What the deal would add to a sum, purse by purse."""
        for (currency, basis), positions in purses_of(deal, self.ledger.telling.rules).items():
            worth = worth_of(deal, positions)
            purse = {"currency": currency, "basis": basis_name(basis)}
            if worth is None:
                yield {**purse, "left_out": REASONS["magnitude"]}
            else:
                yield {**purse, **worth.ends(), **worth.behind()}

    def _group(self, group: Group) -> dict[str, Any]:
        teller, lang = self.ledger.telling.teller, self.ask.lang
        unnamed = ELSEWHERE if group.elsewhere else UNTOLD
        return {
            "key": unnamed if group.key is None else teller.named(group.key, lang).as_dict(),
            "elsewhere": group.elsewhere,
            "agreements": len(group.deals),
            "totals": [each.as_dict(teller, lang) for each in group.totals],
            "classes": [self._group(each) for each in group.classes],
        }


def _stretch(deal: Deal) -> str:
    return ("package" if deal.package else "single") if deal.concerned else "elsewhere"


def _cells(row: dict[str, Any]) -> Iterable[object]:
    yield row["agreement"]["iri"]
    yield row["agreement"]["label"]
    for name in ("kinds", "sectors", "states", "partner_states", "powers"):
        yield _labels(row[name])
    yield "; ".join(
        f"{each['party']['label']} ({each['role']['label']})" for each in row["parties"]
    )
    yield _labels(row["concerned"])
    yield "; ".join(each["label"] for each in row["values"])
    yield from _ends(row["worth"])
    yield "; ".join(each["label"] for each in row["quantities"])
    yield from _now(row["status"])
    before = row["changed_from"]
    yield f"{before['status']['label']} ({before['since']})" if before else ""
    yield _labels(row["part_of"])
    yield _labels(row["follows"])
    yield row["origins"]
    yield " ".join(row["disputes"])


def _labels(named: Iterable[dict[str, Any]]) -> str:
    return "; ".join(each["label"] for each in named)


def _ends(worth: Iterable[dict[str, Any]]) -> Iterable[object]:
    """Low and high of the one purse that holds no list prices, if there is just one."""
    usual = [each for each in worth if each["basis"] is None and "low" in each]
    one = usual[0] if len(usual) == 1 else {}
    for name in ("currency", "low", "high", "open"):
        yield one.get(name, "")


def _now(status: dict[str, Any] | None) -> Iterable[object]:
    if status is None:
        yield from ("", "", "", "", "")
        return
    yield status["status"]["label"]
    yield status["class"]["label"]
    yield status["since"] or ""
    yield _labels(status["said_by"])
    reports = {each["label"]: each for claim in status["claims"] for each in claim["reports"]}
    yield _labels(reports.values())


def row_of(ledger: Ledger, deal: Deal, lang: str) -> dict[str, Any]:
    """One deal as plain values, outside of any page."""
    return LedgerPage(ledger, LedgerAsk(lang=lang), (), (), (), (), None).row(deal)


def ledger_page(ledger: Ledger, ask: LedgerAsk, disputed: Disputed | None = None) -> LedgerPage:
    """Answer. Raises BadParameter for an unknown order, grouping or cursor."""
    chosen = ledger.chosen(ask)
    rows, following = page_of(chosen, lambda deal: deal.iri, ask.limit, ask.cursor)
    return LedgerPage(
        ledger=ledger,
        ask=ask,
        chosen=tuple(chosen),
        rows=tuple(rows),
        totals=ledger.totals(chosen),
        groups=ledger.groups(chosen, ask.by) if ask.by else (),
        next_cursor=following,
        disputed=disputed,
    )
