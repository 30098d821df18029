"""A lens by name: read from URL parameters or options, and told again in answers. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, Literal, cast
from urllib.parse import quote

from c5graph.errors import BadParameter
from c5graph.graph.claims import MODALITIES, Firmness, Record
from c5graph.graph.lens import DEFAULT, EVERY_MODALITY, Lens
from c5graph.namespaces import REPORT, VOC, expand
from c5graph.protocol import Parameters, single

PARAMETERS: Final[Mapping[str, str]] = {
    "asOf": "Held in the world on a day such as 2025-11-06: only what must have been so then.",
    "knownAt": "Reported up to a day: only what reports had published by then.",
    "reports": "Only claims of these reports, with commas between.",
    "kinds": "Only reports of these kinds, such as news or analysis.",
    "interest": "Only reports of these interests, such as independent-press.",
    "modality": "Wordings that count: asserted, planned, sought, possible, forecast, opinion, all.",
    "minOrigins": "Only what at least so many independent origins tell.",
    "dates": "With a day, 'possible' takes also what may have held or been reported by then.",
}
"""Every parameter of a lens and what it means."""

_PLAINLY: Final = {name.lower(): name for name in PARAMETERS}
_LISTED: Final = 12
_COMMAS: Final = 5  # in one name
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_KINDS, _INTERESTS = VOC + "report-", VOC + "interest-"


def parse_lens(given: Parameters, record: Record) -> Lens:
    """The lens that the parameters ask for. Raises BadParameter, which says what there is."""
    _insist_on_spelling(given)
    # A form sends its empty fields as well.
    known = ((name, _filled(values)) for name, values in given.items() if name in PARAMETERS)
    given = {name: filled for name, filled in known if filled}
    if not given:
        return DEFAULT
    if not record.claims:
        raise BadParameter(
            "These data hold no claims, so a lens has nothing to choose from.",
            remedy=f"Leave out {', '.join(name for name in given)}.",
        )
    reports = record.reports.values()
    return Lens(
        as_of=day(given, "asOf"),
        known_at=day(given, "knownAt"),
        reports=_chosen(given, "reports", REPORT, (each.iri for each in reports)),
        kinds=_chosen(given, "kinds", _KINDS, (each.kind for each in reports)),
        interests=_chosen(given, "interest", _INTERESTS, (each.interest for each in reports)),
        modality=_modality(listed(given, "modality")),
        min_origins=_origins(given),
        dates=_dates(given),
    )


def _insist_on_spelling(given: Iterable[str]) -> None:
    """A lens that is misspelt must not pass for the default one where others' names are ignored."""
    for name in given:
        meant = _PLAINLY.get(name.lower().replace("_", "").replace("-", ""), name)
        if meant != name:
            raise BadParameter(f"There is no parameter '{name[:40]}'.", remedy=f"Use {meant}.")


def _filled(values: Sequence[str]) -> list[str]:
    return [value for value in values if value.strip()]


def listed(given: Parameters, name: str) -> list[str]:
    """Values given repeatedly or with commas between (an IRI may hold one, and is not split)."""
    return [each for value in given.get(name, ()) for each in parted(value)]


def parted(value: str) -> list[str]:
    """One value with commas between its parts; an IRI may hold one, and is one part."""
    parts = [value] if "://" in value else value.split(",")
    return [each.strip() for each in parts if each.strip()]


def joined(parts: Sequence[str], find: Callable[[str], object]) -> Iterator[str]:
    """The parts as names: those that make one name together, which has commas, stay together."""
    at = 0
    while at < len(parts):
        most = min(_COMMAS + 1, len(parts) - at)
        runs = (", ".join(parts[at : at + length]) for length in range(most, 1, -1))
        name = next(filter(find, runs), parts[at])
        yield name
        at += 1 + name.count(", ") if name != parts[at] else 1


@lru_cache(maxsize=64)
def canonical(lens: Lens) -> str:
    """The lens as parameters in one order, or `default`; safe in a header."""
    pairs = [f"{name}={quote(','.join(values), safe=',:')}" for name, values in _said(lens)]
    return "&".join(pairs) or "default"


