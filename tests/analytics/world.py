"""Small worlds for projections: claims, what things are, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from c5graph.analytics.network import Networks
from c5graph.analytics.projections import Projections
from c5graph.graph.labels import Labels
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.names import Names
from c5graph.graph.release import Release, view_of
from c5graph.graph.view import Basis
from c5graph.lookup import firmness_from
from c5graph.store.rdf import Quad
from tests.graph.worlds import Told, World, derived, quad

PROJECTIONS = Projections()
Edge = tuple[str, str, int, str]


def release_of(
    claims: Iterable[Told],
    kinds: Mapping[str, str] | None = None,
    more: Iterable[Quad] = (),
) -> Release:
    """A release of these claims; `kinds` types things besides x, y, z and the two deals."""
    world = World(tuple(claims))
    typed = [quad(f"id:{name}", "rdf:type", f"c5:{kind}") for name, kind in (kinds or {}).items()]
    typed += more
    found = derived(world, typed)
    basis = Basis([*world.quads(), *typed], found.index, found.record, found.facts, found.positions)
    labels, names = Labels(basis.index), Names(basis.index)
    view = view_of(basis, DEFAULT, labels, names)
    return Release("test", basis, labels, names, view)


def networks_of(
    claims: Iterable[Told],
    kinds: Mapping[str, str] | None = None,
    lens: Lens = DEFAULT,
    more: Iterable[Quad] = (),
) -> Networks:
    """The networks of a world under a lens."""
    release = release_of(claims, kinds, more)
    view = view_of(release.basis, lens, release.labels, release.names)
    return Networks(release, view, PROJECTIONS)


def edges(networks: Networks, name: str, *firmness: str) -> set[Edge]:
    """The edges of a network as local names, weight and firmness."""

    return {
        (_local(tie.source), _local(tie.target), tie.weight, tie.firmness.name.lower())
        for tie in networks.get(name, firmness_from(firmness or ["all"])).ties
    }


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]
