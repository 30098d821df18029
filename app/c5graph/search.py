"""Search over names: every label and alias, forgiving script, accents, romanisation and typos.

Built once a data version. A name's score is how much of what was asked it covers and how much
of the name was asked, both weighed by how rare the words are, 0 to 100. Look-ups go from the
rarest word on and consider a bounded number of names, so that the cost does not follow the
size of the graph.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from heapq import nlargest
from itertools import islice
from math import log
from typing import Final

from c5graph.graph.claims import classes_above
from c5graph.graph.index import TYPE, Index
from c5graph.lexicon import Lexicon
from c5graph.names import Form, Name, is_small
from c5graph.namespaces import C5, ID, REPORT, VOC, expand
from c5graph.spelling import fold

CERTAIN: Final = 84.0
"""From this score on, and well ahead of the next, a hit is taken for what was meant."""

AHEAD: Final = 3.0
_LEAST: Final = 45.0  # hits below are noise
# Of a text in Chinese signs too: what is read from them is near many words, and none is meant.
_LEAST_READ: Final = 70.0
_SIGNS: Final = re.compile("[\u4e00-\u9fff]")
_MOST_WORDS: Final = 12
_LOOKED_AT: Final = 5_000  # names of one word that are looked at
_GATHERED: Final = 600  # names that are ordered by promise
_COMPARED: Final = 80  # names that are scored in full
_ASKED_SHARE: Final = 0.6  # what covering the question counts; the rest is covering the name
_FRAMED: Final = 0.93  # an objective, an opinion, against entities of the same name
_VALUE: Final = 0.85  # an amount or a number of things, whose name holds what it counts
_TERM: Final = 0.95  # a term, a concept or a report, likewise
_PLAIN: Final = 95.0  # from this score on the name is the one that was asked for
_RANKED: Final = 5.0  # what having the most relations counts among lesser scores
_SMALL_WEIGHT: Final = 0.25
_NOTHING: Final = (0.0, -1)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, its score, and the name of it that fits best."""

    iri: str
    score: float
    name: str
    language: str | None
    form: Form


@dataclass(frozen=True, slots=True)
class Wanted:
    """What hits must be: of one of the classes (or all of them), in one namespace, not hidden.

    `within` are classes of which it must be one besides, `without` those of which it must be none.
    """

    classes: frozenset[str] = frozenset()
    every: bool = False
    namespace: str = ""
    hidden: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


ANY: Final = Wanted()


