"""Names that may mean one thing: found before a second Boeing is born.

Two names are near when every word that only one of them has is a misspelling of one that only
the other has, or says no more than what kind of firm it is. Figures must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from c5graph.authoring.known import Known
from c5graph.names import LEGAL_FORMS, is_small
from c5graph.namespaces import C5, ID, RDFS, SKOS
from c5graph.spelling import fold, likeness

_CANDIDATE = 75.0
_MISSPELT = 0.83
_FIRM = LEGAL_FORMS | frozenset("company corporation group holding limited incorporated".split())


@dataclass(frozen=True)
class Near:
    """A thing that may be the same, and the name that says so."""

    slug: str
    name: str


class Labels:
    """The names of all entities, by which new ones are compared."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._names: list[str] = []
        self._folded: list[str] = []
        self._slugs: list[str] = []
        for slug in known.slugs:
            self.add(slug, _labels(known, ID + slug))

    def add(self, slug: str, names: Iterable[str]) -> None:
        """Compare later ones with these names as well."""
        if self._counts(slug):
            for name in names:
                self._names.append(name)
                self._folded.append(_bare(name))
                self._slugs.append(slug)

    def near(self, slug: str, names: Iterable[str]) -> list[Near]:
        """Other entities of a like class with a name near one of these."""
        found: dict[str, Near] = {}
        for name in names:
            for near in self._near(slug, _bare(name)):
                found.setdefault(near.slug, near)
        return list(found.values())

    def _near(self, slug: str, bare: str) -> Iterator[Near]:
        if not bare:
            return
        like = process.extract(
            bare, self._folded, scorer=fuzz.token_sort_ratio, score_cutoff=_CANDIDATE, limit=None
        )
        for folded, _, at in like:
            other = self._slugs[at]
            if other != slug and self._alike(slug, other) and same_name(bare, folded):
                yield Near(other, self._names[at])

    def _alike(self, one: str, other: str) -> bool:
        return bool(self._roots(one) & self._roots(other))

    def _roots(self, slug: str) -> set[str]:
        """The classes right below c5:Entity that a thing belongs to."""
        found = set()
        for kind in self._known.types(ID + slug):
            for each in self._known.above(kind):
                parents = self._known.index.values(each, RDFS + "subClassOf")
                if C5 + "Entity" in parents or not parents:
                    found.add(each)
        return found - {C5 + "Entity"}

    def _counts(self, slug: str) -> bool:
        """Framed nodes and values are not named by hand."""
        return any(
            C5 + "Entity" in self._known.above(kind) for kind in self._known.types(ID + slug)
        )


def same_name(one: str, other: str) -> bool:
    """Whether two bare names may be spellings of one."""
    left, right = one.split(), other.split()
    shared = set(left) & set(right)
    mine = [word for word in left if word not in shared]
    theirs = [word for word in right if word not in shared]
    if not shared and not mine and not theirs:
        return False
    return _covered(mine, theirs) and _covered(theirs, mine) and bool(shared or mine)


def _covered(words: list[str], others: list[str]) -> bool:
    return all(any(_misspelt(word, other) for other in others) for word in words)


def _misspelt(one: str, other: str) -> bool:
    return one.isalpha() and other.isalpha() and likeness(one, other) >= _MISSPELT


def _bare(name: str) -> str:
    words = fold(name).split()
    kept = [word for word in words if word not in _FIRM and not is_small(word)]
    return " ".join(kept or words)


def _labels(known: Known, iri: str) -> list[str]:
    return known.index.values(iri, RDFS + "label") + known.index.values(iri, SKOS + "altLabel")
