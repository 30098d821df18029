"""A thing: its names, what is said about it and by it about others, and where else it is known.

What is said is grouped by relation. A statement is a derived fact with the claims it rests on,
the firm ones first; claims from which nothing follows (denied, set aside, undecided) stand
last and say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from c5graph.desk.bureau import Office
from c5graph.edges import Named
from c5graph.graph.claims import Claim, Firmness
from c5graph.graph.derive import Fact
from c5graph.graph.lens import origins_of
from c5graph.lasting import binds, until
from c5graph.lookup import Which
from c5graph.namespaces import C5, DCTERMS, RDF, RDFS, SKOS
from c5graph.store.rdf import Literal, NamedNode, Term, text_of
from c5graph.views.claims import ClaimNote, Property, Reader, Value
from c5graph.views.ends import Ends
from c5graph.views.words import STANDINGS, standing_in_words

_STANDING = list(STANDINGS)
_TOLD = frozenset(
    {RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "description"}
)
MOST = 200
_EVERY = Which(firmness=frozenset(Firmness))


@dataclass(frozen=True)
class Statement:
    """What is said of one other end: how much it weighs, by how many origins, in which claims."""

    other: Named
    standing: str
    origins: int
    fact: str | None
    claims: tuple[ClaimNote, ...]
    total: int = 0
    until: str | None = None
    binding: bool | None = None
    told_of: tuple[Named, Named] | None = None

    @property
    def left_out(self) -> int:
        """How many claims are not among those told."""
        return max(self.total - len(self.claims), 0)

    @property
    def weight(self) -> str:
        """The standing in words."""
        return standing_in_words(self.standing)


@dataclass(frozen=True)
class Group:
    """Statements with one relation in one direction, the weightiest first."""

    predicate: Named
    incoming: bool
    statements: tuple[Statement, ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not among the statements."""
        return self.total - len(self.statements)


@dataclass(frozen=True)
class Tally:
    """How many facts a thing has, firm and hedged, and the claims about it with their reports."""

    firm: int
    hedged: int
    claims: int
    reports: int


@dataclass(frozen=True)
class Elsewhere:
    """A link to another data set, or a code there, with how it was verified."""

    iri: str
    relation: str
    target: str | None
    text: str
    justification: str
    verified: str


@dataclass(frozen=True)
class Thing:
    """Everything that the page of a thing shows; `uncounted` claims are left out by the lens."""

    iri: str
    title: str
    kinds: tuple[Named, ...]
    description: tuple[Value, ...]
    names: tuple[Value, ...]
    spellings: tuple[Value, ...]
    about: tuple[Group, ...]
    others: tuple[Group, ...]
    tally: Tally
    uncounted: int
    findings: tuple[Named, ...]
    elsewhere: tuple[Elsewhere, ...]
    further: tuple[Property, ...]
    is_undertaking: bool


@dataclass(frozen=True)
class _Found:
    """A fact at a thing, or a claim from which nothing follows; not yet told."""

    standing: str
    origins: int
    other: Term
    claims: tuple[str, ...]
    fact: str | None = None
    until: str | None = None
    binding: bool | None = None


Most = tuple[int, int]
Found = dict[tuple[bool, str], list[_Found]]
"""What is found at a thing by direction (True for incoming) and relation."""


