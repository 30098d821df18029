"""What hot routes share: read a request, send a finished answer, notice a client that left."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.types import Message, Receive, Scope, Send

from c5graph.cache import Kept
from c5graph.errors import BodyTooLarge, C5GraphError
from c5graph.negotiate import encoding_allowed
from c5graph.shelf import AGAIN
from c5graph.speech import ENGLISH
from c5graph.told import told

T = TypeVar("T")
Headers = Iterable[tuple[str, str]]
_TAG = re.compile(r'"([^"]*)"')
VARY = ("vary", "Accept, Accept-Encoding")
_UNWATCHED = 0.02  # seconds
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SENDING = 2.0  # seconds for which what is too long may go on to come


class ClientGone(Exception):
    """The client closed the connection before its answer was ready."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The parts of a request that decide its answer."""

    method: str
    path: str
    query_string: bytes
    accept: str | None
    accept_encoding: str | None
    content_type: str | None
    if_none_match: str | None
    host: str
    body: bytes = b""

    @staticmethod
    def of(scope: Scope, body: bytes = b"") -> Heard:
        """Read the scope; several headers of one name count as one list."""
        found: dict[bytes, str] = {}
        for name, value in scope["headers"]:
            text = value.decode("latin-1")
            found[name] = f"{found[name]}, {text}" if name in found else text
        return Heard(
            scope["method"],
            scope["path"],
            scope["query_string"],
            found.get(b"accept"),
            found.get(b"accept-encoding"),
            found.get(b"content-type"),
            found.get(b"if-none-match"),
            _origin(scope, found.get(b"host", "")),
            body,
        )


def _origin(scope: Scope, host: str) -> str:
    known = host and all(sign.isalnum() or sign in ".-:[]" for sign in host)
    return f"{scope.get('scheme', 'http')}://{host if known else 'localhost'}"


def without_slash(path: str, query: bytes) -> str:
    """Where the same name without the slashes at its end is, seen from the path."""
    plain = path.rstrip("/")
    up, name = "../" * (len(path) - len(plain)), quote(plain.rpartition("/")[2])
    return f"{up}{name}{'?' * bool(query)}{query.decode('latin-1')}"


async def read_body(receive: Receive, max_bytes: int) -> bytes:
    """The whole body; raises BodyTooLarge when it is too long."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        if size > max_bytes:
            if message.get("more_body"):
                await _let_finish(receive)
            raise _too_large(max_bytes)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def insist_on_size(scope: Scope, receive: Receive, max_bytes: int) -> None:
    """Refuse a body whose head says that it is too long; who asks first is not asked to send it."""
    found = dict(scope["headers"])
    if int(found.get(b"content-length", b"0")) <= max_bytes:
        return
    if found.get(b"expect", b"").lower() != b"100-continue":
        await _let_finish(receive)
    raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> BodyTooLarge:
    return BodyTooLarge(
        f"The body is longer than {max_bytes // 1024} KiB.", remedy="Send less at once."
    )


async def _let_finish(receive: Receive) -> None:
    """Take what else is sent, for a moment, and keep none of it.

    Many a client reads only when it has sent all, and a connection that is closed before is reset:
    it would never see the error.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_SENDING):
            while (await receive()).get("more_body"):
                pass


async def unless_gone(receive: Receive, work: Awaitable[T]) -> T:
    """Await the work, and cancel it when the client goes away first: then raise ClientGone."""
    watch = _Watch(receive)
    try:
        return await work
    except asyncio.CancelledError:
        watch.acknowledge()
        raise
    finally:
        watch.end()


