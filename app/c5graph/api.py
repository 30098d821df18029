"""The graph for Python and notebooks: load it, query it, look at neighbours."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from c5graph.analytics.analysis import Analysis
from c5graph.analytics.analytics import Analytics
from c5graph.analytics.ask import parse_ask
from c5graph.analytics.measures import measure as measure_named
from c5graph.analytics.networkfiles import as_answer
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
from c5graph.catalogue import Catalogue
from c5graph.desk.bureau import Bureau
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.release import Release, View, Views, build_release
from c5graph.graph.sources import Sources
from c5graph.lenses import described
from c5graph.neighbours import Ask, Page
from c5graph.paths import PathAsk, Paths, find_paths
from c5graph.rows import Rows
from c5graph.settings import Settings
from c5graph.store.rdf import Literal, Store, Term, columns_of, load_store, text_of
from c5graph.tables import table

if TYPE_CHECKING:
    from c5graph.client import RemoteGraph

_STORES_KEPT = 2


@dataclass(frozen=True, repr=False)
class Graph(GraphCalls):
    """One loaded version of the data."""

    release: Release

    @classmethod
    def load(cls, joined: Iterable[Path | str] = (), *, lens: Lens = DEFAULT) -> Graph:
        """The shipped graph, with files or folders of yours joined to it. Does not validate."""
        paths = [Path(path) for path in joined]
        return cls(build_release(Sources.shipped().joined(paths), lens=lens))

    @staticmethod
    def connect(url: str) -> RemoteGraph:
        """The same calls against a running service."""
        from c5graph.client import RemoteGraph  # noqa: PLC0415 - who loads needs no client

        return RemoteGraph(url)

    @property
    def version(self) -> str:
        """Version of program and data."""
        return self.release.version

    def query(self, query: str, /, *, lens: Lens | None = None, **values: str) -> Rows:
        """Rows of a SELECT query or of a saved one; see `GraphCalls.query`."""
        text = query if any(mark in query for mark in "{\n") else self._saved(query, values)
        columns, rows = columns_of(self._store(lens), text)
        return Rows(columns, ({name: _value(term) for name, term in row.items()} for row in rows))

    def neighbours(self, entity: str, *, lens: Lens | None = None, **options: Any) -> Page:
        """Edges around an entity; see `GraphCalls.neighbours`."""
        ask = Ask(entity, **{"limit": sys.maxsize - 1, **options})
        return self._view(lens).neighbours.lookup(ask)

    def paths(self, start: str, end: str, *, lens: Lens | None = None, **options: Any) -> Paths:
        """The shortest paths between two entities; see `GraphCalls.paths`."""
        return find_paths(self._view(lens).neighbours, PathAsk(start, end, **options))

    def network(
        self, projection: str, *, lens: Lens | None = None, firmness: str | None = None
    ) -> NetworkAnswer:
        """A projected network; see `GraphCalls.network`."""
        given = {**option_texts({"projection": projection, "firmness": firmness})}
        network, lang = self._analytics.network({**given, **lens_parameters(lens)}, self._lang)
        return NetworkAnswer(as_answer(network, self._analytics.homes, sys.maxsize, lang))

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
        given = option_texts({"projection": projection, **options})
        asked = {**given, **lens_parameters(lens)}
        ask = parse_ask(measure_named(measure), asked, self.release.record, self._lang)
        return self._analytics.analyse(ask, progress)

    def exposure(self, entity: str, *, lens: Lens | None = None, **options: Any) -> ExposureAnswer:
        """How far something depends on each power; see `GraphCalls.exposure`."""
        given = option_texts({"entity": entity, **options})
        found = self._analytics.exposure({**given, **lens_parameters(lens)}, self._lang)
        return ExposureAnswer(found)

    def ask(self, question: str, *, lens: Lens | None = None, **filters: Any) -> Listing:
        """A question of the desk by name; see `GraphCalls.ask`."""
        insist_on_known(question, QUESTIONS_BY_NAME)
        view = self._view(lens)
        given = filters_of(QUESTIONS_BY_NAME[question], filters)
        office = self._bureau.office(view)
        answer = QUESTIONS_BY_NAME[question].answer(office, given, sys.maxsize - 1, self._lang)
        lens_told = described(view.lens, view.selection.undated)
        data = {"version": self.version, "lens": lens_told, **answer.as_dict()}
        return Listing(question, data, lambda: table(*answer.table()))

    def _saved(self, name: str, values: dict[str, str]) -> str:
        return self._catalogue.get(name).bind(values, self.release.resolve)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue()

    @cached_property
    def _analytics(self) -> Analytics:
        return Analytics(self.release, self._views.get)

    @cached_property
    def _bureau(self) -> Bureau:
        return Bureau(self.release, Settings.from_environment().lens_cache)

    @property
    def _lang(self) -> str:
        return Settings.from_environment().language

    def _view(self, lens: Lens | None) -> View:
        return self._views.get(lens or self.release.view.lens)

    @cached_property
    def _views(self) -> Views:
        return Views(self.release, Settings.from_environment().lens_cache)

    @cached_property
    def _stores(self) -> OrderedDict[Lens, Store]:
        return OrderedDict()

    def _store(self, lens: Lens | None) -> Store:
        if lens is None or lens == self.release.view.lens:
            return self.release.store
        found = self._stores.pop(lens, None) or load_store(self.release.quads_under(lens))
        self._stores[lens] = found
        while len(self._stores) > _STORES_KEPT:
            self._stores.popitem(last=False)
        return found


def _value(term: Term | None) -> Any:
    if term is None:
        return None
    if isinstance(term, Literal):
        return value_of(term.value, term.datatype.value)
    return text_of(term)
