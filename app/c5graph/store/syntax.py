"""Why a text is not a query, and where: what the engine says, made readable.

The engine's parser reports the end of the longest keyword it tried, not where it stood, and
calls a breach of a rule an expected word. What the tokens show by themselves (an open string,
a bracket without its twin, a prefix not declared) is told first.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

from c5graph import namespaces, scan
from c5graph.errors import C5GraphError, QuerySyntax
from c5graph.protocol import update_refused
from c5graph.store.breach import breach

_SAYS = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_UNSAID = "[_]"  # what it expected where a rule is broken that it does not name
_KEYWORD = re.compile(r"\b[A-Z][A-Z_]+\b")
_WORDS = (
    "SELECT CONSTRUCT DESCRIBE ASK PREFIX BASE FROM NAMED WHERE FILTER OPTIONAL UNION MINUS GRAPH "
    "BIND VALUES GROUP ORDER HAVING LIMIT OFFSET DISTINCT REDUCED EXISTS UNDEF SEPARATOR COUNT SUM "
    "MIN MAX AVG SAMPLE GROUP_CONCAT REGEX LANG LANGMATCHES DATATYPE BOUND STR STRLEN SUBSTR UCASE "
    "LCASE STRSTARTS STRENDS CONTAINS CONCAT REPLACE COALESCE ISIRI ISBLANK ISLITERAL"
).split()
_BAD_IRI = re.compile(r"<[^\s<>][^<>\n]*>")
_COMPARE = "Look for a misspelt word, a missing dot or a missing ? at that place or just before it."
_MISSING = (
    "Add what is missing, or take out what stands there twice (a dot, a variable bound again)."
)
_TWINS = {"}": "{", ")": "(", "]": "["}


def explain(query: str, engine_says: str) -> C5GraphError:
    """The error to raise for a text that the engine does not read."""
    if scan.is_update(query):
        return update_refused()
    bad_iri = _iri(query) if "IRI parsing failed" in engine_says else None
    return (
        bad_iri
        or _stray(query)
        or _prefix(query)
        or _string(query)
        or _brackets(query)
        or _engine(query, engine_says)
    )


def _at(query: str, offset: int, message: str, remedy: str) -> QuerySyntax:
    line, column = scan.position(query, offset)
    return QuerySyntax(message, remedy=remedy, line=line, column=column)


def _prefix(query: str) -> QuerySyntax | None:
    found = scan.undeclared_prefix(query)
    if found is None:
        return None
    prefix, offset = found
    iri = namespaces.PREFIXES.get(prefix, "...")
    remedy = f"Begin the query with PREFIX {prefix}: <{iri}>"
    return _at(query, offset, f"The prefix '{prefix}:' is not declared.", remedy)


def _iri(query: str) -> QuerySyntax | None:
    for token in scan.tokens(query):
        found = _BAD_IRI.match(query, token.start) if token.kind == "other" else None
        if found is not None:
            message = f"'{found[0][:80]}' is not an IRI."
            remedy = (
                'An IRI holds no space and none of " { } | ^ ` \\; write those as %20 and so on.'
            )
            return _at(query, token.start, message, remedy)
    return None


def _stray(query: str) -> QuerySyntax | None:
    """A sign that no query has outside its texts, often one that cannot be seen."""
    for token in scan.tokens(query):
        sign = token.text
        if token.kind != "other" or sign.isalnum() or " " < sign <= "~":
            continue
        called = unicodedata.name(sign, "a control character").lower()
        is_quote = unicodedata.category(sign) in ("Pi", "Pf")
        remedy = "Write \" or '." if is_quote else "Take it out, or write a plain space."
        message = f"The sign U+{ord(sign):04X} ({called}) has no place in a query."
        return _at(query, token.start, message, remedy)
    return None


def _string(query: str) -> QuerySyntax | None:
    for token in scan.tokens(query):
        if token.kind == "other" and token.text in "\"'":
            message = "A string begins here and has no end."
            return _at(query, token.start, message, "Close it with the same quotation mark.")
    return None


def _brackets(query: str) -> QuerySyntax | None:
    opened: list[scan.Token] = []
    for token in scan.tokens(query):
        if token.kind != "other":
            continue
        if token.text in _TWINS.values():
            opened.append(token)
        elif token.text in _TWINS and (not opened or opened.pop().text != _TWINS[token.text]):
            message = f"Unexpected '{token.text}': no '{_TWINS[token.text]}' before it is open."
            return _at(query, token.start, message, "Remove it, or open what it closes.")
    if not opened:
        return None
    message = f"This '{opened[-1].text}' is never closed."
    return _at(query, opened[-1].start, message, "Close it where it ends.")


def _engine(query: str, engine_says: str) -> QuerySyntax:
    found = _SAYS.fullmatch(engine_says)
    rule = _rule(found[3]) if found else None
    broken = breach(query) if found is None or rule or _UNSAID in found[3] else None
    if broken is not None:
        return _at(query, *broken)
    if found is None:
        return _at(query, 0, "This is not a SPARQL query.", _COMPARE)
    if rule is not None:
        return _at(query, 0, f"The query breaks a rule of SPARQL: {rule}.", "Mend the query.")
    tried = _KEYWORD.findall(found[3])
    offset = _offset(query, int(found[1]), int(found[2])) - min(map(len, tried), default=0)
    token = next((t for t in scan.tokens(query) if t.start >= offset), None)
    if token is None:
        return _at(query, len(query), "The query ends too early.", _MISSING)
    message = f"This is not a SPARQL query: '{token.text[:40]}', or what follows, is unexpected."
    return _at(query, token.start, message, _hint(token))


def _rule(expected: str) -> str | None:
    """The rule that the engine names among what it expected."""
    parts = expected.split(", ")
    return next((part for part in parts if re.search(r"[a-z]{2,} [a-z]", part)), None)


def _hint(token: scan.Token) -> str:
    word = token.text.upper()
    near = get_close_matches(word, _WORDS, n=1, cutoff=0.7) if token.kind == "word" else []
    return f"Did you mean {near[0]}?" if near and near[0] != word else _COMPARE


def _offset(query: str, line: int, column: int) -> int:
    before = query.split("\n")[: line - 1]
    return sum(len(each) + 1 for each in before) + column - 1
