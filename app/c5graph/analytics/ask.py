"""What an analysis is asked, read by name from URL parameters, options or keyword arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from c5graph.analytics.measure import Measure, Option
from c5graph.edges import USUAL
from c5graph.errors import BadParameter
from c5graph.graph.claims import Firmness, Record
from c5graph.graph.lens import Lens
from c5graph.lenses import PARAMETERS, listed, parse_lens
from c5graph.lookup import firmness_from
from c5graph.protocol import Parameters, single

DEFAULT_PROJECTION: Final = "deals"
SHARED: Final = {
    "projection": "Which network, by name; deals if not said.",
    "limit": "Rows of the answer at most.",
    "firmness": "Edges this firm: firm, planned, sought, possible, forecast, opinion or all.",
}
"""Parameters of every measure besides its own options and the lens."""
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


@dataclass(frozen=True)
class AnalysisAsk:
    """One measure of one network under one lens; names of things are as they were written."""

    measure: Measure
    lens: Lens
    projection: str = DEFAULT_PROJECTION
    firmness: frozenset[Firmness] = USUAL
    options: tuple[tuple[str, Any], ...] = ()
    lang: str = "en"


def parse_ask(measure: Measure, given: Parameters, record: Record, lang: str) -> AnalysisAsk:
    """The ask that the parameters mean. Raises BadParameter, which names the one that is wrong."""
    known = (*SHARED, *(option.name for option in measure.options), *PARAMETERS)
    for name in given:
        if name not in (*known, "lang", "format"):
            raise BadParameter(
                f"{measure.name} has no parameter {name[:40]!r}.",
                remedy=f"It has {', '.join(known)}.",
            )
    lens = parse_lens(given, record)
    named = listed(given, "firmness")
    return AnalysisAsk(
        measure=measure,
        lens=lens,
        projection=single(given, "projection", DEFAULT_PROJECTION) or DEFAULT_PROJECTION,
        # Hedged edges are there when they are asked for or the lens lets their claims in.
        firmness=firmness_from(named) if named else USUAL | lens.modality,
        options=tuple((each.name, _value(each, given, record)) for each in measure.options),
        lang=single(given, "lang") or lang,
    )


def _value(option: Option, given: Parameters, record: Record) -> Any:
    if option.kind == "set":
        names = listed(given, option.name)
        return tuple(names or ([option.default] if option.default else []))
    text = single(given, option.name)
    if text is None or text == "":
        if option.needed:
            raise BadParameter(f"The parameter {option.name!r} is missing.", remedy=option.meaning)
        return option.default
    return _READERS[option.kind](option, text, record)


def _lens(option: Option, text: str, record: Record) -> Lens:
    given = {} if text == "default" else parse_qs(text, keep_blank_values=True)
    unknown = [name for name in given if name not in PARAMETERS]
    if unknown or (not given and text != "default"):
        raise BadParameter(
            f"{option.name} is {text[:80]!r}, which is no lens.",
            remedy="Write default, or conditions such as knownAt=2025-11-07&minOrigins=2.",
        )
    return parse_lens(given, record)


def _number(option: Option, text: str, _: Record) -> float:
    try:
        value = int(text) if option.kind == "integer" else float(text)
    except ValueError:
        value = option.least - 1
    if not option.least <= value <= option.most:
        raise BadParameter(
            f"{option.name} is {text[:40]!r}.",
            remedy=f"Give a number from {option.least:g} to {option.most:g}. {option.meaning}",
        )
    return value


def _flag(option: Option, text: str, _: Record) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise BadParameter(f"{option.name} is {text[:40]!r}.", remedy="Write yes or no.")
    return text.lower() in _YES


def _choice(option: Option, text: str, _: Record) -> str:
    if text not in option.choices:
        raise BadParameter(
            f"{option.name} is {text[:40]!r}.", remedy=f"Use {', '.join(option.choices)}."
        )
    return text


def _name(_: Option, text: str, __: Record) -> str:
    return text


_READERS: Final[Mapping[str, Callable[[Option, str, Record], Any]]] = {
    "lens": _lens,
    "number": _number,
    "integer": _number,
    "flag": _flag,
    "choice": _choice,
    "node": _name,
}
