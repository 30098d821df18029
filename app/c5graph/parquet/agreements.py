"""The ledger as rows: an agreement once for each purse in which it is worth something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from c5graph.desk.bureau import Bureau
from c5graph.desk.deals import Deal
from c5graph.desk.doubles import REASONS
from c5graph.desk.lives import Stage
from c5graph.desk.positions import Position
from c5graph.desk.rules import Rules
from c5graph.desk.sums import Purse, basis_name, purses_of, worth_of
from c5graph.graph.release import Release
from c5graph.parquet.columns import Column, Row, concept, fitting, span_cells

AGREEMENTS: Final = (
    Column("agreement", "text", "IRI; it comes again for each currency and price basis."),
    Column("label", "text", "Its label in English."),
    Column("package", "flag", "Whether it only holds other agreements together."),
    Column("kinds", "texts", "Kinds of agreement."),
    Column("sectors", "texts", "Sectors."),
    Column("states", "texts", "Central Asian states that take part."),
    Column("partner_states", "texts", "Other states that take part."),
    Column("powers", "texts", "Sides that take part, such as china."),
    Column("parties", "parties", "Who takes part, in which role."),
    Column(
        "concerned", "texts", "Central Asian states that it concerns; no sum counts it if none."
    ),
    Column("currency", "text", "ISO 4217 code; empty where no amount is told."),
    Column("price_basis", "text", "list where it counts list prices, else empty."),
    Column("low", "amount", "The least that any position on its worth says, with its parts."),
    Column("high", "amount", "The most that any position says."),
    Column("open", "flag", "Whether there is no limit above high."),
    Column("left_out", "text", "Why no sum may count it, where it has no low and high."),
    Column("low_claims", "texts", "The claims behind low."),
    Column("high_claims", "texts", "The claims behind high."),
    Column("status", "text", "Present stage, such as signed."),
    Column("status_class", "text", "intended, binding or stalled."),
    Column("status_planned", "flag", "Whether nobody asserts that stage."),
    Column("since", "text", "When it was reached, as precisely as it is known."),
    Column("since_earliest", "day", "The first day that it can mean."),
    Column("since_latest", "day", "The last day that it can mean."),
    Column("status_claims", "texts", "The claims that tell the stage."),
    Column("part_of", "texts", "Packages that it is part of."),
    Column("follows", "texts", "Earlier agreements that it continues or converts."),
    Column("origins", "number", "Independent origins that tell of it."),
    Column("claims", "texts", "Every claim about it."),
)


def agreement_rows(release: Release) -> Iterator[Row]:
    """The ledger of the release's lens."""
    bureau = Bureau(release, 1)
    ledger = bureau.office(release.view).ledger
    for deal in ledger.deals:
        told = {
            **_named(release, deal),
            **_stage(deal.present),
            "origins": len(ledger.telling.origins(deal.claims)),
            "claims": [claim.iri for claim in deal.claims],
        }
        for worth in _worths(deal, bureau.rules):
            yield {**told, **worth}


def _named(release: Release, deal: Deal) -> Row:
    return {
        "agreement": deal.iri,
        "label": release.labels.of(deal.iri),
        "package": deal.package,
        "kinds": list(deal.kinds),
        "sectors": list(deal.sectors),
        "states": list(deal.states),
        "partner_states": list(deal.partner_states),
        "powers": list(deal.sides),
        "parties": [
            {"role": each.role, "party": each.actor, "label": release.labels.of(each.actor)}
            for each in deal.parties
        ],
        "concerned": list(deal.concerned),
        "part_of": list(deal.part_of),
        "follows": list(deal.follows),
    }


def _stage(stage: Stage | None) -> Row:
    return {
        "status": concept(stage.status, "status") if stage else None,
        "status_class": concept(stage.status_class, "status-class") if stage else None,
        "status_planned": stage.planned if stage else None,
        "since": stage.since if stage else None,
        **span_cells("since", stage.span if stage and stage.since else None),
        "status_claims": [claim.iri for claim in stage.claims] if stage else [],
    }


def _worths(deal: Deal, rules: Rules) -> Iterator[Row]:
    """What it is worth in each purse; one row of nothing where no amount of money is told."""
    purses = purses_of(deal, rules)
    for purse, positions in purses.items():
        yield _worth(deal, purse, positions)
    if not purses:
        yield _cells(None, None)


def _worth(deal: Deal, purse: Purse, positions: list[Position]) -> Row:
    currency, basis = purse
    cells = _cells(currency, basis_name(basis))
    found = worth_of(deal, positions)
    if found is None:
        return {**cells, "left_out": REASONS["magnitude"]}
    return {
        **cells,
        "low": fitting(found.low),
        "high": fitting(found.high),
        "open": found.open,
        "low_claims": list(found.low_claims),
        "high_claims": list(found.high_claims),
    }


def _cells(currency: str | None, basis: str | None) -> Row:
    empty = dict.fromkeys(("low", "high", "open", "left_out"))
    lists: Row = {"low_claims": [], "high_claims": []}
    return {"currency": currency, "price_basis": basis, **empty, **lists}
