"""Tables of authors: CSV files whose columns tell what the rows are."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from c5graph.authoring.terms import CellFault, nearest, parts
from c5graph.errors import InputError, MissingInput
from c5graph.graph.problems import Problem

_MOST_BYTES = 20 * 2**20
_MOST_CELL = 20_000

# The first column that fits tells the kind; what a kind has beyond these is a fault,
# but for columns of entities that name a property.
_KINDS = (
    ("publisher", "reports"),
    ("finding", "findings"),
    ("subject", "claims"),
    ("id", "entities"),
)
COLUMNS = {
    "entities": "id type label altLabels description unnamed distinctFrom file".split(),
    "claims": (
        "claim report passage subject predicate object gloss modality polarity attributedTo "
        "relayedBy stance validFrom validUntil onCondition identification rank rankReason "
        "identifier alternativeReadingOf cito:disputes cito:confirms cito:corrects cito:updates "
        "cito:qualifies frame frameId frameLabel frameTriples"
    ).split(),
    "reports": (
        "id label title description publisher language url interest origin originLabel "
        "originDescription kind issued firstSeen textDigest"
    ).split(),
    "findings": "finding label description kind on prefersReading basedOn created".split(),
}
_NEEDED = {
    "entities": ("id", "type", "label"),
    "claims": ("report", "subject", "predicate", "gloss", "modality"),
    "reports": ("id", "publisher", "title", "url", "origin", "firstSeen"),
    "findings": ("finding", "label", "description", "kind", "on"),
}

T = TypeVar("T")


@dataclass
class Row:
    """One row of a table: its cells by column, and what was found wrong with them."""

    table: str
    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, column: str, message: str, remedy: str) -> None:
        """Note what is wrong in a column."""
        place = f"{self.table}: row {self.number}, column {column}"
        self.problems.append(Problem(message, remedy, place, "table", severity="error"))

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """What the reader makes of a cell; None when it is empty or faulty, which is noted."""
        if not self[column]:
            return None
        try:
            return reader(self[column])
        except CellFault as fault:
            self.fault(column, fault.message, fault.remedy)
            return None

    def need(self, column: str, reader: Callable[[str], T], remedy: str) -> T | None:
        """As `read`; an empty cell is a fault."""
        if not self[column]:
            self.fault(column, "nothing stands here.", remedy)
        return self.read(column, reader)

    def several(self, column: str, reader: Callable[[str], T], mark: str = "|") -> list[T]:
        """What the reader makes of each value of a cell."""
        found = (self.read_part(column, part, reader) for part in parts(self[column], mark))
        return [each for each in found if each is not None]

    def read_part(self, column: str, part: str, reader: Callable[[str], T]) -> T | None:
        """What the reader makes of one value of a cell."""
        try:
            return reader(part)
        except CellFault as fault:
            self.fault(column, fault.message, fault.remedy)
            return None


@dataclass(frozen=True)
class Table:
    """One table: its file, its kind, its rows."""

    name: str
    kind: str
    rows: tuple[Row, ...]


def read_table(path: Path, properties: Iterable[str]) -> Table:
    """The table of a file. Raises MissingInput, or InputError where it is no table of ours."""
    records = list(_records(path))
    if not records:
        raise InputError(
            f"{path}: the table is empty.", remedy="Name the columns in the first row."
        )
    header = [cell.strip() for cell in records[0]]
    kind = _kind(path, header)
    _insist_on_columns(path, header, kind, set(properties))
    rows = []
    for number, record in enumerate(records[1:], 2):
        if any(cell.strip() for cell in record):
            rows.append(_row(path, number, header, record))
    return Table(str(path), kind, tuple(rows))


def _records(path: Path) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(
            f"{path}: line {reader.line_num}: no CSV ({error}).",
            remedy="Check the quotation marks; within a quoted cell each is written twice.",
        ) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path}: larger than 20 MiB.", remedy="Split the table.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8.", remedy="Save the table as CSV UTF-8.") from error
    except OSError as error:
        raise MissingInput(
            f"{path}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error


def _kind(path: Path, header: list[str]) -> str:
    for column, kind in _KINDS:
        if column in header:
            return kind
    raise InputError(
        f"{path}: the columns tell no kind of table.",
        remedy=_separated_otherwise(header)
        or "Entities have a column id, claims subject, reports publisher, findings finding.",
    )


def _separated_otherwise(header: list[str]) -> str | None:
    """What to do about a table whose names of columns are all in one cell."""
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        return "Save the table with commas between the cells, not semicolons or tabs."
    return None


def _insist_on_columns(path: Path, header: list[str], kind: str, properties: set[str]) -> None:
    allowed = {*COLUMNS[kind], *(properties if kind == "entities" else ())}
    for column in header:
        if column not in allowed:
            remedy = nearest(column, COLUMNS[kind]) or f"It may have {', '.join(COLUMNS[kind])}."
            raise InputError(f"{path}: {kind} have no column {column[:80]!r}.", remedy=remedy)
        if header.count(column) > 1:
            raise InputError(f"{path}: two columns {column}.", remedy="Join them with |.")
    missing = [column for column in _NEEDED[kind] if column not in header]
    if missing:
        raise InputError(
            f"{path}: {kind} need a column {missing[0]}.", remedy=f"Add {', '.join(missing)}."
        )


def _row(path: Path, number: int, header: list[str], record: list[str]) -> Row:
    row = Row(str(path), number, {})
    if len(record) > len(header):
        row.fault(
            header[-1],
            f"{len(record)} cells under {len(header)} columns.",
            "Quote cells that hold a comma.",
        )
    for column, cell in zip(header, record, strict=False):
        row.cells[column] = cell.strip()
        if len(cell) > _MOST_CELL or any(ord(sign) < 32 and sign not in "\n\r\t" for sign in cell):
            row.fault(column, "a cell too long, or with control characters.", "Clean the cell.")
            row.cells[column] = ""
    return row
