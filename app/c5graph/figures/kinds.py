"""The kinds of figure by name."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any, Final

from c5graph.calls import GraphCalls, insist_on_known
from c5graph.errors import BadParameter
from c5graph.figures.bars import comparison, flows
from c5graph.figures.drawn import Drawn
from c5graph.figures.network import network
from c5graph.figures.timeline import timeline
from c5graph.graph.lens import Lens

KINDS: Final[dict[str, Callable[..., Drawn]]] = {
    "network": network,
    "timeline": timeline,
    "flows": flows,
    "comparison": comparison,
}


def draw(graph: GraphCalls, kind: str, /, *, lens: Lens | None = None, **options: Any) -> Drawn:
    """A figure of this kind; options are those of its function. Raises BadParameter."""
    insist_on_known(kind, KINDS)
    known = signature(KINDS[kind]).parameters
    open_ended = any(each.kind is each.VAR_KEYWORD for each in known.values())
    for name in options:
        if name not in known and not open_ended:
            listed = ", ".join(each for each in known if each not in ("graph", "lens"))
            raise BadParameter(f"{kind} has no option {name!r}.", remedy=f"It has {listed}.")
    read = {
        name: _read(name, value, known[name].default) if name in known else value
        for name, value in options.items()
    }
    return KINDS[kind](graph, lens=lens, **read)


def _read(name: str, value: Any, default: object) -> Any:
    """An option as its function takes it: the command line gives every one as a text."""
    if isinstance(default, int):
        try:
            number = int(value)
        except (TypeError, ValueError):
            number = 0
        if number < 1:
            raise BadParameter(f"{name} is {value!r:.40}.", remedy="Give a whole number from 1 up.")
        return number
    if isinstance(default, tuple) and isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    return value
