"""Rows of a query with the claims that its patterns match, selected or not."""

from __future__ import annotations

from c5graph.errors import C5GraphError
from c5graph.tools.answers import Answer, bindings
from c5graph.tools.asking import Asker, Given
from c5graph.tools.citing import Citer
from c5graph.tools.terms import Vocabulary
from c5graph.tools.witnesses import Witnesses, with_witnesses, witnesses_of


async def queried(
    asker: Asker, citer: Citer, words: Vocabulary, asked: tuple[str, Given], limit: int
) -> Answer:
    """The rows of a query under a lens. Raises what the service says."""
    query, given = asked
    found = await asker.rows(query, given)
    seen: Witnesses = {}
    if found.get("results", {}).get("bindings"):
        seen = await _witnesses(asker, query, given, frozenset(found["head"]["vars"]))
    return bindings(citer, found, words.named(query), limit, seen)


async def _witnesses(asker: Asker, query: str, given: Given, columns: frozenset[str]) -> Witnesses:
    """None where the query with them is too much: the rows then say that they are not cited."""
    more = with_witnesses(query)
    if more is None:
        return {}
    try:
        found = await asker.rows(more, given)
    except C5GraphError:
        return {}
    return witnesses_of(found["results"]["bindings"], columns)
