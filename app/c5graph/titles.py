"""What is asked at an address, in English words: question, filters and lens."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from typing import Final
from urllib.parse import urlsplit

from c5graph import protocol
from c5graph.catalogue import Catalogue
from c5graph.errors import NotFound
from c5graph.graph.release import Release
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.namespaces import ID, VOC, expand
from c5graph.pins import QUERIES
from c5graph.protocol import Parameters
from c5graph.speech import ENGLISH, LANGUAGE
from c5graph.views.lens_words import in_words

_SUBJECTS: Final = {
    "/api/changes": "Changes",
    "/api/disputes": "Disputes",
    "/api/evidence": "Evidence",
    "/api/ledger": "Agreements",
    "/api/neighbours": "Relations",
    "/api/paths": "Paths",
    "/api/perspectives": "Perspectives",
    "/sparql": "A query in SPARQL",
}
_UNSAID: Final = ("lang", "query", *PARAMETERS)
_LONGEST: Final = 300


def title_at(release: Release, catalogue: Catalogue, address: str) -> str:
    """What is asked there, with its filters and the lens, as one title."""
    return copy_context().run(_title, release, catalogue, address)


def _title(release: Release, catalogue: Catalogue, address: str) -> str:
    LANGUAGE.set(ENGLISH)
    parts = urlsplit(address)
    given = protocol.parameters(parts.query.encode())
    filters = "; ".join(_filters(release, given))
    subject = _subject(catalogue, parts.path)
    asked = f"{subject} ({filters[:_LONGEST]})" if filters else subject
    lens = in_words(parse_lens(given, release.record), release.labels, ENGLISH)
    return f"{asked}, by this lens: {lens}."


def _subject(catalogue: Catalogue, path: str) -> str:
    if path.startswith(QUERIES):
        try:
            return catalogue.get(path.removeprefix(QUERIES)).question
        except NotFound:
            return "A saved question"
    return _SUBJECTS.get(path, f"Analysis {path.rpartition('/')[2]}")


def _filters(release: Release, given: Parameters) -> Iterator[str]:
    for name, values in given.items():
        if name not in _UNSAID:
            told = (_told(release, each) for value in values for each in _several(value))
            yield f"{name}: {', '.join(told)}"


def _several(value: str) -> list[str]:
    return [value] if " " in value or "://" in value else value.split(",")


def _told(release: Release, value: str) -> str:
    """The label of what is named, or the value as it was given."""
    for iri in (ID + value, expand(value), VOC + value, value):
        if iri is not None and iri in release.index:
            return release.labels.of(iri, ENGLISH)
    return value
