"""A release: one version of the data with everything that is computed from it once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock

from c5graph import __version__
from c5graph.edges import USUAL, Teller
from c5graph.garbage import uncollected
from c5graph.graph.claims import Firmness, Record
from c5graph.graph.derive import Fact, derive
from c5graph.graph.header import QueryFile, read_query_file
from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.graph.larder import NOTHING_KEPT, Larder, larder_of
from c5graph.graph.lens import DEFAULT, EVERY_MODALITY, Lens, Selection
from c5graph.graph.load import Loaded, load
from c5graph.graph.names import Names
from c5graph.graph.sources import Sources
from c5graph.graph.view import Basis, hidden, seen
from c5graph.graph.withheld import public_sources
from c5graph.lasting import Stage
from c5graph.namespaces import SCHEMA, SKOS, VOC, graph_iri
from c5graph.neighbours import NeighbourIndex
from c5graph.store.contents import Contents
from c5graph.store.rdf import NamedNode, Quad, Store, load_store, text_of


@dataclass(frozen=True)
class View:
    """A release through a lens: what the lens chose, and the edges that hold under it."""

    lens: Lens
    selection: Selection
    teller: Teller
    make: Callable[[], NeighbourIndex]

    @cached_property
    def neighbours(self) -> NeighbourIndex:
        """The edges, indexed when they are first asked for: ledger and desk do without."""
        return self.make()

    def make_ready(self) -> None:
        """Index the edges now, so that the first who asks need not wait."""
        with uncollected():
            assert self.neighbours is not None


@dataclass(frozen=True)
class Release:
    """What the service, the command line and notebooks read.

    `facts` is every derived fact, whatever the lens; `view` is the release's own. `contents` are
    the files to load where they are served as they are, `sources` all files; `larder` keeps what
    was made of them.
    """

    version: str
    basis: Basis
    labels: Labels
    names: Names
    view: View
    contents: Contents | None = None
    sources: Sources | None = None
    larder: Larder = NOTHING_KEPT

    @cached_property
    def quads(self) -> Sequence[Quad]:
        """Every statement with its graph under the release's lens, the default graph included.

        Made when first asked for: the engine can do without, where they are kept for it.
        """
        with uncollected():
            return seen(self.basis, self.view.lens)

    @cached_property
    def store(self) -> Store:
        """The statements in an engine of this process."""
        return load_store(self.quads)

    @cached_property
    def public(self) -> Release:
        """The release without what nobody may pass on: what is made for others is made of it."""
        if self.sources is None or (open_ := public_sources(self.sources)) is self.sources:
            return self
        return build_release(open_, lens=self.view.lens)

    @property
    def index(self) -> Index:
        """Every statement by subject."""
        return self.basis.index

    @property
    def record(self) -> Record:
        """Claims and reports."""
        return self.basis.record

    @property
    def facts(self) -> Sequence[Fact]:
        """Every derived fact, whatever the lens."""
        return self.basis.facts

    @property
    def resolve(self) -> Callable[[str], str] | None:
        """Finds an entity by name for a saved question; None of files that are not ours."""
        return self.names.resolve if self.sources is None or self.sources.ours else None

    @property
    def neighbours(self) -> NeighbourIndex:
        """Edges under the release's own lens."""
        return self.view.neighbours

    def quads_under(self, lens: Lens) -> Sequence[Quad]:
        """Every statement with its graph under another lens."""
        return seen(self.basis, lens)

    def under(self, lens: Lens) -> Release:
        """The release with another lens as its own."""
        return replace(self, view=self.view_under(lens))

    def less(self, claims: frozenset[str]) -> Release:
        """The release as if these claims had not been made, for views of it: `quads` stay.

        Facts that rest on them alone hold no more.
        """
        record = self.record
        kept = {iri: claim for iri, claim in record.claims.items() if iri not in claims}
        left = replace(record, claims=kept, eligible=record.eligible - claims)
        return replace(self, basis=replace(self.basis, record=left))

    def view_under(self, lens: Lens) -> View:
        """The release through another lens; the caller keeps it if it is to be used again."""
        return view_of(self.basis, lens, self.labels, self.names)


