"""`c5graph serve`: the service on this machine."""

from __future__ import annotations

import dataclasses
import ipaddress
import socket
from pathlib import Path
from typing import Annotated

import typer

from c5graph.cli.console import err
from c5graph.cli.data import Data, Prepared, Private, With, chosen_sources
from c5graph.errors import BadParameter, StoreFailed
from c5graph.graph.remember import ensure_valid
from c5graph.graph.sources import Sources
from c5graph.graph.withheld import Withheld, insist_on_open, withheld_names
from c5graph.listen import listen
from c5graph.plan import Plan
from c5graph.settings import Settings


def serve(
    shape_files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SHAPES]...", help="After --shapes: your SHACL files."),
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = None,
    data: Data = None,
    joined: With = None,
    store: Prepared = None,
    public_url: Annotated[
        str | None, typer.Option(help="Address under which readers reach the service.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Queries answered at once.", min=1)] = None,
    queue: Annotated[int | None, typer.Option(help="Requests that may wait.", min=0)] = None,
    deadline: Annotated[float | None, typer.Option(help="Seconds a query may take.")] = None,
    memory_mib: Annotated[int | None, typer.Option(help="MiB a query may use.", min=16)] = None,
    max_rows: Annotated[int | None, typer.Option(help="Rows of one answer.", min=1)] = None,
    engine: Annotated[
        str | None, typer.Option(help="Query endpoint of a SPARQL server to ask instead.")
    ] = None,
    *,
    shapes: Annotated[
        bool,
        typer.Option(
            "--shapes",
            help="Serve --data only if they conform to the shapes named, or to the shipped ones.",
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Reload when a file of the data changes.")
    ] = False,
    private: Private = False,
) -> None:
    """Serve the shipped graph, joined with files of yours or replaced by them.

    Every option has a setting C5GRAPH_<NAME> in the environment. The service does not start on
    shipped or joined data that does not conform; --data files are served as they are, unless
    --shapes asks that they conform to shapes of yours or to the shipped ones.
    What nobody may pass on is in no dump, and is served on this machine alone unless --private
    is said.
    SIGHUP, and --watch at every change of a file, reload the data; what does not conform is
    told, and the data served before stay.

    Examples: c5graph serve --port 8080
    c5graph serve --with my-claims.ttl
    c5graph serve --data dump.ttl --port 8081
    c5graph serve --data dump.ttl --shapes my-shapes.ttl
    c5graph serve --store graph
    c5graph serve --engine http://127.0.0.1:7878/query
    """
    settings = _settings(
        host=host,
        port=port,
        public_url=public_url,
        workers=workers,
        queue=queue,
        deadline=deadline,
        memory_mib=memory_mib,
        max_rows=max_rows,
        engine=engine,
    )
    if store is not None and settings.engine:
        raise BadParameter("--store excludes --engine.", remedy="Serve from one of them.")

    _insist_on_use(data, shape_files, shapes=shapes)

    def choose() -> Sources:
        sources = chosen_sources(data, joined, store)
        if shapes:
            sources = sources.shaped_by(shape_files or [])
        if not private:
            _insist_on_own_use(sources, settings)
        return sources

    sources = choose()
    _insist_on_conforming(sources, settings)
    _run(Plan(settings, choose, watch=watch), sources)


def _insist_on_own_use(sources: Sources, settings: Settings) -> None:
    """Raise Withheld where others could ask for what nobody may pass on to them."""
    if _is_loopback(settings.host) and not settings.public_url:
        return
    if not sources.ours:
        insist_on_open(sources)
    names = withheld_names(sources)
    if names:
        reached = settings.public_url or settings.host
        raise Withheld(
            f"{', '.join(sorted(names))}: nobody may pass this on, and others reach {reached}.",
            remedy="Listen on 127.0.0.1 without --public-url, or say --private where only its "
            "holders reach it.",
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _settings(**given: object) -> Settings:
    chosen = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(Settings.from_environment(), **chosen)  # type: ignore[arg-type]


def _insist_on_use(
    data: list[Path] | None, shape_files: list[Path] | None, *, shapes: bool
) -> None:
    if shape_files and not shapes:
        raise BadParameter(
            f"{shape_files[0]}: what is it?", remedy="Say --data for data, --shapes for shapes."
        )
    if shapes and not data:
        raise BadParameter(
            "--shapes says what --data have to conform to, and there are none.",
            remedy="Leave it out: the shipped graph always conforms to the shipped shapes.",
        )


def _insist_on_conforming(sources: Sources, settings: Settings) -> None:
    with err.status("Validating ..."):
        if sources.ours:
            ensure_valid(sources, settings.cache_folder())
        elif sources.shapes:
            # rdflib and pySHACL take longer to import than small files to load.
            from c5graph.graph.shaped import ensure_shaped  # noqa: PLC0415

            ensure_shaped(sources, settings.cache_folder())


def _run(plan: Plan, sources: Sources) -> None:
    with _listen(plan.settings) as listener:
        launched = plan.launch(sources)
        try:
            # Slow to import, and only here: the keeper starts meanwhile.
            from c5graph.reload import first, run_plan  # noqa: PLC0415

            with err.status("Reading the data ..."):
                edition = first(plan, sources, launched)
        except BaseException:
            if launched is not None:
                launched.abandon()
            raise
        port, version = listener.getsockname()[1], edition.service.version
        settings = plan.settings
        started = run_plan(plan, edition, listener, lambda: _announce(settings, port, version))
    if not started:
        raise StoreFailed(
            "The service could not start.", remedy="The lines above say why; mend that first."
        )


def _listen(settings: Settings) -> socket.socket:
    try:
        return listen(settings.host, settings.port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "a port is a number from 0 to 65535"
        raise BadParameter(
            f"Cannot listen on {settings.host} port {settings.port}: {reason}.",
            remedy="Choose another --port, or end the program that has this one.",
        ) from error


def _announce(settings: Settings, port: int, version: str) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    err.print(f"Serving data version {version} at http://{host}:{port}/ (Ctrl-C ends it).")
