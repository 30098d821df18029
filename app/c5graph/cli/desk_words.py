"""Answers of the desk in words, for a terminal."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.table import Table

from c5graph.cli.console import out


def show_ledger(shown: dict[str, Any]) -> None:
    """Agreements one a line, then sums."""
    rows = Table(box=None, pad_edge=False)
    for title in ("since", "status", "worth", "agreement"):
        rows.add_column(title)
    for row in shown["agreements"]:
        status = row["status"]
        rows.add_row(
            (status and status["since"]) or "",
            status["status"]["label"] if status else "not told",
            "; ".join(each["label"] for each in row["values"]),
            escape(row["agreement"]["label"]),
        )
    out.print(rows)
    out.print(f"{len(shown['agreements'])} of {shown['total']} agreements.")
    _totals(shown["totals"])
    for group in shown["groups"]:
        named = escape(group["key"]["label"])
        out.print(f"[bold]{named}[/]: {_agreements(group['agreements'])}")
        _totals(group["totals"])


def _totals(totals: list[dict[str, Any]]) -> None:
    for each in totals:
        out.print(f"  {_total(each)}")


def _total(total: dict[str, Any]) -> str:
    """The sum of one currency, such as `USD 1 to 2 in 3 agreements, 1 left out`."""
    basis = f" at {total['basis']} prices" if total["basis"] else ""
    left = len(total["left_out"])
    if not total["agreements"]:
        return f"{total['currency']}{basis}: nothing added, {left} left out"
    low, high = f"{total['low']:,}", f"{total['high']:,}"
    span = low if low == high else f"{low} to {high}"
    more = " or more" if total["open"] else ""
    tail = f", {left} left out" if left else ""
    return f"{total['currency']} {span}{more}{basis} in {_agreements(total['agreements'])}{tail}"


def _agreements(number: int) -> str:
    return f"{number} agreement" + ("" if number == 1 else "s")


def show_disputes(shown: dict[str, Any]) -> None:
    """Each dispute with its positions, claims and findings."""
    for row in shown["disputes"]:
        term = row["term"]["label"] if row["term"] else row["kind"]["label"]
        out.print(
            f"[bold]{escape(row['subject']['label'])}[/]: {escape(term)}  [{row['strength']}]",
        )
        for number, each in enumerate(row["positions"]):
            denied = "not " if each["denied"] else ""
            when = f" ({each['when']})" if each["when"] else ""
            out.print(f"  {number}. {denied}{each['label']}{when}", markup=False)
            for note in each["claims"]:
                reports = "; ".join(one["label"] for one in note["reports"])
                out.print(f"      {note['modality']}: {note['gloss']} ({reports})", markup=False)
        for each in row["differences"]:
            one, other = each["between"]
            out.print(f"  {one} and {other}: {each['meaning']}", markup=False)
        for each in row["findings"]:
            out.print(f"  finding: {each['label']}", markup=False)
    out.print(
        f"{len(shown['disputes'])} of {shown['total']} disputes, {shown['conflicts']} conflicts."
    )


def show_changes(shown: dict[str, Any]) -> None:
    """One line a change."""
    for row in shown["changes"]:
        out.print(_change(row), markup=False)
    counts = ", ".join(f"{count} {kind}" for kind, count in shown["counts"].items())
    out.print(f"{len(shown['changes'])} shown; in all {counts}.")


def _change(row: dict[str, Any]) -> str:
    kind = row["change"]
    if kind == "status":
        before = row["before"]["status"]["label"] if row["before"] else "nothing told"
        after = row["after"]
        since = f" ({after['since']})" if after["since"] else ""
        return f"{row['subject']['label']}: {before} -> {after['status']['label']}{since}"
    if kind == "dispute":
        positions = " / ".join(each["label"] for each in row["positions"])
        word = "disputed" if row["new"] else "disputed further"
        return f"{row['subject']['label']} {word}: {positions}"
    if kind in ("gained", "lost"):
        words = " ".join(row[part]["label"] for part in ("subject", "predicate", "object"))
        return f"{kind}: {words}  [{row['firmness']}]"
    return f"{kind}: {row.get('label') or row.get('gloss')}"


def show_perspectives(shown: dict[str, Any]) -> None:
    """Who is quoted, and what each class of interest says, aspect by aspect."""
    for speaker in shown["voices"]:
        name = speaker["voice"]["label"] if speaker["voice"] else "nobody named"
        relays = ", ".join(each["label"] for each in speaker["relayed_by"])
        passed = f", passed on by {relays}" if relays else ""
        out.print(f"{name}: {speaker['claims']} claims{passed}", markup=False)
    for voice in shown["interests"]:
        out.print(
            f"[bold]{escape(voice['interest']['label'])}[/]: {voice['claims']} claims in "
            f"{voice['reports']} reports; silent on {voice['silent_on']} aspects"
        )
    for row in shown["aspects"]:
        out.print(f"{row['subject']['label']} {row['term']['label']}", markup=False)
        for said in row["says"]:
            words = "; ".join(
                ("not " if each["denied"] else "") + each["label"] for each in said["positions"]
            )
            out.print(f"    {said['interest']['label']}: {words}", markup=False)
        if row["silent"]:
            silent = ", ".join(each["label"] for each in row["silent"])
            out.print(f"    silent: {silent}", markup=False)
    out.print(f"{len(shown['aspects'])} of {shown['total']} aspects.")
