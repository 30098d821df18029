"""Claims by the things at their two ends, and facts by the claims they rest on, found once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from c5graph.graph.claims import Claim, is_framed
from c5graph.graph.derive import Fact
from c5graph.graph.release import Release
from c5graph.store.rdf import NamedNode, Term, text_of


class Ends:
    """Look-ups that every page of one release shares, whatever its lens and language."""

    def __init__(self, release: Release) -> None:
        self._release = release

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        """Claims by subject and by object."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._release.record.claims.values():
            for iri in _both(claim.subject, claim.object):
                found[iri].append(claim)
        return dict(found)

    def frame(self, iri: str) -> Claim | None:
        """The claim whose object a framed node is, which tells whose aim or risk it is."""
        if not is_framed(self._release.index, iri):
            return None
        return next(
            (each for each in self.claims.get(iri, ()) if text_of(each.object) == iri), None
        )

    @cached_property
    def facts(self) -> dict[str, list[Fact]]:
        """Derived facts by each claim that a support needs."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._release.facts:
            for claim in dict.fromkeys(each for s in fact.supports for each in sorted(s.claims)):
                found[claim].append(fact)
        return dict(found)

    @cached_property
    def reports(self) -> dict[str, list[str]]:
        """Claims by the reports that they rest on."""
        found: dict[str, list[str]] = defaultdict(list)
        for claim in self._release.record.claims.values():
            for report in claim.reports:
                found[report].append(claim.iri)
        return dict(found)


def _both(subject: str, target: Term) -> Iterable[str]:
    ends = {subject: None}
    if isinstance(target, NamedNode):
        ends[target.value] = None
    return ends
