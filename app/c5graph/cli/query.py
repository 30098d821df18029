"""`c5graph query`: SPARQL from a file, from standard input, or a saved question."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from c5graph.catalogue import Catalogue
from c5graph.cli.console import err, out
from c5graph.cli.data import Data, With, chosen_lens, chosen_sources, named_values
from c5graph.cli.lens import LensOptions, takes_lens
from c5graph.errors import BadParameter, MissingInput
from c5graph.graph.lens import DEFAULT
from c5graph.graph.release import Release, build_release
from c5graph.lenses import canonical
from c5graph.namespaces import shorten
from c5graph.protocol import QueryRequest
from c5graph.scan import with_prefixes
from c5graph.store.evaluate import evaluate
from c5graph.store.port import Answer, Limits

_RESULTS = "application/sparql-results+json"
_ACCEPT = {
    "table": f"{_RESULTS}, text/turtle;q=0.5",
    "json": f"{_RESULTS}, application/ld+json;q=0.5",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.5",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_NO_LIMIT = 2**31 - 1


@takes_lens
def query(
    file: Annotated[
        str | None, typer.Argument(help="File with a SPARQL query; - reads standard input.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of a saved query.")] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="Parameter of a saved query, as name=value.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="table, json, xml, csv, tsv; ttl, nt, rdf, jsonld.")
    ] = "table",
    joined: With = None,
    data: Data = None,
    *,
    lens: LensOptions,
    listing: Annotated[bool, typer.Option("--list", help="List the saved queries.")] = False,
) -> None:
    """Run a SPARQL query or a saved question. Our prefixes need not be declared.

    Examples: c5graph query --name what-does-a-state-seek --param state=tajikistan
    c5graph query my.rq --format csv
    c5graph query my.rq --known-at 2025-11-07
    """
    if listing:
        _list(Catalogue())
        return
    if form not in _ACCEPT:
        raise BadParameter(f"{form!r} is no format.", remedy=f"Use {', '.join(_ACCEPT)}.")
    asked = _asked(file, name, named_values(param))
    release = build_release(chosen_sources(data, joined))
    text = asked(release)
    seen = chosen_lens(release, **lens)
    store = release.store if seen == DEFAULT else release.under(seen).store
    limits = Limits(max_rows=_NO_LIMIT, max_answer_bytes=_NO_LIMIT)
    answer = evaluate(store, QueryRequest(text), _ACCEPT[form], limits=limits)
    _print(answer, as_table=form == "table")
    if seen != DEFAULT:
        undated = release.basis.select(seen).undated
        err.print(f"Lens {canonical(seen)}; {undated} claims were left out for want of a date.")


def _asked(file: str | None, name: str | None, values: dict[str, str]) -> Callable[[Release], str]:
    """What makes the query: the values of a saved one may be names of things in the graph."""
    if (file is None) == (name is None):
        raise BadParameter("Give a file, or --name and a saved query.", remedy="--list shows them.")
    if name is not None:
        saved = Catalogue().get(name)
        return lambda release: saved.bind(values, release.resolve)
    if values:
        raise BadParameter("--param is for saved queries.", remedy="Write the value into the file.")
    text = sys.stdin.read() if file == "-" else _read(Path(str(file)))
    return lambda _: with_prefixes(text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else error.strerror
        raise MissingInput(
            f"{path}: {reason}.", remedy="Check the path; --name runs a saved question."
        ) from error
    except UnicodeDecodeError as error:
        raise MissingInput(
            f"{path}: not UTF-8 text (byte {error.start}).", remedy="Save it as UTF-8."
        ) from error


def _list(catalogue: Catalogue) -> None:
    for saved in catalogue:
        out.print(f"[bold]{saved.name}[/]\n    {escape(saved.question)}")
        for parameter in saved.parameters:
            shown = f"{parameter.name} ({parameter.kind}, default {parameter.default})"
            out.print(f"    --param {shown}: {parameter.description}", markup=False)


def _print(answer: Answer, *, as_table: bool) -> None:
    text = answer.body.decode("utf-8")
    if as_table and answer.media_type.startswith(_RESULTS):
        _table(json.loads(text))
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    if answer.truncated:
        err.print("The answer was cut; the rest is missing.")


def _table(result: dict[str, Any]) -> None:
    if "boolean" in result:
        out.print("yes" if result["boolean"] else "no")
        return
    names, rows = result["head"]["vars"], result["results"]["bindings"]
    table = Table()
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(row.get(name))) for name in names))
    out.print(table)
    out.print(f"{len(rows)} rows.")


def _cell(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    return shorten(term["value"]) if term["type"] == "uri" else str(term["value"])
