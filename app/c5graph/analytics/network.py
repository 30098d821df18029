"""Networks: what a projection makes of the facts that hold under a lens.

Every edge keeps the facts that it rests on, and through them the claims.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from c5graph.analytics.projections import Projection, Projections, Row, rows_of, store_of
from c5graph.analytics.skeleton import Skeleton
from c5graph.edges import ClaimNote, Teller
from c5graph.graph.claims import Firmness, Record
from c5graph.graph.derive import Fact
from c5graph.graph.index import TYPE
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release, View, shown_facts
from c5graph.lasting import binds, until_all
from c5graph.lenses import canonical
from c5graph.namespaces import shorten

if TYPE_CHECKING:
    from networkx import DiGraph, Graph

LENSES_KEPT = 6


@dataclass(frozen=True)
class Tie:
    """An edge of a network: its ends, its weight, its firmest reason and the facts it rests on."""

    source: str
    target: str
    weight: int
    firmness: Firmness
    facts: tuple[str, ...]
    through: tuple[str, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends, the source first."""
        return self.source, self.target


class Lasting(NamedTuple):
    """Until when an edge holds, the present statuses behind it, and whether one of them binds.

    `until` is None where one of its facts has no end, `binding` where it tells of no undertaking.
    """

    until: str | None
    statuses: tuple[str, ...]
    binding: bool | None

    def attributes(self) -> dict[str, str | bool]:
        """What is told, as attributes of an edge: networks know no empty value."""
        found: dict[str, str | bool] = {"until": self.until} if self.until else {}
        if self.binding is not None:
            found |= {"statuses": " ".join(self.statuses), "binding": self.binding}
        return found


@dataclass(frozen=True)
class Network:
    """A projection under a lens, with edges of these firmnesses only."""

    projection: Projection
    lens: Lens
    version: str
    firmness: frozenset[Firmness]
    ties: tuple[Tie, ...]
    undated: int
    facts: Facts = field(repr=False, compare=False)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """IRIs of everything that an edge ends at."""
        return tuple(sorted({end for tie in self.ties for end in tie.ends}))

    @cached_property
    def skeleton(self) -> Skeleton:
        """What is computed on."""
        weighted = ((tie.source, tie.target, float(tie.weight)) for tie in self.ties)
        return Skeleton.of(weighted, directed=self.projection.directed)

    def claims(self, tie: Tie) -> tuple[str, ...]:
        """IRIs of the claims behind an edge."""
        return self.facts.claims(tie.facts)

    def head(self) -> dict[str, Any]:
        """What every result names: projection, direction, weight, firmness, size."""
        return {
            **self.projection.as_dict(),
            "firmness": [each.name.lower() for each in sorted(self.firmness)],
            "nodes": len(self.nodes),
            "edges": len(self.ties),
        }

    def to_networkx(self, lang: str = "en") -> DiGraph | Graph:
        """As a networkx graph: nodes are IRIs, edges carry weight, firmness, facts and claims."""
        import networkx as nx

        kind = nx.DiGraph if self.projection.directed else nx.Graph
        head = self.projection.as_dict()
        made = kind(
            projection=head["name"],
            direction=head["direction"],
            weight=head["weight"]["meaning"],
            lens=canonical(self.lens),
            version=self.version,
        )
        for iri in self.nodes:
            made.add_node(iri, **self.facts.described(iri, lang))
        for tie in self.ties:
            made.add_edge(*tie.ends, **self._attributes(tie))
        return made

    def lasting(self, tie: Tie) -> Lasting:
        """Until when an edge holds, and how far the undertakings have come of which it tells."""
        return self.facts.lasting(tie.facts, tie.through)

    def _attributes(self, tie: Tie) -> dict[str, Any]:
        return {
            "weight": tie.weight,
            "firmness": tie.firmness.name.lower(),
            "hedged": tie.firmness is not Firmness.FIRM,
            **self.lasting(tie).attributes(),
            "facts": " ".join(tie.facts),
            "claims": " ".join(self.claims(tie)),
            "through": " ".join(tie.through),
        }


