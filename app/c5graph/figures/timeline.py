"""Agreements along time, by state and by how far they have come."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Final

from c5graph.calls import GraphCalls
from c5graph.figures.drawn import BLACK, BLUE, ORANGE, VERMILLION, Drawn, Sheet, sheet, source_line
from c5graph.figures.sides import region
from c5graph.graph.lens import Lens
from c5graph.lenses import day as read_day

_EPOCH: Final = date(1970, 1, 1)  # where an axis of dates begins to count
_CLASSES: Final = {
    "intended": (ORANGE, "o"),
    "binding": (BLUE, "s"),
    "stalled": (VERMILLION, "X"),
}


def timeline(
    graph: GraphCalls, *, lens: Lens | None = None, since: str = "2023-01-01", **filters: Any
) -> Drawn:
    """One mark for each agreement at the day since when its present stage is told."""
    first = read_day({"since": [since]}, "since") or _EPOCH
    ledger = graph.ledger(lens=lens, **filters)
    states = region(graph)
    lanes = list(states.values())
    marks: dict[tuple[str, date], list[str]] = defaultdict(list)
    undated = early = 0
    for row in ledger.data["agreements"]:
        status = row["status"]
        told = _day(status["since"]) if status and status["since"] else None
        if told is None:
            undated += 1
        elif told < first:
            early += 1
        else:
            kind = status["class"]["iri"].rpartition("-")[2]
            for state in row["states"]:
                if state["label"] in lanes:
                    marks[state["label"], told].append(kind)
    made = sheet(4.6)
    _draw(made, lanes, marks)
    claims, reports = _behind(ledger.data["agreements"])
    caption = (
        f"Agreements by the state that takes part, at the day from which their present stage is "
        f"told; several of one day stand above each other. Left out: {undated} whose stage has no "
        f"day, {early} before {since}. " + source_line(ledger.data, claims, reports)
    )
    return made.finished("Agreements of the Central Asian states by present stage", caption)


def _day(text: str) -> date | None:
    parts = [int(each) for each in text.split("-")]
    # A month or a year is drawn in its middle.
    middle = (*parts, *((7, 1), (15,))[len(parts) - 1]) if len(parts) < 3 else parts
    return date(*middle[:3])


def _draw(made: Sheet, lanes: list[str], marks: dict[tuple[str, date], list[str]]) -> None:
    axes = made.axes
    axes.xaxis_date()
    step = 0.8 / max((7, *(len(kinds) for kinds in marks.values())))
    for lane, name in enumerate(lanes):
        axes.axhline(lane, color="#BBBBBB", linewidth=0.5, zorder=0)
        for (state, day), kinds in marks.items():
            for height, kind in enumerate(sorted(kinds)) if state == name else ():
                colour, marker = _CLASSES.get(kind, (BLACK, "d"))
                axes.scatter(
                    [(day - _EPOCH).days],
                    [lane + step * height],
                    s=17,
                    c=colour,
                    marker=marker,
                    edgecolors=BLACK,
                    linewidths=0.4,
                    alpha=0.9,
                    zorder=2,
                )
    for kind, (colour, marker) in _CLASSES.items():
        axes.scatter([], [], c=colour, marker=marker, edgecolors=BLACK, linewidths=0.4, label=kind)
    axes.set_yticks(range(len(lanes)), lanes)
    axes.set_ylim(-0.3, len(lanes) + 0.15)
    axes.legend(loc="upper left", fontsize=6.5, ncols=3)
    axes.figure.autofmt_xdate(rotation=0, ha="center")


def _behind(agreements: list[dict[str, Any]]) -> tuple[int, int]:
    claims: dict[str, set[str]] = {}
    for row in agreements:
        for each in (row["status"] or {}).get("claims", []):
            claims[each["iri"]] = {report["iri"] for report in each["reports"]}
    return len(claims), len(set().union(*claims.values()))
