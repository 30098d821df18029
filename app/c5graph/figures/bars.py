"""Flows of one thing by partner, and the exposure of several side by side, as ranges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from c5graph.answers import ExposureAnswer
from c5graph.calls import GraphCalls
from c5graph.errors import BadParameter
from c5graph.figures.drawn import BLACK, GREY, Drawn, Sheet, sheet, short, source_line
from c5graph.figures.sides import POWERS, region
from c5graph.graph.lens import Lens

_UNITS: Final = {"USD": (1e9, "billion US dollars"), "EUR": (1e9, "billion euros")}
_OTHER: Final = GREY
_ROWS: Final = 36


def flows(
    graph: GraphCalls,
    *,
    lens: Lens | None = None,
    entity: str = "tajikistan",
    kind: str = "trade-turnover",
    unit: str = "USD",
) -> Drawn:
    """What flows between a thing and each partner, period by period; lines are ranges."""
    found = graph.exposure(entity, lens=lens)
    rows = list(_sizes(found.data, kind, unit))[:_ROWS]
    if not rows:
        kinds = sorted({block["kind"] for block in found.data["measured"]})
        raise BadParameter(
            f"No {kind} of {entity} in {unit} is told.",
            remedy=f"Of it are told: {', '.join(kinds) or 'no flows at all'}.",
        )
    made = sheet(1.2 + 0.22 * len(rows))
    scale, name = _UNITS.get(unit, (1.0, unit))
    for place, (period, partner, size) in enumerate(reversed(rows)):
        side = POWERS.get(partner["iri"])
        _range(made, place, size, scale, side.colour if side else _OTHER)
        made.axes.set_ylim(-0.7, len(rows) - 0.3)
        rows_label = f"{short(partner['label'], 26)}  {period}"
        made.axes.text(
            -0.01,
            place,
            rows_label,
            ha="right",
            va="center",
            fontsize=7,
            transform=made.axes.get_yaxis_transform(),
        )
    made.axes.set_yticks([])
    made.axes.set_xlim(left=0)
    made.axes.set_xlabel(name)
    label = found.data["entity"]["label"]
    caption = (
        "Bars: what is measured and told by most origins; lines: the least and the most that any "
        "report tells, in whatever wording; an arrow: no upper end is told; an open mark: only "
        "planned, hoped for or expected. " + _source(found, (size for *_, size in rows))
    )
    return made.finished(f"{label}: {kind.replace('-', ' ')} by partner and period", caption)


def _sizes(data: dict[str, Any], kind: str, unit: str) -> Iterable[tuple[str, dict[str, Any], Any]]:
    for block in data["measured"]:
        if block["kind"] == kind:
            for part in block["parts"]:
                for size in part["sizes"]:
                    if size["unit"] == unit:
                        yield _period(block), part["partner"], size


def _period(block: dict[str, Any]) -> str:
    if not block["from"]:
        return "undated"
    start, end = block["from"], block["until"]
    if start.endswith("-01-01") and end == f"{start[:4]}-12-31":
        return str(start[:4])
    return f"{start[:7]} to {end[:7]}" if start[:7] != end[:7] else str(start[:7])


def _range(made: Sheet, place: float, found: dict[str, Any], scale: float, colour: str) -> None:
    """A bar to the central end, a line from the low to the high one."""
    axes = made.axes
    low, central, high = (
        None if found[name] is None else found[name] / scale for name in ("low", "central", "high")
    )
    if central is not None:
        axes.barh(place, central, height=0.62, color=colour, edgecolor=BLACK, linewidth=0.4)
    start = low if low is not None else central
    if start is None:
        return
    end = high if high is not None else start * 1.12
    axes.plot([start, end], [place, place], color=BLACK, linewidth=1.1, zorder=3)
    axes.plot([start], [place], marker="|", color=BLACK, markersize=5, zorder=3)
    last = ">" if high is None else "|"
    axes.plot(
        [end], [place], marker=last, color=BLACK, markersize=4 if high is None else 5, zorder=3
    )
    if central is None:
        middle = (start + end) / 2
        axes.plot([middle], [place], "o", mfc="white", mec=BLACK, markersize=4, zorder=4)


def comparison(
    graph: GraphCalls,
    *,
    lens: Lens | None = None,
    projection: str = "deals",
    entities: Iterable[str] = (),
) -> Drawn:
    """Shares of the powers for several things side by side: low, central and high."""
    names = list(entities) or [iri.rpartition("/")[2] for iri in region(graph)]
    answers = [graph.exposure(name, lens=lens, projections=[projection]) for name in names]
    made = sheet(1.3 + 0.62 * len(names))
    axes = made.axes
    ranges: list[Any] = []
    for place, answer in enumerate(reversed(answers)):
        shares = _shares(answer.data, projection)
        ranges += shares.values()
        if all(each["high"] is None for each in shares.values()):
            axes.text(0.01, place, "nothing is told", va="center", fontsize=7, color=GREY)
        for step, (power, side) in enumerate(POWERS.items()):
            _share(made, place + 0.24 * (1 - step), shares.get(power), side.colour, side.marker)
    labels = [short(each.data["entity"]["label"], 24) for each in reversed(answers)]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.6, len(labels) - 0.2)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    for side in POWERS.values():
        axes.plot([], [], side.marker, color=side.colour, mec=BLACK, mew=0.4, label=side.name)
    axes.legend(loc="upper right", fontsize=6.5, ncols=3, bbox_to_anchor=(1, 1.02))
    head = next((e["projection"] for a in answers for e in a.data["relations"]), None)
    question = head["question"] if head else projection
    caption = (
        f"Share of each power in what joins the state with others ({projection}: {question}). "
        "Marks: what is firm or planned; lines: from what is sure to all that anybody tells; a "
        "dotted line: nothing is told of that power, and others leave it so much. "
        + _source(answers[0], ranges, answers)
    )
    return made.finished(f"Exposure to the powers by {projection}", caption)


def _shares(data: dict[str, Any], projection: str) -> dict[str, Any]:
    for told in data["relations"]:
        if told["projection"]["name"] == projection:
            return {each["power"]["iri"]: each["share"] for each in told["shares"]}
    return {}


def _share(made: Sheet, place: float, found: Any, colour: str, marker: str) -> None:
    if found is None or found["high"] is None:
        return
    if found["low"] is None:
        made.axes.plot([0, found["high"]], [place, place], ":", color=colour, linewidth=1.2)
        return
    made.axes.plot([found["low"], found["high"]], [place, place], color=colour, linewidth=2.2)
    if found["central"] is not None:
        made.axes.plot(
            [found["central"]],
            [place],
            marker,
            color=colour,
            mec=BLACK,
            mew=0.5,
            markersize=6,
            zorder=3,
            clip_on=False,
        )


def _source(
    first: ExposureAnswer, ranges: Iterable[Any], answers: Iterable[ExposureAnswer] = ()
) -> str:
    known = dict(first.data["claims"])
    for each in answers:
        known |= each.data["claims"]
    claims = {iri for found in ranges for some in found["claims"].values() for iri in some}
    reports = {report["iri"] for iri in claims for report in known[iri]["reports"]}
    return source_line(first.data, len(claims), len(reports))
