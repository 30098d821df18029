"""`c5graph import`: tables of entities, claims, reports and findings become Turtle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from c5graph import resources
from c5graph.authoring.importing import Imported, Target, Wishes, import_tables
from c5graph.authoring.lock import available
from c5graph.cli.console import err, out, show_fault
from c5graph.errors import Exit

Tables = Annotated[
    list[Path], typer.Argument(help="CSV tables; CONTRIBUTING.md tells the columns.")
]
Into = Annotated[
    Path | None,
    typer.Option("--into", help="File for the claims, or a folder of your own beside the data."),
]


def import_(
    tables: Tables,
    *,
    into: Into = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write anew what is there under the same name.")
    ] = False,
    texts: Annotated[
        Path | None, typer.Option("--texts", help="Folder of the reports' texts, for new passages.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, and write nothing.")] = False,
    names: Annotated[
        bool, typer.Option("--names", help="List the name that each row got.")
    ] = False,
) -> None:
    """Import tables of entities, claims, reports and findings into Turtle in our layout.

    All or nothing: any problem is told with row, column and remedy, and nothing is written.
    Exit code 0: written; 1: a row is at fault; 3: a table or file cannot be read.

    Example: c5graph import claims.csv --into data/claims/rail.ttl
    """
    if not available():
        err.print("This system has no file locks: do not import twice at once.")
    target = Target.of(into, resources.data())
    wishes = Wishes(replace, dry_run, texts)
    with err.status("Importing ..."):
        result = import_tables(tables, target, resources.root(), wishes)
    _show(result, dry_run=dry_run, names=names)


def _show(result: Imported, *, dry_run: bool, names: bool) -> None:
    for problem in result.problems:
        show_fault(problem.place, problem.message, problem.remedy)
    if result.problems:
        out.print(f"{len(result.problems)} problems; nothing was written.")
        raise typer.Exit(Exit.FINDINGS)
    if names:
        for row, name in result.made:
            out.print(f"{row}: {name}")
    counts = ", ".join(_counted(number, kind) for kind, number in sorted(result.counts.items()))
    done = "would be written" if dry_run else "written"
    files = ", ".join(str(path) for path in sorted(result.texts))
    out.print(f"{counts or 'nothing'} {done}{': ' + files if files else ''}.")


def _counted(number: int, kind: str) -> str:
    if number == 1:
        return f"1 {kind}"
    return f"{number} {kind.removesuffix('y')}ies" if kind.endswith("y") else f"{number} {kind}s"
