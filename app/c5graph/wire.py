"""Look-ups as a service sends them in JSON, read back into the objects that Python has here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from c5graph.edges import ClaimNote, Edge, Named
from c5graph.graph.claims import Firmness
from c5graph.graph.derive import Fact
from c5graph.lookup import Page, PredicateCount
from c5graph.paths import Path, Paths
from c5graph.store.rdf import Literal, NamedNode

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Networked = Callable[[], "MultiDiGraph"]


def page(given: dict[str, Any], networked: Networked) -> Page:
    """A page of neighbours; `networked` makes the network of it."""
    counts = (
        PredicateCount(_named(each["predicate"]), each["direction"], each["count"])
        for each in given["counts"]
    )
    return Page(
        entity=_named(given["entity"]),
        total=given["total"],
        counts=tuple(counts),
        edges=tuple(map(edge, given["edges"])),
        next_cursor=given["next_cursor"],
        depth=given["depth"],
        truncated=given["truncated"],
        networked=networked,
    )


def paths(given: dict[str, Any], networked: Networked) -> Paths:
    """Paths, likewise."""
    return Paths(
        start=_named(given["from"]),
        end=_named(given["to"]),
        paths=tuple(map(_path, given["paths"])),
        truncated=given["truncated"],
        networked=networked,
    )


def _path(given: dict[str, Any]) -> Path:
    steps = tuple(tuple(map(edge, step)) for step in given["steps"])
    return Path(tuple(map(_named, given["nodes"])), steps)


def _named(given: dict[str, Any]) -> Named:
    return Named(given["iri"], given["label"])


def edge(given: dict[str, Any]) -> Edge:
    """An edge; the claims behind it are known, which of them suffice is not."""
    at, other = _named(given["at"]), _named(given["other"])
    predicate = _named(given["predicate"])
    subject, target = (at, other) if given["direction"] == "out" else (other, at)
    return Edge(
        fact=given["fact"],
        direction=given["direction"],
        at=at,
        predicate=predicate,
        other=other,
        firmness=given["firmness"],
        distance=given["distance"],
        claims=tuple(map(_note, given["claims"])),
        source=Fact(
            iri=given["fact"] or "",
            subject=NamedNode(str(subject.iri)),
            predicate=NamedNode(str(predicate.iri)),
            object=NamedNode(target.iri) if target.iri else Literal(target.label),
            firmness=Firmness[given["firmness"].upper()],
            supports=(),
        ),
        until=given["until"],
        status=_named(given["status"]) if given["status"] else None,
        binding=given["binding"],
    )


def _note(given: dict[str, Any]) -> ClaimNote:
    return ClaimNote(
        iri=given["iri"],
        gloss=given["gloss"],
        modality=given["modality"],
        attributed_to=tuple(map(_named, given["attributed_to"])),
        relayed_by=tuple(map(_named, given.get("relayed_by", ()))),
        reports=tuple(map(_named, given["reports"])),
    )
