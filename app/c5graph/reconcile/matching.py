"""Candidates for a reconciliation query: by name, weighed with types and property values.

Property values count as much as half the name together. A property that a candidate does not
have says nothing; one that differs lowers it. The first candidate is a match when it is
certain by its score, well ahead of the next, of a type asked for, and when nothing else is
better named: of what differs and what only has no such property neither is sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from time import monotonic
from typing import Any, Final

from rapidfuzz.distance import OSA

from c5graph.entries import Directory, local_name
from c5graph.errors import DeadlineExceeded
from c5graph.namespaces import ID
from c5graph.reconcile.properties import Properties
from c5graph.reconcile.queries import Condition, Given, Query
from c5graph.search import AHEAD, CERTAIN, Wanted
from c5graph.spelling import fold
from c5graph.store.rdf import Literal, NamedNode, Term, text_of

_BY_NAME: Final = 60  # candidates taken by name before properties are looked at
_BY_VALUE: Final = 60
_TEXTS: Final = 4096  # values whose things are remembered: each is compared with many candidates
_NAME_WEIGHT: Final = 2.0
_OTHER_TYPE: Final = 0.6  # of a type that was not asked for, where it only should be of one
_NEAR: Final = 0.8  # texts less alike differ


@dataclass(frozen=True, slots=True)
class Budget:
    """The seconds that an answer may take, and when they end."""

    seconds: float
    until: float

    @staticmethod
    def of(seconds: float) -> Budget:
        """From now on."""
        return Budget(seconds, monotonic() + seconds)

    def check(self) -> None:
        """Raise DeadlineExceeded when the time has run out."""
        if monotonic() > self.until:
            raise DeadlineExceeded(
                f"The batch took longer than {self.seconds:g} seconds and was ended.",
                remedy="Send fewer queries at once, or fewer values of properties.",
            )


ENDLESS: Final = Budget(inf, inf)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity with how well it fits."""

    iri: str
    score: float
    name: float
    of_type: bool
    features: tuple[tuple[str, float | bool], ...]


