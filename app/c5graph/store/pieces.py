"""Files loaded piece by piece, so that a load that was killed goes on where it was.

A journal beside the store names the next piece. It is written after a piece is in the store; a
piece that is loaded again adds nothing, for statements are a set and blank nodes have names that
only file and label decide. What is not written a statement a line is first rewritten so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph as ox

from c5graph.errors import MissingInput, ParseFailure
from c5graph.store.contents import DataFile
from c5graph.store.rdf import doctype_refused, format_of, parse_failure

PIECE: Final = 16 * 1024 * 1024  # bytes; what one piece needs of memory is a few times as much
_BY_LINE: Final = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)
_LONGEST: Final = 64 * 1024 * 1024  # bytes of one line
_BLOCK: Final = 1024 * 1024
_DOCTYPE: Final = b"<!DOCTYPE"


@dataclass(frozen=True)
class Step:
    """How far a load has come: files that are in, and bytes and lines of the next one."""

    files: int = 0
    offset: int = 0
    line: int = 0


Progress = Callable[[str, int, int], None]
"""Told of the file, the bytes of it that are in, and all its bytes."""


class Journal:
    """Where a load stands, kept in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Step:
        """The step to go on from; the first where nothing is kept."""
        try:
            kept: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            return Step(**kept)
        except (OSError, ValueError, TypeError):
            return Step()

    def write(self, step: Step) -> None:
        """Keep the step; it is there whole or not at all."""
        partial = self._path.with_suffix(".new")
        partial.write_text(json.dumps(asdict(step)), encoding="utf-8")
        partial.replace(self._path)


class Loading:
    """One load of some files into a folder, which keeps what it needs to go on."""

    def __init__(self, folder: Path, piece: int = PIECE) -> None:
        self._folder, self._piece = folder, piece
        self._journal = Journal(folder / "journal.json")

    @property
    def store(self) -> Path:
        """Folder of the engine."""
        return self._folder / "store"

    def fill(self, files: tuple[DataFile, ...], progress: Progress) -> ox.Store:
        """Load what is not yet in. Raises MissingInput or ParseFailure, with file and line."""
        self._folder.mkdir(exist_ok=True)
        store, step = self._opened(), self._journal.read()
        for number in range(step.files, len(files)):
            with _readable(files[number]):
                step = self._file(store, files[number], replace(step, files=number), progress)
        return store

    def _opened(self) -> ox.Store:
        try:
            return ox.Store(str(self.store))
        except OSError as error:
            raise MissingInput(
                f"{self._folder}: cannot be written to ({error}).",
                remedy="Wait for another load into the folder to end, or check its permissions.",
            ) from error

    def _file(self, store: ox.Store, file: DataFile, step: Step, progress: Progress) -> Step:
        form, lines = self._by_line(file, step, progress)
        total = lines.stat().st_size
        with lines.open("rb") as source:
            source.seek(step.offset)
            while piece := _next(source, self._piece, file, step.line):
                _put(store, piece, form, self._mark(step.files), (file, step.line))
                done = step.offset + len(piece)
                step = replace(step, offset=done, line=step.line + piece.count(b"\n"))
                self._journal.write(step)
                progress(file.path, done, total)
        step = Step(step.files + 1)
        self._journal.write(step)
        self._rewritten(step.files - 1).unlink(missing_ok=True)
        return step

    def _by_line(self, file: DataFile, step: Step, progress: Progress) -> tuple[ox.RdfFormat, Path]:
        """The file itself, or its statements rewritten a line each and kept until they are in."""
        form = format_of(Path(file.path))
        if form in _BY_LINE:
            return form, Path(file.path)
        kept = self._rewritten(step.files)
        if not kept.exists():
            progress(file.path, 0, Path(file.path).stat().st_size)
            partial = kept.with_suffix(".new")
            _rewrite(file, form, partial)
            partial.replace(kept)
        return ox.RdfFormat.N_QUADS, kept

    def _mark(self, number: int) -> str:
        """What keeps the blank nodes of a file apart from those of others; the first needs none.

        The folder is named by the digest of the files, so that no label in them can foresee it.
        """
        return f"{self._folder.name.partition('.')[0]}-{number}-" if number else ""

    def _rewritten(self, number: int) -> Path:
        return self._folder / f"file-{number}.nq"


def _next(source: IO[bytes], size: int, file: DataFile, line: int) -> bytes:
    """About so many bytes, up to the end of a line. Raises ParseFailure for one without end."""
    piece = source.read(size)
    rest = source.readline(_LONGEST) if piece else b""
    if len(rest) == _LONGEST:
        here = line + piece.count(b"\n") + 1
        raise ParseFailure(file.path, here, None, f"a line of more than {_LONGEST:,} bytes.")
    return piece + rest


def _put(
    store: ox.Store, piece: bytes, form: ox.RdfFormat, mark: str, place: tuple[DataFile, int]
) -> None:
    file, before = place
    try:
        if b"_:" in piece:  # the engine gives blank nodes new names each time it loads
            quads = ox.parse(piece, format=form)
            store.bulk_extend(_marked(quads, mark) if mark else quads)
        else:
            store.bulk_load(piece, format=form)
    except SyntaxError as error:
        error.lineno = before + (error.lineno or 1)
        raise parse_failure(file.path, error) from error


def _marked(quads: Iterator[ox.Quad], mark: str) -> Iterator[ox.Quad]:
    """Blank nodes named by their file as well, so that those of two files stay apart."""
    for quad in quads:
        yield ox.Quad(
            _named(quad.subject, mark),
            quad.predicate,
            _named(quad.object, mark),
            _named(quad.graph_name, mark),
        )


def _named(term: Any, mark: str) -> Any:
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(mark + term.value)
    if isinstance(term, ox.Triple):
        return ox.Triple(_named(term.subject, mark), term.predicate, _named(term.object, mark))
    return term


def _rewrite(file: DataFile, form: ox.RdfFormat, target: Path) -> None:
    if form == ox.RdfFormat.RDF_XML and _has_doctype(Path(file.path)):
        raise doctype_refused(file.path)
    quads = ox.parse(path=file.path, format=form, base_iri=file.base)
    try:
        with target.open("wb") as sink:
            ox.serialize(quads, sink, ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise parse_failure(file.path, error) from error


def _has_doctype(path: Path) -> bool:
    """Read block by block, for the file may be larger than memory."""
    end = b""
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            if _DOCTYPE in end + block:
                return True
            end = block[-len(_DOCTYPE) :]
    return False


@contextmanager
def _readable(file: DataFile) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MissingInput(
            f"{file.path}: cannot be loaded ({error.strerror or error}).",
            remedy="Check the path, its permissions and the room on the disk.",
        ) from error
