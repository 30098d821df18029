"""Answers to queries as pages show them: things by their names, with links."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from c5graph.graph.index import Index
from c5graph.graph.labels import Labels
from c5graph.namespaces import BASE, shorten
from c5graph.speech import ENGLISH, figure, interface, rounded
from c5graph.store.port import Answer

_LABEL: Final = "Label"
_NAMED_BY: Final = {"gloss": "claim"}
"""Columns that name the thing of another column: a page shows a claim by its gloss."""
_PLAIN: Final = frozenset({"en", "xsd:integer", "xsd:date", "xsd:decimal", "xsd:boolean"})
_AMOUNTS: Final = frozenset({"amount", "low", "high"})
_FIGURE: Final = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,12})?")


@dataclass(frozen=True)
class Cell:
    """A term as a page shows it; `name` is what the answer has where words stand for it."""

    text: str
    link: str | None = None
    note: str = ""
    name: str = ""
    lang: str = ""
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Way:
    """A way of being related, and all that is related so."""

    told: Cell
    things: tuple[Cell, ...]


class Results:
    """Reads answers; without labels every IRI is shown as it is."""

    def __init__(self, index: Index, labels: Labels | None, lang: str) -> None:
        self._index, self._labels, self._lang = index, labels, lang

    def of(self, answer: Answer, order: Callable[[list[str]], list[str]] = list) -> dict[str, Any]:
        """A table with its columns in this order, a yes or no, or a graph's text."""
        if "json" not in answer.media_type:
            return {"text": answer.body.decode(), "truncated": answer.truncated}
        read = json.loads(answer.body)
        if "boolean" in read:
            return {"boolean": read["boolean"], "truncated": False}
        names = order(list(self._telling(read["head"]["vars"], read["results"]["bindings"])))
        rows = [
            [
                _sum(name, row) or self._cell(row[name]) if name in row else Cell("")
                for name in names
            ]
            for row in read["results"]["bindings"]
        ]
        told = {"names": names, "rows": rows, "unpaired": len(rows)}
        return {**told, "truncated": answer.truncated}

    def _telling(self, names: list[str], rows: Iterable[dict[str, Any]]) -> Iterable[str]:
        """Without a column that only repeats the names of the things of another."""
        for name in names:
            thing = _NAMED_BY.get(name) or name.removesuffix(_LABEL)
            named = self._labels is not None and name != thing and thing in names
            if not named or any(self._differs(row, thing, name) for row in rows):
                yield name

    def _differs(self, row: dict[str, Any], thing: str, name: str) -> bool:
        if thing not in row or name not in row:
            return name in row
        return self._cell(row[thing]).text != self._cell(row[name]).text

    def _cell(self, term: dict[str, Any]) -> Cell:
        value = term["value"]
        if term["type"] == "uri":
            link = value if place(value) else None
            if self._labels is None or value not in self._index:
                return Cell(shorten(value), link)
            return Cell(self._labels.of(value, self._lang), link, name=shorten(value))
        if term["type"] in ("literal", "typed-literal"):
            return self._literal(value, term)
        return Cell(json.dumps(value) if isinstance(value, dict) else f"_:{value}")

    def _literal(self, value: str, term: dict[str, Any]) -> Cell:
        """A text; an English label by its name in the reader's language, where there is one."""
        lang = term.get("xml:lang", "")
        if lang == ENGLISH and self._labels is not None:
            other = self._labels.instead(value, self._lang)
            if other is not None:
                return Cell(other)
        note = lang or shorten(term.get("datatype", ""))
        return Cell(value, None, "" if note in _PLAIN else note, lang=lang)


def paired(table: dict[str, Any], pair: Sequence[str]) -> dict[str, Any]:
    """The table with one row for those that differ only in two columns, which become one.

    In it each way stands once, with its things; `unpaired` stays how many rows there were.
    """
    names = table.get("names", [])
    if not pair or not set(pair) <= set(names):
        return table
    way, thing = map(names.index, pair)
    found: dict[tuple[Cell, ...], dict[Cell, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for row in table["rows"]:
        rest = tuple(cell for place, cell in enumerate(row) if place not in (way, thing))
        found[rest][row[way]].append(row[thing])
    kept = [name for name in names if name not in pair]
    place = sum(name not in pair for name in names[:way])
    rows = [[*rest[:place], _ways(ways), *rest[place:]] for rest, ways in found.items()]
    names = [*kept[:place], pair[0], *kept[place:]]
    return {**table, "names": names, "rows": rows}


def _ways(found: dict[Cell, list[Cell]]) -> Cell:
    ways = (Way(told, tuple(things)) for told, things in found.items())
    return Cell("", ways=tuple(ways))


def _sum(name: str, row: dict[str, Any]) -> Cell | None:
    """An amount in words with the currency that stands beside it; None for any other cell."""
    currency, value = row.get("currency"), row[name]["value"]
    if currency is None or name not in _AMOUNTS or not _FIGURE.fullmatch(value):
        return None
    told = figure(Decimal(value), interface()) if name == "amount" else rounded(float(value))
    return Cell(f"{told} {currency['value']}", name=value)


def place(iri: str) -> str:
    """Where a page links to for an IRI: here for what is ours, else to the IRI itself."""
    if not iri.startswith(BASE):
        return iri if iri.startswith(("http://", "https://")) else ""
    return quote(iri.removeprefix(BASE), safe="/#:@!$&'()*+,;=-._~%")
