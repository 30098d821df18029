"""One running service: its settings, the data version it serves, and the store behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from c5graph import lenses
from c5graph.analyst import Analyst
from c5graph.analytics.analytics import Analytics
from c5graph.aside import Aside
from c5graph.cache import AnswerCache, Kept
from c5graph.catalogue import Catalogue
from c5graph.desk.bureau import Bureau
from c5graph.errors import BadParameter, C5GraphError, NotAcceptable
from c5graph.graph.lens import DEFAULT, Lens, unsure
from c5graph.graph.release import Release, View, Views
from c5graph.journal import Journal
from c5graph.negotiate import Kind, negotiate
from c5graph.plan import embedding
from c5graph.protocol import QueryRequest
from c5graph.settings import MIB, Settings
from c5graph.store.contents import Contents
from c5graph.store.embedded import EmbeddedStore
from c5graph.store.family import StoreFamily
from c5graph.store.forked import Launched
from c5graph.store.port import Answer, Limits, Store
from c5graph.store.publish import DEFAULT as DEFAULT_GRAPH
from c5graph.store.publish import graph_names
from c5graph.store.remote import Engine, RemoteStore
from c5graph.telemetry import Telemetry

T = TypeVar("T")


class Chosen(NamedTuple):
    """What a lens leaves: claims without a date, chosen reports, reports of unsure date."""

    undated: int
    reports: int
    unsure: int


@dataclass(frozen=True, eq=False)
class Service:
    """Everything that the routes read. Another data version is another Service."""

    settings: Settings
    release: Release
    store: Store
    catalogue: Catalogue
    cache: AnswerCache
    limits: Limits
    ours: bool = True
    family: StoreFamily[Lens] | None = None
    analyst: Analyst = field(default_factory=lambda: analyst_of(Settings()))
    journal: Journal = field(default_factory=Journal)
    telemetry: Telemetry = field(default_factory=Telemetry)
    _made: dict[str, asyncio.Future[Any]] = field(default_factory=dict)

    @cached_property
    def aside(self) -> Aside:
        """Where look-ups run that take more than a moment."""
        return Aside(self.settings.queue)

    async def once(self, name: str, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` makes, made once a data version; a failure is not kept."""
        if name not in self._made:
            self._made[name] = asyncio.ensure_future(make())
        made: asyncio.Future[T] = self._made[name]
        try:
            return await asyncio.shield(made)
        except C5GraphError:
            self._made.pop(name, None)
            raise

    async def look_ups_ready(self) -> None:
        """Have the look-ups of neighbours and labels made, without holding up other requests."""
        if self.release.contents is not None:
            await self.once("look-ups", lambda: asyncio.to_thread(getattr, self.release, "store"))

    @cached_property
    def views(self) -> Views:
        """The release through the lenses used last."""
        return Views(self.release, self.settings.lens_cache)

    @cached_property
    def bureau(self) -> Bureau:
        """Ledger and desk under the lenses used last."""
        return Bureau(self.release, self.settings.lens_cache)

    @cached_property
    def analytics(self) -> Analytics:
        """Networks and what is measured in them."""
        return Analytics(self.release, self.views.get, self.bureau)

    async def answer(
        self,
        request: QueryRequest,
        accept: str | None,
        limits: Limits | None = None,
        lens: Lens = DEFAULT,
    ) -> Answer:
        """The store's answer under a lens. Raises BadParameter where it holds the default alone."""
        if lens == DEFAULT:
            return await self.store.answer(request, accept, limits)
        if isinstance(self.store, RemoteStore):
            return await self.store.answer_under(lens.iri, request, accept, limits)
        if self.family is None:
            raise BadParameter(
                "This service's store was filled for the default lens only.",
                remedy="Leave out the lens, or ask /api/neighbours, which takes any.",
            )
        return await self.family.answer_under(lens, request, accept, limits)

    async def saved(self, query: str, accept: str | None, lens: Lens) -> Answer:
        """The answer to a question that is asked often, kept while the data version is served."""
        kinds = [negotiate(accept, kind)[1] for kind in _writable(accept)]
        key = ("saved", query, lens, *kinds)
        kept = self.cache.get(key)
        if kept is not None:
            return Answer(kept.body, kept.media_type, bool(kept.headers))
        answer = await self.answer(QueryRequest(query), accept, lens=lens)
        cut = (("truncated", "true"),) if answer.truncated else ()
        self.cache.put(key, Kept(answer.body, answer.media_type, "", cut))
        return answer

    async def view(self, lens: Lens) -> View:
        """The release under a lens; other requests go on while it is made."""
        if self.views.has(lens):
            return self.views.get(lens)
        return await self.aside.run(self.views.get, lens)

    async def told(self, lens: Lens) -> tuple[tuple[str, str], ...]:
        """Headers that say which lens was used and how many claims lacked a date."""
        undated = (await self.aside.run(self.chosen, lens)).undated if lens != DEFAULT else 0
        return lenses.headers(lens, undated)

    @cached_property
    def chosen(self) -> Callable[[Lens], Chosen]:
        """What a lens leaves of claims and reports."""
        return lru_cache(maxsize=64)(self._chosen)

    def _chosen(self, lens: Lens) -> Chosen:
        selection = self.release.basis.select(lens)
        return Chosen(selection.undated, len(selection.reports), unsure(lens, self.release.record))

    async def close(self) -> None:
        """End the store and what is computed beside it."""
        await self.analyst.close()
        await self.store.close()

    def metrics(self) -> bytes:
        """The figures of the moment, as Prometheus reads them."""
        now = {**self.journal.figures(), **getattr(self.store, "figures", {})}
        return self.telemetry.written(now, self.version)

    @property
    def version(self) -> str:
        """The data version, as in every ETag."""
        return self.release.version


