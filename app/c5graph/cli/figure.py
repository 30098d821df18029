"""`c5graph figure`: networks, timelines, flows and comparisons as files for print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from c5graph.api import Graph
from c5graph.cli.console import err
from c5graph.cli.data import (
    Data,
    With,
    chosen_sources,
    chosen_view,
    named_values,
)
from c5graph.cli.lens import LensOptions, takes_lens
from c5graph.errors import BadParameter
from c5graph.graph.release import build_release


@takes_lens
def figure(
    name: Annotated[str, typer.Argument(help="network, timeline, flows or comparison.")],
    target: Annotated[Path, typer.Argument(help="File to write; .svg or .png.")],
    param: Annotated[
        list[str] | None, typer.Option(help="An option of the figure, as name=value; may repeat.")
    ] = None,
    joined: With = None,
    data: Data = None,
    *,
    lens: LensOptions,
) -> None:
    """Draw a figure whose caption names its source, data version and lens.

    Needs matplotlib: pip install 'c5graph[figures]'.

    Examples: c5graph figure network deals.svg --param projection=deals
    c5graph figure timeline tajikistan.png --param state=tajikistan --param since=2025-01-01
    c5graph figure flows trade.svg --param entity=kyrgyzstan --param kind=trade-turnover
    c5graph figure comparison exposure.png --param projection=dependence
    """
    if target.suffix.lower() not in (".svg", ".png"):
        raise BadParameter(f"{target}: no known form.", remedy="End it with .svg or .png.")
    release = build_release(chosen_sources(data, joined))
    view = chosen_view(release, **lens)
    drawn = Graph(release).figure(name, lens=view.lens, **named_values(param))
    drawn.save(target)
    err.print(f"{drawn.title} written to {target}. {drawn.caption}", markup=False)
