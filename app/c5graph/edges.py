"""Edges as answers tell them: labels in a language, how firm, and the claims behind each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import islice
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from c5graph.graph.claims import Firmness, reports_of
from c5graph.graph.derive import Fact
from c5graph.graph.index import TYPE, Index
from c5graph.graph.labels import Labels
from c5graph.graph.names import Names
from c5graph.lasting import Stage, binds, stage_of, until
from c5graph.namespaces import C5, ID, RDFS
from c5graph.store.rdf import NamedNode, Term

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_NOTES_KEPT = 50_000
USUAL = frozenset({Firmness.FIRM, Firmness.PLANNED})
_FIRMNESS = {each: each.name.lower() for each in Firmness}


class Named(NamedTuple):
    """An IRI and its label; `iri` is None for a literal."""

    iri: str | None
    label: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"iri": self.iri, "label": self.label}

    @property
    def json(self) -> str:
        """The same as JSON."""
        return f'{{"iri":{quoted(self.iri)},"label":{quoted(self.label)}}}'


@dataclass(frozen=True)
class ClaimNote:
    """A claim behind an edge: its gloss, wording, voices, who passes them on, and reports."""

    iri: str
    gloss: str
    modality: str
    attributed_to: tuple[Named, ...]
    relayed_by: tuple[Named, ...]
    reports: tuple[Named, ...]

    @cached_property
    def plain(self) -> dict[str, Any]:
        """Plain values for JSON, made once; not to be changed."""
        return {
            "iri": self.iri,
            "gloss": self.gloss,
            "modality": self.modality,
            "attributed_to": [each.as_dict() for each in self.attributed_to],
            "relayed_by": [each.as_dict() for each in self.relayed_by],
            "reports": [each.as_dict() for each in self.reports],
        }

    @cached_property
    def json(self) -> str:
        """The same as JSON."""
        return json.dumps(self.plain, ensure_ascii=False, separators=(",", ":"))


class Edge(NamedTuple):
    """One derived fact seen from one of its ends; `distance` counts steps from the start.

    `until` is when it ended or is to end. `status` is the present one of the undertaking that it
    tells of, which says how real it is, and `binding` whether that is signed or further.
    """

    fact: str | None
    direction: Literal["in", "out"]
    at: Named
    predicate: Named
    other: Named
    firmness: str
    distance: int
    claims: tuple[ClaimNote, ...]
    source: Fact
    until: str | None = None
    status: Named | None = None
    binding: bool | None = None

    @property
    def both_ways(self) -> tuple[object, ...]:
        """What it shares with the fact that tells the same of its other end, as of partners."""
        ends = frozenset((self.at.iri, self.other.iri))
        return ends, self.predicate.iri, self.firmness, frozenset(each.iri for each in self.claims)

    @property
    def hedged(self) -> bool:
        """Whether it is no firm fact and must be shown as what it is."""
        return self.firmness != "firm"

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "fact": self.fact,
            "direction": self.direction,
            "distance": self.distance,
            "at": self.at.as_dict(),
            "predicate": self.predicate.as_dict(),
            "other": self.other.as_dict(),
            "firmness": self.firmness,
            "hedged": self.hedged,
            "until": self.until,
            "status": self.status.as_dict() if self.status else None,
            "binding": self.binding,
            "claims": [each.plain for each in self.claims],
        }

    @property
    def json(self) -> str:
        """The same as JSON, put together of parts, which takes a third of the time."""
        binding = "null" if self.binding is None else str(self.binding).lower()
        status = self.status.json if self.status else "null"
        claims = ",".join([each.json for each in self.claims])
        return (
            f'{{"fact":{quoted(self.fact)},"direction":"{self.direction}",'
            f'"distance":{self.distance},"at":{self.at.json},"predicate":{self.predicate.json},'
            f'"other":{self.other.json},"firmness":"{self.firmness}",'
            f'"hedged":{"true" if self.hedged else "false"},"until":{quoted(self.until)},'
            f'"status":{status},"binding":{binding},"claims":[{claims}]}}'
        )


def quoted(text: str | None) -> str:
    """A text as JSON has it."""
    return "null" if text is None else encode_basestring(text)


def edges_as_html(caption: str, edges: Iterable[Edge], most: int = 50) -> str:
    """Edges as a table of a notebook, each with how firm it is and what its claims say."""
    lines = (
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            for text in (
                edge.at.label if edge.direction == "out" else edge.other.label,
                edge.predicate.label,
                edge.other.label if edge.direction == "out" else edge.at.label,
                edge.firmness,
                " ".join(claim.gloss for claim in edge.claims),
            )
        )
        + "</tr>"
        for edge in islice(edges, most)
    )
    return f"<table><caption>{escape(caption)}</caption>{''.join(lines)}</table>"


def as_network(
    edges: Iterable[Edge], teller: Teller | None, networked: Callable[[], MultiDiGraph] | None
) -> MultiDiGraph:
    """Edges as a networkx graph; those that a service told come as it makes it of them."""
    from c5graph.networks import network  # noqa: PLC0415 - networkx is slow to import

    if networked is not None:
        return networked()
    assert teller is not None
    return network(edges, teller)


class Teller:
    """Tells facts of one view; what the view hides is not found by name."""

    def __init__(
        self,
        index: Index,
        labels: Labels,
        names: Names,
        hidden: frozenset[str] = frozenset(),
        stages: Mapping[str, Stage] = MappingProxyType({}),
    ) -> None:
        self.index, self._stages = index, stages
        self._labels, self._names, self.hidden = labels, names, hidden
        self._named: dict[tuple[str, str], Named] = {}
        self._notes: dict[tuple[str, str], ClaimNote] = {}

    def resolve(self, name: str, known: Callable[[str], object]) -> str:
        """IRI of a thing given as slug, CURIE, IRI or exact label. Raises UnknownEntity."""
        found = self._names.resolve(name, known)
        return self._names.refuse(name) if found in self.hidden else found

    def find(self, name: str, known: Callable[[str], object]) -> str | None:
        """IRI of the one thing of this name, hidden or not; None where there is none."""
        return self._names.find(name, known)

    def hides(self, iri: str) -> bool:
        """Whether the view hides it."""
        return iri in self.hidden

    def insist_on_terms(self, iris: Iterable[str]) -> None:
        """Raise BadParameter for a term that would be ours and is none."""
        for iri in iris:
            self._names.insist_on_term(iri)

    def named(self, iri: str, lang: str) -> Named:
        """The IRI with its label."""
        known = self._named.get((iri, lang))
        if known is None:
            if len(self._named) >= _NOTES_KEPT:
                self._named.clear()
            known = self._named[iri, lang] = Named(iri, self._labels.of(iri, lang))
        return known

    def term(self, term: Term, lang: str) -> Named:
        """A term with its label; a literal has no IRI."""
        if isinstance(term, NamedNode):
            return self.named(term.value, lang)
        return Named(None, self._labels.of_term(term, lang))

    def edge(self, fact: Fact, *, outgoing: bool, distance: int, lang: str) -> Edge:
        """A fact as an edge, seen from its subject (outgoing) or from its object."""
        subject, target = self.named(fact.subject.value, lang), self.term(fact.object, lang)
        stage = self.stage_of(fact)
        return Edge(
            fact=fact.iri or None,
            direction="out" if outgoing else "in",
            at=subject if outgoing else target,
            predicate=self.named(fact.predicate.value, lang),
            other=target if outgoing else subject,
            firmness=_FIRMNESS[fact.firmness],
            distance=distance,
            claims=self._notes_of(fact, lang) if fact.supports else (),
            source=fact,
            until=until(self.index, fact),
            status=self.named(stage.status, lang) if stage else None,
            binding=binds(self.index, stage) if stage else None,
        )

    def _notes_of(self, fact: Fact, lang: str) -> tuple[ClaimNote, ...]:
        claims = {claim for support in fact.supports for claim in support.claims}
        return tuple(self.note(claim, lang) for claim in sorted(claims))

    def stage_of(self, fact: Fact) -> Stage | None:
        """The present status of the undertaking that the fact is about."""
        return stage_of(fact, self._stages) if self._stages else None

    def stage(self, undertaking: str) -> Stage | None:
        """The present status of an undertaking."""
        return self._stages.get(undertaking)

    def note(self, claim: str, lang: str) -> ClaimNote:
        """A claim in few words."""
        known = self._notes.get((claim, lang))
        if known is None:
            if len(self._notes) >= _NOTES_KEPT:  # anybody may ask in any number of languages
                self._notes.clear()
            known = self._notes[claim, lang] = self._make_note(claim, lang)
        return known

    def kinds_below(self, kinds: Iterable[str]) -> frozenset[str]:
        """The classes and every class below them."""
        found = (self.index.closure(each, RDFS + "subClassOf", inverse=True) for each in kinds)
        return frozenset().union(*found)

    def is_of(self, iri: str, kinds: frozenset[str]) -> bool:
        """Whether the thing is typed with one of the classes."""
        return not kinds.isdisjoint(self.index.values(iri, TYPE))

    def is_entity(self, iri: str) -> bool:
        """Whether it is a thing of its own: no code, value or class that many things share."""
        return iri.startswith(ID) and self.index.value(iri, C5 + "amount") is None

    def _make_note(self, claim: str, lang: str) -> ClaimNote:
        voices, relays = (
            tuple(self.named(iri, lang) for iri in self.index.values(claim, C5 + name))
            for name in ("attributedTo", "relayedBy")
        )
        modality = self.index.value(claim, C5 + "modality") or ""
        reports = (iri for iri in reports_of(self.index, claim) if iri not in self.hidden)
        return ClaimNote(
            iri=claim,
            gloss=self._labels.of(claim, lang),
            modality=modality.rpartition("/modality-")[2],
            attributed_to=voices,
            relayed_by=relays,
            reports=tuple(self.named(iri, lang) for iri in reports),
        )
