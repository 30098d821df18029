"""`/api/network` and the page `/graph`: the edges among chosen things. Plain ASGI, hot routes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from starlette.types import Receive, Scope, Send

from c5graph.cache import Kept
from c5graph.errors import MethodNotAllowed
from c5graph.graph.release import View
from c5graph.induced import GROUPS, MOST, Network, NetworkAsk, Networks
from c5graph.lenses import day, described
from c5graph.namespaces import C5, SKOS, VOC, expand
from c5graph.networks import JSON, written
from c5graph.routes.asking import PAGE, Asked, asked, kept, told
from c5graph.routes.http import Heard, etag, read_body, send_kept, to_json
from c5graph.routes.pages import Pages
from c5graph.routes.parameters import listed
from c5graph.service import Service

PATH: Final = "/graph"
_TIME: Final = ("since", "until")
_OWN: Final = (
    "entities",
    "predicates",
    "firmness",
    "types",
    "sectors",
    "statuses",
    "hidden",
    *_TIME,
)
# What only the canvas reads, so that an address restores the whole view.
_CANVAS: Final = ("at", "layout", "selected", "pinned", "from", "to")
PARAMETERS: Final = (*_OWN, *_CANVAS, "lang", "format")
_SHORT: Final = 12
_FEW: Final = 3


class NetworkRoute:
    """Answers GET, HEAD and, for long lists, POST of a form."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service, self._pages = service, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        heard = Heard.of(scope)
        if heard.method == "POST" and heard.path == PATH:
            raise MethodNotAllowed(heard.method, ("GET", "HEAD", "OPTIONS"))
        if heard.method == "POST":
            limit = self._service.settings.max_body_kib * 1024
            heard = replace(heard, body=await read_body(receive, limit), if_none_match=None)
        parts = (heard.path, heard.query_string, heard.accept, heard.body)
        tag = etag((self._service.version, "network", *parts))
        found = self._service.cache.get(tag)
        if found is None:
            found = await self._answer(heard, tag)
            self._service.cache.put(tag, found)
        await send_kept(send, heard, found, again=True)

    async def _answer(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, PARAMETERS)
        if heard.path == PATH:
            wish = replace(wish, form=PAGE)
        view = await self._service.view(wish.lens)
        return await self._service.aside.run(self._looked_up, heard, wish, view, tag)

    def _looked_up(self, heard: Heard, wish: Asked, view: View, tag: str) -> Kept:
        ask = ask_of(wish)
        found, undated = Networks(view).of(ask), view.selection.undated
        said = told(wish.lens, undated, truncated=False)
        if wish.form is PAGE:
            body = self._page(heard, ask, found, view)
        elif wish.form is JSON:
            seen = {"version": self._service.version, "lens": described(wish.lens, undated)}
            body = to_json({**seen, **found.as_dict()})
        else:
            nodes = [node.named for node in found.nodes]
            body = written(found.edges, wish.form, view.neighbours.teller, wish.lang, nodes)
        return kept(body, wish.form, tag, said)

    def _page(self, heard: Heard, ask: NetworkAsk, found: Network, view: View) -> bytes:
        return self._pages.render(
            "graph.html",
            heard.path,
            found=found,
            near=list(_near(view, found.unknown)),
            ask=ask,
            names=[_short(str(node.named.iri)) for node in (*found.nodes, *found.filtered)],
            choices=self._choices(view, ask, found),
            starters=self._starters(view) if not ask.entities else [],
            most=MOST,
        )

    def _choices(
        self, view: View, ask: NetworkAsk, found: Network
    ) -> dict[str, list[tuple[str, str, bool]]]:
        """What the filters offer: name, label, and whether it is chosen."""
        teller = view.neighbours.teller

        def offered(iris: Iterable[str], chosen: Iterable[str]) -> list[tuple[str, str, bool]]:
            named = [
                (_short(iri), teller.named(iri, ask.lang).label, iri in chosen) for iri in iris
            ]
            return sorted(named, key=lambda each: each[1])

        schemes = {name: teller.index.subjects(SKOS + "inScheme", VOC + name) for name in _SCHEMES}
        statuses = [iri for iri in schemes["status"] if not iri.startswith(VOC + "status-class")]
        return {
            "predicates": offered(_relations(view, ask, found), ask.which.predicates),
            "types": offered((C5 + name for name, _ in GROUPS), ask.which.types),
            "sectors": offered(schemes["sector"], ask.sectors),
            "statuses": offered(statuses, ask.statuses),
        }

    def _starters(self, view: View) -> list[dict[str, Any]]:
        """The things with most relations, to begin with."""
        teller, index = view.neighbours.teller, view.neighbours
        entities = (iri for iri in index if teller.is_entity(iri))
        best = sorted(entities, key=lambda iri: (-index.degree(iri), iri))[:_SHORT]
        return [
            {
                "name": _short(iri),
                "label": teller.named(iri, self._pages.lang).label,
                "relations": index.degree(iri),
            }
            for iri in best
        ]


_SCHEMES: Final = ("sector", "status")


def _relations(view: View, ask: NetworkAsk, found: Network) -> set[str]:
    """The relations among the things, and those that are chosen, which may be none of them."""
    chosen = ask.which.predicates
    if chosen:
        found = Networks(view).of(replace(ask, which=replace(ask.which, predicates=())))
    return {str(edge.predicate.iri) for edge in found.edges} | set(chosen)


def ask_of(wish: Asked) -> NetworkAsk:
    """What the parameters ask."""
    return NetworkAsk(
        entities=tuple(listed(wish.given, "entities")),
        which=wish.which,
        sectors=tuple(_concept(name) for name in listed(wish.given, "sectors")),
        statuses=tuple(_concept(name) for name in listed(wish.given, "statuses")),
        since=_day(wish, "since"),
        until=_day(wish, "until"),
        hidden=frozenset(listed(wish.given, "hidden")),
        lang=wish.lang,
    )


def _near(view: View, unknown: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names that nothing has, each with what may be meant; all together may be one with commas."""
    whole = [", ".join(unknown)] if len(unknown) > 1 else []
    for name in (*whole, *unknown[:_FEW]):
        near = view.neighbours.near(name)
        yield from ((name, other) for other in near)
        if near and name in whole:
            return


def _day(wish: Asked, name: str) -> date | None:
    """A form without script sends a field that is left empty."""
    return day(wish.given, name) if any(wish.given.get(name, ())) else None


def _concept(name: str) -> str:
    return expand(name) or (name if ":" in name else VOC + name)


def _short(iri: str) -> str:
    """A name as short as the address of a view wants it."""
    for namespace in (C5, VOC):
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return iri.rpartition("/id/")[2]
