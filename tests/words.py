"""What the interface says, gathered from its sources; `python -m tests.words` brings it up to date.

Messages are in templates (`trans` and `_`), in Python (`_`, `gettext`, `n_`, `ngettext`, `counted`)
and in the scripts (`t`). The command adds new ones to every catalogue, without a translation, and
takes away those that nothing says any more.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from c5graph.analytics.measures import MEASURES
from c5graph.analytics.projections import Projections
from c5graph.asked import COLUMN, LABEL, QUESTION, SUBJECT
from c5graph.catalogue import Catalogue
from c5graph.desk.doubles import REASONS
from c5graph.settings import Settings
from c5graph.told import TOLD
from tests import told
from tests.queries.answers import expected

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "app" / "web"
_KEYWORDS = {"_": None, "gettext": None, "n_": None, "ngettext": (1, 2), "counted": (1, 2)}
_SAID = re.compile(
    r"""(?<![\w.])t\(\s*"((?:[^"\\]|\\.)*)"|\["(?:firm|planned|hedged)", "([^"]+)"\]"""
)
_COUNTED = re.compile(r"""(?<![\w.])tn\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)\"""")
_LONG_AGO = datetime(2025, 11, 6, tzinfo=UTC)  # so that only words make a difference
Message = tuple[str, int, str | tuple[str, ...]]


def extracted() -> Catalog:
    """Every message with the places that say it."""
    catalog = Catalog(project="c5graph", charset="utf-8", fuzzy=False)
    for place, line, message in (*_templates(), *_python(), *_scripts(), *_described()):
        catalog.add(message, locations=[(place, line)])
    for place, line, text in told.texts():
        catalog.add(text, locations=[(place, line)], context=TOLD)
    for place, context, text in _questions():
        catalog.add(text, locations=[(place, 1)], context=context)
    return catalog


def catalogues() -> list[Path]:
    """The catalogue of every language."""
    return sorted((WEB / "locale").glob("*.po"))


def read(path: Path) -> Catalog:
    """A catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def update(path: Path) -> None:
    """Bring a catalogue up to date."""
    catalog = read(path)
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = "# What the interface says. `python -m tests.words` keeps it in step."
    for name in ("creation_date", "revision_date"):
        setattr(catalog, name, _LONG_AGO)
    written = io.BytesIO()
    write_po(written, catalog, sort_output=True, include_lineno=False, width=100)
    path.write_bytes(written.getvalue())


def _templates() -> Iterator[Message]:
    for path in sorted((WEB / "templates").glob("*.html")):
        options = {"trimmed": "false", "newstyle_gettext": "true", "silent": "false"}
        with path.open("rb") as file:
            found = list(babel_extract(file, list(_KEYWORDS), (), options))
        for line, _, message, _ in found:
            if message is None:  # `_(each.label)`: what it says is marked where it is written
                continue
            yield _place(path), line, _clean(message)


def _python() -> Iterator[Message]:
    for path in sorted((ROOT / "app" / "c5graph").rglob("*.py")):
        with path.open("rb") as file:
            for line, message, _, _ in extract("python", file, _KEYWORDS):
                yield _place(path), line, _clean(message)


def _described() -> Iterator[Message]:
    """What networks, measures and settings say of themselves, and sums of what they leave out."""
    for reason in REASONS.values():
        yield "app/c5graph/desk/doubles.py", 1, reason
    for each in MEASURES.values():
        for said in (each.title, each.question, *(column.name for column in each.columns)):
            yield "app/c5graph/analytics/measures.py", 1, said.replace("_", " ")
        for column in each.columns:
            yield "app/c5graph/analytics/measures.py", 1, column.meaning
    for setting in fields(Settings):
        yield "app/c5graph/settings.py", 1, setting.metadata["doc"]
    for network in Projections():
        weight = network.as_dict()["weight"]["meaning"]
        for said in (network.question, network.description, weight):
            yield f"queries/projections/{network.name}.rq", 1, said


def _questions() -> Iterator[tuple[str, str, str]]:
    """What saved questions ask, and the headings of their answers, each in its context."""
    for query in Catalogue():
        place = f"queries/{query.name}.rq"
        remarks = (each.description for each in query.parameters)
        for said in (query.question, query.description, *remarks):
            yield place, QUESTION, said
        for tag in query.tags:
            yield place, SUBJECT, tag
        for name in expected(query.name)[0].split(","):
            yield place, COLUMN, name.removesuffix(LABEL)


def _scripts() -> Iterator[Message]:
    for path in sorted((WEB / "src").rglob("*.ts")):
        text = path.read_text(encoding="utf-8")
        for match in _SAID.finditer(text):
            said = (match[1] or match[2]).replace('\\"', '"')
            yield _place(path), text.count("\n", 0, match.start()) + 1, said
        for match in _COUNTED.finditer(text):
            yield _place(path), text.count("\n", 0, match.start()) + 1, (match[1], match[2])


def _clean(message: str | tuple[str | None, ...]) -> str | tuple[str, ...]:
    if isinstance(message, str):
        return message
    said = tuple(each for each in message if each)
    return said[0] if len(said) == 1 else said[:2]


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    for each in catalogues():
        update(each)
