"""What an import writes: blocks in our layout, in the right file, at the right place."""

from __future__ import annotations

import hashlib

import pytest

from c5graph.authoring.importing import Wishes
from c5graph.graph.layout import layout_problems
from c5graph.graph.sources import Sources
from tests.authoring.conftest import CLAIM, ENTITY, FINDING, REPORT, Desk

NAME = REPORT["id"]


OWN = {**CLAIM, "report": NAME}


REPLACE = Wishes(replace=True)


def block(text: str, subject: str) -> str:
    """The block of a subject."""
    return text[text.index(f"\n{subject}\n") + 1 :].partition("\n.\n")[0]


def test_a_claim_is_written_as_claims_are(desk: Desk) -> None:
    row = OWN | {
        "identifier": "X0002|X0001", "validFrom": "2025-11", "polarity": "negative",
        "relayedBy": "glance", "onCondition": 'The "mill" opens.', "identification": "inferred",
        "cito:confirms": "tca-2025-11-07-tj-deals-001",
    }  # fmt: skip
    desk.write([REPORT], [row])
    assert block(desk.text(f"claims/{NAME}.ttl"), "claim:zarnitsa-2026-01-05-mill-01") == (
        """claim:zarnitsa-2026-01-05-mill-01
    a c5:Claim ;
    rdf:subject id:kazakhstan ;
    rdf:predicate c5:borders ;
    rdf:object id:china ;
    c5:gloss "Kazakhstan and China share a border."@en ;
    c5:modality voc:modality-asserted ;
    c5:polarity voc:polarity-negative ;
    c5:onCondition "The \\"mill\\" opens."@en ;
    c5:attributedTo id:asia-plus ;
    c5:relayedBy id:glance ;
    c5:stance voc:stance-neutral ;
    c5:identification voc:inferred ;
    c5:validFrom "2025-11"^^xsd:gYearMonth ;
    cito:confirms claim:tca-2025-11-07-tj-deals-001 ;
    dcterms:identifier "X0002" ,
        "X0001" ;
    c5:evidence report:zarnitsa-2026-01-05-mill ;"""
    )


def test_a_framed_node_stands_below_its_claim(desk: Desk) -> None:
    row = OWN | {
        "predicate": "seeks", "object": "", "modality": "sought", "frame": "Objective",
        "frameLabel": "a mill",
        "frameTriples": "concerns russia, china; measuredBy USD 5 about; horizonTo P1Y; "
        "concerns boeing",
    }  # fmt: skip
    desk.write([REPORT], [row, OWN])
    text = desk.text(f"claims/{NAME}.ttl")
    assert block(text, "id:zarnitsa-2026-01-05-mill-01-objective") == (
        """id:zarnitsa-2026-01-05-mill-01-objective
    a c5:Objective ;
    rdfs:label "a mill"@en ;
    c5:concerns id:boeing ,
        id:china ,
        id:russia ;
    c5:measuredBy id:usd-5-about ;
    c5:horizonTo "P1Y"^^xsd:duration ;"""
    )
    assert (
        text.index("mill-01\n") < text.index("mill-01-objective\n    a") < text.index("mill-02\n")
    )


VALUES = [
    ("hasValue", "USD 4200000000 up-to list", "usd-4200000000-up-to-list",
     "up to 4,200,000,000 US dollars (list price)", "4200000000.0"),
    ("hasValue", "KZT 1.50", "kzt-1-5-exact", "1.50 tenge", "1.5"),
    ("hasQuantity", "QTY 12 aircraft at-least", "quantity-12-aircraft-at-least",
     "at least 12 aircraft", "12.0"),
    ("hasQuantity", "QTY 380 unit:KiloM about", "quantity-380-kilom-about",
     "about 380 kilometres", "380.0"),
    ("hasQuantity", "QTY 12000 unit:TONNE of uranium", "quantity-12000-tonne-of-uranium-exact",
     "12,000 tonnes of uranium", "12000.0"),
    ("hasShare", "SHARE 24.8 of aircraft more-than", "share-24-8-of-aircraft-more-than",
     "more than 24.8 per cent of aircraft", "24.8"),
]  # fmt: skip


