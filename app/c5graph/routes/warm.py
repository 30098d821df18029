"""What every reader asks is answered once a data version, before the first one asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from c5graph.errors import C5GraphError
from c5graph.graph.lens import DEFAULT
from c5graph.negotiate import HTML
from c5graph.routes.counts import class_sizes, graph_sizes
from c5graph.routes.queries import wanted_by
from c5graph.service import Service

_PAUSE: Final = 0.002  # seconds between two questions, for requests that come meanwhile


async def warm(service: Service, first_page: Callable[[], Awaitable[None]] | None = None) -> None:
    """Make the first page, count, answer the saved questions for programs and pages; networks too.

    Whatever fails here fails again, and is told, when somebody asks.
    """
    if service.ours:
        if first_page is not None:
            await first_page()
        await _tried(asyncio.to_thread(service.analytics.make_ready))
        await _tried(service.analyst.start())
    await _asked(service)


async def _asked(service: Service) -> None:
    """A server behind the service is left alone, since others may share it."""
    if service.family is None:
        return
    await _tried(graph_sizes(service))
    if not service.ours:
        await _tried(class_sizes(service))
    for query in service.catalogue if service.ours else ():
        for accept in (None, wanted_by(HTML)):
            await _tried(service.saved(query.text, accept, DEFAULT))
            await asyncio.sleep(_PAUSE)


async def _tried(work: Awaitable[object]) -> None:
    with suppress(C5GraphError):
        await work
