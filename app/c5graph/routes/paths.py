"""`/api/paths`: the shortest ways from one entity to another, with the filters of neighbours."""

from __future__ import annotations

from c5graph.cache import Kept
from c5graph.graph.release import View
from c5graph.lenses import described
from c5graph.networks import CSV, JSON, path_table, written
from c5graph.paths import PathAsk, Paths, find_paths
from c5graph.routes.asking import FILTERS, PAGE, Asked, asked, kept, needed, told, up_to
from c5graph.routes.http import Heard, to_json
from c5graph.routes.keeping import KeepingRoute
from c5graph.routes.pages import Pages
from c5graph.service import Service

PARAMETERS = ("from", "to", "k", "longest", *FILTERS)
DEFAULT_K, DEFAULT_LONGEST, MOST_LONGEST = 5, 6, 10


class PathsRoute(KeepingRoute):
    """Answers GET and HEAD."""

    def __init__(self, service: Service, pages: Pages) -> None:
        super().__init__(service)
        self._pages = pages

    async def _made(self, heard: Heard, tag: str) -> Kept:
        wish = asked(self._service, heard, PARAMETERS)
        ask = None if _asks_nothing(wish) else self._ask(wish)
        view = await self._service.view(wish.lens)
        return await self._service.aside.run(self._answer, heard, wish, ask, view, tag)

    def _ask(self, wish: Asked) -> PathAsk:
        settings, given = self._service.settings, wish.given
        return PathAsk(
            start=needed(given, "from", "two entities: ?from=kazakhstan&to=boeing"),
            end=needed(given, "to", "two entities: ?from=kazakhstan&to=boeing"),
            which=wish.which,
            k=up_to(settings.path_max, given, "k", DEFAULT_K),
            longest=up_to(MOST_LONGEST, given, "longest", DEFAULT_LONGEST),
            steps=settings.path_steps,
            lang=wish.lang,
        )

    def _answer(self, heard: Heard, wish: Asked, ask: PathAsk | None, view: View, tag: str) -> Kept:
        if ask is None:
            form = self._pages.render("paths.html", heard.path, found=None, start="", end="")
            return kept(form, PAGE, tag, ())
        found = find_paths(view.neighbours, ask)
        undated = view.selection.undated
        said = told(wish.lens, undated, truncated=found.truncated)
        return kept(self._body(heard, wish, found, undated), wish.form, tag, said)

    def _body(self, heard: Heard, wish: Asked, found: Paths, undated: int) -> bytes:
        lens = described(wish.lens, undated)
        if wish.form is PAGE:
            ends = {"start": found.start.label, "end": found.end.label}
            return self._pages.render("paths.html", heard.path, found=found, **ends)
        if wish.form is JSON:
            return to_json({"version": self._service.version, "lens": lens, **found.as_dict()})
        if wish.form is CSV:
            return path_table(found)
        assert found.teller is not None
        return written(found.edges, wish.form, found.teller, wish.lang)


def _asks_nothing(wish: Asked) -> bool:
    """A reader's page with neither end is the form to ask by."""
    return wish.form is PAGE and not any(wish.given.get(name) for name in ("from", "to"))
