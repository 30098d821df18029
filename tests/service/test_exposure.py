"""Exposure over the wire: ranges that open to their claims, tables, pages, and what if."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from c5graph.namespaces import CLAIM
from tests.service.test_analytics import BROWSER, PATH


def test_exposure_is_a_range_whose_ends_open_to_claims(browse: httpx.Client) -> None:
    found = browse.get(f"{PATH}/exposure", params={"entity": "tajikistan"}).json()
    assert found["version"].startswith("0.")
    assert [each["label"] for each in found["powers"]] == ["Russia", "China", "United States"]
    told = {each["projection"]["name"]: each for each in found["relations"]}
    for each in told["dependence"]["shares"]:
        share = each["share"]
        assert {"low", "central", "high", "claims", "open_by"} == set(share)
        for end in ("low", "central", "high"):
            assert (share[end] is None) or share["claims"][end]
            assert set(share["claims"][end]) <= set(found["claims"])
    assert told["dependence"]["single_points"]


def test_exposure_is_a_table_and_a_page_and_answers_what_if(browse: httpx.Client) -> None:
    given = {"entity": "tajikistan", "without": "russia"}
    table = browse.get(f"{PATH}/exposure", params={**given, "format": "csv"}).text
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["figure"] for row in rows} == {"share", "size", "concentration"}
    assert all(row["unit"] for row in rows if row["figure"] == "size")
    page = browse.get(f"{PATH}/exposure", params=given, headers=BROWSER)
    assert page.status_code == 200
    assert "not told" in page.text
    assert "things cut off" in page.text
    assert "things at home there go as well" in page.text
    assert "None" not in re.sub(r"<[^>]*>", " ", page.text.partition('id="without"')[2])
    found = browse.get(f"{PATH}/exposure", params=given).json()["without"]
    assert "Russia" in [each["label"] for each in found["lost"][0]["nodes"]]
    assert found["lost"][0]["node"]["label"] == "Russia"
    assert found["relations"]


def test_the_page_of_an_exposure_tells_shares_in_per_cent_and_what_its_words_mean(
    browse: httpx.Client,
) -> None:
    given = {"entity": "tajikistan"}
    deals = browse.get(f"{PATH}/exposure", params=given).json()["relations"][0]
    russia = next(each["share"] for each in deals["shares"] if each["power"]["label"] == "Russia")
    page = browse.get(f"{PATH}/exposure", params=given, headers=BROWSER).text
    brief = page.partition('id="brief"')[2].partition("</table>")[0]
    assert f"<b>{russia['central']:.1%}</b>" in brief
    assert not re.search(r">\s*0\.\d{3}", page)
    for term in ("share", "ends", "range", "concentration", "single"):
        assert f'<dt id="reading-{term}">' in page
    assert 'api/analytics#exposure">' in page
    russian = browse.get(f"{PATH}/exposure", params={**given, "lang": "ru"}, headers=BROWSER).text
    assert f"<b>{russia['central']:.1%}</b>".replace(".", ",") in russian


EXPOSED = (
    *("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan"),
    *("uranium", "antimony", "rare-earth-elements", "central-asia-china-pipeline-line-d"),
)


def ranges(found: Any) -> Iterator[dict[str, Any]]:
    """Every range of an answer, however deep."""
    if isinstance(found, dict):
        if {"low", "central", "high", "claims"} <= found.keys():
            yield found
        for each in found.values():
            yield from ranges(each)
    elif isinstance(found, list):
        for each in found:
            yield from ranges(each)


@pytest.mark.parametrize("entity", EXPOSED)
def test_every_end_of_every_range_opens_to_claims_that_the_page_leads_to(
    browse: httpx.Client, entity: str
) -> None:
    answer = browse.get(f"{PATH}/exposure", params={"entity": entity}).json()
    page = browse.get(f"{PATH}/exposure", params={"entity": entity}, headers=BROWSER)
    assert page.status_code == 200
    blocks = [*answer["measured"], *answer["relations"]]
    told = list(ranges([each.get("parts", each.get("shares")) for each in blocks]))
    assert told
    for each in ranges(blocks):
        for end in ("low", "central", "high"):
            assert each[end] is None or each["claims"][end]
            assert set(each["claims"][end]) <= set(answer["claims"])
    for each in told:
        behind = {iri.removeprefix(CLAIM) for some in each["claims"].values() for iri in some}
        assert all(f"claim/{name}" in page.text for name in behind)


def test_a_figure_of_several_states_at_once_is_of_none_of_them_alone(browse: httpx.Client) -> None:
    found = browse.get(f"{PATH}/exposure", params={"entity": "uranium"}).json()
    partners = {part["partner"]["label"] for each in found["measured"] for part in each["parts"]}
    assert "uranium output of Kazakhstan and Uzbekistan" in partners
    assert "uranium" not in partners


def test_a_claim_that_goes_changes_the_figures_that_rest_on_it(browse: httpx.Client) -> None:
    given = {"entity": "tajikistan", "without": "claim:turkmenportal-2023-lined-04"}
    found = browse.get(f"{PATH}/exposure", params=given).json()["without_claims"]
    assert [each["iri"] for each in found["claims"]] == [CLAIM + "turkmenportal-2023-lined-04"]
    changed = {(each["of"], each["partner"]): each for each in found["changes"]}
    assert changed["transit", "China"]["before"] == {"low": 0.0, "central": 0.2, "high": 0.5}
    assert changed["transit", "China"]["after"] is None
    assert not any(each["of"] in ("deals", "flows") for each in found["changes"])
    page = browse.get(f"{PATH}/exposure", params=given, headers=BROWSER)
    assert "Without these claims" in page.text
    hidden = browse.get(f"{PATH}/exposure", params={**given, "knownAt": "2020-01-01"})
    assert hidden.status_code == 400
    assert "There is no claim claim:turkmenportal-2023-lined-04" in hidden.text


def test_a_work_that_goes_takes_what_it_joins_with_it(browse: httpx.Client) -> None:
    given = {"entity": "tajikistan", "without": "central-asia-china-pipeline-line-d"}
    answer = browse.get(f"{PATH}/exposure", params=given).json()

    def share(relations: list[Any], name: str) -> Any:
        (told,) = [each for each in relations if each["projection"] in (name, {"name": name})]
        return {each["power"]["label"]: each["share"]["central"] for each in told["shares"]}

    before = [{**e, "projection": e["projection"]["name"]} for e in answer["relations"]]
    assert share(before, "transit")["China"] == 0.2
    assert share(answer["without"]["relations"], "transit")["China"] is None


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "'entity' is missing"),
        ("entity=nobody", "nobody"),
        ("entity=tajikistan&powers=nowhere", "nowhere"),
        ("entity=tajikistan&projections=nothing", "There are"),
        ("entity=tajikistan&without=a~b", "'a'"),
        ("entity=tajikistan&without=claim:none", "no claim claim:none"),
        ("entity=tajikistan&colour=red", "colour"),
    ],
)
def test_an_exposure_that_cannot_be_asked_is_told(
    browse: httpx.Client, query: str, told: str
) -> None:
    answer = browse.get(f"{PATH}/exposure?{query}")
    assert answer.status_code in (400, 404), answer.text
    error = answer.json()["error"]
    assert told in error["message"] + " " + error["remedy"]
