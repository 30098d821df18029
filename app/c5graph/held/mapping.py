"""Maps a publisher's file into a folder of claims: all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from c5graph.authoring.known import Known, read_known
from c5graph.authoring.lock import only_writer
from c5graph.authoring.terms import CellFault, date_term, nearest
from c5graph.authoring.writing import write_all
from c5graph.errors import BadParameter
from c5graph.graph.problems import Problem
from c5graph.graph.sources import Sources
from c5graph.held import (
    acled,
    aiddata,
    comtrade,
    draft,
    files,
    gdelt,
    opensanctions,
    polecat,
    sanctions,
)
from c5graph.held.draft import Draft, LeftOut
from c5graph.held.layout import Publisher
from c5graph.held.matching import Matcher
from c5graph.held.reading import Reading, Record
from c5graph.namespaces import ID

_MOST_FAULTS = 50
_MOST_NEAR = 200
_STEP = 1000
Progress = Callable[[int], None]
MAPPINGS: Mapping[str, draft.Mapping] = {
    each.MAPPING.layout.kind: each.MAPPING
    for each in (aiddata, comtrade, opensanctions, sanctions, acled, gdelt, polecat)
}
"""The mappings by the name of the data set."""


@dataclass(frozen=True)
class Order:
    """What is to be mapped, and how."""

    kind: str
    file: Path
    folder: Path
    issued: str = ""
    seen: str = ""
    countries: Sequence[str] = ()
    skip_faulty: bool = False
    dry_run: bool = False


@dataclass
class Mapped:
    """What a mapping did: counts, records left out by reason, names the graph does not have."""

    records: int = 0
    claims: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    near: dict[str, list[str]] = field(default_factory=dict)
    inferred: Counter[tuple[str, str]] = field(default_factory=Counter)
    texts: dict[Path, str] = field(default_factory=dict)
    gone: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def unmatched(self) -> str:
        """What was not matched or was inferred, as a table."""
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(("what", "name", "records", "remark"))
        rows.writerows(("left out", name, count, "") for name, count in _most(self.left_out))
        for name, count in _most(self.unknown):
            near = " or ".join(self.near.get(name, ()))
            rows.writerow(("new actor", name, count, f"may be {near}" if near else ""))
        for (name, thing), count in sorted(self.inferred.items()):
            rows.writerow(("inferred", name, count, f"taken for {thing}"))
        return text.getvalue()


def map_file(order: Order, root: Path, progress: Progress = lambda _: None) -> Mapped:
    """Map a file; on a faulty record nothing is written, unless such are to be skipped.

    Raises InputError where the file has another layout than the one that is followed.
    """
    with only_writer(order.folder):
        result = planned(order, read_known(Sources.shipped(root).inputs), progress)
        if result.texts and not order.dry_run:
            write_all(result.texts)
            for path in result.gone:
                path.unlink()
            beside = order.folder / f"{order.kind}-not-matched.csv"
            beside.write_text(result.unmatched, encoding="utf-8")
        return result


def planned(order: Order, known: Known, progress: Progress = lambda _: None) -> Mapped:
    """What mapping the file would write, with everything that is wrong with its records."""
    mapping, matcher = _mapping(order.kind), Matcher(known)
    seen = order.seen or date.today().isoformat()
    wanted = frozenset(_country(matcher, code) for code in order.countries)
    made = Draft(_name(mapping, seen), mapping.layout, matcher, wanted)
    if mapping.before is not None:
        for record in Reading(order.file, mapping.layout):
            mapping.before(made, record)
    reading, result = Reading(order.file, mapping.layout), Mapped()
    for record in reading:
        _one(mapping, made, record, result, order.file)
        if result.records % _STEP == 0:
            progress(_STEP)
    mapping.finish(made)
    _tell(result, made)
    if made.count and (order.skip_faulty or not result.problems):
        _describe(mapping.layout.publisher, made)
        read = files.Read(reading.digest, _day(order.issued or mapping.layout.issued), _day(seen))
        result.texts = files.texts_of(made, order.folder, read)
        result.gone = files.left_behind(made.name, order.folder, result.texts)
    return result


def _describe(publisher: Publisher, made: Draft) -> None:
    """Describe the publisher, where the graph does not."""
    if not made.matcher.known.has(ID + publisher.slug):
        made.entity(publisher.slug, publisher.kind, publisher.label, publisher.description)


def _one(mapping: draft.Mapping, made: Draft, record: Record, result: Mapped, file: Path) -> None:
    result.records += 1
    try:
        with made.whole():
            mapping.record(made, record)
    except LeftOut as reason:
        result.left_out[str(reason)] += 1
    except CellFault as fault:
        result.left_out["faulty"] += 1
        if len(result.problems) < _MOST_FAULTS:
            place = f"{file}: line {record.line}"
            result.problems.append(Problem(fault.message, fault.remedy, place, "record"))


def _tell(result: Mapped, made: Draft) -> None:
    result.claims = made.count
    result.unknown = Counter(made.unknown)
    for name, _ in result.unknown.most_common(_MOST_NEAR):
        near = made.matcher.near(name)
        if near:
            result.near[name] = near
    result.inferred = Counter((name, thing) for _, thing, name in made.inferred)


def _mapping(kind: str) -> draft.Mapping:
    if kind not in MAPPINGS:
        remedy = nearest(kind, MAPPINGS) or f"There are {', '.join(MAPPINGS)}."
        raise BadParameter(f"There is no mapping {kind[:40]!r}.", remedy=remedy)
    return MAPPINGS[kind]


def _country(matcher: Matcher, code: str) -> str:
    found = matcher.state(code)
    if found is None:
        raise BadParameter(
            f"--country: the graph has no state of the code {code[:20]!r}.",
            remedy="Write an ISO 3166-1 code such as KAZ.",
        )
    return found


def _name(mapping: draft.Mapping, seen: str) -> str:
    """The report's slug: the data set and its edition, or the day of reading where it has none."""
    layout = mapping.layout
    version = re.sub(r"[^a-z0-9]+", "-", (layout.version or seen).lower()).strip("-")
    return f"{layout.kind}-{version}"


def _day(text: str) -> str:
    try:
        if text:
            date_term(text)
    except CellFault as fault:
        raise BadParameter(fault.message, remedy=fault.remedy) from fault
    return text


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
