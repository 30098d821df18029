"""A projected network as nodes and lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from c5graph.calls import GraphCalls
from c5graph.figures.drawn import BLACK, GREY, Drawn, Sheet, sheet, short, source_line
from c5graph.figures.sides import OTHERS, POWERS, REGION, THINGS, UNTOLD, Side, region, side_of
from c5graph.graph.lens import Lens

if TYPE_CHECKING:
    from networkx import Graph

_SEED: Final = 7
_LINE: Final = 0.026  # height of a name, as a share of the figure's
_SIDES: Final = ((0, 1), (0, -1), (1, 0), (-1, 0))  # of a mark, the first that has room
_MANY: Final = 5  # edges
_MARK: Final = 0.0011  # half of a mark, by the root of its size
_RISE: Final = 0.0006  # of a name by each edge of its mark, which grows as well


def network(
    graph: GraphCalls,
    *,
    lens: Lens | None = None,
    projection: str = "deals",
    firmness: str | None = None,
    most: int = 60,
) -> Drawn:
    """Nodes by home, lines by firmness; the best joined nodes of the largest component."""
    answer = graph.network(projection, lens=lens, firmness=firmness)
    full = answer.to_networkx()
    drawn = _best_joined(full, most)
    states = region(graph)
    sides = {
        node["iri"]: side_of(node["homes"], states, actor=node["actor"])
        for node in answer.data["nodes"]
    }
    made = sheet(6.4)
    _draw(made, drawn, sides)
    shown = (e for e in answer.edges if drawn.has_edge(e["source"]["iri"], e["target"]["iri"]))
    claims = {claim["iri"]: claim for edge in shown for claim in edge["claims"]}
    reports = {each["iri"] for claim in claims.values() for each in claim["reports"]}
    head = answer.head
    cut = (
        f" The {len(drawn)} best joined of {len(full)} nodes; none of smaller components."
        if len(drawn) < len(full)
        else ""
    )
    caption = (
        f"{head['description']}{cut} Names stand where there is room. Size: number of edges. "
        f"Width: {_lowered(head['weight']['meaning'])} Direction: {head['direction']}. "
        f"Firmness: {', '.join(head['firmness'])}. "
        + source_line(answer.data, len(claims), len(reports))
    )
    return made.finished(head["question"], caption)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _best_joined(full: Graph, most: int) -> Graph:
    """As much of the largest component as hangs together without its least joined nodes."""
    import networkx as nx

    kept = _largest(nx.Graph(full))
    ranked = sorted(kept, key=lambda node: (-full.degree(node), node))[:most]
    return full.subgraph(_largest(nx.Graph(full.subgraph(ranked))))


def _largest(plain: Graph) -> set[str]:
    import networkx as nx

    parts = nx.connected_components(plain)
    return set(max(parts, key=lambda part: (len(part), min(part)), default=()))


def _draw(made: Sheet, graph: Graph, sides: dict[str, Side]) -> None:
    import networkx as nx

    axes = made.axes
    axes.set_axis_off()
    if not graph:
        axes.text(0.5, 0.5, "no edges under this lens", ha="center")
        return
    places = _places(graph)
    arrows = {"arrows": True, "arrowsize": 7} if graph.is_directed() else {}
    for hedged, style in ((False, "solid"), (True, (0, (3, 2)))):
        edges = [(a, b) for a, b, data in graph.edges(data=True) if data["hedged"] is hedged]
        widths = [0.5 + 0.35 * graph.edges[edge]["weight"] for edge in edges]
        nx.draw_networkx_edges(
            graph, places, edges, width=widths, style=style, edge_color=GREY, ax=axes, **arrows
        )
    for side in (*POWERS.values(), REGION, OTHERS, UNTOLD, THINGS):
        nodes = [node for node in graph if sides[node] is side]
        if nodes:
            sizes = [25 + 14 * graph.degree(node) for node in nodes]
            axes.scatter(
                [places[node][0] for node in nodes],
                [places[node][1] for node in nodes],
                s=sizes,
                c=side.colour,
                marker=side.marker,
                edgecolors=BLACK,
                linewidths=0.6,
                zorder=3,
            )
            axes.plot([], [], side.marker, color=side.colour, mec=BLACK, mew=0.6, label=side.name)
    _labels(made, graph, places)
    axes.plot([], [], color=GREY, label="firm")
    axes.plot([], [], color=GREY, linestyle=(0, (3, 2)), label="planned or weaker")
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, 0.02), ncols=4, fontsize=6.5, frameon=False
    )


def _places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Places from a fixed seed, half as computed and half by their order, so that none crowd."""
    import networkx as nx

    plain = nx.Graph(graph)
    start = nx.circular_layout(sorted(plain))
    spread = 4.2 / max(len(plain), 1) ** 0.5
    found = nx.spring_layout(plain, pos=start, seed=_SEED, k=spread, iterations=400, weight=None)
    across = _evened({node: float(place[0]) for node, place in found.items()})
    upwards = _evened({node: float(place[1]) for node, place in found.items()})
    return {node: (across[node], upwards[node]) for node in graph}


