"""Files of a user as they are: the engine loads them, and nothing else is made until asked for.

At a million statements an object of Python for each would take gigabytes and most of a minute.
What the look-ups of our own graph read from memory is read from a store here.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from c5graph import __version__
from c5graph.edges import Teller
from c5graph.graph.claims import Firmness, Record
from c5graph.graph.derive import Fact
from c5graph.graph.index import TYPE
from c5graph.graph.labels import Labels
from c5graph.graph.lens import Lens
from c5graph.graph.names import Names
from c5graph.graph.release import Release, View
from c5graph.graph.sources import Sources
from c5graph.graph.stored import StoredIndex
from c5graph.graph.view import Basis
from c5graph.graph.withheld import REDISTRIBUTION, WITHHELD, Withheld
from c5graph.namespaces import RDFS, SKOS
from c5graph.neighbours import Groups, NeighbourIndex, grouped_at
from c5graph.store.contents import Contents
from c5graph.store.prepared import contents_of
from c5graph.store.rdf import Literal, NamedNode, Quad, Store, format_of

_NAMES = (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel")
_EDGES_KEPT = 100_000
_LARGE = 64 * 1024 * 1024  # bytes of files
_NOTHING = Record()
_LANGUAGES = (None, "en", "kk", "ky", "ru", "tg", "tk", "uz", "zh")


class FilesRelease(Release):
    """A release of files that are served as they stand. Nothing is read before it is needed."""

    def __init__(self, sources: Sources, lens: Lens) -> None:
        paths = [item.path for item in sources.inputs]
        for path in paths:
            format_of(path)  # a name that tells no format is to stop the start
        stored = sources.store
        given = {
            "version": f"{__version__}+{sources.digest[:12]}",
            "contents": Contents.of_files(paths) if stored is None else contents_of(stored),
            "_lens": lens,
        }
        self.__dict__.update(given)  # as the frozen class that this one extends would

    @property
    def quads(self) -> Sequence[Quad]:
        """Every statement; made anew each time, since it may be large."""
        return list(self.store)

    @cached_property
    def store(self) -> Store:
        """The statements in an engine of this process; the first use loads them.

        Large files go to disk here: the workers have them in memory already.
        """
        if self.contents is None:
            return Store()
        if self.contents.size < _LARGE:
            return self.contents.load()
        folder = Path(tempfile.mkdtemp(prefix="c5graph-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return self.contents.load(folder)

    @property
    def public(self) -> Release:
        """The release itself. Raises Withheld where it holds a report nobody may pass on."""
        if self.index.subjects(REDISTRIBUTION, WITHHELD):
            raise Withheld("The files hold reports that nobody may pass on.")
        return self

    @property
    def record(self) -> Record:
        """Empty: what these files claim is not ours to read."""
        return _NOTHING

    @property
    def facts(self) -> Sequence[Fact]:
        """None: nothing is derived from files that are served as they are."""
        return ()

    @cached_property
    def index(self) -> StoredIndex:
        """Look-ups in the store."""
        return StoredIndex(self.store)

    @cached_property
    def basis(self) -> Basis:
        """The look-ups alone."""
        return Basis((), self.index, _NOTHING, (), {})

    @cached_property
    def labels(self) -> Labels:
        """Labels read from the store."""
        return Labels(self.index)

    @cached_property
    def names(self) -> Names:
        """Names read from the store."""
        return StoredNames(self.index)

    @cached_property
    def view(self) -> View:
        """Edges read from the store when an entity is asked for."""
        lens: Lens = self.__dict__["_lens"]
        teller, chosen = Teller(self.index, self.labels, self.names), self.basis.select(lens)
        return View(lens, chosen, teller, lambda: StatedNeighbours(self.index, teller))

    def view_under(self, lens: Lens) -> View:  # noqa: ARG002 - no claims
        """Without claims every lens shows the same."""
        return self.view

    def quads_under(self, lens: Lens) -> Sequence[Quad]:  # noqa: ARG002 - no claims
        """Without claims every lens shows the same."""
        return self.quads


class StoredNames(Names):
    """Names looked up in the store when one is asked for."""

    terms: list[str] = []  # noqa: RUF012 - a user's files have no ontology of ours to insist on
    _words_of_labels: list[tuple[str, frozenset[str]]] = []  # noqa: RUF012 - as of `near`

    def __init__(self, index: StoredIndex) -> None:
        super().__init__(index)
        self._stored = index

    def labelled(self, name: str) -> list[str]:
        """IRIs that have this label, as it is written."""
        literals = [Literal(name, language=language) for language in _LANGUAGES]
        found = (self._stored.holders(label, each) for label in _NAMES for each in literals)
        return sorted({iri for some in found for iri in some})

    def near(self, slug: str) -> list[str]:  # noqa: ARG002
        """None: near names would need a walk over all there is."""
        return []


class StatedNeighbours(NeighbourIndex):
    """The statements at an entity as edges, read when it is asked for."""

    def __init__(self, index: StoredIndex, teller: Teller) -> None:
        super().__init__((), teller)
        self._stored = index
        self._kept: dict[str, Groups] = {}
        self._room = _EDGES_KEPT
        self._at = self._read

    def __len__(self) -> int:
        return sum(1 for _ in self._stored)

    def _read(self, entity: str) -> Groups:
        found = self._kept.get(entity)
        if found is None:
            found = grouped_at(entity, stated(self._stored, entity))
            self._keep(entity, found)
        return found

    def _keep(self, entity: str, found: Groups) -> None:
        size = 1 + sum(map(len, found.values()))
        if size > self._room:
            self._kept, self._room = {}, _EDGES_KEPT
        if size <= self._room:
            self._kept[entity] = found
            self._room -= size


def stated(index: StoredIndex, entity: str) -> Iterator[Fact]:
    """The statements at an entity as facts: no claims behind them, nothing derived."""
    if ":" not in entity:
        return
    for quad in index.at(entity):
        subject, predicate, target = quad.subject, quad.predicate, quad.object
        if predicate.value == TYPE or not isinstance(subject, NamedNode):
            continue
        if isinstance(target, NamedNode | Literal):
            yield Fact("", subject, predicate, target, Firmness.FIRM, ())
