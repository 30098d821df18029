"""What an import is going to write: new blocks by file, gathered before anything is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from c5graph.authoring.document import Statement
from c5graph.authoring.known import Known
from c5graph.authoring.tables import Row
from c5graph.graph.index import TYPE
from c5graph.graph.problems import Problem
from c5graph.namespaces import C5, RDFS, expand

VALUES = "entities/values.ttl"


@dataclass(frozen=True)
class Entry:
    """One thing to write: its blocks (a claim's framed node follows it), and what it is."""

    blocks: tuple[Statement, ...]
    kind: str

    @property
    def subject(self) -> str:
        """The subject of its first block."""
        return self.blocks[0].subject


@dataclass
class Batch:
    """The entries of one import by file (below the folder of the data), and what was made."""

    known: Known
    replace: bool = False
    claims_file: str | None = None
    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    passages_of: dict[str, set[str]] = field(default_factory=dict)
    made: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def put(self, file: str, block: Statement, row: Row, kind: str, *further: Statement) -> None:
        """Write a block, and those that belong below it, into a file."""
        self.entries[file].append(Entry((block, *further), kind))
        self.made.append((f"{row.table}: row {row.number}", block.subject))

    def put_value(self, value: Statement) -> None:
        """Write a value that the data does not have yet."""
        iri = expand(value.subject) or ""
        if not self.known.has(iri):
            self.known.new_names.add(iri)
            self.entries[VALUES].append(Entry((value,), "value"))

    @cached_property
    def files_of_classes(self) -> ClassFiles:
        """In which file entities of a class belong."""
        return ClassFiles(self.known)


class ClassFiles:
    """In which file entities of a class belong: where those of it, or of a class above it, are."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for iri in known.index:
            item = known.files.get(iri)
            if item is not None and "data/entities/" in item.name:
                self._count(iri, item.name.rpartition("/")[2])

    def file(self, kind: str) -> str:
        """The file of a class; a new one where no class above it has one."""
        waiting, top = [kind], kind
        while waiting:
            here = waiting.pop(0)
            if here == C5 + "Entity":
                continue
            if self._counts[here]:
                best = max(self._counts[here].items(), key=lambda item: item[1])[0]
                return f"entities/{best}"
            top = here
            waiting += self._known.index.values(here, RDFS + "subClassOf")
        return f"entities/{_plural(top.removeprefix(C5))}.ttl"

    def _count(self, iri: str, file: str) -> None:
        for kind in self._known.index.values(iri, TYPE):
            for each in self._known.above(kind):
                self._counts[each][file] += 1


def _plural(name: str) -> str:
    """File name of a class: `TradeFlow` gives trade-flows."""
    words = "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name).strip("-")
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return words if words.endswith("s") else f"{words}s"