def _writable(accept: str | None) -> Iterator[Kind]:
    """The kinds of result that can be written as is asked."""
    for kind in Kind:
        with suppress(NotAcceptable):
            negotiate(accept, kind)
            yield kind


def embedded_service(
    settings: Settings,
    release: Release,
    catalogue: Catalogue,
    *,
    ours: bool = True,
    launched: Launched | None = None,
) -> Service:
    """A service over the embedded store; `await service.store.start()` makes it ready.

    `launched` is a keeper that was started beforehand, to save its start-up time.
    """
    limits = limits_of(settings)
    main = EmbeddedStore(_filler(release, DEFAULT), embedding(settings), limits, launched)
    few = replace(embedding(settings), workers=min(settings.lens_workers, settings.workers))

    def under(lens: Lens) -> Store:
        return EmbeddedStore(_filler(release, lens), few, limits)

    family = StoreFamily(main, under, settings.lens_stores, settings.queue)
    return Service(
        settings=settings,
        release=release,
        store=family,
        catalogue=catalogue,
        cache=AnswerCache(settings.cache_mib * MIB // 2),
        limits=limits,
        ours=ours,
        family=family,
        analyst=analyst_of(settings),
    )


def remote_service(
    settings: Settings, release: Release, catalogue: Catalogue, *, ours: bool = True
) -> Service:
    """A service over a SPARQL server to which this release was published."""
    limits = limits_of(settings)
    names = graph_names(release.quads)
    engine = Engine(
        settings.engine,
        settings.engine_user,
        settings.engine_password,
        default_graphs=(DEFAULT_GRAPH,),
        named_graphs=tuple(name for name in names if name != DEFAULT_GRAPH),
        at_once=settings.workers,
        queue=settings.queue,
        version=release.version,
    )
    return Service(
        settings=settings,
        release=release,
        store=RemoteStore(engine, limits),
        catalogue=catalogue,
        cache=AnswerCache(settings.cache_mib * MIB // 2),
        limits=limits,
        ours=ours,
        analyst=analyst_of(settings),
    )


def _filler(release: Release, lens: Lens) -> Callable[[Path], Contents]:
    def fill(folder: Path) -> Contents:
        if release.contents is not None:
            return release.contents
        if lens == DEFAULT == release.view.lens:
            return release.larder.contents(folder, lambda: release.quads)
        return Contents.of_quads(release.quads_under(lens), folder / "release.nq")

    return fill


def analyst_of(settings: Settings) -> Analyst:
    """Who computes analyses, within the limits of the settings."""
    return Analyst(settings.analysis_seconds, settings.analysis_memory_mib * MIB)


def limits_of(settings: Settings) -> Limits:
    """The limits of one query."""
    return Limits(
        deadline=settings.deadline,
        max_rows=settings.max_rows,
        max_answer_bytes=settings.max_answer_mib * MIB,
        graphs_allowed=frozenset(settings.graphs_allowed.split()),
    )
