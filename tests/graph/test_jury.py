"""Several processes say of many nodes what one says of all of them."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from c5graph.graph.jury import judge
from c5graph.graph.shacl import Broken, Shapes, Verdict
from c5graph.graph.steps import Views
from c5graph.store.rdf import BlankNode, NamedNode, Quad, parse
from tests.graph.test_kept import cases, hanging, shape_files


def named(path: Path) -> bool:
    """True for a case without blank nodes and dates that cannot be compared."""
    text = path.read_text(encoding="utf-8")
    return "[" not in text and "_:" not in text and "/dates/" not in str(path)


@pytest.fixture(scope="module")
def shapes(checkout: Path) -> Shapes:
    return Shapes(shape_files(checkout))


@pytest.fixture(scope="module")
def quads(checkout: Path) -> list[Quad]:
    chosen = [path for path in cases() if named(path)][:40]
    assert len(chosen) == 40
    return hanging(checkout) + [quad for path in chosen for quad in parse(path)]


@pytest.fixture(scope="module")
def views(shapes: Shapes, quads: list[Quad]) -> Views:
    assert shapes.steps is not None
    return Views(quads, shapes.steps)


@pytest.fixture(scope="module")
def alone(shapes: Shapes, views: Views) -> Verdict:
    found = judge(shapes, views, frozenset(views.nodes), 1)
    assert len(found.broken) > 20
    assert found.report
    return found


def counted(verdict: Verdict) -> Counter[Broken]:
    return Counter(verdict.broken)


@pytest.mark.parametrize("jurors", [2, 3])
def test_shares_add_up_to_the_verdict_of_one(
    shapes: Shapes, views: Views, alone: Verdict, jurors: int
) -> None:
    found = judge(shapes, views, frozenset(views.nodes), jurors)
    assert counted(found) == counted(alone)
    assert found.whole == alone.whole
    assert not found.report, "no process saw the whole"


def test_the_share_of_a_process_that_came_to_nothing_is_judged_here(
    shapes: Shapes, views: Views, alone: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert counted(judge(shapes, views, frozenset(views.nodes), 2)) == counted(alone)


def test_what_has_blank_nodes_is_judged_by_one(shapes: Shapes, quads: list[Quad]) -> None:
    assert shapes.steps is not None
    said = quads[-1]
    blank = Quad(BlankNode("b"), NamedNode("http://example.org/of"), said.subject, said.graph_name)
    views = Views([*quads, blank], shapes.steps)
    assert judge(shapes, views, frozenset(views.nodes), 2).report
