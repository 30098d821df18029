"""`/dump/*`: everything in one file, made once a data version and sent piece by piece."""

from __future__ import annotations

import asyncio
import gzip
import tempfile
import threading
import weakref
from collections import OrderedDict
from typing import IO, Any

from starlette.types import Receive, Scope, Send

from c5graph import protocol
from c5graph.dump import Dump
from c5graph.errors import MethodNotAllowed
from c5graph.exports import offered
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.negotiate import encoding_allowed
from c5graph.routes.http import VARY, Heard, etag, matches, send_all, with_charset
from c5graph.routes.lookups import lens_parameters
from c5graph.routes.parameters import refuse_unknown
from c5graph.service import Service

_PIECE = 256 * 1024
_FILES = 6  # kept of one route: by lens, packed and plain
PREFIX = "/dump/"


class _Made:
    """A finished file without a name; it goes when nobody holds it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.size = file, file.tell()
        self._lock = threading.Lock()
        weakref.finalize(self, file.close)

    def piece(self, start: int) -> bytes:
        """The piece that begins here."""
        with self._lock:
            self._file.seek(start)
            return self._file.read(_PIECE)


class DumpRoute:
    """Answers GET and HEAD for one file; ready files are kept on disk, not in memory."""

    def __init__(self, service: Service, dump: Dump) -> None:
        self._service, self._dump = service, dump
        self._lock = asyncio.Lock()
        self._kept: OrderedDict[tuple[Lens, bool], _Made] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """One request."""
        heard = Heard.of(scope)
        if heard.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(heard.method, ("GET", "HEAD", "OPTIONS"))
        given = protocol.parameters(heard.query_string)
        refuse_unknown(given, (*PARAMETERS, "lang"))
        lens = parse_lens(given, self._service.release.record)
        packed = encoding_allowed(heard.accept_encoding, "gzip")
        tag = etag((self._service.version, "dump", self._dump.file, lens.iri))
        shown = f'"{tag}-gzip"' if packed else f'"{tag}"'
        headers = [("etag", shown), ("cache-control", "no-cache"), VARY]
        if matches(heard.if_none_match, tag):
            return await send_all(send, 304, headers)
        made = await self._ready(lens, packed=packed)
        headers += [
            *await self._service.told(lens),
            *([("content-encoding", "gzip")] if packed else []),
            ("content-type", with_charset(self._dump.media_type)),
            ("content-length", str(made.size)),
            ("content-disposition", f'attachment; filename="{self._dump.file}"'),
        ]
        await _begin(send, headers)
        return await _pour(send, made if heard.method == "GET" else None)

    async def _ready(self, lens: Lens, *, packed: bool) -> _Made:
        async with self._lock:
            for form in (False, packed):
                key = (lens, form)
                self._kept[key] = (
                    self._kept.pop(key) if key in self._kept else await self._make(key)
                )
            while len(self._kept) > _FILES:
                self._kept.popitem(last=False)
            return self._kept[lens, packed]

    async def _make(self, key: tuple[Lens, bool]) -> _Made:
        lens, packed = key
        if packed:
            return await asyncio.to_thread(_packed, self._kept[lens, False])
        return await asyncio.to_thread(self._written, lens)

    def _written(self, lens: Lens) -> _Made:
        release = self._service.release.public
        file = tempfile.TemporaryFile()  # noqa: SIM115 - kept open as long as it may be sent
        self._dump.writer(release if lens == DEFAULT else release.under(lens), file, lambda _: None)
        return _Made(file)


def _packed(plain: _Made) -> _Made:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - kept open as long as it may be sent
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=5, mtime=0) as sink:
        for start in range(0, plain.size, _PIECE):
            sink.write(plain.piece(start))
    return _Made(file)


def dump_routes(service: Service) -> dict[str, DumpRoute]:
    """A route for each file by its path."""
    chosen = [each for each in offered() if service.ours or each.is_rdf]
    return {PREFIX + dump.file: DumpRoute(service, dump) for dump in chosen}


def described() -> dict[str, Any]:
    """The OpenAPI description of the files, as one path."""
    text = {"schema": {"type": "string"}}
    file = {
        "name": "file",
        "in": "path",
        "required": True,
        "description": "The ending names the format.",
        "schema": {"type": "string", "enum": [dump.file for dump in offered()]},
    }
    operation = {
        "tags": ["linked data"],
        "operationId": "dump",
        "summary": "Everything in one file",
        "parameters": [file, *lens_parameters()],
        "responses": {
            "200": {
                "description": "The file",
                "content": {dump.media_type: text for dump in offered()},
            }
        },
    }
    return {PREFIX + "{file}": {"get": operation}}


async def _begin(send: Send, headers: list[tuple[str, str]]) -> None:
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": 200, "headers": encoded})


async def _pour(send: Send, made: _Made | None) -> None:
    start = 0
    while made is not None and start < made.size:
        piece = await asyncio.to_thread(made.piece, start)
        start += len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
