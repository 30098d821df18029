"""Rows of an entities table as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from c5graph.authoring.batch import Batch
from c5graph.authoring.document import Statement
from c5graph.authoring.duplicates import Labels
from c5graph.authoring.objects import object_of
from c5graph.authoring.tables import COLUMNS, Row
from c5graph.authoring.terms import SLUG, CellFault, label_term, parts, slug_of
from c5graph.namespaces import ID, shorten

_OWN = frozenset(COLUMNS["entities"])


class Entities:
    """Makes entities; those of a whole batch are named before one is described."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._known = batch.known

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self._known)

    def announce(self, row: Row) -> None:
        """Make the entity of a row known, so that other rows may speak of it."""
        slug = row.need("id", slug_of, "Give the entity a slug.")
        kinds = tuple(row.several("type", lambda text: self._known.kind(text, "Entity")))
        label = row.need("label", str, "Give it an English label.")
        if slug is None or label is None:
            return
        if not kinds:
            row.need("type", str, "Name its class, such as Company.")
            return
        self._insist_on_new(row, slug)
        self._known.add(slug, kinds, parts(label)[0])
        self._insist_on_other_name(row, slug)

    def describe(self, row: Row) -> None:
        """Put the block of an announced row into its file."""
        slug = row["id"]
        kinds = self._known.new[ID + slug]
        pairs = [
            ("a", tuple(shorten(kind) for kind in kinds)),
            ("rdfs:label", tuple(map(label_term, parts(row["label"])))),
            ("skos:altLabel", tuple(map(label_term, parts(row["altLabels"])))),
            ("dcterms:description", tuple(map(label_term, parts(row["description"])))),
            ("owl:differentFrom", tuple(sorted(f"id:{each}" for each in _told(row)))),
            ("c5:isUnnamed", ("true",) if self._unnamed(row) else ()),
            *self._further(row),
        ]
        block = Statement(f"id:{slug}", tuple(pair for pair in pairs if pair[1]))
        self._batch.put(self._file(row, kinds[0]), block, row, "entity")

    def _unnamed(self, row: Row) -> bool:
        return bool(row.read("unnamed", _flag))

    def _further(self, row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What columns say that are named after a property."""
        for column in row.cells:
            if column in _OWN or not row[column]:
                continue
            predicate = self._known.property(column)
            found = row.several(column, lambda text: self._object(predicate, text))  # noqa: B023
            yield shorten(predicate), tuple(sorted(found))

    def _object(self, predicate: str, text: str) -> str:
        return object_of(text, predicate, self._batch)

    def _insist_on_new(self, row: Row, slug: str) -> None:
        if ID + slug in self._known.new:
            row.fault("id", f"{slug} stands in the tables twice.", "Join the two rows.")
        elif ID + slug in self._known.index and not self._batch.replace:
            row.fault(
                "id", f"{slug} exists.", "Use it, or import with --replace to describe it anew."
            )

    def _insist_on_other_name(self, row: Row, slug: str) -> None:
        names = [
            part.rpartition("@")[0] or part for part in parts(f"{row['label']}|{row['altLabels']}")
        ]
        told = _told(row)
        for each in told:
            if not SLUG.fullmatch(each) or not self._known.has(ID + each):
                row.fault("distinctFrom", f"There is no {each!r}.", "Name the slug it resembles.")
        for near in self._labels.near(slug, names):
            if near.slug not in told and near.slug != slug:
                row.fault(
                    "label",
                    f"{slug} may be {near.slug}, which is called {near.name!r}.",
                    f"Use {near.slug}; if they differ, write {near.slug} into distinctFrom.",
                )
        self._labels.add(slug, names)

    def _file(self, row: Row, kind: str) -> str:
        named = row["file"].removesuffix(".ttl")
        if named and SLUG.fullmatch(named):
            return f"entities/{named}.ttl"
        return self._batch.files_of_classes.file(kind)


def _told(row: Row) -> set[str]:
    """Slugs that the row says to be of other things."""
    return {each.removeprefix("id:") for each in parts(row["distinctFrom"])}


def _flag(text: str) -> bool:
    if text.lower() in ("true", "yes", "1", "x"):
        return True
    if text.lower() in ("false", "no", "0"):
        return False
    raise CellFault(f"{text[:40]!r} is neither true nor empty.", "Write true, or nothing.")
