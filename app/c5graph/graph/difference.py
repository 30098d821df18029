"""What differs between two states of the graph: claims added, removed and changed, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from c5graph.errors import MissingInput
from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.graph.sources import Sources
from c5graph.namespaces import C5, RDF, RDFS, graph_iri, shorten
from c5graph.store.rdf import DefaultGraph, Quad, Term, parse

_COMPUTED = frozenset(C5 + name for name in ("notBefore", "notAfter"))
_MADE = frozenset(f"<{graph_iri(name)}>" for name in ("derivations", "facts", "shapes"))
_GLOSS = C5 + "gloss"
_OBJECT = RDF + "object"
_KINDS = {"claims": "Claim", "reports": "Report", "findings": "Finding"}

Said = dict[str, list[str]]


@dataclass(frozen=True)
class State:
    """One state of the graph: its name in messages, and its statements as authors wrote them."""

    name: str
    index: Index
    labels: Labels

    def of_kind(self, kind: str) -> set[str]:
        """IRIs of the claims, reports, findings, or of the entities."""
        if kind != "entities":
            return set(self.index.of_class(C5 + _KINDS[kind]))
        below = self.index.closure(C5 + "Entity", RDFS + "subClassOf", inverse=True)
        found = {iri for each in below for iri in self.index.of_class(each)}
        return found - self.of_kind("reports")

    def said(self, iri: str) -> Said:
        """What is said of a thing (and of its frame), in comparable texts by predicate."""
        found: Said = {}
        for predicate, term in self._statements(iri):
            found.setdefault(predicate, []).append(str(term))
        return {predicate: sorted(texts) for predicate, texts in found.items()}

    def words(self, iri: str, predicate: str) -> list[str]:
        """The values of a predicate as a reader knows them."""
        terms = (term for name, term in self._statements(iri) if name == predicate)
        return sorted(self.labels.of_term(term) for term in terms)

    def gloss(self, iri: str) -> str:
        """The sentence that says what a claim states; another thing's label."""
        return self.index.value(iri, _GLOSS) or self.labels.of(iri)

    def _statements(self, iri: str) -> Iterator[tuple[str, Term]]:
        for predicate, term in self.index.statements(iri):
            if predicate not in _COMPUTED:
                yield predicate, term
        for frame in self.index.values(iri, _OBJECT):
            if frame not in self._frames:
                continue
            for predicate, term in self.index.statements(frame):
                yield predicate, term

    @cached_property
    def _frames(self) -> set[str]:
        below = self.index.closure(C5 + "FramedNode", RDFS + "subClassOf", inverse=True)
        return {iri for each in below for iri in self.index.of_class(each)}


@dataclass(frozen=True)
class Change:
    """A predicate of a thing whose values differ, in words."""

    predicate: str
    label: str
    old: list[str]
    new: list[str]


@dataclass(frozen=True)
class Item:
    """A thing that was added, removed or changed."""

    iri: str
    gloss: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What was added, removed and changed, of one kind of thing."""

    added: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def read_state(path: Path) -> State:
    """The state in a folder with `data/` in it, or in RDF files such as a dump.

    Raises MissingInput or ParseFailure.
    """
    shipped = (path / "data").is_dir()
    sources = Sources.shipped(path) if shipped else Sources.files([path])
    if not sources.inputs:
        raise MissingInput(
            f"{path}: no RDF files.", remedy="Name a folder of a release, or a dump of it."
        )
    quads = (quad for item in sources.inputs for quad in parse(item.path, base="urn:base:"))
    index = Index(quad for quad in quads if _graph(quad) not in _MADE)
    return State(str(path), index, Labels(index))


def differences(old: State, new: State) -> dict[str, Difference]:
    """What differs, by kind of thing: claims, reports, findings, entities."""
    return {kind: _difference(old, new, kind) for kind in (*_KINDS, "entities")}


def _difference(old: State, new: State, kind: str) -> Difference:
    before, after = old.of_kind(kind), new.of_kind(kind)
    changed = (_changed(old, new, iri) for iri in sorted(before & after))
    return Difference(
        [Item(iri, new.gloss(iri)) for iri in sorted(after - before)],
        [Item(iri, old.gloss(iri)) for iri in sorted(before - after)],
        [each for each in changed if each.changes],
    )


def _changed(old: State, new: State, iri: str) -> Item:
    before, after = old.said(iri), new.said(iri)
    names = sorted({*before, *after}, key=shorten)
    return Item(
        iri,
        new.gloss(iri),
        tuple(
            _change(old, new, iri, name) for name in names if before.get(name) != after.get(name)
        ),
    )


def _change(old: State, new: State, iri: str, predicate: str) -> Change:
    label = next(
        (state.labels.of(predicate) for state in (new, old) if predicate in state.index),
        shorten(predicate).partition(":")[2],
    )
    was, becomes = old.words(iri, predicate), new.words(iri, predicate)
    if was == becomes:  # two things of one name: tell them apart
        was, becomes = old.said(iri)[predicate], new.said(iri)[predicate]
    return Change(predicate, label, was, becomes)


def _graph(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
