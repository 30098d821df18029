"""Plain queries: `GET /sparql?query=...` and no other parameter, from a client that wants data.

The headers of a client's requests are the same each time, so what they say is kept by their
bytes. The response is the one that the route of /sparql gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Final

from c5graph import lenses
from c5graph.cache import Kept
from c5graph.errors import C5GraphError
from c5graph.graph.lens import DEFAULT
from c5graph.negotiate import encoding_allowed, prefers_html
from c5graph.percent import decoded
from c5graph.protocol import QueryRequest
from c5graph.routes.http import Heard, digest, headers_of
from c5graph.routes.sparql import deciding, is_volatile, kept_answer
from c5graph.service import Service
from c5graph.shelf import Ready, Shelf, first_line
from c5graph.shortway import Errand, Outcome

_PATH: Final = "/sparql"
_LINE: Final = re.compile(rb"GET /sparql\?(query=[!\"$%'-~]*) HTTP/1\.1")
_HEADER: Final = re.compile(rb"([\w.!#$%&'*+^`|~-]+):[ \t]*([ -~]*)", re.ASCII)
_CLIENT_LEFT: Final = 499
# Headers by which the server or a route does something else.
_SPECIAL: Final = frozenset(
    b"content-encoding content-length content-type expect if-none-match te trailer "
    b"transfer-encoding upgrade x-forwarded-proto x-request-id".split()
)


@dataclass(frozen=True, slots=True)
class _Client:
    """What the headers of a request say; `deciding` is what of them and of the data decides."""

    accept: str | None
    packs: bool
    base: str
    deciding: bytes


class PlainQueries:
    """The short way to one data version; `usual` are the headers that every response has."""

    def __init__(
        self, service: Service, shelf: Shelf, usual: Iterable[tuple[bytes, bytes]]
    ) -> None:
        self._service, self._shelf = service, shelf
        self._usual = b"".join(b"%s: %s\r\n" % each for each in usual)
        self._told = lenses.headers(DEFAULT, 0)
        self._client = lru_cache(maxsize=128)(self._read)
        self._form = lru_cache(maxsize=128)(self._new_form)
        self._longest = service.settings.max_url

    def errand(self, raw: bytes) -> Errand | None:
        """See ShortWay."""
        end = raw.find(b"\r\n")
        found = _LINE.fullmatch(raw, 0, end)
        client = self._client(raw[end + 2 :]) if found is not None else None
        if found is None or client is None or end > self._longest:
            return None
        try:
            query = decoded(found[1][6:].replace(b"+", b" ")).decode()
        except UnicodeDecodeError:
            return None
        tag = digest(b"".join((client.deciding, found[1], b"\0")))
        if is_volatile(query) or self._service.cache.get(tag) is not None:
            return None
        return self._run(raw, QueryRequest(query, base=client.base), client, tag)

    async def _run(
        self, raw: bytes, request: QueryRequest, client: _Client, tag: str
    ) -> Ready | Outcome:
        telemetry, status, began = self._service.telemetry, _CLIENT_LEFT, perf_counter()
        telemetry.began()
        try:
            answer = await self._service.answer(request, client.accept)
            status = 200
        except C5GraphError as error:
            status = 0
            return Outcome(began, error)
        finally:
            if status:  # or it is counted when it has been told
                telemetry.ended(_PATH, "GET", status, perf_counter() - began, "")
        kept = kept_answer(answer, tag, self._told)
        self._service.cache.put(tag, kept)
        ready = self._written(kept, kept.packed() if client.packs else None)
        self._shelf.keep(raw, ready)
        return ready

    def _written(self, kept: Kept, packed: bytes | None) -> Ready:
        body = packed or kept.body
        before, after = self._form(kept.media_type, kept.headers, packed is not None)
        length = b"content-length: %d\r\n" % len(body)
        head = b"".join((before, kept.etag.encode(), after, length, self._usual))
        return Ready(200, first_line(200), head, body)

    def _new_form(
        self, media_type: str, own: tuple[tuple[str, str], ...], packed: bool
    ) -> tuple[bytes, bytes]:
        """The headers of such an answer, but for its length, before and after its tag."""
        kept = Kept(b"", media_type, "\0", own)
        lines = (f"{n}: {v}\r\n" for n, v in headers_of(kept, b"." if packed else None))
        before, _, after = "".join(lines).encode("latin-1").partition(b"\0")
        return before, after

    def _read(self, head: bytes) -> _Client | None:
        heard = heard_of(head)
        if heard is None or prefers_html(heard.accept):
            return None
        return _Client(
            heard.accept,
            encoding_allowed(heard.accept_encoding, "gzip"),
            heard.host + _PATH,
            deciding(self._service.version, heard),
        )


def heard_of(head: bytes) -> Heard | None:
    """What the headers of a request say; None where they ask for more than an answer."""
    headers = []
    for line in head[:-4].split(b"\r\n"):
        found = _HEADER.fullmatch(line)
        if found is None or _is_special(found[1].lower(), found[2].lower()):
            return None
        headers.append((found[1].lower(), found[2]))
    if [name for name, _ in headers].count(b"host") != 1:
        return None  # which the usual way refuses
    scope = {"method": "GET", "path": _PATH, "query_string": b"", "headers": headers}
    return Heard.of(scope)


def _is_special(name: bytes, value: bytes) -> bool:
    return name in _SPECIAL or (name == b"connection" and value.strip() != b"keep-alive")
