"""`c5graph format`: Turtle files in our layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from c5graph.authoring.formatting import files_to_format, formatted
from c5graph.authoring.writing import write_all
from c5graph.cli.console import out
from c5graph.errors import Exit

Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Turtle files or folders; without any, ontology and data of the checkout."),
]


def format_(
    files: Files = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; tell which files would change.")
    ] = False,
) -> None:
    """Put Turtle files into our layout: blocks in order, one value a line, comments kept.

    Exit code 0: all is in layout now; 1: with --check, a file is not; 3: a file is missing, or
    is no Turtle that can be laid out, and nothing was changed.

    Example: c5graph format data/claims/rail.ttl
    """
    results = [formatted(path) for path in files_to_format(files or [])]
    changed = [each for each in results if each.changed]
    if not check:
        write_all({each.path: each.after for each in changed})
    for each in changed:
        out.print(f"{each.path}: {'not in layout' if check else 'put in layout'}", markup=False)
    out.print(f"{len(results)} files, {len(changed)} {'to change' if check else 'changed'}.")
    if check and changed:
        raise typer.Exit(Exit.FINDINGS)
