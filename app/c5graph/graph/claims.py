"""Claims and reports as records, read once from the statements, and which claims may count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from c5graph.graph.index import Index
from c5graph.graph.times import Bounds, bounds, is_time
from c5graph.namespaces import C5, DCTERMS, OA, RDF, RDFS, VOC
from c5graph.store.rdf import Term, text_of


class Firmness(IntEnum):
    """How firmly something is worded or follows; the weaker, the greater."""

    FIRM = 1
    PLANNED = 2
    SOUGHT = 3
    POSSIBLE = 4
    FORECAST = 5
    OPINION = 6

    @property
    def iri(self) -> str:
        """Concept of the firmness scheme."""
        return f"{VOC}firmness-{self.name.lower()}"

    @property
    def modality(self) -> str:
        """Name of the modality that is worded so."""
        return "asserted" if self is Firmness.FIRM else self.name.lower()


MODALITIES = {VOC + "modality-" + each.modality: each for each in Firmness}
FIRMNESSES = {each.iri: each for each in Firmness}
_STATUS = C5 + "hasStatus"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `modality` is its wording; `time` bounds when it starts to hold."""

    iri: str
    subject: str
    predicate: str
    object: Term
    modality: Firmness
    negative: bool
    rank: str
    reports: tuple[str, ...]
    time: Bounds | None
    until: Bounds | None

    @property
    def is_status(self) -> bool:
        """True for a claim that tells the status of an undertaking."""
        return self.predicate == _STATUS


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `published` bounds its day of publication."""

    iri: str
    kind: str | None
    interest: str | None
    origins: frozenset[str]
    published: Bounds | None


@dataclass(frozen=True)
class Record:
    """All claims and reports of a graph, and what curators found about them."""

    claims: dict[str, Claim] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    eligible: frozenset[str] = frozenset()
    undertakings: frozenset[str] = frozenset()
    contested: tuple[frozenset[str], ...] = ()


def read_record(index: Index) -> Record:
    """Read claims, reports, and which claims may yield facts at all."""
    claims = dict(_claims(index))
    return Record(
        claims=claims,
        reports=_reports(index, claims),
        eligible=_eligible(index, claims),
        undertakings=members(index, C5 + "Undertaking"),
        contested=tuple(_contested(index, claims)),
    )


def members(index: Index, iri: str) -> frozenset[str]:
    """Everything typed with the class or with a class below it."""
    kinds = index.closure(iri, RDFS + "subClassOf", inverse=True)
    return frozenset(member for kind in kinds for member in index.of_class(kind))


def classes_above(index: Index, classes: Iterable[str]) -> frozenset[str]:
    """These classes and every class above any of them."""
    return frozenset().union(*(index.closure(each, RDFS + "subClassOf") for each in classes))


def is_framed(index: Index, iri: str) -> bool:
    """True for a framed node: it exists only as the object of one claim."""
    kinds = index.values(iri, RDF + "type")
    return any(C5 + "FramedNode" in index.closure(kind, RDFS + "subClassOf") for kind in kinds)


def reports_of(index: Index, claim: str) -> tuple[str, ...]:
    """Reports on which a claim rests, by its passages or named outright."""
    found = []
    for place in index.values(claim, C5 + "evidence"):
        found += index.values(place, OA + "hasSource") or [place]
    return tuple(dict.fromkeys(found))


def _claims(index: Index) -> Iterator[tuple[str, Claim]]:
    """Claims that state something; one without subject, predicate or object is for the shapes."""
    for iri in index.of_class(C5 + "Claim"):
        subject, predicate = index.value(iri, RDF + "subject"), index.value(iri, RDF + "predicate")
        target = index.term(iri, RDF + "object")
        if subject is not None and predicate is not None and target is not None:
            yield iri, _claim(index, iri, (subject, predicate, target))


def _claim(index: Index, iri: str, stated: tuple[str, str, Term]) -> Claim:
    subject, predicate, target = stated
    worded = index.value(iri, C5 + "modality")
    start = index.term(iri, C5 + "validFrom")
    return Claim(
        iri=iri,
        subject=subject,
        predicate=predicate,
        object=target,
        # A claim without a readable modality must not harden: it counts as the weakest.
        modality=MODALITIES.get(worded or "", Firmness.OPINION),
        negative=index.value(iri, C5 + "polarity") == VOC + "polarity-negative",
        rank=(index.value(iri, C5 + "rank") or "").removeprefix(VOC + "rank-") or "normal",
        reports=reports_of(index, iri),
        time=bounds(start if start is not None or not is_time(target) else target),
        until=bounds(index.term(iri, C5 + "validUntil")),
    )


def _eligible(index: Index, claims: dict[str, Claim]) -> frozenset[str]:
    preferred = {
        iri
        for finding in index.of_class(C5 + "Finding")
        for iri in index.values(finding, C5 + "prefersReading")
    }
    readings = _readings(index, claims)
    return frozenset(
        claim.iri
        for claim in claims.values()
        if not claim.negative
        and claim.rank != "deprecated"
        and (claim.iri not in readings or claim.iri in preferred)
    )


def _readings(index: Index, claims: dict[str, Claim]) -> set[str]:
    predicate = C5 + "alternativeReadingOf"
    pairs = ((iri, other) for iri in claims for other in index.values(iri, predicate))
    return {iri for pair in pairs for iri in pair}


def _contested(index: Index, claims: dict[str, Claim]) -> Iterator[frozenset[str]]:
    """Sets of claims that a finding holds to contradict each other on one term of one thing."""
    for finding in index.subjects(C5 + "findingKind", VOC + "finding-contradiction"):
        positions: dict[tuple[str, str], set[str]] = {}
        for iri in index.values(finding, C5 + "findingOn"):
            if iri in claims:
                claim = claims[iri]
                positions.setdefault((claim.subject, claim.predicate), set()).add(iri)
        yield from (frozenset(group) for group in positions.values() if len(group) > 1)


def _reports(index: Index, claims: dict[str, Claim]) -> dict[str, Report]:
    dates = _dates_of_things(index, claims)
    told: dict[str, list[date]] = {}
    for claim in claims.values():
        for report in claim.reports:
            told.setdefault(report, []).extend(_told_as_past(claim, dates))
    iris = index.of_class(C5 + "Report")
    return {iri: _report(index, iri, told.get(iri, [])) for iri in iris}


def _report(index: Index, iri: str, told: list[date]) -> Report:
    return Report(
        iri=iri,
        kind=index.value(iri, C5 + "reportKind"),
        interest=index.value(iri, C5 + "interest"),
        origins=frozenset(index.values(iri, C5 + "origin")) or frozenset({iri}),
        published=_published(index, iri, told),
    )


def _published(index: Index, iri: str, told: list[date]) -> Bounds | None:
    issued = bounds(index.term(iri, DCTERMS + "issued"))
    seen = bounds(index.term(iri, C5 + "firstSeen"))
    latest = issued.not_after if issued else seen.not_after if seen else None
    earliest = issued.not_before if issued else None
    # What a report tells as past cannot lie after the report; a later date is no witness.
    past = [day for day in told if latest is None or day <= latest]
    known = [day for day in (earliest, *past) if day is not None]
    if not known and latest is None:
        return None
    return Bounds(max(known, default=None), latest)


def _dates_of_things(index: Index, claims: dict[str, Claim]) -> dict[str, date]:
    """Earliest day on which each event or undertaking can have come about, as any report tells."""
    dated = {
        C5 + "heldOn": members(index, C5 + "Event"),
        C5 + "hasStatus": members(index, C5 + "Undertaking"),
    }
    found: dict[str, date] = {}
    for claim in claims.values():
        if claim.subject in dated.get(claim.predicate, ()):
            day = claim.time.not_before if claim.time else None
            if day is not None and claim.modality <= Firmness.PLANNED and not claim.negative:
                found[claim.subject] = min(day, found.get(claim.subject, day))
    return found


def _told_as_past(claim: Claim, dates: dict[str, date]) -> Iterator[date]:
    if claim.modality is not Firmness.FIRM or claim.negative:
        return
    if claim.time is not None and claim.time.not_before is not None:
        yield claim.time.not_before
    for thing in (claim.subject, text_of(claim.object)):
        if thing in dates:
            yield dates[thing]
