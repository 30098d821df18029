"""Values in the reader's language: figures as it writes them, hedges kept, nothing lost."""

from __future__ import annotations

import re

import pytest
from babel.numbers import parse_decimal

from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.graph.release import Release
from c5graph.namespaces import C5, ID, QUDT, RDFS, UNIT, VOC
from c5graph.store.rdf import Literal, NamedNode, Quad, text_of

HEDGES = {
    "exact": "",
    "at-least": "не менее ",
    "more-than": "более ",
    "up-to": "до ",
    "about": "около ",
    "magnitude": "порядка ",
}


def value(**properties: str) -> Labels:
    """Labels of a graph with one value, `x`, that counts aircraft where it counts anything."""
    node, aircraft = NamedNode(ID + "x"), NamedNode(ID + "aircraft")
    quads = [
        Quad(node, NamedNode(C5 + "amount"), Literal(properties.pop("amount"))),
        Quad(node, NamedNode(RDFS + "label"), Literal("some figure", language="en")),
        Quad(aircraft, NamedNode(RDFS + "label"), Literal("самолёты", language="ru")),
    ]
    if "currency" in properties:
        quads.append(Quad(node, NamedNode(C5 + "currency"), Literal(properties["currency"])))
    if "unit" in properties:
        quads.append(Quad(node, NamedNode(QUDT + "hasUnit"), NamedNode(UNIT + properties["unit"])))
    if "of" in properties:
        quads.append(Quad(node, NamedNode(C5 + "countOf"), NamedNode(ID + properties["of"])))
    bound = VOC + "bound-" + properties.get("bound", "exact")
    return Labels(Index([*quads, Quad(node, NamedNode(C5 + "bound"), NamedNode(bound))]))


def said(labels: Labels, lang: str = "ru") -> str:
    return labels.of(ID + "x", lang).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"amount": "8000000000", "currency": "USD"}, "8 млрд долларов США"),
        ({"amount": "8500000000.0", "currency": "USD"}, "8,5 млрд долларов США"),
        ({"amount": "600000", "currency": "EUR"}, "600 000 евро"),
        ({"amount": "1", "currency": "USD"}, "1 доллар США"),
        ({"amount": "2", "unit": "YR"}, "2 года"),
        ({"amount": "24.8", "unit": "PERCENT"}, "24,8 %"),
        ({"amount": "11000000000", "unit": "M3-PER-YR"}, "11 млрд м³ в год"),
        ({"amount": "14", "unit": "NUM", "of": "aircraft"}, "14 (самолёты)"),
        ({"amount": "3", "unit": "%20s"}, "3 %20s"),
        ({"amount": "1", "unit": "NUM", "of": "x"}, "1 (some figure)"),
    ],
)
def test_a_value_is_told_by_its_content(properties: dict[str, str], expected: str) -> None:
    assert said(value(**properties)) == expected


@pytest.mark.parametrize("bound", HEDGES)
def test_a_hedge_stays_a_hedge(bound: str) -> None:
    told = said(value(amount="14", unit="NUM", of="aircraft", bound=bound))
    assert told == f"{HEDGES[bound]}14 (самолёты)"


def test_a_language_that_the_interface_does_not_speak_has_the_english_words() -> None:
    labels = value(amount="14", unit="NUM", of="aircraft")
    assert said(labels, "kk") == said(labels, "en") == "some figure"


def test_every_value_of_the_graph_keeps_its_figure_and_hedge_in_russian(shipped: Release) -> None:
    index, labels = shipped.index, shipped.labels
    scales = {"млн": 10**6, "млрд": 10**9, "трлн": 10**12}
    amounts = list(index.pairs(C5 + "amount"))
    assert len(amounts) > 400
    for iri, term in amounts:
        told = labels.of(iri, "ru")
        bound = (index.value(iri, C5 + "bound") or "").removeprefix(VOC + "bound-")
        assert told.startswith(HEDGES[bound]), told
        found = re.match(r"([\d\xa0,]*\d)\s?(\w*)", told.removeprefix(HEDGES[bound]))
        assert found is not None, told
        figure = parse_decimal(found[1], locale="ru") * scales.get(found[2], 1)
        assert figure == parse_decimal(text_of(term), locale="en"), told
