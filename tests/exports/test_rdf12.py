"""RDF 1.2 and nanopublications, read back by an engine and by rdflib."""

from __future__ import annotations

import io

import pytest

from c5graph.errors import BadParameter
from c5graph.exports import ending_of, write_export
from c5graph.graph.release import Release
from c5graph.namespaces import RDF
from c5graph.store.rdf import FORMATS, NamedNode, Triple, parse_text, text_of

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")


def exported(release: Release, ending: str) -> bytes:
    sink = io.BytesIO()
    write_export(release, f"all.{ending}", sink)
    return sink.getvalue()


@pytest.mark.parametrize("ending", ["rdf12.ttl", "rdf12.nt"])
def test_each_claim_reifies_its_statement_in_rdf_1_2(shipped: Release, ending: str) -> None:
    read = list(parse_text(exported(shipped, ending), FORMATS[ending.removeprefix("rdf12.")]))
    told = {
        str(quad.subject.value): quad.object
        for quad in read
        if quad.predicate.value == RDF + "reifies" and isinstance(quad.subject, NamedNode)
    }
    assert told == {
        claim.iri: Triple(NamedNode(claim.subject), NamedNode(claim.predicate), claim.object)
        for claim in shipped.record.claims.values()
    }
    claims = shipped.record.claims.keys()
    parts = {RDF + name for name in ("subject", "predicate", "object")}
    assert not [
        quad for quad in read if text_of(quad.subject) in claims and quad.predicate.value in parts
    ]


def test_an_ending_is_the_longest_that_fits() -> None:
    assert ending_of("a.rdf12.ttl") == "rdf12.ttl"
    assert ending_of("a.ttl") == "ttl"
    assert ending_of("A.NANOPUBS.TRIG") == "nanopubs.trig"
    with pytest.raises(BadParameter, match="no known format"):
        ending_of("a.docx")
