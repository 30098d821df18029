"""uvicorn's HTTP protocol, with a counter for requests whose response lies ready.

A request that comes again in the same bytes is answered from a shelf (see shelf.py) without being
parsed and without a task. All others go the usual way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from starlette.types import Message, Send
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from c5graph.errors import C5GraphError, MalformedRequest
from c5graph.patience import Doing, Seen, TooManyConnections, Warden, network, response
from c5graph.shelf import AGAIN, RAW

_LONGEST: Final = 16_384  # bytes of a request that is worth keeping
_HEAD_MAX: Final = 262_144  # bytes of a request's head; the parser itself has no limit
_END: Final = b"\r\n\r\n"
Take = Callable[[bytes], tuple[bytes, bytes] | None]


class ExpressProtocol(HttpToolsProtocol):
    """One connection. `take` gives the response that lies ready for some bytes, if there is one."""

    take: Take
    warden: Warden
    seen: Seen
    network: str

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._raw: bytes | None = None
        self._between, self._heading, self._head = True, False, 0
        self._usual: list[tuple[bytes, bytes]] = []
        self._usual_bytes = b""
        self.steps = 0

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
        if self.transport.is_closing():
            return
        if error is not None and self._is_silent():
            self.transport.write(response(error))
        self.transport.close()

    def drop(self) -> None:
        """Close it now."""
        self.connections.discard(self)
        self.transport.abort()

    def _is_silent(self) -> bool:
        """Whether the client would take what is sent for the answer to its last request."""
        if self.cycle is None or self._between or self._heading:
            return self._idle()
        return not self.cycle.response_started

    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def send_400_response(self, msg: str) -> None:
        """What is sent to a client that does not speak HTTP."""
        self.end(MalformedRequest(msg, remedy="Send HTTP/1.1."))

    def data_received(self, data: bytes) -> None:
        """Bytes of the client: a request asked before, or anything else."""
        self._raw = None
        if self._between and data.startswith(b"GET ") and data.endswith(_END):
            ready = type(self).take(data) if self._free() else None
            if ready is not None:
                return self._answer(*ready)
            if len(data) <= _LONGEST and data.count(_END) == 1:
                self._raw = data
        super().data_received(data)
        return self._bound_head(len(data))

    def on_message_begin(self) -> None:
        """A request begins."""
        self._between, self._heading, self._head = False, True, 0
        self.steps += 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head has been read."""
        self._heading = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it has been read, and what comes next is another one."""
        self._between = True
        if self._raw is not None and self.parser.should_keep_alive():
            self.scope[RAW] = self._raw  # type: ignore[typeddict-unknown-key]
        super().on_message_complete()

    def _free(self) -> bool:
        """Whether no response is under way or waits for the client to read."""
        return self._idle() and not self.flow.write_paused and not self.transport.is_closing()

    def _answer(self, first: bytes, rest: bytes) -> None:
        self._unset_keepalive_if_required()
        self.steps += 1
        self.transport.write(b"".join((first, self.server_headers(), rest)))
        self.server_state.total_requests += 1
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        cycle.send = _Sender(self, cycle)  # type: ignore[method-assign, assignment]
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
        if self._head > _HEAD_MAX and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")


class _Sender:
    """Sends a response that is whole from the start in one piece; all others go the usual way.

    The server looks at each header by itself, which takes longer than looking into a shelf.
    """

    __slots__ = ("_cycle", "_protocol", "_start", "_usual")

    def __init__(self, protocol: ExpressProtocol, cycle: RequestResponseCycle) -> None:
        self._protocol, self._cycle = protocol, cycle
        self._usual: Send = cycle.send  # type: ignore[assignment]
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        cycle = self._cycle
        if self._start is None:
            if message.get(AGAIN) and cycle.keep_alive and cycle.scope["method"] == "GET":
                self._start = message
                return None
            return await self._usual(message)
        start, self._start = self._start, None
        if message.get("more_body") or cycle.disconnected or cycle.flow.write_paused:
            await self._usual(start)
            return await self._usual(message)
        return self._whole(start, message.get("body", b""))

    def _whole(self, start: Message, body: bytes) -> None:
        lines = [b"%s: %s\r\n" % header for header in start["headers"]]
        head = b"".join(lines)
        if head.count(b"\n") != len(lines) or head.count(b"\r") != len(lines):
            raise RuntimeError("a header with more than one line")
        cycle = self._cycle
        cycle.response_started = cycle.response_complete = True
        first = STATUS_LINE[start["status"]]
        cycle.transport.write(
            b"".join((first, self._protocol.server_headers(), head, b"\r\n", body))
        )
        cycle.message_event.set()
        cycle.on_response()


def express(found: Take, warden: Warden) -> type[ExpressProtocol]:
    """The protocol with a shelf, under a warden."""
    return type("Express", (ExpressProtocol,), {"take": staticmethod(found), "warden": warden})
