"""uvicorn's HTTP protocol, with a counter for requests whose response lies ready.

A request that comes again in the same bytes is answered from a shelf (see shelf.py) without being
parsed and without a task; a plain query goes the short way (see shortway.py).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from c5graph.errors import C5GraphError
from c5graph.patience import (
    CUT,
    HEAD_MAX,
    LINGER,
    URL_MAX,
    Doing,
    Seen,
    TooManyConnections,
    Warden,
    network,
    response,
    unread,
)
from c5graph.sender import Sender
from c5graph.shelf import RAW, Ready
from c5graph.shortway import OUTCOME, Outcome, Shortcuts

log = logging.getLogger("c5graph")

_LONGEST: Final = 16_384  # bytes of a request that is worth keeping
_HELD_MAX: Final = 65_536  # bytes of further requests that wait before no more are read
_END: Final = b"\r\n\r\n"


class ExpressProtocol(HttpToolsProtocol):
    """One connection."""

    shortcuts: Shortcuts
    warden: Warden
    seen: Seen
    network: str

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._raw: bytes | None = None
        self._between, self._heading, self._head = True, False, 0
        self._usual: list[tuple[bytes, bytes]] = []
        self.steps, self._deaf = 0, False
        self._errand: asyncio.Task[Ready | Outcome] | None = None
        self._outcome: Outcome | None = None
        self._usual_bytes, self._held, self._last = b"", b"", False

    def connection_made(self, transport: Any) -> None:
        """A client has come; it is sent away where there is no room."""
        super().connection_made(transport)
        self.network = network((self.client or ("",))[0])
        if not self.warden.admit(self):
            self.end(TooManyConnections())

    def pause_writing(self) -> None:
        """The client takes its answer more slowly than it is made."""
        super().pause_writing()
        self.warden.bound()

    def resume_writing(self) -> None:
        """The client has taken most of what it was sent."""
        self.steps += 1
        super().resume_writing()

    def doing(self) -> Doing:
        """What the connection is at; what waits behind an answer under way is not looked at."""
        if self.unsent():
            return Doing.SENDING
        if self._heading and self._idle():
            return Doing.HEAD
        if not self._between and not self._heading and not self.flow.read_paused:
            return Doing.BODY
        return Doing.NOTHING if self._idle() else Doing.ANSWERING

    def unsent(self) -> int:
        """Bytes that the client has not taken."""
        return self.transport.get_write_buffer_size()

    def end(self, error: C5GraphError | None = None) -> None:
        """Close it when what was sent is taken, with an error if no answer has begun."""
        if self.transport.is_closing() or self._deaf:
            return
        if error is None or not self._is_silent():
            self.transport.close()
            return
        # A client that is still sending would lose the error if the connection were closed now.
        self._deaf = True
        self.transport.write(response(error))
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)

    def drop(self) -> None:
        """Close it now."""
        self.connections.discard(self)
        self.transport.abort()

    def _is_silent(self) -> bool:
        """Whether the client would take what is sent for the answer to its last request."""
        begun = self.cycle is None or self._between or self._heading
        return self._idle() if begun else not self.cycle.response_started

    def _idle(self) -> bool:
        return self._errand is None and (self.cycle is None or self.cycle.response_complete)

    def send_400_response(self, msg: str) -> None:
        """What is sent to a client that does not speak HTTP, or sends more than can be read."""
        error = unread(msg, self.url if self._heading else b"", self._head)
        self.warden.tell(error.code)
        if (self._between or self._heading) and not self._idle():
            self._deaf, self.cycle.keep_alive = True, False  # those asked before are answered
        else:
            self.end(error)

    def data_received(self, data: bytes) -> None:
        """Bytes of the client: a request asked before, a plain query, or anything else."""
        if self._errand is not None or self._deaf:
            return None if self._deaf else self._hold(data)
        self._raw = self._outcome = None
        if self._between and data.startswith(b"GET ") and data.endswith(_END):
            free = self._free()
            ready = self.shortcuts.take(data) if free else None
            if ready is not None:
                return self._answer(*ready)
            if len(data) <= _LONGEST and data.count(_END) == 1:
                self._raw = data
                if free and self._sent_off(data):
                    return None
        return self._read(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone; nobody waits for its query."""
        if self._errand is not None:
            self._errand.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server ends when each running request has its answer."""
        self._last = True
        if self._errand is None:
            super().shutdown()

    def _read(self, data: bytes) -> None:
        super().data_received(data)
        self._bound_head(len(data))

    def _hold(self, data: bytes) -> None:
        self._held += data
        if len(self._held) > _HELD_MAX:
            self.flow.pause_reading()

    def _sent_off(self, data: bytes) -> bool:
        if (begun := self.shortcuts.begin(data)) is None:
            return False
        self._unset_keepalive_if_required()
        self.steps += 1
        errand, over = begun
        self._errand = task = self.loop.create_task(errand)
        task.add_done_callback(lambda done: self._back(done, data, over))
        return True

    def _back(
        self, task: asyncio.Task[Ready | Outcome], data: bytes, over: Callable[[], None]
    ) -> None:
        self._errand, found = None, _outcome(task)
        over()
        if self.transport.is_closing():
            return
        if isinstance(found, Ready):
            self._answer(found.first, found.named())
        else:
            self._outcome = found
            self._read(data)
        self._go_on()

    def _go_on(self) -> None:
        """Read what came meanwhile, or close a connection that is not to go on."""
        if self._last:
            return super().shutdown()
        held, self._held = self._held, b""
        if held and not self.transport.is_closing():
            self.flow.resume_reading()
            self.data_received(held)
        return None

    def on_message_begin(self) -> None:
        """A request begins."""
        self._between, self._heading, self._head = False, True, 0
        self.steps += 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head has been read; where the URL is too long, the application says so."""
        if len(self.url) > URL_MAX:
            self.url = self.url.partition(b"?")[0][:URL_MAX]
            self.scope[CUT] = True  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()  # raises what is no address
        self._heading = False

    def on_message_complete(self) -> None:
        """All of it has been read, and what comes next is another one."""
        self._between = True
        if self._raw is not None and self.parser.should_keep_alive():
            self.scope[RAW] = self._raw  # type: ignore[typeddict-unknown-key]
        if self._outcome is not None:
            self.scope[OUTCOME] = self._outcome  # type: ignore[typeddict-unknown-key]
            self._outcome = None
        super().on_message_complete()

    def _free(self) -> bool:
        """Whether no response is under way or waits for the client to read."""
        return self._idle() and not self.flow.write_paused and not self.transport.is_closing()

    def _answer(self, first: bytes, rest: bytes) -> None:
        self._unset_keepalive_if_required()  # the warden looks after those who ask no more
        self.steps += 1
        closing = b"connection: close\r\n" if self._last else b""
        self.transport.write(b"".join((first, self.server_headers(), closing, rest)))
        self.server_state.total_requests += 1

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        cycle.send = Sender(self.server_headers, cycle)  # type: ignore[method-assign, assignment]
        super()._start_asgi_task(cycle, app)

    def server_headers(self) -> bytes:
        """The date, which the server makes anew each second."""
        if self._usual is not self.server_state.default_headers:
            self._usual = self.server_state.default_headers
            self._usual_bytes = b"".join(b"%s: %s\r\n" % each for each in self._usual)
        return self._usual_bytes

    def _bound_head(self, more: int) -> None:
        if not self._heading:
            return
        self._head += more
        if self._head > HEAD_MAX and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")


def _outcome(task: asyncio.Task[Ready | Outcome]) -> Ready | Outcome | None:
    if task.cancelled():
        return None
    if (error := task.exception()) is not None:  # the usual way meets it again and tells it
        log.error("unforeseen error on the short way", exc_info=error)
        return None
    return task.result()


def express(shortcuts: Shortcuts, warden: Warden) -> type[ExpressProtocol]:
    """The protocol with these shortcuts, under a warden."""
    return type("Express", (ExpressProtocol,), {"shortcuts": shortcuts, "warden": warden})
