"""Which format an answer takes: the Accept header against what can be written. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from c5graph.errors import NotAcceptable

HTML = "text/html"


class Kind(Enum):
    """What a query's result is."""

    TABLE = "table"
    BOOLEAN = "boolean"
    GRAPH = "graph"


@dataclass(frozen=True)
class Format:
    """One way to write a result. The first media type is its own; the rest are accepted for it."""

    name: str
    media_types: tuple[str, ...]
    label: str
    ending: str


JSON = Format("json", ("application/sparql-results+json", "application/json"), "JSON", "json")
XML = Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), "XML", "xml")
CSV = Format("csv", ("text/csv",), "CSV", "csv")
TSV = Format("tsv", ("text/tab-separated-values",), "TSV", "tsv")
TURTLE = Format(
    "turtle", ("text/turtle", "application/x-turtle", "text/n3", "text/rdf+n3"), "Turtle", "ttl"
)
NTRIPLES = Format("ntriples", ("application/n-triples", "text/plain"), "N-Triples", "nt")
RDFXML = Format("rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), "RDF/XML", "rdf")
JSONLD = Format("jsonld", ("application/ld+json", "application/json"), "JSON-LD", "jsonld")
NQUADS = Format("nquads", ("application/n-quads",), "N-Quads", "nq")
TRIG = Format("trig", ("application/trig",), "TriG", "trig")

TABLES = (JSON, XML, CSV, TSV)
GRAPHS = (TURTLE, NTRIPLES, RDFXML, JSONLD, NQUADS, TRIG)
BY_NAME = {form.name: form for form in (*TABLES, *GRAPHS)}
BY_WORD = {"n3": TURTLE, **{form.ending: form for form in BY_NAME.values()}, **BY_NAME}
"""Formats by name, and by the other words that clients have for them."""

_WORTH_KEEPING = 512  # characters of a header
_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*((?:;[^,]*)?)$", re.ASCII)
_QVALUE = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


@dataclass(frozen=True)
class _Range:
    main: str
    sub: str
    q: float

    def closeness(self, media_type: str) -> int:
        """0 when this range does not cover the media type, else how narrowly it does."""
        main, _, sub = media_type.partition("/")
        if self.main == "*":
            return 1 if self.sub == "*" else 0
        if self.main != main:
            return 0
        return {"*": 2, sub: 3}.get(self.sub, 0)


def formats_for(kind: Kind) -> tuple[Format, ...]:
    """The formats in which a result of this kind can be written, preferred first."""
    return GRAPHS if kind is Kind.GRAPH else TABLES


def negotiate(accept: str | None, kind: Kind) -> tuple[Format, str]:
    """The format for a result and the media type to name it by.

    Raises NotAcceptable when the header allows none of the formats of this kind.
    """
    own = _offers(kind)
    media_type = choose(accept, tuple(own))
    if media_type is None:
        forms = formats_for(kind)
        raise NotAcceptable(
            f"Nothing that '{str(accept)[:100]}' allows can be written for this result.",
            remedy=f"Accept one of {', '.join(form.media_types[0] for form in forms)}.",
        )
    return own[media_type], media_type


@cache
def _offers(kind: Kind) -> dict[str, Format]:
    """Media types with their formats; own ones first, so that "*/*" names the proper one."""
    forms = formats_for(kind)
    own = {form.media_types[0]: form for form in forms}
    for form in forms:
        for alias in form.media_types[1:]:
            own.setdefault(alias, form)
    return own


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offered media type that an Accept header prefers; the earlier wins a tie."""
    if accept is None or not accept.strip():
        return offers[0]
    known = len(accept) <= _WORTH_KEEPING  # or clients would decide how much is kept
    return (_kept_choice if known else _choice)(accept, tuple(offers))


def _choice(accept: str, offers: tuple[str, ...]) -> str | None:
    ranges = _parse(accept)
    best, best_q = None, 0.0
    for offer in offers:
        q = _quality(ranges, offer)
        if q > best_q:
            best, best_q = offer, q
    return best


_kept_choice = lru_cache(maxsize=512)(_choice)


def prefers_html(accept: str | None) -> bool:
    """True for a browser: HTML is named and no RDF or result format is liked better."""
    if accept is None or HTML not in accept.lower():
        return False
    others = [media_type for form in (*TABLES, *GRAPHS) for media_type in form.media_types]
    return choose(accept, (HTML, *others)) == HTML


def encoding_allowed(accept_encoding: str | None, coding: str) -> bool:
    """True when the Accept-Encoding header likes this coding no less than none at all."""
    given: dict[str, float] = {}
    for part in (accept_encoding or "").lower().split(","):
        name, _, parameters = part.strip().partition(";")
        given[name.strip()] = _quality_value(parameters)
    wish = given.get(coding, given.get("*", 0.0))
    return wish > 0 and wish >= given.get("identity", 0.0)


def _quality(ranges: Sequence[_Range], offer: str) -> float:
    closest = max(ranges, key=lambda r: (r.closeness(offer), r.q), default=None)
    return closest.q if closest is not None and closest.closeness(offer) else 0.0


def _parse(accept: str) -> list[_Range]:
    ranges = []
    for part in accept.lower().split(","):
        found = _RANGE.match(part)
        if found and _charset_fits(found[3]):
            ranges.append(_Range(found[1], found[2], _quality_value(found[3])))
    return ranges


def _charset_fits(parameters: str) -> bool:
    charset = re.search(r";\s*charset\s*=\s*\"?([^\";\s]+)", parameters)
    return charset is None or charset[1] in ("utf-8", "utf8", "*")


def _quality_value(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            value = value.strip()
            return float(value) if _QVALUE.fullmatch(value) else 0.0
    return 1.0
