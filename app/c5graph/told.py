"""What errors and the description of the API say, in the reader's language.

An error is raised far below the pages, often in another process, and arrives as English text with
its values filled in. A catalogue holds such texts with numbered gaps, `{0} is no day.`, under the
context TOLD; a text is found again by what stands between the gaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from c5graph import speech

TOLD: Final = "told"
_GAP: Final = re.compile(r"\{(\d)\}")
_QUOTED: Final = re.compile(r"\A'([^']*)'\Z")
_LONGEST: Final = 4000  # what is longer is shown as it is


class Told(NamedTuple):
    """A text and the language it is in."""

    text: str
    lang: str


def told(text: str) -> Told:
    """The text in the reader's language, or in English where the catalogue has none."""
    language = speech.interface()
    if language != speech.ENGLISH:
        found = _translated(text, language) or speech.gettext(text)
        if found != text:
            return Told(found, language)
    return Told(text, speech.ENGLISH)


@dataclass(frozen=True)
class _Form:
    """A text with gaps, and how another language says it."""

    english: str
    other: str

    @cached_property
    def between(self) -> tuple[str, ...]:
        """What stands before, between and after the gaps."""
        return tuple(_GAP.split(self.english)[::2])

    @property
    def weight(self) -> int:
        """How much of it is its own: the more, the surer that a text is one of its kind."""
        return sum(map(len, self.between))

    def values(self, text: str) -> list[str] | None:
        """What fills the gaps of this text; None where it is another. Takes linear time."""
        first, *inner = self.between
        if not inner:
            return [] if text == first else None
        last = inner.pop()
        at, end = len(first), len(text) - len(last)
        if at > end or not (text.startswith(first) and text.endswith(last)):
            return None
        found = []
        for piece in inner:
            place = text.find(piece, at, end)
            if place < 0:
                return None
            found.append(text[at:place])
            at = place + len(piece)
        found.append(text[at:end])
        # What begins with a gap begins with a name; anything else is a sentence of another kind.
        return None if not first and " " in found[0] else found

    def said(self, values: list[str]) -> str:
        """The same in the other language."""
        shown = [_QUOTED.sub(r"«\1»", each) for each in values]
        return _GAP.sub(lambda gap: shown[int(gap[1])], self.other)


@lru_cache(maxsize=16)
def _forms(language: str) -> tuple[_Form, ...]:
    catalogue = speech.catalogue(language)
    found = (
        _Form(str(message.id), str(message.string))
        for message in catalogue or ()
        if message.context == TOLD and message.string
    )
    return tuple(sorted(found, key=lambda form: -form.weight))


def _translated(text: str, language: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    for form in _forms(language):
        values = form.values(text)
        if values is not None:
            return form.said(values)
    return None
