"""`/api/neighbours`: the edges around an entity, each with its claims. Plain ASGI, a hot route."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.types import Scope

from c5graph.cache import Kept
from c5graph.errors import BadParameter, MethodNotAllowed
from c5graph.graph.release import View
from c5graph.lenses import described
from c5graph.lookup import Ask, Page
from c5graph.networks import JSON, written
from c5graph.protocol import single
from c5graph.routes.asking import FILTERS, PAGE, Asked, asked, kept, needed, told, up_to
from c5graph.routes.http import Heard, spliced
from c5graph.routes.keeping import KeepingRoute
from c5graph.routes.pages import Pages
from c5graph.service import Service

PARAMETERS = ("entity", "depth", *FILTERS, "limit", "cursor")
MAX_DEPTH = 3


class NeighboursRoute(KeepingRoute):
    """Answers GET and HEAD."""

    def __init__(self, service: Service, pages: Pages) -> None:
        super().__init__(service)
        self._pages = pages

    def _heard(self, scope: Scope) -> Heard:
        heard = super()._heard(scope)
        if heard.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(heard.method, ("GET", "HEAD", "OPTIONS"))
        return heard

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, PARAMETERS)
        ask = self.ask(wish)
        view = await self._service.view(wish.lens)
        if ask.depth == 1 and not ask.types and wish.form in (JSON, PAGE):
            return self._written(heard, wish, view.neighbours.lookup(ask), view, tag)
        return await self._service.aside.run(self._looked_up, heard, wish, view, tag)

    def _looked_up(self, heard: Heard, wish: Asked, view: View, tag: str) -> Kept:
        page = view.neighbours.lookup(self.ask(wish))
        return self._written(heard, wish, page, view, tag)

    def _written(self, heard: Heard, wish: Asked, page: Page, view: View, tag: str) -> Kept:
        following, undated = _next(wish, page), view.selection.undated
        said = told(wish.lens, undated, truncated=page.truncated, following=following)
        if wish.form is PAGE:
            lens = described(wish.lens, undated)
            body = self._pages.neighbours(heard.path, page, following, lens)
        elif wish.form is JSON:
            seen = {"version": self._service.version, "lens": described(wish.lens, undated)}
            body = spliced(seen, page.json, {"next": following})
        else:
            body = written(page.edges, wish.form, view.neighbours.teller, wish.lang)
        return kept(body, wish.form, tag, said)

    def ask(self, wish: Asked) -> Ask:
        """What the parameters ask; raises BadParameter for what they may not say."""
        settings, given, which = self._service.settings, wish.given, wish.which
        depth = up_to(10, given, "depth", 1)
        if depth > MAX_DEPTH:
            raise BadParameter(f"A depth of {depth} is too deep.", remedy=f"Use 1 to {MAX_DEPTH}.")
        return Ask(
            entity=needed(given, "entity", "a slug, CURIE or IRI: ?entity=kazakhstan"),
            direction=which.direction,
            predicates=which.predicates,
            firmness=which.firmness,
            limit=up_to(settings.neighbour_max, given, "limit", settings.neighbour_limit),
            cursor=single(given, "cursor"),
            lang=wish.lang,
            depth=depth,
            types=which.types,
            entities_only=which.entities_only,
            reach=settings.neighbour_reach,
        )


def _next(wish: Asked, page: Page) -> str | None:
    if page.next_cursor is None:
        return None
    same = {name: values for name, values in wish.given.items() if name != "cursor"}
    return "?" + urlencode({**same, "cursor": [page.next_cursor]}, doseq=True)
