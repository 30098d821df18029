"""One reader's visit to a page: its address, language, and what its links carry along."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from c5graph import protocol
from c5graph.errors import C5GraphError
from c5graph.lenses import PARAMETERS

KEPT: Final = (*PARAMETERS, "lang")
"""Parameters that go along from page to page: the lens and the language."""


@dataclass(frozen=True)
class Visit:
    """A request as pages see it."""

    path: str = "/"
    query: bytes = b""

    @cached_property
    def given(self) -> dict[str, list[str]]:
        """The parameters; none where they cannot be read."""
        try:
            return protocol.parameters(self.query)
        except C5GraphError:
            return {}

    @cached_property
    def kept(self) -> dict[str, list[str]]:
        """Lens and language as they were given."""
        found = ((name, [v for v in self.given.get(name, ()) if v]) for name in KEPT)
        return {name: values for name, values in found if values}

    @property
    def kept_pairs(self) -> list[tuple[str, str]]:
        """Lens and language for the hidden fields of a form."""
        return [(name, value) for name, values in self.kept.items() for value in values]

    @property
    def root(self) -> str:
        """What leads from here to the root of the service."""
        return "../" * (self.path.count("/") - 1) or "./"

    @property
    def lang(self) -> str:
        """The language asked for; empty where none is."""
        return (self.given.get("lang") or [""])[0]

    def link(self, where: str, **more: Any) -> str:
        """A link to a page of the service, given relative to the root, that keeps the lens."""
        address, mark, fragment = where.partition("#")
        query = urlencode({**self.kept, **_present(more)}, doseq=True)
        joined = address + ("&" if "?" in address else "?") + query if query else address
        return f"{self.root}{joined}{mark}{fragment}"

    def here(self, **changes: Any) -> str:
        """The same page with other parameters; None or an empty text takes one away."""
        same = {name: values for name, values in self.given.items() if name not in changes}
        return "?" + urlencode({**same, **_present(changes)}, doseq=True)

    def instead(self, name: str, other: str) -> str:
        """The same request with another name wherever this one is given, alone or in a list."""
        asked = {
            each: [_replaced(value, name, other) for value in values]
            for each, values in self.given.items()
        }
        return "?" + urlencode(asked, doseq=True)

    def others(self, *names: str) -> list[tuple[str, str]]:
        """Parameters besides these, for the hidden fields of a form."""
        return [
            (name, value)
            for name, values in self.given.items()
            if name not in names
            for value in values
        ]


def _replaced(value: str, name: str, other: str) -> str:
    parts = [each.strip() for each in value.split(",")]
    return other if value.strip() == name else ",".join(other if p == name else p for p in parts)


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


VISIT: ContextVar[Visit] = ContextVar("visit", default=Visit())  # noqa: B039 - it is immutable
