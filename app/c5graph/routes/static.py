"""`/static/`: style, icon and what the build made, read and packed once. Plain ASGI."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from typing import Final

from starlette.types import Receive, Scope, Send

from c5graph import resources
from c5graph.assets import BUILT
from c5graph.cache import Kept
from c5graph.errors import MethodNotAllowed, NotFound
from c5graph.negotiate import encoding_allowed
from c5graph.routes.http import Heard, etag, send_all, send_kept

PREFIX: Final = "/static/"
_FOREVER: Final = "public, max-age=31536000, immutable"
_KINDS: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_STYLE: Final = "static/style.css"
_PARTS: Final = ("page", "head", "text", "tables", "claims", "pictures", "forms", "media")
"""Files of `web/styles` in the order in which their rules give way to each other."""


class Static:
    """Answers GET and HEAD for the files that were there at the start."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """One request."""
        heard = Heard.of(scope)
        if heard.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(heard.method, ("GET", "HEAD", "OPTIONS"))
        found = _files().get(heard.path.lstrip("/"))
        if found is None:
            raise NotFound(f"There is nothing at {heard.path}.", remedy="Start at /.")
        if _is_forever(heard.path):
            await _send_forever(send, heard, found)
        else:
            await send_kept(send, heard, found)


def _is_forever(path: str) -> bool:
    """Whether the name of the file has a digest of its content in it."""
    return BUILT in path and path.endswith((".js", ".css"))


async def _send_forever(send: Send, heard: Heard, kept: Kept) -> None:
    packed = kept.packed() if encoding_allowed(heard.accept_encoding, "gzip") else None
    headers = [("content-type", kept.media_type), ("cache-control", _FOREVER)]
    headers.append(("vary", "Accept-Encoding"))
    if packed:
        headers.append(("content-encoding", "gzip"))
    await send_all(send, 200, headers, packed or kept.body)


@lru_cache(maxsize=1)
def _files() -> dict[str, Kept]:
    """Every file by its path from the root; nothing else on the disk can be asked for."""
    web = resources.web()
    found = {_STYLE: _kept(_style(), "css")}
    for path in sorted((web / "static").rglob("*")):
        if path.is_file() and path.suffix in (".css", ".js", ".svg", ".json"):
            found[path.relative_to(web).as_posix()] = _kept(path.read_bytes(), path.suffix[1:])
    return found


def _kept(body: bytes, suffix: str) -> Kept:
    kind = _KINDS.get(suffix) or mimetypes.types_map[f".{suffix}"]
    return Kept(body, kind, etag((body,)))


def _style() -> bytes:
    """The style of every page: one file to ask for, made of a file for each concern."""
    folder = resources.web() / "styles"
    return b"\n".join((folder / f"{part}.css").read_bytes() for part in _PARTS)
