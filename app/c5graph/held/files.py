"""The files of a draft, laid out like `data/`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from c5graph.authoring.document import Document, Statement
from c5graph.authoring.placing import put_in_order
from c5graph.authoring.terms import date_term, text_term
from c5graph.held.draft import Draft, ReportDraft
from c5graph.namespaces import ID, PREFIXES, REPORT

Pair = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Read:
    """What is known of the file that was read: its digest, the days of issue and of reading."""

    digest: str
    issued: str
    seen: str


def texts_of(draft: Draft, folder: Path, read: Read) -> dict[Path, str]:
    """The files of a draft below a folder."""
    name, called = draft.name, draft.layout.title
    files = {
        f"entities/{name}.ttl": (
            f"# Things of {called} that the graph does not have: type, labels and description.",
            _sorted(draft.entities),
        ),
        f"entities/{name}-values.ttl": (
            f"# Values of {called}, each described by its content alone.",
            _sorted(draft.values),
        ),
        f"sources/{name}.ttl": (
            f"# Reports that {called} makes up. Nobody may pass on what rests on them.",
            _sources(draft, read),
        ),
        f"findings/{name}.ttl": (
            f"# What names of {called} were taken to mean.",
            _findings(draft, read),
        ),
    }
    found = {folder / file: _text(head, blocks) for file, (head, blocks) in files.items() if blocks}
    for report in (each for each in draft.reports.values() if each.claims):
        head = f"# Claims of {report.title}, by record; then the records they rest on."
        blocks = [*report.claims, *report.passages.values()]
        found[folder / "claims" / f"{report.slug}.ttl"] = _text(head, blocks, report.slug)
    return found


def left_behind(name: str, folder: Path, texts: Collection[Path]) -> list[Path]:
    """Files of an earlier mapping of the same name that a new one does not write."""
    parts = [(part, f"{name}.ttl") for part in ("entities", "sources", "findings", "claims")]
    parts += [("entities", f"{name}-values.ttl"), ("claims", f"{name}-*.ttl")]
    found = (path for part, pattern in parts for path in (folder / part).glob(pattern))
    return sorted(path for path in found if path not in texts)


def _sorted(blocks: dict[str, Statement]) -> list[Statement]:
    return sorted(blocks.values(), key=lambda block: block.subject)


def _text(head: str, blocks: list[Statement], report: str = "") -> str:
    own = {"passage": f"{REPORT}{report}/passage/"} if report else {}
    document = Document([head], {**PREFIXES, **own}, blocks)
    if report:
        put_in_order(document, alphabetical=False)
    return document.text()


def _sources(draft: Draft, read: Read) -> list[Statement]:
    found = []
    for report in sorted(draft.reports.values(), key=lambda each: each.slug):
        if not report.claims:
            continue
        label = ("rdfs:label", (text_term(report.origin),))
        found.append(Statement(f"id:{report.origin_slug}", (("a", ("c5:Origin",)), label)))
        found.append(_report(draft, report, read))
    return found


def _report(draft: Draft, report: ReportDraft, read: Read) -> Statement:
    layout = draft.layout
    pairs: list[Pair] = [
        ("a", ("c5:Report",)),
        ("rdfs:label", (text_term(report.title),)),
        ("dcterms:title", (text_term(report.title, layout.language),)),
        ("dcterms:publisher", (f"id:{layout.publisher.slug}",)),
        ("dcterms:language", (f'"{layout.language}"',)),
        ("dcterms:license", (f"<{layout.terms}>",)),
        ("schema:url", (f"<{layout.url}>",)),
        ("c5:interest", (f"voc:interest-{layout.interest}",)),
        ("c5:origin", (f"id:{report.origin_slug}",)),
        ("c5:redistribution", ("voc:redistribution-withheld",)),
        ("c5:reportKind", (f"voc:report-{layout.report_kind}",)),
        ("dcterms:issued", (date_term(read.issued),) if read.issued else ()),
        ("c5:firstSeen", (date_term(read.seen),)),
        ("c5:textDigest", (f'"{read.digest}"',)),
    ]
    return Statement(f"report:{report.slug}", tuple(pair for pair in pairs if pair[1]))


def _findings(draft: Draft, read: Read) -> list[Statement]:
    """One finding for each name that was taken for a thing, on all claims that do so."""
    claims: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim, thing, name in draft.inferred:
        claims[thing, name].append(claim)
    found = []
    for number, ((thing, name), on) in enumerate(sorted(claims.items()), 1):
        label = draft.matcher.known.label(ID + thing.removeprefix("id:"))
        told = f"{draft.layout.publisher.label} writes «{name}»; {label} was taken for it."
        pairs: tuple[Pair, ...] = (
            ("a", ("c5:Finding",)),
            ("rdfs:label", (text_term(f"{name}, taken for {label}"),)),
            ("dcterms:description", (text_term(told),)),
            ("c5:findingKind", ("voc:finding-identity",)),
            ("c5:findingOn", tuple(sorted(on))),
            ("dcterms:created", (date_term(read.seen),)),
        )
        found.append(Statement(f"finding:{draft.name}-{number}", pairs))
    return found
