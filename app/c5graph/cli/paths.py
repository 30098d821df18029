"""`c5graph paths`: the shortest ways from one entity to another."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

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
from c5graph.paths import PathAsk, Paths, find_paths
from c5graph.settings import Settings


@takes_lens
def paths(
    start: Annotated[str, typer.Argument(help="Slug, CURIE, IRI or exact label.")],
    end: Annotated[str, typer.Argument(help="The same, of the entity to reach.")],
    k: Annotated[int, typer.Option("--k", min=1, help="How many paths.")] = 5,
    longest: Annotated[int, typer.Option(min=1, max=10, help="Edges of a path at most.")] = 6,
    direction: Way = "both",
    predicate: Predicates = None,
    firmness: Firmnesses = None,
    types: Types = None,
    lang: Language = None,
    joined: With = None,
    data: Data = None,
    form: Form = None,
    *,
    lens: LensOptions,
    as_json: AsJson = False,
) -> None:
    """Show the shortest paths between two entities, and the claims behind each step.

    Firm and planned relations are followed unless others are asked for, in both directions
    unless one is. Exit code 4 when there is no such entity.

    Examples: c5graph paths kazakhstan boeing
    c5graph paths rogun-dam china --k 10 --firmness all --format gexf
    """
    settings = Settings.from_environment()
    form = chosen_form(form, as_json=as_json)
    view = chosen_view(build_release(chosen_sources(data, joined)), **lens)
    ask = PathAsk(
        start=start,
        end=end,
        which=chosen_edges(direction, predicate, firmness, types, view.lens),
        k=min(k, settings.path_max),
        longest=longest,
        steps=settings.path_steps,
        lang=lang or settings.language,
    )
    found = find_paths(view.neighbours, ask)
    show_answer(found, form, view, ask.lang, _show)


def _show(found: Paths) -> None:
    for number, path in enumerate(found.paths, start=1):
        names = " – ".join(each.label for each in path.nodes)
        out.print(f"[bold]{number}. {escape(names)}[/]")
        for step in path.steps:
            for edge in step:
                show_edge(edge, f"  {edge.at.label} ")
    out.print(
        f"{len(found.paths)} paths from {escape(found.start.label)} to {escape(found.end.label)}."
    )
    if found.truncated:
        out.print("The search met its bound; there may be more.")
