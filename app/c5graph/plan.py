"""What a service is to serve, and under which settings: enough to read it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from c5graph import resources
from c5graph.errors import MissingInput
from c5graph.graph.larder import larder_of
from c5graph.graph.sources import JOINED, Sources
from c5graph.settings import MIB, Settings
from c5graph.store.contents import Contents
from c5graph.store.embedded import Embedding
from c5graph.store.forked import Launched, launch
from c5graph.store.prepared import MANIFEST


@dataclass(frozen=True)
class Plan:
    """`choose` names the files anew each time, since a folder may hold others by then."""

    settings: Settings
    choose: Callable[[], Sources]
    watch: bool = False

    def launch(self, sources: Sources) -> Launched | None:
        """Start what holds the data; with what is kept of them it loads them while others begin.

        None where the data are held elsewhere, or in processes that start later.
        """
        how = embedding(self.settings)
        if self.settings.engine or not how.forks:
            return None
        launched = launch()
        kept = larder_of(sources, self.settings.cache_folder()).statements()
        if kept is not None:
            launched.tell(Contents.of_whole(kept), how.workers, how.memory)
        return launched

    def files(self) -> Iterator[Path]:
        """Every file that the data and the saved questions are read from, as of now."""
        try:
            sources = self.choose()
        except MissingInput:
            return  # a file has gone; the reload that follows says which
        yield from (item.path for item in (*sources.inputs, *sources.rules, *sources.shapes))
        if sources.store is not None:
            yield sources.store / MANIFEST
        if sources.ours:
            yield from resources.queries().rglob("*.rq")


def embedding(settings: Settings) -> Embedding:
    """How the settings want workers to be."""
    return Embedding(
        workers=settings.workers,
        queue=settings.queue,
        memory=settings.memory_mib * MIB,
        start=settings.start,
    )


def own_files(sources: Sources) -> list[Path]:
    """The user's files among the sources."""
    return [item.path for item in sources.inputs if item.graph == JOINED]


def without_folders(text: str, sources: Sources) -> str:
    """A message with file names in place of paths, for readers elsewhere."""
    for item in (*sources.inputs, *sources.shapes):
        if item.path.is_absolute() or item.graph in (JOINED, None):
            text = text.replace(str(item.path), item.path.name)
    return text
