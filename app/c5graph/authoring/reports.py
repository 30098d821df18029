"""Rows of the tables of reports and of findings as blocks."""

from __future__ import annotations

import re

from c5graph.authoring.batch import Batch
from c5graph.authoring.document import Statement
from c5graph.authoring.tables import Row
from c5graph.authoring.terms import (
    CellFault,
    date_term,
    label_term,
    nearest,
    parts,
    slug_of,
    text_term,
    url_term,
)
from c5graph.namespaces import CLAIM, FINDING, ID, REPORT

SOURCES = "sources.ttl"
FINDINGS = "findings.ttl"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
Pair = tuple[str, tuple[str, ...]]


class Reports:
    """Makes reports, and the origins from which they take what they say."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._known = batch.known

    def announce(self, row: Row) -> None:
        """Make the report of a row known, so that claims may rest on it."""
        slug = row.need("id", slug_of, "Give the report an identifier.")
        if slug is None:
            return
        iri = REPORT + slug
        if iri in self._known.new_reports:
            row.fault("id", f"{slug} stands in the tables twice.", "Join the two rows.")
        elif iri in self._known.index and not self._batch.replace:
            row.fault("id", f"{slug} exists.", "Use it, or import with --replace.")
        self._known.new_digests[iri] = row["textDigest"]
        self._known.new_reports[iri] = [f"id:{each}" for each in parts(row["publisher"])]

    def describe(self, row: Row) -> None:
        """Put the block of an announced row into the file of the reports."""
        titled = row["label"] or row["title"]
        publishers = row.several("publisher", self._known.thing)
        if not publishers:
            row.need("publisher", str, "Name who publishes it.")
        pairs: list[Pair] = [
            ("a", ("c5:Report",)),
            ("rdfs:label", tuple(map(label_term, parts(titled)))),
            ("dcterms:title", _some(row.need("title", self._title(row), "Give its title."))),
            ("dcterms:description", tuple(map(label_term, parts(row["description"])))),
            ("dcterms:publisher", tuple(sorted(publishers))),
            ("dcterms:language", _some(row.need("language", _language, "Write en, ru, ..."))),
            ("schema:url", _some(row.need("url", url_term, "Give its address."))),
            ("c5:interest", _some(self._concept(row, "interest", "interest"))),
            ("c5:origin", _some(self._origin(row))),
            ("c5:reportKind", _some(self._concept(row, "kind", "report-kind"))),
            ("dcterms:issued", _some(row.read("issued", date_term))),
            ("c5:firstSeen", _some(row.need("firstSeen", date_term, "Say when it was read."))),
            ("c5:textDigest", _some(row.read("textDigest", _digest))),
        ]
        block = Statement(f"report:{row['id']}", tuple(pair for pair in pairs if pair[1]))
        self._batch.put(SOURCES, block, row, "report")

    def _title(self, row: Row):  # type: ignore[no-untyped-def]
        return lambda text: text_term(text, row["language"] or "en")

    def _concept(self, row: Row, column: str, scheme: str) -> str | None:
        remedy = f"Choose a concept of the scheme voc:{scheme}."
        return row.need(column, lambda text: self._known.concept(scheme, text), remedy)

    def _origin(self, row: Row) -> str | None:
        """The origin; a new one is described when the row says what it is."""
        slug = row.need("origin", slug_of, "Name the text from which it takes what it says.")
        if slug is None or self._known.has(ID + slug):
            return slug and f"id:{slug}"
        label = row.read("originLabel", label_term)
        if label is None:
            row.fault(
                "origin",
                f"There is no origin {slug!r}.",
                nearest(slug, self._known.slugs) or "Describe it in originLabel.",
            )
            return None
        description = row.read("originDescription", label_term)
        pairs: list[Pair] = [("a", ("c5:Origin",)), ("rdfs:label", (label,))]
        pairs += [("dcterms:description", (description,))] if description else []
        self._known.new_names.add(ID + slug)
        self._batch.put(SOURCES, Statement(f"id:{slug}", tuple(pairs)), row, "origin")
        return f"id:{slug}"


class Findings:
    """Makes findings of curators."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._known = batch.known

    def announce(self, row: Row) -> None:
        """See that the finding of a row is new."""
        slug = row.need("finding", slug_of, "Give the finding a slug.")
        iri = FINDING + (slug or "")
        if iri in self._known.new_names:
            row.fault("finding", f"{slug} stands in the tables twice.", "Join the two rows.")
        elif iri in self._known.index and not self._batch.replace:
            row.fault(
                "finding", f"{slug} exists.", "Choose another slug, or import with --replace."
            )
        self._known.new_names.add(iri)

    def describe(self, row: Row) -> None:
        """Put the block of an announced row into the file of the findings."""
        kind = row.need(
            "kind", lambda text: self._known.concept("finding-kind", text), "Name its kind."
        )
        row.need("on", str, "Name the claims (claim:...) or entities that it is about.")
        pairs: list[Pair] = [
            ("a", ("c5:Finding",)),
            ("rdfs:label", _some(row.need("label", label_term, "Give it a label."))),
            ("dcterms:description", _some(row.need("description", label_term, "Explain it."))),
            ("c5:findingKind", _some(kind)),
            ("c5:findingOn", tuple(sorted(row.several("on", self._on)))),
            ("c5:prefersReading", tuple(sorted(row.several("prefersReading", self._claim)))),
            ("dcterms:created", _some(row.need("created", date_term, "Say when it was made."))),
            ("schema:isBasedOn", tuple(sorted(row.several("basedOn", url_term)))),
        ]
        block = Statement(f"finding:{row['finding']}", tuple(pair for pair in pairs if pair[1]))
        self._batch.put(FINDINGS, block, row, "finding")

    def _on(self, text: str) -> str:
        return self._claim(text) if text.startswith("claim:") else self._known.thing(text)

    def _claim(self, text: str) -> str:
        name = text.removeprefix("claim:")
        if not self._known.has(CLAIM + name):
            raise CellFault(f"There is no claim {name!r}.", nearest(name, self._known.claims))
        return f"claim:{name}"


def _some(term: str | None) -> tuple[str, ...]:
    return () if not term else (term,)


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise CellFault(f"{text[:40]!r} is no language.", "Write its code, such as en or ru.")
    return text_term(text, None)


def _digest(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise CellFault(f"{text[:80]!r} is no SHA-256.", "Write 64 figures and letters a-f.")
    return text_term(text, None)