def described(lens: Lens, undated: int) -> dict[str, Any]:
    """The lens for JSON: its IRI, what was asked, and the claims that lacked a date."""
    asked = {
        name: list(values) if name in ("reports", "kinds", "interest", "modality") else values[0]
        for name, values in _said(lens)
    }
    return {"iri": lens.iri, **asked, "left_out_for_want_of_a_date": undated}


def headers(lens: Lens, undated: int) -> tuple[tuple[str, str], ...]:
    """The lens for a response whose body has no place for it."""
    return ("c5graph-lens", canonical(lens)), ("c5graph-undated", str(undated))


def _said(lens: Lens) -> Iterator[tuple[str, Sequence[str]]]:
    """What differs from the default, by the names of the parameters."""
    for name, day in (("asOf", lens.as_of), ("knownAt", lens.known_at)):
        if day is not None:
            yield name, [day.isoformat()]
    for name, start, chosen in (
        ("reports", REPORT, lens.reports),
        ("kinds", _KINDS, lens.kinds),
        ("interest", _INTERESTS, lens.interests),
    ):
        if chosen is not None:
            yield name, sorted(iri.removeprefix(start) for iri in chosen)
    if lens.modality != DEFAULT.modality:
        yield "modality", [each.modality for each in sorted(lens.modality)]
    if lens.min_origins != DEFAULT.min_origins:
        yield "minOrigins", [str(lens.min_origins)]
    if lens.dates != DEFAULT.dates:
        yield "dates", [lens.dates]


def day(given: Parameters, name: str) -> date | None:
    """A day of the form 2025-11-06. Raises BadParameter."""
    text = single(given, name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise BadParameter(
            f"{name} is {text[:40]!r}, which is no day.", remedy="Write a day such as 2025-11-06."
        ) from error


def _chosen(
    given: Parameters, name: str, start: str, there_are: Iterable[str | None]
) -> frozenset[str] | None:
    if name not in given:
        return None
    known = {iri for iri in there_are if iri is not None}
    chosen = {_iri(value, start) for value in listed(given, name)}
    for iri in sorted(chosen - known) or [""][: not chosen]:
        raise BadParameter(
            f"{name}: the graph has no {iri.removeprefix(start)[:80]!r}.",
            remedy=instead_of(
                iri.removeprefix(start), (each.removeprefix(start) for each in known)
            ),
        )
    return frozenset(chosen)


def instead_of(wanted: str, names: Iterable[str]) -> str:
    """What there is in place of a name that there is not: all, or those nearest to it."""
    known = sorted(names)
    if len(known) <= _LISTED:
        return f"There are {', '.join(known)}."
    near = get_close_matches(wanted, known, n=_LISTED, cutoff=0.3) or known[:_LISTED]
    return f"There are {len(known)}, among them {', '.join(near)}."


def _iri(name: str, start: str) -> str:
    if ":" in name:
        return expand(name) or name.strip("<>")
    last = start.rsplit("/", 1)[1]
    return start + (name.removeprefix(last) if last else name)


def _modality(names: list[str]) -> frozenset[Firmness]:
    if not names:
        return DEFAULT.modality
    if "all" in names:
        return EVERY_MODALITY
    known = {iri.rpartition("-")[2]: each for iri, each in MODALITIES.items()}
    for name in names:
        if name not in known:
            raise BadParameter(
                f"modality: there is no {name[:40]!r}.", remedy=f"Use {', '.join(known)} or all."
            )
    return frozenset(known[name] for name in names)


def _origins(given: Parameters) -> int:
    text = single(given, "minOrigins", "1") or ""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 1000):
        raise BadParameter(
            f"minOrigins is {text[:20]!r}, which is no number from 1 to 1000.",
            remedy="Write 2 for what two independent origins tell.",
        )
    return int(text[:9])


def _dates(given: Parameters) -> Literal["certain", "possible"]:
    text = single(given, "dates", DEFAULT.dates)
    if text not in ("certain", "possible"):
        raise BadParameter(f"dates is {text!r}.", remedy="Use certain or possible.")
    return cast(Literal["certain", "possible"], text)
