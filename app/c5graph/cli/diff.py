"""`c5graph diff`: what differs between two releases, folders or dumps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from c5graph.cli.console import err, out
from c5graph.errors import Exit
from c5graph.graph.difference import Difference, Item, differences, read_state
from c5graph.namespaces import shorten

State = Annotated[
    Path, typer.Argument(help="Folder of a release (with data/ in it), RDF files, or a dump.")
]


def diff(
    old: State,
    new: State,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Reports, findings and entities too, not only claims.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with all of it.")] = False,
) -> None:
    """Tell which claims were added, removed and changed from one state to another, in words.

    Exit code 0: the same claims, reports, findings and entities; 1: they differ; 3: a file is
    missing or cannot be parsed.

    Example: c5graph diff c5graph-1.0.trig c5graph-1.1.trig
    """
    with err.status("Comparing ..."):
        found = differences(read_state(old), read_state(new))
    if as_json:
        told = {kind: asdict(difference) for kind, difference in found.items()}
        shown = {"old": str(old), "new": str(new), "same": not any(found.values()), **told}
        out.print_json(json.dumps(shown, ensure_ascii=False))
    else:
        _show(found, everything=everything)
    raise typer.Exit(Exit.FINDINGS if any(found.values()) else Exit.OK)


def _show(found: dict[str, Difference], *, everything: bool) -> None:
    for kind, difference in found.items():
        if kind == "claims" or everything:
            for line in _lines(difference):
                out.print(line)
    told = [f"{kind}: {_counts(difference)}" for kind, difference in found.items() if difference]
    out.print("; ".join(told) + "." if told else "No difference.")


def _lines(difference: Difference) -> Iterator[str]:
    for mark, colour, items in (
        ("+", "green", difference.added),
        ("-", "red", difference.removed),
        ("~", "yellow", difference.changed),
    ):
        for item in items:
            yield f"[{colour}]{mark}[/] {escape(shorten(item.iri))}  {escape(item.gloss)}"
            yield from _changes(item)


def _changes(item: Item) -> Iterator[str]:
    for change in item.changes:
        old, new = ("; ".join(values) or "nothing" for values in (change.old, change.new))
        yield f"    {escape(f'{change.label}: {old} -> {new}')}"


def _counts(difference: Difference) -> str:
    numbers = {
        "added": len(difference.added),
        "removed": len(difference.removed),
        "changed": len(difference.changed),
    }
    return ", ".join(f"{number} {what}" for what, number in numbers.items() if number)
