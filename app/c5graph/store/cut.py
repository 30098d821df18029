"""Cut a table after so many rows while the engine writes it, and say so inside the result.

The engine's serialisers take no row limit. They do write in blocks to any Python file, so this
file counts rows as they pass, stops the engine when there are too many, and closes the result
with a mark that no reader can mistake for a whole answer.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from c5graph.negotiate import CSV, JSON, TSV, XML, Format


class Enough(Exception):
    """Raised through the engine's writer to end it."""


class TooManyBytes(Exception):
    """Raised through the engine's writer when the answer outgrows its cap."""


@dataclass(frozen=True)
class _Table:
    """How rows are seen in one format.

    Counting ``mark`` is quick and finds each row (and now and then a text that looks like one);
    ``ends`` yields the exact offsets at which the head and then each row ends.
    """

    mark: bytes
    ends: Callable[[bytes], Iterator[int]]
    close: Callable[[bytes, str], bytes]


class RowCap(io.RawIOBase):
    """A file that takes a table and raises Enough once it holds more than ``rows`` rows."""

    def __init__(self, form: Format, rows: int, max_bytes: int) -> None:
        super().__init__()
        self._table, self._rows, self._max_bytes = _TABLES[form.name], rows, max_bytes
        self._parts: list[bytes] = []
        self._size = 0
        self._at_most = 1
        self._cut_at: int | None = None

    def writable(self) -> bool:
        """A file for writing."""
        return True

    def write(self, block: object, /) -> int:
        """Take a block, or raise Enough."""
        assert isinstance(block, bytes)
        if self._cut_at is not None:
            return len(block)  # what the engine still held when it was stopped
        carry = len(self._table.mark) - 1  # a mark may lie across two blocks
        carried = self._parts[-1][-carry:] if carry and self._parts else b""
        self._at_most += (carried + block).count(self._table.mark)
        self._parts.append(block)
        self._size += len(block)
        if self._size > self._max_bytes:
            raise TooManyBytes
        if self._at_most > self._rows:
            self._look_closely()
        return len(block)

    def rows(self) -> bytes:
        """The table as far as it is kept, without the mark of a cut."""
        return b"".join(self._parts)[: self._cut_at]

    def result(self) -> tuple[bytes, bool]:
        """The table, and whether it was cut."""
        text = b"".join(self._parts)
        if self._cut_at is None:
            return text, False
        return self._table.close(text[: self._cut_at], note(self._rows, "rows")), True

    def _look_closely(self) -> None:
        text = b"".join(self._parts)
        self._parts = [text]
        ends = list(islice(self._table.ends(text), self._rows + 2))
        if len(ends) < self._rows + 2:
            self._at_most = len(ends)
            return
        self._cut_at = ends[self._rows]
        raise Enough


def note(count: int, what: str) -> str:
    """The sentence that marks a cut answer."""
    return (
        f"TRUNCATED: this answer was cut after {count} {what}; there are more. "
        "Ask for less, or page with ORDER BY, LIMIT and OFFSET."
    )


_JSON_HEAD = b'"bindings":['
_JSON_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
_CSV_STRUCTURE = re.compile(rb'"(?:[^"]|"")*"|\r\n', re.DOTALL)


def _json_ends(text: bytes) -> Iterator[int]:
    start = text.find(_JSON_HEAD) + len(_JSON_HEAD)
    yield start
    depth = 0
    for found in _JSON_STRUCTURE.finditer(text, start):
        if found[0] == b"{":
            depth += 1
        elif found[0] == b"}":
            depth -= 1
            if depth == 0:
                yield found.end()


def _xml_ends(text: bytes) -> Iterator[int]:
    yield text.find(b"<results>") + len(b"<results>")
    yield from (found.end() for found in re.finditer(b"</result>", text))


def _csv_ends(text: bytes) -> Iterator[int]:
    return (found.end() for found in _CSV_STRUCTURE.finditer(text) if found[0] == b"\r\n")


def _tsv_ends(text: bytes) -> Iterator[int]:
    return (found.end() for found in re.finditer(b"\n", text))


def _close_json(text: bytes, sentence: str) -> bytes:
    return text + b']},"truncated":' + json.dumps(sentence).encode() + b"}"


def _close_xml(text: bytes, sentence: str) -> bytes:
    # The format lets the head link to metadata, which is where a reader can see the mark.
    marked = text.replace(b"</head>", b'<link href="urn:c5graph:truncated"/></head>', 1)
    return marked + b"</results><!-- " + sentence.encode() + b" --></sparql>"


def _close_csv(text: bytes, sentence: str) -> bytes:
    # One field too many, so that a strict reader stops here and a lax one shows it.
    commas = text.split(b"\r\n", 1)[0].count(b",")
    return text + b'"' + sentence.encode() + b'"' + b"," * (commas + 1) + b"\r\n"


def _close_tsv(text: bytes, sentence: str) -> bytes:
    tabs = text.split(b"\n", 1)[0].count(b"\t")
    return text + b'"' + sentence.encode() + b'"' + b"\t" * (tabs + 1) + b"\n"


_TABLES = {
    JSON.name: _Table(b"},{", _json_ends, _close_json),
    XML.name: _Table(b"</result>", _xml_ends, _close_xml),
    CSV.name: _Table(b"\r\n", _csv_ends, _close_csv),
    TSV.name: _Table(b"\n", _tsv_ends, _close_tsv),
}
