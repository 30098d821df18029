"""A claim, a report, a finding and a derived fact, each with what it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from c5graph.edges import Named
from c5graph.graph.claims import is_framed
from c5graph.graph.derive import Fact
from c5graph.graph.lens import origins_of
from c5graph.graph.release import Release, View, shown_facts
from c5graph.namespaces import C5, DCTERMS, OA, RDF, RDFS, RULE
from c5graph.speech import gettext as _
from c5graph.speech import grouped
from c5graph.views.claims import ClaimNote, Property, Reader, ReportNote, Value
from c5graph.views.ends import Ends
from c5graph.views.words import standing_in_words

SECTION = 1000
MOST = 1000
_STATED = frozenset(
    {RDF + name for name in ("type", "subject", "predicate", "object")}
    | {RDFS + "label", DCTERMS + "description", DCTERMS + "title"}
)


@dataclass(frozen=True)
class PassageNote:
    """Where in a report a claim rests; offsets are None when the report itself is named."""

    iri: str
    report: ReportNote
    start: int | None
    end: int | None
    digest: str


@dataclass(frozen=True)
class FactNote:
    """A derived fact on one line."""

    iri: str
    subject: Named
    predicate: Named
    object: Named
    standing: str
    origins: int

    @property
    def weight(self) -> str:
        """The standing in words."""
        return standing_in_words(self.standing)


@dataclass(frozen=True)
class ClaimView:
    """Everything that the page of a claim shows."""

    note: ClaimNote
    subject: Named
    predicate: Named
    object: Named
    modality: Value | None
    stance: Value | None
    collected: tuple[str, ...]
    frame: tuple[Property, ...]
    passages: tuple[PassageNote, ...]
    readings: tuple[Named, ...]
    findings: tuple[Named, ...]
    facts: tuple[FactNote, ...]


@dataclass(frozen=True)
class Section:
    """Claims that rest on one stretch of a report's text."""

    title: str
    claims: tuple[ClaimNote, ...]


@dataclass(frozen=True)
class ReportView:
    """Everything that the page of a report shows."""

    note: ReportNote
    title: Value | None
    description: tuple[Value, ...]
    properties: tuple[Property, ...]
    origins: tuple[tuple[Named, str], ...]
    wording: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    findings: tuple[Named, ...]
    total: int
    publisher: str | None
    uncounted: frozenset[str]


@dataclass(frozen=True)
class FindingView:
    """Everything that the page of a finding shows."""

    title: str
    kind: Value | None
    description: tuple[Value, ...]
    preferred: tuple[ClaimNote, ...]
    claims: tuple[ClaimNote, ...]
    things: tuple[Named, ...]
    properties: tuple[Property, ...]


@dataclass(frozen=True)
class SupportNote:
    """Claims that together suffice for a fact, by which rule."""

    rule: Named
    claims: tuple[ClaimNote, ...]


@dataclass(frozen=True)
class FactView:
    """Everything that the page of a derived fact shows."""

    note: FactNote
    supports: tuple[SupportNote, ...]


