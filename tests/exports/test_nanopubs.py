"""Nanopublications, checked by the library of the nanopublication network, without any network."""

from __future__ import annotations

import warnings
from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from rdflib import URIRef

from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.namespaces import C5, PREFIXES
from c5graph.nanopubs import NP, code_of, trusty
from c5graph.store.rdf import FORMATS, Literal, NamedNode, Quad, parse_text, serialise, text_of
from tests.exports.files import exported

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
EVERY = 100


@pytest.fixture(scope="module")
def publications(shipped: Release) -> dict[str, list[Quad]]:
    """Statements by the IRI of their nanopublication."""
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in parse_text(exported(shipped, "nanopubs.trig"), FORMATS["trig"]):
        graph = quad.graph_name
        assert isinstance(graph, NamedNode)
        found[graph.value.partition("#")[0]].append(quad)
    return found


def read(quads: list[Quad]) -> Any:
    """As the library reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from nanopub.nanopub import Nanopub  # noqa: PLC0415 - it warns as it is imported
        from rdflib import ConjunctiveGraph  # noqa: PLC0415

        graph = ConjunctiveGraph()
        graph.parse(data=serialise(quads, "trig"), format="trig")
        return Nanopub(rdf=graph)


def test_each_claim_has_one_named_by_its_content(
    shipped: Release, publications: dict[str, list[Quad]]
) -> None:
    assert {iri.rpartition("/")[0] for iri in publications} == shipped.record.claims.keys()
    assert len(publications) == len(shipped.record.claims)
    for iri, quads in publications.items():
        base, _, code = iri.rpartition("/")
        assert code_of(quads, iri, base + "/") == code
        assert len(code) == 45


@pytest.mark.slow
def test_the_library_finds_them_whole_and_their_names_true(
    publications: dict[str, list[Quad]],
) -> None:
    for iri in sorted(publications)[::EVERY]:
        found = read(publications[iri])
        assert str(found.source_uri) == iri
        assert found.is_valid
        assert found.has_valid_trusty


def test_a_changed_statement_has_another_name(publications: dict[str, list[Quad]]) -> None:
    iri, quads = min(publications.items())
    read(quads)
    from nanopub.utils import MalformedNanopubError  # noqa: PLC0415 - after its warnings

    changed = [
        Quad(quad.subject, quad.predicate, Literal("another gloss", language="en"), quad.graph_name)
        if quad.predicate.value == C5 + "gloss"
        else quad
        for quad in quads
    ]
    assert changed != quads
    with pytest.raises(MalformedNanopubError, match="not valid"):
        assert not read(changed).has_valid_trusty
    assert iri


def test_what_is_asserted_is_the_claim_with_its_wording(
    publications: dict[str, list[Quad]],
) -> None:
    for iri in sorted(publications)[::EVERY]:
        found = read(publications[iri])
        assert set(found.assertion.subjects()) == {URIRef(iri.rpartition("/")[0])}
        assert list(found.assertion.objects(None, URIRef(C5 + "modality")))
        derived = URIRef(PREFIXES["prov"] + "wasDerivedFrom")
        assert list(found.provenance.objects(found.metadata.assertion, derived))
        assert str(found.head.value(URIRef(iri), URIRef(NP + "hasAssertion"))) == f"{iri}#assertion"


def test_whoever_has_a_key_can_sign_them(publications: dict[str, list[Quad]]) -> None:
    iri, quads = min(publications.items())
    found = read(quads)
    from nanopub.nanopub_conf import NanopubConf  # noqa: PLC0415 - after its warnings
    from nanopub.profile import Profile  # noqa: PLC0415

    someone = Profile(orcid_id="https://orcid.org/0000-0000-0000-0000", name="Someone")
    found.conf = NanopubConf(profile=someone)
    found.sign()
    assert found.has_valid_signature
    assert found.has_valid_trusty
    assert str(found.source_uri) != iri, "the signature is part of the content"
    assert str(found.source_uri).startswith(iri.rpartition("/")[0])


def test_texts_with_line_ends_and_languages_have_a_name_that_the_library_agrees_with() -> None:
    base, hole = "https://example.org/np/", "https://example.org/np/RA-"
    this, node = NamedNode(hole), NamedNode("https://example.org/thing")
    parts = {name: NamedNode(f"{hole}#{name}") for name in ("head", "a", "p", "i")}
    says = NamedNode("https://example.org/says")
    texts = (
        Literal("two\nlines \\ and a stroke", language="en"),
        Literal("two\nlines \\ and a stroke"),
        Literal("same", language="ru"),
        Literal("same", language="en"),
        Literal("same"),
        Literal("Ӣӣ, 吉尔吉斯"),
        node,
    )
    quads = [
        Quad(
            this,
            NamedNode(PREFIXES["rdf"] + "type"),
            NamedNode(NP + "Nanopublication"),
            parts["head"],
        ),
        Quad(this, NamedNode(NP + "hasAssertion"), parts["a"], parts["head"]),
        Quad(this, NamedNode(NP + "hasProvenance"), parts["p"], parts["head"]),
        Quad(this, NamedNode(NP + "hasPublicationInfo"), parts["i"], parts["head"]),
        *(Quad(node, says, each, parts["a"]) for each in texts),
        Quad(parts["a"], says, node, parts["p"]),
        Quad(this, says, node, parts["i"]),
    ]
    found = read(list(trusty(quads, base)))
    assert found.is_valid
    assert found.has_valid_trusty


def test_a_lens_hides_claims_and_reports(shipped: Release) -> None:
    early = shipped.under(Lens(known_at=date(2025, 11, 7)))
    quads = list(parse_text(exported(early, "nanopubs.trig"), FORMATS["trig"]))
    about = {
        text_of(q.subject).rpartition("/")[0]
        for q in quads
        if q.predicate.value == NP + "hasAssertion"
    }
    assert about == early.view.selection.shown < shipped.record.claims.keys()
    derived = PREFIXES["prov"] + "wasDerivedFrom"
    reports = {text_of(quad.object) for quad in quads if quad.predicate.value == derived}
    assert reports <= early.view.selection.reports
