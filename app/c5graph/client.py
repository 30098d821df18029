"""The calls of a graph against a running service, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Self

import httpx

from c5graph import wire
from c5graph.analytics.analysis import Analysis
from c5graph.analytics.measures import measure as measure_named
from c5graph.analytics.outcome import Progress, silent
from c5graph.answers import ExposureAnswer, Listing, NetworkAnswer
from c5graph.calls import (
    QUESTIONS_BY_NAME,
    GraphCalls,
    filters_of,
    insist_on_known,
    lens_parameters,
    option_texts,
    value_of,
)
from c5graph.errors import AnswerTooLarge, C5GraphError, MissingInput
from c5graph.graph.lens import Lens
from c5graph.lookup import Page
from c5graph.paths import Paths
from c5graph.rows import Rows
from c5graph.scan import with_prefixes
from c5graph.store.frames import revive

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Parameters = Mapping[str, Any]
_RESULTS: Final = "application/sparql-results+json"
_EVERY: Final = 100_000
_PAGE: Final = 1000
_SECONDS: Final = 60.0


class RemoteGraph(GraphCalls):
    """A graph that a service holds. What goes wrong is raised as it would be here."""

    def __init__(self, url: str, *, client: httpx.Client | None = None) -> None:
        self.url = url.rstrip("/")
        self._client = client or httpx.Client(timeout=_SECONDS, follow_redirects=True)

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<RemoteGraph {self.url}>"

    @property
    def version(self) -> str:
        """Version of program and data, as of now."""
        return str(self._json("/ready", {})["version"])

    def query(self, query: str, /, *, lens: Lens | None = None, **values: str) -> Rows:
        """Rows of a SELECT query or of a saved one; see `GraphCalls.query`.

        Raises AnswerTooLarge for an answer that the service cuts.
        """
        asked = lens_parameters(lens)
        if any(mark in query for mark in "{\n"):
            form = {"query": with_prefixes(query), **asked}
            found = self._read("POST", "/sparql", form, accept=_RESULTS).json()
        else:
            found = self._json(f"/api/queries/{query}", {**values, **asked, "format": "json"})
        if found.get("truncated"):
            raise AnswerTooLarge(
                "The service cut the answer.", remedy="Ask for less, or load the graph here."
            )
        names, rows = found["head"]["vars"], found["results"]["bindings"]
        return Rows(names, ({name: _value(row.get(name)) for name in names} for row in rows))

    def neighbours(self, entity: str, *, lens: Lens | None = None, **options: Any) -> Page:
        """Edges around an entity; see `GraphCalls.neighbours`."""
        wanted = options.pop("limit", _EVERY)
        asked = {"entity": entity, **_filters(options), **lens_parameters(lens)}
        asks = [{**asked, "limit": min(wanted, _PAGE)}]
        found = self._json("/api/neighbours", asks[0])
        while found["next_cursor"] and len(found["edges"]) < wanted:
            left = min(wanted - len(found["edges"]), _PAGE)
            asks.append({**asked, "limit": left, "cursor": found["next_cursor"]})
            more = self._json("/api/neighbours", asks[-1])
            found["edges"] += more["edges"]
            found["next_cursor"] = more["next_cursor"]
        return wire.page(found, lambda: self._networked("/api/neighbours", asks))

    def paths(self, start: str, end: str, *, lens: Lens | None = None, **options: Any) -> Paths:
        """The shortest paths between two entities; see `GraphCalls.paths`."""
        which = options.pop("which", None)
        filters = {**(vars(which) if which is not None else {}), **options}
        asked = {"from": start, "to": end, **_filters(filters), **lens_parameters(lens)}
        found = self._json("/api/paths", asked)
        return wire.paths(found, lambda: self._networked("/api/paths", [asked]))

    def network(
        self, projection: str, *, lens: Lens | None = None, firmness: str | None = None
    ) -> NetworkAnswer:
        """A projected network; see `GraphCalls.network`."""
        given = option_texts({"projection": projection, "firmness": firmness, "limit": _EVERY})
        return NetworkAnswer(
            self._json("/api/analytics/network", {**given, **lens_parameters(lens)})
        )

    def analyse(
        self,
        measure: str,
        projection: str = "deals",
        *,
        lens: Lens | None = None,
        progress: Progress = silent,
        **options: Any,
    ) -> Analysis:
        """A measure of a projected network; see `GraphCalls.analyse`."""
        given = option_texts({"projection": projection, "limit": _EVERY, **options})
        path = f"/api/analytics/{measure_named(measure).name}"
        return Analysis.from_dict(self._json(path, {**given, **lens_parameters(lens)}, progress))

    def exposure(self, entity: str, *, lens: Lens | None = None, **options: Any) -> ExposureAnswer:
        """How far something depends on each power; see `GraphCalls.exposure`."""
        given = {**option_texts({"entity": entity, **options}), **lens_parameters(lens)}
        return ExposureAnswer(self._json("/api/analytics/exposure", given))

    def ask(self, question: str, *, lens: Lens | None = None, **filters: Any) -> Listing:
        """A question of the desk by name; see `GraphCalls.ask`."""
        insist_on_known(question, QUESTIONS_BY_NAME)
        path = QUESTIONS_BY_NAME[question].path
        given = filters_of(QUESTIONS_BY_NAME[question], filters)
        asked = {**given, **lens_parameters(lens), "limit": _PAGE}
        found = self._json(path, asked)
        following = found.get("next_cursor")
        while following:
            more = self._json(path, {**asked, "cursor": following})
            for name, value in more.items():
                if isinstance(value, list) and name in _PAGED:
                    found[name] += value
            following = more.get("next_cursor")
        found.pop("next", None)
        found["next_cursor"] = None
        table = {**asked, "format": "csv"}
        return Listing(question, found, lambda: self._read("GET", path, table).content)

    def _networked(self, path: str, asks: Iterable[Parameters]) -> MultiDiGraph:
        import networkx as nx  # noqa: PLC0415 - slow to import

        graphs = [
            nx.cytoscape_graph(self._json(path, {**each, "format": "cytoscape"})) for each in asks
        ]
        made: MultiDiGraph = nx.compose_all(graphs)
        for _, data in made.nodes(data=True):
            for name in ("id", "value", "name"):
                data.pop(name, None)
        for *_, data in made.edges(keys=True, data=True):
            for name in ("id", "key", "source", "target", "interaction"):
                data.pop(name, None)
        return made

    def _json(self, path: str, given: Parameters, progress: Progress = silent) -> dict[str, Any]:
        """The answer in JSON; what is under way is asked for again until it is there."""
        while True:
            answer = self._read("GET", path, given, accept="application/json")
            found: dict[str, Any] = answer.json()
            if answer.status_code != httpx.codes.ACCEPTED:
                return found
            progress(found["stage"], found["done"])
            time.sleep(float(answer.headers.get("retry-after", "1")))

    def _read(
        self, method: str, path: str, given: Parameters, accept: str = "*/*"
    ) -> httpx.Response:
        """A response that went well. Raises what the service says, or MissingInput."""
        sent: dict[str, Any] = {"params": given} if method == "GET" else {"data": given}
        try:
            answer = self._client.request(
                method, self.url + path, headers={"accept": accept}, **sent
            )
        except httpx.HTTPError as error:
            raise MissingInput(
                f"{self.url} does not answer ({error}).", remedy="Check the address."
            ) from error
        if answer.is_success:
            return answer
        raise failure(answer)


_PAGED: Final = ("agreements", "disputes", "changes", "accounts", "rows")


def failure(answer: httpx.Response) -> C5GraphError:
    """What the service says went wrong."""
    try:
        return revive(answer.json())
    except (ValueError, KeyError, TypeError):
        return C5GraphError(
            f"The service answered {answer.status_code} and no reason.",
            remedy="Check that the address is that of a c5graph service.",
        )


def _filters(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options of look-ups as URL parameters."""
    given = {name: value for name, value in options.items() if value not in (None, ())}
    firmness = given.pop("firmness", None)
    if firmness is not None:
        given["firmness"] = ",".join(each.name.lower() for each in sorted(firmness))
    if given.pop("entities_only", False):
        given["through"] = "entities"
    return {name: values[0] for name, values in option_texts(given).items()}


def _value(term: Mapping[str, str] | None) -> Any:
    if term is None:
        return None
    literal = term["type"] != "uri" and term["type"] != "bnode"
    return value_of(term["value"], term.get("datatype")) if literal else term["value"]
