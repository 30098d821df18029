"""What is wrong with a text that somebody sent, told so that a reader can mend it.

The text is looked at together with the shipped graph, but only what stands in it is told. Runs
in a process that may be killed (`attend.py`, `examine.py`); nothing is fetched.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from c5graph import resources
from c5graph.errors import ParseFailure
from c5graph.graph.backdrop import Backdrop
from c5graph.graph.checks import file_problems
from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.graph.places import Places
from c5graph.graph.shacl import Broken
from c5graph.graph.sources import JOINED, InputFile
from c5graph.namespaces import CONTEXT, PREFIXES, RDF, SKOS, XSD, graph_iri, shorten
from c5graph.store.rdf import (
    FORMATS,
    BlankNode,
    NamedNode,
    Quad,
    Term,
    parse_text,
    text_of,
)
from c5graph.store.seal import cap_memory

NAME = "your data"
_CONFORMING = f"""_:report <{RDF}type> <{PREFIXES["sh"]}ValidationReport> .
_:report <{PREFIXES["sh"]}conforms> "true"^^<{XSD}boolean> .
"""
_BLANK = "urn:blank:"
_MEMORY = 1024 * 1024 * 1024
_RULES = {
    "MinCountConstraintComponent": "“{label}” is missing here, and has to be given.",
    "MaxCountConstraintComponent": "“{label}” is given more than once, and may be given once only.",
    "ClassConstraintComponent": "“{label}” has to lead to a thing of another kind.",
    "InConstraintComponent": "“{label}” has to be one of a fixed list.",
    "DatatypeConstraintComponent": "“{label}” has a value of the wrong kind.",
    "NodeKindConstraintComponent": "What stands here is of a kind that may not stand here.",
    "PatternConstraintComponent": "“{label}” is not written as it has to be.",
    "LanguageInConstraintComponent": "“{label}” has to be in one of certain languages.",
    "UniqueLangConstraintComponent": "“{label}” is given twice in one language.",
    "NodeConstraintComponent": "“{label}” does not lead to a thing of the kind asked for.",
    "NotConstraintComponent": "This may not be said here.",
    "OrConstraintComponent": "“{label}” is of none of the kinds that it may be.",
    "QualifiedMinCountConstraintComponent": "“{label}” is missing here in the form asked for.",
    "QualifiedMaxCountConstraintComponent": "“{label}” is given more than once in this form.",
    "SPARQLConstraintComponent": "What is said of this thing does not fit together.",
}
_OTHER = "A rule about “{label}” is broken."


def posted(order: dict[str, Any]) -> dict[str, Any]:
    """As `examined`, in a process that looks at one text only."""
    return examined(order, Backdrop)


def examined(order: dict[str, Any], backdrop: Callable[[], Backdrop]) -> dict[str, Any]:
    """The problems of a text and SHACL's own report; raises ParseFailure where it is no RDF.

    The backdrop is asked for when something is said in the text.
    """
    cap_memory(_MEMORY)
    text, form = str(order["text"]), str(order["form"])
    if form == "jsonld":
        text = _with_our_context(text)
    quads = list(parse_text(text.encode(), FORMATS[form], graph=graph_iri(JOINED), file=NAME))
    if not quads:
        return {"statements": 0, "problems": [], "shacl": _CONFORMING}
    with tempfile.TemporaryDirectory(prefix="c5graph-") as folder:
        path = Path(folder) / f"data.{form}"
        path.write_text(text, encoding="utf-8")
        return _examined(InputFile(NAME, path, JOINED), quads, backdrop())


def _examined(item: InputFile, quads: list[Quad], backdrop: Backdrop) -> dict[str, Any]:
    places = Places([item])
    named = [_without_blanks(quad) for quad in quads]
    verdict = backdrop.verdict(named)
    words = _Words(backdrop.terms, places, quads, named)
    problems = [words.of(each) for each in verdict.broken]
    problems += _hygiene(backdrop, item, quads)
    problems.sort(key=lambda each: (each["severity"], each["line"] or 0, each["thing"]))
    return {"statements": len(quads), "problems": problems, "shacl": verdict.report.decode()}


def _hygiene(backdrop: Backdrop, item: InputFile, quads: list[Quad]) -> Iterator[dict[str, Any]]:
    """What the checks find in the text; what they find elsewhere is no business of its author."""
    places, nodes = Places([item]), _nodes(quads)
    backdrop.take_in(quads)
    for problem in (*backdrop.problems(places, nodes), *file_problems([item])):
        if problem.place.startswith(NAME):
            line = problem.place.removeprefix(NAME).strip(":")
            yield {
                "thing": shorten(problem.focus) or "a blank node",
                "line": int(line) if line else None,
                "rule": problem.message,
                "now": "",
                "write": problem.remedy,
                "meaning": "",
                "shape": problem.rule,
                "severity": problem.severity,
            }


def _nodes(quads: Iterable[Quad]) -> frozenset[NamedNode] | None:
    """What the text speaks of; None where part of it has no name by which it can be asked for."""
    ends = {end for quad in quads for end in (quad.subject, quad.object)}
    if any(isinstance(end, BlankNode) for end in ends):
        return None
    return frozenset(end for end in ends if isinstance(end, NamedNode))


class _Words:
    """Says in words which rule a shape stands for and what its term means."""

    def __init__(self, terms: Index, places: Places, quads: list[Quad], named: list[Quad]) -> None:
        self._index = terms
        self._labels, self._places = Labels(self._index), places
        self._said: dict[str, set[str]] = {}
        for quad, other in zip(quads, named, strict=True):
            said = self._said.setdefault(text_of(other.subject), set())
            said |= {quad.predicate.value, text_of(quad.object)}

    def of(self, broken: Broken) -> dict[str, Any]:
        """The problem as the service tells it."""
        label = self._labels.of(broken.path) if broken.path else "this thing"
        blank = broken.focus.startswith(_BLANK)
        if blank:
            place = self._places.of_blank(self._said.get(broken.focus, ()))
        else:
            place = self._places.of(broken.focus, broken.path)
        return {
            "thing": "a blank node" if blank else shorten(broken.focus),
            "line": None if place is None else place.line,
            "rule": _RULES.get(broken.component, _OTHER).format(label=label),
            "now": "" if broken.value.startswith(_BLANK) else shorten(broken.value),
            "write": broken.message,
            "meaning": self._index.value(broken.path, SKOS + "definition") or "",
            "shape": shorten(broken.shape),
            "severity": "warning" if broken.soft else "error",
        }


def _without_blanks(quad: Quad) -> Quad:
    """SHACL is asked of named nodes only, so that blank ones get a name for the while."""
    subject = _named(quad.subject)
    assert isinstance(subject, NamedNode)
    return Quad(subject, quad.predicate, _named(quad.object))


def _named(term: Term) -> Term:
    return NamedNode(_BLANK + term.value) if isinstance(term, BlankNode) else term


def _with_our_context(text: str) -> str:
    """The text with our own context in place of its address; raises where another is named."""
    try:
        read = json.loads(text)
    except RecursionError as error:
        raise _unread("it is nested too deep.", "Write it flatter.") from error
    except ValueError:
        return text  # the parser says it better, with its place
    named = {each for each in _contexts(read) if isinstance(each, str)}
    if named - {CONTEXT}:
        raise _unread(
            "a context is named by its address, and nothing is fetched from elsewhere.",
            f"Name {CONTEXT}, or put the context itself in its place.",
        )
    return json.dumps(_filled_in(read, _our_context())) if named else text


def _unread(why: str, remedy: str) -> ParseFailure:
    return ParseFailure(NAME, None, None, why, remedy=remedy)


def _our_context() -> Any:
    return json.loads(resources.context().read_text(encoding="utf-8"))["@context"]


def _filled_in(value: Any, context: Any) -> Any:
    """The same JSON; wherever a context is named it is ours."""
    if isinstance(value, list):
        return [_filled_in(each, context) for each in value]
    if not isinstance(value, dict):
        return value
    filled = {key: _filled_in(each, context) for key, each in value.items()}
    given = filled.get("@context")
    if given == CONTEXT:
        filled["@context"] = context
    elif isinstance(given, list):
        filled["@context"] = [context if each == CONTEXT else each for each in given]
    return filled


def _contexts(value: Any) -> Iterator[Any]:
    waiting: list[Any] = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            for key in ("@context", "@import"):
                found = here.get(key)
                yield from found if isinstance(found, list) else [found]
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
