"""How two positions on one term differ: in conflict, or in a weaker way that is worth seeing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from c5graph.desk.homes import Homes
from c5graph.desk.positions import Position
from c5graph.desk.rules import Rules
from c5graph.graph.claims import Claim, Firmness
from c5graph.graph.times import Bounds
from c5graph.speech import n_
from c5graph.store.rdf import text_of

CONFLICTS: Final = {
    "values": n_("no figure fits both"),
    "dates": n_("the times cannot be the same"),
    "stages": n_("an undertaking cannot be at both stages at the same time"),
    "parties": n_("they name nothing in common"),
    "holders": n_("only one can have it at the same time"),
    "places": n_("neither place lies in the other"),
    "denied": n_("one affirms what the other denies"),
    "declared": n_("a source or a curator says that they disagree"),
}
WEAKER: Final = {
    "bound": n_("the figures may be the same, and one says more than the other"),
    "basis": n_("the prices are of different kinds"),
    "rounded": n_("one is the other, rounded"),
    "times": n_("the figures are told of different times"),
    "plan": n_("one tells of a plan, the other of what came of it"),
    "still": n_("the later account may only say that it still was so"),
    "further": n_("at the same time one puts it further than the other"),
    "back": n_("a later account puts it at an earlier stage"),
    "undated": n_("it is not told when one of them held"),
    "related": n_("one is at home in the other or part of it"),
    "reading": n_("they are readings of one passage"),
}


@dataclass(frozen=True)
class Difference:
    """How the positions with these numbers differ; `reason` is a key of CONFLICTS or WEAKER."""

    one: int
    other: int
    reason: str

    @property
    def strong(self) -> bool:
        """Whether both cannot hold."""
        return self.reason in CONFLICTS

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "between": [self.one, self.other],
            "strength": "conflict" if self.strong else "weaker",
            "reason": self.reason,
            "meaning": (CONFLICTS | WEAKER)[self.reason],
        }


Compare = Callable[[Position, Position], str | None]


def differences(positions: Sequence[Position], compare: Compare) -> tuple[Difference, ...]:
    """Every pair that differs."""
    return tuple(_differing(positions, compare))


def _differing(positions: Sequence[Position], compare: Compare) -> Iterator[Difference]:
    for (n, one), (m, other) in combinations(enumerate(positions), 2):
        reason = compare(one, other)
        if reason is not None:
            yield Difference(n, m, reason)


def amounts(rules: Rules) -> Compare:
    """Figures: ranges that their bounds allow, and price bases."""

    def compare(one: Position, other: Position) -> str | None:
        bases = {one.basis, other.basis}
        if one.basis != other.basis and bases & rules.apart:
            return None if one.numbers == other.numbers else "basis"
        if _below(one, other) or _below(other, one):
            return _apart(one, other)
        same = one.numbers == other.numbers and not (one.is_limit or other.is_limit)
        return None if same else "bound"

    return compare


def _apart(one: Position, other: Position) -> str:
    if not _may_be_of_one_time(one, other):
        return "times"
    return "rounded" if _rounded(one, other) else "values"


def _rounded(one: Position, other: Position) -> bool:
    """Whether a single figure with enough digits is the other one, told less exactly."""
    if len(one.numbers) != 1 or len(other.numbers) != 1:
        return False
    short, long = sorted((one.numbers[0].normalize(), other.numbers[0].normalize()), key=_digits)
    if _digits(short) < _EXACT_ENOUGH:
        return False
    return long.quantize(Decimal(1).scaleb(int(short.as_tuple().exponent))) == short


def _digits(number: Decimal) -> int:
    return len(number.as_tuple().digits)


# With fewer digits a round figure may be another account: 2 against 1.9.
_EXACT_ENOUGH = 3


def lasting(one: Position, other: Position) -> str | None:
    """Times of a stage that goes on: told of a later day it may only be said to go on."""
    reason = dates(one, other)
    return "still" if reason == "dates" else reason


def dates(one: Position, other: Position) -> str | None:
    """Times: spans of days; spans that overlap may be the same day."""
    spans = span_of(one.claims), span_of(other.claims)
    if None in spans or overlap(*spans):
        return None
    return "plan" if _asserted(one) != _asserted(other) else "dates"


def stages(rules: Rules) -> Compare:
    """Stages that are asserted, where they are told of the same time."""

    def compare(one: Position, other: Position) -> str | None:
        a, b = (text_of(each.terms[0]) for each in (one, other))
        if a == b or rules.classes[a] == rules.classes[b]:
            return None
        spans = span_of(one.claims), span_of(other.claims)
        if None in spans:
            return "undated" if rules.exclude(a, b) else None
        if overlap(*spans):
            return "stages" if rules.exclude(a, b) else "further"
        first, second = (a, b) if _before(*spans) else (b, a)
        return "back" if rules.exclude(first, second) and _falls(rules, first, second) else None

    return compare


def parties(homes: Homes) -> Compare:
    """What independent origins name: sets that should share a member."""

    def compare(one: Position, other: Position) -> str | None:
        if _names(one) & _names(other):
            return None
        near = any(homes.related(a, b) for a in _names(one) for b in _names(other))
        return "related" if near else "parties"

    return compare


def holders(one: Position, other: Position) -> str | None:
    """Subjects that are told to have, at the same time, what only one can have."""
    if _names(one) == _names(other):
        return None
    spans = span_of(one.claims), span_of(other.claims)
    if None in spans:
        return "undated"
    return "holders" if overlap(*spans) else None


def denials(one: Position, other: Position) -> str | None:
    """What is denied against what is affirmed; what is only to come may still come."""
    if one.negative == other.negative:
        return None
    spans = span_of(one.claims), span_of(other.claims)
    if None not in spans and not overlap(*spans):
        return None
    affirmed, denied = (other, one) if one.negative else (one, other)
    return "plan" if _asserted(denied) and _is_to_come(affirmed) else "denied"


def choices(one: Position, other: Position) -> str | None:
    """Codes that independent origins choose: sets that should share a member."""
    return None if _names(one) & _names(other) else "parties"


def places(homes: Homes) -> Compare:
    """Places, where one that lies in another agrees with it."""

    def compare(one: Position, other: Position) -> str | None:
        pairs = [(a, b) for a in _names(one) for b in _names(other)]
        agree = any(a == b or homes.related(a, b) for a, b in pairs)
        return None if agree else "places"

    return compare


def _may_be_of_one_time(one: Position, other: Position) -> bool:
    spans = [(span_of([a]), span_of([b])) for a in one.claims for b in other.claims]
    return any(None in pair or overlap(*pair) for pair in spans)


def span_of(claims: Sequence[Claim]) -> Bounds | None:
    """The time of which claims tell: from when, and until when where that is told."""
    claim = claims[0]
    if claim.time is None:
        return None
    end = claim.until.not_after if claim.until else None
    start = claim.time.not_before
    if end is None or (start is not None and end < start):
        return claim.time
    return Bounds(start, end)


def overlap(one: Bounds | None, other: Bounds | None) -> bool:
    """Whether a day lies in both; an end that is not known may be any day."""
    return not (one is None or other is None or _before(one, other) or _before(other, one))


def _before(one: Bounds | None, other: Bounds | None) -> bool:
    end, start = one.not_after if one else None, other.not_before if other else None
    return end is not None and start is not None and end < start


def _falls(rules: Rules, first: str, second: str) -> bool:
    """Whether the later stage is behind the earlier one, and neither has come to a halt."""
    classes = {rules.classes[first], rules.classes[second]}
    return classes.isdisjoint(rules.halts) and rules.stages[first] > rules.stages[second]


def _asserted(position: Position) -> bool:
    return any(claim.modality is Firmness.FIRM for claim in position.claims)


def _is_to_come(position: Position) -> bool:
    return all(claim.modality in _TO_COME for claim in position.claims)


_TO_COME = frozenset(Firmness) - {Firmness.FIRM, Firmness.OPINION}


def _names(position: Position) -> set[str]:
    return {text_of(term) for term in position.terms}


def _below(one: Position, other: Position) -> bool:
    return one.most is not None and one.most < other.least
