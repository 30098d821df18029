"""Options that `neighbours` and `paths` share: which edges count, and how they are written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

import typer

from c5graph.cli.console import out
from c5graph.edges import USUAL, Edge, Named, Teller
from c5graph.errors import BadParameter
from c5graph.graph.lens import Lens
from c5graph.graph.release import View
from c5graph.lookup import Direction, Which, firmness_from, term_iri
from c5graph.namespaces import shorten
from c5graph.neighbours import Page
from c5graph.networks import FORMATS, JSON, written
from c5graph.paths import Paths

Found = TypeVar("Found", Page, Paths)

Way = Annotated[Direction, typer.Option(help="As seen from the entity asked about.")]
Predicates = Annotated[
    list[str] | None, typer.Option(help="Only this predicate, as name or CURIE; may repeat.")
]
Types = Annotated[
    list[str] | None, typer.Option("--type", help="Only to things of this class; may repeat.")
]
Firmnesses = Annotated[
    list[str] | None,
    typer.Option(help="firm, planned, sought, possible, forecast, opinion or all; may repeat."),
]
Language = Annotated[str | None, typer.Option(help="Language of the labels.")]
Form = Annotated[
    str | None,
    typer.Option("--format", help="json, turtle, jsonld, csv, graphml, gexf or cytoscape."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; the same as --format json.")]


def chosen_edges(
    direction: Direction,
    predicates: list[str] | None,
    firmness: list[str] | None,
    types: list[str] | None,
    lens: Lens,
) -> Which:
    """The filters that the options ask for. Raises BadParameter."""
    return Which(
        direction=direction,
        predicates=tuple(map(term_iri, predicates or [])),
        firmness=firmness_from(firmness) if firmness else USUAL | lens.modality,
        types=tuple(map(term_iri, types or [])),
    )


def chosen_form(form: str | None, *, as_json: bool) -> str | None:
    """The name of a format, or None for text to read. Raises BadParameter."""
    known = [each.name for each in FORMATS]
    if form is not None and form not in known:
        raise BadParameter(f"{form!r} is no format.", remedy=f"Use {', '.join(known)}.")
    return JSON.name if as_json else form


def show_answer(
    found: Found, form: str | None, view: View, lang: str, show: Callable[[Found], None]
) -> None:
    """Print what a look-up found: as JSON, in a format of networks, or in words by `show`."""
    if form == JSON.name:
        out.print_json(json.dumps(found.as_dict(), ensure_ascii=False))
    elif form is not None:
        write_edges(found.edges, form, view.neighbours.teller, lang)
    else:
        show(found)
        if view.selection.undated:
            out.print(f"{view.selection.undated} claims were left out for want of a date.")


def write_edges(edges: Sequence[Edge], form: str, teller: Teller, lang: str) -> None:
    """Print the edges in any format but JSON."""
    (chosen,) = (each for each in FORMATS if each.name == form)
    sys.stdout.buffer.write(written(edges, chosen, teller, lang))
    sys.stdout.flush()


def show_edge(edge: Edge, mark: str = "") -> None:
    """An edge on one line, and its claims below it."""
    arrow = "→" if edge.direction == "out" else "←"
    line = f"{mark}{arrow} {edge.predicate.label} {arrow} {_name(edge.other)}  [{_weight(edge)}]"
    out.print(line, markup=False)
    for claim in edge.claims:
        reports = "; ".join(report.label for report in claim.reports)
        out.print(f"    {claim.modality}: {claim.gloss} ({reports})", markup=False)


def _weight(edge: Edge) -> str:
    """How firm, of an undertaking at which stage, and until when."""
    told = (edge.firmness, edge.status.label if edge.status else "", _end(edge))
    return ", ".join(filter(None, told))


def _end(edge: Edge) -> str:
    return f"until {edge.until}" if edge.until else ""


def _name(named: Named) -> str:
    return f"{named.label}  {shorten(named.iri)}" if named.iri else named.label
