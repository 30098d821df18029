"""What a reader of Russian is told by the service: pages whole, errors beside the English ones."""

from __future__ import annotations

import html
import re
from typing import Final

import httpx
import pytest
from babel import Locale

HTML = {"accept": "text/html"}
NOUNS: Final = {
    form: category
    for forms in (
        "утверждение утверждения утверждений",
        "сообщение сообщения сообщений",
        "соглашение соглашения соглашений",
        "связь связи связей",
        "факт факта фактов",
        "источник источника источников",
        "вопрос вопроса вопросов",
        "начинание начинания начинаний",
        "момент момента моментов",
        "строка строки строк",
        "свойство свойства свойств",
    )
    for form, category in zip(forms.split(), ("one", "few", "many"), strict=True)
}
"""The forms of common nouns and the plural category that asks for each."""
COUNTED: Final = re.compile(
    r"(?<![\d.,–-])(\d{1,3}(?:\xa0\d{3})*|\d+) (?:[а-яё]+(?:ых|ое|ый|ая|ие) )?([а-яё]+)"
)
COUNTING: Final = (
    "/",
    "/id/boeing",
    "/id/kazakhstan",
    "/ledger",
    "/disputes",
    "/perspectives?of=boeing",
    "/timeline",
    "/dataset",
    "/search?q=kazakh",
    "/compare?a=russia&b=china",
    "/changes?from=2025-11-06&to=2025-11-30",
    "/api/paths?from=kazakhstan&to=nvidia",
)


def english_in(page: str) -> list[str]:
    """What stands in the main part of a page and is marked as English."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'<(\w+)[^>]* lang="en"', main)


def test_the_page_of_the_api_is_russian(browse: httpx.Client) -> None:
    page = browse.get("/docs", params={"lang": "ru"}, headers=HTML).text
    assert "Настройка" in page
    assert english_in(page) == []


def test_the_page_of_the_data_set_is_russian_but_for_names(browse: httpx.Client) -> None:
    page = browse.get("/dataset", params={"lang": "ru"}, headers=HTML).text
    # The licence has a name, and a citation is given as it is to be written.
    assert english_in(page) == ["a", "p"]
    assert "Как цитировать" in page


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/id/atlantis", 404, "Предмета с именем «atlantis» нет."),
        ("/nowhere/at/all", 404, "Здесь ничего не называется"),
        ("/map?show=dragons", 400, "На карте нет «dragons»."),
        ("/?knownAt=yesterday", 400, "«yesterday», а нужен день."),
        ("/id/kazakhstan?asOf=2025-13-45", 400, "asOf — это «2025-13-45», а нужен день."),
        ("/api/paths?from=atlantis&to=boeing", 404, "Предмета с именем «atlantis» нет."),
        ("/api/queries/none", 404, "Сохранённого вопроса «none» нет."),
        ("/ledger?sort=luck", 400, "sort — это «luck»."),
        ("/sparql?query=SELECT", 400, "Это не запрос SPARQL: «SELECT»"),
    ],
)
def test_a_page_of_an_error_is_russian(
    browse: httpx.Client, address: str, status: int, said: str
) -> None:
    answer = browse.get(address + ("&" if "?" in address else "?") + "lang=ru", headers=HTML)
    assert answer.status_code == status
    assert said in answer.text
    # The names that may be meant are links, and some things have none in Russian.
    assert set(english_in(answer.text)) <= ({"a"} if status == 404 else set())


def test_a_client_that_asks_for_russian_gets_both(browse: httpx.Client) -> None:
    error = browse.get("/api/search", params={"lang": "ru"}).json()["error"]
    assert error["message"] == "The parameter 'q' is missing."
    assert error["told"]["lang"] == "ru"
    assert error["told"]["message"] == "Нет параметра «q»."
    assert "told" not in browse.get("/api/search").json()["error"]


@pytest.mark.parametrize("address", COUNTING)
def test_a_noun_has_the_form_that_its_number_asks_for(browse: httpx.Client, address: str) -> None:
    answer = browse.get(address + ("&" if "?" in address else "?") + "lang=ru", headers=HTML)
    assert answer.status_code == 200
    assert wrong_forms(answer.text) == []


def wrong_forms(page: str) -> list[str]:
    """Numbers in what a page says that a common noun follows in another form."""
    main = page[page.index("<main") : page.index("</main>")]
    text = html.unescape(re.sub(r"</?(?:b|a|span|small|strong)\b[^>]*>", "", main))
    category = Locale("ru").plural_form
    found = COUNTED.findall(re.sub(r"<[^>]*>", "|", text))
    return [
        f"{number} {noun}"
        for number, noun in found
        if noun in NOUNS and NOUNS[noun] != category(int(number.replace("\xa0", "")))
    ]


def test_a_wrong_form_is_found() -> None:
    page = "<main><b>42</b> <span>утверждений</span> <p>1 сообщений</p> <p>5 связей</p></main>"
    assert wrong_forms(page) == ["42 утверждений", "1 сообщений"]


def test_a_misspelt_end_of_a_path_is_asked_again_by_its_own_names(browse: httpx.Client) -> None:
    asked = {"from": "Kazahstan", "to": "Nvidia"}
    page = browse.get("/api/paths", params=asked, headers=HTML).text
    assert re.findall(r'<label for="again-\d">(.*?)</label>', page) == ["From", "To"]
    assert 'to=Nvidia">Kazakhstan</a>' in page
    assert ">gdp-kazakhstan<" not in page
    page = browse.get("/api/paths", params={**asked, "lang": "ru"}, headers=HTML).text
    assert 'lang=ru">Казахстан</a>' in page


def test_a_role_of_a_party_is_a_noun(browse: httpx.Client) -> None:
    for lang, noun in (("en", "buyer"), ("ru", "покупатель")):
        page = browse.get("/id/somon-air-boeing-2025", params={"lang": lang}, headers=HTML).text
        assert f"<dt>{noun}</dt>" in page
