"""What the commands of the desk share: their options, the asking, and the printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from c5graph.cli.console import out
from c5graph.cli.data import Data, With, chosen_sources, chosen_view
from c5graph.cli.filters import AsJson, Language
from c5graph.cli.lens import Command, LensOptions, gathers
from c5graph.desk.bureau import Bureau
from c5graph.desk.questions import Question
from c5graph.errors import BadParameter
from c5graph.graph.release import build_release
from c5graph.lenses import described
from c5graph.settings import Settings
from c5graph.tables import table

Many = list[str] | None
Form = Annotated[str | None, typer.Option("--format", help="json or csv.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Rows to show.")]
Cursor = Annotated[str | None, typer.Option(help="Where the page before ended.")]


@dataclass(frozen=True)
class Page:
    """What every command of the desk may be told besides its own options."""

    limit: int | None
    cursor: str | None
    lang: str | None
    data: list[Path] | None
    joined: list[Path] | None
    form: str | None


def takes_page(command: Command) -> Command:
    """A command with these options besides its own; it gets them together as `page`."""
    return gathers("page", _PAGE, _page)(command)


_PAGE: Final = {
    "limit": (Limit, None),
    "cursor": (Cursor, None),
    "lang": (Language, None),
    "joined": (With, None),
    "data": (Data, None),
    "form": (Form, None),
    "as_json": (AsJson, False),
}


def _page(given: Mapping[str, Any]) -> Page:
    as_json = given["as_json"]
    plain = {name: value for name, value in given.items() if name != "as_json"}
    return Page(**{**plain, "form": "json" if as_json else given["form"]})


def run(
    question: Question,
    options: Mapping[str, str | Many],
    lens: LensOptions,
    page: Page,
    show: Callable[[dict[str, Any]], None],
) -> None:
    """Ask, and print the answer as JSON, as a table, or in words by `show`.

    `options` go by the names of URL parameters.
    """
    if page.form not in (None, "json", "csv"):
        raise BadParameter(f"{page.form!r} is no format.", remedy="Use json or csv.")
    settings = Settings.from_environment()
    release = build_release(chosen_sources(page.data, page.joined))
    view = chosen_view(release, **lens)
    usual = settings.list_max if page.form == "csv" else settings.list_limit
    limit = min(page.limit or usual, settings.list_max)
    office = Bureau(release, 1).office(view)
    given = _given({**options, "cursor": page.cursor})
    answer = question.answer(office, given, limit, page.lang or settings.language)
    if page.form == "csv":
        sys.stdout.buffer.write(table(*answer.table()))
        sys.stdout.flush()
        return
    undated = view.selection.undated
    said = {"version": release.version, "lens": described(view.lens, undated)}
    shown = {**said, **answer.as_dict()}
    if page.form == "json":
        out.print_json(json.dumps(shown, ensure_ascii=False))
        return
    show(shown)
    if answer.next_cursor:
        out.print(f"More: --cursor {answer.next_cursor}")
    if undated:
        out.print(f"{undated} claims were left out for want of a date.")


def _given(options: Mapping[str, str | Many]) -> dict[str, list[str]]:
    return {
        name: [value] if isinstance(value, str) else value
        for name, value in options.items()
        if value
    }
