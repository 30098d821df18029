"""Begins a report: its block among the sources, a file for its claims, a table to fill in."""

from __future__ import annotations

import calendar
import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from c5graph.authoring.batch import Batch
from c5graph.authoring.importing import Imported, Target, known_at, texts_of
from c5graph.authoring.known import Known
from c5graph.authoring.lock import only_writer
from c5graph.authoring.openings import CLAIMS_OF_ONE
from c5graph.authoring.reports import Reports
from c5graph.authoring.tables import COLUMNS, Row
from c5graph.authoring.writing import write_all
from c5graph.errors import BadParameter, MissingInput
from c5graph.graph.problems import Problem
from c5graph.namespaces import ID

_COLUMNS = (
    "claim passage subject predicate object gloss modality attributedTo validFrom validUntil "
    "frame frameLabel frameTriples"
).split()


class Options(Row):
    """A row whose cells are options of the command."""

    def fault(self, column: str, message: str, remedy: str) -> None:
        """Note what is wrong with an option."""
        name = "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in column)
        place = "ID" if column == "id" else f"--{name}"
        self.problems.append(Problem(message, remedy, place, "option"))


@dataclass(frozen=True)
class Begun:
    """What was begun: what was written, the file for the claims, the table to fill in."""

    result: Imported
    claims: Path
    table: Path


def begin_report(
    cells: Mapping[str, str], text: Path | None, target: Target, root: Path, table: Path
) -> Begun:
    """Write the report, a file for its claims and a table; on any problem write nothing."""
    with only_writer(target.folder):
        known = known_at(target, root)
        row = Options("new report", 1, _completed(dict(cells), known, text))
        batch = Batch(known)
        reports = Reports(batch)
        reports.announce(row)
        if not row.problems:
            reports.describe(row)
        claims = target.folder / (target.claims_file or f"claims/{row['id']}.ttl")
        result = Imported(made=batch.made, problems=row.problems)
        if not result.problems:
            texts_of(result, batch, target)
            if not claims.exists():
                result.texts[claims] = CLAIMS_OF_ONE.format(report=row["id"])
            _write_table(table, row["id"])
            write_all(result.texts)
        return Begun(result, claims, table)


def _completed(cells: dict[str, str], known: Known, text: Path | None) -> dict[str, str]:
    """The cells with what follows from others: label, origin, the digest of the text."""
    publisher = known.label(ID + cells["publisher"].partition("|")[0])
    when = in_words(cells.get("issued", ""))
    usual = {
        "label": f"{publisher}, {when}",
        "firstSeen": date.today().isoformat(),
        "origin": f"origin-{cells['id']}",
        "originLabel": f"report of {publisher}, {when}",
        "textDigest": "" if text is None else _digest(text),
    }
    return usual | {name: value for name, value in cells.items() if value}


def in_words(issued: str) -> str:
    """A date as labels have it: `6 November 2025`, `November 2025`, `2025`, `undated`."""
    year, _, rest = issued.partition("-")
    month, _, day = rest.partition("-")
    if not year:
        return "undated"
    named = calendar.month_name[int(month)] if month.isdigit() and int(month) < 13 else ""
    return " ".join(part for part in (day.lstrip("0"), named, year) if part)


def _digest(text: Path) -> str:
    try:
        content = text.read_bytes()
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadParameter(f"{text}: not UTF-8.", remedy="Save the text as UTF-8.") from error
    except OSError as error:
        raise MissingInput(
            f"{text}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error
    return hashlib.sha256(content).hexdigest()


def _write_table(path: Path, report: str) -> None:
    """A table with the columns that most claims need, and the report in the first row."""
    if path.exists():
        raise BadParameter(f"{path}: exists.", remedy="Move it, or name another with --table.")
    assert set(_COLUMNS) < set(COLUMNS["claims"])
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([["report", *_COLUMNS], [report]])
    path.write_text(sink.getvalue(), encoding="utf-8")
