"""Which tables there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from c5graph.graph.release import Release
from c5graph.parquet.agreements import AGREEMENTS, agreement_rows
from c5graph.parquet.claims import CLAIMS, EVIDENCE, claim_rows, evidence_rows
from c5graph.parquet.columns import Column, Row
from c5graph.parquet.entities import ENTITIES, entity_rows


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, and how its rows are made."""

    name: str
    holds: str
    columns: tuple[Column, ...]
    rows: Callable[[Release], Iterator[Row]]


TABLES: Final = {
    table.name: table
    for table in (
        Table("claims", "A row a claim, with typed dates and amounts.", CLAIMS, claim_rows),
        Table("evidence", "A row a claim and passage, with the report.", EVIDENCE, evidence_rows),
        Table("entities", "A row a thing: kinds, names, links, place.", ENTITIES, entity_rows),
        Table(
            "ledger",
            "A row an agreement and purse: parties, stage, worth from low to high.",
            AGREEMENTS,
            agreement_rows,
        ),
    )
}
"""Tables by name."""
