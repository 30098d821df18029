"""`c5graph analyse`: measures of networks, and the networks themselves."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from c5graph.analytics.analysis import Analysis, shown
from c5graph.analytics.analytics import Analytics
from c5graph.analytics.ask import parse_ask
from c5graph.analytics.exposure.answer import COLUMNS, records
from c5graph.analytics.exposure.ask import OPTIONS
from c5graph.analytics.measures import MEASURES, measure
from c5graph.analytics.networkfiles import as_answer, as_file
from c5graph.analytics.outcome import Progress as Told
from c5graph.analytics.projections import Projections
from c5graph.cli.console import err, out
from c5graph.cli.data import (
    Data,
    With,
    chosen_sources,
    given_options,
    named_values,
)
from c5graph.cli.filters import AsJson, Firmnesses, Language
from c5graph.cli.lens import LensOptions, takes_lens
from c5graph.errors import BadParameter
from c5graph.graph.release import build_release
from c5graph.graphfiles import CSV, CYTOSCAPE, GEXF, GRAPHML, JSON
from c5graph.protocol import Parameters
from c5graph.settings import Settings
from c5graph.tables import table

_NETWORK, _EXPOSURE = "network", "exposure"
_FORMS = {form.name: form for form in (JSON, CSV, GRAPHML, GEXF, CYTOSCAPE)}
_SHOWN = 30
_ENDS = ("low", "central", "high")
_EXPOSURE_SHOWN = tuple(name for name in COLUMNS if name not in ("about", "claims"))


@takes_lens
def analyse(
    name: Annotated[
        str | None, typer.Argument(help="A measure, or network; without it, they are listed.")
    ] = None,
    projection: Annotated[str | None, typer.Option(help="Which network; deals if none.")] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="An option of the measure, as name=value; may repeat.")
    ] = None,
    firmness: Firmnesses = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows to show.")] = None,
    lang: Language = None,
    joined: With = None,
    data: Data = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help="json, csv; for network graphml, gexf, cytoscape."),
    ] = None,
    *,
    lens: LensOptions,
    as_json: AsJson = False,
) -> None:
    """Measure a network that is projected from derived facts, or write the network.

    Every answer names its projection, lens, data version, direction and weight.

    Examples: c5graph analyse betweenness --projection diplomacy
    c5graph analyse brokers --param sources=Company@united-states
    c5graph analyse routes --param from=kazakhstan --param to=boeing
    c5graph analyse change --param against=knownAt=2025-11-07
    c5graph analyse exposure --param entity=turkmenistan --param without=china
    c5graph analyse similarity --param of=kyrgyzstan
    c5graph analyse network --projection dependence --format graphml
    """
    if name is None:
        return _list()
    form = JSON.name if as_json else form
    _insist_on_form(name, form)
    given = given_options(
        projection=projection, firmness=firmness, lang=lang, **named_values(param), **lens
    )
    most = limit or (sys.maxsize if form else _SHOWN)
    release = build_release(chosen_sources(data, joined))
    analytics = Analytics(release, release.view_under)
    if name == _EXPOSURE:
        return _exposure(analytics, given, form)
    if name == _NETWORK:
        return _network(analytics, given, form, most)
    ask = parse_ask(measure(name), given, release.record, Settings.from_environment().language)
    with _progress() as told:
        found = analytics.analyse(ask, told).first(most)
    return _show(found, form)


def _insist_on_form(name: str, form: str | None) -> None:
    known = list(_FORMS) if name == _NETWORK else [JSON.name, CSV.name]
    if form is not None and form not in known:
        raise BadParameter(f"{form!r} is no format.", remedy=f"Use {', '.join(known)}.")


def _network(analytics: Analytics, given: Parameters, form: str | None, most: int) -> None:
    network, lang = analytics.network(given, Settings.from_environment().language)
    if form is not None and form != JSON.name:
        sys.stdout.buffer.write(as_file(network, _FORMS[form], most, lang))
        sys.stdout.flush()
        return
    answer = as_answer(network, analytics.homes, most, lang)
    if form == JSON.name:
        out.print_json(json.dumps(answer, ensure_ascii=False))
        return
    out.print(f"[bold]{escape(network.projection.question)}[/]")
    for edge in answer["edges"]:
        ends = f"{edge['source']['label']} – {edge['target']['label']}"
        out.print(f"{ends}  weight {edge['weight']}  [{edge['firmness']}]", markup=False)
        for claim in edge["claims"]:
            out.print(f"    {claim['modality']}: {claim['gloss']}", markup=False)
    out.print(f"{len(answer['edges'])} of {answer['total']} edges, data {network.version}.")


def _exposure(analytics: Analytics, given: Parameters, form: str | None) -> None:
    answer = analytics.exposure(given, Settings.from_environment().language)
    if form == JSON.name:
        out.print_json(json.dumps(answer, ensure_ascii=False))
        return
    rows = list(records(answer))
    if form == CSV.name:
        sys.stdout.buffer.write(table(COLUMNS, (row.values() for row in rows)))
        sys.stdout.flush()
        return
    out.print(f"[bold]{escape(answer['entity']['label'])}[/]")
    shown_rows = Table(box=None, pad_edge=False)
    for title in _EXPOSURE_SHOWN:
        shown_rows.add_column(title.replace("_", " "))
    told_rows = [row for row in rows if any(row[end] is not None for end in _ENDS)]
    for row in told_rows:
        shown_rows.add_row(*(escape(shown(row[title])) for title in _EXPOSURE_SHOWN))
    out.print(shown_rows)
    untold = len(rows) - len(told_rows)
    out.print(f"{untold} figures are told by nobody: missing, not zero; --format csv lists them.")
    for told in answer["relations"]:
        for point in told["single_points"]:
            cuts = point["cuts_off"]
            line = f"{point['node']['label']} alone joins it with {cuts['low']} to {cuts['high']}"
            out.print(f"{told['projection']['name']}: {line} others.", markup=False)
    for line in _what_if(answer):
        out.print(line, markup=False)
    out.print(f"Data {answer['version']}; --json has the claims behind every end.")


def _what_if(answer: dict[str, Any]) -> Iterator[str]:
    """What is left without what is to go, and which figures change without claims."""
    for told in (answer["without"] or {"relations": []})["relations"]:
        shares = (f"{e['power']['label']} {_span(e['share'])}" for e in told["shares"])
        cuts = sum(each["cuts_off"]["high"] for each in told["cut_off"])
        yield f"without them, {told['projection']}: {'; '.join(shares)}; {cuts} others cut off."
    gone = answer["without_claims"]
    for each in gone["changes"] if gone else ():
        figure = f"{each['of']}, {each['partner'] or each['figure']}"
        yield f"without the claims, {figure}: {_span(each['before'])} → {_span(each['after'])}"
    if gone and not gone["changes"]:
        yield "without the claims no figure changes."


def _span(found: dict[str, Any] | None) -> str:
    """A range in words; what nobody tells is not told, never zero."""
    ends = [found[name] for name in _ENDS] if found else []
    told = [shown(each) or "not told" for each in ends]
    return " – ".join(told) if any(each is not None for each in ends) else "not told"


def _show(found: Analysis, form: str | None) -> None:
    if form == JSON.name:
        out.print_json(json.dumps(found.as_dict(), ensure_ascii=False))
    elif form == CSV.name:
        sys.stdout.buffer.write(found.csv())
        sys.stdout.flush()
    else:
        _table(found)


def _table(found: Analysis) -> None:
    rows = Table(box=None, pad_edge=False)
    for column in found.columns:
        rows.add_column(column.name.replace("_", " "))
    for row in found.rows:
        rows.add_row(*(escape(shown(row[column.name])) for column in found.columns))
    out.print(rows)
    for name, value in found.summary.items():
        out.print(f"{name.replace('_', ' ')}: {shown(value)}", markup=False)
    out.print(f"{len(found.rows)} of {found.total} rows. {found.caption}.", markup=False)
    undated = found.lens["left_out_for_want_of_a_date"]
    if undated:
        out.print(f"{undated} claims were left out for want of a date.")


def _list() -> None:
    for projection in Projections():
        out.print(f"[bold]{projection.name}[/]  {escape(projection.question)}")
    out.print()
    for each in MEASURES.values():
        out.print(f"[bold]{each.name}[/]  {escape(each.question)}")
        for option in each.options:
            out.print(f"    --param {option.name}=...: {option.meaning}", markup=False)
    out.print("[bold]exposure[/]  How far does something depend on each power, and how sure is it?")
    for option_name, meaning in OPTIONS.items():
        out.print(f"    --param {option_name}=...: {meaning}", markup=False)


@contextmanager
def _progress() -> Iterator[Told]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Computing", total=None)

        def told(stage: str, done: float | None) -> None:
            bar.update(task, description=stage, total=None if done is None else 1, completed=done)

        yield told
