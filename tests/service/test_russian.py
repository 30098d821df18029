"""What a reader of Russian is told by the service: pages whole, errors beside the English ones."""

from __future__ import annotations

import re

import httpx
import pytest

HTML = {"accept": "text/html"}


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
    assert english_in(answer.text) == []


def test_a_client_that_asks_for_russian_gets_both(browse: httpx.Client) -> None:
    error = browse.get("/api/search", params={"lang": "ru"}).json()["error"]
    assert error["message"] == "The parameter 'q' is missing."
    assert error["told"]["lang"] == "ru"
    assert error["told"]["message"] == "Нет параметра «q»."
    assert "told" not in browse.get("/api/search").json()["error"]
