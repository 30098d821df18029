"""Evidence over the wire: the claims behind a statement, and why others yield nothing."""

import httpx
import pytest

from c5graph.namespaces import BASE
from c5graph.store.rdf import FORMATS, parse_text


def test_evidence_tells_the_claims_behind_a_fact(browse: httpx.Client) -> None:
    look_up = "/api/neighbours?entity=somon-air&direction=out&firmness=firm&limit=1"
    edge = browse.get(look_up).json()["edges"][0]
    why = browse.get(
        "/api/evidence",
        params={
            "subject": "somon-air",
            "predicate": edge["predicate"]["iri"],
            "object": edge["other"]["iri"] or edge["other"]["label"],
        },
    ).json()
    (fact,) = (each for each in why["facts"] if each["fact"] == edge["fact"])
    told = {claim["iri"] for support in fact["supports"] for claim in support["claims"]}
    assert told == {claim["iri"] for claim in edge["claims"]}
    for support in fact["supports"]:
        for claim in support["claims"]:
            assert claim["counts"]
            assert claim["why_not"] is None
            for place in claim["evidence"]:
                assert place["report"]["iri"]
                assert place["passage"] is None or (place["end"] > place["start"])


def test_evidence_tells_claims_that_yield_nothing_and_why(browse: httpx.Client) -> None:
    query = (
        f"SELECT ?s ?o {{ ?c <{BASE}ontology#polarity> <{BASE}vocab/polarity-negative> ; "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> ?s ; "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#object> ?o FILTER(isIRI(?o)) } LIMIT 1"
    )
    answer = browse.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
    subject, target = answer.text.split()[1].split(",")
    why = browse.get("/api/evidence", params={"subject": subject, "object": target}).json()
    assert "the source denies it" in {claim["why_not"] for claim in why["claims"]}


def test_evidence_hides_what_the_lens_hides(browse: httpx.Client) -> None:
    address = "/api/evidence?subject=somon-air-boeing-2025"
    assert browse.get(address).json()["claims_total"] > 0
    before = browse.get(address + "&knownAt=2025-11-05").json()
    assert (before["facts_total"], before["claims_total"]) == (0, 0)
    assert browse.get("/api/evidence?predicate=hasBuyer").status_code == 400


@pytest.mark.parametrize(("form", "ending"), [("turtle", "ttl"), ("jsonld", "jsonld")])
def test_evidence_comes_as_rdf(browse: httpx.Client, form: str, ending: str) -> None:
    address = "/api/evidence?subject=somon-air-boeing-2025"
    why = browse.get(address).json()
    quads = list(parse_text(browse.get(f"{address}&format={form}").content, FORMATS[ending]))
    subjects = {str(quad.subject)[1:-1] for quad in quads}
    assert {fact["fact"] for fact in why["facts"]} <= subjects
    assert {claim["iri"] for claim in why["claims"]} <= subjects