def _evened(numbers: dict[str, float]) -> dict[str, float]:
    """Numbers between 0 and 1 that keep their order."""
    order = sorted(numbers, key=lambda node: (numbers[node], node))
    low, high = numbers[order[0]], numbers[order[-1]]
    width, most = (high - low) or 1.0, max(len(order) - 1, 1)
    return {
        node: (0.3 * (numbers[node] - low) / width) + 0.7 * rank / most
        for rank, node in enumerate(order)
    }


def _labels(made: Sheet, graph: Graph, places: dict[str, tuple[float, float]]) -> None:
    """Names of the best joined beside their marks, where no other name or mark stands already.

    What has many edges is named in any case that hides no other name.
    """
    taken: list[tuple[float, float, float]] = []
    marks = [(*places[node], _MARK * (25 + 14 * graph.degree(node)) ** 0.5) for node in graph]
    for node in sorted(graph, key=lambda node: (-graph.degree(node), node)):
        text, degree = short(graph.nodes[node]["label"], 26), graph.degree(node)
        free = [
            (side, box)
            for side, box in _boxes(text, places[node], degree)
            if not any(_meets(box, other) for other in taken)
        ]
        clear = [each for each in free if not any(_covers(*each[1], mark) for mark in marks)]
        for side, box in (clear or (free if degree >= _MANY else []))[:1]:
            taken.append(box)
            _name(made, text, places[node], side, degree)


def _boxes(
    text: str, place: tuple[float, float], degree: int
) -> Iterator[tuple[tuple[int, int], tuple[float, float, float]]]:
    """Where a name may stand: the side of its mark, its middle and half of its width."""
    half, rise = 0.0072 * len(text), 0.02 + _RISE * degree
    for across, upwards in _SIDES:
        yield (
            (across, upwards),
            (place[0] + across * (half + rise), place[1] + upwards * rise, half),
        )


def _meets(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return abs(one[1] - other[1]) < _LINE and abs(one[0] - other[0]) < one[2] + other[2]


def _covers(x: float, y: float, half: float, mark: tuple[float, float, float]) -> bool:
    """Whether a name that stands there hides the middle of a mark."""
    return abs(y - mark[1]) < _LINE / 2 + mark[2] / 2 and abs(x - mark[0]) < half


def _name(
    made: Sheet, text: str, place: tuple[float, float], side: tuple[int, int], degree: int
) -> None:
    across, upwards = side
    offset = 5 + 0.25 * degree
    made.axes.annotate(
        text,
        place,
        xytext=(across * offset, upwards * offset),
        textcoords="offset points",
        ha={-1: "right", 0: "center", 1: "left"}[across],
        va={-1: "top", 0: "center", 1: "bottom"}[upwards],
        fontsize=6 if degree < 4 else 7,
        zorder=4,
        bbox={"facecolor": "white", "alpha": 0.65, "edgecolor": "none", "pad": 0.4},
    )
