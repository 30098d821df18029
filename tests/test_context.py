"""The alignments with outside vocabularies, and the JSON-LD context.

The context is made from the ontology; `python -m tests.test_context` writes it anew.
"""

from __future__ import annotations

import json

import pytest
from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef

from c5graph.namespaces import BASE, C5, ID, PREFIXES
from tests.turtle import CHECKOUT, ONTOLOGY, read

CONTEXT = CHECKOUT / "ontology" / "context.jsonld"
ALIGNMENTS = CHECKOUT / "ontology" / "alignments.ttl"


def test_alignments_link_terms_of_ours_to_outside_terms_and_do_nothing_else() -> None:
    relations = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch}
    terms = read(*(path for path in ALIGNMENTS.parent.glob("*.ttl") if path != ALIGNMENTS))
    for term, predicate, thing in read(ALIGNMENTS):
        assert str(term).startswith(C5)
        if predicate == RDF.type:
            assert (term, RDF.type, thing) in terms
        else:
            assert predicate in relations
            assert not str(thing).startswith(BASE)


def context() -> dict[str, object]:
    """The JSON-LD context that follows from the prefixes and the terms of the ontology."""
    terms: dict[str, object] = {"type": "@type"}
    for kind in (OWL.Class, OWL.DatatypeProperty, OWL.ObjectProperty):
        for term in sorted(str(each) for each in ONTOLOGY.subjects(RDF.type, kind)):
            name = term.removeprefix(C5)
            entry: dict[str, str] = {"@id": "c5:" + name}
            if kind == OWL.ObjectProperty:
                entry["@type"] = "@id"
            terms[name] = entry
    return {"@context": {"@version": 1.1, **dict(sorted(PREFIXES.items())), **terms}}


def as_text(document: dict[str, object]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def test_the_json_ld_context_is_the_one_that_the_ontology_gives() -> None:
    remedy = "Write it anew: PYTHONPATH=app python -m tests.test_context"
    assert CONTEXT.read_text(encoding="utf-8") == as_text(context()), remedy


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_json_ld_context_reads_plain_json_as_our_terms() -> None:
    document = {
        **json.loads(CONTEXT.read_text(encoding="utf-8")),
        "@id": "id:kazakhstan",
        "type": "State",
        "isoAlpha2": "KZ",
        "borders": "id:kyrgyzstan",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    state = URIRef(ID + "kazakhstan")
    assert set(graph) == {
        (state, RDF.type, URIRef(C5 + "State")),
        (state, URIRef(C5 + "isoAlpha2"), Literal("KZ")),
        (state, URIRef(C5 + "borders"), URIRef(ID + "kyrgyzstan")),
    }


if __name__ == "__main__":
    CONTEXT.write_text(as_text(context()), encoding="utf-8")
