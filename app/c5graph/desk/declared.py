"""Disputes that sources and curators declare, which no rule could see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations

from c5graph.desk.comparing import Dispute, Matter
from c5graph.desk.conflicts import Difference
from c5graph.desk.ground import Tie
from c5graph.desk.positions import Position
from c5graph.desk.rules import COMPARISON
from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim


def ties(telling: Telling) -> list[Tie]:
    """Every relation between claims of the view."""
    return [tie for tie in telling.ground.ties if _seen(telling, tie)]


def declared(telling: Telling, known: Sequence[Dispute], tied: Iterable[Tie]) -> list[Dispute]:
    """Disputes of claims that are declared to disagree and are not in one of the known ones."""
    told = [tie for tie in tied if tie.relation in telling.rules.telling]
    apart = [tie for tie in told if not _joined(known, {tie.claim, tie.other})]
    found = [
        _dispute(telling, "declared", claims, pairs, "source") for claims, pairs in _parts(apart)
    ]
    everywhere = {claim.iri for each in (*known, *found) for claim in each.claims}
    for claims in dict.fromkeys(map(frozenset, _findings(telling))):
        # A finding that takes in more than the rules see is a dispute of its own.
        if not claims <= everywhere or not _joined([*known, *found], claims):
            pairs = set(combinations(sorted(claims), 2))
            found.append(_dispute(telling, "declared", claims, pairs, "curator"))
    return [*found, *_readings(telling)]


def _findings(telling: Telling) -> Iterator[set[str]]:
    ground = telling.ground
    for finding in sorted(ground.telling):
        on = set(ground.findings[finding]) & telling.seen.keys()
        if len(on) > 1 and not telling.teller.hides(finding):
            yield on


def _readings(telling: Telling) -> Iterator[Dispute]:
    shown = [tie for tie in telling.ground.readings if _seen(telling, tie)]
    for claims, joined in _parts(shown):
        yield _dispute(telling, "reading", claims, joined, "curator")


def _seen(telling: Telling, tie: Tie) -> bool:
    return tie.claim in telling.seen and tie.other in telling.seen


def _joined(disputes: Iterable[Dispute], claims: Set[str]) -> bool:
    """Whether one dispute has two of the claims in different positions."""
    return any(_positions_with(each, claims) > 1 for each in disputes)


def _positions_with(dispute: Dispute, claims: Set[str]) -> int:
    return sum(any(c.iri in claims for c in each.claims) for each in dispute.positions)


def _parts(tied: Iterable[Tie]) -> Iterator[tuple[set[str], set[tuple[str, str]]]]:
    """Claims that hang together, and which of them are tied."""
    near: dict[str, set[str]] = defaultdict(set)
    for tie in tied:
        near[tie.claim].add(tie.other)
        near[tie.other].add(tie.claim)
    waiting = dict.fromkeys(sorted(near))
    while waiting:
        edge, reached = {next(iter(waiting))}, set[str]()
        while edge:
            reached |= edge
            edge = {other for each in edge for other in near[each]} - reached
        for each in reached:
            waiting.pop(each, None)
        yield reached, {(a, b) for a in reached for b in near[a] if a < b}


def _dispute(
    telling: Telling, kind: str, claims: Iterable[str], pairs: set[tuple[str, str]], by: str
) -> Dispute:
    positions = _positions(telling.seen[iri] for iri in sorted(claims))
    place = {claim.iri: n for n, each in enumerate(positions) for claim in each.claims}
    between = {tuple(sorted((place[a], place[b]))) for a, b in pairs} - {
        (n, n) for n in range(len(positions))
    }
    return Dispute(
        matter=Matter(COMPARISON + kind, positions[0].claims[0].subject),
        positions=tuple(positions),
        differences=tuple(Difference(one, other, kind) for one, other in sorted(between)),
        found_by=frozenset({by}),
    )


def _positions(claims: Iterable[Claim]) -> list[Position]:
    """Claims that say the same of the same, together."""
    found: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        key = (claim.subject, claim.predicate, str(claim.object), str(claim.negative))
        found[(*key, str(claim.time))].append(claim)
    return [
        Position(key, (told[0].object,), tuple(told), negative=told[0].negative)
        for key, told in found.items()
    ]
