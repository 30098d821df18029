"""Derived facts as JSON, and back.

A claim, which many supports name, is written once and counted from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from c5graph.graph.claims import Firmness, Record
from c5graph.graph.derive import Fact, Support
from c5graph.store.rdf import Literal, NamedNode, Term


def facts_to_json(facts: Iterable[Fact]) -> bytes:
    """The facts in their order. Raises ValueError where one speaks of a blank node.

    Such a node has another name whenever its file is read.
    """
    places: dict[str, int] = {}
    written = [
        [
            fact.iri,
            fact.subject.value,
            fact.predicate.value,
            _plain(fact.object),
            int(fact.firmness),
            [_written(support, places) for support in fact.supports],
        ]
        for fact in facts
    ]
    return json.dumps({"claims": list(places), "facts": written}).encode()


def facts_from_json(text: bytes, record: Record) -> list[Fact]:
    """The reverse. Raises ValueError where it is none, or speaks of claims that there are not."""
    try:
        read = json.loads(text)
        claims = [str(each) for each in read["claims"]]
        facts = _Reader(claims)
        found = [facts.fact(each) for each in read["facts"]]
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError("no facts as they are written") from error
    if not record.claims.keys() >= set(claims):
        raise ValueError("facts that rest on claims of other data")
    return found


class _Reader:
    """Reads facts; what is named again and again is made once."""

    def __init__(self, claims: Sequence[str]) -> None:
        self._claims = claims
        self._nodes: dict[str, NamedNode] = {}

    def fact(self, written: list[Any]) -> Fact:
        iri, subject, predicate, target, firmness, supports = written
        return Fact(
            str(iri),
            self._node(subject),
            self._node(predicate),
            self._term(target),
            Firmness(firmness),
            tuple(map(self._support, supports)),
        )

    def _support(self, written: list[Any]) -> Support:
        rule, claims, status = written
        return Support(
            str(rule),
            frozenset(self._claims[place] for place in claims),
            None if status is None else self._claims[status],
        )

    def _term(self, written: str | list[str | None]) -> Term:
        if isinstance(written, str):
            return self._node(written)
        value, language, datatype = written
        if language is not None:
            return Literal(value or "", language=language)
        return Literal(value or "", datatype=self._node(datatype or ""))

    def _node(self, iri: str) -> NamedNode:
        node = self._nodes.get(iri)
        if node is None:
            node = self._nodes[iri] = NamedNode(iri)
        return node


def _written(support: Support, places: dict[str, int]) -> list[Any]:
    claims = [places.setdefault(iri, len(places)) for iri in sorted(support.claims)]
    status = support.status
    place = None if status is None else places.setdefault(status, len(places))
    return [support.rule, claims, place]


def _plain(term: Term) -> str | list[str | None]:
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal):
        return [term.value, term.language, None if term.language else term.datatype.value]
    raise ValueError(f"{term} has no name that lasts")
