"""The lens: which claims count, and so which facts hold.

`known_at`, `reports`, `kinds` and `interests` hide claims and reports; `as_of`, `modality`
and `min_origins` only decide which facts hold. With `dates="certain"` a claim counts when it
must have held (or been published) by the day, with `"possible"` when it may have; claims
that a date condition leaves out because they have no date are counted in `undated`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from c5graph.graph.claims import Claim, Firmness, Record, Report
from c5graph.graph.derive import Fact, Support
from c5graph.graph.times import Bounds
from c5graph.namespaces import LENS
from c5graph.store.rdf import text_of

SHORTCUTS = ("shortcut-signed", "shortcut-intended")


@dataclass(frozen=True)
class Lens:
    """A choice of claims. The default takes all reports, asserted and planned, one origin."""

    as_of: date | None = None
    known_at: date | None = None
    reports: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    interests: frozenset[str] | None = None
    modality: frozenset[Firmness] = frozenset({Firmness.FIRM, Firmness.PLANNED})
    min_origins: int = 1
    dates: Literal["certain", "possible"] = "certain"

    @property
    def iri(self) -> str:
        """IRI of the lens: a prepared one by name, any other by a digest of its conditions."""
        if self in PREPARED:
            return LENS + PREPARED[self]
        parts = [
            sorted(map(str, value)) if isinstance(value, frozenset) else str(value)
            for value in vars(self).values()
        ]
        return LENS + hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


DEFAULT = Lens()
EVERY_MODALITY = frozenset(Firmness)
PREPARED = {DEFAULT: "default", Lens(modality=EVERY_MODALITY): "every-modality"}
"""The lenses for which every release says which derived facts hold."""


@dataclass(frozen=True)
class Selection:
    """What a lens chose: claims and reports shown, claims that count, how many lacked a date."""

    shown: frozenset[str]
    counting: frozenset[str]
    undated: int
    present: frozenset[str]
    contested: frozenset[str]
    reports: frozenset[str]


def choose(lens: Lens, record: Record, positions: dict[str, int]) -> Selection:
    """Apply a lens to the claims; `positions` orders statuses from weak to far advanced."""
    reports = passing(lens, record)
    shown = [
        claim
        for claim in record.claims.values()
        if _is_open(lens) or any(report in reports for report in claim.reports)
    ]
    in_time = [claim for claim in shown if holds(lens, claim)]
    counting = frozenset(
        claim.iri
        for claim in in_time
        if claim.modality in lens.modality and claim.iri in record.eligible
    )
    return Selection(
        shown=frozenset(claim.iri for claim in shown),
        counting=counting,
        undated=sum(_lacks_date(lens, claim, record) for claim in record.claims.values()),
        present=frozenset(_present(_statuses(record, counting), positions)),
        contested=frozenset(_contested(record, counting)),
        reports=reports,
    )


def passing(lens: Lens, record: Record) -> frozenset[str]:
    """The reports that a lens chooses from."""
    return frozenset(iri for iri, each in record.reports.items() if _report_passes(lens, each))


def unsure(lens: Lens, record: Record) -> int:
    """How many reports may have been published in time, though no date says that they were."""
    wider = passing(replace(lens, dates="possible"), record)
    return len(wider - passing(lens, record))


def holding(facts: Iterable[Fact], lens: Lens, record: Record, chosen: Selection) -> list[Fact]:
    """Facts that hold under the lens, each with the supports that still count."""
    kept = []
    for fact in facts:
        supports = tuple(each for each in fact.supports if _counts(each, chosen))
        if supports and origins_of(supports, record, chosen.reports) >= lens.min_origins:
            kept.append(_with(fact, supports))
    return kept


def origins_of(
    supports: Iterable[Support], record: Record, shown: frozenset[str] | None = None
) -> int:
    """Number of independent origins behind the supports, of the reports that are shown.

    A status that a shortcut needs does not corroborate it.
    """
    origins: set[str] = set()
    for support in supports:
        for iri in support.claims - {support.status} or support.claims:
            for report in record.claims[iri].reports:
                known = record.reports.get(report)
                if known is None:
                    origins.add(report)
                elif shown is None or report in shown:
                    origins |= known.origins
    return len(origins)


def _with(fact: Fact, supports: tuple[Support, ...]) -> Fact:
    if len(supports) == len(fact.supports):
        return fact
    return Fact(fact.iri, fact.subject, fact.predicate, fact.object, fact.firmness, supports)


def _counts(support: Support, chosen: Selection) -> bool:
    if not support.claims <= chosen.counting:
        return False
    if support.status is not None and support.status not in chosen.present:
        return False
    return support.rule not in SHORTCUTS or chosen.contested.isdisjoint(support.claims)


def _is_open(lens: Lens) -> bool:
    hiding = (lens.known_at, lens.reports, lens.kinds, lens.interests)
    return all(condition is None for condition in hiding)


def _report_passes(lens: Lens, report: Report) -> bool:
    day = lens.known_at
    return _is_of_choice(lens, report) and (day is None or _started(lens, report.published, day))


def _is_of_choice(lens: Lens, report: Report) -> bool:
    return (
        (lens.reports is None or report.iri in lens.reports)
        and (lens.kinds is None or report.kind in lens.kinds)
        and (lens.interests is None or report.interest in lens.interests)
    )


def _started(lens: Lens, span: Bounds | None, day: date) -> bool:
    """Whether a time within the bounds must (or may) lie on the day or before it."""
    if lens.dates == "possible":
        return span is None or span.not_before is None or span.not_before <= day
    return span is not None and span.not_after is not None and span.not_after <= day


def _ended(lens: Lens, span: Bounds | None, day: date) -> bool:
    """Whether an end within the bounds may (or must) lie before the day; no end told: never."""
    if span is None:
        return False
    edge = span.not_after if lens.dates == "possible" else span.not_before
    return edge is not None and edge < day


def holds(lens: Lens, claim: Claim) -> bool:
    """Whether the claim must (with possible dates: may) hold on the lens's day, if it has one."""
    day = lens.as_of
    return day is None or (_started(lens, claim.time, day) and not _ended(lens, claim.until, day))


