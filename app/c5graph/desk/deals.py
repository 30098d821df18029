"""Deals: what is told of each agreement, gathered from claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from c5graph.desk.homes import HOME_SIDE
from c5graph.desk.lives import Stage, life, present, previous
from c5graph.desk.positions import Position, by_amount, by_content
from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim, members
from c5graph.namespaces import C5
from c5graph.store.rdf import text_of

AGREEMENT, PACKAGE = C5 + "Agreement", C5 + "AgreementPackage"


@dataclass(frozen=True)
class Party:
    """An actor in a role, where it is at home, and the sides that it counts for."""

    actor: str
    role: str
    position: Position
    states: frozenset[str]
    sides: frozenset[str]


@dataclass(frozen=True)
class Deal:
    """One agreement as the claims of a view tell it.

    `wholes` are the deals it is part of, `earlier` those it continues, at any remove; `concerned`
    are the Central Asian states that it concerns, none where nothing told leads to any.
    """

    iri: str
    package: bool
    parties: tuple[Party, ...]
    life: tuple[Stage, ...]
    sectors: tuple[str, ...]
    kinds: tuple[str, ...]
    concerned: tuple[str, ...]
    subjects: tuple[str, ...]
    events: tuple[str, ...]
    part_of: tuple[str, ...]
    follows: tuple[str, ...]
    wholes: frozenset[str]
    earlier: frozenset[str]
    values: dict[tuple[str, ...], list[Position]]
    quantities: dict[tuple[str, ...], list[Position]]
    claims: tuple[Claim, ...]

    @cached_property
    def present(self) -> Stage | None:
        """The present stage; None where no claim of the view tells any."""
        return present(self.life)

    @cached_property
    def before(self) -> Stage | None:
        """The stage before the present one."""
        return previous(self.life)

    @property
    def since(self) -> date:
        """First day on which the present stage can have been reached; the first day if unknown."""
        span = self.present.span if self.present else None
        return (span.not_before if span else None) or date.min

    @property
    def states(self) -> tuple[str, ...]:
        """Central Asian states that take part, themselves or by an actor at home there."""
        return self._homes(home=True)

    @property
    def in_states(self) -> tuple[str, ...]:
        """Where it counts: with the states that take part; if none does, with those concerned."""
        return self.states or self.concerned

    @property
    def partner_states(self) -> tuple[str, ...]:
        """Other states that take part."""
        return self._homes(home=False)

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that take part, Central Asia left out."""
        found = {side for party in self.parties for side in party.sides}
        return tuple(sorted(found - {HOME_SIDE}))

    @property
    def partners(self) -> tuple[str, ...]:
        """The parties of other sides, and those whose side nobody tells."""
        others = (each.actor for each in self.parties if HOME_SIDE not in each.sides)
        return tuple(dict.fromkeys(others))

    def _homes(self, *, home: bool) -> tuple[str, ...]:
        found = {
            state
            for party in self.parties
            if (HOME_SIDE in party.sides) is home
            for state in party.states
        }
        return tuple(sorted(found))


def deals(telling: Telling, kind: str = AGREEMENT) -> Iterator[Deal]:
    """Every thing of the class that a claim of the view is about, in order of IRIs."""
    packages = members(telling.index, PACKAGE)
    for iri in sorted(members(telling.index, kind) & telling.by_subject.keys()):
        yield _deal(telling, iri, package=iri in packages)


def _deal(telling: Telling, iri: str, *, package: bool) -> Deal:
    def named(name: str) -> tuple[str, ...]:
        return telling.objects(iri, C5 + name)

    return Deal(
        iri=iri,
        package=package,
        parties=tuple(_parties(telling, iri)),
        life=life(telling, iri),
        sectors=named("inSector"),
        kinds=named("agreementKind"),
        concerned=telling.ground.concern.states(iri),
        subjects=named("hasSubjectMatter"),
        events=tuple(dict.fromkeys((*named("signedAt"), *named("announcedAt")))),
        part_of=named("partOf"),
        follows=named("follows"),
        wholes=_reached(telling, iri, "partOf"),
        earlier=_reached(telling, iri, "follows"),
        values=by_amount(telling, telling.about(iri, C5 + "hasValue")),
        quantities=by_amount(telling, telling.about(iri, C5 + "hasQuantity")),
        claims=telling.by_subject[iri],
    )


def _reached(telling: Telling, iri: str, name: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = [iri]
    while waiting:
        fresh = set(telling.objects(waiting.pop(), C5 + name)) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found - {iri})


def _parties(telling: Telling, iri: str) -> Iterator[Party]:
    homes = telling.ground.homes
    by_role: dict[str, list[Claim]] = defaultdict(list)
    for claim in telling.by_subject[iri]:
        if claim.predicate in telling.rules.roles and not claim.negative:
            by_role[claim.predicate].append(claim)
    for role, claims in sorted(by_role.items()):
        for position in by_content(claims):
            actor = text_of(position.terms[0])
            yield Party(actor, role, position, homes.states(actor), homes.sides(actor))
