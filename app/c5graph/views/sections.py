"""Which relations of a thing stand together on its page, by what kind of thing it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from c5graph.graph.claims import classes_above
from c5graph.graph.index import Index
from c5graph.namespaces import C5, RDFS
from c5graph.speech import gettext, n_
from c5graph.views.thing import Group

_ROLES: Final = "hasParty"
_AT_ONCE: Final = 28
"""Statements that the open sections of a page show together."""
Relation = tuple[bool, str]


def _out(*names: str) -> tuple[Relation, ...]:
    return tuple((False, name) for name in names)


def _in(*names: str) -> tuple[Relation, ...]:
    return tuple((True, name) for name in names)


_TERMS = _out("hasValue", "hasQuantity", "hasShare", "hasSubjectMatter", "agreementKind")
_FRAME = _out("inSector", "signedAt", "announcedAt", "partOf", "follows", "pursues")
_UNDERTAKING: Final = (
    ("parties", n_("Who takes part"), _out(_ROLES)),
    ("life", n_("What is told of its status"), _out("hasStatus")),
    ("terms", n_("What it is about and worth"), _TERMS + _FRAME),
    ("aims", n_("What it is for"), _out("hasAim", "motivatedBy")),
    ("judged", n_("How it is judged"), _out("assessedAs", "hasOutlook", "facesRisk")),
    ("parts", n_("Its parts and what follows it"), _in("partOf", "follows")),
)
_MINERAL: Final = (
    (
        "held",
        n_("Who has it and who produces it"),
        _in("hasDepositsOf", "contains", "produces", "exports"),
    ),
    ("wanted", n_("Who wants it, needs it or fights over it"), _in("concerns", "over", "affects")),
    ("deals", n_("Deals about it"), _in("hasSubjectMatter")),
    ("measured", n_("Its output, reserves and trade in figures"), _in("countOf")),
    ("uses", n_("What it is used in"), _out("usedIn", "kindOf")),
)
_ACTOR: Final = (
    ("seeks", n_("What it seeks"), _out("seeks", "seeksFrom")),
    ("depends", n_("What it depends on"), _out("hasDependency", "dependsOn")),
    ("fears", n_("What it fears and what threatens it"), _out("fears", "facesRisk", "hasOutlook")),
    ("deals", n_("Its deals"), _in(_ROLES)),
    (
        "trades",
        n_("With whom it deals"),
        _out("buysFrom", "plansToBuyFrom", "investsIn", "plansToInvestIn", "providesTo")
        + _out("plansToProvideTo", "partnersWith", "plansToPartnerWith", "lendsTo")
        + _in("buysFrom", "plansToBuyFrom", "investsIn", "plansToInvestIn", "providesTo")
        + _in("plansToProvideTo", "partnersWith", "plansToPartnerWith", "lendsTo"),
    ),
    (
        "rivalry",
        n_("Sway and rivalry"),
        _out("exertsInfluence", "influences", "competesIn", "competesWith")
        + _in("influences", "competesWith", "dependsOn", "dependsUpon", "arisesFrom"),
    ),
)
_PERSON: Final = (
    ("offices", n_("Offices and roles"), _out("holdsOffice", "affiliatedWith", "memberOf")),
    ("events", n_("Events"), _in("hasParticipant", "hostedBy")),
)
_EVENT: Final = (
    ("when", n_("When and where"), _out("heldOn", "endedOn", "locatedIn", "hostedBy", "partOf")),
    ("who", n_("Who took part"), _out("hasParticipant")),
    ("topics", n_("What it was about"), _out("discusses", "concerns")),
    ("agreed", n_("What was agreed there"), _in("signedAt", "announcedAt")),
)
_INFRASTRUCTURE: Final = (
    (
        "where",
        n_("Where it is and what it joins"),
        _out("locatedIn", "connects", "liesBetween", "bypasses", "carries"),
    ),
    ("owner", n_("Who owns it"), _in("owns") + _in(_ROLES)),
    ("size", n_("Its size"), _out("hasQuantity", "hasValue", "hasShare")),
    ("deals", n_("Undertakings about it"), _in("hasSubjectMatter")),
)
KINDS: Final = {
    "Undertaking": _UNDERTAKING,
    "Commodity": _MINERAL,
    "Person": _PERSON + _ACTOR,
    "Event": _EVENT,
    "Infrastructure": _INFRASTRUCTURE,
    "Place": _INFRASTRUCTURE,
    "Actor": _ACTOR,
}
"""Sections by class; the first class that the thing is of counts."""
_IN_THE_LEDGER: Final = {"Actor": "deals", "Person": "deals"}
"""The section of which the lines of the ledger above it tell the most."""


@dataclass(frozen=True)
class PageSection:
    """Relations under one heading."""

    name: str
    title: str
    groups: tuple[Group, ...]
    folded: bool = False

    @property
    def total(self) -> int:
        """Statements in all groups."""
        return sum(group.total for group in self.groups)

    @property
    def shown(self) -> int:
        """Statements that the page tells; the rest is a link away."""
        return sum(len(group.statements) for group in self.groups)


class Sections:
    """Sorts the relations of things into sections."""

    def __init__(self, index: Index) -> None:
        self._index = index
        roles = index.closure(C5 + _ROLES, RDFS + "subPropertyOf", inverse=True)
        self._roles = frozenset(roles)

    def kind(self, classes: Iterable[str]) -> str:
        """Which of KINDS a thing of these classes is; empty for none."""
        above = classes_above(self._index, classes)
        return next((name for name in KINDS if C5 + name in above), "")

    def of(self, kind: str, groups: Iterable[Group]) -> list[PageSection]:
        """The sections of a page; what belongs to none comes last, folded if the page is long."""
        left = self._without_doubles(_without_mirrors(list(groups)))
        found = []
        for name, title, relations in KINDS.get(kind, ()):
            chosen = tuple(self._chosen(left, relations))
            left = [group for group in left if group not in chosen]
            if chosen:
                found.append(PageSection(name, gettext(title), chosen))
        for name, title, incoming in (
            ("about", n_("What else is said about it"), False),
            ("others", n_("What is said of others and names it"), True),
        ):
            rest = tuple(group for group in left if group.incoming == incoming)
            if rest:
                found.append(PageSection(name, gettext(title), rest))
        return list(_folded(found, _IN_THE_LEDGER.get(kind, "")))

    def _without_doubles(self, groups: list[Group]) -> list[Group]:
        """Without `hasParty` where the roles say the same more exactly."""
        found = []
        for group in groups:
            plain = group.predicate.iri == C5 + _ROLES
            roles = sum(
                each.total
                for each in groups
                if each.incoming == group.incoming and each.predicate.iri in self._roles
            )
            if not plain or roles - group.total < group.total:
                found.append(group)
        return found

    def _chosen(self, groups: list[Group], relations: tuple[Relation, ...]) -> Iterator[Group]:
        """Groups in the order of the relations; `hasParty` stands for every role."""
        for incoming, name in relations:
            wanted = self._roles if name == _ROLES else {C5 + name}
            yield from (
                each
                for each in groups
                if each.incoming == incoming and each.predicate.iri in wanted
            )


def _without_mirrors(groups: list[Group]) -> list[Group]:
    """Without what others are told of where the thing is told the same of them, as of partners."""
    told = {_said(group) for group in groups if not group.incoming}
    return [group for group in groups if not (group.incoming and _said(group) in told)]


def _said(group: Group) -> tuple[str | None, int, tuple[tuple[str | None, str], ...]]:
    shown = tuple((each.other.iri, each.standing) for each in group.statements)
    return group.predicate.iri, group.total, shown


def _folded(sections: Iterable[PageSection], told_above: str) -> Iterator[PageSection]:
    """The first section is open, and those after it for as long as the page stays short."""
    shown = 0
    for each in sections:
        again = each.name == told_above
        shown += 0 if again else each.shown
        yield replace(each, folded=again or _AT_ONCE < shown > each.shown)
