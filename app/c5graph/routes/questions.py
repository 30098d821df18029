"""What the list of saved questions shows, narrowed by words and tags."""

from __future__ import annotations

from collections import Counter
from typing import Any

from c5graph.catalogue import SavedQuery
from c5graph.protocol import Parameters, single
from c5graph.routes.overview import worth_asking
from c5graph.service import Service

_SHORT, _FEW = 3, 4
_ASKING = frozenset("from have many much that their them they thi what which with whose".split())


def asked_of(service: Service, given: Parameters) -> dict[str, Any]:
    """The questions that fit, the subjects with their numbers, and those to begin with."""
    catalogue = service.catalogue
    tags = [each for each in given.get("tag", []) if each]
    words = (single(given, "words") or "").strip()
    subjects = Counter(tag for query in catalogue for tag in query.tags)
    return {
        "queries": [each for each in catalogue.tagged(tags) if _says(each, words)],
        "tags": tags,
        "sought": words,
        "every_tag": catalogue.tags(),
        "subjects": subjects.most_common(),
        "starters": [] if tags or words else worth_asking(service),
    }


def near(service: Service, text: str) -> list[SavedQuery]:
    """A few questions that speak of what somebody searches for, in any of its forms."""
    words = [word.rstrip("s?") for word in text.casefold().split() if len(word) > _SHORT]
    stems = " ".join(word for word in words if word not in _ASKING)
    found = [each for each in service.catalogue if stems and _says(each, stems)]
    # What asks for it comes before what only speaks of it.
    return sorted(found, key=lambda each: (not _holds(each.question, stems), len(each.question)))[
        :_FEW
    ]


def _says(query: SavedQuery, words: str) -> bool:
    """Whether each of the words stands in the question, what is said of it or its tags."""
    return _holds(" ".join((query.question, query.description, *query.tags)), words)


def _holds(text: str, words: str) -> bool:
    text = text.casefold()
    return all(word in text for word in words.casefold().split())
