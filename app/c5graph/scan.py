"""What a query names, read off its tokens: SERVICE, FROM, updates, undeclared prefixes. Pure.

A parser would be surer and costs 2-16 ms; this costs microseconds, and nothing that it decides
is left to it alone: a worker can open no connection (store/seal.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin

from c5graph.namespaces import PREFIXES, sparql_prologue

_START = r"""
    (?P<space>[\x20\t\r\n]++|\#[^\r\n]*+)
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    |(?P<variable>[?$]\w++)
    |(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    |(?P<blank>_:[\w.\-]++)
"""
_NAME = r"""
    |(?P<name>(?:[^\W_](?:[\w.\-]*[\w\-])?)?:(?:[\w:.\-]++|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)
"""
_NUMBER = r"|(?P<number>[0-9]++(?:\.[0-9]++)?(?:[eE][+\-]?[0-9]++)?)"
_END = r"|(?P<word>[A-Za-z_]\w*+)|(?P<other>.)"
# A run of these signs holds names when it ends at a colon, and numbers and words when not. What
# it holds is decided once a run, or a long one would be read again from each of its signs.
_RUN = re.compile(r"[\w.\-]*+")
_NAMES = re.compile(_START + _NAME + _END, re.VERBOSE | re.DOTALL)
_WORDS = re.compile(_START + _NUMBER + _END, re.VERBOSE | re.DOTALL)
_LONG = {
    '"': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\]++|\\.|'(?!''))*+", re.DOTALL),
}
_SHORT = {
    '"': re.compile(r'(?:[^"\\\r\n]++|\\.)*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\r\n]++|\\.)*+", re.DOTALL),
}

# The engine reads `FILTER(?a<?b)SERVICE?c#>` as an operator where the grammar's longest token
# is an IRI: such a text must not hide a keyword.
_OPERATOR_NOT_IRI = re.compile(r"\)[.;]?(?:service|from)[^#]*#", re.IGNORECASE)
_WORTH_A_LOOK = ("service", "from", "\\u")
_OF_GRAPHS = ("graph", "from", "\\u")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U00(10[0-9A-Fa-f]{4}|0[0-9A-Fa-f]{5})")
_UPDATES = frozenset("insert delete load clear create drop add move copy with".split())


class Token(NamedTuple):
    """A token of the SPARQL grammar: its kind, its text and where it starts."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True)
class Named:
    """What a query's text names outside the data it asks about."""

    service: bool = False
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    sure: bool = True
    """False where escapes allow two readings; what is named is then what either names."""

    @property
    def graphs(self) -> tuple[str, ...]:
        """Those of FROM, then those of FROM NAMED."""
        return (*self.default, *self.named)


def names(query: str) -> Named:
    """Whether a query calls another service, and the graphs of its FROM clauses."""
    folded = query.casefold()  # and no pattern without case, which takes as long as the query
    if not any(sign in folded for sign in _WORTH_A_LOOK):
        return Named()
    found = _names(query)
    plain = _ESCAPE.sub(_unescape, query)
    if plain == query:
        return found
    # Some engines read \uXXXX before the grammar, some after: neither reading may hide a word.
    second = _names(plain)
    if second == found:
        return found
    return Named(
        found.service or second.service,
        (*found.default, *second.default),
        (*found.named, *second.named),
        sure=False,
    )


def may_name_graphs(query: str) -> bool:
    """False only for a query that asks of its default graph alone, and of none named in its text.

    Our own name, which stands in most of our IRIs, is no keyword: it is one word with its figure.
    """
    folded = query.lower().replace("c5graph", "")
    return any(sign in folded for sign in _OF_GRAPHS)


def is_update(query: str) -> bool:
    """True when the first word after the prologue opens an update."""
    for token in tokens(query):
        if token.kind == "word" and token.text.lower() not in ("prefix", "base"):
            return token.text.lower() in _UPDATES
    return False


def undeclared_prefix(query: str) -> tuple[str, int] | None:
    """The first prefix used without a declaration and where, for a better message."""
    found = list(tokens(query))
    declared = prefixes(found)
    for before, token in zip([None, *found], found, strict=False):
        if token.kind == "name" and not (before and before.text.lower() == "prefix"):
            prefix = token.text.partition(":")[0]
            if prefix not in declared:
                return prefix, token.start
    return None


def position(query: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in a text."""
    before = query[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a text in order, in a time that grows with its length alone.

    Spaces and comments are left out.
    """
    strings = _Strings(query)
    at, run = 0, -1
    pattern = _WORDS
    while at < len(query):
        if at >= run:
            run = _run_end(query, at)
            pattern = _NAMES if query[run : run + 1] == ":" and query[run - 1] != "." else _WORDS
        kind, text = strings.at(at) or _token(pattern, query, at)
        if kind != "space":
            yield Token(kind, text, at)
        at += len(text)


def _run_end(query: str, at: int) -> int:
    found = _RUN.match(query, at)
    assert found is not None  # it takes nothing where there is none
    return found.end()


def _token(pattern: re.Pattern[str], query: str, at: int) -> tuple[str, str]:
    found = pattern.match(query, at)
    assert found is not None  # the last alternative takes any character
    kind, text = str(found.lastgroup), found[0]
    if kind == "iri" and _OPERATOR_NOT_IRI.search(text, 0, text.rfind("#") + 1):
        return "other", "<"
    return kind, text


class _Strings:
    """The string literals of a text.

    Where one has no end, none of its kind that begins before that place has: each is looked for
    once, since a text of nothing but beginnings would be read to its end from each of them.
    """

    def __init__(self, query: str) -> None:
        self._query = query
        self._hopeless: dict[str, int] = {}

    def at(self, start: int) -> tuple[str, str] | None:
        """The literal that begins here, as kind and text."""
        quote = self._query[start]
        if quote not in _LONG:
            return None
        for mark, body in ((quote * 3, _LONG[quote]), (quote, _SHORT[quote])):
            if self._query.startswith(mark, start) and start >= self._hopeless.get(mark, 0):
                found = body.match(self._query, start + len(mark))
                assert found is not None  # it may be empty
                if self._query.startswith(mark, found.end()):
                    return "string", self._query[start : found.end() + len(mark)]
                self._hopeless[mark] = found.end()
        return None


def _names(query: str) -> Named:
    found = list(tokens(query))
    declared = prefixes(found)
    graphs: list[tuple[bool, str]] = []
    service = False
    for index, token in enumerate(found):
        service = service or _calls_service(found, index, declared)
        if token.kind == "word" and token.text.lower().endswith("from"):
            named = [each.text.lower() for each in found[index + 1 : index + 2]] == ["named"]
            graph = _graph(found, index + (2 if named else 1), declared)
            graphs += [(named, graph)] if graph else []
    default, beside = ([iri for kind, iri in graphs if kind is wanted] for wanted in (False, True))
    return Named(service, tuple(default), tuple(beside))


def _calls_service(found: list[Token], index: int, declared: dict[str, str]) -> bool:
    token = found[index]
    if token.kind == "word":
        return "service" in token.text.lower()
    if token.kind != "name":
        return False
    prefix = token.text.partition(":")[0]
    if not prefix.lower().endswith("service"):
        return False
    if prefix not in declared:
        return not (index and found[index - 1].text.lower() == "prefix")
    # `SERVICE:x {` can be the keyword and the name `:x`.
    follower = found[index + 1].text if index + 1 < len(found) else ""
    return "" in declared and follower == "{"


def _graph(found: list[Token], index: int, declared: dict[str, str]) -> str | None:
    if index >= len(found):
        return None
    token = found[index]
    if token.kind == "iri":
        return _resolved(token, declared)
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return declared.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
    return None


def prefixes(found: list[Token]) -> dict[str, str]:
    """The prefixes that a query declares, and its base as `@base`."""
    declared: dict[str, str] = {}
    for index, token in enumerate(found[:-1]):
        word, following = token.text.lower(), found[index + 1]
        if token.kind != "word":
            continue
        if word == "base" and following.kind == "iri":
            declared["@base"] = _resolved(following, declared)
        if word == "prefix" and following.kind == "name" and index + 2 < len(found):
            declared[following.text[:-1]] = _resolved(found[index + 2], declared)
    return declared


def _resolved(token: Token, declared: dict[str, str]) -> str:
    iri = _ESCAPE.sub(_unescape, token.text[1:-1])
    try:
        return urljoin(declared.get("@base", ""), iri)
    except ValueError:  # a host that there cannot be: such a graph is neither here nor allowed
        return iri


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    # Half a pair is no character, and nothing that holds one can be sent.
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


def with_prefixes(text: str) -> str:
    """The query, with our prefixes declared in one line when it uses one it does not declare."""
    missing = undeclared_prefix(text)
    if missing is None or missing[0].rstrip(":") not in PREFIXES:
        return text
    # On the first line, so that the line numbers of messages stay right.
    return sparql_prologue().replace("\n", " ") + text
