"""The words of all names, found by their spelling, their sound, their beginning or a near miss.

Built once; a look-up costs what it finds. A near miss shares its consonants with the word but
for one (the symmetric deletion method, on skeletons), so no list is ever scanned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import Final

from c5graph.spelling import likeness, loose, readings, undoubled

NEAR: Final = 0.72
"""Words less alike than this are two words."""

_MOST_BEGUN: Final = 48  # words taken for a beginning
_MOST_TRIED: Final = 300  # near misses that are compared in full
_SCANNED: Final = 512  # words of one beginning that are looked at
_TELLING: Final = 5  # letters and consonants, together, that a word needs to be told by them
_KEY: Final = 7  # consonants of a key
_SHORT: Final = 3  # letters up to which the best words of a beginning are kept ready


class Lexicon:
    """Words by number. `weights` says how much each matters when a beginning fits many."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.words: Sequence[str] = sorted(weights)
        self._weights = [weights[word] for word in self.words]
        self._number = {word: number for number, word in enumerate(self.words)}
        self._sounds = sorted(
            (reading.sound, number)
            for number, word in enumerate(self.words)
            for reading in readings(word)
        )
        self._near: dict[str, list[int]] = defaultdict(list)
        self._begun: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            self._file_near(number, word)
        self._file_begun()

    def __len__(self) -> int:
        return len(self.words)

    def numbers(self, words: Iterable[str]) -> tuple[int, ...]:
        """The different ones of these words, which must be in the lexicon."""
        return tuple({self._number[word]: None for word in words})

    def like(self, word: str, *, begun: bool = False) -> dict[int, float]:
        """Words that may be meant, each with its likeness; `begun` takes longer ones as well."""
        found: dict[int, float] = {}
        if begun:
            found.update(self._longer(word))
        if loose(word):
            found.update(self._misspelt(word))
        number = self._number.get(word)
        if number is not None:
            found[number] = 1.0
        return found

    def _misspelt(self, word: str) -> dict[int, float]:
        tried: dict[int, None] = {}
        for key in _keys_of(word):
            for number in self._near.get(key, ()):
                tried[number] = None
                if len(tried) >= _MOST_TRIED:
                    break
        alike = ((number, likeness(word, self.words[number])) for number in tried)
        return {number: how for number, how in alike if how >= NEAR}

    def _longer(self, word: str) -> dict[int, float]:
        """Words that begin like this; the more is typed of one, the better it fits."""
        numbers = self._begun.get(word) if len(word) <= _SHORT else None
        if numbers is None:
            spans = {*self._span(word), *self._sounding(word)}
            numbers = nlargest(_MOST_BEGUN, spans, key=self._weights.__getitem__)
        return {number: 0.8 + 0.1 * self._typed(word, number) for number in numbers}

    def _typed(self, word: str, number: int) -> float:
        return min(len(word) / len(self.words[number]), 1.0)

    def _span(self, word: str) -> Iterator[int]:
        start = bisect_left(self.words, word)
        for number in range(start, min(start + _SCANNED, len(self.words))):
            if not self.words[number].startswith(word):
                break
            yield number

    def _sounding(self, word: str) -> Iterator[int]:
        if 2 * len(undoubled(word)) < len(word):
            return  # a letter held down has the sound of one, and that begins many names
        for reading in readings(word):
            start = bisect_left(self._sounds, (reading.sound, -1))
            for sound, number in self._sounds[start : start + _SCANNED]:
                if not sound.startswith(reading.sound):
                    break
                yield number

    def _file_near(self, number: int, word: str) -> None:
        if loose(word):
            for key in _keys_of(word):
                self._near[key].append(number)

    def _file_begun(self) -> None:
        beginnings: dict[str, set[int]] = defaultdict(set)
        for number, word in enumerate(self.words):
            for sound in (word, *(reading.sound for reading in readings(word))):
                for length in range(1, min(len(sound), _SHORT) + 1):
                    beginnings[sound[:length]].add(number)
        for beginning, numbers in beginnings.items():
            best = nlargest(_MOST_BEGUN, numbers, key=self._weights.__getitem__)
            self._begun[beginning] = best


def _keys_of(word: str) -> set[str]:
    """Skeletons of the word, whole and with one consonant left out."""
    keys: set[str] = set()
    for reading in readings(word):
        skeleton = reading.skeleton
        if len(skeleton) + len(word) < _TELLING:
            continue
        keys.add(skeleton[:_KEY])
        if len(skeleton) > 2:
            shorter = (skeleton[:at] + skeleton[at + 1 :] for at in range(len(skeleton)))
            keys.update(undoubled(each)[:_KEY] for each in shorter)
    return keys