class Facts:
    """The facts of one view by IRI, and how things and claims are told."""

    def __init__(self, facts: Iterable[Fact], record: Record, teller: Teller) -> None:
        self._facts = {fact.iri: fact for fact in facts}
        self._record, self.teller = record, teller

    def __contains__(self, fact: str) -> bool:
        return fact in self._facts

    def claims(self, facts: Iterable[str]) -> tuple[str, ...]:
        """IRIs of the claims behind these facts."""
        supports = (each for iri in facts for each in self._facts[iri].supports)
        return tuple(sorted({claim for support in supports for claim in support.claims}))

    def supports(self, fact: str) -> list[frozenset[str]]:
        """Claims that together suffice for a fact, each set of them on its own."""
        return [support.claims for support in self._facts[fact].supports]

    def lasting(self, facts: Sequence[str], through: Iterable[str]) -> Lasting:
        """How long facts last, and how far the undertakings have come that they tell of."""
        index = self.teller.index
        told = [self._facts[iri] for iri in facts]
        known = (self.teller.stage(iri) for iri in {*through, *(f.subject.value for f in told)})
        stages = [stage for stage in known if stage is not None]
        return Lasting(
            until_all(index, told),
            tuple(sorted({stage.status for stage in stages})),
            any(binds(index, stage) for stage in stages) if stages else None,
        )

    def undertakings(self, facts: Iterable[str]) -> frozenset[str]:
        """The undertakings that those claims are about."""
        subjects = {self._record.claims[claim].subject for claim in self.claims(facts)}
        return frozenset(subjects & self._record.undertakings)

    def notes(self, claims: Iterable[str], lang: str) -> list[ClaimNote]:
        """The claims in few words."""
        return [self.teller.note(claim, lang) for claim in claims]

    def described(self, iri: str, lang: str) -> dict[str, str]:
        """Label and types of a thing, as attributes of a node."""
        kinds = self.teller.index.values(iri, TYPE)
        label = self.teller.named(iri, lang).label
        return {"label": label, "type": " ".join(map(shorten, kinds))}


class Drawn:
    """What projections yield from every derived fact of a release. Threads may share it.

    A projection asks for facts that are there and for none that are not: what it yields under a
    lens is therefore what it yields from all facts, less the rows with a fact that does not hold.
    """

    def __init__(self, release: Release) -> None:
        self._release = release
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._lock = Lock()

    def rows(self, projection: Projection) -> tuple[Row, ...]:
        """What the projection yields whatever the lens, found when first asked for."""
        with self._lock:
            if projection.name not in self._rows:
                self._rows[projection.name] = rows_of(projection, self._store)
            return self._rows[projection.name]

    @cached_property
    def _store(self) -> Any:
        return store_of(self._release.basis)


class Networks:
    """The networks of one view, each made when first asked for. Threads may share it."""

    def __init__(
        self, release: Release, view: View, projections: Projections, drawn: Drawn | None = None
    ) -> None:
        self.version, self.view, self.projections = release.version, view, projections
        self.facts = Facts(shown_facts(release.basis, view.lens), release.record, view.teller)
        self._drawn = drawn or Drawn(release)
        self._rows: dict[str, tuple[Row, ...]] = {}

    def rows(self, projection: Projection) -> tuple[Row, ...]:
        """What the projection yields under the lens, whatever the firmness."""
        found = self._rows.get(projection.name)
        if found is None:
            every = self._drawn.rows(projection)
            found = tuple(row for row in every if all(fact in self.facts for fact in row.facts))
            self._rows[projection.name] = found
        return found

    def get(self, name: str, firmness: frozenset[Firmness]) -> Network:
        """The network of a projection. Raises UnknownQuery."""
        projection = self.projections.get(name)
        kept = (row for row in self.rows(projection) if row.firmness in firmness)
        return Network(
            projection=projection,
            lens=self.view.lens,
            version=self.version,
            firmness=firmness,
            ties=tuple(self._ties(projection, kept)),
            undated=self.view.selection.undated,
            facts=self.facts,
        )

    def _ties(self, projection: Projection, rows: Iterable[Row]) -> Iterator[Tie]:
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            ends = (row.source, row.target)
            grouped[ends if projection.directed else (min(ends), max(ends))].append(row)
        for ends, reasons in sorted(grouped.items()):
            yield self._tie(projection, ends, reasons)

    def _tie(self, projection: Projection, ends: tuple[str, str], reasons: list[Row]) -> Tie:
        facts = tuple(sorted({fact for row in reasons for fact in row.facts}))
        through = {row.through for row in reasons if row.through is not None}
        weight = len(facts)
        if projection.weight == "undertakings":
            through |= self.facts.undertakings(facts)
            weight = max(len(through), 1)
        elif projection.weight == "through":
            weight = len(through)
        firmest = min(row.firmness for row in reasons)
        return Tie(*ends, weight, firmest, facts, tuple(sorted(through)))


class NetworkCache:
    """The networks of the lenses used last; the least recently used go."""

    def __init__(self, release: Release, drawn: Drawn | None = None) -> None:
        self._release = release
        self.projections = Projections()
        self._kept: OrderedDict[Lens, Networks] = OrderedDict()
        self.drawn = drawn or Drawn(release)
        self._lock = Lock()

    def of(self, view: View) -> Networks:
        """The networks of a view."""
        with self._lock:
            found = self._kept.pop(view.lens, None)
            found = found or Networks(self._release, view, self.projections, self.drawn)
            self._kept[view.lens] = found
            while len(self._kept) > LENSES_KEPT:
                self._kept.popitem(last=False)
            return found
