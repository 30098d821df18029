"""Everything in one file: the graph as RDF, the claims as a table, the facts as a network.

RDF and tables are written as they are read, so that memory does not grow with the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, Final, TypeVar

from c5graph.edges import USUAL
from c5graph.extras import is_there
from c5graph.graph.release import Release, shown_facts
from c5graph.namespaces import C5
from c5graph.negotiate import Format
from c5graph.networks import GEXF, GRAPHML, written
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, text_of, write, write_store

T = TypeVar("T")
Progress = Callable[[int], None]
_STEP: Final = 1000
_DEFAULT = "The default graph: everything but shapes and derivations."
_ALL = "Everything, each statement in its named graph."
_CLAIMS = "One row a claim: what it says, how it is worded, who says it, where and when."
_FACTS = "Firm and planned facts between things; each edge says how firm it is."
_COLUMNS: Final = (
    ("modality", "modality"),
    ("polarity", "polarity"),
    ("condition", "onCondition"),
    ("attributed_to", "attributedTo"),
    ("relayed_by", "relayedBy"),
    ("stance", "stance"),
    ("identification", "identification"),
    ("rank", "rank"),
    ("valid_from", "validFrom"),
    ("valid_until", "validUntil"),
    ("evidence", "evidence"),
)
_STATED: Final = ("claim", "subject", "subject_label", "predicate", "predicate_label")
_OBJECT: Final = ("object", "object_label", "gloss")
_HEADER: Final = (*_STATED, *_OBJECT, *(name for name, _ in _COLUMNS), "reports", "published")
_BETWEEN: Final = " | "


@dataclass(frozen=True)
class Dump:
    """One file of everything.

    `needs` names a library and the extra that has it; `registered` says that IANA knows its type.
    """

    ending: str
    label: str
    media_type: str
    holds: str
    writer: Callable[[Release, IO[bytes], Progress], None]
    is_rdf: bool = False
    needs: tuple[str, str] | None = None
    registered: bool = True

    @property
    def file(self) -> str:
        """Its name at the service."""
        return f"c5graph.{self.ending}"

    @property
    def can_be_made(self) -> bool:
        """Whether the library that writes it is installed."""
        return self.needs is None or is_there(self.needs[0])


def _rdf(ending: str, release: Release, sink: IO[bytes], progress: Progress) -> None:
    """The named graphs, or the default graph; of a user's own files everything."""
    if release.record.claims:
        write(counted(_quads(release, named=ending in _NAMED), progress), ending, sink)
    else:
        progress(write_store(release.store, ending, sink))


def _quads(release: Release, *, named: bool) -> Iterator[Quad]:
    for quad in release.quads:
        if isinstance(quad.graph_name, DefaultGraph) != named:
            yield quad


def _table(release: Release, sink: IO[bytes], progress: Progress) -> None:
    text = io.TextIOWrapper(sink, encoding="utf-8", newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_HEADER)
    rows.writerows(counted(_rows(release), progress))
    text.flush()
    text.detach()


def _rows(release: Release) -> Iterator[list[str]]:
    """Several values of one cell have a bar between them."""
    index, labels = release.index, release.labels
    shown, hides = release.view.selection.shown, release.view.teller.hides
    for claim in (each for each in release.record.claims.values() if each.iri in shown):
        reports = [each for each in claim.reports if not hides(each)]
        stated = (claim.subject, claim.predicate)
        yield [
            claim.iri,
            *(part for iri in stated for part in (iri, labels.of(iri))),
            text_of(claim.object),
            labels.of_term(claim.object),
            labels.of(claim.iri),
            *(
                _BETWEEN.join(
                    each for each in index.values(claim.iri, C5 + name) if not hides(each)
                )
                for _, name in _COLUMNS
            ),
            _BETWEEN.join(reports),
            _BETWEEN.join(_published(release, report) for report in reports),
        ]


def _network(form: Format, release: Release, sink: IO[bytes], progress: Progress) -> None:
    """Facts between things under the release's own lens; small enough to be held at once."""
    teller = release.view.teller
    facts = [
        fact
        for fact in shown_facts(release.basis, release.view.lens)
        if fact.firmness in USUAL and isinstance(fact.object, NamedNode)
    ]
    edges = [teller.edge(fact, outgoing=True, distance=1, lang="en") for fact in facts]
    sink.write(written(edges, form, teller, "en"))
    progress(len(edges))


def _published(release: Release, report: str) -> str:
    """Earliest and latest day, as in ISO 8601 intervals; `..` where a bound is not known."""
    known = release.record.reports.get(report)
    span = known.published if known else None
    if span is None:
        return "../.."
    return f"{span.not_before or '..'}/{span.not_after or '..'}"


def counted(items: Iterable[T], progress: Progress) -> Iterator[T]:
    """The items; `progress` is told of every thousand."""
    count = 0
    for count, item in enumerate(items, 1):
        if count % _STEP == 0:
            progress(_STEP)
        yield item
    progress(count % _STEP)


_NAMED: Final = ("trig", "nq", "jsonld")
_RDF: Final = (
    ("ttl", "Turtle", "text/turtle"),
    ("nt", "N-Triples", "application/n-triples"),
    ("rdf", "RDF/XML", "application/rdf+xml"),
    ("trig", "TriG", "application/trig"),
    ("nq", "N-Quads", "application/n-quads"),
    ("jsonld", "JSON-LD", "application/ld+json"),
)
_OTHERS: Final = (
    Dump("csv", "CSV", "text/csv", _CLAIMS, _table),
    Dump("graphml", "GraphML", "application/graphml+xml", _FACTS, partial(_network, GRAPHML)),
    Dump("gexf", "GEXF", "application/gexf+xml", _FACTS, partial(_network, GEXF)),
)
DUMPS: Final[dict[str, Dump]] = {
    ending: Dump(
        ending, label, media_type, _ALL if ending in _NAMED else _DEFAULT, partial(_rdf, ending),
        is_rdf=True,
    )
    for ending, label, media_type in _RDF
} | {dump.ending: dump for dump in _OTHERS}  # fmt: skip
"""Files of everything by ending, as RDF, table and network."""