class _Watch:
    """Cancels the running task when its client leaves.

    It looks only after a while: most work is done by then, and looking takes a task of its own.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._work = asyncio.current_task()
        self._look: asyncio.Task[None] | None = None
        self._gone = False
        self._later = asyncio.get_running_loop().call_later(_UNWATCHED, self._begin)

    def acknowledge(self) -> None:
        """Raise ClientGone if that is why the work was cancelled."""
        if self._gone and self._work is not None and self._work.uncancel() == 0:
            raise ClientGone from None

    def end(self) -> None:
        """Stop looking."""
        self._later.cancel()
        if self._look is not None:
            self._look.cancel()

    def _begin(self) -> None:
        self._look = asyncio.get_running_loop().create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if self._work is not None:
            self._gone = True
            self._work.cancel()


def etag(parts: Iterable[object]) -> str:
    """A tag for what these parts decide, without quotes and without the coding."""
    return digest(repr(tuple(parts)).encode())


def digest(deciding: bytes) -> str:
    """The same for bytes that differ where answers do."""
    return hashlib.blake2b(deciding, digest_size=12).hexdigest()


def matches(if_none_match: str | None, tag: str) -> bool:
    """True when the client holds this representation in any coding."""
    if not if_none_match:
        return False
    if if_none_match.strip() == "*":
        return True
    # A tag may hold a comma; some clients send one without its quotes.
    held = _TAG.findall(if_none_match) or [each.strip() for each in if_none_match.split(",")]
    return tag in held or f"{tag}-gzip" in held


async def send_kept(send: Send, heard: Heard, kept: Kept, *, again: bool = False) -> None:
    """Send an answer, packed where the client takes that, or 304.

    With `again` the same request always gets it from this data version.
    """
    packed = kept.packed() if encoding_allowed(heard.accept_encoding, "gzip") else None
    if matches(heard.if_none_match, kept.etag):
        return await send_all(send, 304, _tagged(kept, packed), again=again)
    headers = headers_of(kept, packed)
    return await send_all(send, 200, headers, packed or kept.body, again=again)


def headers_of(kept: Kept, packed: bytes | None) -> list[tuple[str, str]]:
    """The headers of an answer, but for its length."""
    coding = [("content-encoding", "gzip")] if packed else []
    return [*_tagged(kept, packed), *coding, ("content-type", with_charset(kept.media_type))]


def _tagged(kept: Kept, packed: bytes | None) -> list[tuple[str, str]]:
    tag = f'"{kept.etag}-gzip"' if packed else f'"{kept.etag}"'
    return [("etag", tag), ("cache-control", "no-cache"), VARY, *kept.headers]


async def send_not_modified(send: Send, heard: Heard, tag: str) -> None:
    """The client holds what it asks for."""
    packed = encoding_allowed(heard.accept_encoding, "gzip") and f"{tag}-gzip" in (
        heard.if_none_match or ""
    )
    shown = f'"{tag}-gzip"' if packed else f'"{tag}"'
    await send_all(send, 304, [("etag", shown), ("cache-control", "no-cache"), VARY])


async def send_error(send: Send, error: C5GraphError, headers: Headers = ()) -> None:
    """The one error body, as JSON; beside it what it says in the reader's language, if known."""
    own = getattr(error, "headers", {})
    shown = [
        ("content-type", "application/json; charset=utf-8"),
        ("cache-control", "no-store"),
        VARY,
        *own.items(),
        *headers,
    ]
    body = error.body()
    body["error"] |= told_too(error)
    await send_all(send, error.status, shown, to_json(body))


def told_too(error: C5GraphError) -> dict[str, Any]:
    """Message and remedy in the reader's language under `told`; nothing in English."""
    parts = {"message": told(error.message), "remedy": told(error.remedy)}
    if parts["message"].lang == ENGLISH:
        return {}
    texts = {name: each.text for name, each in parts.items() if each.text}
    return {"told": {"lang": parts["message"].lang, **texts}}


async def send_all(
    send: Send,
    status: int,
    headers: Sequence[tuple[str, str]],
    body: bytes = b"",
    *,
    again: bool = False,
) -> None:
    """Send a whole response."""
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if status not in (204, 304):
        encoded.append((b"content-length", str(len(body)).encode()))
    start: Message = {"type": "http.response.start", "status": status, "headers": encoded}
    if again:
        start[AGAIN] = True
    await send(start)
    await send({"type": "http.response.body", "body": body})


def with_charset(media_type: str) -> str:
    """Name the charset where a text type would otherwise leave it to be guessed."""
    bare = media_type.startswith("text/") and "charset" not in media_type
    return f"{media_type}; charset=utf-8" if bare else media_type


def spliced(before: Mapping[str, object], inner: str, after: Mapping[str, object]) -> bytes:
    """One JSON object with the members of all three, none of them empty; `inner` is JSON."""
    return b",".join((to_json(before)[:-1], inner[1:-1].encode(), to_json(after)[1:]))


def to_json(value: object) -> bytes:
    """Compact JSON in UTF-8; half a surrogate pair, which UTF-8 has not, stays an escape."""
    try:
        return _COMPACT(value).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()
