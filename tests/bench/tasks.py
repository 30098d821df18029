"""How many steps and seconds readers' tasks take: `python -m tests.bench.tasks [NAME...]`.

A step is a click or a choice that is answered; seconds are those that the reader waits for pages,
suggestions and files, not those of typing. Each task begins in a browser with an empty cache.
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, SERVER, SUGGESTION
from tests.service.conftest import running


@dataclass
class Reader:
    """One who does a task, with a stopwatch."""

    page: Page
    url: str
    steps: int = 0
    seconds: list[float] = field(default_factory=list)

    def waits(self, act: Callable[[], object]) -> None:
        """Do something and count the time until it is answered."""
        began = time.perf_counter()
        act()
        self.seconds.append(time.perf_counter() - began)

    def opens(self, path: str) -> None:
        """Come to a page by its address, which is no step."""
        self.waits(lambda: self.page.goto(self.url + path, wait_until="load"))

    def clicks(self, what: Locator, then: Callable[[], object] | None = None) -> None:
        """One step; `then` is what shows that it is answered."""
        self.steps += 1
        self.waits(lambda: self._clicked(what, then))

    def _clicked(self, what: Locator, then: Callable[[], object] | None) -> None:
        what.click()
        self.page.wait_for_load_state("load")
        if then:
            then()

    def picks(self, name: str, which: str) -> None:
        """Type a name on the start page and take a suggestion."""
        self.page.locator("#q").press_sequentially(name, delay=15)
        found = self.page.locator(SUGGESTION, has_text=which).first
        self.waits(found.wait_for)
        self.clicks(found, lambda: self.page.wait_for_url(re.compile("/id/")))


def biggest_signed_deal(reader: Reader) -> None:
    reader.opens("/")
    page = reader.page
    reader.clicks(page.get_by_role("link", name="The biggest deals that are really signed"))
    expect(page.locator("#agreements ~ .scroll tbody tr").first).to_be_visible()


def kazakhstan_and_nvidia(reader: Reader) -> None:
    page = reader.page
    reader.opens("/")
    page.locator("[name=from]").first.fill("Kazakhstan")
    page.locator("[name=to]").first.fill("Nvidia")
    reader.clicks(page.get_by_role("button", name="Show the paths"))
    reader.clicks(page.get_by_role("link", name="All of these in one graph"), lambda: drawn(page))


def who_disputes_somon_air(reader: Reader) -> None:
    reader.opens("/")
    reader.picks("somon air", "purchase")
    reader.clicks(reader.page.get_by_role("link", name=re.compile("in dispute")).first)


def picture_as_graphml(reader: Reader) -> None:
    page = reader.page
    reader.opens("/id/somon-air-boeing-2025")
    reader.clicks(page.get_by_role("link", name="Open in the graph"), lambda: drawn(page))
    reader.clicks(page.get_by_text("Save as", exact=True))
    with page.expect_download():
        reader.clicks(page.get_by_role("button", name="GraphML", exact=True))


def wanted_minerals(reader: Reader) -> None:
    reader.opens("/")
    reader.clicks(reader.page.get_by_role("link", name=re.compile("minerals that the United")))
    expect(reader.page.locator("main table tbody tr").first).to_be_visible()


def jackson_vanik(reader: Reader) -> None:
    reader.opens("/")
    reader.picks("jackson vanik repeal", "repeal")


def what_was_known(reader: Reader) -> None:
    page = reader.page
    reader.opens("/id/tajikistan")
    reader.clicks(page.locator(".lens summary"))
    page.get_by_label("Reported up to").fill("2025-11-07")
    reader.clicks(page.get_by_role("button", name="Apply"))


def kazatomprom_in_russian(reader: Reader) -> None:
    reader.opens("/?lang=ru")
    reader.picks("Казатомпром", "Kazatomprom")


def drawn(page: Page) -> None:
    expect(page.locator("#graph-app")).to_have_attribute("data-nodes", re.compile(r"\d+"))


TASKS = (
    *(biggest_signed_deal, kazakhstan_and_nvidia, who_disputes_somon_air, picture_as_graphml),
    *(wanted_minerals, jackson_vanik, what_was_known, kazatomprom_in_russian),
)


def main() -> None:
    """Do each task, or those that are named, and print what it took."""
    wanted = sys.argv[1:]
    with running([str(SERVER)]) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=ARGUMENTS
        )
        for task in (each for each in TASKS if not wanted or each.__name__ in wanted):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            reader = Reader(context.new_page(), server.url)
            task(reader)
            name = task.__name__.replace("_", " ")
            sys.stdout.write(f"{name}: {reader.steps} steps, {sum(reader.seconds):.1f} s waited\n")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
