"""`c5graph ledger` and its like: the questions of the desk on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from c5graph.cli.asking import Many, Page, run, takes_page
from c5graph.cli.desk_words import show_changes, show_disputes, show_ledger, show_perspectives
from c5graph.cli.lens import LensOptions, takes_lens, takes_lens_but
from c5graph.desk.questions import CHANGES, DISPUTES, LEDGER, PERSPECTIVES


@takes_page
@takes_lens
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
    *,
    lens: LensOptions,
    page: Page,
) -> None:
    """List the agreements with what they are worth and how far they have come, and sums.

    A sum has a low and a high end; packages, deals that later ones continue, and orders of
    magnitude are left out by name; currencies and list prices are never added to others.

    Examples: c5graph ledger --state tajikistan
    c5graph ledger --by power --format csv
    c5graph ledger --power china --class binding --known-at 2025-12-31
    """
    options = {
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
    }
    run(LEDGER, options, lens, page, show_ledger)


@takes_page
@takes_lens
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
    *,
    lens: LensOptions,
    page: Page,
) -> None:
    """Show what claims disagree on: positions side by side, and who stands behind each.

    Found by rules that the ontology declares, by what claims say of each other, and by findings.
    Claims of every wording are compared unless --modality asks for some.

    Examples: c5graph disputes somon-air-boeing-2025
    c5graph disputes --strength conflict --format csv
    c5graph disputes --known-at 2025-11-30 --of amount
    """
    options = {
        "about": about,
        "term": term,
        "kind": dispute_kind,
        "strength": strength,
        "foundBy": found_by,
        "claim": claim,
    }
    run(DISPUTES, options, lens, page, show_disputes)


@takes_page
@takes_lens_but({"known_at"})
def changes(
    since: Annotated[str, typer.Argument(metavar="FROM", help="What was known on this day ...")],
    until: Annotated[
        str | None, typer.Argument(metavar="TO", help="... against this day, or everything.")
    ] = None,
    about: Annotated[Many, typer.Option(help="Only about these.")] = None,
    change: Annotated[
        Many, typer.Option(help="status, dispute, gained, lost, report or claim.")
    ] = None,
    *,
    lens: LensOptions,
    page: Page,
) -> None:
    """Show what was learned between two days: what reports published since have changed.

    Stages that undertakings have come to, disputes that opened or grew, facts that follow now or
    follow no longer, and the reports and claims behind that.

    Examples: c5graph changes 2025-11-07 2025-12-31 --change status
    c5graph changes 2025-11-30 --about somon-air-boeing-2025
    """
    options = {
        "from": since,
        "to": until,
        "about": about,
        "change": change,
    }
    run(CHANGES, options, lens, page, show_changes)


@takes_page
@takes_lens
def perspectives(
    of: Annotated[str, typer.Argument(help="Slug, CURIE, IRI or exact label of a thing.")],
    voice: Annotated[Many, typer.Option(help="Only what this voice says.")] = None,
    says: Annotated[Many, typer.Option(help="Only where this class of interest speaks.")] = None,
    silent: Annotated[
        Many, typer.Option(help="Only where this class of interest is silent.")
    ] = None,
    *,
    lens: LensOptions,
    page: Page,
) -> None:
    """Show who says what about a thing, and what each class of interest is silent on.

    Examples: c5graph perspectives somon-air-boeing-2025
    c5graph perspectives tajikistan --silent us-government
    """
    options = {
        "of": of,
        "voice": voice,
        "says": says,
        "silent": silent,
    }
    run(PERSPECTIVES, options, lens, page, show_perspectives)
