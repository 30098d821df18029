"""The life of an undertaking as a line of stages: what was told, and what is present."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from c5graph.edges import Named
from c5graph.graph.claims import Claim, Firmness
from c5graph.graph.release import Release, View
from c5graph.namespaces import SKOS, VOC
from c5graph.store.rdf import text_of
from c5graph.views.claims import ClaimNote, Reader
from c5graph.views.ends import Ends

_CLASS = VOC + "status-class-"
_USUAL = ("intended", "binding")


@dataclass(frozen=True)
class Stage:
    """A status: whether it is present, whether it is told as reached, and by which claims.

    `since` is the earliest time told of it: a later report of what lasts gives only its own day.
    """

    status: Named
    group: str
    present: bool
    reached: bool
    claims: tuple[ClaimNote, ...]
    since: str


def life(release: Release, view: View, reader: Reader, ends: Ends, iri: str) -> list[Stage]:
    """Every usual stage in order, and those of a stalled life where they are told."""
    told: dict[str, list[str]] = defaultdict(list)
    for claim in ends.claims.get(iri, ()):
        if claim.is_status and claim.subject == iri and claim.iri in view.selection.shown:
            told[text_of(claim.object)].append(claim.iri)
    if not told:
        return []
    positions = release.basis.positions
    return [
        _stage(release, view, reader, status, told.get(status, []))
        for status in sorted(positions, key=positions.__getitem__)
        if status in told or _group(release, status) in _USUAL
    ]


def _stage(release: Release, view: View, reader: Reader, status: str, claims: list[str]) -> Stage:
    notes = reader.claims(claims)
    return Stage(
        status=reader.named(status),
        group=_group(release, status),
        present=not view.selection.present.isdisjoint(claims),
        reached=any(not note.hedged for note in notes),
        claims=notes,
        since=_since(release, reader, claims),
    )


def _since(release: Release, reader: Reader, claims: list[str]) -> str:
    recorded = release.record.claims
    told = (recorded[iri] for iri in claims)
    return reader.holds(min(told, key=_start)) if claims else ""


def _start(claim: Claim) -> tuple[Firmness, date]:
    told = claim.time and claim.time.not_before
    return (claim.modality, told or date.max)


def _group(release: Release, status: str) -> str:
    wider = release.index.values(status, SKOS + "broader")
    return next((each.removeprefix(_CLASS) for each in wider if each.startswith(_CLASS)), "")
