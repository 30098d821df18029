"""FollowTheMoney entities and statements, read back and validated by its own library."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from c5graph.desk.bureau import Office
from c5graph.ftm.mapping import CONTRACT, LINKS, PROPERTIES, ROLES, THINGS
from c5graph.ftm.nodes import name_of
from c5graph.graph.claims import Firmness
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.namespaces import CLAIM, ID, REPORT, VOC, expand, shorten
from c5graph.store.rdf import text_of
from tests.components import missing
from tests.exports.files import exported

if importlib.util.find_spec("followthemoney") is None:
    missing("followthemoney", "it needs PyICU, which could not be built here")

from followthemoney import model
from followthemoney.dataset import Dataset
from followthemoney.proxy import EntityProxy
from followthemoney.statement import Statement, StatementEntity
from followthemoney.statement.serialize import CSV, read_statements


@pytest.fixture(scope="module")
def entities(shipped: Release) -> dict[str, EntityProxy]:
    lines = exported(shipped, "ftm.json").decode().splitlines()
    read = [EntityProxy.from_dict(json.loads(line)) for line in lines]
    assert len({each.id for each in read}) == len(read), "no entity comes twice"
    return {str(each.id): each for each in read}


@pytest.fixture(scope="module")
def statements(shipped: Release) -> list[Statement]:
    return list(read_statements(io.BytesIO(exported(shipped, "statements.csv")), CSV))


def test_the_library_finds_every_entity_valid(entities: dict[str, EntityProxy]) -> None:
    assert len(entities) > 500
    for entity in entities.values():
        entity.schema.validate({"properties": entity.properties})
        assert not [name for name in entity.schema.required if not entity.has(name)], entity.id


def test_every_reference_leads_to_an_entity_of_the_right_schema(
    entities: dict[str, EntityProxy],
) -> None:
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert prop.range is not None
                assert entities[value].schema.is_a(prop.range), (entity.id, prop.name)


def test_statements_make_the_same_entities(
    entities: dict[str, EntityProxy], statements: list[Statement]
) -> None:
    data = Dataset({"name": "c5graph", "title": "c5graph"})
    grouped: dict[str, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.canonical_id, []).append(statement)
    assert grouped.keys() == entities.keys()
    for name, some in grouped.items():
        made = StatementEntity.from_statements(data, some)
        assert made.schema == entities[name].schema
        assert {key: sorted(values) for key, values in made.properties.items()} == {
            key: sorted(values) for key, values in entities[name].properties.items()
        }


def test_every_value_of_a_thing_rests_on_a_firm_fact_or_is_no_claim(
    shipped: Release, statements: list[Statement]
) -> None:
    held = {fact.iri: fact for fact in shipped.basis.held(shipped.view.lens)}
    plain = {"entities", "links", "sources"}
    origins = {each.origin for each in statements if each.prop != "id"}
    assert plain <= origins
    for origin in origins - plain:
        iri = expand(str(origin)) or ""
        if iri.startswith(CLAIM):
            assert iri in shipped.view.selection.counting
        else:
            assert held[iri].firmness is Firmness.FIRM


def test_what_joins_two_things_is_a_firm_fact_between_them(
    shipped: Release, entities: dict[str, EntityProxy]
) -> None:
    held = {name_of(fact.iri): fact for fact in shipped.basis.held(shipped.view.lens)}
    joining = [each for each in entities.values() if each.id and each.id.startswith("c5-fact-")]
    assert len(joining) > 200
    for entity in joining:
        fact = held[str(entity.id)]
        assert fact.firmness is Firmness.FIRM
        ends = {name_of(fact.subject.value), name_of(text_of(fact.object))}
        edge = {
            entity.first(name)
            for name in (entity.schema.edge_source, entity.schema.edge_target)
            if name
        }
        assert edge == ends
        assert entity.get("proof"), "a report stands behind it"


def test_only_a_binding_deal_is_a_contract(
    shipped_office: Office, entities: dict[str, EntityProxy]
) -> None:
    deals = shipped_office.ledger.deals
    binding = {
        name_of(deal.iri)
        for deal in deals
        if not deal.package
        and deal.present
        and deal.present.status_class == VOC + "status-class-binding"
        and not deal.present.planned
    }
    written = {name for name, each in entities.items() if each.schema.name == CONTRACT}
    assert written == binding
    assert 0 < len(written) < len(deals)
    assert all(entities[name].get("status") for name in written)


def test_a_project_says_how_far_it_has_come(entities: dict[str, EntityProxy]) -> None:
    projects = [each for each in entities.values() if each.schema.name == "Project"]
    assert projects
    assert all(each.get("status") for each in projects)


def test_an_amount_is_exact_and_the_only_one(
    shipped_office: Office, entities: dict[str, EntityProxy]
) -> None:
    told = [each for each in entities.values() if each.get("amount", quiet=True)]
    assert told
    deals = {name_of(each.iri): each for each in shipped_office.ledger.deals}
    for entity in told:
        (amount,), (currency,) = entity.get("amount"), entity.get("currency")
        values = deals[str(entity.id)].values
        ((unit, (position,)),) = values.items()
        assert unit == ("currency", currency)
        assert position.least == position.most == Decimal(amount)


def test_nothing_hedged_is_written_when_the_lens_counts_every_wording(shipped: Release) -> None:
    wide = shipped.under(Lens(modality=frozenset(Firmness)))
    usual = _relations(shipped)
    assert _relations(wide) == usual


def _relations(release: Release) -> set[str]:
    rows = csv.DictReader(io.StringIO(exported(release, "statements.csv").decode(), newline=""))
    return {row["entity_id"] for row in rows if row["entity_id"].startswith("c5-fact-")}


def test_the_same_data_give_the_same_bytes_in_any_process(shipped: Release) -> None:
    for line in exported(shipped, "ftm.json").decode().splitlines():
        entity = json.loads(line)
        for values in (*entity["properties"].values(), entity["origin"], entity["datasets"]):
            assert values == sorted(values)


def test_what_a_lens_hides_is_not_written(shipped: Release) -> None:
    report = "tca-2025-11-07-tj-deals"
    one = shipped.under(Lens(reports=frozenset({REPORT + report})))
    rows = [json.loads(line) for line in exported(one, "ftm.json").splitlines()]
    articles = [row["id"] for row in rows if row["schema"] == "Article"]
    assert articles == [f"c5-report-{report}"]


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (ID + "kazakhstan", "c5-kazakhstan"),
        (REPORT + "a-b", "c5-report-a-b"),
        (ID + "a_b", None),
        ("https://example.org/x", None),
    ],
)
def test_names_are_those_that_the_library_takes(iri: str, name: str | None) -> None:
    made = name_of(iri)
    assert re.fullmatch(r"c5-[0-9a-z.-]*[0-9a-z]", made)
    assert made == (name or made)
    assert name is not None or len(made) == 43


def test_the_mapping_names_schemata_and_properties_that_there_are(shipped: Release) -> None:
    known: Any = model
    for iri, schema in THINGS.items():
        assert iri in shipped.index
        assert known.get(schema) is not None
    links = [*LINKS.values(), *(each for roles in ROLES.values() for each in roles.values())]
    for link in links:
        assert {link.subject, link.object} <= known.get(link.schema).properties.keys()
    for held in (each for some in PROPERTIES.values() for each in some):
        assert held.prop in known.get(held.schema).properties
    for iri in (*LINKS, *PROPERTIES, *(each for roles in ROLES.values() for each in roles)):
        assert iri in shipped.index, "a property of the ontology"


def test_the_mapping_is_documented(checkout: Path) -> None:
    text = (checkout / "docs" / "exports.md").read_text(encoding="utf-8")
    for iri, schema in THINGS.items():
        assert f"| `{shorten(iri)}` | `{schema}` |\n" in text
    for of, roles in (("any", LINKS), *ROLES.items()):
        for iri, link in roles.items():
            of_ = of if of == "any" else f"`{of}`"
            ends = f"`{link.subject}` | `{link.object}`"
            assert f"| {of_} | `{shorten(iri)}` | `{link.schema}` | {ends} |" in text
    for iri, helds in PROPERTIES.items():
        for held in helds:
            assert f"| `{shorten(iri)}` | `{held.schema}:{held.prop}` | {held.by} |" in text


def test_schemata_are_what_the_classes_say(entities: dict[str, EntityProxy]) -> None:
    found = Counter(each.schema.name for each in entities.values())
    assert {"Company", "Person", "PublicBody", "Contract", "Ownership", "Occupancy"} <= found.keys()
    assert entities["c5-kazakhstan"].get("country") == ["kz"]
    assert entities["c5-boeing"].schema.name == "Company"
