"""Joins the commands into one program."""

from __future__ import annotations

import sys

import typer

from c5graph import __version__
from c5graph.cli import (
    analyse,
    cite,
    desk,
    diff,
    evidence,
    export,
    figure,
    formatting,
    importing,
    loading,
    mapping,
    mcp,
    merging,
    neighbours,
    new,
    paths,
    publish,
    query,
    serve,
    validate,
)
from c5graph.cli.console import show_error
from c5graph.errors import C5GraphError

_HELP = """Claims about the relations of five Central Asian states with the United States.

Exit codes: 0 all is well; 1 the data was read and something in it is wrong;
2 wrong options; 3 a file is missing or cannot be parsed; 4 no such entity,
query or report; 5 a fault of ours.
"""

app = typer.Typer(
    help=_HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.command("serve")(serve.serve)
app.command("validate")(validate.validate)
app.command("check")(validate.check)
app.command("query")(query.query)
app.command("neighbours")(neighbours.neighbours)
app.command("paths")(paths.paths)
app.command("evidence")(evidence.evidence)
app.command("analyse")(analyse.analyse)
app.command("figure")(figure.figure)
app.command("ledger")(desk.ledger)
app.command("disputes")(desk.disputes)
app.command("changes")(desk.changes)
app.command("cite")(cite.cite)
app.command("perspectives")(desk.perspectives)
app.command("mcp")(mcp.mcp)
app.command("export")(export.export)
app.command("import")(importing.import_)
app.command("map")(mapping.map_)
app.command("format")(formatting.format_)
app.command("merge")(merging.merge)
app.command("load")(loading.load)
app.add_typer(new.new, name="new")
app.command("diff")(diff.diff)
app.command("publish")(publish.publish)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"c5graph {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and stop."
    ),
) -> None:
    """Options that come before the command."""


def main() -> None:
    """Run the command line; our own errors become a message and an exit code."""
    try:
        app()
    except C5GraphError as error:
        show_error(error)
        sys.exit(error.exit_code)
