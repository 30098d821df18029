"""`c5graph mcp`: the tools for language models, over standard input and output."""

from __future__ import annotations

import asyncio

from c5graph.cli.console import err
from c5graph.cli.data import Data, Prepared, With, chosen_sources
from c5graph.graph.remember import ensure_valid
from c5graph.graph.sources import Sources
from c5graph.settings import Settings


def mcp(data: Data = None, joined: With = None, store: Prepared = None) -> None:
    """Offer the look-ups to a language-model client, which starts this command itself.

    Messages of the Model Context Protocol go over standard input and output, all else to
    standard error. Limits are those of the service, read-only. A running service offers the same
    at /mcp.

    Examples: c5graph mcp
    c5graph mcp --with my-claims.ttl
    c5graph mcp --store graph
    """
    settings, sources = Settings.from_environment(), chosen_sources(data, joined, store)
    if sources.ours:
        with err.status("Validating ..."):
            ensure_valid(sources, settings.cache_folder())
    asyncio.run(offer(settings, sources))


async def offer(settings: Settings, sources: Sources) -> None:
    """Answer over standard input and output until the client ends it."""
    from c5graph.reload import edition_of  # noqa: PLC0415 - slow to import, and only here
    from c5graph.tools.server import make_server  # noqa: PLC0415

    edition = edition_of(settings, sources)
    await edition.start()
    try:
        await make_server(edition.service, edition.app).run_stdio_async()
    finally:
        await edition.stop()
