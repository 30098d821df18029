"""The columns of `SELECT *`, in the order in which the query names them.

SPARQL leaves that order to the engine, which takes that of the alphabet.
"""

from __future__ import annotations

import re
from typing import cast

import pyoxigraph as ox

from c5graph import scan

# Spaces are never given back, or a run of them would be read again from each of its places.
_STAR = re.compile(r"\bSELECT\s*+(?:(?:DISTINCT|REDUCED)\s*+)?\*", re.IGNORECASE)
_PROLOGUE = ("PREFIX", "BASE")
_OF_ALL = (["SELECT"], ["SELECT", "DISTINCT"], ["SELECT", "REDUCED"])


def spelt_out(query: str, base: str | None) -> str:
    """The query with the variables of an outermost `*` in its place; any other as it is.

    Raises SyntaxError where it is none.
    """
    star = _star(query) if _STAR.search(query) else None
    if star is None:
        return query
    # An empty store tells the variables, whatever the query would cost on data.
    table = cast("ox.QuerySolutions", ox.Store().query(query, base_iri=base))
    names = {each.value for each in table.variables}
    met = (each.text[1:] for each in scan.tokens(query) if each.kind == "variable")
    ordered = [*dict.fromkeys(each for each in met if each in names)]
    if not names or len(ordered) < len(names):
        return query
    return query[:star] + " ".join(f"?{each}" for each in ordered) + query[star + 1 :]


def _star(query: str) -> int | None:
    """Where the `*` of the outermost SELECT stands."""
    words: list[str] = []
    for token in scan.tokens(query):
        if token.kind == "word" and token.text.upper() not in _PROLOGUE:
            words.append(token.text.upper())
        elif token.kind == "other" or words:
            return token.start if token.text == "*" and words in _OF_ALL else None
    return None
