"""`c5graph export`: the whole graph as one file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from c5graph.cli.console import err
from c5graph.cli.data import Data, Private, With, chosen_lens, chosen_sources, passed_on
from c5graph.cli.lens import LensOptions, takes_lens
from c5graph.errors import MissingInput
from c5graph.exports import ending_of, write_export
from c5graph.graph.lens import DEFAULT
from c5graph.graph.release import build_release
from c5graph.lenses import canonical


@takes_lens
def export(
    target: Annotated[Path, typer.Argument(help="File to write; its ending names the format.")],
    joined: With = None,
    data: Data = None,
    *,
    private: Private = False,
    lens: LensOptions,
) -> None:
    """Write everything to one file, as the service has it under /dump, or for other tools.

    .trig, .nq and .jsonld hold all named graphs; .ttl, .nt and .rdf the default graph, which is
    all but shapes and derivations; .csv a row a claim; .graphml and .gexf the firm and planned
    facts as a network. .rdf12.ttl and .rdf12.nt are RDF 1.2, where a claim reifies its statement;
    .nanopubs.trig has a nanopublication a claim. claims.parquet, evidence.parquet, entities.parquet
    and ledger.parquet are typed tables (pip install 'c5graph[parquet]'); .ftm.json and
    .statements.csv have firm facts for FollowTheMoney (pip install 'c5graph[ftm]'). The file
    appears when it is whole; one that was there stays until then. What nobody may pass on is
    left out unless --private is said.

    Examples: c5graph export c5graph.trig
    c5graph export claims.parquet
    c5graph export claims.csv --with my-claims.ttl
    c5graph export then.trig --known-at 2025-11-07
    """
    ending_of(target.name)
    _insist_on_folder(target)
    sources = passed_on(chosen_sources(data, joined), private=private)
    with _shown() as progress, _whole(target) as sink:
        task = progress.add_task("Reading the data")
        release = build_release(sources)
        seen = chosen_lens(release, **lens)
        release = release if seen == DEFAULT else release.under(seen)
        progress.update(task, description=f"Writing {target}")
        write_export(release, target.name, sink, lambda count: progress.advance(task, count))
    if seen != DEFAULT:
        undated = release.view.selection.undated
        err.print(f"Lens {canonical(seen)}; {undated} claims were left out for want of a date.")
    err.print(f"Version {release.version} written to {target}, {target.stat().st_size:,} bytes.")


def _insist_on_folder(target: Path) -> None:
    if not target.parent.is_dir():
        raise MissingInput(
            f"{target.parent}: no such folder.", remedy="Make it, or check the path."
        )


def _shown() -> Progress:
    columns = (TextColumn("{task.description}"), SpinnerColumn(), TextColumn("{task.completed:,}"))
    return Progress(*columns, TimeElapsedColumn(), console=err, transient=True)


@contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    """A file that takes the target's place when all went well, and else is gone."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        part.replace(target)
    except OSError as error:
        raise MissingInput(
            f"{target}: cannot be written ({error.strerror}).",
            remedy="Check the folder, its permissions and the room on the disk.",
        ) from error
    finally:
        part.unlink(missing_ok=True)
