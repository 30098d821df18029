"""Saved queries: one researcher's question a file, with parameters bound as terms.

A file in `queries/` opens with

    # question: What does a state seek?
    # description: one sentence on how to read the answer
    # tags: objectives, states
    # param: state | entity | id:kazakhstan | the state
    # pair: way | thing

and holds, for each parameter, exactly one line `VALUES ?state { id:kazakhstan }` with the
default in it. A value given by a user replaces what stands between the braces, as a term that
was parsed by its kind (entity, concept, text, date or number) and written by the engine: no
text of a user ever reaches the query as it came. A default of UNDEF means "any". Of rows that
differ only in the two columns of a pair, a page makes one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, cast, get_args
from typing import Literal as OneOf

from c5graph import resources
from c5graph.errors import BadHeader, BadParameter, UnknownQuery
from c5graph.graph.header import QueryFile, read_query_file
from c5graph.namespaces import ID, VOC, XSD, expand
from c5graph.store.rdf import Literal, NamedNode

Kind = OneOf["entity", "concept", "text", "date", "number"]
_ABSOLUTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$")
_PARAM = re.compile(
    r"^(?P<name>\w+) *\| *(?P<kind>\w+) *\| *(?P<default>[^|]+?) *\| *(?P<description>.+)$"
)
_PAIR = re.compile(r"^(\w+) *\| *(\w+)$")
_SLUG = re.compile(r"^[A-Za-z0-9][\w.-]*$")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a saved query; `default` is written as in the query."""

    name: str
    kind: Kind
    default: str
    description: str

    def is_name(self, value: str) -> bool:
        """Whether the value is a slug or label of an entity and neither IRI nor CURIE."""
        return self.kind == "entity" and value != self.default and ":" not in value

    def term(self, value: str) -> str:
        """The value as SPARQL writes it. Raises BadParameter when it is not of the kind."""
        if value == self.default:
            return self.default
        try:
            return str(_READERS[self.kind](value.strip()))
        except (ValueError, InvalidOperation) as error:
            raise BadParameter(
                f"Parameter {self.name}: {value!r} is no {self.kind}.",
                remedy=f"Give {_EXAMPLES[self.kind]}; the default is {self.default}.",
            ) from error


@dataclass(frozen=True)
class SavedQuery:
    """A question with its query and parameters.

    `pair` names two columns: a way of being related, and what is related so.
    """

    name: str
    question: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    pair: tuple[str, ...] = ()

    def bind(self, values: Mapping[str, str], resolve: Callable[[str], str] | None = None) -> str:
        """The query with the values in place of the defaults. Raises BadParameter.

        Names of entities go through `resolve`, so that one that nothing has is no empty answer.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                options = ", ".join(known) or "none at all"
                raise BadParameter(
                    f"{self.name} has no parameter {name!r}.", remedy=f"It has {options}."
                )
            meant = resolve(value.strip()) if resolve and known[name].is_name(value) else value
            text = _put(text, name, known[name].term(meant))
        return text

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "name": self.name,
            "question": self.question,
            "description": self.description,
            "tags": list(self.tags),
            "parameters": [vars(parameter) for parameter in self.parameters],
        }


class Catalogue:
    """The saved queries of a folder, by name."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @cached_property
    def queries(self) -> dict[str, SavedQuery]:
        """Every saved query. Raises BadHeader at the first whose header is wrong."""
        folder = self._folder or resources.queries()
        files = (read_query_file(path) for path in sorted(folder.glob("*.rq")))
        return {file.name: _saved(file) for file in files}

    def __iter__(self) -> Iterator[SavedQuery]:
        return iter(self.queries.values())

    def __len__(self) -> int:
        return len(self.queries)

    def get(self, name: str) -> SavedQuery:
        """The query of this name. Raises UnknownQuery, which suggests near names."""
        found = self.queries.get(name.removesuffix(".rq"))
        if found is None:
            close = get_close_matches(name, self.queries, n=3, cutoff=0.3)
            remedy = f"Did you mean {' or '.join(close)}?" if close else "List them first."
            raise UnknownQuery(f"No saved query is called {name!r}.", remedy=remedy)
        return found

    def tags(self) -> list[str]:
        """Every tag that a query has."""
        return sorted({tag for query in self for tag in query.tags})

    def tagged(self, tags: Iterable[str]) -> list[SavedQuery]:
        """Queries that have all the tags."""
        wanted = set(tags)
        return [query for query in self if wanted <= set(query.tags)]


