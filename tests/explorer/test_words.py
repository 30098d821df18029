"""The interface speaks every language of its catalogues, whole and with the same gaps filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from c5graph import speech
from tests import words

GAP = re.compile(r"%\(\w+\)s|\{\w+\}")


Key = tuple[str | None, str]


def key(message: Message) -> Key:
    """A message is told from others by its context and its text for one thing."""
    one = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, one


def gaps(text: str) -> set[str]:
    return set(GAP.findall(text))


@pytest.fixture(scope="module")
def said() -> set[Key]:
    return {key(message) for message in words.extracted() if message.id}


def test_there_are_words_and_a_russian_catalogue(said: set[Key]) -> None:
    assert len(said) > 400
    assert {path.stem for path in words.catalogues()} >= {"ru"}
    assert "ru" in speech.languages()


@pytest.mark.parametrize("path", words.catalogues(), ids=lambda path: path.stem)
def test_every_word_has_a_translation_and_none_is_left_over(path: Path, said: set[Key]) -> None:
    known = {key(message): message for message in words.read(path) if message.id}
    assert set(known) == said, "python -m tests.words brings the catalogue up to date"
    for (_, one), message in known.items():
        several = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(several), f"{one!r} has no translation"
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for each in several:
            assert gaps(str(each)) <= gaps(" ".join(map(str, ids))), one
            assert gaps(str(each)) >= gaps(one) - {"%(num)s", "%(count)s"}, one


def test_numbers_take_the_forms_of_the_language() -> None:
    token = speech.LANGUAGE.set("ru")
    try:
        one, many = "%(num)s chosen report", "%(num)s chosen reports"
        forms = [speech.counted(one, many, number) for number in (1, 3, 11)]
    finally:
        speech.LANGUAGE.reset(token)
    assert forms == [
        "1 выбранное сообщение",
        "3 выбранных сообщения",
        "11 выбранных сообщений",
    ]


def test_an_unknown_language_is_answered_in_english() -> None:
    token = speech.LANGUAGE.set("xx")
    try:
        assert speech.gettext("Graph") == "Graph"
        assert speech.grouped(12345) == "12,345"
    finally:
        speech.LANGUAGE.reset(token)


def test_scripts_get_a_form_for_each_plural_category() -> None:
    token = speech.LANGUAGE.set("ru")
    try:
        forms = speech.messages_of("graph/legend.ts")["{n} thing"]
    finally:
        speech.LANGUAGE.reset(token)
    assert forms == {
        "one": "{n} объект",
        "few": "{n} объекта",
        "many": "{n} объектов",
        "other": "{n} объектов",
    }
