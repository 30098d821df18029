"""What `c5graph export` writes besides the files of `/dump`: RDF 1.2 and nanopublications."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Final

from c5graph.dump import DUMPS, Progress, write_dump
from c5graph.errors import BadParameter
from c5graph.graph.claims import Claim
from c5graph.graph.release import Release
from c5graph.namespaces import C5, DCTERMS, PREFIXES, RDF
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, Triple, write

NP: Final = "http://www.nanopub.org/nschema#"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_PROV: Final = PREFIXES["prov"]
_TYPE: Final = NamedNode(RDF + "type")
_PARTS: Final = frozenset(RDF + name for name in ("subject", "predicate", "object"))


def write_export(release: Release, target: str, sink: IO[bytes], progress: Progress) -> None:
    """Write the file that a name with this ending asks for. Raises BadParameter."""
    ending = ending_of(target)
    if ending in DUMPS:
        return write_dump(release, ending, sink, progress)
    quads, form = EXPORTS[ending]
    return write(_counted(quads(release), progress), form, sink)


def ending_of(target: str) -> str:
    """The ending of ours that a file name has, the longest. Raises BadParameter."""
    known = [*EXPORTS, *DUMPS]
    for ending in known:
        if target.lower().endswith(f".{ending}"):
            return ending
    raise BadParameter(
        f"{target}: no known format.", remedy=f"End it with one of {', '.join(known)}."
    )


def reified(release: Release) -> Iterator[Quad]:
    """The default graph, where a claim reifies its statement as RDF 1.2 has it.

    The statement is named and not made: what is planned, denied or disputed stays a claim.
    """
    claims = release.record.claims
    for quad in release.quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            continue
        stated = claims.get(getattr(quad.subject, "value", ""))
        if stated is None or quad.predicate.value not in _PARTS:
            yield quad
        elif quad.predicate.value == RDF + "predicate":
            statement = Triple(
                NamedNode(stated.subject), NamedNode(stated.predicate), stated.object
            )
            yield Quad(quad.subject, NamedNode(RDF + "reifies"), statement, DefaultGraph())


def nanopublications(release: Release) -> Iterator[Quad]:
    """One nanopublication a claim: head, assertion, provenance and publication info.

    Asserted is the claim with its wording, not its bare statement, which may be hedged or denied.
    """
    for claim in release.record.claims.values():
        yield from _nanopublication(release, claim)


def _nanopublication(release: Release, claim: Claim) -> Iterator[Quad]:
    this = NamedNode(f"{claim.iri}/nanopub")
    head, said, source, info = (
        NamedNode(f"{this.value}#{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(this, _TYPE, NamedNode(NP + "Nanopublication"), head)
    for name, graph in (("Assertion", said), ("Provenance", source), ("PublicationInfo", info)):
        yield Quad(this, NamedNode(f"{NP}has{name}"), graph, head)
    node = NamedNode(claim.iri)
    for predicate, term in release.index.statements(claim.iri):
        yield Quad(node, NamedNode(predicate), term, said)
    for report in claim.reports:
        yield Quad(said, NamedNode(_PROV + "wasDerivedFrom"), NamedNode(report), source)
    for voice in release.index.values(claim.iri, C5 + "attributedTo"):
        yield Quad(said, NamedNode(_PROV + "wasAttributedTo"), NamedNode(voice), source)
    yield Quad(this, NamedNode(DCTERMS + "license"), NamedNode(LICENCE), info)
    yield Quad(this, NamedNode(DCTERMS + "isVersionOf"), node, info)


def _counted(quads: Iterable[Quad], progress: Progress) -> Iterator[Quad]:
    for quad in quads:
        yield quad
        progress(1)


EXPORTS: Final[dict[str, tuple[Callable[[Release], Iterator[Quad]], str]]] = {
    "rdf12.ttl": (reified, "ttl"),
    "rdf12.nt": (reified, "nt"),
    "nanopubs.trig": (nanopublications, "trig"),
}
"""Statements to write and their format, by ending."""
