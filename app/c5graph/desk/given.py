"""Reading what is asked of ledger and desk: names of things and of concepts become IRIs."""

from __future__ import annotations

from collections.abc import Iterable

from c5graph.desk.telling import Telling
from c5graph.errors import BadParameter
from c5graph.lenses import listed
from c5graph.namespaces import SKOS, VOC, expand
from c5graph.protocol import Parameters, single


def things(telling: Telling, given: Parameters, name: str) -> frozenset[str]:
    """Entities by slug, CURIE, IRI or exact label. Raises UnknownEntity."""
    return frozenset(telling.teller.resolve(each, _unknown) for each in listed(given, name))


def topics(telling: Telling, given: Parameters, name: str) -> frozenset[str]:
    """Things, or sectors by their names alone. Raises UnknownEntity."""
    return frozenset(_topic(telling, each) for each in listed(given, name))


def concepts(telling: Telling, given: Parameters, name: str, scheme: str) -> frozenset[str]:
    """Concepts of a scheme by name, CURIE or IRI. Raises BadParameter, which says what there is."""
    return frozenset(_concept(telling, name, each, scheme) for each in listed(given, name))


def one_of(given: Parameters, name: str, options: Iterable[str]) -> str | None:
    """A value out of a few. Raises BadParameter."""
    value, known = single(given, name), list(options)
    if value is not None and value not in known:
        raise BadParameter(f"{name} is {value[:40]!r}.", remedy=f"Use {', '.join(known)}.")
    return value


def _topic(telling: Telling, value: str) -> str:
    sector = f"{VOC}sector-{value.lower()}"
    if sector in telling.index and telling.teller.find(value, _unknown) is None:
        return sector
    return telling.teller.resolve(value, _unknown)


def _unknown(_: str) -> bool:
    return False


def _concept(telling: Telling, name: str, value: str, scheme: str) -> str:
    known = sorted(telling.index.subjects(SKOS + "inScheme", VOC + scheme))
    exact = [each for each in (expand(value) or value, VOC + value) if each in known]
    short = [each for each in known if each.endswith("-" + value)]
    # "signed" means status-signed: the name in full goes before its end.
    found = exact or sorted(short, key=len)[:1]
    if not found or not value:
        names = ", ".join(each.removeprefix(VOC) for each in known)
        raise BadParameter(
            f"{name}: there is no {value[:40]!r}.", remedy=f"There are {names or 'none'}."
        )
    return found[0]
