"""What joins things, as entities of their own, and the reports behind that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from c5graph.ftm.mapping import LINKS, ROLES, Link
from c5graph.ftm.nodes import Node, Value, name_of
from c5graph.ftm.things import Things
from c5graph.graph.derive import Fact
from c5graph.graph.release import Release
from c5graph.namespaces import C5, DCTERMS, SCHEMA, VOC, shorten
from c5graph.store.rdf import NamedNode, text_of


def nodes(release: Release, model: Any) -> Iterator[Node]:
    """Things, then what joins them, then the reports named; as the release's lens shows them."""
    things, reports = Things(release, model), set[str]()
    yield from things.all()
    for fact in things.facts:
        link = _link(things, fact)
        if link is not None:
            behind = _behind(release, fact)
            reports.update(behind)
            has_role = model.get(link.schema).get("role") is not None
            yield _joined(release, fact, link, has_role=has_role, reports=behind)
    yield from (_article(release, iri) for iri in sorted(reports))


def _link(things: Things, fact: Fact) -> Link | None:
    """What the fact becomes; None unless both ends are written and fit."""
    predicate, subject = fact.predicate.value, fact.subject.value
    of_role = ROLES.get(things.schemata.get(subject, ""), {})
    link = LINKS.get(predicate) or of_role.get(predicate)
    if link is None or not isinstance(fact.object, NamedNode):
        return None
    ends = ((link.subject, subject), (link.object, fact.object.value))
    return link if all(things.may_be(iri, link.schema, prop) for prop, iri in ends) else None


def _behind(release: Release, fact: Fact) -> list[str]:
    """The reports of the fact's claims that are shown."""
    found = {report for claim in _claims(fact) for report in release.record.claims[claim].reports}
    return sorted(each for each in found if not release.view.teller.hides(each))


def _claims(fact: Fact) -> list[str]:
    return sorted({claim for support in fact.supports for claim in support.claims})


def _joined(
    release: Release, fact: Fact, link: Link, *, has_role: bool, reports: Iterable[str]
) -> Node:
    label = release.labels.of
    told = [
        (link.subject, name_of(fact.subject.value)),
        (link.object, name_of(text_of(fact.object))),
        ("recordId", shorten(fact.iri)),
        ("sourceUrl", fact.iri),
        *([("role", label(fact.predicate.value))] if has_role else []),
        *(("proof", name_of(report)) for report in reports),
    ]
    for claim in _claims(fact):
        told.append(("description", label(claim)))
        told += _shares(release, claim) if link.schema == "Ownership" else ()
        told += _times(release, claim)
    values = (Value(prop, text, shorten(fact.iri)) for prop, text in told)
    return Node(name_of(fact.iri), link.schema, tuple(dict.fromkeys(values)))


def _times(release: Release, claim: str) -> Iterator[tuple[str, str]]:
    for prop, name in (("startDate", "validFrom"), ("endDate", "validUntil")):
        yield from ((prop, text) for text in release.index.values(claim, C5 + name))


def _shares(release: Release, claim: str) -> Iterator[tuple[str, str]]:
    """The share of an owner, where the claim gives exactly one figure."""
    stated, index = release.record.claims[claim], release.index
    value = text_of(stated.object)
    number = index.value(value, C5 + "amount")
    exact = index.value(value, C5 + "bound") == VOC + "bound-exact"
    if stated.predicate == C5 + "hasShare" and exact and number is not None:
        yield "percentage", number


def _article(release: Release, iri: str) -> Node:
    index, label = release.index, release.labels.of
    publisher = index.value(iri, DCTERMS + "publisher")
    told = [("name", label(iri)), *([("publisher", label(publisher))] if publisher else [])]
    for prop, predicate in (
        ("title", DCTERMS + "title"),
        ("sourceUrl", SCHEMA + "url"),
        ("language", DCTERMS + "language"),
        ("publishedAt", DCTERMS + "issued"),
    ):
        told += [(prop, text) for text in index.values(iri, predicate)]
    made = tuple(Value(prop, text, "sources") for prop, text in told)
    return Node(name_of(iri), "Article", made)