class Views:
    """Views of the lenses used last; the least recently used goes. Threads may share it."""

    def __init__(self, release: Release, size: int) -> None:
        self._release = release
        self._size = size
        self._kept: OrderedDict[Lens, View] = OrderedDict()
        self._lock = Lock()

    def get(self, lens: Lens) -> View:
        """The view under the lens, made now if it is not kept."""
        if lens == self._release.view.lens:
            return self._release.view
        with self._lock:
            found = self._kept.pop(lens, None) or self._release.view_under(lens)
            self._kept[lens] = found
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return found

    def has(self, lens: Lens) -> bool:
        """Whether the view is ready; making one takes a while."""
        return lens == self._release.view.lens or lens in self._kept


def build_release(sources: Sources, *, lens: Lens = DEFAULT, cache: Path | None = None) -> Release:
    """Read the files, derive what follows, and index it. Raises ParseFailure; does not validate.

    What follows is taken from what is kept, where it is; `cache` is a folder to keep more in.

    Files that are served as they are (`Sources.files`) are not read before something is asked.
    """
    if not sources.ours:
        from c5graph.graph.files import FilesRelease  # noqa: PLC0415 - it extends Release

        return FilesRelease(sources, lens)
    with uncollected():
        return _built(sources, lens, larder_of(sources, cache))


def _built(sources: Sources, lens: Lens, larder: Larder) -> Release:
    loaded = load(sources)
    basis = Basis(
        loaded.quads,
        loaded.index,
        loaded.record,
        _facts(sources, loaded, larder),
        positions(loaded.index),
    )
    labels = Labels(basis.index)
    names = Names(basis.index)
    return Release(
        version=f"{__version__}+{sources.digest[:12]}",
        basis=basis,
        labels=labels,
        names=names,
        view=view_of(basis, lens, labels, names),
        sources=sources,
        larder=larder,
    )


def view_of(basis: Basis, lens: Lens, labels: Labels, names: Names) -> View:
    """The basis through a lens."""
    chosen = basis.select(lens)
    present = (basis.record.claims[iri] for iri in sorted(chosen.present))
    stages = {
        claim.subject: Stage(text_of(claim.object), claim.modality is Firmness.FIRM)
        for claim in present
    }
    teller = Teller(basis.index, labels, names, hidden(basis, chosen), stages)
    return View(lens, chosen, teller, lambda: NeighbourIndex(shown_facts(basis, lens), teller))


def _facts(sources: Sources, loaded: Loaded, larder: Larder) -> list[Fact]:
    kept = larder.facts(loaded.record)
    if kept is not None:
        return kept
    facts = _derived(sources, loaded)
    larder.keep_facts(facts)
    return facts


def _derived(sources: Sources, loaded: Loaded) -> list[Fact]:
    shapes = NamedNode(graph_iri("shapes"))
    useful = (quad for quad in loaded.quads if quad.graph_name != shapes)
    return derive(useful, loaded.record, rules_of(sources))


def rules_of(sources: Sources) -> list[QueryFile]:
    """The rules, as they are run one after the other."""
    return [read_query_file(item.path) for item in sources.rules]


def shown_facts(basis: Basis, lens: Lens) -> list[Fact]:
    """Facts to show: those that hold, and under the usual modalities the hedged ones as well."""
    held = basis.held(lens)
    if lens.modality != DEFAULT.modality:
        return held
    known = {fact.iri for fact in held}  # a rule may hedge what its claims do not
    wide = basis.held(replace(lens, modality=EVERY_MODALITY))
    return held + [fact for fact in wide if fact.firmness not in USUAL and fact.iri not in known]


def positions(index: Index) -> dict[str, int]:
    """Statuses from weak to far advanced, by number."""
    found = {}
    for concept in index.subjects(SKOS + "inScheme", VOC + "status"):
        position = index.value(concept, SCHEMA + "position")
        if position is not None:
            found[concept] = int(position)
    return found
