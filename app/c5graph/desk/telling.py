"""Which claims speak about terms under a view, by subject, and who stands behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from c5graph.desk.amounts import Amount
from c5graph.desk.ground import Ground
from c5graph.desk.rules import Rules
from c5graph.edges import Teller
from c5graph.graph.claims import Claim, Firmness, Record
from c5graph.graph.index import Index
from c5graph.graph.lens import Lens, Selection, holds
from c5graph.graph.release import View
from c5graph.store.rdf import text_of


@dataclass(frozen=True)
class Telling:
    """The claims that speak under a view.

    A claim that curators set aside or an undecided reading does not speak; one that denies does.
    On a day (`asOf`), a term without a date of its own is taken as a term of its undertaking from
    the first dated status on; `undated_taken` says how many were. `seen` holds the claims of the
    right time and wording by IRI, those that do not speak included.
    """

    ground: Ground
    lens: Lens
    selection: Selection
    teller: Teller
    by_subject: dict[str, tuple[Claim, ...]] = field(repr=False)
    seen: dict[str, Claim] = field(repr=False)
    undated_taken: int

    @property
    def index(self) -> Index:
        """Every statement by subject."""
        return self.ground.index

    @property
    def record(self) -> Record:
        """Claims and reports."""
        return self.ground.record

    @property
    def rules(self) -> Rules:
        """What the ontology declares."""
        return self.ground.rules

    def about(self, subject: str, predicate: str) -> list[Claim]:
        """Claims of a property about a subject that affirm it."""
        found = self.by_subject.get(subject, ())
        return [each for each in found if each.predicate == predicate and not each.negative]

    def objects(self, subject: str, predicate: str) -> tuple[str, ...]:
        """What these claims name, each once, in order."""
        return tuple(sorted({text_of(claim.object) for claim in self.about(subject, predicate)}))

    def origins(self, claims: Iterable[Claim]) -> frozenset[str]:
        """Independent origins of the reports that are shown."""
        return frozenset(origin for claim in claims for origin in self.origins_of(claim))

    def origins_of(self, claim: Claim) -> frozenset[str]:
        """Independent origins of one claim."""
        reports = self.record.reports
        known = [reports[each] for each in self.reports_of(claim) if each in reports]
        return frozenset().union(*(each.origins for each in known))

    def reports_of(self, claim: Claim) -> tuple[str, ...]:
        """Reports of a claim that are shown."""
        shown = self.selection.reports
        return tuple(each for each in claim.reports if each in shown)

    def reports(self, claims: Iterable[Claim]) -> frozenset[str]:
        """Reports that are shown of any of the claims."""
        return frozenset(report for claim in claims for report in self.reports_of(claim))

    def interests(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """Classes of interest whose reports make the claims."""
        found = {self.record.reports[each].interest for each in self.reports(claims)}
        return tuple(sorted(each for each in found if each is not None))

    def amount(self, claim: Claim) -> Amount | None:
        """The amount that a claim states."""
        return self.ground.amount(text_of(claim.object))


def tell(ground: Ground, view: View, modality: frozenset[Firmness] | None = None) -> Telling:
    """Choose the claims; `modality` stands in place of the lens's own."""
    wanted = view.lens.modality if modality is None else modality
    shown = (ground.record.claims[iri] for iri in sorted(view.selection.shown))
    worded = [claim for claim in shown if claim.modality in wanted]
    speaking = [claim for claim in worded if _speaks(ground, claim)]
    in_time = [claim for claim in speaking if holds(view.lens, claim)]
    begun = {claim.subject for claim in in_time if claim.is_status} & ground.undertakings
    timeless = [claim for claim in speaking if _timeless(view.lens, claim, begun)]
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted((*in_time, *timeless), key=lambda each: each.iri):
        found[claim.subject].append(claim)
    seen = {each.iri: each for each in worded if holds(view.lens, each)}
    return Telling(
        ground=ground,
        lens=view.lens,
        selection=view.selection,
        teller=view.teller,
        by_subject={subject: tuple(claims) for subject, claims in found.items()},
        seen=seen | {each.iri: each for each in timeless},
        undated_taken=len(timeless),
    )


def corroborated(telling: Telling) -> Telling:
    """Without the claims that fewer independent origins make than the lens asks for."""
    least = telling.lens.min_origins
    if least == 1:
        return telling
    found: dict[_Content, set[str]] = defaultdict(set)
    for claim in telling.seen.values():
        found[_content(claim)] |= telling.origins_of(claim)
    enough = {content for content, origins in found.items() if len(origins) >= least}
    left = {
        subject: tuple(each for each in claims if _content(each) in enough)
        for subject, claims in telling.by_subject.items()
    }
    return replace(
        telling,
        by_subject={subject: claims for subject, claims in left.items() if claims},
        seen={iri: claim for iri, claim in telling.seen.items() if _content(claim) in enough},
    )


_Content = tuple[str, str, str, bool]


def _content(claim: Claim) -> _Content:
    return claim.subject, claim.predicate, str(claim.object), claim.negative


def _speaks(ground: Ground, claim: Claim) -> bool:
    if claim.iri in ground.record.eligible:
        return True
    read = claim.iri in ground.read_otherwise
    return claim.negative and claim.rank != "deprecated" and not read


def _timeless(lens: Lens, claim: Claim, begun: set[str]) -> bool:
    """Whether only the want of a date leaves out a term of an undertaking that has begun."""
    return (
        lens.as_of is not None
        and claim.time is None
        and claim.until is None
        and not claim.is_status
        and claim.subject in begun
        and not holds(lens, claim)
    )
