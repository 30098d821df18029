"""Every file of everything: those of `dump.py`, and those for tools of other fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Final

from c5graph.dump import DUMPS, Dump, Progress, counted
from c5graph.errors import BadParameter
from c5graph.ftm import write_entities, write_statements
from c5graph.graph.release import Release
from c5graph.lenses import canonical
from c5graph.namespaces import RDF
from c5graph.nanopubs import LICENCE, nanopublications
from c5graph.parquet import TABLES, Table, write_parquet
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, Triple, write

_PARTS: Final = frozenset(RDF + name for name in ("subject", "predicate", "object"))


def write_export(
    release: Release, target: str, sink: IO[bytes], progress: Progress = lambda _: None
) -> None:
    """Write the file that a name with this ending asks for; `progress` is told what was added.

    Raises BadParameter for an unknown ending, MissingInput where a library is not installed.
    """
    FILES[ending_of(target)].writer(release, sink, progress)


def ending_of(target: str) -> str:
    """The ending of ours that a file name has, the longest. Raises BadParameter."""
    for ending in sorted(FILES, key=len, reverse=True):
        if f".{target.lower()}".endswith(f".{ending}"):
            return ending
    raise BadParameter(
        f"{target}: no known format.", remedy=f"End it with one of {', '.join(FILES)}."
    )


def offered() -> list[Dump]:
    """The files that can be made here: those whose libraries are installed."""
    return [each for each in FILES.values() if each.can_be_made]


def reified(release: Release) -> Iterator[Quad]:
    """The default graph, where a claim reifies its statement as RDF 1.2 has it.

    The statement is named and not made: what is planned, denied or disputed stays a claim.
    """
    claims = release.record.claims
    for quad in release.quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            continue
        stated = claims.get(getattr(quad.subject, "value", ""))
        if stated is None or quad.predicate.value not in _PARTS:
            yield quad
        elif quad.predicate.value == RDF + "predicate":
            statement = Triple(
                NamedNode(stated.subject), NamedNode(stated.predicate), stated.object
            )
            yield Quad(quad.subject, NamedNode(RDF + "reifies"), statement, DefaultGraph())


def _statements(
    quads: Callable[[Release], Iterator[Quad]],
    form: str,
    release: Release,
    sink: IO[bytes],
    progress: Progress,
) -> None:
    write(counted(quads(release), progress), form, sink)


def _parquet(table: Table, release: Release, sink: IO[bytes], progress: Progress) -> None:
    about = {"version": release.version, "lens": canonical(release.view.lens), "licence": LICENCE}
    write_parquet(table, table.rows(release), sink, about, progress)


_PARQUET_TYPE: Final = "application/vnd.apache.parquet"
_REIFIED = "The default graph as RDF 1.2, where a claim reifies its statement."
_NANOPUBS = "A nanopublication a claim, named by its content and unsigned."
_FTM: Final = "Firm facts in the model of FollowTheMoney, each value with what it rests on."
_FTM_LIBRARY: Final = ("followthemoney", "ftm")
_OTHERS: Final = (
    Dump(
        "rdf12.ttl",
        "RDF 1.2, Turtle",
        "text/turtle",
        _REIFIED,
        partial(_statements, reified, "ttl"),
    ),
    Dump(
        "rdf12.nt",
        "RDF 1.2, N-Triples",
        "application/n-triples",
        _REIFIED,
        partial(_statements, reified, "nt"),
    ),
    Dump(
        "nanopubs.trig",
        "Nanopublications",
        "application/trig",
        _NANOPUBS,
        partial(_statements, nanopublications, "trig"),
    ),
    *(
        Dump(
            f"{table.name}.parquet",
            f"Parquet, {table.name}",
            _PARQUET_TYPE,
            table.holds,
            partial(_parquet, table),
            needs=("pyarrow", "parquet"),
        )
        for table in TABLES.values()
    ),
    Dump(
        "ftm.json",
        "FollowTheMoney, entities",
        "application/json+ftm",
        _FTM,
        write_entities,
        needs=_FTM_LIBRARY,
        registered=False,
    ),
    Dump(
        "statements.csv",
        "FollowTheMoney, statements",
        "text/csv",
        _FTM,
        write_statements,
        needs=_FTM_LIBRARY,
    ),
)
FILES: Final[dict[str, Dump]] = {**DUMPS, **{each.ending: each for each in _OTHERS}}
"""Every file of everything by its ending."""
