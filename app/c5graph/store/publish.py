"""Loads a release into a SPARQL server: readers see the old data until the new are complete.

Every graph is loaded under a name of its own beside the old ones, in small updates that any server
takes; then one update moves them all into place. The default graph becomes a named one, since not
every server has a default graph that can be written to; the remote store names it in every query.
Blank nodes become IRIs below /.well-known/genid/, as RDF 1.1 proposes, since an update of many
requests cannot keep them. What a lens shows otherwise than the default one stands in graphs whose
names end with the name of the lens, and the graph `release` lists the graphs of each lens and of
the release; what an earlier one lists and the new one has not goes in the same update. A
server that does not take an xsd:duration (Virtuoso 7.2) gets its text, and the caller is told how
many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import httpx

from c5graph.errors import StoreFailed
from c5graph.namespaces import BASE, OWL, XSD, graph_iri
from c5graph.store.rdf import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Term

DEFAULT: Final = graph_iri("default")
RELEASE: Final = graph_iri("release")
_GENID = BASE + ".well-known/genid/"
_BESIDE = "urn:c5graph:new:"
_TOGETHER = 500  # statements of one update; Virtuoso takes no more than some thousands
_SECONDS = 300.0
_HAS = "http://www.w3.org/ns/sparql-service-description#namedGraph"
_PART = "http://purl.org/dc/terms/hasPart"
_DURATION = f"^^<{XSD}duration>"
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Target:
    """The update endpoint of a server, and who may write there."""

    url: str
    user: str = ""
    password: str = ""

    def client(self) -> httpx.Client:
        """A client for updates."""
        auth = httpx.DigestAuth(self.user, self.password) if self.user else None
        return httpx.Client(auth=auth, timeout=_SECONDS, headers={"user-agent": "c5graph"})


@dataclass(frozen=True)
class Published:
    """The graphs that the server now has, and how many durations it got as plain text."""

    graphs: tuple[str, ...]
    as_text: int = 0


def publish(
    quads: Iterable[Quad],
    version: str,
    target: Target,
    progress: Progress | None = None,
    lenses: Mapping[str, Iterable[Quad]] = MappingProxyType({}),
) -> Published:
    """Load the statements and put them in place of an earlier release.

    `lenses` are the statements under further lenses, by the IRI of each. Raises StoreFailed, and
    leaves the old data as they were, when an update fails.
    """
    graphs = _by_graph([*quads, _mark(version)])
    for lens, seen in lenses.items():
        _add_lens(graphs, lens, version, _by_graph(seen))
    graphs[RELEASE] += [f"<{BASE}> <{_PART}> <{name}> ." for name in graphs]
    as_text = 0
    with target.client() as client:
        for number, statements in enumerate(graphs.values()):
            as_text += _load(client, target.url, f"{_BESIDE}{number}", statements, progress)
        moves = (
            f"MOVE SILENT GRAPH <{_BESIDE}{number}> TO GRAPH <{name}>"
            for number, name in enumerate(graphs)
        )
        _update(client, target.url, " ;\n".join((_clearance(graphs), *moves)))
    return Published(tuple(graphs), as_text)


def held(version: str) -> str:
    """A query that asks whether this version is the one in place."""
    return f"ASK {{ GRAPH <{RELEASE}> {{ <{BASE}> <{OWL}versionInfo> {Literal(version)} }} }}"


def prepared(version: str) -> str:
    """A query for the lenses of this version and the graphs of each."""
    told = f"?lens <{OWL}versionInfo> {Literal(version)} ; <{_HAS}> ?graph"
    return f"SELECT ?lens ?graph {{ GRAPH <{RELEASE}> {{ {told} }} }}"


def _add_lens(
    graphs: dict[str, list[str]], lens: str, version: str, seen: dict[str, list[str]]
) -> None:
    """The graphs that look otherwise under the lens, and a list of all that it has."""
    own = lens.rpartition("/")[2]
    listing = graphs[RELEASE]
    listing.append(f"<{lens}> <{OWL}versionInfo> {Literal(version)} .")
    for name, lines in seen.items():
        same = name.endswith(own) or sorted(graphs.get(name, ())) == sorted(lines)
        placed = name if same else f"{name}/{own}"
        graphs[placed] = lines
        listing.append(f"<{lens}> <{_HAS}> <{placed}> .")


def graph_names(quads: Iterable[Quad]) -> list[str]:
    """The names that the graphs of these statements have once they are published."""
    found = {quad.graph_name for quad in quads}
    return sorted({RELEASE, *(_name(graph) for graph in found)})


def _clearance(graphs: Iterable[str]) -> str:
    """An operation that empties what an earlier release has and this one has not."""
    kept = ", ".join(f"<{name}>" for name in graphs)
    return (
        f"DELETE {{ GRAPH ?old {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{RELEASE}> "
        f"{{ ?of <{_PART}>|<{_HAS}> ?old }} FILTER(?old NOT IN ({kept})) "
        f"GRAPH ?old {{ ?s ?p ?o }} }}"
    )


def _mark(version: str) -> Quad:
    return Quad(
        NamedNode(BASE),
        NamedNode(OWL + "versionInfo"),
        Literal(version),
        NamedNode(RELEASE),
    )


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in quads:
        terms = (quad.subject, quad.predicate, quad.object)
        line = " ".join(_written(term) for term in terms)
        found.setdefault(_name(quad.graph_name), []).append(f"{line} .")
    return found


def _name(graph: NamedNode | BlankNode | DefaultGraph) -> str:
    if isinstance(graph, DefaultGraph):
        return DEFAULT
    return graph.value if isinstance(graph, NamedNode) else _GENID + graph.value


def _written(term: Term) -> str:
    return f"<{_GENID}{term.value}>" if isinstance(term, BlankNode) else str(term)


def _load(
    client: httpx.Client, url: str, name: str, statements: list[str], progress: Progress | None
) -> int:
    _update(client, url, f"DROP SILENT GRAPH <{name}>")
    as_text = 0
    for some in _some(statements):
        as_text += _insert(client, url, name, some)
        if progress is not None:
            progress(len(some))
    return as_text


def _insert(client: httpx.Client, url: str, name: str, statements: list[str]) -> int:
    """Insert the statements; the number of durations that had to be written as text."""
    try:
        _update(client, url, _insertion(name, statements))
        return 0
    except StoreFailed:
        plain = [line.replace(_DURATION, "") for line in statements]
        changed = sum(map(str.__ne__, plain, statements))
        if not changed:
            raise
        _update(client, url, _insertion(name, plain))
        return changed


def _insertion(name: str, statements: list[str]) -> str:
    return f"INSERT DATA {{ GRAPH <{name}> {{\n" + "\n".join(statements) + "\n} }"


def _some(statements: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(statements), _TOGETHER):
        yield statements[start : start + _TOGETHER]


def _update(client: httpx.Client, url: str, text: str) -> None:
    try:
        response = client.post(
            url, content=text.encode(), headers={"content-type": "application/sparql-update"}
        )
    except httpx.HTTPError as error:
        raise StoreFailed(
            f"{url} cannot be reached: {error}.", remedy="Check the address of its update endpoint."
        ) from error
    if not response.is_success:
        raise StoreFailed(
            f"{url} answered {response.status_code} to an update; the data in place are unchanged.",
            remedy="Check that the server takes updates there, and from this user.",
        )
