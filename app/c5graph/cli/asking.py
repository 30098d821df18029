"""What the commands of the desk share: their options, the asking, and the printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from c5graph.cli.console import out
from c5graph.cli.data import chosen_sources, chosen_view
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
class Wish:
    """The options of one command; `options` and `lens` go by the names of URL parameters."""

    options: Mapping[str, str | Many]
    lens: Mapping[str, object]
    limit: int | None
    lang: str | None
    files: tuple[list[Path] | None, list[Path] | None]
    form: str | None


def lens_options(
    as_of: str | None,
    known_at: str | None,
    report: Many,
    kind: Many,
    interest: Many,
    modality: Many,
    min_origins: int,
    *,
    possible: bool,
) -> dict[str, object]:
    """The options of a lens by the names of URL parameters."""
    return {
        "asOf": as_of,
        "knownAt": known_at,
        "reports": report,
        "kinds": kind,
        "interest": interest,
        "modality": modality,
        "minOrigins": min_origins,
        "dates": "possible" if possible else None,
    }


def run(question: Question, wish: Wish, show: Callable[[dict[str, Any]], None]) -> None:
    """Ask, and print the answer as JSON, as a table, or in words by `show`."""
    if wish.form not in (None, "json", "csv"):
        raise BadParameter(f"{wish.form!r} is no format.", remedy="Use json or csv.")
    settings = Settings.from_environment()
    release = build_release(chosen_sources(*wish.files))
    view = chosen_view(release, **wish.lens)
    usual = settings.list_max if wish.form == "csv" else settings.list_limit
    limit = min(wish.limit or usual, settings.list_max)
    office = Bureau(release, 1).office(view)
    answer = question.answer(office, _given(wish), limit, wish.lang or settings.language)
    if wish.form == "csv":
        sys.stdout.buffer.write(table(*answer.table()))
        sys.stdout.flush()
        return
    undated = view.selection.undated
    said = {"version": release.version, "lens": described(view.lens, undated)}
    shown = {**said, **answer.as_dict()}
    if wish.form == "json":
        out.print_json(json.dumps(shown, ensure_ascii=False))
        return
    show(shown)
    if answer.next_cursor:
        out.print(f"More: --cursor {answer.next_cursor}")
    if undated:
        out.print(f"{undated} claims were left out for want of a date.")


def _given(wish: Wish) -> dict[str, list[str]]:
    return {
        name: [value] if isinstance(value, str) else value
        for name, value in wish.options.items()
        if value
    }
