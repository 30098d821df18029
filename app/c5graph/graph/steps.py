"""What shapes can see from a node: the steps of their paths, and the statements these reach.

A node conforms or not by what its shapes see from it, and by nothing else. So its view has a
digest, and a result that is remembered under it holds as long as nobody changes the view.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from c5graph.namespaces import RDF, RDFS
from c5graph.store.rdf import Quad, Term

Line = tuple[str, str, str]
_TYPE = f"<{RDF}type>"
_BELOW = f"<{RDFS}subClassOf>"


@dataclass
class Steps:
    """From a node on: predicates that are followed, also backwards; whether its classes matter."""

    onward: dict[str, Steps] = field(default_factory=dict)
    back: dict[str, Steps] = field(default_factory=dict)
    classes: bool = False

    def add(self, word: Iterable[str]) -> Steps:
        """Where a path leads; `^` before a predicate goes against its direction."""
        here = self
        for step in word:
            ways = here.back if step.startswith("^") else here.onward
            here = ways.setdefault(f"<{step.removeprefix('^')}>", Steps())
        return here

    def against(self) -> Iterator[str]:
        """Predicates that are followed against their direction somewhere."""
        yield from self.back
        for after in (*self.onward.values(), *self.back.values()):
            yield from after.against()


class Views:
    """The views of the nodes of some statements."""

    def __init__(self, quads: Iterable[Quad], steps: Steps) -> None:
        self._steps = steps
        self.terms: dict[str, Term] = {}
        self._own: dict[str, dict[str, list[str]]] = {}
        self._into: dict[str, dict[str, list[str]]] = {
            predicate: defaultdict(list) for predicate in steps.against()
        }
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in more statements; what was seen before may have changed."""
        for quad in quads:
            self._add(quad)
        self._above = cache(self._all_above)

    @property
    def nodes(self) -> Iterable[str]:
        """Every node of which something is said."""
        return self._own

    def digest(self, node: str) -> str:
        """Digest of all that shapes can see from the node; equal for equal views only."""
        seen = sorted(set(self.lines(node)))
        text = "\n".join(" ".join(line) for line in seen)
        return hashlib.blake2b(f"{node}\n{text}".encode(), digest_size=12).hexdigest()

    def lines(self, node: str) -> Iterator[Line]:
        """The statements of the view: all about the node, and those that paths of shapes reach."""
        for predicate, objects in self._own.get(node, {}).items():
            for each in objects:
                yield node, predicate, each
        yield from self._classes(node)
        yield from self._reached(node, self._steps)

    def every_line(self) -> Iterator[Line]:
        """All statements."""
        for subject, said in self._own.items():
            for predicate, objects in said.items():
                for each in objects:
                    yield subject, predicate, each

    def _reached(self, node: str, steps: Steps) -> Iterator[Line]:
        if steps.classes:
            yield from self._classes(node)
        said = self._own.get(node, {})
        for predicate in steps.onward.keys() & said.keys():
            for each in said[predicate]:
                yield node, predicate, each
                yield from self._reached(each, steps.onward[predicate])
        for predicate, after in steps.back.items():
            for each in self._into[predicate].get(node, ()):
                yield each, predicate, node
                yield from self._reached(each, after)

    def _classes(self, node: str) -> Iterator[Line]:
        for kind in self._own.get(node, {}).get(_TYPE, ()):
            yield node, _TYPE, kind
            yield from self._above(kind)

    def _all_above(self, kind: str) -> tuple[Line, ...]:
        found: dict[Line, None] = {}
        waiting = [kind]
        while waiting:
            here = waiting.pop()
            for each in self._own.get(here, {}).get(_BELOW, ()):
                line = (here, _BELOW, each)
                if line not in found:
                    found[line] = None
                    waiting.append(each)
        return tuple(found)

    def _add(self, quad: Quad) -> None:
        subject, predicate, each = str(quad.subject), str(quad.predicate), str(quad.object)
        self.terms.setdefault(subject, quad.subject)
        self.terms.setdefault(each, quad.object)
        objects = self._own.setdefault(subject, {}).setdefault(predicate, [])
        if each not in objects:
            objects.append(each)
            if predicate in self._into:
                self._into[predicate][each].append(subject)
