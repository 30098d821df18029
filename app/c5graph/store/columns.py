"""The columns of `SELECT *`, in the order in which the query names them.

SPARQL leaves that order to the engine, which takes that of the alphabet.
"""

from __future__ import annotations

import re
from typing import cast

import pyoxigraph as ox

_IRI = r"<(?:[^<>\"{}|^`\\\x00-\x20]++|\\u[0-9A-F]{4}|\\U[0-9A-F]{8})*+>"
# Nothing is ever given back, or a run of spaces would be read again from each of its places.
_SPACE = r"[\x20\t\r\n]++|\#[^\r\n]*+"
_OPENING = re.compile(
    rf"(?:{_SPACE}|PREFIX\b|BASE\b|[\w.\-]*+:|{_IRI})*+"
    rf"SELECT(?:{_SPACE}|DISTINCT|REDUCED)*+\*",
    re.IGNORECASE,
)
# A variable, or what may hold its sign and is none. A scan for tokens takes ten times as long,
# which for a query of many variables is more than the engine takes.
_VARIABLE = re.compile(
    rf"""[^<#"'?$\\]++|[?$](\w++)|{_IRI}|\#[^\r\n]*+|\\.
    |\"{{3}}(?:[^"\\]++|\\.|"(?!""))*+"{{3}}|"(?:[^"\\]++|\\.)*+"
    |'{{3}}(?:[^'\\]++|\\.|'(?!''))*+'{{3}}|'(?:[^'\\]++|\\.)*+'|.""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_EMPTY = ox.Store()


def spelt_out(query: str, base: str | None) -> str:
    """The query with the variables of an outermost `*` in its place; any other as it is.

    Raises SyntaxError where it is none.
    """
    opening = _OPENING.match(query)
    if opening is None:
        return query
    # An empty store tells the variables, whatever the query would cost on data.
    table = cast("ox.QuerySolutions", _EMPTY.query(query, base_iri=base))
    names = {each.value for each in table.variables}
    met = (each[1] for each in _VARIABLE.finditer(query))
    ordered = [*dict.fromkeys(each for each in met if each in names)]
    if not names or len(ordered) < len(names):
        return query
    star = opening.end() - 1
    return query[:star] + " ".join(f"?{each}" for each in ordered) + query[star + 1 :]
