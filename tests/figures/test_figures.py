"""Figures: files of their kind, the same for the same data, and captions that say whence."""

from __future__ import annotations

import struct
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from c5graph import Graph
from c5graph.cli import figure
from c5graph.cli.app import app
from c5graph.errors import BadParameter, MissingInput
from c5graph.figures import KINDS, draw
from c5graph.figures.drawn import BLUE, GREEN, GREY, ORANGE, VERMILLION
from c5graph.figures.sides import OTHERS, POWERS, REGION, THINGS, UNTOLD, side_of
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.namespaces import ID

EARLY = Lens(known_at=date(2025, 11, 20))
OPTIONS: dict[str, dict[str, Any]] = {
    "network": {"projection": "dependence", "firmness": "all"},
    "timeline": {"since": "2025-01-01"},
    "flows": {"entity": "tajikistan"},
    "comparison": {"projection": "deals"},
}


@pytest.fixture(scope="module")
def graph(shipped: Release) -> Graph:
    return Graph(shipped)


@pytest.fixture(scope="module")
def drawn(graph: Graph) -> dict[str, Any]:
    return {kind: draw(graph, kind, **OPTIONS[kind]) for kind in KINDS}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_svg_and_png(drawn: dict[str, Any], kind: str) -> None:
    root = ElementTree.fromstring(drawn[kind].as_bytes("svg"))
    assert root.tag.endswith("}svg")
    png = drawn[kind].as_bytes("png")
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width == 1420  # 7.1 inches of 200 dots
    assert height > 300


@pytest.mark.parametrize("kind", KINDS)
def test_a_caption_names_source_data_version_and_lens(
    graph: Graph, drawn: dict[str, Any], kind: str
) -> None:
    caption = drawn[kind].caption
    assert "Source: " in caption
    assert " claims of " in caption
    assert f"data version {graph.version}" in caption
    assert "Lens: default." in caption
    assert drawn[kind].title
    assert caption.encode() in drawn[kind].as_bytes("png")


def test_a_caption_tells_another_lens_and_what_lacked_a_date(graph: Graph) -> None:
    caption = draw(graph, "comparison", lens=EARLY).caption
    assert "Lens: knownAt 2025-11-20" in caption


def test_the_same_data_give_the_same_bytes(graph: Graph, drawn: dict[str, Any]) -> None:
    again = draw(graph, "network", **OPTIONS["network"])
    assert again.as_bytes("svg") == drawn["network"].as_bytes("svg")
    assert b"<dc:date>" not in again.as_bytes("svg")


def test_colours_stand_apart_and_shapes_say_the_same() -> None:
    sides = [*POWERS.values(), REGION, OTHERS]
    assert len({side.colour for side in sides}) == len({side.marker for side in sides}) == 5
    assert {side.colour for side in sides} == {BLUE, VERMILLION, ORANGE, GREEN, GREY}
    # In grey print the powers still differ, and none is lost on white.
    greys = sorted(luminance(side.colour) for side in POWERS.values())
    assert min(b - a for a, b in pairwise(greys)) > 0.05
    assert max(luminance(side.colour) for side in sides) < 0.5


def test_a_side_is_a_home() -> None:
    states = {ID + "tajikistan": "Tajikistan"}
    assert side_of([ID + "russia"], states) is POWERS[ID + "russia"]
    assert side_of([ID + "tajikistan"], states) is REGION
    assert side_of([ID + "japan"], states) is OTHERS
    assert side_of([], states) is UNTOLD
    assert side_of([], states, actor=False) is THINGS


def test_a_mineral_is_not_told_to_lack_a_home(graph: Graph) -> None:
    answer = graph.network("minerals")
    homeless = [node for node in answer.data["nodes"] if not node["homes"]]
    assert {node["actor"] for node in homeless if "c5:Mineral" in node["type"]} == {False}
    axes = draw(graph, "network", projection="minerals").figure.axes[0]
    legend = axes.get_legend()
    assert legend is not None
    assert THINGS.name in {text.get_text() for text in legend.get_texts()}


