"""Claims and their evidence as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from c5graph.desk.amounts import Amount, read_amount
from c5graph.desk.rules import Rules, read_rules
from c5graph.graph.claims import Claim
from c5graph.graph.derive import claim_firmness
from c5graph.graph.index import Index
from c5graph.graph.release import Release
from c5graph.namespaces import C5, DCTERMS, OA, SCHEMA
from c5graph.parquet.columns import (
    Column,
    Row,
    concept,
    fitting,
    span_cells,
    time_cells,
    time_columns,
)
from c5graph.store.rdf import NamedNode, text_of

AMOUNT: Final = (
    Column("amount", "amount", "The figure where the object is a value, as the source tells it."),
    Column("amount_bound", "text", "How it limits the true figure: exact, at-least, up-to ..."),
    Column("amount_least", "amount", "The least figure that is meant."),
    Column("amount_most", "amount", "The greatest figure that is meant; empty: no limit."),
    Column("currency", "text", "ISO 4217 code; empty where no money is counted."),
    Column("price_basis", "text", "list, contract, or not-stated where the source does not say."),
    Column("unit", "text", "Unit of what is no money (QUDT)."),
    Column("unit_of", "text", "What is counted, or the whole that a share is of."),
)
CLAIMS: Final = (
    Column("claim", "text", "IRI of the claim."),
    Column("subject", "text", "What it is about."),
    Column("subject_label", "text", "Its label in English."),
    Column("predicate", "text", "Property that it states."),
    Column("predicate_label", "text", "Its label in English."),
    Column("object", "text", "IRI, or the text of a literal."),
    Column("object_label", "text", "Its label in English."),
    Column("object_is_iri", "flag", "Whether the object is a thing and no literal."),
    Column("gloss", "text", "One sentence that tells the claim."),
    Column("modality", "text", "How the source words it, asserted to opinion."),
    Column("firmness", "text", "How firmly it speaks of its subject; planned is firm of a deal."),
    Column("polarity", "text", "negative where the source denies the statement, else positive."),
    Column("condition", "texts", "What it hangs on."),
    Column("attributed_to", "texts", "The voices that say it."),
    Column("attributed_to_label", "texts", "Their labels in English."),
    Column("relayed_by", "texts", "Who passed it on."),
    Column("stance", "text", "Stance of the report towards it."),
    Column("identification", "text", "inferred where the report names things otherwise."),
    Column("rank", "text", "preferred, normal or deprecated."),
    Column("counts", "flag", "Whether facts may rest on it under the lens of the file."),
    *time_columns("valid_from", "When it is said to begin to hold"),
    *time_columns("valid_until", "When it is said to end to hold"),
    *AMOUNT,
    Column("reports", "texts", "The reports that it rests on."),
    Column("published_earliest", "day", "First day on which one of them can have come out."),
    Column("published_latest", "day", "Last day by which one of them had come out."),
)
EVIDENCE: Final = (
    Column("claim", "text", "IRI of the claim."),
    Column("report", "text", "Report that it rests on."),
    Column("passage", "text", "Passage of the report; empty where only an excerpt was read."),
    Column("start", "number", "First code point of the passage in the text read, from 0."),
    Column("end", "number", "Code point after its last one."),
    Column("span_digest", "text", "SHA-256 of the passage."),
    Column("text_digest", "text", "SHA-256 of the text read."),
    Column("title", "text", "Title of the report."),
    Column("publisher", "text", "Its publisher."),
    Column("publisher_label", "text", "Label of the publisher."),
    Column("kind", "text", "Kind of report, such as news."),
    Column("interest", "text", "Whose voice it is, such as independent-press."),
    Column("origins", "texts", "Where its content comes from; reprints share one."),
    Column("urls", "texts", "Addresses where it was read."),
    *time_columns("issued", "Its day of publication"),
    Column("published_earliest", "day", "First day on which it can have come out."),
    Column("published_latest", "day", "Last day by which it had come out."),
)


def claim_rows(release: Release) -> Iterator[Row]:
    """A row for each claim that the release's lens shows."""
    rules = read_rules(release.index)
    for claim in shown_claims(release):
        yield {
            **_stated(release, claim),
            **_worded(release, claim),
            **time_cells("valid_from", release.index.term(claim.iri, C5 + "validFrom")),
            **time_cells("valid_until", release.index.term(claim.iri, C5 + "validUntil")),
            **_amount(release.index, text_of(claim.object), rules),
            "reports": list(claim.reports),
            **_published(release, claim),
        }