def _lacks_date(lens: Lens, claim: Claim, record: Record) -> bool:
    """Whether the claim is of a chosen report and only a date that nobody knows leaves it out."""
    if lens.dates == "possible":
        return False
    known = [record.reports[each] for each in claim.reports if each in record.reports]
    chosen = [report for report in known if _is_of_choice(lens, report)]
    if known and not chosen:
        return False
    if lens.as_of is not None and claim.time is None:
        return True
    if lens.known_at is None:
        return False
    spans = [report.published for report in chosen]
    return all(span is None or span.not_after is None for span in spans)


def _statuses(record: Record, counting: frozenset[str]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for iri in counting:
        claim = record.claims[iri]
        if claim.is_status:
            found[claim.subject].append(claim)
    return found


def _present(statuses: dict[str, list[Claim]], positions: dict[str, int]) -> Iterator[str]:
    """Claims that tell the present status of each undertaking.

    Preferred rank goes before normal; then an asserted status before one that is only planned
    or hoped for, because that one tells of the future; then the latest date, where an undated
    claim never overrides a dated one; on a tie or without dates the weakest.
    """
    for claims in statuses.values():
        best = _first_tier(claims)
        dated = [claim for claim in best if claim.time is not None]
        latest = [claim for claim in dated if not _surpassed(claim, dated)] or best
        winner = min(latest, key=lambda claim: positions.get(text_of(claim.object), 0))
        yield from (claim.iri for claim in best if claim.object == winner.object)


def _first_tier(claims: list[Claim]) -> list[Claim]:
    preferred = [claim for claim in claims if claim.rank == "preferred"] or claims
    firmest = min(claim.modality for claim in preferred)
    return [claim for claim in preferred if claim.modality == firmest]


def _surpassed(claim: Claim, others: list[Claim]) -> bool:
    """Whether another claim is surely later; times that overlap cannot be ordered and tie."""
    latest = claim.time.not_after if claim.time else None
    starts = (other.time.not_before for other in others if other.time)
    return latest is not None and any(start is not None and start > latest for start in starts)


def _contested(record: Record, counting: frozenset[str]) -> Iterator[str]:
    """Party claims that another counting claim contradicts; no shortcut may rest on them."""
    for group in record.contested:
        live = group & counting
        if len({str(record.claims[iri].object) for iri in live}) > 1:
            yield from live
