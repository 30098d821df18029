"""What an exposure is asked, by the names of URL parameters."""

from __future__ import annotations

from typing import Final

from c5graph.analytics.exposure.exposure import POWERS, PROJECTIONS, ExposureAsk
from c5graph.errors import BadParameter
from c5graph.lenses import PARAMETERS, listed
from c5graph.namespaces import CLAIM, expand
from c5graph.protocol import Parameters, single

OPTIONS: Final = {
    "entity": "Whose exposure: a state, mineral, corridor, sector or anything else.",
    "powers": "To whom, with commas between; russia, china and united-states if not said.",
    "projections": "In which networks; those of dependence in the wide sense if not said.",
    "without": "What if these go: names with commas between, an edge as kazakhstan~boeing, or a "
    "claim as claim:trend-2025-12-11-tm-ru-02.",
}
FORMULA: Final = (
    "share(p) = w(p) / Σ w. A relation weighs by the number of things that join the two; it is "
    "sure when it is firm and undisputed, usual when it is firm or planned, and possible when "
    "anybody tells it in any wording. The low end of a share is what is sure of p against all "
    "that is possible of the others, the high end the reverse. A measured share is what a source "
    "tells, or the quotient of two amounts of one unit and period; its ends are the least and "
    "most of everything told, within 1 less the least of all others: a figure told as about is "
    "taken 5 per cent either way, at least has no end above, up to has none below. Concentration "
    "is the Herfindahl-Hirschman index H = Σ share², from the most even to the least even "
    "distribution that the ranges allow. A figure that nobody tells is missing, never zero."
)
SOURCE: Final = (
    "A. O. Hirschman, National power and the structure of foreign trade, Berkeley 1945; "
    "O. C. Herfindahl, Concentration in the steel industry, Columbia University 1950."
)
_MOST: Final = 20


def parse_exposure(given: Parameters, lang: str) -> ExposureAsk:
    """The ask that the parameters mean. Raises BadParameter."""
    for name in given:
        if name not in (*OPTIONS, *PARAMETERS, "lang", "format"):
            raise BadParameter(
                f"exposure has no parameter {name[:40]!r}.", remedy=f"It has {', '.join(OPTIONS)}."
            )
    entity = single(given, "entity")
    if not entity:
        raise BadParameter(
            "The parameter 'entity' is missing.", remedy="Give a name, such as entity=turkmenistan."
        )
    without = _few(given, "without")
    claims = frozenset(filter(None, map(_claim, without)))
    return ExposureAsk(
        entity=entity,
        powers=_few(given, "powers") or POWERS,
        projections=_few(given, "projections") or PROJECTIONS,
        without=tuple(each for each in without if _claim(each) is None),
        claims=claims,
        lang=single(given, "lang") or lang,
    )


def _claim(name: str) -> str | None:
    """IRI of the claim that is named; None where something else is."""
    iri = expand(name) or name
    return iri if iri.startswith(CLAIM) else None


def _few(given: Parameters, name: str) -> tuple[str, ...]:
    found = listed(given, name)
    if len(found) > _MOST:
        raise BadParameter(f"{name} names {len(found)} things.", remedy=f"Give {_MOST} at most.")
    return tuple(dict.fromkeys(found))
