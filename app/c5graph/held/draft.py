"""What a mapping is going to write, gathered block by block.

What is kept grows with the claims that are made, not with the file that is read; MOST bounds it.
A record is added whole or not at all: what it has added is taken back when it proves faulty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from c5graph.authoring.document import Statement
from c5graph.authoring.terms import CellFault, date_term, text_term
from c5graph.authoring.values import value_of
from c5graph.errors import InputError
from c5graph.held.layout import Layout
from c5graph.held.matching import Matcher
from c5graph.held.reading import Place, Record
from c5graph.namespaces import ID
from c5graph.spelling import fold

MOST = 200_000
_LONGEST = 60
Pair = tuple[str, tuple[str, ...]]


class LeftOut(Exception):
    """A record that is not mapped; `str(...)` is why."""


@dataclass
class ReportDraft:
    """One report with what rests on it. Its origin is the same whenever the data are read."""

    slug: str
    title: str
    origin: str
    origin_slug: str
    claims: list[Statement] = field(default_factory=list)
    passages: dict[str, Statement] = field(default_factory=dict)


@dataclass
class Draft:
    """Blocks of one data set. `wanted` are the states of which one must be in each record."""

    name: str
    layout: Layout
    matcher: Matcher
    wanted: frozenset[str] = frozenset()
    reports: dict[str, ReportDraft] = field(default_factory=dict)
    entities: dict[str, Statement] = field(default_factory=dict)
    values: dict[str, Statement] = field(default_factory=dict)
    inferred: list[tuple[str, str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many claims there are."""
        return sum(len(report.claims) for report in self.reports.values())

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Take back what is added within, where it ends in an exception."""
        marks = [(kept, len(kept)) for kept in self._kept()]
        try:
            yield
        except Exception:
            for kept, size in marks:
                _cut(kept, size)
            raise

    def _kept(self) -> Iterator[Any]:
        yield from (self.reports, self.entities, self.values, self.inferred, self.unknown)
        yield self.lines
        for report in self.reports.values():
            yield from (report.claims, report.passages)

    def page(self, record: Record, key: str, report: ReportDraft | None = None) -> Page:
        """Where the claims of a record go: under the report of the whole file, if no other.

        Raises CellFault where another record has the same key.
        """
        found = self.report() if report is None else report
        if len(found.claims) >= MOST:
            raise InputError(
                f"More than {MOST:,} claims.",
                remedy="Narrow it with --country, or split the file.",
            )
        first = self.lines.setdefault(f"{found.slug}-{key}", record.line)
        if first != record.line:
            raise CellFault(f"{key} stands in line {first} as well.", "Keep one of the two.")
        return Page(self, found, record, key)

    def report(self, part: str = "", title: str = "", origin: str = "") -> ReportDraft:
        """The report of the whole file, or of a part of it that has an origin of its own."""
        slug = f"{self.name}-{part}" if part else self.name
        if slug not in self.reports:
            layout = self.layout
            self.reports[slug] = ReportDraft(
                slug,
                title or f"{layout.title}, {layout.edition}",
                origin or f"data of {layout.publisher.label}",
                "-".join(filter(None, ("origin", layout.publisher.slug, part))),
            )
        return self.reports[slug]

    def state(self, code: str) -> str:
        """CURIE of the state of this code. Raises LeftOut where the graph does not have it."""
        found = self.matcher.state(code)
        if found is None:
            raise LeftOut(f"state {code[:40] or 'not named'} is not in the graph")
        return found

    def insist_on(self, *states: str) -> None:
        """Raise LeftOut unless one of them is wanted."""
        if self.wanted and self.wanted.isdisjoint(states):
            raise LeftOut("about none of the countries that were named")

    def called(self, curie: str) -> str:
        """The English label of a thing."""
        return self.matcher.known.label(ID + curie.removeprefix("id:"))

    def entity(self, slug: str, kind: str, label: str, description: str, *pairs: Pair) -> str:
        """CURIE of a new thing; described once."""
        curie = f"id:{slug}"
        if curie not in self.entities:
            said: list[Pair] = [
                ("a", (f"c5:{kind}",)),
                ("rdfs:label", (text_term(label),)),
                ("dcterms:description", (text_term(description),)),
                *pairs,
            ]
            self.entities[curie] = Statement(curie, tuple(said)).ordered()
        return curie

    def actor(self, name: str, kind: str = "Organisation") -> tuple[str, str]:
        """The actor of this name, and the name where that is an inference."""
        found = self.matcher.actor(name)
        if found is not None:
            return found, name
        return self.newcomer(name, kind), ""

    def newcomer(self, name: str, kind: str) -> str:
        """An actor of this name that the graph does not have."""
        self.unknown.append(name)
        told = f"Actor in the data of {self.layout.publisher.label}."
        unnamed = name.lower().startswith(("unspecified", "unidentified", "unknown"))
        pairs: list[Pair] = [("c5:isUnnamed", ("true",))] if unnamed else []
        return self.entity(self._slug(name), kind, name, told, *pairs)

    def value(self, text: str) -> str:
        """CURIE of the amount or quantity that the text means. Raises CellFault."""
        block = value_of(text, self.matcher.known)
        assert block is not None, text
        if not self.matcher.known.has(ID + block.subject.removeprefix("id:")):
            self.values.setdefault(block.subject, block)
        return block.subject

    def _slug(self, name: str) -> str:
        """A slug for a name, with a digest where the words alone are another's, or are cut."""
        words = "-".join(fold(name).split())
        plain = f"{self.layout.kind}-{words}"
        taken = self.entities.get(f"id:{plain}")
        same = taken is None or taken.values("rdfs:label") == (text_term(name),)
        if words and len(words) <= _LONGEST and same and not self.matcher.known.has(ID + plain):
            return plain
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        return f"{plain[:_LONGEST].strip('-')}-{digest}"


