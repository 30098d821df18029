"""Rows of a claims table as blocks: the claim, and the framed node that is its object."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from c5graph.authoring.batch import Batch
from c5graph.authoring.document import Statement
from c5graph.authoring.objects import object_of
from c5graph.authoring.passages import Passages
from c5graph.authoring.tables import Row
from c5graph.authoring.terms import CellFault, date_term, nearest, parts, slug_of, text_term
from c5graph.authoring.told import Told
from c5graph.namespaces import C5, CLAIM, REPORT, shorten

_IDENTIFIER = re.compile(r"[A-Z]\d{4}")
_NUMBER = re.compile(r"-(\d+)$")
Pair = tuple[str, tuple[str, ...]]


class Claims:
    """Makes claims; all are named before one is described, so that they may speak of each other."""

    def __init__(self, batch: Batch, passages: Passages) -> None:
        self._batch = batch
        self._known = batch.known
        self._passages = passages
        self._told = Told(batch.known)
        self._numbers = _numbers(self._known.claims)

    def announce(self, row: Row) -> None:
        """Give the claim of a row its name."""
        report = row.need("report", self._report, "Name the report that says it.")
        if report is None:
            return
        row.cells["claim"] = row["claim"].removeprefix("claim:") or self._name(report, row)
        row.read("claim", slug_of)
        name = row["claim"]
        if CLAIM + name in self._known.new_names:
            row.fault("claim", f"{name} stands in the tables twice.", "Give it another number.")
        elif CLAIM + name in self._known.index and not self._batch.replace:
            row.fault(
                "claim",
                f"{name} is already claimed.",
                "Leave the column empty for the next free number, or import with --replace.",
            )
        self._known.new_names.add(CLAIM + name)

    def describe(self, row: Row) -> None:
        """Put the block of an announced row into its file."""
        predicate = row.need("predicate", self._predicate, "Name a property of the ontology.")
        subject = row.need("subject", self._known.thing, "Name what the claim is about.")
        frame = self._frame(row)
        target = frame.subject if frame else self._object(row, predicate)
        pairs: list[Pair] = [
            ("a", ("c5:Claim",)),
            ("rdf:subject", (subject or "",)),
            ("rdf:predicate", (shorten(predicate or ""),)),
            ("rdf:object", (target or "",)),
            *self._wording(row),
            *self._relations(row),
            ("c5:evidence", tuple(self._evidence(row))),
        ]
        block = Statement(f"claim:{row['claim']}", tuple(each for each in pairs if any(each[1])))
        self._insist_on_new(row, block, frame)
        if not row.problems:
            file = self._file(row)
            self._batch.put(file, block.ordered(), row, "claim", *([frame] if frame else []))

    def _wording(self, row: Row) -> Iterator[Pair]:
        """What the claim says besides its statement, in our order."""
        yield "c5:gloss", _some(row.need("gloss", _sentence, "Say in a sentence what it states."))
        row.need("modality", str, "Say how firmly the source words it.")
        row.cells["stance"] = row["stance"] or "neutral"
        for scheme in ("modality", "polarity", "stance", "identification", "rank"):
            yield f"c5:{scheme}", _some(row.read(scheme, self._concept(scheme)))
        for name in ("onCondition", "rankReason"):
            yield f"c5:{name}", _some(row.read(name, text_term))
        voices = self._voices(row)
        yield "c5:attributedTo", voices
        yield "c5:relayedBy", self._relays(row, voices)
        for name in ("validFrom", "validUntil"):
            yield f"c5:{name}", _some(row.read(name, _date))

    def _relations(self, row: Row) -> Iterator[Pair]:
        columns = [column for column in row.cells if column.startswith("cito:")]
        for column in (*columns, "alternativeReadingOf"):
            if not row[column]:
                continue
            row.read_part(column, column, self._known.property)
            name = column if ":" in column else f"c5:{column}"
            yield name, tuple(sorted(row.several(column, self._claim)))
        yield "dcterms:identifier", tuple(row.several("identifier", _identifier))

    def _concept(self, scheme: str):  # type: ignore[no-untyped-def]
        return lambda text: self._known.concept(scheme, text)

    def _voices(self, row: Row) -> tuple[str, ...]:
        if row["attributedTo"]:
            return tuple(sorted(row.several("attributedTo", self._known.thing)))
        publishers = self._known.publishers(row["report"])
        if len(publishers) != 1:
            row.fault(
                "attributedTo",
                "nobody says it.",
                f"Name the voice: the report has {len(publishers)} publishers.",
            )
        return tuple(publishers[:1])

    def _relays(self, row: Row, voices: Sequence[str]) -> tuple[str, ...]:
        """Who passes it on; if nobody is named and others speak, the one publisher."""
        if row["relayedBy"]:
            return tuple(sorted(row.several("relayedBy", self._known.thing)))
        publishers = self._known.publishers(row["report"])
        return tuple(publishers) if len(publishers) == 1 and publishers[0] not in voices else ()

    def _object(self, row: Row, predicate: str | None) -> str | None:
        remedy = "Name what is stated of the subject, or fill frame and frameLabel."
        return row.need(
            "object", lambda text: object_of(text, predicate or "", self._batch), remedy
        )

    def _frame(self, row: Row) -> Statement | None:
        """The framed node of the row, if it has one."""
        if not row["frame"]:
            return None
        if row["object"]:
            row.fault("object", "an object beside a frame.", "Keep one of the two.")
        kind = row.read("frame", lambda text: self._known.kind(text, "FramedNode"))
        slug = row["frameId"] or f"{row['claim']}-{_hyphened((kind or '').removeprefix(C5))}"
        label = row.need("frameLabel", text_term, "Say in a few words what the frame is.")
        found: dict[str, list[str]] = defaultdict(list)
        for predicate, target in row.several("frameTriples", self._triple, ";"):
            found[predicate] += target
        pairs = [("a", _some(kind and shorten(kind))), ("rdfs:label", _some(label))]
        pairs += [(name, tuple(sorted(dict.fromkeys(each)))) for name, each in found.items()]
        return Statement(f"id:{slug}", tuple(pairs))

    def _triple(self, text: str) -> tuple[str, list[str]]:
        name, _, rest = text.partition(" ")
        predicate = self._known.property(name)
        found = [object_of(part, predicate, self._batch) for part in parts(rest, ",")]
        if not found:
            raise CellFault(f"{text[:60]!r} has no object.", "Write: concerns kazakhstan; ...")
        return shorten(predicate), found

    def _evidence(self, row: Row) -> list[str]:
        report = _report_of(row)
        if not row["passage"]:
            return [f"report:{report}"]
        return row.several(
            "passage", lambda text: self._passages.passage(report, text, self._file(row))
        )

    def _file(self, row: Row) -> str:
        return self._batch.claims_file or self._passages.file_of(_report_of(row))

    def _report(self, text: str) -> str:
        slug = text.removeprefix("report:")
        if not self._known.has(REPORT + slug):
            among = [iri.removeprefix(REPORT) for iri in self._known.reports()]
            raise CellFault(
                f"There is no report {slug!r}.",
                nearest(slug, among) or "Write a reports table, or use c5graph new report.",
            )
        return slug

    def _predicate(self, text: str) -> str:
        iri = self._known.property(text)
        if self._known.claimable and iri not in self._known.claimable:
            names = [each.removeprefix(C5) for each in self._known.claimable]
            raise CellFault(
                f"{shorten(iri)} is not claimed.",
                nearest(iri.removeprefix(C5), names) or "It may be derived from others.",
            )
        return iri

    def _claim(self, text: str) -> str:
        name = text.removeprefix("claim:")
        if not self._known.has(CLAIM + name):
            raise CellFault(f"There is no claim {name!r}.", nearest(name, self._known.claims))
        return f"claim:{name}"

    def _name(self, report: str, row: Row) -> str:
        """The claim that says the same if it is to be replaced, else the next free number."""
        said = self._told.by_gloss(report, " ".join(row["gloss"].split()))
        if said and self._batch.replace:
            return said
        highest, width = self._numbers.get(report, (0, 2))
        self._numbers[report] = (highest + 1, width)
        return f"{report}-{highest + 1:0{width}}"

    def _insist_on_new(self, row: Row, block: Statement, frame: Statement | None) -> None:
        gloss = " ".join(row["gloss"].split()) if frame else ""
        first = self._told.first(row["claim"], _report_of(row), block, gloss)
        if first != row["claim"]:
            row.fault(
                "subject",
                f"already claimed as {first}.",
                "Leave the row out, or import with --replace and that name in column claim.",
            )


def _report_of(row: Row) -> str:
    return row["report"].removeprefix("report:")


def _numbers(claims: list[str]) -> dict[str, tuple[int, int]]:
    """The highest number of the claims of each report, and the width it is written with."""
    found: dict[str, tuple[int, int]] = {}
    for name in claims:
        number = _NUMBER.search(name)
        if number:
            report = name[: number.start()]
            highest, width = found.get(report, (0, 2))
            found[report] = (max(highest, int(number[1])), max(width, len(number[1])))
    return found


def _some(term: str | None) -> tuple[str, ...]:
    return () if not term else (term,)


def _date(text: str) -> str:
    return date_term(text.strip('"'))


def _sentence(text: str) -> str:
    if not re.search(r"\S\s\S.*\.$", " ".join(text.split())):
        raise CellFault(
            "the gloss is no sentence.", "Write a whole sentence that ends with a full stop."
        )
    return text_term(text)


def _identifier(text: str) -> str:
    if not _IDENTIFIER.fullmatch(text):
        raise CellFault(f"{text[:40]!r} is no identifier of a fact.", "Write X and four figures.")
    return text_term(text, None)


def _hyphened(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
