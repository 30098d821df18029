"""Hygiene of the graph: every check is a query that returns no rows, or a reading of files.

A check in `ontology/checks/` has the header lines `# check:` (one sentence), `# message:`
(what is wrong with one row, with `{column}` for its values) and `# remedy:`; its column
`?node` is the subject that the message points to. `# severity: warning` softens it, and
`# needs: facts` says that derived facts matter to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from c5graph.errors import ParseFailure
from c5graph.graph.header import QueryFile, read_query_file
from c5graph.graph.index import TYPE, Index
from c5graph.graph.layout import layout_problems
from c5graph.graph.places import Place, Places
from c5graph.graph.problems import Problem, in_order
from c5graph.graph.release import build_release
from c5graph.graph.sources import JOINED, InputFile, Sources
from c5graph.namespaces import C5, PREFIXES, VOC, shorten
from c5graph.store.rdf import (
    BlankNode,
    NamedNode,
    Quad,
    Store,
    Term,
    load_store,
    parse,
    select,
    text_of,
)

Problems = tuple[Problem, ...]
_LOADER_ONLY = frozenset(C5 + name for name in ("notBefore", "notAfter", "support", "firmness"))
_MADE = frozenset(C5 + name for name in ("DerivedFact", "Support"))
_CURIE = re.compile(r"(?<![\w-])(c5|voc):([A-Za-z][\w-]*)")
_IRI = re.compile(r"<(" + re.escape(C5) + r"|" + re.escape(VOC) + r")([\w-]+)>")


def hygiene(sources: Sources, root: Path, quads: Iterable[Quad] | None = None) -> Problems:
    """All that can be found without the shapes; `quads` saves reading the sources again."""
    failures = parse_problems(sources)
    if failures or not sources.ours:
        return in_order(failures)
    places = Places(sources.inputs)
    statements = build_release(sources).quads if quads is None else quads
    found = file_problems(sources.inputs)
    found += run_checks(root / "ontology" / "checks", statements, places)
    found += unused_terms(root, _defined(sources), places)
    return in_order(found)


def parse_problems(sources: Sources) -> list[Problem]:
    """Every file that does not parse, with its place."""
    found = []
    for item in sources.inputs:
        try:
            list(parse(item.path))
        except ParseFailure as failure:
            found.append(Problem.of_failure(failure, item.name))
    return found


def run_checks(folder: Path, quads: Iterable[Quad], places: Places) -> list[Problem]:
    """Run every query of the folder over the statements."""
    store = load_store(quads)
    return [problem for file in checks_of(folder) for problem in run_check(file, store, places)]


def checks_of(folder: Path) -> list[QueryFile]:
    """Every query of the folder."""
    return [read_query_file(path) for path in sorted(folder.glob("*.rq"))]


def run_quick_checks(folder: Path, quads: Iterable[Quad], places: Places) -> list[Problem]:
    """Run the queries that need no derived facts over statements as the files have them."""
    store = load_store(quads)
    quick = (file for file in checks_of(folder) if "facts" not in file.all("needs"))
    return [problem for file in quick for problem in run_check(file, store, places, union=True)]


def file_problems(inputs: Iterable[InputFile]) -> list[Problem]:
    """Layout of our own files, and terms in any file that only the loader may write."""
    found: list[Problem] = []
    for item in inputs:
        if item.graph not in ("shapes", JOINED):
            found += layout_problems(item.name, item.path)
        if item.graph not in ("ontology", "shapes"):
            found += _loader_terms(item)
    return found


def unused_terms(root: Path, defined: Iterable[str], places: Places) -> Iterator[Problem]:
    """Terms of the ontology that no shape, rule or saved query uses.

    A concept counts as used when its scheme is: a query that asks for a status asks for each.
    """
    used = _terms_used(root)
    for iri in sorted(set(defined)):
        if iri.startswith(C5) and iri not in used:
            yield Problem(
                f"{shorten(iri)} is used by no shape, rule or saved query.",
                "Write the query or shape that needs it, or remove the term.",
                str(places.of(iri) or ""),
                "unused-terms",
                iri,
            )


def _terms_used(root: Path) -> set[str]:
    folders = (root / "ontology" / "shapes", root / "ontology" / "rules", root / "queries")
    used: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in (".ttl", ".rq"):
                text = path.read_text(encoding="utf-8")
                used |= {PREFIXES[match[1]] + match[2] for match in _CURIE.finditer(text)}
                used |= {match[1] + match[2] for match in _IRI.finditer(text)}
    return used


def run_check(
    file: QueryFile, store: Store, places: Places, *, union: bool = False
) -> Iterator[Problem]:
    """A problem for each row of the query."""
    message, remedy = file.one("message"), file.one("remedy")
    softened = file.all("severity") == ["warning"]
    for row in select(store, file.text, union=union):
        node = row.get("node")
        yield Problem(
            message.format_map(_Shown(row)),
            remedy,
            str(_place(row, store, places, softened=softened) or ""),
            file.name,
            "" if node is None or isinstance(node, BlankNode) else text_of(node),
            "warning" if softened else "error",
        )


def _place(row: dict[str, Term], store: Store, places: Places, *, softened: bool) -> Place | None:
    node = row.get("node")
    if isinstance(node, BlankNode):
        said = store.quads_for_pattern(node, None, None)
        return places.of_blank(
            each for q in said for each in (q.predicate.value, text_of(q.object))
        )
    subject = "" if node is None else text_of(node)
    terms = [text_of(row[name]) for name in ("predicate", "term") if name in row]
    return (places.of if softened else places.of_fault)(subject, terms[0] if terms else "")


def _defined(sources: Sources) -> list[str]:
    files = (item for item in sources.inputs if item.graph == "ontology")
    index = Index(quad for item in files for quad in parse(item.path))
    return [iri for iri in index if index.values(iri, TYPE)]


class _Shown(defaultdict[str, str]):
    """Values of a row as a message shows them."""

    def __init__(self, row: dict[str, Term]) -> None:
        super().__init__(lambda: "?")
        for name, term in row.items():
            self[name] = _shown(term)


def _shown(term: Term) -> str:
    if isinstance(term, BlankNode):
        return "a blank node"
    return shorten(term.value) if isinstance(term, NamedNode) else text_of(term)


def _loader_terms(item: InputFile) -> Iterator[Problem]:
    for quad in parse(item.path):
        target = text_of(quad.object)
        term = quad.predicate.value if quad.predicate.value in _LOADER_ONLY else target
        if term in _LOADER_ONLY or term in _MADE:
            yield Problem(
                f"{shorten(text_of(quad.subject))} states {shorten(term)}, which is computed.",
                "Remove it; bounds and derived facts are made when the data is loaded.",
                str(Places([item]).of(text_of(quad.subject), term) or item.name),
                "computed-terms",
                text_of(quad.subject),
            )
