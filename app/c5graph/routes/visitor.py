"""Asks for a page as a browser would, before the first reader does."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Scope


async def visit(app: ASGIApp, path: str) -> None:
    """Have the page made, with all that it needs; what it says is dropped."""
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"accept", b"text/html")],
        "client": None,
        "server": None,
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Message) -> None: ...

    await app(scope, receive, send)
