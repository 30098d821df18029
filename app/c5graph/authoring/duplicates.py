"""Names that may mean one thing: found before a second Boeing is born.

Two names are near when every word that only one of them has is a misspelling of one that only
the other has, or says no more than what kind of firm it is. Figures must agree, and what stands
behind "to" or "from" must stand behind it in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from c5graph.authoring.known import Known
from c5graph.graph.problems import Problem
from c5graph.lexicon import Lexicon
from c5graph.names import LEGAL_FORMS, is_small
from c5graph.namespaces import C5, ID, OWL, RDFS, SKOS
from c5graph.spelling import fold, likeness

_MISSPELT = 0.83
_FIRM = LEGAL_FORMS | frozenset("company corporation group holding limited incorporated".split())
_DIRECTIONS = frozenset({"to", "from"})
_DIFFERENT = OWL + "differentFrom"


@dataclass(frozen=True)
class Near:
    """A thing that may be the same, and the name that says so."""

    slug: str
    name: str


@dataclass(frozen=True)
class _Name:
    slug: str
    text: str
    words: frozenset[str]


class Labels:
    """The names of all entities, by which others are compared."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._names = [
            name for slug in known.slugs for name in self._of(slug, labels_of(known, slug))
        ]
        self._new: list[_Name] = []

    def add(self, slug: str, names: Iterable[str]) -> None:
        """Compare later ones with these names as well."""
        self._new += self._of(slug, names)

    def near(self, slug: str, names: Iterable[str]) -> list[Near]:
        """Other entities of a like class with a name near one of these."""
        found: dict[str, Near] = {}
        for name in self._of(slug, names):
            for other in self._near(name):
                found.setdefault(other.slug, Near(other.slug, other.text))
        return list(found.values())

    def pairs(self) -> Iterator[tuple[_Name, _Name]]:
        """Every two entities with names that are near, once."""
        told: set[frozenset[str]] = set()
        for name in self._names:
            for other in self._near(name):
                pair = frozenset({name.slug, other.slug})
                if pair not in told:
                    told.add(pair)
                    yield name, other

    def _near(self, name: _Name) -> Iterator[_Name]:
        numbers = self._candidates(name.words)
        for other in (*(self._names[number] for number in numbers), *self._new):
            alike = other.slug != name.slug and same_name(name.words, other.words)
            if alike and self._roots(name.slug) & self._roots(other.slug):
                yield other

    def _candidates(self, words: Iterable[str]) -> list[int]:
        """Names with a word like the one that the fewest names have a word like."""
        lexicon, places = self._words
        found = []
        for word in words:
            like = lexicon.like(word).items()
            found.append([at for number, how in like if how >= _MISSPELT for at in places[number]])
        return min(found, key=len, default=[])

    @cached_property
    def _words(self) -> tuple[Lexicon, list[list[int]]]:
        """The words of the names, and by number of a word the names that have it."""
        lexicon = Lexicon({word: 1.0 for name in self._names for word in name.words})
        places: list[list[int]] = [[] for _ in lexicon.words]
        for at, name in enumerate(self._names):
            for number in lexicon.numbers(name.words):
                places[number].append(at)
        return lexicon, places

    def _of(self, slug: str, names: Iterable[str]) -> list[_Name]:
        """The names of an entity; framed nodes and values are not named by hand."""
        if not self._roots(slug):
            return []
        return [_Name(slug, text, words) for text in names if (words := telling(text))]

    def _roots(self, slug: str) -> set[str]:
        """The classes right below c5:Entity that a thing belongs to."""
        above = self._known.index.values
        return {
            each
            for kind in self._known.types(ID + slug)
            for each in self._known.above(kind)
            if C5 + "Entity" in above(each, RDFS + "subClassOf")
        }


def near_duplicates(known: Known) -> Iterator[Problem]:
    """Entities that may be one, as recommendations; not those that are said to be different."""
    for name, other in Labels(known).pairs():
        one, two = ID + name.slug, ID + other.slug
        apart = known.index.values(one, _DIFFERENT) + known.index.values(two, _DIFFERENT)
        item = known.files.get(one)
        if one not in apart and two not in apart:
            yield Problem(
                f"id:{name.slug} ({name.text}) may be id:{other.slug} ({other.text}).",
                f"Merge them, or write `owl:differentFrom id:{other.slug} ;` if they differ.",
                item.name if item else "",
                "near-duplicates",
                one,
                "warning",
            )


def same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the telling words of two names may be spellings of each other."""
    mine, theirs = one - other, other - one
    return _covered(mine, theirs) and _covered(theirs, mine)


def telling(name: str) -> frozenset[str]:
    """The folded words of a name that tell it from others."""
    words, direction = [], ""
    for word in fold(name).split():
        if word in _DIRECTIONS:
            direction = f"{word} "
        elif word not in _FIRM and not is_small(word):
            words.append(direction + word)
    return frozenset(words or fold(name).split())


def labels_of(known: Known, slug: str) -> list[str]:
    """Labels and alternative labels of a thing."""
    index, iri = known.index, ID + slug
    return index.values(iri, RDFS + "label") + index.values(iri, SKOS + "altLabel")


def _covered(words: Iterable[str], others: Iterable[str]) -> bool:
    return all(any(_misspelt(word, other) for other in others) for word in words)


def _misspelt(one: str, other: str) -> bool:
    here, _, word = one.rpartition(" ")
    there, _, like = other.rpartition(" ")
    return here == there and word.isalpha() and like.isalpha() and likeness(word, like) >= _MISSPELT
