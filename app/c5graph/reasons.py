"""Why is this so: the facts of a subject, predicate and object, and the claims behind them.

Listed as well are claims that state the same and from which nothing follows under the lens,
each with the reason: denied, set aside, an undecided reading, worded too weakly, or undated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from c5graph.edges import Teller
from c5graph.errors import BadParameter, UnknownEntity
from c5graph.graph.claims import Claim, Firmness
from c5graph.graph.derive import Fact, Support, fact_quads
from c5graph.graph.lens import origins_of
from c5graph.graph.release import Release, View
from c5graph.lookup import Which
from c5graph.namespaces import C5, OA, RULE, VOC
from c5graph.speech import n_
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, Term, text_of

_EVERY = Which(firmness=frozenset(Firmness))


@dataclass(frozen=True)
class Pattern:
    """What is asked about: IRIs, or the text of a literal as the object; None stands for any."""

    subject: str | None = None
    predicate: str | None = None
    object: str | None = None

    def fits(self, subject: str, predicate: str, target: Term) -> bool:
        """Whether a statement is one of those asked about."""
        return (
            self.subject in (None, subject)
            and self.predicate in (None, predicate)
            and self.object in (None, text_of(target))
        )


@dataclass(frozen=True)
class Why:
    """Facts and claims that fit, the first ones of each, and how many there are."""

    facts: tuple[Fact, ...]
    facts_total: int
    claims: tuple[Claim, ...]
    claims_total: int


class Reasons:
    """Answers for one release under any of its views."""

    def __init__(self, release: Release) -> None:
        self._release = release

    def pattern(
        self, view: View, subject: str | None, predicate: str | None, target: str | None
    ) -> Pattern:
        """Resolve names. Raises BadParameter or UnknownEntity."""
        if not subject and not target:
            raise BadParameter(
                "Neither a subject nor an object is given.",
                remedy="Ask ?subject=somon-air, and a predicate or an object to narrow it.",
            )
        if predicate:
            view.neighbours.teller.insist_on_terms([predicate])
        found = view.neighbours.resolve(subject) if subject else None
        return Pattern(found, predicate, self._target(view, target, found) if target else None)

    def why(self, view: View, pattern: Pattern, limit: int) -> Why:
        """The facts that hold and the claims that say so, in a fixed order."""
        facts, claims = list(self._facts(view, pattern)), list(self._claims(view, pattern))
        return Why(
            tuple(islice(facts, limit)), len(facts), tuple(islice(claims, limit)), len(claims)
        )

    def _target(self, view: View, name: str, subject: str | None) -> str:
        try:
            return view.neighbours.resolve(name)
        except UnknownEntity:
            if subject is None:
                raise
            return name  # the text of a literal

    def _facts(self, view: View, pattern: Pattern) -> Iterator[Fact]:
        end = pattern.subject or pattern.object or ""
        found = view.neighbours.edges(end, _EVERY)
        facts = (fact for _, _, fact in found)
        return (
            fact
            for fact in facts
            if pattern.fits(fact.subject.value, fact.predicate.value, fact.object)
        )

    def _claims(self, view: View, pattern: Pattern) -> Iterator[Claim]:
        for claim in self._by_end.get(pattern.subject or pattern.object or "", ()):
            shown = claim.iri in view.selection.shown
            if shown and pattern.fits(claim.subject, claim.predicate, claim.object):
                yield claim

    @cached_property
    def _by_end(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._release.record.claims.values():
            for end in {claim.subject, text_of(claim.object)}:
                found[end].append(claim)
        return found

    def told(self, why: Why, view: View, lang: str) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "facts_total": why.facts_total,
            "facts": [self._fact(fact, view, lang) for fact in why.facts],
            "claims_total": why.claims_total,
            "claims": [self.claim(claim, view, lang) for claim in why.claims],
        }

    def _fact(self, fact: Fact, view: View, lang: str) -> dict[str, Any]:
        teller = view.neighbours.teller
        record, shown = self._release.record, view.selection.reports
        return {
            "fact": fact.iri or None,
            "subject": teller.named(fact.subject.value, lang).as_dict(),
            "predicate": teller.named(fact.predicate.value, lang).as_dict(),
            "object": teller.term(fact.object, lang).as_dict(),
            "firmness": fact.firmness.name.lower(),
            "hedged": fact.firmness is not Firmness.FIRM,
            "origins": origins_of(fact.supports, record, shown),
            "supports": [self._support(each, view, lang) for each in fact.supports],
        }

    def _support(self, support: Support, view: View, lang: str) -> dict[str, Any]:
        claims = self._release.record.claims
        return {
            "rule": RULE + support.rule,
            "needs_present_status": support.status,
            "claims": [self.claim(claims[iri], view, lang) for iri in sorted(support.claims)],
        }

    def claim(self, claim: Claim, view: View, lang: str) -> dict[str, Any]:
        """A claim with everything that its reader needs to weigh it."""
        teller, index = view.neighbours.teller, self._release.index
        note = teller.note(claim.iri, lang)
        return {
            **note.plain,
            "subject": teller.named(claim.subject, lang).as_dict(),
            "predicate": teller.named(claim.predicate, lang).as_dict(),
            "object": teller.term(claim.object, lang).as_dict(),
            "polarity": "negative" if claim.negative else "positive",
            "rank": claim.rank,
            "stance": self._code(claim.iri, "stance"),
            "identification": self._code(claim.iri, "identification"),
            "condition": index.value(claim.iri, C5 + "onCondition"),
            "valid_from": index.value(claim.iri, C5 + "validFrom"),
            "valid_until": index.value(claim.iri, C5 + "validUntil"),
            "evidence": list(self._evidence(claim.iri, view, lang)),
            "counts": claim.iri in view.selection.counting,
            "why_not": self._why_not(claim, view),
        }

    def _code(self, iri: str, predicate: str) -> str | None:
        """Local name of a code of ours, without the name of its scheme."""
        found = self._release.index.value(iri, C5 + predicate)
        return None if found is None else found.removeprefix(VOC).removeprefix(f"{predicate}-")

    def _evidence(self, iri: str, view: View, lang: str) -> Iterator[dict[str, Any]]:
        index, teller = self._release.index, view.neighbours.teller
        for place in index.values(iri, C5 + "evidence"):
            report = index.value(place, OA + "hasSource") or place
            if report in self._release.record.reports and report not in view.selection.reports:
                continue
            selector = index.value(place, OA + "hasSelector") or place
            start, end = (index.value(selector, OA + name) for name in ("start", "end"))
            yield {
                "passage": place if place != report else None,
                "report": teller.named(report, lang).as_dict(),
                "published": self._published(report),
                "start": None if start is None else int(start),
                "end": None if end is None else int(end),
                "digest": index.value(place, C5 + "spanDigest"),
            }

    def _published(self, report: str) -> dict[str, str | None] | None:
        known = self._release.record.reports.get(report)
        if known is None or known.published is None:
            return None
        span = known.published
        days = {"not_before": span.not_before, "not_after": span.not_after}
        return {name: day.isoformat() if day else None for name, day in days.items()}

    def _why_not(self, claim: Claim, view: View) -> str | None:
        """Why nothing follows from a claim under the lens."""
        if claim.iri in view.selection.counting:
            return None
        if claim.negative:
            return n_("the source denies it")
        if claim.rank == "deprecated":
            return n_("curators set it aside")
        if claim.iri not in self._release.record.eligible:
            return n_("it is one of several readings and none is preferred")
        if claim.modality not in view.lens.modality:
            return n_("it is worded more weakly than the lens takes")
        return n_("it did not surely hold on the day asked about")


def statements(why: Why, teller: Teller) -> Iterator[Quad]:
    """The facts with their supports, and their claims and passages as the graph has them."""
    default = DefaultGraph()
    yield from fact_quads((fact for fact in why.facts if fact.iri), default)
    claims = {claim.iri for claim in why.claims}
    for fact in why.facts:
        claims |= {iri for support in fact.supports for iri in support.claims}
    parts = dict.fromkeys(sorted(claims))
    for iri in list(parts):
        places = teller.index.values(iri, C5 + "evidence")
        parts |= dict.fromkeys(place for place in places if not teller.hides(place))
    for iri in list(parts):
        parts |= dict.fromkeys(teller.index.values(iri, OA + "hasSelector"))
    for iri in parts:
        for predicate, term in teller.index.statements(iri):
            if not teller.hides(text_of(term)):
                yield Quad(NamedNode(iri), NamedNode(predicate), term)
