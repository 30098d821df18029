"""What may be written: terms of the ontology, things, claims and reports of the data.

Everything is read from the files each time; a new class or concept needs no change here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from c5graph.authoring.terms import CellFault, nearest
from c5graph.graph.index import TYPE, Index
from c5graph.graph.sources import InputFile
from c5graph.namespaces import (
    C5,
    C5SH,
    CLAIM,
    DCTERMS,
    ID,
    OWL,
    RDF,
    RDFS,
    REPORT,
    SKOS,
    VOC,
    expand,
    shorten,
)
from c5graph.store.rdf import parse

_CLAIMABLE = C5SH + "ClaimableProperty"
_LITERAL = OWL + "DatatypeProperty"
_SH_IN = "http://www.w3.org/ns/shacl#in"


@dataclass
class Known:
    """The graph that tables are read against; `add` makes new things of a table known."""

    index: Index
    shapes: Index
    files: dict[str, InputFile]
    new: dict[str, tuple[str, ...]] = field(default_factory=dict)
    new_labels: dict[str, str] = field(default_factory=dict)
    new_names: set[str] = field(default_factory=set)
    new_reports: dict[str, list[str]] = field(default_factory=dict)
    new_digests: dict[str, str] = field(default_factory=dict)

    def add(self, slug: str, classes: tuple[str, ...], label: str) -> None:
        """Make a thing known that a table describes."""
        self.new[ID + slug] = classes
        self.new_labels[ID + slug] = label

    def has(self, iri: str) -> bool:
        """Whether something is said of it, in the data or in a table."""
        return any(iri in each for each in (self.index, self.new, self.new_names, self.new_reports))

    def types(self, iri: str) -> list[str]:
        """The classes of a thing."""
        return list(self.new.get(iri) or self.index.values(iri, TYPE))

    def label(self, iri: str) -> str:
        """The English label of a thing; its slug without one."""
        for term in self.index.terms(iri, RDFS + "label"):
            if getattr(term, "language", None) == "en":
                return str(getattr(term, "value", ""))
        return self.new_labels.get(iri, iri.rpartition("/")[2])

    def above(self, kind: str) -> set[str]:
        """A class and all classes above it."""
        return self.index.closure(kind, RDFS + "subClassOf")

    @cached_property
    def classes(self) -> dict[str, str]:
        """Classes of ours by local name."""
        return self._ours("Class")

    @cached_property
    def properties(self) -> dict[str, str]:
        """Properties of ours by local name."""
        return self._ours("ObjectProperty") | self._ours("DatatypeProperty")

    @cached_property
    def slugs(self) -> list[str]:
        """Slugs of all that is described."""
        return [iri.removeprefix(ID) for iri in self.index if iri.startswith(ID)]

    @cached_property
    def claimable(self) -> set[str]:
        """Properties that a claim may state."""
        return set(_listed(self.shapes, _CLAIMABLE))

    @cached_property
    def claims(self) -> list[str]:
        """Local names of the claims."""
        return [iri.removeprefix(CLAIM) for iri in self.index if iri.startswith(CLAIM)]

    def reports(self) -> list[str]:
        """IRIs of the reports, those of tables included."""
        return [*self.index.of_class(C5 + "Report"), *self.new_reports]

    def publishers(self, report: str) -> list[str]:
        """CURIEs of the publishers of a report."""
        iri = REPORT + report.removeprefix("report:")
        new = self.new_reports.get(iri)
        return new or [shorten(each) for each in self.index.values(iri, DCTERMS + "publisher")]

    def digest(self, report: str) -> str:
        """SHA-256 of the text of a report; empty when it is not known."""
        said = self.index.value(report, C5 + "textDigest")
        return self.new_digests.get(report) or said or ""

    def file_of(self, curie: str) -> InputFile | None:
        """The file that describes a thing, if one does."""
        return self.files.get(expand(curie) or "")

    def wants_literal(self, predicate: str) -> bool:
        """Whether the property takes a literal."""
        return _LITERAL in self.index.values(predicate, TYPE)

    def scheme(self, name: str) -> dict[str, str]:
        """Concepts of a scheme by local name."""
        found = self.index.subjects(SKOS + "inScheme", VOC + name)
        return {iri.removeprefix(VOC): iri for iri in found}

    def concept(self, scheme: str, text: str) -> str:
        """CURIE of the concept of a scheme that the text names, in full or by its last words."""
        concepts = self.scheme(scheme)
        wanted = text.removeprefix("voc:").replace(" ", "-")
        start = _common_start(concepts)
        for name in concepts:
            if wanted in (name, name.removeprefix(start), name.removeprefix(scheme + "-")):
                return f"voc:{name}"
        short = [name.removeprefix(start) for name in concepts]
        raise CellFault(
            f"The scheme voc:{scheme} has no {text!r}.",
            nearest(wanted, short) or f"It has {', '.join(sorted(short))}.",
        )

    def thing(self, text: str) -> str:
        """CURIE of a described thing that is named by slug or CURIE; CellFault with the nearest."""
        iri = expand(text) if ":" in text else ID + text
        if iri is not None and self.has(iri):
            return shorten(iri)
        if text.startswith("voc:"):
            remedy = nearest(text, (shorten(each) for each in self.index if each.startswith(VOC)))
        else:
            new = (each.removeprefix(ID) for each in self.new)
            remedy = nearest(text.removeprefix("id:"), [*self.slugs, *new])
        raise CellFault(
            f"There is no {text[:80]!r}.",
            remedy or "Add it to an entities table, or check the spelling.",
        )

    def property(self, text: str) -> str:
        """IRI of a property of the ontology; CellFault with the nearest."""
        iri = expand(text) if ":" in text else C5 + text
        if iri is not None and (iri in self.properties.values() or self._mentioned(iri)):
            return iri
        raise CellFault(
            f"The ontology has no property {text[:80]!r}.",
            nearest(text.removeprefix("c5:"), self.properties)
            or "The files of ontology/ list them; prefer one that is there.",
        )

    def kind(self, text: str, below: str) -> str:
        """IRI of a class of ours below another; CellFault with the nearest."""
        iri = C5 + text.removeprefix("c5:")
        if iri in self.index and C5 + below in self.above(iri):
            return iri
        fitting = [name for name, each in self.classes.items() if C5 + below in self.above(each)]
        raise CellFault(
            f"There is no class {text[:80]!r} below c5:{below}.",
            nearest(text.removeprefix("c5:"), fitting)
            or f"There are {', '.join(sorted(fitting))}.",
        )

    def _mentioned(self, iri: str) -> bool:
        """A foreign property that a shape of ours speaks of."""
        if iri.startswith(C5):
            return False
        path = "http://www.w3.org/ns/shacl#path"
        return iri in self.index or bool(self.shapes.subjects(path, iri))

    def _ours(self, kind: str) -> dict[str, str]:
        found = self.index.of_class(OWL + kind)
        return {iri.removeprefix(C5): iri for iri in found if iri.startswith(C5)}


def read_known(inputs: Iterable[InputFile]) -> Known:
    """Read the files. Raises ParseFailure."""
    files: dict[str, InputFile] = {}
    said, shapes = [], []
    for item in inputs:
        quads = list(parse(item.path))
        if item.graph == "shapes":
            shapes += quads
            continue
        said += quads
        for quad in quads:
            files.setdefault(getattr(quad.subject, "value", ""), item)
    return Known(Index(said), Index(shapes), files)


def _listed(index: Index, shape: str) -> Iterator[str]:
    node = index.value(shape, _SH_IN)
    while node is not None and node != RDF + "nil":
        yield from index.values(node, RDF + "first")
        node = index.value(node, RDF + "rest")


def _common_start(names: Iterable[str]) -> str:
    """The words with which all names of a scheme begin."""
    words = [name.split("-") for name in names]
    shared = 0
    while words and all(
        len(each) > shared + 1 and each[shared] == words[0][shared] for each in words
    ):
        shared += 1
    return "".join(f"{word}-" for word in words[0][:shared]) if words else ""
