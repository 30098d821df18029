"""One data version after another: each request is answered by the edition that took it.

A reload makes a whole new application beside the one that serves. Only when it is up do requests
go there; the older one ends when the last request that it took has its answer. A reload that
fails changes nothing but the journal.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from c5graph.errors import C5GraphError
from c5graph.garbage import settle, unsettle
from c5graph.service import Service
from c5graph.shelf import Shelf
from c5graph.shortway import Errand, Shortcuts, ShortWay

log = logging.getLogger("c5graph")


class Edition:
    """An application over one data version, with the requests that it has taken."""

    def __init__(
        self,
        app: ASGIApp,
        service: Service,
        shelf: Shelf | None = None,
        short_way: ShortWay | None = None,
    ) -> None:
        self.app, self.service, self.shelf, self.short_way = app, service, shelf, short_way
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._orders: asyncio.Queue[Message] = asyncio.Queue()
        self._up = asyncio.Event()
        self._life: asyncio.Task[None] | None = None

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        self._taken()
        try:
            await self.app(scope, receive, send)
        finally:
            self._over()

    def begin(self, raw: bytes) -> tuple[Errand, Callable[[], None]] | None:
        """A request by the short way, and what to call when it is over."""
        errand = None if self.short_way is None else self.short_way.errand(raw)
        if errand is None:
            return None
        self._taken()
        return errand, self._over

    def _taken(self) -> None:
        self._running += 1
        self._idle.clear()

    def _over(self) -> None:
        self._running -= 1
        if not self._running:
            self._idle.set()

    async def start(self) -> None:
        """Return when it answers; raises what stopped it, and then leaves nothing behind."""
        scope: Scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        self._life = asyncio.create_task(self._live(scope))
        self._orders.put_nowait({"type": "lifespan.startup"})
        up = asyncio.create_task(self._up.wait())
        await asyncio.wait({up, self._life}, return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if not self._up.is_set():
            await self.service.close()
            await self._life

    async def finish(self) -> None:
        """Wait for the requests that it took, then end it."""
        await self._idle.wait()
        await self.stop()

    async def stop(self) -> None:
        """End it now."""
        if self._up.is_set() and self._life is not None and not self._life.done():
            self._orders.put_nowait({"type": "lifespan.shutdown"})
            await self._life

    async def _live(self, scope: Scope) -> None:
        async def send(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                self._up.set()

        await self.app(scope, self._orders.get, send)


Make = Callable[[], Awaitable[Edition]]
Guard = Callable[[Callable[[], None]], Awaitable[None]]


class Editions(Shortcuts):
    """The application that the server runs. `make` makes and starts the next edition.

    `guards` run beside it and get the function that asks for a reload (a signal, a watch).
    """

    def __init__(self, first: Edition, make: Make | None = None, *guards: Guard) -> None:
        self._current, self._make, self._guards = first, make, guards
        self._wanted = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def service(self) -> Service:
        """The service of the data version that is served now."""
        return self._current.service

    def take(self, raw: bytes) -> tuple[bytes, bytes] | None:
        """The response to these bytes, where the newest edition has it ready."""
        shelf = self._current.shelf
        return None if shelf is None else shelf.take(raw)

    def begin(self, raw: bytes) -> tuple[Errand, Callable[[], None]] | None:
        """What answers these bytes by the short way, and what to call when that is over."""
        return self._current.begin(raw)

    def ended(self, reason: str) -> None:
        """See Shortcuts."""
        self.service.telemetry.cut(reason)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request to the newest edition, or the life of the server."""
        if scope["type"] == "lifespan":
            return await self._live(receive, send)
        return await self._current.answer(scope, receive, send)

    def ask(self) -> None:
        """Ask for a reload; what is asked while one runs leads to one more."""
        self._wanted.set()

    async def reload(self) -> bool:
        """Serve what the files hold now; False where that is not possible."""
        if self._make is None:
            return False
        journal = self.service.journal
        try:
            fresh = await self._make()
        except C5GraphError as error:
            journal.refused(error)
            log.error("reload refused, data version %s stays: %s", self.service.version, error)
            return False
        except Exception as error:
            journal.refused(_unforeseen())
            log.exception(
                "reload failed, data version %s stays", self.service.version, exc_info=error
            )
            return False
        before, self._current = self._current, fresh
        unsettle()
        journal.reloaded()
        log.warning("reloaded: data version %s", fresh.service.version)
        self._spawn(before.finish())
        return True

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._current.start()
        settle()
        for guard in self._guards:
            self._spawn(guard(self.ask))
        reloading = self._spawn(self._reload_when_asked())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        reloading.cancel()
        for task in list(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self._current.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _reload_when_asked(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self.reload()

    def _spawn(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        assert isinstance(task, asyncio.Task)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _unforeseen() -> C5GraphError:
    return C5GraphError("The newer data could not be read.", remedy="The log says why.")
