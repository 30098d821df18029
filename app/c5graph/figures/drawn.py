"""A finished figure with its caption, as bytes or as a file."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from c5graph.errors import BadParameter, MissingInput

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY: Final = "#767676"
WIDTH: Final = 7.1
FORMS: Final = ("svg", "png")
_STYLE: Final[Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "path",
    # The same data give the same bytes.
    "svg.hashsalt": "c5graph",
}
_LINE: Final = 150


@dataclass(frozen=True)
class Drawn:
    """A figure; `caption` says what it shows, from which data and through which lens."""

    title: str
    caption: str
    figure: Figure = field(repr=False)

    def as_bytes(self, form: str, dpi: int = 200) -> bytes:
        """The figure as `svg` or `png`."""
        import matplotlib as mpl

        sink = io.BytesIO()
        metadata = {"Title": self.title, "Description": self.caption}
        if form == "svg":
            metadata["Date"] = ""
        with mpl.rc_context(_STYLE):
            self.figure.savefig(sink, format=form, dpi=dpi, metadata=_without_date(metadata))
        return sink.getvalue()

    def save(self, target: Path | str) -> Path:
        """Write it to a file whose ending names the form. Raises BadParameter."""
        path = Path(target)
        form = path.suffix.lstrip(".").lower()
        if form not in FORMS:
            raise BadParameter(f"{path}: no known form.", remedy="End it with .svg or .png.")
        try:
            path.write_bytes(self.as_bytes(form))
        except OSError as error:
            raise MissingInput(
                f"{path}: cannot be written ({error.strerror}).", remedy="Check the folder."
            ) from error
        return path

    def _repr_png_(self) -> bytes:
        """For notebooks."""
        return self.as_bytes("png", dpi=110)


def _without_date(metadata: dict[str, str]) -> dict[str, Any]:
    return {name: value or None for name, value in metadata.items()}


@dataclass(frozen=True)
class Sheet:
    """An empty figure to draw on."""

    figure: Figure
    axes: Axes

    def finished(self, title: str, caption: str) -> Drawn:
        """The figure with its title and, below, its caption."""
        import matplotlib as mpl

        with mpl.rc_context(_STYLE):
            self.axes.set_title(fill(title, 90), loc="left", fontweight="bold")
            self.figure.supxlabel(
                fill(caption, _LINE), x=0.01, ha="left", fontsize=6.5, color="#333333"
            )
            # Laid out once: a layout that starts from the last one moves with every file.
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")
        return Drawn(title, caption, self.figure)


def sheet(height: float) -> Sheet:
    """A sheet as wide as a page's text. Raises MissingInput without matplotlib."""
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingInput(
            "matplotlib is not installed.", remedy="Install it with: pip install 'c5graph[figures]'"
        ) from error
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasAgg(figure)
        return Sheet(figure, figure.add_subplot())


def short(text: str, most: int = 34) -> str:
    """A label that is not longer than so much."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def source_line(data: dict[str, Any], claims: int, reports: int) -> str:
    """Where a figure comes from: claims, reports, data version, lens."""
    lens = {k: v for k, v in data["lens"].items() if k not in ("iri", _UNDATED)}
    said = ", ".join(f"{name} {_words(value)}" for name, value in lens.items()) or "default"
    undated = data["lens"][_UNDATED]
    left = f"; {undated} claims left out for want of a date" if undated else ""
    return (
        f"Source: {claims} claims of {reports} reports in c5graph, data version {data['version']}. "
        f"Lens: {said}{left}."
    )


_UNDATED: Final = "left_out_for_want_of_a_date"


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
