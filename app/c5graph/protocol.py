"""HTTP parts to a QueryRequest, as the SPARQL 1.1 Protocol says. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from c5graph.errors import MalformedRequest, MethodNotAllowed, Refused, UnsupportedMediaType
from c5graph.percent import pairs

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_UPDATE_PARAMETERS = ("update", "using-graph-uri", "using-named-graph-uri")
_MAX_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query and the data set it names outside its text (which overrides FROM inside it)."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


Parameters = Mapping[str, Sequence[str]]


def parse(
    method: str,
    query_string: bytes,
    content_type: str | None = None,
    body: bytes = b"",
    base: str | None = None,
) -> QueryRequest:
    """The query that a request asks. Raises our own errors (400, 403, 405, 415), no others."""
    return read(method, parameters(query_string), content_type, body, base)


def read(
    method: str,
    given: Parameters,
    content_type: str | None = None,
    body: bytes = b"",
    base: str | None = None,
) -> QueryRequest:
    """The same, where the parameters of the URL have been decoded."""
    if method in ("GET", "HEAD"):
        return _from_parameters(given, base)
    if method != "POST":
        raise MethodNotAllowed(method, METHODS)
    media_type = _media_type(content_type)
    if media_type == UPDATE:
        raise update_refused()
    if media_type == FORM:
        return _from_parameters(merge(given, parameters(body)), base)
    if media_type == QUERY:
        return _from_text(body, given, base)
    raise _unsupported(content_type)


def parameters(encoded: bytes) -> dict[str, list[str]]:
    """Decode ``a=1&b=2`` strictly: what is not UTF-8 is a 400, never a replacement character."""
    given: dict[str, list[str]] = {}
    try:
        found = pairs(encoded, _MAX_FIELDS)
    except UnicodeDecodeError as error:
        raise _not_utf8("request") from error
    except ValueError as error:
        raise MalformedRequest(
            "The request has too many parameters.", remedy=f"Give {_MAX_FIELDS} at most."
        ) from error
    for name, value in found:
        given.setdefault(name, []).append(value)
    return given


def merge(first: Parameters, second: Parameters) -> dict[str, list[str]]:
    """Both sets of parameters together, so that one given twice is seen twice."""
    names = [*first, *(name for name in second if name not in first)]
    return {name: [*first.get(name, ()), *second.get(name, ())] for name in names}


def single(found: Parameters, name: str, default: str | None = None) -> str | None:
    """The value of a parameter that may be given once at most."""
    values = found.get(name, ())
    if len(values) > 1:
        raise MalformedRequest(
            f"The parameter '{name}' is given {len(values)} times.", remedy="Give it once."
        )
    return values[0] if values else default


def update_refused() -> Refused:
    """The error for any kind of update."""
    return Refused(
        "Updates are refused: this service is read-only.", remedy="Send a query instead."
    )


def _not_utf8(what: str) -> MalformedRequest:
    return MalformedRequest(f"The {what} is not valid UTF-8.", remedy="Send it in UTF-8.")


def _unsupported(content_type: str | None) -> UnsupportedMediaType:
    return UnsupportedMediaType(
        f"A body of type {content_type or '(none given)'} is not read here.",
        remedy=f"Send {QUERY} or {FORM}, in UTF-8.",
    )


def _from_parameters(found: Parameters, base: str | None) -> QueryRequest:
    if any(name in found for name in _UPDATE_PARAMETERS):
        raise update_refused()
    query = single(found, "query")
    if query is None:
        raise MalformedRequest(
            "The request has no 'query' parameter.", remedy="Give one as ?query= or in the body."
        )
    return _request(query, found, base)


def _from_text(body: bytes, found: Parameters, base: str | None) -> QueryRequest:
    if "query" in found:
        raise MalformedRequest(
            "The query is given in the body and in the URL.", remedy="Give it in one of them."
        )
    try:
        return _request(body.decode("utf-8-sig"), found, base)
    except UnicodeDecodeError as error:
        raise _not_utf8("body") from error


def _request(query: str, found: Parameters, base: str | None) -> QueryRequest:
    return QueryRequest(
        query, _iris(found, "default-graph-uri"), _iris(found, "named-graph-uri"), base
    )


def _iris(found: Parameters, name: str) -> tuple[str, ...]:
    values = tuple(found.get(name, ()))
    for value in values:
        if not _ABSOLUTE.fullmatch(value):
            raise MalformedRequest(
                f"The value of '{name}' is not an absolute IRI.",
                remedy="Write it out in full, as in http://example.org/graph.",
            )
    return values


def _media_type(content_type: str | None) -> str:
    if not is_utf8(content_type or ""):
        raise _unsupported(content_type)
    return (content_type or "").lower().partition(";")[0].strip()


def is_utf8(content_type: str) -> bool:
    """Whether the header names no charset but the one that is read here."""
    charset = re.search(r";.*?charset\s*=\s*\"?([^\";\s]+)", content_type.lower())
    return charset is None or charset[1] in ("utf-8", "utf8")
