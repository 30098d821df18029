"""How a response of the application goes out: in one piece where it is whole from the start."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import Message, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from c5graph.shelf import AGAIN


class Sender:
    """Sends a response that is whole from the start in one piece; all others go the usual way.

    The server looks at each header by itself, which takes longer than looking into a shelf.
    """

    __slots__ = ("_cycle", "_headers", "_start", "_usual")

    def __init__(self, headers: Callable[[], bytes], cycle: RequestResponseCycle) -> None:
        self._headers, self._cycle = headers, cycle
        self._usual: Send = cycle.send  # type: ignore[assignment]
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        """Send one message, or keep the start until its body comes."""
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
        parts = (STATUS_LINE[start["status"]], self._headers(), head, b"\r\n", body)
        cycle.transport.write(b"".join(parts))
        cycle.message_event.set()
        cycle.on_response()