@dataclass(frozen=True)
class Mapping:
    """What the module of one publisher offers: the layout, and what to make of a record.

    `record` raises CellFault where a cell is at fault, and LeftOut with the reason. Where records
    speak of each other the file is read twice: `before` notes what it meets the first time.
    """

    layout: Layout
    record: Callable[[Draft, Record], None]
    finish: Callable[[Draft], None] = lambda _: None
    before: Callable[[Draft, Record], None] | None = None


@dataclass(frozen=True)
class Page:
    """Where the claims of one record go."""

    draft: Draft
    report: ReportDraft
    record: Record
    key: str
    modality: str = "asserted"

    def worded(self, modality: str) -> Page:
        """The same with another modality."""
        return replace(self, modality=modality)

    def claim(
        self, stated: tuple[str, str, str], gloss: str, *,
        taken: tuple[str, str] = ("", ""), since: str = "", until: str = "",
    ) -> None:  # fmt: skip
        """Add a claim; `taken` is a thing, and the words that were taken for it without a code."""
        subject, predicate, target = stated
        curie = f"{self._start}{self._number()}"
        thing, words = taken
        if words:
            self.draft.inferred.append((curie, thing, words))
        pairs: list[Pair] = [
            ("a", ("c5:Claim",)),
            ("rdf:subject", (subject,)),
            ("rdf:predicate", (f"c5:{predicate}",)),
            ("rdf:object", (target,)),
            ("c5:gloss", (text_term(gloss),)),
            ("c5:modality", (f"voc:modality-{self.modality}",)),
            ("c5:attributedTo", (f"id:{self.draft.layout.publisher.slug}",)),
            ("c5:stance", ("voc:stance-neutral",)),
            ("c5:identification", ("voc:inferred",) if words else ()),
            ("c5:validFrom", (date_term(since),) if since else ()),
            ("c5:validUntil", (date_term(until),) if until else ()),
            ("c5:evidence", (self._passage(),)),
        ]
        self.report.claims.append(Statement(curie, tuple(pair for pair in pairs if pair[1])))

    def party(self, subject: str, role: str, name: str, gloss: str) -> None:
        """Add a claim on the actor of a name, which stands in the gloss as `{}`."""
        taken = self.draft.actor(name)
        called = self.draft.called(taken[0]) if taken[1] else name
        self.claim((subject, role, taken[0]), gloss.format(called), taken=taken)

    @property
    def _start(self) -> str:
        return f"claim:{self.report.slug}-{self.key}-"

    def _number(self) -> int:
        """The next number among the claims of this record, which are the last ones."""
        number = 1
        for each in reversed(self.report.claims):
            if not each.subject.startswith(self._start):
                break
            number += 1
        return number

    def _passage(self) -> str:
        place = self.record.place
        name = f"passage:{place.start}-{place.end}"
        for block in _passage(name, self.report.slug, place):
            self.report.passages.setdefault(block.subject, block)
        return name


def _passage(name: str, report: str, place: Place) -> tuple[Statement, Statement]:
    selector = f"{name}-position"
    said: tuple[Pair, ...] = (
        ("a", ("c5:Passage",)),
        ("oa:hasSource", (f"report:{report}",)),
        ("oa:hasSelector", (selector,)),
        ("c5:spanDigest", (f'"{place.digest}"',)),
    )
    where: tuple[Pair, ...] = (
        ("a", ("oa:TextPositionSelector",)),
        ("oa:start", (str(place.start),)),
        ("oa:end", (str(place.end),)),
    )
    return Statement(name, said), Statement(selector, where)


def _cut(kept: Any, size: int) -> None:
    """Shorten a list or a dictionary to its first entries."""
    if isinstance(kept, list):
        del kept[size:]
    else:
        while len(kept) > size:
            kept.popitem()
