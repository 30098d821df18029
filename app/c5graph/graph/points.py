"""Where things lie, as links to geometry tell."""

from __future__ import annotations

import re

from c5graph.graph.index import Index
from c5graph.namespaces import C5, PREFIXES

_POINT = re.compile(r"POINT ?\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")


def points(index: Index) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of each thing with a known point."""
    found = {}
    for link in index.subjects(C5 + "linkPredicate", PREFIXES["geo"] + "hasGeometry"):
        thing = index.value(link, C5 + "linkSubject")
        match = _POINT.match(index.value(link, C5 + "identifier") or "")
        if thing is not None and match is not None:
            found[thing] = float(match[1]), float(match[2])
    return found