class Matcher:
    """Finds candidates in one release."""

    def __init__(self, directory: Directory, properties: Properties) -> None:
        self._directory, self._properties = directory, properties
        self._namespace = ID if directory.release.facts else ""
        self._named = lru_cache(maxsize=_TEXTS)(self._things_named)

    def candidates(self, query: Query, budget: Budget = ENDLESS) -> list[Candidate]:
        """Best first, each scored apart from all other queries; all there are, past the limit."""
        names = self._by_name(query)
        wanted = self._wanted(query)
        known = {iri: names.get(iri, 0.0) for iri in (*names, *self._by_value(query.conditions))}
        scored = (self._scored(iri, name, query, wanted, budget) for iri, name in known.items())
        fitting = [each for each in scored if each.of_type or query.strict == "should"]
        return sorted(fitting, key=lambda each: -each.score)

    def answers(
        self, queries: Mapping[str, Query], lang: str, budget: Budget = ENDLESS
    ) -> dict[str, Any]:
        """The answer to each query by its key. Raises DeadlineExceeded when time has run out."""
        return {key: self.answer(query, lang, budget) for key, query in queries.items()}

    def answer(self, query: Query, lang: str, budget: Budget = ENDLESS) -> dict[str, Any]:
        """The candidates as the protocol writes them."""
        budget.check()
        found = self.candidates(query, budget)
        sure = certain(found)
        return {
            "result": [
                self._plain(each, lang, match=sure and place == 0)
                for place, each in enumerate(found[: query.limit])
            ]
        }

    def _by_name(self, query: Query) -> dict[str, float]:
        if not query.text:
            return {}
        wanted = Wanted(namespace=self._namespace, hidden=self._properties.hidden)
        if query.types and query.strict != "should":
            wanted = self._wanted(query)
        found = self._directory.index.search(query.text, wanted=wanted, limit=_BY_NAME, begun=True)
        return {hit.iri: hit.score for hit in found}

    def _wanted(self, query: Query) -> Wanted:
        """The classes asked for; one that is not known is a class without things."""
        iris = frozenset(self._directory.class_iri(each) or each for each in query.types)
        hidden = self._properties.hidden
        return Wanted(iris, query.strict == "all", self._namespace, hidden)

    def _by_value(self, conditions: Iterable[Condition]) -> list[str]:
        found: dict[str, None] = {}
        for condition in conditions:
            predicate = self._properties.iri(condition.pid)
            for given in condition.values if predicate else ():
                holders = self._properties.holders(predicate or "", self._text_of(given))
                fitting = (iri for iri in holders if iri.startswith(self._namespace or iri))
                fitting = (iri for iri in fitting if iri not in self._properties.hidden)
                found.update(dict.fromkeys(list(fitting)[:_BY_VALUE]))
        return list(found)[:_BY_VALUE]

    def _text_of(self, given: Given) -> str:
        known = self._directory.index.resolve(str(given.value)) if given.is_entity else None
        return known or _written(given)

    def _scored(
        self, iri: str, name: float, query: Query, wanted: Wanted, budget: Budget
    ) -> Candidate:
        of_type = self._directory.index.passes(iri, wanted)
        features: list[tuple[str, float | bool]] = []
        parts, weight = 0.0, 0.0
        if query.text:
            features.append(("name", round(name, 1)))
            parts, weight = name * _NAME_WEIGHT, _NAME_WEIGHT
        for condition in query.conditions:
            budget.check()
            how = self._agreement(iri, condition)
            if how is not None:
                features.append((condition.pid, round(how, 1)))
                parts, weight = parts + how, weight + 1
        score = parts / weight if weight else 0.0
        if query.types:
            features.append(("type", of_type))
        score = score if of_type else score * _OTHER_TYPE
        return Candidate(iri, score, name, of_type, tuple(features))

    def _agreement(self, iri: str, condition: Condition) -> float | None:
        """How well the entity's values fit, 0 to 100; None when it has none."""
        predicate = self._properties.iri(condition.pid)
        values = self._properties.values(iri, predicate) if predicate else []
        if not values or not condition.values:
            return None
        return 100 * max(self._alike(g, term) for g in condition.values for term in values)

    def _alike(self, given: Given, term: Term) -> float:
        if isinstance(term, Literal):
            return 0.0 if given.is_entity else _alike_texts(_written(given), term.value)
        iri = text_of(term)
        if given.is_entity or self._directory.index.resolve(str(given.value)) == iri:
            return float(self._directory.index.resolve(str(given.value)) == iri)
        return self._called(_written(given), term)

    def _called(self, text: str, term: Term) -> float:
        """How well a text names an entity."""
        iri = text_of(term)
        if not isinstance(term, NamedNode) or iri not in self._directory.index:
            return float(text == iri)
        return self._named(text).get(iri, 0.0)

    def _things_named(self, text: str) -> dict[str, float]:
        """How well a text names the things that it names best."""
        hits = self._directory.index.search(text, limit=5, begun=False)
        return {hit.iri: hit.score / 100 for hit in hits}

    def _plain(self, each: Candidate, lang: str, *, match: bool) -> dict[str, Any]:
        directory = self._directory
        types = directory.types(each.iri, lang)
        return {
            "id": local_name(each.iri),
            "name": directory.release.labels.of(each.iri, lang),
            "description": directory.description(each.iri, lang),
            "type": [{"id": kind.id, "name": kind.label} for kind in types],
            "score": round(each.score, 1),
            "features": [{"id": name, "value": value} for name, value in each.features],
            "match": match,
        }


def certain(found: list[Candidate]) -> bool:
    """Whether the first candidate is good enough to be taken without a person looking."""
    if not found or not found[0].of_type or found[0].score < CERTAIN:
        return False
    if max(each.name for each in found) - found[0].name >= AHEAD:
        return False
    return len(found) == 1 or found[0].score - found[1].score >= AHEAD


def _written(given: Given) -> str:
    if isinstance(given.value, bool):
        return str(given.value).lower()
    if isinstance(given.value, float) and given.value.is_integer():
        return str(int(given.value))
    return str(given.value)


def _alike_texts(one: str, other: str) -> float:
    first, second = fold(one) or one.strip(), fold(other) or other.strip()
    if first == second:
        return 1.0
    if any(sign.isdigit() for sign in first + second):
        return 0.0  # a code or a figure is the same or another one
    alike = OSA.normalized_similarity(first, second)
    return alike if alike >= _NEAR else 0.0