class SearchIndex:
    """Names of a data version; `rank` orders things whose names fit alike."""

    def __init__(self, names: Iterable[Name], index: Index, rank: Callable[[str], int]) -> None:
        self._index = index
        found = list(names)
        self._things = {name.iri for name in found}
        self._rank = {iri: rank(iri) for iri in self._things}
        # Short names of things with many relations first: a common word is not followed to its end.
        self._names = sorted(found, key=lambda name: (len(name.words), -self._rank[name.iri]))
        places = _places(self._names)
        self._lexicon = Lexicon({word: self._worth(places[word]) for word in places})
        # By number of the word from here on.
        self._postings = [places[word] for word in self._lexicon.words]
        self._weight = _rarity(self._lexicon.words, self._postings, len(self._names))
        self._spelt = [self._lexicon.numbers(name.words) for name in self._names]
        self._total = [sum(self._weight[word] for word in words) for words in self._spelt]
        self._classes = lru_cache(maxsize=4096)(partial(classes_above, index))
        self._like = lru_cache(maxsize=8192)(self._lexicon.like)
        self._priors = {iri: prior for iri in self._things if (prior := self._prior_of(iri)) < 1}
        self._most = log(2 + max(self._rank.values(), default=0))

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __contains__(self, iri: str) -> bool:
        return iri in self._things

    def resolve(self, text: str) -> str | None:
        """The thing of this slug, CURIE or IRI, if it has a name."""
        for iri in (ID + text, expand(text), text.strip("<>")):
            if iri is not None and iri in self._things:
                return iri
        return None

    def search(
        self, text: str, *, wanted: Wanted = ANY, limit: int = 10, begun: bool = True
    ) -> list[Hit]:
        """Best hits first. `begun` takes the last word as one that is still being typed."""
        words = fold(text).split()[:_MOST_WORDS]
        found: dict[str, Hit] = {}
        asked = [words, ["".join(words)]] if len(words) > 1 else [words]
        for each in asked:
            for hit in self._scored(each, wanted, begun=begun):
                if hit.iri not in found or found[hit.iri].score < hit.score:
                    found[hit.iri] = hit
        if _SIGNS.search(text):
            found = {iri: hit for iri, hit in found.items() if hit.score >= _LEAST_READ}
        known = self.resolve(text.strip())
        if known is not None and self.passes(known, wanted):
            found[known] = Hit(known, 100.0, text.strip(), None, Form.CODE)
        return nlargest(limit, found.values(), key=self._order)

    def classes_of(self, iri: str) -> frozenset[str]:
        """Classes of a thing with their superclasses."""
        return self._classes(tuple(self._index.values(iri, TYPE)))

    def _order(self, hit: Hit) -> tuple[float, int, int, str]:
        """By score; what only begins like the question or misspells it, by its rank as well."""
        rank = self._rank[hit.iri]
        bonus = _RANKED * log(1 + rank) / self._most if hit.score < _PLAIN else 0.0
        return (round(hit.score + bonus, 1), rank, -len(hit.name), hit.iri)

    def _scored(self, words: Sequence[str], wanted: Wanted, *, begun: bool) -> list[Hit]:
        meant = [
            self._like(word, begun=begun and place == len(words) - 1)
            for place, word in enumerate(words)
        ]
        weights = [self._asked_weight(word, like) for word, like in zip(words, meant, strict=True)]
        value = _values(meant, weights)

        def promise(at: int) -> float:
            worth = sum([value[word] for word in self._spelt[at] if word in value])
            return worth / (1 + self._total[at])

        best = nlargest(_COMPARED, self._gather(meant, value, wanted), key=promise)
        hits = (self._hit(at, meant, weights) for at in best)
        return [hit for hit in hits if hit.score >= _LEAST]

    def _gather(
        self, meant: Sequence[Mapping[int, float]], value: Mapping[int, float], wanted: Wanted
    ) -> set[int]:
        """Names with all the words first, then those with any, the word that says most first."""
        gathered: set[int] = set()
        for places in (self._together(meant), *self._by_value(value)):
            fitting: Iterable[int] = places[:_LOOKED_AT]
            if wanted is not ANY:
                fitting = (at for at in fitting if self.passes(self._names[at].iri, wanted))
            gathered.update(islice(fitting, _GATHERED - len(gathered)))
            if len(gathered) >= _GATHERED:
                break
        return gathered

    def _by_value(self, value: Mapping[int, float]) -> Iterator[Sequence[int]]:
        for number in sorted(value, key=lambda word: -value[word]):
            yield self._postings[number]

    def _together(self, meant: Sequence[Mapping[int, float]]) -> Sequence[int]:
        """Names that have the likeliest reading of every word."""
        if len(meant) < 2 or not all(meant):
            return ()
        likeliest = [max(like.items(), key=lambda item: item[1])[0] for like in meant]
        rarest, *others = sorted((self._postings[word] for word in likeliest), key=len)
        shared = set(rarest[:_LOOKED_AT])
        for places in others:
            shared.intersection_update(places[: 4 * _LOOKED_AT])
        return sorted(shared)

    def _hit(self, at: int, meant: Sequence[Mapping[int, float]], weights: Sequence[float]) -> Hit:
        name = self._names[at]
        left = set(self._spelt[at])
        covered = asked = 0.0
        for like, weight in zip(meant, weights, strict=True):
            how, number = max(
                ((like[word], word) for word in left if word in like), default=_NOTHING
            )
            if how == 1 or not name.form.in_full_only:
                asked += how * weight
                covered += self._weight[number] if number in left else 0.0
                left.discard(number)
        of_name = _ASKED_SHARE + (1 - _ASKED_SHARE) * covered / self._total[at]
        score = 100 * of_name * asked / sum(weights) * self._prior(name)
        return Hit(name.iri, score, name.text, name.language, name.form)

    def _prior(self, name: Name) -> float:
        return name.form.value * self._priors.get(name.iri, 1.0)

    def _asked_weight(self, word: str, like: Mapping[int, float]) -> float:
        if is_small(word):
            return _SMALL_WEIGHT
        best = max(like.items(), key=lambda item: item[1], default=None)
        return self._weight[best[0]] if best else log(2 + len(self._names))

    def passes(self, iri: str, wanted: Wanted) -> bool:
        """Whether a thing is what is wanted."""
        if not iri.startswith(wanted.namespace) or iri in wanted.hidden:
            return False
        if not wanted.classes and not wanted.within and not wanted.without:
            return True
        classes = self.classes_of(iri)
        if not wanted.without.isdisjoint(classes):
            return False
        if wanted.within and wanted.within.isdisjoint(classes):
            return False
        if not wanted.classes:
            return True
        return wanted.classes <= classes if wanted.every else not wanted.classes.isdisjoint(classes)

    def _prior_of(self, iri: str) -> float:
        classes = self.classes_of(iri)
        if C5 + "Value" in classes:
            return _VALUE
        if C5 + "FramedNode" in classes:
            return _FRAMED
        return _TERM if iri.startswith((C5, VOC, REPORT)) else 1.0

    def _worth(self, places: array[int]) -> float:
        """How much a word matters when only its beginning is typed."""
        names = (self._names[at] for at in places[:256])
        return max(
            (1 + self._rank[name.iri]) / len(name.words) * (not name.form.in_full_only)
            for name in names
        )


def certain(hits: Sequence[Hit]) -> bool:
    """Whether the first hit is what was meant: a high score, and nothing else near it."""
    if not hits or hits[0].score < CERTAIN:
        return False
    return len(hits) == 1 or hits[0].score - hits[1].score >= AHEAD


def _values(meant: Sequence[Mapping[int, float]], weights: Sequence[float]) -> dict[int, float]:
    """What each word that may be meant is worth to a name that has it."""
    value: dict[int, float] = {}
    for like, weight in zip(meant, weights, strict=True):
        for number, how in like.items():
            value[number] = max(value.get(number, 0.0), how * weight)
    return value


def _places(names: Sequence[Name]) -> dict[str, array[int]]:
    found: dict[str, array[int]] = {}
    for at, name in enumerate(names):
        for word in set(name.words):
            found.setdefault(word, array("l")).append(at)
    return found


def _rarity(words: Sequence[str], postings: Sequence[array[int]], count: int) -> list[float]:
    return [
        _SMALL_WEIGHT if is_small(word) else log(2 + count / len(places))
        for word, places in zip(words, postings, strict=True)
    ]
