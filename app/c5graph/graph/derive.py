"""Derived facts: what follows from claims, how firmly, and by which claims.

The rules in `ontology/rules/` are SELECT queries. A rule says which claims together yield
a fact, in these columns: `?subject`, `?predicate`, `?object`; every variable whose name
starts with `claim` is a claim that the fact needs; `?status` is a claim that is needed and
must be the present status of its subject; `?firmness` is the most the rule allows.

The firmness of a fact is the weakest of what the rule allows and of its claims, where a
planned claim counts as firm about a thing with a life of its own (an undertaking): its status
says how real it is. That a stage is reached or a step taken is therefore firm only when asserted,
which their rules say by `?firmness`. Rules see eligible claims only: none that is negative,
deprecated or one of several undecided readings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from c5graph.graph.claims import FIRMNESSES, Claim, Firmness, Record
from c5graph.graph.header import QueryFile
from c5graph.namespaces import C5, FACT, RDF, RULE
from c5graph.store.rdf import (
    DefaultGraph,
    NamedNode,
    Quad,
    Store,
    Term,
    load_store,
    select,
    text_of,
)

_TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Support:
    """Claims that together suffice for a fact; `status` is the one that must be present."""

    rule: str
    claims: frozenset[str]
    status: str | None = None


class Fact(NamedTuple):
    """Subject, predicate and object that follow from claims, how firmly, and why."""

    iri: str
    subject: NamedNode
    predicate: NamedNode
    object: Term
    firmness: Firmness
    supports: tuple[Support, ...]


def derive(quads: Iterable[Quad], record: Record, rules: Iterable[QueryFile]) -> list[Fact]:
    """Run the rules over the statements; facts in the order of their IRIs."""
    return derive_from(working_store(quads, record), record, rules)


def derive_from(store: Store, record: Record, rules: Iterable[QueryFile]) -> list[Fact]:
    """Run the rules over a store that holds what `working_store` puts into one."""
    found: dict[tuple[str, str, str, Firmness], tuple[dict[str, Term], set[Support]]] = {}
    for rule in rules:
        for row in select(store, rule.text):
            support = _support(rule.name, row)
            firmness = _firmness(row, support, record)
            key = (str(row["subject"]), str(row["predicate"]), str(row["object"]), firmness)
            found.setdefault(key, (row, set()))[1].add(support)
    facts = (_fact(key, row, supports) for key, (row, supports) in found.items())
    return sorted(facts, key=lambda fact: fact.iri)


def claim_firmness(claim: Claim, record: Record) -> Firmness:
    """How firmly a claim speaks: planned counts as firm about an undertaking."""
    if claim.modality is Firmness.PLANNED and claim.subject in record.undertakings:
        return Firmness.FIRM
    return claim.modality


def fact_quads(facts: Iterable[Fact], graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """The facts and their supports as statements."""
    for fact in facts:
        node = NamedNode(fact.iri)
        yield Quad(node, _TYPE, NamedNode(C5 + "DerivedFact"), graph)
        yield Quad(node, NamedNode(RDF + "subject"), fact.subject, graph)
        yield Quad(node, NamedNode(RDF + "predicate"), fact.predicate, graph)
        yield Quad(node, NamedNode(RDF + "object"), fact.object, graph)
        yield Quad(node, NamedNode(C5 + "firmness"), NamedNode(fact.firmness.iri), graph)
        for support in fact.supports:
            yield from _support_quads(node, support, graph)


def working_store(quads: Iterable[Quad], record: Record) -> Store:
    """The statements that rules see, in one graph: none of a claim that may yield nothing."""
    left_out = {NamedNode(iri) for iri in record.claims.keys() - record.eligible}
    default = DefaultGraph()
    kept = (
        Quad(quad.subject, quad.predicate, quad.object, default)
        for quad in quads
        if quad.subject not in left_out
    )
    return load_store(kept)


def _support(rule: str, row: dict[str, Term]) -> Support:
    claims = {text_of(term) for name, term in row.items() if name.startswith("claim")}
    status = text_of(row["status"]) if "status" in row else None
    if status is not None:
        claims.add(status)
    return Support(rule, frozenset(claims), status)


def _firmness(row: dict[str, Term], support: Support, record: Record) -> Firmness:
    allowed = FIRMNESSES[text_of(row["firmness"])] if "firmness" in row else Firmness.FIRM
    told = (claim_firmness(record.claims[iri], record) for iri in support.claims)
    return max(allowed, *told)


def _fact(
    key: tuple[str, str, str, Firmness], row: dict[str, Term], supports: set[Support]
) -> Fact:
    subject, predicate = row["subject"], row["predicate"]
    assert isinstance(subject, NamedNode)
    assert isinstance(predicate, NamedNode)
    digest = _digest(*key[:3], key[3].iri)
    ordered = tuple(sorted(supports, key=lambda each: (each.rule, sorted(each.claims))))
    return Fact(FACT + digest, subject, predicate, row["object"], key[3], ordered)


def _support_quads(
    fact: NamedNode, support: Support, graph: NamedNode | DefaultGraph
) -> Iterator[Quad]:
    name = _digest(support.rule, *sorted(support.claims), support.status or "")[:8]
    node = NamedNode(f"{fact.value}/support/{name}")
    yield Quad(fact, NamedNode(C5 + "support"), node, graph)
    yield Quad(node, _TYPE, NamedNode(C5 + "Support"), graph)
    yield Quad(node, NamedNode(C5 + "byRule"), NamedNode(RULE + support.rule), graph)
    for claim in sorted(support.claims):
        yield Quad(node, NamedNode(C5 + "needs"), NamedNode(claim), graph)
    if support.status is not None:
        yield Quad(node, NamedNode(C5 + "needsPresentStatus"), NamedNode(support.status), graph)


def _digest(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]