class Evidence:
    """Makes these views for one view of a release."""

    def __init__(self, release: Release, reader: Reader, ends: Ends, view: View) -> None:
        self._release, self._reader, self._ends, self._view = release, reader, ends, view

    def claim(self, iri: str) -> ClaimView:
        """The view of a claim of the record."""
        index, reader = self._release.index, self._reader
        claim = self._release.record.claims[iri]
        other_way = index.subjects(C5 + "alternativeReadingOf", iri)
        readings = [*index.values(iri, C5 + "alternativeReadingOf"), *other_way]
        return ClaimView(
            note=reader.claim(claim),
            subject=reader.named(claim.subject),
            predicate=reader.named(claim.predicate),
            object=reader.term(claim.object),
            modality=self._one(iri, C5 + "modality"),
            stance=self._one(iri, C5 + "stance"),
            collected=tuple(index.values(iri, DCTERMS + "identifier")),
            frame=self._frame(reader.term(claim.object).iri),
            passages=tuple(self.passage(each) for each in index.values(iri, C5 + "evidence")),
            readings=reader.all_named(dict.fromkeys(readings)),
            findings=reader.all_named(index.subjects(C5 + "findingOn", iri)),
            facts=tuple(self.fact_notes(self._ends.facts.get(iri, ()))),
        )

    def passage(self, iri: str) -> PassageNote:
        """Where a passage is; a report named outright is one without offsets."""
        index = self._release.index
        selector = index.value(iri, OA + "hasSelector") or iri
        start, end = index.value(selector, OA + "start"), index.value(selector, OA + "end")
        return PassageNote(
            iri=iri,
            report=self._reader.report(index.value(iri, OA + "hasSource") or iri),
            start=int(start) if start else None,
            end=int(end) if end else None,
            digest=index.value(iri, C5 + "spanDigest") or "",
        )

    def resting_on(self, passage: str) -> tuple[ClaimNote, ...]:
        """Claims that name this passage (or report) as evidence."""
        return self._reader.claims(self._release.index.subjects(C5 + "evidence", passage))

    def report(self, iri: str, counts: Callable[[str], bool]) -> ReportView:
        """The view of a report, its claims in the order of its text; `counts` says which count."""
        index, reader = self._release.index, self._reader
        claims = self._ends.reports.get(iri, [])
        origins = index.values(iri, C5 + "origin")
        words = Counter(reader.claim(self._release.record.claims[each]).word for each in claims)
        return ReportView(
            note=reader.report(iri),
            title=self._one(iri, DCTERMS + "title"),
            description=tuple(map(reader.value, index.terms(iri, DCTERMS + "description"))),
            properties=self._rest(iri, {C5 + "origin"}),
            origins=tuple((reader.named(each), self._about(each)) for each in origins),
            wording=tuple(words.most_common()),
            sections=tuple(self._sections(iri, claims[:MOST])),
            findings=reader.all_named(self._findings_on(claims)),
            total=len(claims),
            publisher=index.value(iri, DCTERMS + "publisher"),
            uncounted=frozenset(each for each in claims if not counts(each)),
        )

    def finding(self, iri: str) -> FindingView:
        """The view of a finding."""
        index, reader = self._release.index, self._reader
        subjects = index.values(iri, C5 + "findingOn")
        claims = self._release.record.claims
        told = {C5 + "findingOn", C5 + "findingKind", C5 + "prefersReading"}
        return FindingView(
            title=reader.named(iri).label,
            kind=self._one(iri, C5 + "findingKind"),
            description=tuple(map(reader.value, index.terms(iri, DCTERMS + "description"))),
            preferred=reader.claims(index.values(iri, C5 + "prefersReading")),
            claims=reader.claims(subjects),
            things=reader.all_named(each for each in subjects if each not in claims),
            properties=self._rest(iri, told),
        )

    def fact(self, fact: Fact) -> FactView:
        """The view of a derived fact."""
        now = self._held([fact]).get(fact.iri)
        supports = (
            SupportNote(self._reader.named(RULE + each.rule), self._reader.claims(each.claims))
            for each in (now or fact).supports
        )
        return FactView(self._note(fact, now), tuple(supports))

    def fact_notes(self, facts: Sequence[Fact]) -> Iterator[FactNote]:
        """Derived facts on a line each; one that does not hold under the lens says so."""
        held = self._held(facts) if facts else {}
        return (self._note(fact, held.get(fact.iri)) for fact in facts)

    def _note(self, fact: Fact, now: Fact | None) -> FactNote:
        """A fact as it is written, with what is left of it under the lens."""
        return FactNote(
            iri=fact.iri,
            subject=self._reader.named(fact.subject.value),
            predicate=self._reader.named(fact.predicate.value),
            object=self._reader.term(fact.object),
            standing=now.firmness.name.lower() if now else "uncounted",
            origins=self._origins(now) if now else 0,
        )

    def _held(self, facts: Sequence[Fact]) -> dict[str, Fact]:
        """Those of the facts that the lens shows, with the supports that it leaves, by IRI."""
        alone = replace(self._release.basis, facts=facts)
        return {fact.iri: fact for fact in shown_facts(alone, self._view.lens)}

    def _origins(self, fact: Fact) -> int:
        return origins_of(fact.supports, self._release.record, self._view.selection.reports)

    def _sections(self, report: str, claims: Iterable[str]) -> Iterator[Section]:
        """Stretches of the text in order; claims without a passage come last."""
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for claim in claims:
            start = self._first_character(report, claim)
            found[-1 if start is None else start // SECTION].append((start or 0, claim))
        for number in sorted(found, key=lambda each: (each < 0, each)):
            notes = (self._release.record.claims[iri] for __, iri in sorted(found[number]))
            yield Section(_title(number), tuple(map(self._reader.claim, notes)))

    def _first_character(self, report: str, claim: str) -> int | None:
        places = map(self.passage, self._release.index.values(claim, C5 + "evidence"))
        starts = [each.start for each in places if each.report.iri == report]
        return min((start for start in starts if start is not None), default=None)

    def _findings_on(self, claims: Iterable[str]) -> Iterable[str]:
        index = self._release.index
        found = (each for claim in claims for each in index.subjects(C5 + "findingOn", claim))
        return dict.fromkeys(found)

    def _frame(self, iri: str | None) -> tuple[Property, ...]:
        """What a framed node says; nothing for any other object."""
        if iri is None or not is_framed(self._release.index, iri):
            return ()
        return self._rest(iri, set())

    def _rest(self, iri: str, told: set[str]) -> tuple[Property, ...]:
        statements = self._release.index.statements(iri)
        return self._reader.properties(
            (predicate, term) for predicate, term in statements if predicate not in _STATED | told
        )

    def _about(self, iri: str) -> str:
        return self._release.index.value(iri, DCTERMS + "description") or ""

    def _one(self, iri: str, predicate: str) -> Value | None:
        term = self._release.index.term(iri, predicate)
        return None if term is None else self._reader.value(term)


def _title(number: int) -> str:
    if number < 0:
        return _("The report as a whole")
    first, last = number * SECTION, (number + 1) * SECTION - 1
    return _("Characters %(first)s to %(last)s") % {"first": grouped(first), "last": grouped(last)}
