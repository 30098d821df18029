"""Logs on standard error: one line a record, in JSON or as text, with the request that it is of.

What a client sent can neither end a line nor colour a terminal: JSON escapes every control
character, and so does the text.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")
_LONGEST: Final = 2000
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def configure(form: str) -> None:
    """Send the records of the service and of the server to standard error."""
    if form == "auto":
        form = "text" if sys.stderr.isatty() else "json"
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine() if form == "json" else TextLine())
    for name in ("c5graph", "uvicorn", "mcp"):
        level = logging.INFO if name == "c5graph" else logging.WARNING
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


class JsonLine(logging.Formatter):
    """A record as one object; `fields` of the record are members of it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        shown: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "message": record.getMessage()[:_LONGEST],
        }
        if request := REQUEST.get():
            shown["request"] = request
        shown |= getattr(record, "fields", {})
        if record.exc_info:
            shown["trace"] = self.formatException(record.exc_info)
        return json.dumps(shown, default=str)


class TextLine(logging.Formatter):
    """A record as text; a trace follows on lines of its own, indented."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = "".join(f" {k}={v}" for k, v in getattr(record, "fields", {}).items())
        request = f" [{REQUEST.get()}]" if REQUEST.get() else ""
        said = _CONTROL.sub(_escaped, record.getMessage()[:_LONGEST] + fields)
        line = f"{_time(record)} {record.levelname.lower()}{request} {said}"
        if not record.exc_info:
            return line
        trace = self.formatException(record.exc_info).split("\n")
        return "\n    ".join([line, *(_CONTROL.sub(_escaped, each) for each in trace)])


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
