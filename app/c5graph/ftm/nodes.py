"""The entities to write: names, schemata, and values that say where they come from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from c5graph.namespaces import FACT, ID, REPORT

_PLAIN: Final = re.compile(r"[0-9a-zA-Z.-]*[0-9a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property; `origin` names the fact, claim or graph that it rests on."""

    prop: str
    text: str
    origin: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One entity: its name there, its schema and its values."""

    name: str
    schema: str
    values: tuple[Value, ...]


def name_of(iri: str) -> str:
    """The name of a thing of ours: its kind and slug; a digest where these will not do."""
    for kind, space in (("", ID), ("report-", REPORT), ("fact-", FACT)):
        slug = iri.removeprefix(space)
        if slug != iri and _PLAIN.fullmatch(slug):
            return f"c5-{kind}{slug}"
    return f"c5-{hashlib.sha1(iri.encode(), usedforsecurity=False).hexdigest()}"
