"""`c5graph load`: files into a store on disk, for a service that starts at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from c5graph.cli.console import err
from c5graph.errors import BadParameter
from c5graph.graph.sources import Sources
from c5graph.store.contents import Contents
from c5graph.store.prepared import prepare


def load(
    store: Annotated[Path, typer.Option(help="Folder of the store; made where there is none.")],
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", help="RDF file or folder to load; may repeat."),
    ] = None,
) -> None:
    """Load RDF files into a store on disk, which `c5graph serve --store` opens at once.

    Files may be larger than memory. A load that was interrupted goes on where it was when the same
    files are loaded again. Readers of a service that runs over the folder keep the data before
    until it reloads (SIGHUP, or --watch). Files that were loaded before and have not changed are
    not loaded again.

    Examples: c5graph load --store graph --data dump.nt
    c5graph load --store graph --data dump.nt --data more.ttl --data folder
    """
    if not data:
        raise BadParameter("There is nothing to load.", remedy="Name files with --data.")
    sources = Sources.files(data)
    contents = Contents.of_files([item.path for item in sources.inputs])
    with _shown() as progress:
        task = progress.add_task("Reading the files", total=None)
        made = prepare(
            contents,
            sources.digest,
            store,
            lambda name, done, size: progress.update(
                task, description=name, completed=done, total=size or None
            ),
        )
    err.print(f"{made.statements} statements in {store}.")


def _shown() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    return Progress(*columns, TimeRemainingColumn(), console=err, transient=True)
