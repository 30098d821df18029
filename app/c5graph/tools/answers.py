"""Answers of the routes as answers of tools: rows that cite, what was left out, and a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from c5graph.graph.claims import Firmness
from c5graph.tools.citing import Citer, Row, supporting, weakest
from c5graph.tools.witnesses import Witnesses, key_of

Answer = dict[str, Any]
NOTHING: Final = (
    "No claim found. No report of this graph tells it under this lens; that is a proper answer "
    "and says nothing about whether it is so."
)
UNCITED: Final = (
    "Some rows rest on no claim: they count, or tell names and descriptions of the curators. "
    "Cite the data version for them, or select the claims."
)
_MOST_CLAIMS: Final = 50
_HEADS: Final = ("total", "truncated", "next_cursor", "counts", "totals", "groups", "conflicts")


def answer(citer: Citer, found: Mapping[str, Any], rows: Iterable[Row]) -> Answer:
    """The rows with version, lens, and what the answer says of all of them."""
    listed = list(rows)
    uncited = any(not row["claims"] and not row["reports"] for row in listed)
    kept = {name: found[name] for name in _HEADS if found.get(name) not in (None, [])}
    return {
        "data_version": citer.release.version,
        "lens": {
            "iri": citer.view.lens.iri,
            "left_out_for_want_of_a_date": citer.view.selection.undated,
        },
        **kept,
        "rows": listed,
        "note": NOTHING if not listed else UNCITED if uncited else None,
    }


def hits(citer: Citer, found: Mapping[str, Any]) -> Answer:
    """Things by name, each with the first claims about it."""
    return answer(citer, found, (_hit(citer, each) for each in found["results"]))


def _hit(citer: Citer, hit: Row, most: int = 5) -> Row:
    claims = citer.about(hit["iri"])
    return citer.cite({**hit, "claims_about": len(claims)}, claims[:most])


def edge(citer: Citer, given: Row) -> Row:
    """An edge as subject, predicate and object, whichever way it was met."""
    at, other = given["at"], given["other"]
    ends = (at, other) if given["direction"] == "out" else (other, at)
    rest = {name: value for name, value in given.items() if name not in ("at", "other")}
    statement = {"subject": ends[0], "predicate": given["predicate"], "object": ends[1]}
    return citer.cite({**statement, **rest})


def paths(citer: Citer, found: Mapping[str, Any]) -> Answer:
    """A row a path; its firmness is that of its weakest step."""
    return answer(citer, found, (_path(citer, each) for each in found["paths"]))


def _path(citer: Citer, path: Row) -> Row:
    steps = [[edge(citer, each) for each in step] for step in path["steps"]]
    firmest = [min(_firmness(each) for each in step) for step in steps if step]
    firmness = max(firmest).name.lower() if firmest else None
    return citer.cite({**path, "steps": steps}, firmness=firmness)


def _firmness(row: Row) -> Firmness:
    return Firmness[row["firmness"].upper()]


def reasons(citer: Citer, found: Mapping[str, Any]) -> Answer:
    """The facts of a statement, then the claims that state it and why some yield nothing."""
    rows = [citer.cite({"kind": "fact", **each}) for each in found["facts"]]
    rows += [citer.cite({"kind": "claim", **each}, [each["iri"]]) for each in found["claims"]]
    return answer(citer, found, rows)


def listing(citer: Citer, found: Mapping[str, Any], name: str) -> Answer:
    """Rows of ledger or desk; positions of a dispute cite as well, each for itself."""
    return answer(citer, found, (_listed(citer, row) for row in found[name]))


def _listed(citer: Citer, row: Row) -> Row:
    if "positions" in row:
        row = {**row, "positions": [citer.cite(each) for each in row["positions"]]}
    return citer.cite(row)


def bindings(
    citer: Citer,
    found: Mapping[str, Any],
    named: frozenset[str],
    limit: int,
    witnesses: Witnesses | None = None,
) -> Answer:
    """Rows of a query: the claims that it selects or matches, and those behind the facts."""
    if "boolean" in found:
        row = citer.cite({"values": {"answer": found["boolean"]}})
        return answer(citer, found, [row])
    every = found["results"]["bindings"]
    cut = found.get("truncated", False) or len(every) > limit
    told = {**found, "total": len(every), "truncated": cut}
    columns = frozenset(found["head"]["vars"])
    rows = (
        _bound(citer, row, named, (witnesses or {}).get(key_of(row, columns), frozenset()))
        for row in every[:limit]
    )
    return answer(citer, told, rows)


def _bound(citer: Citer, row: Row, named: frozenset[str], seen: frozenset[str]) -> Row:
    terms = {each["value"] for each in row.values()}
    facts = citer.facts(terms | seen) or citer.between(terms, named)
    values = {name: each["value"] for name, each in row.items()}
    claims = sorted({*supporting(facts), *citer.claims(seen)})
    many = {"claims_total": len(claims)} if len(claims) > _MOST_CLAIMS else {}
    return citer.cite({"values": values, **many}, claims[:_MOST_CLAIMS], weakest(facts))
