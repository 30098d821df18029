"""Claims as nanopublications, whose IRIs are made from their content (trusty URIs, module RA).

Nobody's key is here, so that they are not signed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from c5graph.graph.claims import Claim
from c5graph.graph.release import Release
from c5graph.namespaces import C5, DCTERMS, PREFIXES, RDF
from c5graph.store.rdf import Literal, NamedNode, Quad, Term, text_of

NP: Final = "http://www.nanopub.org/nschema#"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_PROV: Final = PREFIXES["prov"]
_TYPE: Final = NamedNode(RDF + "type")
_HOLE: Final = "RA-"  # stands in the IRIs until their code is known


def nanopublications(release: Release) -> Iterator[Quad]:
    """One nanopublication a claim: head, assertion, provenance and publication info.

    Asserted is the claim with its wording, not its bare statement, which may be hedged or denied.
    """
    for claim in release.record.claims.values():
        if claim.iri in release.view.selection.shown:
            yield from trusty(list(_nanopublication(release, claim)), f"{claim.iri}/")


def trusty(quads: list[Quad], base: str) -> Iterator[Quad]:
    """The same statements, with the code of their content in the place left for it."""
    hole = base + _HOLE
    made = base + code_of(quads, hole, base)

    def filled(term: Term) -> NamedNode:
        return NamedNode(text_of(term).replace(hole, made))

    for quad in quads:
        target = quad.object if isinstance(quad.object, Literal) else filled(quad.object)
        graph, subject = filled(NamedNode(_name(quad))), filled(quad.subject)
        yield Quad(subject, quad.predicate, target, graph)


def code_of(quads: Iterable[Quad], hole: str, base: str) -> str:
    """The artifact code: RA and the SHA-256 of the statements in their order, a term a line."""

    def told(iri: str) -> str:
        return iri.replace(hole, base + " ")

    def parts(quad: Quad) -> tuple[str, str, str]:
        return told(_name(quad)), told(text_of(quad.subject)), quad.predicate.value

    def order(quad: Quad) -> tuple[object, ...]:
        """IRIs before literals; of equal texts those with a language before those with a type."""
        target = quad.object
        if not isinstance(target, Literal):
            return *parts(quad), False, told(text_of(target))
        kind = "" if target.language else target.datatype.value
        return *parts(quad), True, target.value, kind, target.language or ""

    def lines(quad: Quad) -> tuple[str, ...]:
        target = quad.object
        last = _literal(target) if isinstance(target, Literal) else told(text_of(target))
        return *parts(quad), last, ""

    text = "".join("\n".join(lines(quad)) for quad in sorted(set(quads), key=order))
    digest = hashlib.sha256(text.encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _name(quad: Quad) -> str:
    assert isinstance(quad.graph_name, NamedNode)
    return quad.graph_name.value


def _literal(term: Literal) -> str:
    text = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    if term.language:
        return f"@{term.language.lower()} {text}"
    return f"^{term.datatype.value} {text}"


def _nanopublication(release: Release, claim: Claim) -> Iterator[Quad]:
    this = NamedNode(f"{claim.iri}/{_HOLE}")
    head, said, source, info = (
        NamedNode(f"{this.value}#{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(this, _TYPE, NamedNode(NP + "Nanopublication"), head)
    for name, graph in (("Assertion", said), ("Provenance", source), ("PublicationInfo", info)):
        yield Quad(this, NamedNode(f"{NP}has{name}"), graph, head)
    node, hides = NamedNode(claim.iri), release.view.teller.hides
    for predicate, term in release.index.statements(claim.iri):
        if not hides(text_of(term)):
            yield Quad(node, NamedNode(predicate), term, said)
    for report in claim.reports:
        if not hides(report):
            yield Quad(said, NamedNode(_PROV + "wasDerivedFrom"), NamedNode(report), source)
    for voice in release.index.values(claim.iri, C5 + "attributedTo"):
        yield Quad(said, NamedNode(_PROV + "wasAttributedTo"), NamedNode(voice), source)
    yield Quad(this, NamedNode(DCTERMS + "license"), NamedNode(LICENCE), info)
    yield Quad(this, NamedNode(DCTERMS + "isVersionOf"), node, info)
