"""Spellings of one name come together, and different names stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.lexicon import NEAR, Lexicon
from c5graph.spelling import fold, likeness, readings


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Oʻzbekiston", "ozbekiston"),
        ("Washington, D.C.", "washington dc"),
        ("U.S.", "us"),
        ("C5+1", "c5 plus 1"),
        ("С5+1", "c5 plus 1"),  # with the Cyrillic letter
        ("Aşgabat", "ashgabat"),
        ("  Ёлка -- №7 ", "yolka no7"),
        ("中国", "zhongguo"),
        ("Kazakhstan's", "kazakhstan"),
        ("Täjigistan", "tajigistan"),
        ("...", ""),
        ("😀 Air ✈ Astana 👍🏽", "air astana"),
    ],
)
def test_script_accents_case_and_punctuation_go(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Жапаров", "Japarov"),
        ("Zhaparov", "Djaparov"),
        ("Хитой", "Xitoy"),
        ("Мирзиёев", "Mirziyoyev"),
        ("Бердымухамедов", "Berdimuhamedov"),
        ("Таджикистан", "Tajikistan"),
        ("Вабтек", "Wabtec"),
        ("Перплексити", "Perplexity"),
        ("Токаев", "Tokayev"),
    ],
)
def test_romanisations_of_one_name_sound_alike(one: str, other: str) -> None:
    assert likeness(fold(one), fold(other)) >= 0.97


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Turkestan", "Turkmenistan"),
        ("Pakistan", "Tajikistan"),
        ("Kazan", "Kazakhstan"),
        ("Beijing", "Boeing"),
        ("Lithuania", "lithium"),
        ("C5", "B5"),
        ("2023", "2025"),
        ("gas", "gps"),
    ],
)
def test_different_names_are_not_near(one: str, other: str) -> None:
    assert likeness(fold(one), fold(other)) < NEAR + 0.03


words = st.text(st.characters(codec="utf-8"), max_size=30)


@given(words)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(words)
def test_a_folded_text_is_plain_words(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert all(word.isalnum() for word in folded.split())


plain = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(plain, plain)
def test_likeness_is_symmetric_and_one_only_for_the_same_word(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1
    assert (likeness(one, other) == 1) == (one == other)


@given(st.sets(plain, min_size=1, max_size=20), st.data())
def test_every_word_of_a_lexicon_is_found_by_itself_and_by_its_beginning(
    known: set[str], data: st.DataObject
) -> None:
    lexicon = Lexicon(dict.fromkeys(known, 1.0))
    word = data.draw(st.sampled_from(sorted(known)))
    length = data.draw(st.integers(1, len(word)))
    assert lexicon.like(word)[lexicon.numbers([word])[0]] == 1
    assert lexicon.numbers([word])[0] in lexicon.like(word[:length], begun=True)


names = st.text("abdegiklmnoprstuvz", min_size=6, max_size=12).filter(
    lambda word: len(readings(word)[0].skeleton) > 2
)


@given(names, st.data())
def test_a_word_with_one_letter_left_out_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    typed = word[:at] + word[at + 1 :]
    assert (0 in Lexicon({word: 1.0}).like(typed)) == (likeness(typed, word) >= NEAR)


def test_a_letter_held_down_is_the_beginning_of_nothing() -> None:
    lexicon = Lexicon({"khabar": 1.0, "hp": 1.0, "xx": 1.0})
    words = {lexicon.words[number] for number in lexicon.like("xxxxxx", begun=True)}
    assert not words
    assert {lexicon.words[number] for number in lexicon.like("kh", begun=True)} >= {"khabar"}


def test_both_readings_of_x_are_kept() -> None:
    assert {reading.sound for reading in readings("xitoy")} == {"hitoi", "ksitoi"}