def test_every_edge_and_node_that_is_told_is_drawn(drawn: dict[str, Any], graph: Graph) -> None:
    axes = drawn["network"].figure.axes[0]
    answer = graph.network("dependence", firmness="all")
    labels = {text.get_text() for text in axes.texts}
    assert {"Russia", "China", "Turkmenistan"} <= labels
    arrows = [patch for patch in axes.patches if type(patch).__name__ == "FancyArrowPatch"]
    assert 0 < len(arrows) <= len(answer.edges)


def test_a_network_without_edges_says_so(graph: Graph) -> None:
    nothing = Lens(known_at=date(1999, 1, 1))
    found = draw(graph, "network", lens=nothing, projection="dependence")
    assert found.figure.axes[0].texts[0].get_text() == "no edges under this lens"
    assert found.as_bytes("svg")


def test_bars_of_flows_are_the_central_ends(graph: Graph, drawn: dict[str, Any]) -> None:
    bars = [patch.get_width() for patch in drawn["flows"].figure.axes[0].patches]
    blocks = graph.exposure("tajikistan").data["measured"]
    told = [
        size["central"] / 1e9
        for block in blocks
        if block["kind"] == "trade-turnover"
        for part in block["parts"]
        for size in part["sizes"]
        if size["unit"] == "USD" and size["central"] is not None
    ]
    assert sorted(bars) == pytest.approx(sorted(told))


def test_a_lens_that_leaves_nothing_draws_nothing_and_says_so(graph: Graph) -> None:
    nothing = Lens(known_at=date(1990, 1, 1))
    for kind in ("network", "timeline", "comparison"):
        assert "0 claims of 0 reports" in draw(graph, kind, lens=nothing).caption


def test_options_are_read_as_the_command_line_gives_them(graph: Graph) -> None:
    few = draw(graph, "network", most="5")
    assert "The 5 best joined" in few.caption or "The 4 best joined" in few.caption
    two = draw(graph, "comparison", entities="kazakhstan, tajikistan")
    assert [each.get_text() for each in two.figure.axes[0].get_yticklabels()] == [
        "Tajikistan",
        "Kazakhstan",
    ]


@pytest.mark.parametrize(
    ("kind", "option", "value"),
    [
        ("network", "most", "many"),
        ("network", "most", "0"),
        ("timeline", "since", "last year"),
        ("timeline", "colour", "red"),
        ("comparison", "colour", "red"),
    ],
)
def test_an_option_that_cannot_be_read_is_told(
    graph: Graph, kind: str, option: str, value: str
) -> None:
    with pytest.raises(BadParameter, match=option):
        draw(graph, kind, lens=None, **{option: value})


def test_the_best_joined_nodes_have_their_names(graph: Graph, drawn: dict[str, Any]) -> None:
    shown = {text.get_text() for text in draw(graph, "network").figure.axes[0].texts}
    assert {"United States", "Russia", "China", "Kazakhstan", "Uzbekistan"} <= shown
    assert drawn


def test_what_cannot_be_drawn_is_told(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="colour"):
        draw(graph, "network", colour="red")
    with pytest.raises(BadParameter, match="nothing"):
        draw(graph, "nothing")
    with pytest.raises(BadParameter) as caught:
        draw(graph, "flows", entity="tajikistan", kind="visas")
    assert "trade-turnover" in caught.value.remedy
    found = draw(graph, "network", projection="dependence")
    with pytest.raises(BadParameter, match="no known form"):
        found.save(tmp_path / "x.gif")
    with pytest.raises(MissingInput, match="cannot be written"):
        found.save(tmp_path / "no" / "x.svg")


def test_without_matplotlib_it_is_told_what_to_install(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(MissingInput) as caught:
        draw(graph, "comparison")
    assert "c5graph[figures]" in caught.value.remedy


def test_the_command_writes_a_file_and_tells_its_caption(
    shipped: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(figure, "build_release", lambda _: shipped)
    target = tmp_path / "deals.svg"
    options = ["--param", "projection=dependence", "--known-at", "2027-01-01"]
    result = CliRunner().invoke(app, ["figure", "network", str(target), *options])
    assert result.exit_code == 0, result.output
    assert ElementTree.parse(target).getroot().tag.endswith("}svg")
    assert "Lens: knownAt 2027-01-01" in result.stderr
