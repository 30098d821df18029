"""What the list of saved questions shows, narrowed by words and tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from c5graph.asked import asked, subject
from c5graph.catalogue import SavedQuery
from c5graph.protocol import Parameters, single
from c5graph.routes.overview import worth_asking
from c5graph.service import Service
from c5graph.speech import in_order

_SHORT, _FEW, _SINGLE = 3, 4, 2
_ASKING = frozenset("from have many much that their them they thi what which with whose".split())
_ENDING: Final = re.compile(r"(?<=[а-яё]{3})[аеёиоуыэюяйьмх]{1,3}\Z")


def asked_of(service: Service, given: Parameters) -> dict[str, Any]:
    """The questions that fit, the subjects with their numbers, and those to begin with."""
    catalogue = service.catalogue
    tags = [each for each in given.get("tag", []) if each]
    words = (single(given, "words") or "").strip()
    roots = " ".join(map(_root, words.casefold().split()))
    subjects = Counter(tag for query in catalogue for tag in query.tags)
    return {
        "queries": [each for each in catalogue.tagged(tags) if _says(each, roots)],
        "tags": tags,
        "sought": words,
        "every_tag": catalogue.tags(),
        "subjects": subjects.most_common(),
        "starters": [] if tags or words else worth_asking(service),
    }


def by_subject(queries: Iterable[SavedQuery]) -> list[tuple[str, list[SavedQuery]]]:
    """Each question once, below the first of its subjects that several others have as theirs.

    Where there is none, below the most common one. Subjects are in the order of their names in
    the reader's language.
    """
    queries = list(queries)
    first = Counter(tag for query in queries for tag in query.tags[:1])
    common = Counter(tag for query in queries for tag in query.tags)
    groups: dict[str, list[SavedQuery]] = {}
    for query in queries:
        usual = (tag for tag in query.tags if first[tag] > _SINGLE)
        group = next(usual, None) or max(query.tags, key=common.__getitem__, default="")
        groups.setdefault(group, []).append(query)
    return sorted(groups.items(), key=lambda each: in_order(subject(each[0])))


def near(service: Service, text: str) -> list[SavedQuery]:
    """A few questions that speak of what somebody searches for, in any of its forms."""
    words = [_root(word).rstrip("s?") for word in text.casefold().split() if len(word) > _SHORT]
    stems = " ".join(word for word in words if word not in _ASKING)
    found = [each for each in service.catalogue if stems and _says(each, stems)]
    # What asks for it comes before what only speaks of it.
    return sorted(found, key=lambda each: (not _asks(each, stems), len(each.question)))[:_FEW]


def _root(word: str) -> str:
    """A Russian word without what its cases add; any other as it is."""
    return _ENDING.sub("", word)


def _asks(query: SavedQuery, words: str) -> bool:
    """Whether each of the words stands in the question, in English or the reader's language."""
    return any(_holds(each.question, words) for each in (query, asked(query)))


def _says(query: SavedQuery, words: str) -> bool:
    """The same for the question with what is said of it and its tags."""
    told, subjects = asked(query), map(subject, query.tags)
    texts = (
        (query.question, query.description, *query.tags),
        (told.question, told.description, *subjects),
    )
    return any(_holds(" ".join(each), words) for each in texts)


def _holds(text: str, words: str) -> bool:
    text = text.casefold()
    return all(word in text for word in words.casefold().split())
