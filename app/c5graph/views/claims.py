"""Claims as a page lists them: the wording in a word, then voice, report and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c5graph.edges import Named
from c5graph.graph.claims import Claim, Firmness
from c5graph.graph.release import Release
from c5graph.namespaces import BASE, C5, DCTERMS, VOC, shorten
from c5graph.reported import only_reported
from c5graph.speech import gettext as _
from c5graph.store.rdf import Literal, NamedNode, Term, text_of
from c5graph.views.words import LANGUAGES, MODALITIES, TERMS


@dataclass(frozen=True)
class ReportNote:
    """A report with its day of publication in words."""

    iri: str
    label: str
    published: str


@dataclass(frozen=True)
class Remark:
    """What is to be minded about a claim: our words, and what a curator wrote of it."""

    words: str
    quoted: str = ""


@dataclass(frozen=True)
class Value:
    """An object of a statement: text, IRI when it is a thing, language or datatype."""

    text: str
    iri: str | None = None
    lang: str = ""
    note: str = ""


@dataclass(frozen=True)
class Property:
    """A property with its values."""

    iri: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class ClaimNote:
    """A claim on one line; `word` says how it is worded, `hedged` that it states no fact."""

    iri: str
    gloss: str
    word: str
    hedged: bool
    voices: tuple[Named, ...]
    relays: tuple[Named, ...]
    reports: tuple[ReportNote, ...]
    holds: str
    remarks: tuple[Remark, ...]


class Reader:
    """Reads claims, reports and values of one release for pages in one language."""

    def __init__(self, release: Release, lang: str = "en") -> None:
        self.release = release
        self._lang = lang

    def named(self, iri: str) -> Named:
        """The thing with its label."""
        return Named(iri, _(TERMS.get(iri, "")) or self._label(iri))

    def all_named(self, iris: Iterable[str]) -> tuple[Named, ...]:
        """Things with their labels."""
        return tuple(self.named(iri) for iri in iris)

    def term(self, term: Term) -> Named:
        """A thing with its label, or a literal as its text."""
        if isinstance(term, NamedNode):
            return self.named(term.value)
        return Named(None, text_of(term))

    def value(self, term: Term) -> Value:
        """An object as a page shows it."""
        if isinstance(term, NamedNode):
            return Value(self.named(term.value).label, term.value)
        if isinstance(term, Literal) and term.language:
            return Value(term.value, None, term.language, _(LANGUAGES.get(term.language, "")))
        if isinstance(term, Literal):
            kind = shorten(term.datatype.value)
            return Value(term.value, None, "", "" if kind == "xsd:string" else kind)
        return Value(text_of(term))

    def uses(self, iri: str, values: Iterable[str]) -> Property:
        """A property with things as its values."""
        shown = (Value(self.named(each).label, each if ":" in each else None) for each in values)
        return Property(iri, self.named(iri).label, tuple(shown))

    def properties(self, statements: Iterable[tuple[str, Term]]) -> tuple[Property, ...]:
        """Statements about one subject by property."""
        found: dict[str, list[Value]] = {}
        for predicate, term in statements:
            found.setdefault(predicate, []).append(self.value(term))
        return tuple(
            Property(iri, self.named(iri).label, tuple(values)) for iri, values in found.items()
        )

    def claims(self, iris: Iterable[str], most: int | None = None) -> tuple[ClaimNote, ...]:
        """Those of the IRIs that are claims, the firmest first, at most so many."""
        recorded = self.release.record.claims
        known = [recorded[iri] for iri in iris if iri in recorded]
        return tuple(self.claim(each) for each in sorted(known, key=_order)[:most])

    def claim(self, claim: Claim) -> ClaimNote:
        """A claim on one line."""
        index = self.release.index
        return ClaimNote(
            iri=claim.iri,
            gloss=self.release.labels.of(claim.iri, self._lang),
            word=_word(claim),
            hedged=claim.negative or claim.modality is not Firmness.FIRM,
            voices=self.all_named(index.values(claim.iri, C5 + "attributedTo")),
            relays=self.all_named(index.values(claim.iri, C5 + "relayedBy")),
            reports=tuple(self.report(iri) for iri in claim.reports),
            holds=self.holds(claim),
            remarks=tuple(self._remarks(claim)),
        )

    def report(self, iri: str) -> ReportNote:
        """A report and when it was published, as far as known."""
        return ReportNote(iri, self.release.labels.of(iri, self._lang), self._published(iri))

    def _label(self, iri: str) -> str:
        """The label; of a claim with its wording before it, of a stranger the whole IRI."""
        claim = self.release.record.claims.get(iri)
        if claim is not None:
            return f"{_word(claim)}: {self.release.labels.of(iri, self._lang)}"
        known = iri.startswith(BASE) or iri in self.release.index
        return self.release.labels.of(iri, self._lang) if known else shorten(iri)

    def holds(self, claim: Claim) -> str:
        """From when until when it is said to hold; empty when no time is told."""
        index, iri = self.release.index, claim.iri
        start, end = index.value(iri, C5 + "validFrom"), index.value(iri, C5 + "validUntil")
        begun = _("as reported %(day)s") if only_reported(index, [claim]) else _("from %(day)s")
        parts = (
            begun % {"day": start} if start else "",
            _("until %(day)s") % {"day": end} if end else "",
        )
        return " ".join(part for part in parts if part)

    def _published(self, iri: str) -> str:
        issued = self.release.index.value(iri, DCTERMS + "issued")
        if issued:
            return _("published %(day)s") % {"day": issued}
        known = self.release.record.reports.get(iri)
        span = known.published if known else None
        if span is None:
            return _("undated")
        after, until = span.not_before, span.not_after
        parts = (
            _("not before %(day)s") % {"day": after} if after else "",
            _("not after %(day)s") % {"day": until} if until else "",
        )
        return ", ".join(part for part in (_("undated"), *parts) if part)

    def _remarks(self, claim: Claim) -> Iterable[Remark]:
        index = self.release.index
        for text in index.values(claim.iri, C5 + "onCondition"):
            yield Remark(_("on condition"), text)
        if index.value(claim.iri, C5 + "identification") == VOC + "inferred":
            yield Remark(_("who or what is meant is our inference"))
        if claim.rank == "deprecated":
            reason = index.value(claim.iri, C5 + "rankReason")
            yield Remark(_("set aside"), reason) if reason else Remark(_("set aside"))
        elif claim.iri not in self.release.record.eligible and not claim.negative:
            yield Remark(_("one of several readings of its passage"))


def _word(claim: Claim) -> str:
    return _("Denied") if claim.negative else _(MODALITIES[claim.modality])


def _order(claim: Claim) -> tuple[bool, int, str]:
    return (claim.negative, claim.modality, claim.iri)
