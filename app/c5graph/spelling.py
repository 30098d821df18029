"""Spellings made comparable: what is left of a name when script, accents and romanisation go.

`fold` gives plain lower-case ASCII words. `sounds` gives readings of one folded word that are
the same for the usual romanisations of Cyrillic, Kazakh, Kyrgyz, Tajik, Turkmen and Uzbek
names ("Zhaparov", "Japarov" and "Жапаров"). `likeness` compares two words, and vowels, the
part of a name that is misspelt most, count half. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import OSA, Levenshtein

LOOSE_FROM: Final = 3
"""Shorter words, and those with a figure in them, are never taken for one another."""

_SHORT: Final = 3  # words of this length must agree in every consonant

_POSSESSIVE = re.compile(r"['’]s\b")
_DOTTED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_]\b)+\.?")
_WORD = re.compile(r"\w+")
_KEPT = re.compile(r"[a-z0-9]+")
_QUOTES = re.compile(r"[`'\"]")
# Pictures, which anyascii would spell out as words; flags, which it brings to codes, are kept.
_PICTURES = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_TWINS: Final = str.maketrans("авекмнорстухі", "abekmhopctyxi")
_LATIN_TWINS: Final = str.maketrans("abekmopctyxi", "авекморстухі")
# Letters that anyascii would bring to a bare letter although their sound has a spelling.
_LETTERS: Final = str.maketrans(
    {"ё": "yo", "ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ğ": "gh", "ž": "zh"}
)
_SPELT: Final = {
    "shch": "x",
    "dsch": "j",
    "dzh": "j",
    "sch": "x",
    "kh": "h",
    "gh": "g",
    "zh": "j",
    "dj": "j",
    "ch": "c",
    "sh": "x",
    "ph": "f",
    "th": "t",
    "ck": "k",
    "q": "k",
    "w": "v",
}
_DIGRAPH = re.compile("|".join(_SPELT) + "|c")
_GLIDE = re.compile(r"y(?=[aeiou])")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS: Final = str.maketrans("", "", "aeiouh")
_CLASSES: Final = str.maketrans("gdbvzcxj", "ktpfssss")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: its sound, and the consonants of that."""

    sound: str
    consonants: str

    @property
    def skeleton(self) -> str:
        """Consonants by class of sound; words that may be one name share most of it."""
        return undoubled(self.consonants.translate(_CLASSES))


def undoubled(text: str) -> str:
    """Each letter once where it stands several times in a row."""
    return _DOUBLED.sub(r"\1", text)


def fold(text: str) -> str:
    """Plain lower-case ASCII words with one space between; empty for a text without letters."""
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    plain = _POSSESSIVE.sub("", plain)
    plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), plain)
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
        if _CYRILLIC.search(plain):
            plain = _WORD.sub(lambda found: _unmixed(found[0]), plain)
        plain = anyascii(_PICTURES.sub(" ", plain).translate(_LETTERS)).lower()
    return " ".join(_KEPT.findall(_QUOTES.sub("", plain.replace("+", " plus "))))


def _unmixed(word: str) -> str:
    """A word of one script: letters that only look like those of the script of its others."""
    cyrillic = len(_CYRILLIC.findall(word))
    latin = sum(sign.isascii() and sign.isalpha() for sign in word)
    if not cyrillic or cyrillic == len(word):
        return word
    if cyrillic > latin > 0:
        return word.translate(_LATIN_TWINS)
    return word.translate(_TWINS)


@lru_cache(maxsize=65_536)
def readings(word: str) -> tuple[Reading, ...]:
    """How a folded word may be read: one way, or two where `x` is "ks" or the Uzbek "kh"."""
    if not word.isalpha():
        return (Reading(word, word),)
    spelt = {word.replace("x", letters) for letters in ("ks", "kh")}
    return tuple(_reading(each) for each in sorted(spelt))


def _reading(word: str) -> Reading:
    sound = _DIGRAPH.sub(_sound_of, word)
    sound = undoubled(_GLIDE.sub("", sound).replace("y", "i"))
    return Reading(sound, undoubled(sound.translate(_VOWELS)))


def _sound_of(found: re.Match[str]) -> str:
    if found[0] == "c":
        following = found.string[found.end() : found.end() + 1]
        return "s" if following and following in "eiy" else "k"
    return _SPELT[found[0]]


def loose(word: str) -> bool:
    """Whether another spelling of the word may be meant."""
    return len(word) >= LOOSE_FROM and word.isalpha()


def likeness(one: str, other: str) -> float:
    """How like two folded words are, 0 to 1; 1 only for the same word, .97 for the same sound."""
    if one == other:
        return 1.0
    if not (loose(one) and loose(other)):
        return 0.0
    heard = max(_heard(first, second) for first in readings(one) for second in readings(other))
    if heard == 1.0:
        return 0.97
    if min(len(one), len(other)) <= _SHORT:
        return 0.98 * heard if _same_consonants(one, other) else 0.0
    typed = OSA.normalized_similarity(one, other)
    return min(0.98 * max(heard, typed), 0.96)


def _same_consonants(one: str, other: str) -> bool:
    return any(
        first.consonants == second.consonants
        for first in readings(one)
        for second in readings(other)
    )


def _heard(one: Reading, other: Reading) -> float:
    whole = Levenshtein.normalized_similarity(one.sound, other.sound)
    bare = Levenshtein.normalized_similarity(one.consonants, other.consonants)
    return (whole + bare) / 2
