"""`c5graph ledger` and its like: the questions of the desk on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from c5graph.cli.asking import Cursor, Form, Limit, Many, Wish, lens_options, run
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
from c5graph.cli.desk_words import show_changes, show_disputes, show_ledger, show_perspectives
from c5graph.cli.filters import AsJson, Language
from c5graph.desk.questions import CHANGES, DISPUTES, LEDGER, PERSPECTIVES


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
    run(LEDGER, wish, show_ledger)


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
    run(DISPUTES, wish, show_disputes)


def changes(
    since: Annotated[str, typer.Argument(metavar="FROM", help="What was known on this day ...")],
    until: Annotated[
        str | None, typer.Argument(metavar="TO", help="... against this day, or everything.")
    ] = None,
    about: Annotated[Many, typer.Option(help="Only about these.")] = None,
    change: Annotated[
        Many, typer.Option(help="status, dispute, gained, lost, report or claim.")
    ] = None,
    limit: Limit = None,
    cursor: Cursor = None,
    lang: Language = None,
    as_of: AsOf = None,
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
    """Show what was learned between two days: what reports published since have changed.

    Stages that undertakings have come to, disputes that opened or grew, facts that follow now or
    follow no longer, and the reports and claims behind that.

    Examples: c5graph changes 2025-11-07 2025-12-31 --change status
    c5graph changes 2025-11-30 --about somon-air-boeing-2025
    """
    wish = Wish(
        options={
            "from": since,
            "to": until,
            "about": about,
            "change": change,
            "cursor": cursor,
        },
        lens=lens_options(
            as_of, None, report, kind, interest, modality, min_origins, possible=possible
        ),
        limit=limit,
        lang=lang,
        files=(data, joined),
        form="json" if as_json else form,
    )
    run(CHANGES, wish, show_changes)


def perspectives(
    of: Annotated[str, typer.Argument(help="Slug, CURIE, IRI or exact label of a thing.")],
    says: Annotated[Many, typer.Option(help="Only where this class of interest speaks.")] = None,
    silent: Annotated[
        Many, typer.Option(help="Only where this class of interest is silent.")
    ] = None,
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
    """Show what each class of interest says about a thing, and what it is silent on.

    Examples: c5graph perspectives somon-air-boeing-2025
    c5graph perspectives tajikistan --silent us-government
    """
    wish = Wish(
        options={
            "of": of,
            "says": says,
            "silent": silent,
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
    run(PERSPECTIVES, wish, show_perspectives)