@pytest.mark.parametrize("case", VALUES, ids=[each[2] for each in VALUES])
def test_a_value_is_named_by_its_content(desk: Desk, case: tuple[str, ...]) -> None:
    predicate, cell, name, label, amount = case
    desk.write([OWN | {"predicate": predicate, "object": cell}], [REPORT])
    written = block(desk.text("entities/values.ttl"), f"id:{name}")
    assert f'rdfs:label "{label}"@en ;' in written
    assert f"c5:amount {amount} ;" in written
    assert f"rdf:object id:{name} ;" in desk.text(f"claims/{NAME}.ttl")


def test_a_value_that_exists_is_used(desk: Desk) -> None:
    row = OWN | {"predicate": "hasValue", "object": "USD 3200000000"}
    result = desk.write([REPORT], [row])
    assert "rdf:object id:usd-3200000000-exact ;" in desk.text(
        "claims/zarnitsa-2026-01-05-mill.ttl"
    )
    assert result.counts == {"report": 1, "origin": 1, "claim": 1}


def test_an_entity_goes_where_those_of_its_class_are_with_labels_and_properties(desk: Desk) -> None:
    row = ENTITY | {
        "label": "Zarnitsa Works|Зарница@ru", "altLabels": "ZW", "description": "Maker of mills.",
        "unnamed": "true", "inSector": "voc:sector-mining|voc:sector-aviation",
    }  # fmt: skip
    desk.write([row], [ENTITY | {"id": "zarnitsa-pass", "type": "City", "label": "Zarnitsa"}])
    assert block(desk.text("entities/actors.ttl"), "id:zarnitsa-works") == (
        """id:zarnitsa-works
    a c5:Company ;
    rdfs:label "Zarnitsa Works"@en ,
        "Зарница"@ru ;
    skos:altLabel "ZW"@en ;
    dcterms:description "Maker of mills."@en ;
    c5:isUnnamed true ;
    c5:inSector voc:sector-aviation ,
        voc:sector-mining ;"""
    )
    assert "id:zarnitsa-pass" in desk.text("entities/places.ttl")


def test_a_report_and_a_finding_are_written_with_all_they_say(desk: Desk) -> None:
    finding = FINDING | {"basedOn": "https://example.org/b|https://example.org/a",
                         "prefersReading": "tca-2025-11-07-tj-deals-001"}  # fmt: skip
    desk.write([REPORT | {"issued": "2026-01", "textDigest": "0" * 64}], [finding])
    report = block(desk.text("sources.ttl"), "report:zarnitsa-2026-01-05-mill")
    for line in (
        'dcterms:title "A mill opens"@en ;',
        "dcterms:publisher id:asia-plus ;",
        "schema:url <https://example.org/mill> ;",
        "c5:interest voc:interest-independent-press ;",
        "c5:origin id:origin-zarnitsa-mill ;",
        'dcterms:issued "2026-01"^^xsd:gYearMonth ;',
    ):
        assert line in report
    assert "<https://example.org/a> ,\n        <https://example.org/b> ;" in desk.text(
        "findings.ttl"
    )


def test_rows_of_all_tables_may_speak_of_each_other(desk: Desk) -> None:
    claim = OWN | {
        "claim": "zarnitsa-2026-01-05-mill-07", "attributedTo": "zarnitsa-works",
        "subject": "zarnitsa-works", "predicate": "basedIn", "object": "dushanbe",
    }  # fmt: skip
    finding = FINDING | {"on": "claim:zarnitsa-2026-01-05-mill-07|zarnitsa-works"}
    desk.write([finding], [claim], [REPORT | {"publisher": "zarnitsa-works"}], [ENTITY])
    assert "claim:zarnitsa-2026-01-05-mill-07 ,\n        id:zarnitsa-works ;" in desk.text(
        "findings.ttl"
    )


