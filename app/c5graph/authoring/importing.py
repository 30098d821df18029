"""Import of tables: all rows become blocks, all files are written, or nothing is.

Rows may speak of each other across the tables of one import, in any order: first all are
named, then all are described.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from c5graph.authoring.batch import Batch, Entry
from c5graph.authoring.claims import Claims
from c5graph.authoring.document import Document, read_document
from c5graph.authoring.entities import Entities
from c5graph.authoring.known import Known, read_known
from c5graph.authoring.lock import only_writer
from c5graph.authoring.openings import opening_of
from c5graph.authoring.passages import Passages
from c5graph.authoring.placing import drop_unused_passages, place
from c5graph.authoring.reports import Findings, Reports
from c5graph.authoring.tables import Row, Table, read_table
from c5graph.authoring.writing import write_all
from c5graph.graph.evidence import texts_in
from c5graph.graph.problems import Problem
from c5graph.graph.sources import Sources
from c5graph.namespaces import PREFIXES, REPORT

_ORDER = ("entities", "reports", "claims", "findings")


@dataclass(frozen=True)
class Target:
    """Where an import writes: a folder laid out like `data/`, and the file for claims if named."""

    folder: Path
    claims_file: str | None = None
    shipped: bool = True

    @classmethod
    def of(cls, into: Path | None, data: Path) -> Target:
        """The target that `--into` names: a file of claims or a folder; without it the data."""
        if into is None:
            return cls(data)
        if into.suffix != ".ttl":
            return cls(into, None, into.resolve() == data.resolve())
        folder = into.parent.parent if into.parent.name == "claims" else into.parent
        file = into.resolve().relative_to(folder.resolve()).as_posix()
        return cls(folder, file, folder.resolve() == data.resolve())


@dataclass
class Imported:
    """What an import did, or would do: things by kind, rows with the names they got, new texts."""

    counts: Counter[str] = field(default_factory=Counter)
    made: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Maker(Protocol):
    """Makes blocks of the rows of one kind of table."""

    def announce(self, row: Row) -> None:
        """Name what the row is about."""

    def describe(self, row: Row) -> None:
        """Make its block."""


@dataclass(frozen=True)
class Wishes:
    """How an import is to be made."""

    replace: bool = False
    dry_run: bool = False
    texts: Path | None = None


def import_tables(paths: Sequence[Path], target: Target, root: Path, wishes: Wishes) -> Imported:
    """Import the tables; on any problem nothing is written. Raises InputError, ParseFailure."""
    with only_writer(target.folder):
        result = planned(paths, known_at(target, root), target, wishes)
        if not result.problems and not wishes.dry_run:
            write_all(result.texts)
        return result


def known_at(target: Target, root: Path) -> Known:
    """What the shipped files and those of the target say."""
    sources = Sources.shipped(root)
    return read_known((sources if target.shipped else sources.joined([target.folder])).inputs)


def planned(paths: Sequence[Path], known: Known, target: Target, wishes: Wishes) -> Imported:
    """What an import would write, with everything that is wrong with the tables."""
    tables = [read_table(path, known.properties) for path in paths]
    batch = Batch(known, wishes.replace, target.claims_file)
    _describe(batch, tables, wishes)
    problems = [problem for table in tables for row in table.rows for problem in row.problems]
    result = Imported(made=batch.made, problems=problems)
    if not problems:
        texts_of(result, batch, target)
    return result


def _describe(batch: Batch, tables: Iterable[Table], wishes: Wishes) -> None:
    texts = texts_in(wishes.texts) if wishes.texts else {}
    makers: dict[str, Maker] = {
        "entities": Entities(batch),
        "reports": Reports(batch),
        "claims": Claims(batch, Passages(batch, texts)),
        "findings": Findings(batch),
    }
    ordered = sorted(tables, key=lambda table: _ORDER.index(table.kind))
    for table in ordered:
        for row in table.rows:
            makers[table.kind].announce(row)
    for table in ordered:
        for row in table.rows:
            if not row.problems:
                makers[table.kind].describe(row)


def texts_of(result: Imported, batch: Batch, target: Target) -> None:
    """Add the new texts of the files to a result, and what is in the way of writing them."""
    for file, entries in batch.entries.items():
        path = target.folder / file
        document = _document(path, file)
        result.problems += _foreign(batch, document, path, entries, file)
        place(document, entries)
        drop_unused_passages(document)
        result.texts[path] = document.text()
        result.counts.update(entry.kind for entry in entries)


def _document(path: Path, file: str) -> Document:
    if path.exists():
        return read_document(path.read_text(encoding="utf-8"))
    return Document(opening_of(file))


def _foreign(
    batch: Batch, document: Document, path: Path, entries: Sequence[Entry], file: str
) -> list[Problem]:
    """What cannot be written into a file: replaced things of another, passages of two reports."""
    found = []
    for entry in entries:
        item = batch.known.file_of(entry.subject)
        if item is not None and item.path.resolve() != path.resolve():
            found.append(
                Problem(
                    f"{entry.subject} stands in {item.name}.", "Import into that file.", str(path)
                )
            )
    spaces = {f"{REPORT}{report}/passage/" for report in batch.passages_of.get(file, ())}
    spaces |= {document.prefixes["passage"]} if "passage" in document.prefixes else set()
    if len(spaces) > 1:
        message = "a file can have passages of one report only."
        found.append(Problem(message, "Import each report into a file of its own.", str(path)))
    elif spaces:
        document.prefixes["passage"] = spaces.pop()
    found += [
        Problem(f"prefix {name}: means something else here.", "Rename it.", str(path))
        for name, iri in document.prefixes.items()
        if PREFIXES.get(name, iri) != iri
    ]
    return found
