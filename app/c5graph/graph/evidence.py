"""Checks the evidence of claims against the texts of the reports.

The texts are not part of the project. Whoever has them shows that every offset and digest
in `data/` is right, that nothing of a text is repeated, and which stretches no claim covers.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from c5graph.errors import MissingInput
from c5graph.graph.index import TYPE, Index
from c5graph.graph.places import Places, SourceText
from c5graph.graph.sources import InputFile
from c5graph.graph.words import Names, SharedRuns, Word, words
from c5graph.namespaces import C5, DCTERMS, OA, RDFS, SKOS, shorten
from c5graph.store.rdf import Literal, parse, text_of

_NAME_PREDICATES = frozenset({RDFS + "label", SKOS + "altLabel", SKOS + "prefLabel"})
_TITLE = DCTERMS + "title"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the evidence, where, and what to do."""

    place: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Passage:
    """A span of a report's text, as `data/` states it."""

    iri: str
    report: str
    start: int
    end: int
    digest: str


@dataclass(frozen=True)
class Stretch:
    """Characters of a text that no passage covers."""

    start: int
    end: int
    text: str


@dataclass
class EvidenceReport:
    """What a check found: faults, what was read, and the stretches nobody claims."""

    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    excerpts: list[str] = field(default_factory=list)
    passages: int = 0
    claims: int = 0
    uncovered: dict[str, list[Stretch]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.faults


def check_evidence(inputs: Iterable[InputFile], folder: Path) -> EvidenceReport:
    """Check every passage and every literal of the files against the texts in the folder."""
    read = [item for item in inputs if item.graph != "shapes"]
    files = [item for item in read if item.graph != "ontology"]
    index = Index(quad for item in read for quad in parse(item.path))
    places = Places(files)
    report = EvidenceReport(claims=len(index.of_class(C5 + "Claim")))
    _match_texts(index, places, texts_in(folder), report)
    used = _check_passages(index, places, report)
    for slug, text in report.texts.items():
        report.uncovered[slug] = list(uncovered(text, used[slug]))
    report.faults += _shared_runs(files, index, report.texts)
    return report


def uncovered(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Stretch]:
    """Stretches with at least one word that no span covers, in order."""
    reached = 0
    for start, end in [*sorted(spans), (len(text), len(text))]:
        if start > reached:
            yield from _stretch(text, reached, start)
        reached = max(reached, end)


def _stretch(text: str, start: int, end: int) -> Iterator[Stretch]:
    found = words(text[start:end])
    if found:
        first, last = start + found[0].start, start + found[-1].end
        yield Stretch(first, last, text[first:last])


def texts_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their SHA-256. Raises MissingInput."""
    if not folder.is_dir():
        raise MissingInput(
            f"{folder}: no such folder.", remedy="Name the folder with the texts after --texts."
        )
    contents = (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return {hashlib.sha256(content).hexdigest(): content for content in contents}


def _match_texts(
    index: Index, places: Places, found: dict[str, bytes], report: EvidenceReport
) -> None:
    for iri in sorted(index.of_class(C5 + "Report")):
        digest = index.value(iri, C5 + "textDigest")
        if digest is None:
            report.excerpts.append(iri)
        elif digest in found:
            report.texts[iri] = found[digest].decode("utf-8")
        else:
            report.faults.append(
                Fault(
                    _place(places, iri),
                    f"no file of the folder has the digest of {shorten(iri)} ({digest[:12]}...).",
                    "Put the unchanged text into the folder; the digest is of its bytes.",
                )
            )


def _check_passages(
    index: Index, places: Places, report: EvidenceReport
) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    used = {
        iri
        for claim in index.of_class(C5 + "Claim")
        for iri in index.values(claim, C5 + "evidence")
    }
    for iri in sorted(used | set(index.of_class(C5 + "Passage"))):
        if iri in index.of_class(C5 + "Report"):
            continue
        passage = _read_passage(index, iri)
        if isinstance(passage, str):
            report.faults.append(
                Fault(_place(places, iri), passage, "State it as the other passages do.")
            )
            continue
        report.passages += 1
        report.faults += _check_span(passage, report, _place(places, iri))
        if iri in used:
            spans[passage.report].append((passage.start, passage.end))
        else:
            report.faults.append(
                Fault(
                    _place(places, iri),
                    f"no claim rests on {shorten(iri)}.",
                    "Remove it or cite it.",
                )
            )
    return spans


def _read_passage(index: Index, iri: str) -> Passage | str:
    source = index.value(iri, OA + "hasSource")
    selector = index.value(iri, OA + "hasSelector")
    digest = index.value(iri, C5 + "spanDigest")
    if source is None or selector is None or digest is None:
        return f"passage {shorten(iri)} lacks its report, its selector or its digest."
    start, end = index.value(selector, OA + "start"), index.value(selector, OA + "end")
    if not (start and end and start.isdigit() and end.isdigit()):
        return f"the selector of {shorten(iri)} lacks a whole number as start or end."
    if iri != f"{source}/passage/{start}-{end}":
        return f"the IRI of {shorten(iri)} does not name its report and its offsets {start}-{end}."
    return Passage(iri, source, int(start), int(end), digest)


def _check_span(passage: Passage, report: EvidenceReport, place: str) -> Iterator[Fault]:
    text = report.texts.get(passage.report)
    if text is None:
        return
    if not 0 <= passage.start < passage.end <= len(text):
        yield Fault(
            place,
            f"{shorten(passage.iri)} leaves the text, which has {len(text)} characters.",
            "Count in Unicode code points from 0, the end not included.",
        )
        return
    span = text[passage.start : passage.end]
    right = hashlib.sha256(span.encode("utf-8")).hexdigest()
    if right != passage.digest:
        yield Fault(
            place,
            f"{shorten(passage.iri)} has another digest than these characters of the text.",
            f'Mend the offsets, or write c5:spanDigest "{right}".',
        )


def _shared_runs(files: list[InputFile], index: Index, texts: dict[str, str]) -> Iterator[Fault]:
    names = Names(_names(index))
    runs = [(iri, SharedRuns(text)) for iri, text in texts.items()]
    for item in files:
        source = SourceText(item.name, item.path)
        for subject, text in _literals(item):
            line = words(text)
            marks = names.covered(line)
            for iri, finder in runs:
                for start, end in finder.find(line, marks):
                    yield _run_fault(
                        str(source.literal(subject, text)), subject, iri, line[start:end]
                    )


def _run_fault(place: str, subject: str, report: str, run: list[Word]) -> Fault:
    shown = " ".join(word.text for word in run)
    return Fault(
        place,
        f"{shorten(subject)} repeats {len(run)} words of {shorten(report)}: «{shown}».",
        "Say it in other words; names, titles and figures may stay.",
    )


def _names(index: Index) -> Iterator[str]:
    """Labels of entities and titles of reports; a framed node has a description, not a name."""
    kinds = index.closure(C5 + "FramedNode", RDFS + "subClassOf", inverse=True)
    unnamed = kinds | {C5 + "Claim", C5 + "Passage", C5 + "Finding"}
    for subject in index:
        if unnamed.isdisjoint(index.values(subject, TYPE)):
            for predicate in (*_NAME_PREDICATES, _TITLE):
                yield from index.values(subject, predicate)


def _literals(item: InputFile) -> Iterator[tuple[str, str]]:
    """Literals of a file that must be in our own words."""
    for quad in parse(item.path):
        if isinstance(quad.object, Literal) and not _may_repeat(quad.predicate.value, item):
            yield text_of(quad.subject), quad.object.value


def _may_repeat(predicate: str, item: InputFile) -> bool:
    named = item.graph in ("entities", "sources") and predicate in _NAME_PREDICATES
    return named or predicate == _TITLE


def _place(places: Places, iri: str) -> str:
    return str(places.of(iri) or shorten(iri))
