"""Reads a publisher's file record by record, with the place of each in the text.

Memory does not grow with the file. A place is counted in code points of the text in UTF-8, as
passages are; the digest of the whole text is known when its end is reached.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from c5graph.authoring.terms import nearest
from c5graph.errors import InputError, MissingInput
from c5graph.held.layout import Layout

MOST_LINE = 4 * 1024 * 1024  # bytes
MOST_CELL = 128 * 1024  # characters
_MARK = "\ufeff"


@dataclass(frozen=True)
class Place:
    """Where a record stands in the text, and the digest of its characters."""

    start: int
    end: int
    digest: str


@dataclass(frozen=True)
class Record:
    """One record: its first line, its place, its cells by the names of the layout."""

    line: int
    place: Place
    cells: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Reading:
    """One reading of a file; iterate once. Raises InputError where it has another layout."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path, self._layout = path, layout
        self._whole = hashlib.sha256()
        self._taken: list[str] = []
        self._offset = self._line = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes read so far, those within an archive."""
        return self._whole.hexdigest()

    def __iter__(self) -> Iterator[Record]:
        with _opened(self._path) as source:
            lines = self._lines(source)
            yield from self._json(lines) if self._layout.lines_of_json else self._table(lines)

    def _lines(self, source: IO[bytes]) -> Iterator[str]:
        while raw := source.readline(MOST_LINE + 1):
            self._line += 1
            if len(raw) > MOST_LINE:
                raise self._fault("a line of more than 4 MiB.", "Check that it is the right file.")
            self._whole.update(raw)
            text = self._decoded(raw)
            self._taken.append(text)
            yield text.removeprefix(_MARK) if self._line == 1 else text

    def _decoded(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._fault("not UTF-8.", "Save the table as CSV in UTF-8.") from error

    def _table(self, lines: Iterator[str]) -> Iterator[Record]:
        layout = self._layout
        rows = (
            csv.reader(lines, delimiter=layout.mark, strict=True)
            if layout.quoted
            else csv.reader(lines, delimiter=layout.mark, quoting=csv.QUOTE_NONE)
        )
        before = csv.field_size_limit(MOST_CELL)
        try:
            header = list(layout.order) or self._header(next(rows, []))
            self._place()
            for row in rows:
                if row:
                    yield self._record(header, row)
        except csv.Error as error:
            raise self._fault(
                f"no table with {_called(layout.mark)} between its cells ({error}).",
                "Check the quotation marks near that line, and that no cell is very long.",
            ) from error
        finally:
            csv.field_size_limit(before)

    def _header(self, row: list[str]) -> list[str]:
        """The columns by the names that the layout has for them."""
        others = dict(self._layout.spellings)
        names = [" ".join(cell.split()) for cell in row]
        names = [others.get(name, name) for name in names]
        for column in self._layout.columns:
            if column not in names:
                raise self._fault(
                    f"no column {column!r}, which {self._layout.named}, has.",
                    nearest(column, names) or "Check that it is a file of this publisher.",
                )
            if names.count(column) > 1:
                raise self._fault(f"two columns {column!r}.", "Keep the publisher's own one.")
        return names

    def _record(self, header: list[str], row: list[str]) -> Record:
        line = self._line - sum(text.endswith("\n") for text in self._taken) + 1
        if len(row) != len(header):
            raise InputError(
                f"{self._path}: line {line}: {len(row)} cells under {len(header)} columns of "
                f"{self._layout.named}.",
                remedy="Check that line, and that the file is of this edition.",
            )
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
        return Record(max(line, 1), self._place(), cells)

    def _json(self, lines: Iterator[str]) -> Iterator[Record]:
        for text in lines:
            number = self._line
            place = self._place()
            if text.strip():
                yield Record(number, place, body=self._object(text))

    def _object(self, text: str) -> dict[str, Any]:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._fault("no JSON.", "Each line is to be one entity as JSON.") from error
        members = found if isinstance(found, dict) else {}
        missing = [name for name in self._layout.columns if name not in members]
        if missing:
            raise self._fault(
                f"no member {missing[0]!r}, which {self._layout.named}, has.",
                "Check that it is a file of this publisher.",
            )
        return members

    def _place(self) -> Place:
        """The place of what was taken since the last record; the line end is not of it."""
        text = "".join(self._taken)
        self._taken.clear()
        span = text.rstrip("\r\n")
        start, self._offset = self._offset, self._offset + len(text)
        digest = hashlib.sha256(span.encode()).hexdigest()
        return Place(start, start + len(span), digest)

    def _fault(self, message: str, remedy: str) -> InputError:
        return InputError(f"{self._path}: line {max(self._line, 1)}: {message}", remedy=remedy)


def _called(mark: str) -> str:
    return "tabs" if mark == "\t" else repr(mark)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of what is packed in it. Raises MissingInput, InputError."""
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(_member(path, archive)) as source:
                yield source
        elif path.suffix.lower() == ".gz":
            with gzip.open(path, "rb") as unpacked:
                yield cast("IO[bytes]", unpacked)
        else:
            with path.open("rb") as plain:
                yield plain
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
        raise InputError(f"{path}: a damaged archive.", remedy="Fetch it again.") from error
    except OSError as error:
        raise MissingInput(
            f"{path}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [item for item in archive.infolist() if not item.is_dir()]
    if len(files) != 1:
        raise InputError(
            f"{path}: {len(files)} files in the archive.",
            remedy="Unpack it and name the one with the records.",
        )
    return files[0]
