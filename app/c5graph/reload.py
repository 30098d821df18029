"""Makes an edition of the service from files, at the start and whenever they are read again."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from c5graph.catalogue import Catalogue
from c5graph.editions import Edition, Editions
from c5graph.errors import C5GraphError
from c5graph.examiner import Examiner
from c5graph.garbage import settle, uncollected
from c5graph.graph.release import build_release
from c5graph.graph.remember import SHAPES_REMEDY, insist, remembered
from c5graph.graph.sources import Sources
from c5graph.journal import Journal
from c5graph.logs import configure
from c5graph.main import create_app
from c5graph.plan import Plan, own_files, without_folders
from c5graph.server import run
from c5graph.service import Service, embedded_service, remote_service
from c5graph.settings import Settings
from c5graph.store.forked import Launched
from c5graph.telemetry import Telemetry
from c5graph.watch import on_hangup, watch


def first(plan: Plan, sources: Sources, launched: Launched | None) -> Edition:
    """The edition to start with; its data have been validated."""
    with uncollected():
        edition = edition_of(plan.settings, sources, launched)
    settle()
    return edition


def edition_of(settings: Settings, sources: Sources, launched: Launched | None = None) -> Edition:
    """An edition of these sources, with logs as the settings want them."""
    configure(settings.log_format)
    return _edition(settings, sources, launched, Journal(), Telemetry())


def run_plan(
    plan: Plan, edition: Edition, listener: socket.socket, ready: Callable[[], None]
) -> bool:
    """Serve the edition and those that follow it; see `server.run`."""
    guards = [on_hangup]
    if plan.watch:
        guards.append(partial(watch, plan.files, plan.settings.watch_seconds))
    again = partial(_again, plan, edition.service, Examiner(plan.settings.reload_seconds))
    editions = Editions(edition, again, *guards)
    return run(editions, listener, ready, plan.settings, editions)


async def _again(plan: Plan, before: Service, examiner: Examiner) -> Edition:
    sources = await asyncio.to_thread(plan.choose)
    try:
        if sources.ours or sources.shapes:
            await _insist(plan, sources, examiner)
        kept = (before.journal, before.telemetry)
        fresh = await asyncio.to_thread(_edition, plan.settings, sources, None, *kept)
        await fresh.start()
    except C5GraphError as error:
        error.message = without_folders(error.message, sources)  # the log has the whole of it
        raise
    return fresh


async def _insist(plan: Plan, sources: Sources, examiner: Examiner) -> None:
    cache = plan.settings.cache_folder()
    if sources.shapes:
        data = [item.path for item in sources.inputs]
        named = [item.path for item in sources.shapes if item.given]
        insist(await examiner.own(data, named, cache), SHAPES_REMEDY)
        return
    report = await asyncio.to_thread(remembered, sources, cache)
    insist(report or await examiner.joined(own_files(sources), cache))


def _edition(
    settings: Settings,
    sources: Sources,
    launched: Launched | None,
    journal: Journal,
    telemetry: Telemetry,
) -> Edition:
    release = build_release(sources, cache=settings.cache_folder())
    catalogue = Catalogue()
    if sources.ours:
        len(catalogue)  # reads it, so that a wrong header stops the start and no request
    if settings.engine:
        made = remote_service(settings, release, catalogue, ours=sources.ours)
    else:
        made = embedded_service(settings, release, catalogue, ours=sources.ours, launched=launched)
    service = replace(made, journal=journal, telemetry=telemetry)
    app = create_app(service)
    return Edition(app, service, app.shelf, app.short_way)
