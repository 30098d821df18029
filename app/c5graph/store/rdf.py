"""The engine's terms, parser and writer under names of our own.

Code outside `store/` imports RDF terms from here, so that one file decides which
engine the graph is read with.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
)
from pyoxigraph import parse as _engine_parse
from pyoxigraph import serialize as _engine_serialize

from c5graph.errors import BadParameter, MissingInput, ParseFailure, QuerySyntax
from c5graph.namespaces import PREFIXES
from c5graph.store import faithful

__all__ = [
    "FORMATS",
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Store",
    "Term",
    "Triple",
    "columns_of",
    "doctype_refused",
    "format_of",
    "is_rdf",
    "load_store",
    "parse",
    "parse_failure",
    "parse_text",
    "select",
    "serialise",
    "text_of",
    "texts",
    "write",
    "write_store",
]

Term = NamedNode | BlankNode | Literal | Triple

FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

_SAID_PLAINLY = (
    (
        "LoadDocumentCallback",
        "a context is named by its address, and nothing is fetched from elsewhere.",
        "Put the context itself in its place.",
    ),
    (
        "\ufeff",
        "the text begins with a mark of the order of bytes, which cannot be seen.",
        "Save it as UTF-8 without that mark (BOM).",
    ),
)
_PLACE = re.compile(r"^Parser error at (?:line .*?|byte .*?): ")


def is_rdf(path: Path) -> bool:
    """True when the file name ends as an RDF file does."""
    return path.suffix.lstrip(".").lower() in FORMATS


def parse(path: Path, graph: str | None = None, base: str | None = None) -> Iterator[Quad]:
    """Statements of a file; those of its default graph go to `graph` when one is named.

    Relative IRIs are read against `base`, and are an error without one. Raises MissingInput or
    ParseFailure, which knows the line.
    """
    return parse_text(_read(path), format_of(path), graph=graph, file=path, base=base)


def parse_text(
    text: bytes,
    form: RdfFormat,
    *,
    graph: str | None = None,
    file: Path | str = "<text>",
    base: str | None = None,
) -> Iterator[Quad]:
    """Statements of a text in the given format; see `parse`."""
    if form == RdfFormat.RDF_XML and b"<!DOCTYPE" in text:
        raise doctype_refused(file)
    try:
        quads = list(_engine_parse(text, format=form, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        raise parse_failure(file, error) from error
    if graph is None:
        return iter(quads)
    return (_placed(quad, NamedNode(graph)) for quad in quads)


def serialise(quads: Iterable[Quad], form: str) -> bytes:
    """The statements in a format of `FORMATS`; graph names are lost where it has none.

    Raises NotAcceptable for what RDF/XML cannot hold.
    """
    chosen = FORMATS[form]
    is_xml = chosen == RdfFormat.RDF_XML
    triples = faithful.named(_triples(quads)) if is_xml else _triples(quads)
    items = quads if chosen.supports_datasets else triples
    written = _engine_serialize(items, format=chosen, prefixes=dict(PREFIXES))
    assert written is not None
    return faithful.for_xml(written) if is_xml else written


def write(quads: Iterable[Quad], form: str, sink: IO[bytes]) -> None:
    """The same into an open file, statement by statement; repeated statements stay."""
    chosen = FORMATS[form]
    if chosen == RdfFormat.RDF_XML:
        triples = faithful.named(quad.triple for quad in quads)
        target = cast("IO[bytes]", faithful.XmlSink(sink))
        _engine_serialize(triples, target, format=chosen, prefixes=dict(PREFIXES))
        return
    items = quads if chosen.supports_datasets else (quad.triple for quad in quads)
    prefixes = None if form == "nt" else dict(PREFIXES)
    _engine_serialize(items, sink, format=chosen, prefixes=prefixes)


def write_store(store: Store, form: str, sink: IO[bytes]) -> int:
    """All that a store holds into an open file, and how many statements that is.

    The engine does it by itself; where the format has no graphs, their names are lost.
    """
    chosen = FORMATS[form]
    if chosen.supports_datasets:
        store.dump(sink, chosen, prefixes=dict(PREFIXES))
    else:
        write(iter(store), form, sink)
    return len(store)


def load_store(quads: Iterable[Quad]) -> Store:
    """A store in memory that holds the statements."""
    store = Store()
    store.bulk_extend(quads)
    return store


def select(store: Store, query: str, *, union: bool = False) -> Iterator[dict[str, Term]]:
    """Rows of a SELECT query as dictionaries of the bound variables.

    With `union` the default graph is that of all graphs together.
    """
    rows = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=union)
    assert isinstance(rows, QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        yield {name: row[name] for name in names if row[name] is not None}


def texts(store: Store, query: str) -> tuple[list[str], Iterator[list[str]]]:
    """The variables of a SELECT query and its rows as texts, "" where nothing is bound.

    Many rows come sooner so than as terms, since the engine writes them all at one go. What
    kind of term each is gets lost.
    """
    rows = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(rows, QuerySolutions)
    written = rows.serialize(format=QueryResultsFormat.CSV)
    assert written is not None
    lines = csv.reader(TextIOWrapper(BytesIO(written), encoding="utf-8", newline=""))
    return next(lines), lines


def columns_of(
    store: Store, query: str
) -> tuple[tuple[str, ...], Iterator[dict[str, Term | None]]]:
    """The variables of a SELECT query and its rows, in which an unbound variable is None.

    Raises QuerySyntax, or BadParameter for a query of another kind.
    """
    try:
        rows = store.query(query, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise QuerySyntax(
            f"The query cannot be read: {error.msg}.", remedy="Mend it at that place."
        ) from error
    if not isinstance(rows, QuerySolutions):
        raise BadParameter("The query gives no rows.", remedy="Write a SELECT query.")
    names = tuple(variable.value for variable in rows.variables)
    return names, ({name: row[name] for name in names} for row in rows)


def text_of(term: Term) -> str:
    """IRI, label or lexical form of a term, without its syntax."""
    return str(term) if isinstance(term, Triple) else term.value


def _triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    seen: set[Triple] = set()
    for quad in quads:
        triple = quad.triple
        if triple not in seen:
            seen.add(triple)
            yield triple


def _placed(quad: Quad, graph: NamedNode) -> Quad:
    if not isinstance(quad.graph_name, DefaultGraph):
        return quad
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def doctype_refused(file: Path | str) -> ParseFailure:
    """The error for RDF/XML whose nested entities the engine would expand without bound."""
    return ParseFailure(file, None, None, "RDF/XML with a DOCTYPE is not read.")


def parse_failure(file: Path | str, error: SyntaxError) -> ParseFailure:
    """What the engine's parser says and where; in words of ours where it says too little."""
    said = str(error.msg)
    place = (file, error.lineno, error.offset)
    for sign, message, remedy in _SAID_PLAINLY:
        if sign in said:
            return ParseFailure(*place, message, remedy=remedy)
    return ParseFailure(*place, _PLACE.sub("", said))


def format_of(path: Path) -> RdfFormat:
    """The format that a file's name tells. Raises ParseFailure when it tells none."""
    form = FORMATS.get(path.suffix.lstrip(".").lower())
    if form is None:
        endings = ", ".join(f".{ending}" for ending in FORMATS)
        raise ParseFailure(
            path, None, None, "not an RDF file name.", remedy=f"Name it with one of {endings}."
        )
    return form


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MissingInput(
            f"{path}: cannot be read ({error.strerror}).",
            remedy="Check the path and its permissions.",
        ) from error