def _saved(file: QueryFile) -> SavedQuery:
    query = SavedQuery(
        name=file.name,
        question=file.one("question"),
        description=file.one("description"),
        tags=tuple(tag.strip() for tag in file.one("tags").split(",") if tag.strip()),
        parameters=tuple(_parameter(file, line) for line in file.all("param")),
        text=file.text,
        pair=_pair(file),
    )
    for parameter in query.parameters:
        _check_default(file, parameter)
    return query


def _parameter(file: QueryFile, line: str) -> Parameter:
    match = _PARAM.match(line)
    if match is None or match["kind"] not in get_args(Kind):
        raise BadHeader(
            f"{file.path}: `# param: {line}` cannot be read.",
            remedy="Write `# param: name | kind | default | description`, where the kind is "
            f"one of {', '.join(get_args(Kind))}.",
        )
    return Parameter(
        match["name"], cast(Kind, match["kind"]), match["default"], match["description"]
    )


def _pair(file: QueryFile) -> tuple[str, ...]:
    lines = file.all("pair")
    if not lines:
        return ()
    match = _PAIR.match(lines[0]) if len(lines) == 1 else None
    if match is None or not all(f"?{name}" in file.text for name in match.groups()):
        raise BadHeader(
            f"{file.path}: `# pair: {lines[-1]}` cannot be read.",
            remedy="Write one line `# pair: way | thing` with two variables of the query.",
        )
    return match.groups()


def _check_default(file: QueryFile, parameter: Parameter) -> None:
    found = list(_slot(parameter.name).finditer(file.text))
    if len(found) != 1 or found[0]["value"].strip() != parameter.default:
        raise BadHeader(
            f"{file.path}: parameter {parameter.name} needs one line that holds its default.",
            remedy=f"Write VALUES ?{parameter.name} {{ {parameter.default} }} once in the query.",
        )


def _slot(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<head>[^#\n]*\bVALUES\s+\?{re.escape(name)}\s*\{{)(?P<value>[^{{}}\n]*)\}}",
        re.MULTILINE,
    )


def _put(text: str, name: str, term: str) -> str:
    return _slot(name).sub(lambda match: f"{match['head']} {term} }}", text, count=1)


def _iri(value: str, namespace: str) -> NamedNode:
    iri = expand(value) or value.strip("<>")
    if _SLUG.match(iri):
        iri = namespace + iri
    if not _ABSOLUTE.match(iri):
        raise ValueError(value)
    return NamedNode(iri)


def _number(value: str) -> Literal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    kind = "integer" if number == number.to_integral_value() else "decimal"
    plain = str(int(number)) if kind == "integer" else f"{number:f}"
    return Literal(plain, datatype=NamedNode(XSD + kind))


_READERS: Mapping[str, Callable[[str], NamedNode | Literal]] = {
    "entity": lambda value: _iri(value, ID),
    "concept": lambda value: _iri(value, VOC),
    "text": Literal,
    "date": lambda value: Literal(
        date.fromisoformat(value).isoformat(), datatype=NamedNode(XSD + "date")
    ),
    "number": _number,
}
_EXAMPLES = {
    "entity": "a slug (kazakhstan), a CURIE (id:kazakhstan) or an IRI",
    "concept": "a name (sector-rail), a CURIE (voc:sector-rail) or an IRI",
    "text": "a text",
    "date": "a day such as 2025-11-06",
    "number": "a number such as 12 or 3.5",
}
