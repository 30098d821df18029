"""Batches as clients send them, read strictly: what is wrong is named with its place. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from c5graph.errors import BodyTooLarge, MalformedRequest

DEFAULT_LIMIT: Final = 10
MOST_CANDIDATES: Final = 50
_MOST_PROPERTIES: Final = 20
_MOST_VALUES: Final = 20
_LONGEST: Final = 500
_FIELDS: Final = frozenset({"query", "type", "limit", "properties", "type_strict"})
_STRICT: Final = ("any", "should", "all")

Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Given:
    """A value to compare with: a text, number or truth value, or the identifier of an entity."""

    value: Value
    is_entity: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A property and the values that a candidate should have, any of them."""

    pid: str
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One reconciliation query."""

    text: str = ""
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = DEFAULT_LIMIT
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetch:
    """A property to fetch, with the settings for it."""

    pid: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    """A data extension query."""

    ids: tuple[str, ...]
    fetches: tuple[Fetch, ...]


def parse_batch(text: str, most: int) -> dict[str, Query]:
    """The queries by their keys. Raises MalformedRequest, or BodyTooLarge past `most`."""
    read = _object(_json(text), "The batch of queries")
    if len(read) > most:
        raise BodyTooLarge(
            f"The batch has {len(read)} queries; at most {most} are answered at once.",
            remedy="Send several batches; batchSize in the manifest says how many fit.",
        )
    return {key: _query(value, f"Query '{key[:40]}'") for key, value in read.items()}


def parse_extension(text: str, most: int) -> Extension:
    """A data extension query. Raises MalformedRequest, or BodyTooLarge past `most` entities."""
    read = _object(_json(text), "The data extension query")
    ids, wanted = _list(read.get("ids"), "ids"), _list(read.get("properties"), "properties")
    if len(ids) > most or len(wanted) > _MOST_PROPERTIES:
        raise BodyTooLarge(
            f"At most {most} entities and {_MOST_PROPERTIES} properties are fetched at once.",
            remedy="Send several requests.",
        )
    return Extension(
        tuple(_text(each, "An identifier in ids") for each in ids),
        tuple(_fetch(each) for each in wanted),
    )


def _fetch(value: Any) -> Fetch:
    read = _object(value, "A property to fetch")
    settings = _object(read.get("settings") or {}, "The settings of a property")
    return Fetch(_text(read.get("id"), "The id of a property"), settings)


def _query(value: Any, where: str) -> Query:
    read = _object(value, where)
    unknown = sorted(set(read) - _FIELDS)
    if unknown:
        raise _wrong(f"{where} has the field '{unknown[0][:40]}', which the protocol lacks.")
    text = _named(read.get("query", ""), where)
    conditions = _list(read.get("properties", []), f"properties of {where}", _MOST_PROPERTIES)
    if "query" not in read and not conditions:
        raise _wrong(f"{where} has neither a text nor properties.")
    return Query(
        text,
        _types(read.get("type"), where),
        _strict(read.get("type_strict"), where),
        _limit(read.get("limit"), where),
        tuple(_condition(each, where) for each in conditions),
    )


def _named(value: Any, where: str) -> str:
    """The text of a query: an empty cell of a column is like nothing, and no fault of the batch."""
    return "" if value == "" or str(value).isspace() else _text(value, f"The text of {where}")


def _types(value: Any, where: str) -> tuple[str, ...]:
    """One type or several; clients send identifiers, or objects that have one."""
    if value is None or value == "":
        return ()
    several = value if isinstance(value, list) else [value]
    ids = (each.get("id") if isinstance(each, dict) else each for each in several)
    return tuple(_text(each, f"A type of {where}") for each in ids)


def _strict(value: Any, where: str) -> str:
    if value is None:
        return "any"
    if value not in _STRICT:
        raise _wrong(f"type_strict of {where} is none of {', '.join(_STRICT)}.")
    return str(value)


def _limit(value: Any, where: str) -> int:
    if value is None:
        return DEFAULT_LIMIT
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 1:
        raise _wrong(f"The limit of {where} is not a number above 0.")
    return int(min(value, MOST_CANDIDATES))


def _condition(value: Any, where: str) -> Condition:
    read = _object(value, f"A property of {where}")
    if "v" not in read:
        raise _wrong(f"A property of {where} has no value 'v'.")
    several = read["v"] if isinstance(read["v"], list) else [read["v"]]
    values = _list(several, f"values of a property of {where}", _MOST_VALUES)
    pid = _text(read.get("pid"), f"The 'pid' of a property of {where}")
    return Condition(pid, tuple(_given(each, where) for each in values))


def _given(value: Any, where: str) -> Given:
    if isinstance(value, dict):
        return Given(_text(value.get("id"), f"The id of a value of {where}"), is_entity=True)
    if isinstance(value, str):
        return Given(value[:_LONGEST])
    if isinstance(value, bool | int | float):
        return Given(value)
    raise _wrong(f"A value of {where} is neither text, number, truth value nor entity.")


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong("The value is not JSON.") from error


def _object(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(f"{what} is not a JSON object.")
    return value


def _list(value: Any, what: str, most: int | None = None) -> Sequence[Any]:
    if not isinstance(value, list):
        raise _wrong(f"There is no list of {what}.")
    if most is not None and len(value) > most:
        raise _wrong(f"There are more than {most} {what}.")
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"{what} is not a text.")
    return value.strip()[:_LONGEST]


def _wrong(message: str) -> MalformedRequest:
    return MalformedRequest(
        message, remedy="Send what the Reconciliation Service API 0.2 describes, as JSON."
    )
