"""The life of an undertaking: its stages as claims date them, and the present one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from c5graph.desk.positions import standing
from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim, Firmness
from c5graph.graph.times import Bounds
from c5graph.lasting import BINDING
from c5graph.namespaces import C5, VOC
from c5graph.reported import only_reported
from c5graph.store.rdf import Literal, text_of


@dataclass(frozen=True)
class Stage:
    """A stage with the claims that tell it of one time; `since` as the sources date it.

    A stage that binds and is only planned is of the intended class.
    """

    status: str
    status_class: str
    since: str | None
    span: Bounds | None
    claims: tuple[Claim, ...]
    present: bool

    @property
    def planned(self) -> bool:
        """Whether nobody asserts it: it is planned, sought, possible, forecast or thought."""
        return all(claim.modality is not Firmness.FIRM for claim in self.claims)

    def as_dict(self, telling: Telling, lang: str) -> dict[str, Any]:
        """Plain values for JSON."""
        teller, index = telling.teller, telling.index
        voices = {each for claim in self.claims for each in index.values(claim.iri, _SAID)}
        return {
            "status": teller.named(self.status, lang).as_dict(),
            "class": teller.named(self.status_class, lang).as_dict(),
            "since": self.since,
            "only_reported": only_reported(index, self.claims),
            "present": self.present,
            "planned": self.planned,
            "said_by": [teller.named(iri, lang).as_dict() for iri in sorted(voices)],
            **standing(telling, self.claims, lang),
        }


_SAID = C5 + "attributedTo"
_INTENDED = VOC + "status-class-intended"


def life(telling: Telling, subject: str) -> tuple[Stage, ...]:
    """The stages told of an undertaking, in order of time; those without a date come last."""
    found: dict[tuple[str, str | None, bool], list[Claim]] = defaultdict(list)
    for claim in telling.about(subject, C5 + "hasStatus"):
        status = text_of(claim.object)
        if status in telling.rules.stages:
            asserted = claim.modality is Firmness.FIRM
            found[status, dated(telling, claim), asserted].append(claim)
    stages = (_stage(telling, key[0], key[1], claims) for key, claims in found.items())
    return tuple(sorted(stages, key=lambda each: _order(telling, each)))


def dated(telling: Telling, claim: Claim) -> str | None:
    """The time from which a claim holds, as its source gives it."""
    term = telling.index.term(claim.iri, C5 + "validFrom")
    return term.value if isinstance(term, Literal) else None


def present(stages: Iterable[Stage]) -> Stage | None:
    """The present stage, told of its earliest time: of a day in it, rather than of a month."""
    found: Stage | None = None
    for each in stages:
        if each.present and (found is None or _narrows(each.span, found.span)):
            found = each
    return found


def _narrows(one: Bounds | None, other: Bounds | None) -> bool:
    """Whether the first span is a smaller part of the second."""
    if one is None or other is None or one == other:
        return False
    (start, end), (begin, stop) = _days(one), _days(other)
    return begin <= start and end <= stop


def _days(span: Bounds) -> tuple[date, date]:
    return span.not_before or date.min, span.not_after or date.max


def previous(stages: tuple[Stage, ...]) -> Stage | None:
    """The last other stage that was asserted before the present one; None where nothing changed."""
    now = present(stages)
    before = []
    for each in stages:
        if each is now:
            break
        if now is not None and each.status != now.status and each.span and not each.planned:
            before.append(each)
    return before[-1] if before else None


def _stage(telling: Telling, status: str, since: str | None, claims: list[Claim]) -> Stage:
    kind = telling.rules.classes.get(status, status)
    planned = all(claim.modality is not Firmness.FIRM for claim in claims)
    return Stage(
        status=status,
        status_class=_INTENDED if planned and kind == BINDING else kind,
        since=since,
        span=claims[0].time,
        claims=tuple(claims),
        present=any(claim.iri in telling.selection.present for claim in claims),
    )


def _order(telling: Telling, stage: Stage) -> tuple[bool, date, date, int, str]:
    span = stage.span
    start = (span.not_before if span else None) or date.max
    end = (span.not_after if span else None) or date.max
    return span is None, start, end, telling.rules.stages[stage.status], stage.since or ""
