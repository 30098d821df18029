"""What the engine's writers get wrong: commas in the IRIs of CSV, and what XML cannot hold.

Each is a result that looks whole and says something else, or that no reader takes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, Final, Protocol

import pyoxigraph as ox

from c5graph.errors import NotAcceptable
from c5graph.namespaces import RDF

_QUOTED: Final = re.compile(rb'"[^"]*"')  # a doubled quote ends one and begins the next
_TO_QUOTE: Final = re.compile(r'[",\r\n]')
# Of UTF-8: the control characters but tab and line ends, U+FFFE and U+FFFF.
_CONTROLS: Final = bytes((*range(9), 11, 12, *range(14, 32)))
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# How names begin and go on in XML without colons; readers differ about what lies beyond U+FFFF.
_BEGINS: Final = re.compile(
    "[A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]"
)
_GOES_ON: Final = re.compile("[-.0-9\xb7\u0300-\u036f\u203f\u2040]")
_XMLNS: Final = "http://www.w3.org/2000/xmlns/"
_RESERVED: Final = frozenset(
    RDF + name
    for name in (
        "RDF ID about parseType resource nodeID datatype Description aboutEach aboutEachPrefix "
        "bagID li"
    ).split()
)


class Sink(Protocol):
    """Where a table is written."""

    def write(self, block: object, /) -> int:
        """Take a block."""


def rows_fit(table: bytes) -> bool:
    """Whether each row of a CSV has as many cells as its head.

    The engine quotes texts and not IRIs, so that an IRI with a comma makes two cells of one.
    """
    plain = _QUOTED.sub(b"", table) if b'"' in table else table
    head = plain.partition(b"\r\n")[0]
    return plain.count(b",") == head.count(b",") * plain.count(b"\r\n")


def write_csv(result: ox.QuerySolutions, sink: Sink) -> None:
    """The table as SPARQL 1.1 has CSV; slower than the engine, and right for every IRI."""
    sink.write(_row(variable.value for variable in result.variables))
    for row in result:
        sink.write(_row(_text(term) for term in row))


def for_xml(body: bytes) -> bytes:
    """A result in XML as every parser reads it back; raises NotAcceptable where none could."""
    # A search costs four times as much, and nearly every result is free of them.
    bare = len(body.translate(None, _CONTROLS)) == len(body)
    wrong = None if bare and b"\xef\xbf" not in body else _NOT_XML.search(body)
    if wrong is not None:
        raise NotAcceptable(
            f"A text of this result has the character U+{ord(wrong[0].decode()):04X}, "
            "which XML cannot hold.",
            remedy="Accept another format; JSON and N-Triples hold every character.",
        )
    return body.replace(b"\r", b"&#xD;")


def named(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The same triples; raises NotAcceptable at a predicate that RDF/XML has no name for."""
    seen: set[str] = set()
    for triple in triples:
        predicate = triple.predicate.value
        if predicate not in seen:
            _insist_on_name(predicate)
            seen.add(predicate)
        yield triple


class XmlSink(io.RawIOBase):
    """A file that takes XML block by block and passes it on as `for_xml` does."""

    def __init__(self, inner: IO[bytes]) -> None:
        super().__init__()
        self._inner, self._held = inner, b""

    def writable(self) -> bool:
        """A file for writing."""
        return True

    def write(self, block: object, /) -> int:
        """Take a block; what may be the beginning of a forbidden sign waits for the next."""
        assert isinstance(block, bytes)
        text = self._held + block
        whole = len(text.removesuffix(b"\xbf").removesuffix(b"\xef"))
        self._held = text[whole:] if text[whole : whole + 1] == b"\xef" else b""
        self._inner.write(for_xml(text[: len(text) - len(self._held)]))
        return len(block)


def _insist_on_name(predicate: str) -> None:
    if predicate in _RESERVED or predicate.startswith(_XMLNS) or not _has_name(predicate):
        raise NotAcceptable(
            f"RDF/XML cannot write the predicate <{predicate}>, which does not end in a name "
            "that XML allows.",
            remedy="Accept another format, text/turtle say.",
        )


def _has_name(iri: str) -> bool:
    """Whether a last part of the IRI, and not the whole of it, is a name."""
    for character in reversed(iri[1:]):
        if _BEGINS.match(character):
            return True
        if not _GOES_ON.match(character):
            return False
    return False


def _row(cells: Iterable[str]) -> bytes:
    return (",".join(map(_cell, cells)) + "\r\n").encode()


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), 2 * chr(34))}"' if _TO_QUOTE.search(text) else text


def _text(term: object) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
