"""How fast pages are: `python -m tests.bench.pages [--entities N]`.

Answers of entity pages are measured uncached over HTTP, over entities drawn with a fixed seed, and
pages in Chromium from the request until they can be used. Exits with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import time

import httpx
from playwright.sync_api import sync_playwright

from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources
from c5graph.namespaces import ID
from tests.bench.__main__ import Figure
from tests.browser.conftest import ARGUMENTS, SERVER
from tests.service.conftest import running

ANSWER, USABLE = 0.05, 1.0
PATHS = (
    *("/", "/id/kazakhstan", "/ledger", "/map", "/timeline", "/sparql"),
    "/graph?entities=kazakhstan,boeing",
)
LOADED = """() => performance.getEntriesByType("navigation")[0].loadEventEnd / 1000"""


def entities(count: int) -> list[str]:
    """Names of entities that have edges, in an order that stays the same."""
    known = sorted(iri for iri in build_release(Sources.shipped()).neighbours if iri.startswith(ID))
    return [iri.removeprefix(ID) for iri in random.Random(7).sample(known, count)]


def answers(client: httpx.Client, names: list[str]) -> Figure:
    """Seconds from the request to the whole page, each asked once."""
    client.get("/id/kazakhstan?lang=ru")  # what is worked out once a data version
    taken = []
    for name in names:
        began = time.perf_counter()
        client.get(f"/id/{name}", headers={"accept": "text/html"}).raise_for_status()
        taken.append(time.perf_counter() - began)
    return Figure(f"entity page, uncached, {len(names)} of them", taken, ANSWER)


def usable(url: str) -> list[Figure]:
    """Seconds until the load event in a browser with an empty cache."""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=ARGUMENTS
        )
        for path in PATHS:
            taken = []
            for _ in range(3):
                context = browser.new_context()
                page = context.new_page()
                page.goto(url + path, wait_until="load")
                taken.append(page.evaluate(LOADED))
                context.close()
            found.append(Figure(f"usable in Chromium: {path}", taken, USABLE))
        browser.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=200)
    given = parser.parse_args()
    with running([str(SERVER)]) as server, server.client() as client:
        figures = [answers(client, entities(given.entities)), *usable(server.url)]
    for figure in figures:
        sys.stdout.write(figure.line() + "\n")
    spread = sorted(figures[0].seconds)
    sys.stdout.write(f"slowest tenth of entity pages from {spread[-len(spread) // 10]:.3f} s\n")
    sys.stdout.write(f"mean {statistics.fmean(spread):.3f} s\n")
    sys.exit(0 if all(figure.reached for figure in figures) else 1)


if __name__ == "__main__":
    main()
