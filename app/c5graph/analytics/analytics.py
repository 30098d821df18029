"""Prepares, computes and tells analyses of one release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from c5graph.analytics.analysis import Analysis
from c5graph.analytics.ask import AnalysisAsk, parse_ask
from c5graph.analytics.change import changed
from c5graph.analytics.exposure.answer import Teller, changes
from c5graph.analytics.exposure.ask import parse_exposure
from c5graph.analytics.exposure.exposure import ExposureAsk, Exposures
from c5graph.analytics.measure import NETWORK, Column
from c5graph.analytics.network import LENSES_KEPT, Drawn, Network, NetworkCache, Networks
from c5graph.analytics.outcome import Outcome, Progress, silent
from c5graph.analytics.projections import Projections
from c5graph.analytics.selection import Members, Selection, members_of
from c5graph.desk.bureau import Bureau
from c5graph.desk.disputes import Disputes
from c5graph.desk.homes import Homes
from c5graph.errors import BadParameter
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.graph.release import Release, View
from c5graph.lenses import canonical, described, parse_lens
from c5graph.namespaces import shorten
from c5graph.protocol import Parameters

_ANYWHERE = ("avoid", "of")
"""Options whose things need not be in the network: a state without partners is told as such."""


@dataclass(frozen=True)
class Prepared:
    """An analysis that only needs computing: its network, and its options with things resolved."""

    ask: AnalysisAsk
    network: Network
    options: dict[str, Any]


class Analytics:
    """Everything that analyses of one release share. Threads may share it."""

    def __init__(
        self,
        release: Release,
        view_of: Callable[[Lens], View],
        bureau: Bureau | None = None,
        drawn: Drawn | None = None,
    ) -> None:
        self._release, self._view_of = release, view_of
        self._cache = NetworkCache(release, drawn)
        self._bureau = bureau or Bureau(release, LENSES_KEPT)

    def make_ready(self) -> None:
        """Make now what the first who asks under the default lens would have to wait for."""
        import networkx  # noqa: F401 - it takes a while

        networks = self.networks(DEFAULT)
        for projection in self.projections:
            networks.rows(projection)
        assert (self.members, self.disputes(networks.view).all) is not None

    @property
    def homes(self) -> Homes:
        """Where actors are at home."""
        return self._bureau.homes

    @cached_property
    def members(self) -> Members:
        """Who belongs to which group."""
        return members_of(self._release.record)

    @property
    def projections(self) -> Projections:
        """The projections that there are."""
        return self._cache.projections

    def networks(self, lens: Lens) -> Networks:
        """The networks under a lens."""
        return self._cache.of(self._view_of(lens))

    def network(self, given: Parameters, lang: str) -> tuple[Network, str]:
        """The network that the parameters ask for, and the language. Raises BadParameter."""
        ask = parse_ask(NETWORK, given, self._release.record, lang)
        return self.networks(ask.lens).get(ask.projection, ask.firmness), ask.lang

    def disputes(self, view: View) -> Disputes:
        """What claims disagree on in a view."""
        return self._bureau.office(view).disputes

    def exposure(self, given: Parameters, lang: str) -> dict[str, Any]:
        """The exposure that the parameters ask for, as plain values. Raises BadParameter."""
        ask = parse_exposure(given, lang)
        lens = parse_lens(given, self._release.record)
        answer = self._exposed(ask, lens)
        return answer | {"without_claims": self._without(ask, lens, answer) if ask.claims else None}

    def _without(self, ask: ExposureAsk, lens: Lens, answer: dict[str, Any]) -> dict[str, Any]:
        """The claims that go, and every figure that is another without them."""
        networks = self.networks(lens)
        unknown = sorted(ask.claims - networks.view.selection.shown)
        if unknown:
            raise BadParameter(
                f"There is no claim {shorten(unknown[0])[:120]}.",
                remedy="Take the name of a claim from an answer.",
            )
        after = self._less(ask.claims)._exposed(ask, lens)
        told = [note.plain for note in networks.facts.notes(sorted(ask.claims), ask.lang)]
        return {"claims": told, "changes": changes(answer, after)}

    def _exposed(self, ask: ExposureAsk, lens: Lens) -> dict[str, Any]:
        networks = self.networks(lens)
        exposures = Exposures(networks, self.disputes(networks.view), self.homes, self.members)
        return Teller(networks, ask.lang).answer(exposures.find(ask))

    def _less(self, claims: frozenset[str]) -> Analytics:
        """The same as if these claims had never been made."""
        release = self._release.less(claims)
        return Analytics(release, release.view_under, drawn=self._cache.drawn)

    def analyse(self, ask: AnalysisAsk, progress: Progress = silent) -> Analysis:
        """Prepare, compute here and tell."""
        prepared = self.prepare(ask)
        return self.told(prepared, self.computed(prepared, progress))

    def prepare(self, ask: AnalysisAsk) -> Prepared:
        """Find the network and the things that are named. Raises what is wrong with the ask."""
        networks = self.networks(ask.lens)
        network = networks.get(ask.projection, ask.firmness)
        selection = Selection(networks, self.homes, self.members)
        kinds = {option.name: option.kind for option in ask.measure.options}
        options = {
            name: self._resolved(kinds[name], name, value, network, selection)
            for name, value in ask.options
        }
        if kinds.get("to") == "set" and not options["to"]:
            options["to"] = selection.alike(options["of"], network.nodes)
        return Prepared(ask, network, {**options, "groups": selection.groups(network.nodes)})

    def computed(self, prepared: Prepared, progress: Progress = silent) -> Outcome:
        """The outcome, computed in this process."""
        compute = prepared.ask.measure.compute
        if compute is not None:
            return compute(prepared.network.skeleton, prepared.options, progress)
        ask = prepared.ask
        against = self.networks(prepared.options["against"]).get(ask.projection, ask.firmness)
        return changed(prepared.network, against, every=prepared.options["all"])

    def told(self, prepared: Prepared, outcome: Outcome) -> Analysis:
        """The outcome with labels, and with where it comes from."""
        ask, network = prepared.ask, prepared.network
        teller, lang = network.facts.teller, ask.lang

        def cell(column: Column, value: Any) -> Any:
            if column.kind == "node":
                return None if value is None else teller.named(value, lang).as_dict()
            if column.kind == "nodes":
                return [teller.named(each, lang).as_dict() for each in value]
            return value

        columns = ask.measure.columns
        return Analysis(
            measure=ask.measure,
            version=network.version,
            lens=described(network.lens, network.undated),
            network=network.head(),
            options=_shown_options(ask),
            rows=[
                {each.name: cell(each, row.get(each.name)) for each in columns}
                for row in outcome.rows
            ],
            summary=outcome.summary,
            total=len(outcome.rows),
        )

    def _resolved(
        self, kind: str, name: str, value: Any, network: Network, selection: Selection
    ) -> Any:
        if kind == "node":
            return _inside(network, selection.chosen([value]), name, value)[0]
        if kind != "set" or not value:
            return value
        chosen = selection.chosen(value)
        return chosen if name in _ANYWHERE else _inside(network, chosen, name, ",".join(value))


def _inside(network: Network, chosen: list[str], name: str, said: str) -> list[str]:
    """Those of the things that the network has. Raises BadParameter when it has none of them."""
    known = set(network.nodes)
    found = [each for each in chosen if each in known]
    if not found:
        raise BadParameter(
            f"{name}: the network {network.projection.name} has no {said[:80]!r}.",
            remedy="Ask for another projection, firmness or lens, or see its nodes: "
            f"/api/analytics/network?projection={network.projection.name}",
        )
    return found


def _shown_options(ask: AnalysisAsk) -> dict[str, Any]:
    """The options as they were asked, for JSON."""
    return {
        name: canonical(value)
        if isinstance(value, Lens)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in ask.options
    }
