"""What an embedded engine is to load: files, or quads put into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from c5graph.errors import MissingInput
from c5graph.store.rdf import doctype_refused, format_of, parse_failure


@dataclass(frozen=True)
class DataFile:
    """A file to load and the base of its relative IRIs."""

    path: str
    base: str | None = None


@dataclass(frozen=True)
class Contents:
    """Everything that one store holds: files to load, or a store on disk that holds them."""

    files: tuple[DataFile, ...]
    directory: str | None = None

    @staticmethod
    def of_files(paths: Sequence[Path]) -> Contents:
        """These files as they are."""
        return Contents(tuple(DataFile(str(p), p.resolve().as_uri()) for p in paths))

    @staticmethod
    def of_quads(quads: Iterable[ox.Quad], path: Path) -> Contents:
        """These quads, written to ``path``, which must stay while the store lives."""
        with path.open("wb") as sink:
            # One by one from Python: a list is written in one go, while no other thread can run.
            ox.serialize((quad for quad in quads), sink, ox.RdfFormat.N_QUADS)
        return Contents.of_whole(path)

    @staticmethod
    def of_whole(path: Path) -> Contents:
        """A file of ours in which every IRI is whole; it must stay while the store lives."""
        return Contents((DataFile(str(path)),))

    def load(self, directory: Path | None = None) -> ox.Store:
        """A store that holds them: in memory, on disk under ``directory``, or the one there is.

        Raises MissingInput, or ParseFailure, which knows file and line; OSError where a store
        on disk cannot be opened.
        """
        if self.directory is not None:
            return ox.Store.read_only(self.directory)
        store = ox.Store(str(directory)) if directory else ox.Store()
        self.fill(store)
        return store

    def fill(self, store: ox.Store) -> None:
        """Load the files into a store; see `load`."""
        for file in self.files:
            _load(store, file)

    @property
    def size(self) -> int:
        """Bytes of the files."""
        return sum(Path(file.path).stat().st_size for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """Plain values, to send to another process."""
        return {"files": [asdict(file) for file in self.files], "directory": self.directory}

    @staticmethod
    def from_json(values: dict[str, Any]) -> Contents:
        """The reverse of as_json."""
        files = tuple(DataFile(**value) for value in values["files"])
        return Contents(files, values["directory"])


def _load(store: ox.Store, file: DataFile) -> None:
    form = format_of(Path(file.path))
    try:
        if form == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in Path(file.path).read_bytes():
            raise doctype_refused(file.path)
        store.bulk_load(path=file.path, format=form, base_iri=file.base)
    except SyntaxError as error:
        raise parse_failure(file.path, error) from error
    except OSError as error:
        raise MissingInput(
            f"{file.path}: cannot be read ({error.strerror or error}).",
            remedy="Check the path and its permissions.",
        ) from error
