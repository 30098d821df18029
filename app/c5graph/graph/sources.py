"""Which files make a graph, and which of our named graphs each goes to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from c5graph import resources
from c5graph.errors import MissingInput
from c5graph.store.prepared import read_manifest
from c5graph.store.rdf import is_rdf

JOINED = "joined"
_JUDGING = ("shapes", "ontology")
_PLACES = (
    ("ontology", "ontology/*.ttl"),
    ("ontology", "ontology/vocabulary/*.ttl"),
    ("shapes", "ontology/shapes/*.ttl"),
    ("entities", "data/entities/*.ttl"),
    ("claims", "data/claims/*.ttl"),
    ("sources", "data/sources.ttl"),
    ("links", "data/links/*.ttl"),
    ("findings", "data/findings.ttl"),
)


@dataclass(frozen=True)
class InputFile:
    """One RDF file: its name in messages and digests, its path, its graph (None: as written).

    `given` is what a user named to have it joined: the file, or a folder that it is in.
    """

    name: str
    path: Path
    graph: str | None
    given: str = ""


@dataclass(frozen=True)
class Sources:
    """The input files of one graph.

    `shipped()` is our own graph, `shipped().joined(paths)` adds a user's files to it, and
    `files(paths)` is nothing but the user's files: IRIs and graphs untouched, no rules, and no
    shapes but those that `shaped_by` names, which judge the files and are not served.
    """

    inputs: tuple[InputFile, ...]
    rules: tuple[InputFile, ...] = ()
    ours: bool = True
    store: Path | None = None
    shapes: tuple[InputFile, ...] = ()

    @classmethod
    def shipped(cls, root: Path | None = None) -> Sources:
        """The graph of the checkout or of the installed package (or of another such folder)."""
        base = root or resources.root()
        inputs = [
            InputFile(path.relative_to(base).as_posix(), path, graph)
            for graph, pattern in _PLACES
            for path in sorted(base.glob(pattern))
        ]
        return cls(tuple(inputs), _rules(base))

    @classmethod
    def files(cls, paths: Iterable[Path]) -> Sources:
        """Exactly these RDF files, or the RDF files of these folders."""
        found = tuple(InputFile(str(path), path, None) for path in rdf_files(paths))
        return cls(found, ours=False)

    @classmethod
    def prepared(cls, folder: Path) -> Sources:
        """What `c5graph load` put into a folder."""
        return cls((), ours=False, store=folder)

    def joined(self, paths: Iterable[Path]) -> Sources:
        """These sources with a user's files or folders added to them."""
        known = {item.path.resolve() for item in self.inputs}
        added = tuple(
            InputFile(str(path), path, JOINED, str(given.resolve()))
            for given in paths
            for path in rdf_files([given])
            if path.resolve() not in known
        )
        return replace(self, inputs=self.inputs + added)

    def shaped_by(self, paths: Iterable[Path]) -> Sources:
        """These sources with shapes to conform to: of these files, or of none the shipped ones.

        The shipped shapes go with the ontology, whose classes they speak of.
        """
        own = (InputFile(str(path), path, "shapes", str(path)) for path in rdf_files(paths))
        shipped = (each for each in Sources.shipped().inputs if each.graph in _JUDGING)
        return replace(self, shapes=tuple(own) or tuple(shipped))

    def named(self, paths: Iterable[Path]) -> frozenset[str]:
        """Names of the inputs that the paths are, if all are; folders name all that is in them."""
        names = {item.path.resolve(): item.name for item in self.inputs}
        given = [path.resolve() for path in rdf_files(paths)]
        return frozenset(names[path] for path in given if all(each in names for each in given))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over names and bytes of all files, in the order of their names.

        Raises MissingInput where a prepared store is not there.
        """
        if self.store is not None:
            return read_manifest(self.store).digest
        return digest_of((*self.inputs, *self.rules))


def digest_of(items: Iterable[InputFile]) -> str:
    """SHA-256 over names and bytes of the files, in the order of their names."""
    total = hashlib.sha256()
    for item in sorted(items, key=lambda each: each.name):
        with item.path.open("rb") as source:
            content = hashlib.file_digest(source, "sha256").hexdigest()
        total.update(f"{item.name}\0{content}\n".encode())
    return total.hexdigest()


def program_digest() -> str:
    """SHA-256 over every module of the package, as they were when they were first asked for.

    A program that was replaced on disk is not the one that runs here.
    """
    return _digest_of_modules(resources.PACKAGE)


@lru_cache(maxsize=8)
def _digest_of_modules(package: Path) -> str:
    modules = (
        InputFile(f"program/{path.relative_to(package).as_posix()}", path, None)
        for path in package.rglob("*.py")
    )
    return digest_of(modules)


def rdf_files(paths: Iterable[Path]) -> list[Path]:
    """The given files, and the RDF files below the given folders."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*") if each.is_file() and is_rdf(each))
        elif path.exists():
            found.append(path)
        else:
            raise MissingInput(f"{path}: no such file or folder.", remedy="Check the path.")
    return found


def _rules(base: Path) -> tuple[InputFile, ...]:
    paths = sorted((base / "ontology" / "rules").glob("*.rq"))
    return tuple(InputFile(path.relative_to(base).as_posix(), path, None) for path in paths)
