"""Labels: figures that read as such, and a language that a reader understands."""

from __future__ import annotations

import pytest

from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.graph.release import Release
from c5graph.store.rdf import Literal, NamedNode
from tests.graph.worlds import iri, label, quad


def value_label(number: str, **others: str) -> str:
    amount = Literal(number, datatype=NamedNode(iri("xsd:decimal")))
    quads = [quad("id:v", "c5:amount", amount), label("id:aircraft", "aircraft", "en")]
    for name, target in others.items():
        literal = Literal(target) if name == "c5_currency" else target
        quads.append(quad("id:v", name.replace("_", ":"), literal))
    return Labels(Index(quads)).of(iri("id:v"))


@pytest.mark.parametrize(
    ("number", "others", "expected"),
    [
        ("3200000000", {"c5_currency": "USD"}, "3.2 billion USD"),
        (
            "3200000000.0",
            {"c5_currency": "USD", "c5_bound": "voc:bound-more-than"},
            "more than 3.2 billion USD",
        ),
        ("9000000", {"c5_currency": "USD", "c5_bound": "voc:bound-exact"}, "9 million USD"),
        ("11500", {"qudt_hasUnit": "unit:NUM"}, "11,500"),
        ("14.0", {"qudt_hasUnit": "unit:NUM", "c5_countOf": "id:aircraft"}, "14 aircraft"),
        (
            "80.0",
            {"qudt_hasUnit": "unit:PERCENT", "c5_bound": "voc:bound-at-least"},
            "at least 80 per cent",
        ),
    ],
)
def test_values_have_readable_labels(number: str, others: dict[str, str], expected: str) -> None:
    assert value_label(number, **others) == expected


def test_labels_fall_back_to_english_then_to_any_language_then_to_the_iri(shipped: Release) -> None:
    quads = [label("id:a", "Kazakhstan", "en"), label("id:a", "Казахстан", "ru")]
    quads += [label("id:b", "Қазақстан", "kk")]
    labels = Labels(Index(quads))
    assert labels.of(iri("id:a"), "ru") == "Казахстан"
    assert labels.of(iri("id:a"), "kk") == "Kazakhstan"
    assert labels.of(iri("id:b"), "ru") == "Қазақстан"
    assert labels.of(iri("id:c")) == "c"
    assert shipped.labels.of(iri("c5:hasBuyer"), "ru") == "имеет покупателя"
