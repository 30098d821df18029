"""`c5graph publish`: load a release into a SPARQL server."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from rich.progress import Progress

from c5graph.cli.console import err
from c5graph.cli.data import Data, Private, With, chosen_sources, passed_on
from c5graph.graph.release import build_release
from c5graph.graph.remember import ensure_valid
from c5graph.settings import Settings
from c5graph.store.publish import Target
from c5graph.store.publish import publish as load


def publish(
    to: Annotated[str, typer.Option(help="Update endpoint of a SPARQL 1.1 server.")],
    joined: With = None,
    data: Data = None,
    *,
    private: Private = False,
) -> None:
    """Load the graph into a SPARQL server; readers see the old data until the new are complete.

    The server's user and password, where it wants them, are the settings C5GRAPH_ENGINE_USER and
    C5GRAPH_ENGINE_PASSWORD. Data that does not conform is not published, nor, without --private,
    what nobody may pass on. `c5graph serve --engine` then serves from there.

    Example: c5graph publish --to http://127.0.0.1:7878/update
    """
    settings = Settings.from_environment()
    sources = passed_on(chosen_sources(data, joined), private=private)
    if sources.ours:
        with err.status("Validating ..."):
            ensure_valid(sources, settings.cache_folder())
    release = build_release(sources)
    quads = release.quads
    target = Target(to, settings.engine_user, settings.engine_password)
    with Progress(console=err, transient=True, disable=not os.isatty(2)) as shown:
        task = shown.add_task("Loading ...", total=len(quads) + 1)
        made = load(quads, release.version, target, lambda count: shown.advance(task, count))
    err.print(f"{len(quads)} statements in {len(made.graphs)} graphs, version {release.version}.")
    if made.as_text:
        err.print(f"The server does not take xsd:duration: {made.as_text} are plain texts there.")
