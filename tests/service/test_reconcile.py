"""The Reconciliation Service API 0.2 over the wire, with the requests that OpenRefine makes."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.search.wire import complaints
from tests.service.reconciling import fetched, reconciled


def test_the_manifest_says_what_there_is(browse: httpx.Client, ask: httpx.Client) -> None:
    for client in (browse, ask):
        response = client.get("/reconcile")
        assert response.headers["content-type"].startswith("application/json")
        assert complaints("manifest", response.json()) == []


def test_everything_that_the_manifest_names_answers(browse: httpx.Client) -> None:
    manifest = browse.get("/reconcile").json()
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert browse.get(template.replace("{{id}}", "kazakhstan")).status_code == 200
    for suggest in manifest["suggest"].values():
        service = suggest["service_url"] + suggest["service_path"]
        found = browse.get(service, params={"prefix": "co"}).json()["result"]
        assert found
        flyout = suggest["flyout_service_url"] + suggest["flyout_service_path"]
        card = browse.get(flyout.replace("${id}", found[0]["id"])).json()
        assert complaints("flyout", card) == []
        assert card["id"] == found[0]["id"]
        assert found[0]["name"] in card["html"]
    proposed = manifest["extend"]["propose_properties"]
    assert browse.get(proposed["service_url"] + proposed["service_path"]).status_code == 200
    for address in (manifest["documentation"], manifest["logo"]):
        assert browse.get(address).status_code == 200


def test_a_column_of_names_is_matched(browse: httpx.Client) -> None:
    wanted = {"type": "State", "type_strict": "should", "limit": 3}
    found = reconciled(
        browse,
        q0={"query": "Казахстан", **wanted},
        q1={"query": "Tadjikistan", **wanted},
        q2={"query": "Wonderland", **wanted},
    )
    assert [(each["id"], each["match"]) for each in found["q0"][:1]] == [("kazakhstan", True)]
    assert found["q1"][0]["id"] == "tajikistan"
    assert not any(each["match"] for each in found["q2"])
    assert len(found["q0"]) <= 3


def test_candidates_come_by_falling_score_and_only_the_first_may_match(
    browse: httpx.Client,
) -> None:
    found = reconciled(browse, q={"query": "Kazakhstan", "limit": 20})["q"]
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 5
    assert [each["match"] for each in found][1:] == [False] * (len(found) - 1)


def test_an_identifier_finds_its_entity(browse: httpx.Client) -> None:
    for text in ("somon-air-boeing-2025", "id:boeing", "https://w3id.org/c5graph/id/us-congress"):
        first = reconciled(browse, q={"query": text})["q"][0]
        assert text.endswith(first["id"])
        assert first["match"]


def test_every_label_and_alias_of_an_entity_finds_it(browse: httpx.Client) -> None:
    rows = fetched(browse, ["china", "kyrgyzstan", "coca-cola"], "rdfs:label", "skos:altLabel")
    for slug, row in rows.items():
        names = [cell["str"] for cells in row.values() for cell in cells]
        assert names
        queries = {f"q{at}": {"query": name} for at, name in enumerate(names)}
        for key, found in reconciled(browse, **queries).items():
            assert slug in [each["id"] for each in found], queries[key]


def test_a_type_keeps_others_out_unless_it_only_should_hold(browse: httpx.Client) -> None:
    found = reconciled(
        browse,
        some={"query": "boeing", "type": "Company"},
        above={"query": "boeing", "type": ["Actor"], "type_strict": "any"},
        both={"query": "boeing", "type": ["Company", "City"], "type_strict": "all"},
        should={"query": "boeing", "type": "City", "type_strict": "should"},
        deal={"query": "boeing", "type": "Agreement", "type_strict": "should", "limit": 50},
        unknown={"query": "boeing", "type": "Spaceship"},
    )
    assert [each["id"] for each in found["some"]] == ["boeing"]
    assert found["above"][0]["id"] == "boeing"
    assert found["both"] == found["unknown"] == []
    assert found["should"][0]["id"] == "boeing"
    assert not found["should"][0]["match"]
    assert found["deal"][0]["type"] == [{"id": "Agreement", "name": "agreement"}]
    assert "boeing" in [each["id"] for each in found["deal"][1:]]


def test_property_values_tell_namesakes_apart(browse: httpx.Client) -> None:
    asked = {"query": "Boeing aircraft purchase", "type": "Agreement"}
    buyer = {"pid": "hasBuyer", "v": "Узбекистан"}
    linked = {"pid": "hasBuyer", "v": {"id": "kazakhstan", "name": "Kazakhstan"}}
    found = reconciled(
        browse,
        text={**asked, "properties": [buyer]},
        linked={**asked, "properties": [linked]},
        several={**asked, "properties": [{"pid": "hasBuyer", "v": ["nobody", linked["v"]]}]},
    )
    assert found["text"][0]["id"].startswith("uzbekistan-boeing")
    assert found["linked"][0]["id"] == found["several"][0]["id"] == "kazakhstan-boeing-2025"


def test_properties_alone_find_entities(browse: httpx.Client) -> None:
    found = reconciled(
        browse,
        code={"properties": [{"pid": "isoAlpha2", "v": "KG"}]},
        bare={"properties": [{"pid": "leiCode", "v": "RVHJWBXLJ1RFUBSY1F30"}]},
        number={"properties": [{"pid": "isoNumeric", "v": 398}]},
        unknown={"properties": [{"pid": "shoeSize", "v": 44}]},
    )
    assert [(each["id"], each["match"]) for each in found["code"]] == [("kyrgyzstan", True)]
    assert found["bare"][0]["id"] == "boeing"
    assert found["number"][0]["id"] == "kazakhstan"
    assert found["unknown"] == []


def test_a_wrong_code_keeps_a_name_from_matching(browse: httpx.Client) -> None:
    query = {"query": "Kazakhstan", "properties": [{"pid": "isoAlpha2", "v": "UZ"}]}
    assert not any(each["match"] for each in reconciled(browse, q=query)["q"])


def test_a_value_that_differs_does_not_make_the_next_best_name_a_match(
    browse: httpx.Client,
) -> None:
    wrong = {"query": "Air Astana", "properties": [{"pid": "basedIn", "v": "uzbekistan"}]}
    found = reconciled(browse, a=wrong)["a"]
    assert found
    assert not any(candidate["match"] for candidate in found)


def test_a_limit_makes_nothing_a_match_that_is_none_without(browse: httpx.Client) -> None:
    texts = ("15 per cent", "11 platforms of the five states with one partner", "Kazakhstan")
    for text in texts:
        found = reconciled(browse, one={"query": text, "limit": 1}, all={"query": text})
        assert found["one"] == found["all"][:1]


def test_queries_are_answered_alike_alone_and_in_company(browse: httpx.Client) -> None:
    one = {"query": "Tokayev"}
    alone = reconciled(browse, q=one)["q"]
    company = reconciled(browse, a={"query": "Tokyo"}, q=one, b={"query": "Toktogul"})["q"]
    assert alone == company


def test_a_batch_may_come_in_the_url(browse: httpx.Client) -> None:
    queries = json.dumps({"q0": {"query": "Russia"}})
    answer = browse.get("/reconcile", params={"queries": queries}).json()
    assert answer["q0"]["result"][0]["id"] == "russia"
    extend = json.dumps({"ids": ["russia"], "properties": [{"id": "isoAlpha3"}]})
    answer = browse.get("/reconcile", params={"extend": extend}).json()
    assert answer["rows"]["russia"]["isoAlpha3"] == [{"str": "RUS"}]


def test_values_are_fetched_as_entities_texts_numbers_and_dates(browse: httpx.Client) -> None:
    rows = fetched(
        browse,
        ["somon-air-boeing-2025", "c5-plus-1-summit-2025", "kazakhstan", "nothing-of-the-kind"],
        "hasSeller",
        "heldOn",
        {"id": "rdfs:label", "settings": {"lang": "ru"}},
        {"id": "skos:exactMatch", "settings": {"limit": 1}},
        "noSuchProperty",
    )
    assert rows["somon-air-boeing-2025"]["hasSeller"] == [{"id": "boeing", "name": "Boeing"}]
    # One report gives the day, another the month: a month is no date of the protocol.
    held = rows["c5-plus-1-summit-2025"]["heldOn"]
    assert held == [{"str": "2025-11"}, {"date": "2025-11-06T00:00:00Z"}]
    assert rows["kazakhstan"]["rdfs:label"] == [{"str": "Казахстан"}]
    assert len(rows["kazakhstan"]["skos:exactMatch"]) == 1
    assert not any(rows["nothing-of-the-kind"].values())
    assert not any(row["noSuchProperty"] for row in rows.values())


def test_nothing_hedged_is_fetched_as_if_it_were_so(browse: httpx.Client) -> None:
    edges = browse.get("/api/neighbours?entity=uzbekistan&direction=out&limit=1000&firmness=all")
    hedged = {
        (edge["predicate"]["iri"].rpartition("#")[2], edge["other"]["label"])
        for edge in edges.json()["edges"]
        if edge["firmness"] != "firm"
    }
    assert any(predicate == "plansToBuyFrom" for predicate, _ in hedged)
    rows = fetched(browse, ["uzbekistan"], *sorted({predicate for predicate, _ in hedged}))
    shown = {
        (predicate, cell.get("name"))
        for predicate, cells in rows["uzbekistan"].items()
        for cell in cells
    }
    assert shown.isdisjoint(hedged)


def test_properties_are_proposed_for_a_type(browse: httpx.Client) -> None:
    answer = browse.get("/reconcile/properties?type=State&limit=5").json()
    assert complaints("data-extension-property-proposal", answer) == []
    assert len(answer["properties"]) == answer["limit"] == 5
    whole = browse.get("/reconcile/properties?type=Agreement").json()
    assert "hasSeller" in [each["id"] for each in whole["properties"]]
    assert browse.get("/reconcile/properties?type=Spaceship").json()["properties"] == []


@pytest.mark.parametrize(
    ("kind", "prefix", "wanted", "shape"),
    [
        ("entity", "тадж", "tajikistan", "suggest-entities-response"),
        ("entity", "somon-air", "somon-air", "suggest-entities-response"),
        ("type", "compa", "Company", "suggest-types-response"),
        ("type", "Company", "Company", "suggest-types-response"),
        ("type", "", "Entity", "suggest-types-response"),
        ("property", "seller", "hasSeller", "suggest-properties-response"),
        ("property", "has sel", "hasSeller", "suggest-properties-response"),
        ("property", "isoAlpha2", "isoAlpha2", "suggest-properties-response"),
    ],
)
def test_what_is_typed_is_completed(
    browse: httpx.Client, kind: str, prefix: str, wanted: str, shape: str
) -> None:
    answer = browse.get(f"/reconcile/suggest/{kind}", params={"prefix": prefix}).json()
    assert complaints(shape, answer) == []
    assert wanted in [each["id"] for each in answer["result"]]


def test_a_cursor_skips_suggestions_and_meets_each_once(browse: httpx.Client) -> None:
    def page(cursor: int) -> list[str]:
        params: dict[str, str | int] = {"prefix": "ka", "cursor": cursor}
        answer = browse.get("/reconcile/suggest/entity", params=params)
        return [each["id"] for each in answer.json()["result"]]

    together = page(0) + page(10)
    assert len(together) == len(set(together)) > 10
    assert page(3)[:5] == together[3:8]
    assert page(100_000) == []


def test_the_preview_may_be_framed_and_nothing_else(browse: httpx.Client) -> None:
    preview = browse.get("/reconcile/preview?id=boeing")
    assert preview.headers["content-type"].startswith("text/html")
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert "unsafe" not in preview.headers["content-security-policy"]
    assert len(preview.headers.get_list("content-security-policy")) == 1
    other = browse.get("/id/boeing").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in other


def test_text_of_a_user_is_never_markup(ask: httpx.Client) -> None:
    found = reconciled(ask, q={"query": "Boris"})["q"][0]
    card = ask.get("/reconcile/flyout/entity", params={"id": found["id"]}).json()["html"]
    assert "<b>" not in card
    assert "Boris &lt;b&gt;&amp;" in card
    assert "<b>" not in ask.get("/reconcile/preview", params={"id": found["id"]}).text


def test_other_origins_may_ask_everything(browse: httpx.Client) -> None:
    origin = {"origin": "http://127.0.0.1:3333"}
    for response in (
        browse.get("/reconcile", headers=origin),
        browse.get("/reconcile/suggest/type?prefix=s", headers=origin),
        browse.post("/reconcile", data={"queries": "{}"}, headers=origin),
        browse.post("/reconcile", data={"queries": "["}, headers=origin),
    ):
        assert response.headers["access-control-allow-origin"] == "*"
    asked = {"access-control-request-method": "POST", **origin}
    allowed = browse.options("/reconcile", headers=asked).headers
    assert "POST" in allowed["access-control-allow-methods"]
