"""`c5graph map`: a data set that its holder may not pass on becomes claims of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from c5graph import resources
from c5graph.cli.console import err, out, show_fault
from c5graph.errors import Exit
from c5graph.held.mapping import MAPPINGS, Mapped, Order, map_file

_SHOWN = 10
Kind = Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(MAPPINGS)}.")]
File = Annotated[Path, typer.Argument(help="The publisher's file; .gz and .zip are unpacked.")]
Into = Annotated[Path, typer.Option("--into", help="A folder of your own, kept to yourself.")]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", help="Only records about this state, by ISO code; may repeat."),
]
Issued = Annotated[str, typer.Option(help="Day, month or year in which the data were published.")]
Seen = Annotated[str, typer.Option("--first-seen", help="Day on which you got the file; today.")]


def map_(
    kind: Kind, file: File, *, into: Into, countries: Countries = None, issued: Issued = "",
    seen: Seen = "",
    skip_faulty: Annotated[
        bool, typer.Option("--skip-faulty", help="Leave faulty records out and map the others.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, and write nothing.")] = False,
) -> None:  # fmt: skip
    """Map a publisher's file into claims that rest on its records, in a folder of your own.

    The folder joins the shipped graph (--with FOLDER) for you alone: its reports carry the terms
    of the publisher and say that nobody may pass them on, so no export, dump or publication has
    them. States are matched by code, other actors by their only name, which a finding tells;
    what the graph does not have is told, and is in KIND-not-matched.csv of the folder.
    All or nothing: a faulty record is told with its line, and then nothing is written.
    Exit code 0: written; 1: a record is at fault; 3: the file cannot be read or has another layout.

    Example: c5graph map aiddata gcdf.csv --into mine --country KAZ --country UZB
    """
    order = Order(kind, file, into, issued, seen, tuple(countries or ()), skip_faulty, dry_run)
    with _shown() as progress:
        task = progress.add_task(f"Reading {file}")
        result = map_file(order, resources.root(), lambda count: progress.advance(task, count))
    _show(result, order)


def _shown() -> Progress:
    columns = (TextColumn("{task.description}"), SpinnerColumn(), TextColumn("{task.completed:,}"))
    return Progress(*columns, TimeElapsedColumn(), console=err, transient=True)


def _show(result: Mapped, order: Order) -> None:
    for problem in result.problems:
        show_fault(problem.place, problem.message, problem.remedy)
    for name, count in result.left_out.most_common(_SHOWN):
        out.print(f"left out, {name}: {count:,} records", markup=False)
    for name, count in result.unknown.most_common(_SHOWN):
        near = result.near.get(name)
        hint = f"; may be {' or '.join(near)}" if near else ""
        out.print(f"new actor: {name} ({count:,} records{hint})", markup=False)
    for (name, thing), count in result.inferred.most_common(_SHOWN):
        out.print(f"inferred: {name} is {thing} ({count:,} claims)", markup=False)
    if result.problems and not order.skip_faulty:
        out.print(f"{result.left_out['faulty']:,} faulty records; nothing was written.")
        raise typer.Exit(Exit.FINDINGS)
    done = "would be written" if order.dry_run or not result.texts else "written"
    files = ", ".join(str(path) for path in sorted(result.texts))
    out.print(
        f"{result.records:,} records read; {result.claims:,} claims {done}"
        f"{': ' + files if files else ''}.",
        markup=False,
    )
