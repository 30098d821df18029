"""The shipped graph, ready for one text to be looked at together with it.

Making it takes seconds. What a text adds is then taken into what stands there already, and what
follows from both is worked out anew: the result is that of a graph read with the text among its
files. A backdrop takes in one text; a process that is forked has a copy for the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from c5graph import resources
from c5graph.graph.checks import checks_of, run_check
from c5graph.graph.claims import Record, read_record
from c5graph.graph.derive import Fact, derive_from, fact_quads, working_store
from c5graph.graph.header import QueryFile
from c5graph.graph.index import Index
from c5graph.graph.lens import DEFAULT
from c5graph.graph.load import NOT_DEFAULT, bound_quads, default_graph
from c5graph.graph.places import Places
from c5graph.graph.problems import Problem
from c5graph.graph.release import build_release, positions, rules_of
from c5graph.graph.shacl import Shapes, Verdict
from c5graph.graph.sources import Sources
from c5graph.graph.steps import Steps, Views
from c5graph.graph.validate import broken_by, statements_of
from c5graph.graph.view import EVERY, Basis, marks, plain_quads, prepared_marks
from c5graph.namespaces import graph_iri
from c5graph.store.rdf import DefaultGraph, NamedNode, Quad, load_store, parse, text_of

_FEW = 200  # things that a check is asked of one by one; of more it is asked as a whole
_WHERE = re.compile(r"^WHERE \{$", re.MULTILINE)
_SHAPES = NamedNode(graph_iri("shapes"))
_FACTS, _DERIVATIONS = graph_iri("facts"), NamedNode(graph_iri("derivations"))


class _Standing(NamedTuple):
    """A fact, and whether it holds under the default lens and under the one of every modality."""

    fact: Fact
    held: bool
    wide: bool

    def quads(self) -> Iterator[Quad]:
        yield from fact_quads([self.fact], _DERIVATIONS)
        held, wide = [self.fact] * self.held, [self.fact] * self.wide
        yield from _copied(plain_quads(held, _FACTS))
        yield from marks(prepared_marks(held, wide), _DERIVATIONS)


class _Change(NamedTuple):
    """Statements that have gone, and that have come."""

    gone: set[Quad]
    come: set[Quad]


class Backdrop:
    """What texts are looked at against; `take_in` once."""

    def __init__(self, cache: Path | None = None) -> None:
        shipped = Sources.shipped()
        release = build_release(shipped, cache=cache)
        self._shapes = Shapes(item for item in shipped.inputs if item.graph == "shapes")
        self._views = Views(statements_of(shipped.inputs), self._shapes.steps or Steps())
        self._index, self._record = release.index, release.record
        self._rules, self._checks = rules_of(shipped), checks_of(resources.ontology() / "checks")
        useful = (quad for quad in release.basis.quads if quad.graph_name != _SHAPES)
        self._working = working_store(useful, release.record)
        self._standing = _standing(release.basis)
        self.store = load_store(release.quads)
        ontology = (item for item in shipped.inputs if item.graph == "ontology")
        self.terms = Index(quad for item in ontology for quad in parse(item.path))

    def verdict(self, named: list[Quad]) -> Verdict:
        """What the shapes say of the subjects of a text's statements, none of them blank."""
        return broken_by(self._shapes, self._views, named)

    def take_in(self, text: list[Quad]) -> None:
        """Have the statements of a text, each in its graph, among the others."""
        self._index.add(quad for quad in text if quad.graph_name not in NOT_DEFAULT)
        before, self._record = self._record, read_record(self._index)
        old, new = set(bound_quads(before)), set(bound_quads(self._record))
        bounds = _Change(old - new, new - old)
        self._exchange(bounds.gone, (*text, *bounds.come))
        self._have_rules_see(text, before, bounds)
        facts = derive_from(self._working, self._record, self._rules)
        basis = Basis((), self._index, self._record, facts, positions(self._index))
        self._let_follow(_standing(basis))

    def problems(self, places: Places, nodes: frozenset[NamedNode] | None) -> Iterator[Problem]:
        """What the checks find at these nodes, and maybe at others; None asks for all there are."""
        for file in self._checks:
            asked = file if nodes is None or len(nodes) > _FEW else _about_these(file, nodes)
            yield from run_check(asked, self.store, places)

    def _exchange(self, gone: Iterable[Quad], come: Iterable[Quad]) -> None:
        for quad in _copied(gone):
            self.store.remove(quad)
        self.store.extend(_copied(come))

    def _have_rules_see(self, text: list[Quad], before: Record, bounds: _Change) -> None:
        """The text among what the rules see, and no claim that may yield nothing any more."""
        silent = _silent(self._record)
        changed = silent ^ _silent(before)
        stated = [quad for iri in changed for quad in self._about(iri)]
        for quad in (*map(_bare, bounds.gone), *stated):
            self._working.remove(quad)
        seen = (quad for quad in (*text, *bounds.come) if quad.graph_name != _SHAPES)
        bounded = (quad for quad in bound_quads(self._record) if text_of(quad.subject) in changed)
        self._working.extend(
            _bare(quad)
            for quad in (*stated, *bounded, *seen)
            if text_of(quad.subject) not in silent
        )

    def _about(self, iri: str) -> Iterator[Quad]:
        """All that is said of a claim, its bounds included."""
        node = NamedNode(iri)
        yield from self._working.quads_for_pattern(node, None, None)
        for predicate, term in self._index.statements(iri):
            yield Quad(node, NamedNode(predicate), term)

    def _let_follow(self, standing: dict[str, _Standing]) -> None:
        """These facts in place of those that stood there."""
        before, self._standing = self._standing, standing
        other = {iri for iri in {*before, *standing} if before.get(iri) != standing.get(iri)}
        for quad in (quad for iri in other & before.keys() for quad in before[iri].quads()):
            if not self._is_stated(quad):
                self.store.remove(quad)
        self.store.extend(quad for iri in other & standing.keys() for quad in standing[iri].quads())

    def _is_stated(self, quad: Quad) -> bool:
        """Whether a file says of its own what a fact has put into the default graph."""
        in_default = isinstance(quad.graph_name, DefaultGraph)
        terms = self._index.terms(text_of(quad.subject), quad.predicate.value)
        return in_default and quad.object in terms


def _standing(basis: Basis) -> dict[str, _Standing]:
    held = {fact.iri for fact in basis.held(DEFAULT)}
    wide = {fact.iri for fact in basis.held(EVERY)}
    return {f.iri: _Standing(f, f.iri in held, f.iri in wide) for f in basis.facts}


def _about_these(file: QueryFile, nodes: Iterable[NamedNode]) -> QueryFile:
    """The check asked of these nodes, which the engine looks up in place of reading all."""
    values = " ".join(sorted(map(str, nodes)))
    opened = f"WHERE {{\n    VALUES ?node {{ {values} }}"
    return replace(file, text=_WHERE.sub(lambda _: opened, file.text, count=1))


def _silent(record: Record) -> set[str]:
    """Claims that may yield nothing."""
    return record.claims.keys() - record.eligible


def _bare(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def _copied(quads: Iterable[Quad]) -> list[Quad]:
    """The statements and their copies in the default graph."""
    own = list(quads)
    return [*own, *default_graph(own)]