def shown_claims(release: Release) -> Iterator[Claim]:
    """The claims that the release's lens shows."""
    shown = release.view.selection.shown
    return (claim for claim in release.record.claims.values() if claim.iri in shown)


def _stated(release: Release, claim: Claim) -> Row:
    labels = release.labels
    return {
        "claim": claim.iri,
        "subject": claim.subject,
        "subject_label": labels.of(claim.subject),
        "predicate": claim.predicate,
        "predicate_label": labels.of(claim.predicate),
        "object": text_of(claim.object),
        "object_label": labels.of_term(claim.object),
        "object_is_iri": isinstance(claim.object, NamedNode),
        "gloss": labels.of(claim.iri),
    }


def _worded(release: Release, claim: Claim) -> Row:
    index = release.index

    def values(name: str) -> list[str]:
        return index.values(claim.iri, C5 + name)

    voices = values("attributedTo")
    return {
        "modality": claim.modality.modality,
        "firmness": claim_firmness(claim, release.record).name.lower(),
        "polarity": "negative" if claim.negative else "positive",
        "condition": values("onCondition"),
        "attributed_to": voices,
        "attributed_to_label": [release.labels.of(voice) for voice in voices],
        "relayed_by": values("relayedBy"),
        "stance": concept(index.value(claim.iri, C5 + "stance"), "stance"),
        "identification": concept(index.value(claim.iri, C5 + "identification"), "identification"),
        "rank": claim.rank,
        "counts": claim.iri in release.view.selection.counting,
    }


def _amount(index: Index, iri: str, rules: Rules) -> Row:
    found = read_amount(index, iri, rules)
    cells: Row = dict.fromkeys(column.name for column in AMOUNT)
    return cells if found is None else {**cells, **_figures(found)}


def _figures(found: Amount) -> Row:
    kind, *of = found.unit
    return {
        "amount": fitting(found.number),
        "amount_bound": concept(found.bound, "bound"),
        "amount_least": fitting(found.least),
        "amount_most": fitting(found.most),
        "currency": found.currency,
        "price_basis": concept(found.basis, "price"),
        **({} if kind == "currency" else {"unit": of[0], "unit_of": of[1] or None}),
    }


def _published(release: Release, claim: Claim) -> Row:
    known = (release.record.reports.get(iri) for iri in claim.reports)
    spans = [report.published for report in known if report and report.published]
    return {
        "published_earliest": min((s.not_before for s in spans if s.not_before), default=None),
        "published_latest": min((s.not_after for s in spans if s.not_after), default=None),
    }


def evidence_rows(release: Release) -> Iterator[Row]:
    """A row for each passage of each claim that the release's lens shows."""
    reports: dict[str, Row] = {}
    for claim in shown_claims(release):
        for place in release.index.values(claim.iri, C5 + "evidence"):
            report = release.index.value(place, OA + "hasSource") or place
            if report not in release.view.selection.reports:
                continue
            if report not in reports:
                reports[report] = _report(release, report)
            passage = _passage(release.index, place) if place != report else {}
            yield {"claim": claim.iri, **reports[report], **passage}


def _passage(index: Index, place: str) -> Row:
    selector = index.value(place, OA + "hasSelector") or place

    def number(name: str) -> int | None:
        found = index.value(selector, OA + name)
        return int(found) if found is not None and found.isdecimal() else None

    return {
        "passage": place,
        "start": number("start"),
        "end": number("end"),
        "span_digest": index.value(place, C5 + "spanDigest"),
    }


def _report(release: Release, iri: str) -> Row:
    index, known = release.index, release.record.reports.get(iri)

    def value(predicate: str) -> str | None:
        return index.value(iri, predicate)

    publisher = value(DCTERMS + "publisher")
    origins: Any = sorted(known.origins) if known else []
    return {
        "report": iri,
        **dict.fromkeys(("passage", "start", "end", "span_digest")),
        "text_digest": value(C5 + "textDigest"),
        "title": value(DCTERMS + "title"),
        "publisher": publisher,
        "publisher_label": None if publisher is None else release.labels.of(publisher),
        "kind": concept(value(C5 + "reportKind"), "report"),
        "interest": concept(value(C5 + "interest"), "interest"),
        "origins": origins,
        "urls": index.values(iri, SCHEMA + "url"),
        **time_cells("issued", index.term(iri, DCTERMS + "issued")),
        **span_cells("published", known.published if known else None),
    }
