"""Pages rendered on the server: escaped, without script, with links relative to their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from c5graph import __version__, asked, resources, speech, told
from c5graph.analytics.analysis import shown
from c5graph.assets import bundle
from c5graph.catalogue import SavedQuery
from c5graph.errors import C5GraphError
from c5graph.graph.lens import Lens
from c5graph.lenses import parse_lens
from c5graph.metadata.dataset import slug
from c5graph.namespaces import VOC, shorten
from c5graph.neighbours import Page
from c5graph.routes.examples import examples, link_to
from c5graph.routes.lens_control import LensControl
from c5graph.routes.results import Results, paired, place
from c5graph.routes.visit import VISIT
from c5graph.service import Service
from c5graph.store.port import Answer
from c5graph.views.words import ROLES


class Pages:
    """Renders the templates of `web/templates`."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lens = LensControl(service)
        self._templates = Environment(
            loader=FileSystemLoader(resources.web() / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._templates.install_gettext_callables(  # type: ignore[attr-defined]
            speech.gettext, speech.ngettext, newstyle=True
        )
        self._templates.globals.update(
            version=service.version,
            package=__version__,
            ours=service.ours,
            modified=modified(),
            report_errors_to=service.settings.report_errors_to,
            link=lambda where, **more: VISIT.get().link(where, **more),
            kept=lambda: VISIT.get().kept_pairs,
            page_language=speech.interface,
            bundle=bundle,
            tongue=self._tongue,
            # No filter: of a constant it would be worked out once, when the template is read.
            spoken=spoken_in,
            words=lambda: speech.messages_of(".ts", "views/words.py"),
        )
        self._templates.filters.update(
            place=place,
            curie=shorten,
            number=speech.grouped,
            amount=speech.rounded,
            called=self._called,
            label=lambda iri: self._service.release.labels.of(iri, self.lang),
            found=self._found,
            percent=speech.percent,
            role=_role,
            slug=slug,
            data=_data,
            asked=asked.asked,
            subject=asked.subject,
            column=asked.column,
            heading=asked.heading,
            concept=self._concept,
            figure=shown,
            told=told.told,
        )

    @property
    def lang(self) -> str:
        """The language of names on the page that is being made."""
        return speech.LANGUAGE.get()

    @property
    def lens(self) -> Lens:
        """The lens of the page that is being made; the default where none can be read."""
        return self._lens.chosen(VISIT.get())

    def _concept(self, name: str) -> str:
        """What a concept of the vocabularies is called."""
        return self._service.release.labels.of(VOC + name, self.lang)

    def _tongue(self, iri: str) -> Markup:
        """The language of the name of a thing as an attribute, where it is not the page's."""
        if not self._service.ours:
            return Markup()
        lang = self._service.release.labels.language(iri, self.lang)
        return spoken_in(lang)

    def strict_lens(self) -> Lens:
        """The lens of the page. Raises BadParameter where it cannot be read."""
        return parse_lens(VISIT.get().given, self._service.release.record)

    def _called(self, name: str) -> str:
        """What a form shows of a thing: its label, where that alone leads back to it."""
        release, iri = self._service.release, self._found(name)
        label = release.labels.of(iri, self.lang) if iri else name
        return label if iri and release.names.find(label) == iri else name

    def _found(self, name: str) -> str | None:
        """IRI of what is called so, where the graph is ours."""
        ours = self._service.ours and name
        return self._service.release.names.find(name) if ours else None

    def render(self, template: str, path: str, **values: Any) -> bytes:
        """A page; `root` in it leads from the page's path to the root of the service."""
        visit = VISIT.get()
        root = "../" * (path.count("/") - 1) or "./"
        given = {
            "root": root,
            "visit": visit,
            "lang": speech.interface(),
            "languages": speech.languages(),
            "lens_control": self._lens.shown(visit) if self._service.ours else None,
            **values,
        }
        return self._templates.get_template(template).render(given).encode()

    def _results(self) -> Results:
        labels = self._service.release.labels if self._service.ours else None
        return Results(self._service.release.index, labels, self.lang)

    def sparql(
        self,
        path: str,
        *,
        query: str | None,
        answer: Answer | None = None,
        error: C5GraphError | None = None,
        raw: str = "",
    ) -> bytes:
        """The query form, with the result or the error of what was asked."""
        known = examples(self._service)
        return self.render(
            "sparql.html",
            path,
            query=known[0].query if query is None else query,
            examples=known,
            result=None if answer is None else self._results().of(answer),
            error=error,
            raw=raw,
        )

    def question(
        self, path: str, query: SavedQuery, values: Mapping[str, str], answer: Answer, text: str
    ) -> bytes:
        """A saved question with its answer."""
        return self.render(
            "question.html",
            path,
            query=query,
            values=values,
            result=paired(self._results().of(answer, asked.behind_last), query.pair),
            text=text,
            query_href=link_to(text),
        )

    def neighbours(
        self, path: str, page: Page, following: str | None, lens: Mapping[str, Any]
    ) -> bytes:
        """Edges of an entity as a table, and the lens that they were seen through."""
        return self.render("neighbours.html", path, page=page, following=following, lens=lens)

    def error(self, path: str, error: C5GraphError) -> bytes:
        """An error for a reader."""
        return self.render("error.html", path, error=error)


def modified() -> str:
    """The day of the last change of the data, as far as their files tell."""
    folders = (resources.data(), resources.ontology())
    times = [path.stat().st_mtime for folder in folders for path in folder.rglob("*.ttl")]
    return datetime.fromtimestamp(max(times), UTC).date().isoformat() if times else ""


def spoken_in(lang: str) -> Markup:
    """A language as an attribute of a tag; nothing for that of the page or an unknown one."""
    if not lang or lang == speech.interface():
        return Markup()
    return Markup(' lang="{}"').format(lang)


def _role(role: Mapping[str, str]) -> str:
    """A role beside the actor that has it: the noun for it, or else its label."""
    noun = ROLES.get(role["iri"])
    return speech.gettext(noun) if noun else role["label"]


def _data(value: Any) -> Markup:
    """JSON for a data block of a page: nothing in it can end the block."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - its signs of markup are escaped above
