"""Errors and the API's description speak the reader's language, with their values in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph import speech
from c5graph.errors import Busy, MethodNotAllowed
from c5graph.store.syntax import explain
from c5graph.told import told
from tests.told import texts


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    token = speech.LANGUAGE.set("ru")
    yield
    speech.LANGUAGE.reset(token)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The parameter 'q' is missing.", "Нет параметра «q»."),
        ("dayA is '7 November', which is no day.", "dayA — это «7 November», а нужен день."),
        ("No entity is called 'zzz'.", "Предмета с именем «zzz» нет."),
        (Busy(7, 2).message, "Все обработчики заняты, и 7 запросов уже ждут."),
        (MethodNotAllowed("PUT", ("GET",)).message, "Метод PUT по этому адресу не работает."),
        (
            explain("SELECT * WHERE { ?s c:p ?o }", "").message,
            "Префикс «c:» не объявлен.",
        ),
    ],
)
def test_an_error_is_said_again_in_russian_with_its_values(text: str, said: str) -> None:
    assert told(text) == (said, "ru")


def test_what_no_catalogue_has_stays_english_and_is_marked_so() -> None:
    assert told("Something else went wrong.") == ("Something else went wrong.", "en")
    assert told("This sentence is unknown here.").lang == "en"


def test_every_text_in_the_sources_is_found_again_once_it_has_its_values() -> None:
    found = {text for _, _, text in texts()}
    assert len(found) > 350
    for text in found:
        filled = text
        for number in range(5):
            filled = filled.replace(f"{{{number}}}", f"x{number}")
        assert told(filled).lang == "ru", text


@given(st.text(max_size=300), st.text(max_size=300))
def test_values_are_kept_as_they_are_whatever_they_hold(one: str, other: str) -> None:
    said = told(f"The map has no '{one}'.{other}").text
    assert one in said
    assert other in said
