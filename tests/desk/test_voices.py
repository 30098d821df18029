"""Who says what: voices by kind with what they say, who passes it on, and what is set aside."""

from __future__ import annotations

from c5graph.desk.bureau import Office
from c5graph.desk.perspectives import PerspectivesAsk
from c5graph.desk.perspectives_page import perspectives_page
from c5graph.desk.voices import GROUPS
from c5graph.graph.release import Release
from c5graph.namespaces import C5, ID

DEAL = ID + "somon-air-boeing-2025"


def test_every_claim_stands_with_each_of_its_voices(
    shipped_office: Office, shipped: Release
) -> None:
    found = perspectives_page(shipped_office, PerspectivesAsk(DEAL)).found
    for speaker in found.speakers:
        assert speaker.voice is not None
        for claim in speaker.claims:
            assert speaker.voice in shipped.index.values(claim.iri, C5 + "attributedTo")
    assert {claim.iri for each in found.speakers for claim in each.claims} == {
        claim.iri for claim in found.claims
    }


def test_officials_companies_and_media_are_told_apart_and_relays_named(
    shipped_office: Office,
) -> None:
    shown = perspectives_page(shipped_office, PerspectivesAsk(DEAL)).as_dict()
    groups = {each["voice"]["iri"].removeprefix(ID): each["group"] for each in shown["voices"]}
    assert groups["us-department-of-state"] == "state"
    assert groups["boeing"] == "company"
    assert groups["abdulkosim-valiev"] == "person"
    assert groups["flightglobal"] == "media"
    order = [each["group"] for each in shown["voices"]]
    assert order == sorted(order, key=list(GROUPS).index)
    state = shown["voices"][0]
    relays = {each["label"] for each in state["relayed_by"]}
    assert "Fergana" in relays
    assert any(each["relayed_by"] for each in state["says"])


def test_a_voice_asked_for_is_heard_alone(shipped_office: Office) -> None:
    ask = PerspectivesAsk(DEAL, voices=frozenset({ID + "boeing"}))
    shown = perspectives_page(shipped_office, ask).as_dict()
    assert shown["claims"] == 14
    whole = perspectives_page(shipped_office, PerspectivesAsk(DEAL)).as_dict()
    (boeing,) = (each for each in whole["voices"] if each["voice"]["iri"] == ID + "boeing")
    assert boeing["claims"] == shown["claims"]
    assert all(each["voice"] for each in shown["voices"])


def test_what_curators_set_aside_was_said_all_the_same(shipped_office: Office) -> None:
    shown = perspectives_page(shipped_office, PerspectivesAsk(DEAL, limit=100)).as_dict()
    positions = [p for row in shown["aspects"] for said in row["says"] for p in said["positions"]]
    aside = [each for each in positions if each["set_aside"]]
    assert aside
    assert all(len(each["claims"]) for each in aside)
    assert len(aside) < len(positions)
