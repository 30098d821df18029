"""What nobody may pass on: joined files with a report that the terms of its publisher withhold.

The gate lies before everything that is computed. A public release is built without these files,
so that no statement, derived fact, label or count of theirs can be in what is made of it.

Files are kept back by what they were given as (`--with mine` is one), and with them whatever
else was given that speaks of things that only they describe, or describes what they speak of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from c5graph.errors import C5GraphError, Exit
from c5graph.graph.sources import JOINED, InputFile, Sources
from c5graph.namespaces import C5, VOC
from c5graph.store.rdf import Quad, parse, text_of

REDISTRIBUTION = C5 + "redistribution"
WITHHELD = VOC + "redistribution-withheld"
_MARK = REDISTRIBUTION.removeprefix(C5).encode()
_PIECE = 1024 * 1024


class Withheld(C5GraphError):
    """Data that the terms of its publisher let nobody pass on, wanted for others."""

    code = "withheld"
    status = 403
    exit_code = Exit.FINDINGS

    def __init__(self, message: str, *, remedy: str = "") -> None:
        usual = "Leave it out, or say --private where it is for your own use."
        super().__init__(message, remedy=remedy or usual)


@dataclass
class _Given:
    """What was given under one name: the things it describes, and those it speaks of."""

    described: set[str] = field(default_factory=set)
    spoken_of: set[str] = field(default_factory=set)
    withheld: bool = False

    def add(self, quad: Quad) -> None:
        target = text_of(quad.object)
        self.described.add(text_of(quad.subject))
        self.spoken_of.update((text_of(quad.subject), target))
        self.withheld |= quad.predicate.value == REDISTRIBUTION and target == WITHHELD

    def leans_on(self, other: _Given, known: set[str]) -> bool:
        """Whether it speaks of a thing that nobody but the other describes."""
        return bool((self.spoken_of & other.described) - self.described - known)


def public_sources(sources: Sources) -> Sources:
    """The sources without what nobody may pass on."""
    names = [Path(name) for name in withheld_names(sources)]
    kept = tuple(item for item in sources.inputs if not _within(item, names))
    return replace(sources, inputs=kept) if names else sources


def withheld_names(sources: Sources) -> frozenset[str]:
    """What was given to be joined, by the names it was given under, that nobody may pass on."""
    joined = [item for item in sources.inputs if item.graph == JOINED]
    if not any(map(_is_marked, joined)):
        return frozenset()
    known = _described([item for item in sources.inputs if item.graph != JOINED])
    return _closed(_read(joined), known)


def insist_on_open(sources: Sources) -> None:
    """Raise Withheld where files that are used as they are hold a withheld report."""
    for item in sources.inputs:
        if _is_marked(item) and any(_withholds(quad) for quad in parse(item.path)):
            raise Withheld(f"{item.name} holds reports that nobody may pass on.")


def _within(item: InputFile, folders: Iterable[Path]) -> bool:
    """Whether the file is one of these or below one, under whatever name it was given."""
    path = item.path.resolve()
    return any(path.is_relative_to(folder) for folder in folders)


def _withholds(quad: Quad) -> bool:
    return quad.predicate.value == REDISTRIBUTION and text_of(quad.object) == WITHHELD


def _read(items: Iterable[InputFile]) -> dict[str, _Given]:
    found: dict[str, _Given] = defaultdict(_Given)
    for item in items:
        for quad in parse(item.path):
            found[item.given].add(quad)
    return found


def _closed(given: dict[str, _Given], known: set[str]) -> frozenset[str]:
    """The withheld ones, and all that hang together with one of them."""
    names = {name for name, each in given.items() if each.withheld}
    waiting = list(names)
    while waiting:
        here = given[waiting.pop()]
        for name, each in given.items():
            if name not in names and (each.leans_on(here, known) or here.leans_on(each, known)):
                names.add(name)
                waiting.append(name)
    return frozenset(names)


def _described(items: Iterable[InputFile]) -> set[str]:
    return {text_of(quad.subject) for item in items for quad in parse(item.path)}


def _is_marked(item: InputFile) -> bool:
    """Whether the file has the word at all: files of gigabytes are not parsed for nothing."""
    before = b""
    with item.path.open("rb") as source:
        while piece := source.read(_PIECE):
            if _MARK in before + piece:
                return True
            before = piece[-len(_MARK) :]
    return False
