"""Break the shapes one at a time and see that a test notices: `python -m tests.shapes.mutate`.

Each breakage takes away one statement of a shape, drops one item of a list, moves a number by
one, widens a class to the class above it, or turns a violation into a warning. The shapes as
they stand must have no fault; a breakage without fault survives, is printed, and is a failure.
Arguments name shapes (`ClaimShape`) to break; without arguments all are broken.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO

from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from tests.shapes import wellformed
from tests.shapes.harness import C5SH, Case, cases, faults_of, ontology, shapes, short

Triple = tuple[Node, Node, Node]

# Breakages that change nothing that data could show: another shape forbids it first, or pySHACL
# takes every day to come before every bare month and year, where the standard says neither.
EQUIVALENT = {
    "c5sh:HasRankShape-object: sh:class c5:Quantity becomes c5:Value",
    "c5sh:HasShareShape-object: sh:class c5:Share becomes c5:Value",
    "c5sh:QuantityShape-count-says-of-what: sh:targetClass c5:Quantity becomes c5:Value",
    "c5sh:ReportShape-digest-for-passages: sh:targetClass c5:Report becomes c5:Entity",
    "c5sh:ValidPeriodShape-order: list without sh:path c5:validUntil sh:not []",
    "c5sh:ValidPeriodShape-order: without sh:datatype xsd:date",
}


@dataclass(frozen=True)
class Breakage:
    """One change to the shapes: what it is, the named shape it is on, triples out and in."""

    what: str
    shape: str
    gone: tuple[Triple, ...]
    new: tuple[Triple, ...] = ()

    def __str__(self) -> str:
        return f"{self.shape}: {self.what}"

    @contextmanager
    def on(self, whole: Graph) -> Iterator[None]:
        """Make the change, and take it back."""
        _exchange(whole, self.gone, self.new)
        try:
            yield
        finally:
            _exchange(whole, self.new, self.gone)


def _exchange(whole: Graph, gone: Iterable[Triple], new: Iterable[Triple]) -> None:
    for triple in gone:
        whole.remove(triple)
    for triple in new:
        whole.add(triple)


def breakages(whole: Graph) -> Iterator[Breakage]:
    """Every breakage, in the order of the shapes."""
    asked = wellformed.helpers(whole)
    for shape in wellformed.named(whole):
        for triple in sorted(_below(whole, shape), key=str):
            yield from _of_triple(whole, short(shape), triple)
            if triple[1] == SH.message and shape not in asked:
                yield from _weakened(whole, shape)


def _below(whole: Graph, node: Node) -> Iterator[Triple]:
    for triple in whole.triples((node, None, None)):
        yield triple
        if isinstance(triple[2], BNode):
            yield from _below(whole, triple[2])


def _of_triple(whole: Graph, shape: str, triple: Triple) -> Iterator[Breakage]:
    subject, predicate, value = triple
    if predicate == RDF.rest:
        return
    told = f"{short(predicate)} {short(value)}"
    if predicate == RDF.first:
        yield _without_item(whole, shape, triple)
    else:
        yield Breakage(f"without {told}", shape, (triple,))
    for other in _instead(value):
        new = ((subject, predicate, other),)
        yield Breakage(f"{told} becomes {short(other)}", shape, (triple,), new)


def _weakened(whole: Graph, shape: Node) -> Iterator[Breakage]:
    if (shape, SH.severity, None) not in whole:
        yield Breakage("only a warning", short(shape), (), ((shape, SH.severity, SH.Warning),))


def _without_item(whole: Graph, shape: str, triple: Triple) -> Breakage:
    cell, _, item = triple
    rest = whole.value(cell, RDF.rest)
    before = whole.value(predicate=RDF.rest, object=cell)
    gone: list[Triple] = [triple, *whole.triples((cell, RDF.rest, None))]
    new: list[Triple] = []
    if before is not None and rest is not None:
        gone.append((before, RDF.rest, cell))
        new.append((before, RDF.rest, rest))
    elif rest is not None:
        for owner, predicate in whole.subject_predicates(cell):
            gone.append((owner, predicate, cell))
            new.append((owner, predicate, rest))
    return Breakage(f"list without {_item_text(whole, item)}", shape, tuple(gone), tuple(new))


def _item_text(whole: Graph, item: Node) -> str:
    if not isinstance(item, BNode):
        return short(item)
    return " ".join(f"{short(p)} {short(o)}" for p, o in whole.predicate_objects(item))


def _instead(value: Node) -> Iterator[Node]:
    if isinstance(value, Literal) and isinstance(value.value, int) and value.value is not True:
        yield Literal(int(value) + 1)
        yield Literal(int(value) - 1)
    if isinstance(value, URIRef):
        yield from ontology().objects(value, RDFS.subClassOf)


@lru_cache(maxsize=1)
def _cases_of() -> dict[str, list[Case]]:
    """Cases by shape and by family, the invalid ones first."""
    found = defaultdict(list)
    for case in sorted(cases(), key=lambda each: each.expected is None):
        found[case.shape].append(case)
        found[_family(case.shape)].append(case)
    return found


def _family(shape: str) -> str:
    return shape.partition("-")[0]


def _members(whole: Graph, breakage: Breakage) -> list[str]:
    """The broken shape, the shapes that the change names, and those that ask for them."""
    node = URIRef(C5SH + breakage.shape.removeprefix("c5sh:"))
    named = {node} | {t for triple in breakage.gone for t in triple if str(t).startswith(C5SH)}
    for _ in range(2):
        named |= {_owner(whole, each) for one in named for each in whole.subjects(None, one)}
    return sorted(short(each) for each in named)


def _owner(whole: Graph, node: Node) -> Node:
    while isinstance(node, BNode):
        above = next(whole.subjects(None, node), None)
        if above is None:
            return node
        node = above
    return node


def _near(members: list[str]) -> list[Case]:
    """Cases that are likely to notice."""
    return [case for member in members for case in _cases_of()[member]]


def _further(members: list[str]) -> list[Case]:
    """All cases of the families of these shapes; the other cases are not asked."""
    families = sorted({_family(member) for member in members})
    return [case for family in families for case in _cases_of()[family]]


def _part(whole: Graph, members: list[str]) -> Graph:
    """The families of these shapes alone, with what they ask for."""
    families = {_family(member) for member in members}
    part = Graph()
    waiting: set[Node] = {s for s in wellformed.named(whole) if _family(short(s)) in families}
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for triple in whole.triples((node, None, None)):
            part.add(triple)
            if isinstance(triple[2], BNode) or str(triple[2]).startswith(C5SH):
                waiting |= {triple[2]} - seen
    return part


def noticed(breakage: Breakage) -> str:
    """Which kind of test fails on the broken shapes; empty when none does."""
    members = _members(shapes(), breakage)
    with breakage.on(shapes()):
        try:
            part = ShapesGraph(_part(shapes(), members))
            if any(faults_of(case, part) for case in _near(members)):
                return "case"
            if wellformed.faults(shapes()):
                return "form"
            return "case" if any(faults_of(case, part) for case in _further(members)) else ""
        except Exception:  # noqa: BLE001 - pySHACL refuses shapes broken in its own ways
            return "refused"


def _noticed(breakage: Breakage) -> str:
    with redirect_stderr(StringIO()):
        return noticed(breakage)


def main(names: list[str]) -> int:
    """Print what survives; 1 when something does."""
    started = time.perf_counter()
    standing = wellformed.faults(shapes())
    if standing:
        sys.stdout.write("The shapes have faults as they stand:\n" + "\n".join(standing) + "\n")
        return 1
    found = [b for b in breakages(shapes()) if str(b) not in EQUIVALENT]
    chosen = [b for b in found if not names or _chosen(b.shape, names)]
    with ProcessPoolExecutor() as pool:
        how = list(pool.map(_noticed, chosen, chunksize=8))
    for breakage, by in zip(chosen, how, strict=True):
        if not by:
            sys.stdout.write(f"survives: {breakage}\n")
    counts = ", ".join(f"{count} {by or 'survive'}" for by, count in Counter(how).most_common())
    took = time.perf_counter() - started
    sys.stdout.write(f"{len(chosen)} breakages: {counts} ({took:.0f} s)\n")
    return 1 if "" in how else 0


def _chosen(shape: str, names: list[str]) -> bool:
    return any(shape.removeprefix("c5sh:").startswith(name) for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
