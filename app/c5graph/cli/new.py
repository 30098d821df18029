"""`c5graph new report`: the beginning of a report's claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from c5graph import resources
from c5graph.authoring.beginning import Begun, begin_report
from c5graph.authoring.importing import Target
from c5graph.cli.console import out, show_fault
from c5graph.errors import Exit

new = typer.Typer(no_args_is_help=True, help="Begin something new.")
Publisher = Annotated[str, typer.Option(help="Slug of who publishes it; several by |.")]
Origin = Annotated[
    str, typer.Option(help="Slug of the text from which it takes what it says, if it is another's.")
]
OriginLabel = Annotated[str, typer.Option("--origin-label", help="What the origin is, if new.")]
Description = Annotated[str, typer.Option(help="What a reader should know of the copy read.")]
Text = Annotated[Path | None, typer.Option(help="File with its text; the digest of it is kept.")]
Into = Annotated[Path | None, typer.Option("--into", help="A folder of your own for all of it.")]
Issued = Annotated[str, typer.Option(help="Day, month or year of publication, as it is known.")]
Seen = Annotated[str, typer.Option("--first-seen", help="Day on which you read it; today.")]


@new.command()
def report(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Such as outlet-2025-11-06-subject.")],
    *,
    publisher: Publisher,
    title: Annotated[str, typer.Option(help="Its title, as a citation has it.")],
    url: Annotated[str, typer.Option(help="Its address.")],
    interest: Annotated[str, typer.Option(help="Whose voice it is, such as independent-press.")],
    kind: Annotated[str, typer.Option(help="Such as news, analysis or official.")] = "news",
    language: Annotated[str, typer.Option(help="Code of its language.")] = "en",
    label: Annotated[str, typer.Option(help="What to call it; made of publisher and date.")] = "",
    description: Description = "",
    origin: Origin = "",
    origin_label: OriginLabel = "",
    issued: Issued = "",
    first_seen: Seen = "",
    text: Text = None,
    into: Into = None,
    table: Annotated[Path | None, typer.Option(help="Table to write; ID.csv here.")] = None,
) -> None:
    """Begin a report: its block among the sources, a file for its claims, a table to fill in.

    Exit code 0: written; 1: an option is at fault, and nothing was written; 3: no such text.

    Example: c5graph new report outlet-2025-11-06-rail --publisher asia-plus --title "A railway"
    --url https://example.org/rail --interest independent-press
    """
    cells = {
        "id": id_, "publisher": publisher, "title": title, "url": url, "interest": interest,
        "kind": kind, "language": language, "label": label, "description": description,
        "origin": origin, "originLabel": origin_label, "issued": issued, "firstSeen": first_seen,
    }  # fmt: skip
    target = Target.of(into, resources.data())
    begun = begin_report(cells, text, target, resources.root(), table or Path(f"{id_}.csv"))
    _show(begun, into)


def _show(begun: Begun, into: Path | None) -> None:
    for problem in begun.result.problems:
        show_fault(problem.place, problem.message, problem.remedy)
    if begun.result.problems:
        raise typer.Exit(Exit.FINDINGS)
    for path in [*sorted(begun.result.texts), begun.table]:
        out.print(f"written: {path}", markup=False)
    out.print("Next:")
    out.print(f"1. Fill in {begun.table}, a row a claim; CONTRIBUTING.md tells the columns.")
    target = into or begun.claims
    out.print(f"2. c5graph import {begun.table} --into {target}", markup=False)
    out.print(f"3. c5graph validate {target}", markup=False)
