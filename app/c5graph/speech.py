"""The interface's own words in the reader's language: gettext over the catalogues of `web/locale`.

A message is its English text. What has no translation is shown in English. The language is that
of the request that is being answered; outside of a request it is English.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations, c2py
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from c5graph import resources

ENGLISH: Final = "en"
_MILLION: Final = 1_000_000
_ALL: Final = 12
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERS: Final = 200  # no plural form waits for a larger number to come up first
LANGUAGE: ContextVar[str] = ContextVar("language", default=ENGLISH)


def catalogues() -> dict[str, Path]:
    """The catalogue of every language but English."""
    return {path.stem: path for path in sorted((resources.web() / "locale").glob("*.po"))}


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Languages that the interface speaks."""
    return (ENGLISH, *catalogues())


@lru_cache(maxsize=16)
def catalogue(language: str) -> Catalog | None:
    """The catalogue of a language, or None where there is none."""
    path = catalogues().get(language)
    if path is None:
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache(maxsize=16)
def translations(language: str) -> NullTranslations:
    """The translations of a language; those of an unknown one translate nothing."""
    found = catalogue(language)
    if found is None:
        return NullTranslations()
    packed = io.BytesIO()
    write_mo(packed, found)
    packed.seek(0)
    return GNUTranslations(packed)


def n_(message: str) -> str:
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


def gettext(message: str) -> str:
    """The message in the reader's language."""
    return said(message, LANGUAGE.get())


def said(message: str, language: str) -> str:
    """The message in a language."""
    return translations(language).gettext(message) if message else message


def within(context: str, message: str, language: str) -> str:
    """The message in a language, as it is said in a context."""
    return translations(language).pgettext(context, message) if message else message


def ngettext(one: str, many: str, number: int) -> str:
    """The message for so many things; `%(num)s` in it stands for their number."""
    return translations(LANGUAGE.get()).ngettext(one, many, number)


def counted(one: str, many: str, number: int) -> str:
    """The message with the number in it, written as the language does."""
    return ngettext(one, many, number) % {"num": grouped(number)}


def in_order(text: str) -> tuple[str, str]:
    """Sorts names as a dictionary does: ё beside е, capitals beside small letters."""
    folded = text.casefold()
    return folded.replace("ё", "е"), folded


def apart(name: str) -> str:
    """The words of a name that is written without spaces, such as `linkObject`."""
    return _CAPITAL.sub(" ", name).lower()


def grouped(number: float) -> str:
    """A number with its thousands apart."""
    return str(format_decimal(number, locale=interface()))


def percent(share: float) -> str:
    """A share of one in per cent, to a tenth."""
    return str(format_percent(share, format="#,##0.#%", locale=interface()))


def rounded(amount: float) -> str:
    """An amount to read: in millions or billions where it is large, with the word for them."""
    if abs(amount) < _MILLION:
        return grouped(amount)
    language = interface()
    if language == ENGLISH:
        return str(
            format_compact_decimal(amount, format_type="long", locale=language, fraction_digits=2)
        )
    # Long words would need the form that the number asks for, which Babel misses on fractions.
    return str(format_compact_decimal(amount, locale=language, fraction_digits=2))


def figure(number: Decimal, language: str) -> str:
    """A number to read, with all its digits."""
    if abs(number) < _MILLION:
        return str(format_decimal(number, locale=language, decimal_quantization=False))
    return str(format_compact_decimal(number, locale=language, fraction_digits=_ALL))


def interface() -> str:
    """The language that the interface speaks now."""
    language = LANGUAGE.get()
    return language if language in languages() else ENGLISH


def messages_of(*endings: str) -> Mapping[str, str | dict[str, str]]:
    """What sources with these endings say, and how the reader's language says it.

    What is said of a number has its singular for a key, and a form for each plural category of
    the language (CLDR's names, as the browser knows them).
    """
    return _messages(LANGUAGE.get(), endings)


@lru_cache(maxsize=16)  # every page asks for the same
def _messages(language: str, endings: tuple[str, ...]) -> dict[str, str | dict[str, str]]:
    found = catalogue(language)
    if found is None:
        return {}
    return {
        str(message.id[0] if message.pluralizable else message.id): _said(message, found)
        for message in found
        if message.id and message.string and any(p.endswith(endings) for p, _ in message.locations)
    }


def _said(message: Message, found: Catalog) -> str | dict[str, str]:
    if not isinstance(message.string, tuple):
        return str(message.string)
    number_of, locale = c2py(found.plural_expr), Locale.parse(str(found.locale_identifier))
    forms = {"other": message.string[-1]}
    for number in range(1, _NUMBERS):
        forms[str(locale.plural_form(number))] = message.string[number_of(number)]
    return forms
