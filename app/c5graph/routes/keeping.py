"""Routes whose answers are kept under what was asked: look first, make what is not there."""

from __future__ import annotations

from abc import ABC, abstractmethod

from starlette.types import Receive, Scope, Send

from c5graph.cache import Kept
from c5graph.routes.http import Heard, etag, send_kept
from c5graph.service import Service


class KeepingRoute(ABC):
    """Answers GET and HEAD; a route of this kind says how an answer is made."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """One request."""
        heard = self._heard(scope)
        tag = etag((self._service.version, heard.path, heard.query_string, heard.accept))
        found = self._service.cache.get(tag)
        if found is None:
            found = await self._made(heard, tag)
            self._service.cache.put(tag, found)
        await send_kept(send, heard, found, again=True)

    def _heard(self, scope: Scope) -> Heard:
        """The request as it counts for its answer. Raises MethodNotAllowed."""
        return Heard.of(scope)

    @abstractmethod
    async def _made(self, heard: Heard, tag: str) -> Kept:
        """The answer."""
