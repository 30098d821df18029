"""Remembers what the shapes said of nodes, so that only changed ones are looked at again.

A result is kept under the digest of all that the shapes can see from its node, in a file that
belongs to one state of shapes, ontology and program.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from c5graph.graph.shacl import Broken

Said = Mapping[str, tuple[Broken, ...]]


class Kept:
    """What was said of views of nodes, by their digests; kept in a file, or for the moment."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._said: dict[str, tuple[Broken, ...]] = {} if path is None else _read(path)

    def __bool__(self) -> bool:
        return bool(self._said)

    def __contains__(self, digest: str) -> bool:
        return digest in self._said

    def __getitem__(self, digest: str) -> tuple[Broken, ...]:
        return self._said[digest]

    def add(self, said: Said) -> None:
        """Keep what was said."""
        self._said.update(said)

    def store(self, digests: Iterable[str]) -> None:
        """Write what was said of these views; a file that cannot be written costs time only."""
        if self._path is not None:
            _write(self._path, {each: self._said[each] for each in digests if each in self._said})


def _read(path: Path) -> dict[str, tuple[Broken, ...]]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        said = {str(digest): () for digest in read["clean"]}
        return said | {
            digest: tuple(Broken(**{**each, "terms": ()}) for each in found)
            for digest, found in read["broken"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(path: Path, said: Said) -> None:
    written = {
        "clean": [digest for digest, found in said.items() if not found],
        "broken": {
            digest: [asdict(each) for each in found] for digest, found in said.items() if found
        },
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(written), encoding="utf-8")
        partial.replace(path)
    except OSError:
        return
