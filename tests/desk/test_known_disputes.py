"""Disagreements between reports that readers found by hand: the desk finds each of them.

Facts are named by the identifiers that their claims carry; those of one line stand in one dispute.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from c5graph.desk.bureau import Office
from c5graph.desk.comparing import Dispute
from c5graph.graph.release import Release
from c5graph.namespaces import DCTERMS

KNOWN = {
    "aircraft of Somon Air, fourteen or up to fourteen": "X0606 X0023",
    "jobs of the order of Somon Air": "X0192 X0027",
    "two aircraft bought or leased": "X0372 X0373",
    "all aircraft of three airlines": "X0463 X0161 X0145 X0150 X0199",
    "the order of Uzbekistan Airways": "X0172 X0170",
    "harvesters made in Kazakhstan or bought": "X0097 X0163",
    "farm machines of Uzbekistan": "X0095 X0151",
    "chips for Kazakhstan": "X0566 X0092 X0093 X0166 X0435",
    "tungsten or its oxide": "X0033 X0046",
    "when the tungsten mine opens": "X0432 X0042",
    "where the tungsten lies": "X0468 X0032 X0042",
    "locomotives over ten or fifteen years": "X0586 X0077",
    "what the locomotives cost": "X0586 X0179",
    "the largest rail deal": "X0176 X0173",
    "the sum of the summit": "X0014 X0327",
    "the sum of the Kazakh deals": "X0016 X0512",
    "the sum of the Uzbek deal": "X0102 X0105",
    "who invests in whom": "X0513 X0021",
    "the day of the memorandum on minerals": "X0107 X0109",
    "ten or eleven states": "X0113 X0130",
    "whether Kazakhstan has joined the accords": "X0008 X0141 X0142",
    "exports of Kazakhstan to the United States": "X0313 X0316",
    "Starlink in Uzbekistan": "X0058 X0500",
    "the cost of the railway": "X0189 X0212",
    "Chinese money for the railway": "X0211 X0217",
    "the first trading partner of Tajikistan": "X0543 X0540 X0224 X0536",
    "trade of China and Kyrgyzstan in two statistics": "X0526 X0530 X0531",
    "the same in eleven months": "X0526 X0527",
    "trade of Russia and Kazakhstan": "X0402 X0404",
    "remittances to Tajikistan": "X0238 X0538",
    "Kyrgyz workers in Russia": "X0241 X0393",
    "Russian investment in Tajikistan": "X0535 X0539",
    "when the electricity line is ready": "X0261 X0262",
    "the cost of Kambarata-1": "X0256 X0258",
    "money for Kambarata-1": "X0253 X0256",
    "what Rogun still costs": "X0249 X0252",
    "World Bank money for Rogun": "X0251 X0248",
    "when the fibre is laid": "X0306 X0307",
    "how long the fibre is": "X0308 X0309",
    "years of rights to the corridor": "X0136 X0589 X0590",
    "dead of one attack": "X0350 X0351",
    "dead of one attack or of two": "X0350 X0351 X0348",
    "how long the border is": "X0349 X0353 X0565",
    "antimony for the United States": "X0525 X0508",
    "antimony in the ground": "X0520 X0525",
    "Russian gas for Uzbekistan": "X0495 X0494",
    "trade of the European Union": "X0298 X0301",
}
# Readers of the first reports found these with a claim that carries no identifier.
WITH_OTHERS = ("X0312",)


@pytest.fixture(scope="module")
def told(shipped: Release, shipped_office: Office) -> list[tuple[Dispute, set[str]]]:
    """Each dispute with the identifiers of its claims."""
    desk = shipped_office.disputes
    names = {
        claim: set(shipped.index.values(claim, DCTERMS + "identifier"))
        for claim in shipped.record.claims
    }
    return [(each, set().union(*(names[c.iri] for c in each.claims))) for each in desk.all]


@pytest.mark.parametrize("case", KNOWN)
def test_a_known_disagreement_is_found(case: str, told: list[tuple[Dispute, set[str]]]) -> None:
    wanted = set(KNOWN[case].split())
    assert [each.name for each, names in told if wanted <= names]


@pytest.mark.parametrize("name", WITH_OTHERS)
def test_a_fact_disagrees_with_one_of_the_first_reports(
    name: str, told: list[tuple[Dispute, set[str]]]
) -> None:
    assert [each for each, names in told if name in names and len(each.positions) > 1]


def test_most_known_disagreements_follow_from_the_rules(
    told: list[tuple[Dispute, set[str]]],
) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for case, line in KNOWN.items():
        for each, names in told:
            if set(line.split()) <= names:
                found[case] |= each.found_by
    computed = [case for case, by in found.items() if "rule" in by]
    assert len(computed) > len(KNOWN) / 2
