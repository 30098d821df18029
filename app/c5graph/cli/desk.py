"""`c5graph ledger` and its like: the questions of the desk on the command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from c5graph.cli.asking import Cursor, Form, Limit, Many, Wish, lens_options, run
from c5graph.cli.console import out
from c5graph.cli.data import (
    AsOf,
    Data,
    Interests,
    Kinds,
    KnownAt,
    Modalities,
    Origins,
    Possible,
    Reports,
    With,
)
from c5graph.cli.filters import AsJson, Language
from c5graph.desk.questions import DISPUTES, LEDGER


def ledger(
    state: Annotated[Many, typer.Option(help="Central Asian state that takes part.")] = None,
    partner: Annotated[Many, typer.Option(help="Party of another side.")] = None,
    party: Annotated[Many, typer.Option(help="Any party.")] = None,
    power: Annotated[Many, typer.Option(help="united-states, china, russia, ...")] = None,
    sector: Annotated[Many, typer.Option(help="Sector, such as aviation.")] = None,
    status: Annotated[Many, typer.Option(help="Present stage, such as signed.")] = None,
    status_class: Annotated[
        Many, typer.Option("--class", help="intended, binding or stalled.")
    ] = None,
    agreement_kind: Annotated[
        Many, typer.Option("--agreement", help="Kind of agreement, such as purchase.")
    ] = None,
    currency: Annotated[Many, typer.Option(help="Currency in which an amount is told.")] = None,
    by: Annotated[
        str | None, typer.Option(help="Sums by state, sector, partner, power, class, ...")
    ] = None,
    sort: Annotated[str | None, typer.Option(help="since, amount or name.")] = None,
    limit: Limit = None,
    cursor: Cursor = None,
    lang: Language = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    report: Reports = None,
    kind: Kinds = None,
    interest: Interests = None,
    modality: Modalities = None,
    min_origins: Origins = 1,
    joined: With = None,
    data: Data = None,
    form: Form = None,
    *,
    possible: Possible = False,
    as_json: AsJson = False,
) -> None:
    """List the agreements with what they are worth and how far they have come, and sums.

    A sum has a low and a high end; packages, deals that later ones continue, and orders of
    magnitude are left out by name; currencies and list prices are never added to others.

    Examples: c5graph ledger --state tajikistan
    c5graph ledger --by power --format csv
    c5graph ledger --power china --class binding --known-at 2025-12-31
    """
    wish = Wish(
        options={
            "state": state,
            "partner": partner,
            "party": party,
            "power": power,
            "sector": sector,
            "status": status,
            "class": status_class,
            "kind": agreement_kind,
            "currency": currency,
            "by": by,
            "sort": sort,
            "cursor": cursor,
        },
        lens=lens_options(
            as_of, known_at, report, kind, interest, modality, min_origins, possible=possible
        ),
        limit=limit,
        lang=lang,
        files=(data, joined),
        form="json" if as_json else form,
    )
    run(LEDGER, wish, _ledger)


def disputes(
    about: Annotated[
        Many, typer.Argument(help="Only about these: slug, CURIE, IRI or label.")
    ] = None,
    term: Annotated[Many, typer.Option(help="Only on this property, such as hasValue.")] = None,
    dispute_kind: Annotated[
        Many, typer.Option("--of", help="amount, date, stage, party, choice, place, denial, ...")
    ] = None,
    strength: Annotated[str | None, typer.Option(help="conflict or weaker.")] = None,
    found_by: Annotated[str | None, typer.Option(help="rule, source or curator.")] = None,
    claim: Annotated[Many, typer.Option(help="Only where this claim takes part.")] = None,
    limit: Limit = None,
    cursor: Cursor = None,
    lang: Language = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    report: Reports = None,
    kind: Kinds = None,
    interest: Interests = None,
    modality: Modalities = None,
    min_origins: Origins = 1,
    joined: With = None,
    data: Data = None,
    form: Form = None,
    *,
    possible: Possible = False,
    as_json: AsJson = False,
) -> None:
    """Show what claims disagree on: positions side by side, and who stands behind each.

    Found by rules that the ontology declares, by what claims say of each other, and by findings.
    Claims of every wording are compared unless --modality asks for some.

    Examples: c5graph disputes somon-air-boeing-2025
    c5graph disputes --strength conflict --format csv
    c5graph disputes --known-at 2025-11-30 --of amount
    """
    wish = Wish(
        options={
            "about": about,
            "term": term,
            "kind": dispute_kind,
            "strength": strength,
            "foundBy": found_by,
            "claim": claim,
            "cursor": cursor,
        },
        lens=lens_options(
            as_of, known_at, report, kind, interest, modality, min_origins, possible=possible
        ),
        limit=limit,
        lang=lang,
        files=(data, joined),
        form="json" if as_json else form,
    )
    run(DISPUTES, wish, _disputes)


def _disputes(shown: dict[str, Any]) -> None:
    for row in shown["disputes"]:
        term = row["term"]["label"] if row["term"] else row["kind"]["label"]
        out.print(
            f"[bold]{escape(row['subject']['label'])}[/]: {escape(term)}  [{row['strength']}]",
        )
        for number, each in enumerate(row["positions"]):
            denied = "not " if each["denied"] else ""
            when = f" ({each['when']})" if each["when"] else ""
            out.print(f"  {number}. {denied}{each['label']}{when}", markup=False)
            for note in each["claims"]:
                reports = "; ".join(one["label"] for one in note["reports"])
                out.print(f"      {note['modality']}: {note['gloss']} ({reports})", markup=False)
        for each in row["differences"]:
            one, other = each["between"]
            out.print(f"  {one} and {other}: {each['meaning']}", markup=False)
        for each in row["findings"]:
            out.print(f"  finding: {each['label']}", markup=False)
    out.print(
        f"{len(shown['disputes'])} of {shown['total']} disputes, {shown['conflicts']} conflicts."
    )


def _ledger(shown: dict[str, Any]) -> None:
    rows = Table(box=None, pad_edge=False)
    for title in ("since", "status", "worth", "agreement"):
        rows.add_column(title)
    for row in shown["agreements"]:
        status = row["status"]
        rows.add_row(
            (status and status["since"]) or "",
            status["status"]["label"] if status else "not told",
            "; ".join(each["label"] for each in row["values"]),
            escape(row["agreement"]["label"]),
        )
    out.print(rows)
    out.print(f"{len(shown['agreements'])} of {shown['total']} agreements.")
    _totals(shown["totals"])
    for group in shown["groups"]:
        out.print(f"[bold]{escape(group['key']['label'])}[/]: {group['agreements']} agreements")
        _totals(group["totals"])


def _totals(totals: list[dict[str, Any]]) -> None:
    for each in totals:
        basis = f" at {each['basis']} prices" if each["basis"] else ""
        more = " or more" if each["open"] else ""
        left = f", {len(each['left_out'])} left out" if each["left_out"] else ""
        out.print(
            f"  {each['currency']} {each['low']:,} to {each['high']:,}{more}{basis} "
            f"in {each['agreements']} agreements{left}"
        )
