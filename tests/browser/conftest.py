"""A real Chromium over a real server.

Policy: one browser and one server a worker, a fresh context for each test. Foreign names do not
resolve, and a test fails when a page asks for one, logs an error or breaks its policy. Pictures
of pages are kept below `build/screenshots`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.browser.hostile import hostile_root
from tests.components import missing
from tests.service.conftest import Server, running

HERE = Path(__file__).resolve().parent
SERVER = HERE.parent / "service" / "shipped_server.py"
SUGGESTION = ".suggestions [role=option]"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)


@dataclass
class Tab:
    """A page with what went wrong on it."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()

    def open(self, path: str) -> Response:
        """Load a page of the service and wait for its scripts."""
        response = self.page.goto(self.url + path, wait_until="load")
        assert response is not None
        return response

    def settle(self) -> None:
        """Fail for anything that went wrong and was not forgiven."""
        told = [c for c in self.complaints if not any(each in c for each in self.forgiven)]
        assert not told, told
        hosts = {urlsplit(url).hostname for url in self.asked if url.startswith("http")}
        assert hosts <= {"127.0.0.1"}, hosts

    def keep(self, name: str) -> None:
        """Keep a picture of what is seen."""
        folder = HERE.parents[1] / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("chromium", "the pages cannot be tried in a browser without it")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Server]:
    """The shipped graph."""
    with running([str(SERVER)], workers=2) as server:
        yield server


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The shipped graph with markup in every label, gloss and description."""
    root = hostile_root(tmp_path_factory.mktemp("hostile"))
    with running([str(SERVER), str(root)], workers=1) as server:
        yield server


Opener = Callable[..., Tab]


def opener(browser: Browser, url: str) -> Iterator[Opener]:
    """Opens tabs in contexts of their own, and settles them in the end."""
    contexts: list[BrowserContext] = []
    tabs: list[Tab] = []

    def make(width: int = 1280, height: int = 900, **options: object) -> Tab:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        tab = Tab(page, url)
        page.on("console", lambda said: _heard(tab, said.type, said.text))
        page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        page.on("request", lambda request: tab.asked.append(request.url))
        tabs.append(tab)
        return tab

    yield make
    for tab in tabs:
        tab.settle()
    for context in contexts:
        context.close()


def _heard(tab: Tab, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        tab.complaints.append(text)


@pytest.fixture
def tabs(browser: Browser, site: Server) -> Iterator[Opener]:
    yield from opener(browser, site.url)


@pytest.fixture
def hostile_tabs(browser: Browser, hostile_site: Server) -> Iterator[Opener]:
    yield from opener(browser, hostile_site.url)


@pytest.fixture
def bench(tabs: Opener) -> Tab:
    """A tab with the workbench in it."""
    tab = tabs()
    tab.open("/sparql")
    return tab