class Things:
    """Makes the views of things under the lens of an office and in the language of a reader."""

    def __init__(self, office: Office, reader: Reader, ends: Ends) -> None:
        self._office, self._reader, self._ends = office, reader, ends
        self._release, self._view = office.release, office.view
        self._counts = office.census.counts

    def of(self, iri: str, most: int = MOST, claims: int = MOST) -> Thing:
        """The view of one thing: so many statements of a relation, so many claims of each."""
        index, reader = self._release.index, self._reader
        labels = [*index.terms(iri, RDFS + "label"), *index.terms(iri, SKOS + "prefLabel")]
        found = self._statements(iri)
        groups = self._groups(found, (most, claims))
        title = reader.named(iri).label
        linked = {
            index.value(link, C5 + "linkPredicate")
            for link in index.subjects(C5 + "linkSubject", iri)
        }
        return Thing(
            iri=iri,
            title=title,
            kinds=reader.all_named(index.values(iri, RDF + "type")),
            description=tuple(map(reader.value, index.terms(iri, DCTERMS + "description"))),
            names=tuple(_others_of(labels, title, reader)),
            spellings=tuple(map(reader.value, index.terms(iri, SKOS + "altLabel"))),
            about=tuple(group for group in groups if not group.incoming),
            others=tuple(group for group in groups if group.incoming),
            tally=self._tally(iri, found),
            uncounted=self._office.left_out_about(iri),
            findings=reader.all_named(
                finding
                for finding in index.subjects(C5 + "findingOn", iri)
                if not self._view.teller.hides(finding)
            ),
            elsewhere=tuple(self._elsewhere(iri)),
            further=reader.properties(
                (predicate, term)
                for predicate, term in index.statements(iri)
                if predicate not in _TOLD and predicate not in linked
            ),
            is_undertaking=iri in self._release.record.undertakings,
        )

    def _tally(self, iri: str, found: Found) -> Tally:
        every = [each for group in found.values() for each in group]
        claims = self._office.claims_about(iri)
        reports = self._office.told.reports(claims)
        firm = sum(each.standing == "firm" for each in every)
        facts = sum(each.fact is not None for each in every)
        return Tally(firm, facts - firm, len(claims), len(reports))

    def _groups(self, found: Found, most: Most) -> list[Group]:
        groups = [
            self._group(predicate, incoming, each, most)
            for (incoming, predicate), each in found.items()
        ]
        return sorted(groups, key=_rank_of_group)

    def _group(self, predicate: str, incoming: bool, found: list[_Found], most: Most) -> Group:
        ordered = sorted(found, key=self._rank)
        told = tuple(self._told(each, most[1], incoming) for each in ordered[: most[0]])
        return Group(self._reader.named(predicate), incoming, told, len(ordered))

    def _rank(self, found: _Found) -> tuple[int, int, str]:
        label = self._reader.term(found.other).label
        return (_STANDING.index(found.standing), -found.origins, label)

    def _told(self, found: _Found, most: int, incoming: bool) -> Statement:
        notes = self._reader.claims(found.claims, most)
        other = self._reader.term(found.other)
        total = len(found.claims)
        own = (found.standing, found.origins, found.fact)
        frame = self._ends.frame(text_of(found.other)) if incoming else None
        named = self._reader.named
        whose = (named(frame.subject), named(frame.predicate)) if frame else None
        return Statement(other, *own, notes, total, found.until, found.binding, whose)

    def _statements(self, iri: str) -> Found:
        found: Found = defaultdict(list)
        used: set[str] = set()
        for (direction, predicate, _), _, fact in self._view.neighbours.edges(iri, _EVERY):
            claims = {claim for support in fact.supports for claim in support.claims}
            used |= claims
            incoming, stage = direction == "in", self._view.neighbours.teller.stage_of(fact)
            found[incoming, predicate].append(
                _Found(
                    standing=fact.firmness.name.lower(),
                    origins=self._origins(fact),
                    other=fact.subject if incoming else fact.object,
                    claims=tuple(claims),
                    fact=fact.iri,
                    until=until(self._release.index, fact),
                    binding=binds(self._release.index, stage) if stage else None,
                )
            )
        for (incoming, predicate, standing, other), bare in self._bare(iri, used).items():
            found[incoming, predicate].append(_Found(standing, 0, other, tuple(bare)))
        return found

    def _bare(self, iri: str, used: set[str]) -> dict[tuple[bool, str, str, Term], list[str]]:
        """Claims from which nothing follows; those that say the same are one statement."""
        found: dict[tuple[bool, str, str, Term], list[str]] = defaultdict(list)
        for claim in self._ends.claims.get(iri, ()):
            if self._counts(claim.iri) and claim.iri not in used:
                incoming = claim.subject != iri
                other: Term = NamedNode(claim.subject) if incoming else claim.object
                found[incoming, claim.predicate, self._standing(claim), other].append(claim.iri)
        return found

    def _origins(self, fact: Fact) -> int:
        return origins_of(fact.supports, self._release.record, self._view.selection.reports)

    def _standing(self, claim: Claim) -> str:
        if claim.rank == "deprecated":
            return "deprecated"
        if claim.negative:
            return "denied"
        if claim.iri not in self._release.record.eligible:
            return "undecided"
        return "surpassed" if claim.is_status else "uncounted"

    def _elsewhere(self, iri: str) -> Iterator[Elsewhere]:
        index = self._release.index
        for link in index.subjects(C5 + "linkSubject", iri):
            relation = index.value(link, C5 + "linkPredicate") or ""
            target = index.value(link, C5 + "linkObject")
            yield Elsewhere(
                iri=link,
                relation=self._reader.named(relation).label,
                target=target,
                text=index.value(link, C5 + "identifier") or target or "",
                justification=index.value(link, C5 + "justification") or "",
                verified=index.value(link, C5 + "verifiedOn") or "",
            )


def _rank_of_group(group: Group) -> tuple[int, int, str]:
    return (_STANDING.index(group.statements[0].standing), -group.total, group.predicate.label)


def _others_of(labels: list[Term], title: str, reader: Reader) -> Iterator[Value]:
    """Names in other languages than that of the title."""
    seen = {title}
    for label in labels:
        if isinstance(label, Literal) and label.value not in seen:
            seen.add(label.value)
            yield reader.value(label)