def test_what_is_written_is_in_our_layout_at_its_place_and_keeps_comments(desk: Desk) -> None:
    objects = ("china", "russia", "uzbekistan", "kyrgyzstan")
    rows = [OWN | {"object": each, "gloss": f"It borders {each}."} for each in objects]
    desk.write([REPORT], rows[:2])
    second, path = f"\nclaim:{NAME}-02\n", desk.folder / f"mine/claims/{NAME}.ttl"
    path.write_text(path.read_text().replace(second, "\n# Mind this one." + second))
    desk.write([rows[2] | {"claim": f"{NAME}-09"}, rows[3] | {"claim": f"{NAME}-00"}])
    text = path.read_text()
    subjects = [line[-2:] for line in text.splitlines() if line.startswith("claim:")]
    assert subjects == ["00", "01", "02", "09"]
    assert "\n\n# Mind this one." + second in text
    mine = desk.folder / "mine"
    for item in Sources.files([mine]).inputs:
        assert layout_problems(f"data/{item.path.relative_to(mine)}", item.path) == []


def test_numbers_go_on_in_the_width_of_the_report(desk: Desk) -> None:
    result = desk.plan([CLAIM | {"object": "russia"}, CLAIM])
    made = [name for _, name in result.made]
    first = int(made[0].rpartition("-")[2])
    assert made == [f"claim:tca-2025-11-07-tj-deals-{number:03}" for number in (first, first + 1)]


def test_a_claim_is_replaced_with_its_frame_and_its_unused_passage_goes(desk: Desk) -> None:
    texts = desk.folder / "texts"
    texts.mkdir()
    text = "Ein Müller baut eine Mühle."
    (texts / "a.txt").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    frame = {"predicate": "seeks", "object": "", "modality": "sought", "frame": "Objective",
             "frameLabel": "a mill"}  # fmt: skip
    wishes = Wishes(texts=texts)
    desk.write(
        [REPORT | {"textDigest": digest}], [OWN | frame | {"passage": "0-10|11-15"}], wishes=wishes
    )
    before = desk.text(f"claims/{NAME}.ttl")
    assert hashlib.sha256(text[0:10].encode()).hexdigest() in before
    assert "passage:11-15-position\n    a oa:TextPositionSelector ;\n    oa:start 11 ;" in before
    desk.write([OWN | {"passage": "11-15"}], wishes=REPLACE)
    after = desk.text(f"claims/{NAME}.ttl")
    assert after.count("a c5:Claim ;") == 1
    assert "Objective" not in after
    assert "passage:0-10" not in after
    assert "c5:evidence passage:11-15 ;" in after


def test_entities_reports_and_findings_are_replaced_where_they_stand(desk: Desk) -> None:
    desk.write([ENTITY], [REPORT], [FINDING])
    desk.write(
        [ENTITY | {"description": "A mill."}],
        [REPORT | {"title": "Mills"}],
        [FINDING | {"label": "Two"}],
        wishes=REPLACE,
    )  # fmt: skip
    assert desk.text("entities/actors.ttl").count("id:zarnitsa-works") == 1
    assert '"A mill."@en' in desk.text("entities/actors.ttl")
    assert 'dcterms:title "Mills"@en' in desk.text("sources.ttl")
    assert desk.text("findings.ttl").count("finding:zarnitsa-mill") == 1


def test_what_the_shipped_graph_says_is_not_replaced_in_a_folder_of_ones_own(desk: Desk) -> None:
    result = desk.plan([CLAIM | {"claim": "tca-2025-11-07-tj-deals-001"}], wishes=REPLACE)
    assert "stands in data/claims/tca-2025-11-07-tj-deals.ttl" in result.problems[0].message
