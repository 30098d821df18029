"""`c5graph publish`: load a release into a SPARQL server."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer
from rich.progress import Progress

from c5graph import protocol
from c5graph.cli.console import err
from c5graph.cli.data import Data, Private, With, chosen_sources, passed_on
from c5graph.errors import BadParameter
from c5graph.graph.lens import DEFAULT
from c5graph.graph.release import Release, build_release
from c5graph.graph.remember import ensure_valid
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.settings import Settings
from c5graph.store.publish import Target
from c5graph.store.publish import publish as load
from c5graph.store.rdf import Quad


def publish(
    to: Annotated[str, typer.Option(help="Update endpoint of a SPARQL 1.1 server.")],
    joined: With = None,
    data: Data = None,
    lens: Annotated[
        list[str] | None,
        typer.Option(
            "--lens", help="A lens to prepare for SPARQL, as in a URL: 'knownAt=2025-11-06'."
        ),
    ] = None,
    *,
    private: Private = False,
) -> None:
    """Load the graph into a SPARQL server; readers see the old data until the new are complete.

    The server's user and password, where it wants them, are the settings C5GRAPH_ENGINE_USER and
    C5GRAPH_ENGINE_PASSWORD. Data that does not conform is not published, nor, without --private,
    what nobody may pass on. `c5graph serve --engine` then serves from there.

    Lenses other than those prepared here are refused over SPARQL there; look-ups take any.

    Examples: c5graph publish --to http://127.0.0.1:7878/update
    c5graph publish --to http://127.0.0.1:7878/update --lens knownAt=2025-11-06
    """
    settings = Settings.from_environment()
    sources = passed_on(chosen_sources(data, joined), private=private)
    if sources.ours:
        with err.status("Validating ..."):
            ensure_valid(sources, settings.cache_folder())
    release = build_release(sources)
    quads, lenses = release.quads, lenses_of(release, lens or [])
    target = Target(to, settings.engine_user, settings.engine_password)
    with Progress(console=err, transient=True, disable=not os.isatty(2)) as shown:
        task = shown.add_task("Loading ...", total=len(quads) + 1)

        def advance(count: int) -> None:
            shown.advance(task, count)

        made = load(quads, release.version, target, advance, lenses)
    err.print(f"{len(quads)} statements in {len(made.graphs)} graphs, version {release.version}.")
    for iri in lenses:
        err.print(f"Prepared: {iri}")
    if made.as_text:
        err.print(f"The server does not take xsd:duration: {made.as_text} are plain texts there.")


def lenses_of(release: Release, given: Iterable[str]) -> dict[str, Sequence[Quad]]:
    """The statements under each lens named. Raises BadParameter, which says what there is."""
    found: dict[str, Sequence[Quad]] = {}
    for text in given:
        parameters = protocol.parameters(text.encode())
        unknown = [name for name in parameters if name not in PARAMETERS]
        if unknown or not parameters:
            raise BadParameter(
                f"--lens {text!r} is no lens.", remedy=f"Write name=value: {', '.join(PARAMETERS)}."
            )
        lens = parse_lens(parameters, release.record)
        if lens == DEFAULT:
            raise BadParameter(
                f"--lens {text!r} is the default lens, which is always published.",
                remedy=f"Name one with {', '.join(PARAMETERS)}.",
            )
        found[lens.iri] = release.quads_under(lens)
    return found
