"""Reading what is asked of ledger and desk: names of things and of concepts become IRIs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from c5graph.desk.telling import Telling
from c5graph.errors import BadParameter
from c5graph.lenses import joined, listed, parted
from c5graph.namespaces import SKOS, VOC, expand
from c5graph.protocol import Parameters, single


def things(telling: Telling, given: Parameters, name: str) -> frozenset[str]:
    """Entities by slug, CURIE, IRI or exact label. Raises UnknownEntity."""
    teller = telling.teller
    names = _names(given, name, lambda each: teller.find(each, _unknown))
    return frozenset(teller.resolve(each, _unknown) for each in names)


def topics(telling: Telling, given: Parameters, name: str) -> frozenset[str]:
    """Things, or sectors by their names alone. Raises UnknownEntity."""
    find = telling.teller.find
    names = _names(given, name, lambda each: find(each, _unknown) or _sector(telling, each))
    return frozenset(_topic(telling, each) for each in names)


def concepts(telling: Telling, given: Parameters, name: str, scheme: str) -> frozenset[str]:
    """Concepts of a scheme by name, CURIE or IRI. Raises BadParameter, which says what there is."""
    return frozenset(_concept(telling, name, each, scheme) for each in listed(given, name))


def one_of(given: Parameters, name: str, options: Iterable[str]) -> str | None:
    """A value out of a few. Raises BadParameter."""
    value, known = single(given, name), list(options)
    if value is not None and value not in known:
        raise BadParameter(f"{name} is {value[:40]!r}.", remedy=f"Use {', '.join(known)}.")
    return value


def _names(given: Parameters, name: str, find: Callable[[str], object]) -> Iterator[str]:
    """The names in each value; a text of which no part names anything is one name."""
    for value in given.get(name, ()):
        parts = list(joined(parted(value), find))
        yield from parts if len(parts) < 2 or any(map(find, parts)) else [value.strip()]


def _topic(telling: Telling, value: str) -> str:
    return _sector(telling, value) or telling.teller.resolve(value, _unknown)


def _sector(telling: Telling, value: str) -> str | None:
    sector = f"{VOC}sector-{value.lower()}"
    if telling.teller.find(value, _unknown) is None and sector in telling.index:
        return sector
    return None


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
