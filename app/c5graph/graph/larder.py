"""Keeps what was made of a data version, so that a start need not make it again.

Kept are the derived facts, and every statement under the default lens as the engine loads it,
under the digest of all that they follow from: data, vocabulary, shapes, rules, program and
engine. The wheel carries them for the shipped data; a checkout has them in the user's cache
folder from its first start on. What is missing, damaged or of other data is made anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import IO, Final

from c5graph import resources
from c5graph.graph.claims import Record
from c5graph.graph.derive import Fact
from c5graph.graph.facts import facts_from_json, facts_to_json
from c5graph.graph.sources import JOINED, Sources, program_digest
from c5graph.sealed import forget_all_but, seal, unsealed
from c5graph.store.contents import Contents
from c5graph.store.rdf import Quad, write

FOLDER: Final = "kept"
_VERSIONS: Final = 3  # of the data, in a cache folder
_FACTS, _STATEMENTS = ("facts", "json"), ("statements", "trig")


@dataclass(frozen=True)
class Larder:
    """What is kept of the data version with this digest; of one without a digest nothing is.

    `cache` is where it is written as well; `shipped` is where whoever installed us put it.
    """

    digest: str = ""
    cache: Path | None = None
    shipped: Path | None = None

    def facts(self, record: Record) -> list[Fact] | None:
        """The derived facts; None where they are not kept."""
        for content in (content for _, content in self._found(*_FACTS)):
            with suppress(ValueError):
                return facts_from_json(content, record)
        return None

    def keep_facts(self, facts: Iterable[Fact]) -> None:
        """Keep the facts, unless they cannot be written."""
        with suppress(ValueError):
            content = facts_to_json(facts)
            self._keep(*_FACTS, lambda sink: sink.write(content))

    def statements(self) -> Path | None:
        """The file with every statement under the default lens; None where it is not kept."""
        return next((path for path, _ in self._found(*_STATEMENTS)), None)

    def contents(self, folder: Path, make: Callable[[], Iterable[Quad]]) -> Contents:
        """The statements as the engine loads them, in a file of this folder.

        They are made, and kept, where they are not kept yet.
        """
        kept = self.statements() or self.keep_statements(make)
        if kept is None:
            return Contents.of_quads(make(), folder / "release.nq")
        own = folder / kept.name
        _link(kept, own)  # what is kept may be thrown away while this store lives
        return Contents.of_whole(own)

    def keep_statements(self, make: Callable[[], Iterable[Quad]]) -> Path | None:
        """The file in which they are kept from now on; None where there can be none."""
        # One by one from Python: a list is written in one go, while no other thread can run.
        return self._keep(*_STATEMENTS, lambda sink: write((q for q in make()), "trig", sink))

    def _found(self, kind: str, ending: str) -> Iterator[tuple[Path, bytes]]:
        for folder in (self.shipped, self.cache):
            if folder is not None and self.digest:
                path = folder / self._name(kind, ending)
                content = unsealed(path, self._purpose(kind), foreign=folder is self.shipped)
                if content is not None:
                    yield path, content

    def _keep(self, kind: str, ending: str, write: Callable[[IO[bytes]], object]) -> Path | None:
        if self.cache is None or not self.digest:
            return None
        path = self.cache / self._name(kind, ending)
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            seal(path, self._purpose(kind), write)
        except OSError:  # a cache that cannot be written costs time at the next start, nothing else
            return None
        forget_all_but(_VERSIONS, self.cache.glob(f"{kind}-*.{ending}"))
        return path

    def _name(self, kind: str, ending: str) -> str:
        return f"{kind}-{self.digest[:32]}.{ending}"

    def _purpose(self, kind: str) -> str:
        return f"{kind}-{self.digest}"


NOTHING_KEPT: Final = Larder()


def larder_of(sources: Sources, cache: Path | None = None) -> Larder:
    """What is kept of these sources: of our own graph only, as nobody has joined files to it.

    Without a cache folder that is what the wheel carries.
    """
    if not sources.ours or any(item.graph == JOINED for item in sources.inputs):
        return NOTHING_KEPT
    return Larder(derived_digest(sources), cache, resources.root() / FOLDER)


def derived_digest(sources: Sources) -> str:
    """Digest of all that facts and statements follow from: data, rules, program, engine."""
    parts = (sources.digest, program_digest(), metadata.version("pyoxigraph"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:  # on another disk
        shutil.copyfile(path, target)
