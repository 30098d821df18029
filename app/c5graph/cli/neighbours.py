"""`c5graph neighbours`: the edges at an entity."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from c5graph.cli.console import out
from c5graph.cli.data import Data, With, chosen_sources, chosen_view
from c5graph.cli.filters import (
    AsJson,
    Firmnesses,
    Form,
    Language,
    Predicates,
    Types,
    Way,
    chosen_edges,
    chosen_form,
    show_answer,
    show_edge,
)
from c5graph.cli.lens import LensOptions, takes_lens
from c5graph.graph.release import build_release
from c5graph.namespaces import shorten
from c5graph.neighbours import Ask, Page
from c5graph.settings import Settings


@takes_lens
def neighbours(
    entity: Annotated[str, typer.Argument(help="Slug, CURIE, IRI or exact label.")],
    depth: Annotated[int, typer.Option(min=1, max=3, help="Steps away at most.")] = 1,
    direction: Way = "both",
    predicate: Predicates = None,
    firmness: Firmnesses = None,
    types: Types = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Edges to show.")] = None,
    cursor: Annotated[str | None, typer.Option(help="Where the page before ended.")] = None,
    lang: Language = None,
    joined: With = None,
    data: Data = None,
    form: Form = None,
    *,
    lens: LensOptions,
    as_json: AsJson = False,
) -> None:
    """Show how an entity is related, and the claims behind each relation.

    Counts per predicate come first. Firm and planned relations are shown unless others are
    asked for. Exit code 4 when there is no such entity.

    Examples: c5graph neighbours somon-air --direction out --firmness all
    c5graph neighbours kazakhstan --known-at 2025-11-07
    c5graph neighbours kazakhstan --depth 2 --limit 1000 --format graphml
    """
    settings = Settings.from_environment()
    form = chosen_form(form, as_json=as_json)
    view = chosen_view(build_release(chosen_sources(data, joined)), **lens)
    which = chosen_edges(direction, predicate, firmness, types, view.lens)
    ask = Ask(
        entity=entity,
        direction=which.direction,
        predicates=which.predicates,
        firmness=which.firmness,
        types=which.types,
        depth=depth,
        limit=min(limit or settings.neighbour_limit, settings.neighbour_max),
        cursor=cursor,
        lang=lang or settings.language,
        reach=settings.neighbour_reach,
    )
    page = view.neighbours.lookup(ask)
    show_answer(page, form, view, ask.lang, _show)


def _show(page: Page) -> None:
    out.print(f"[bold]{escape(page.entity.label)}[/]  {shorten(page.entity.iri or '')}")
    counts = Table(box=None, pad_edge=False)
    for title in ("count", "direction", "predicate"):
        counts.add_column(title)
    for each in page.counts:
        counts.add_row(str(each.count), each.direction, escape(each.predicate.label))
    out.print(counts)
    for edge in page.edges:
        show_edge(edge, f"{edge.at.label} " if page.depth > 1 else "")
    out.print(f"{len(page.edges)} of {page.total} edges.")
    if page.next_cursor:
        out.print(f"More: --cursor {page.next_cursor}")
