"""What a page shows: rows of a table, nodes and lines of the canvas, files that were saved."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

GRAPH = "/graph?entities=kazakhstan,boeing,united-states,somon-air,somon-air-boeing-2025"

cy = "document.getElementById('canvas')._cyreg.cy"
"""Cytoscape's own view of the canvas, for scripts."""


def saved(page: Page, label: str) -> Path:
    """The file that a button hands to the reader."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    return Path(download.value.path())


def shown(page: Page, nodes: int | None = None) -> tuple[int, int]:
    """How many things and relations the canvas says it has."""
    app = page.locator("#graph-app")
    if nodes is not None:
        expect(app).to_have_attribute("data-nodes", str(nodes))
    expect(app).to_have_attribute("data-nodes", re.compile(r"\d+"))
    return int(app.get_attribute("data-nodes") or 0), int(app.get_attribute("data-edges") or 0)


def rows(page: Page, table: str) -> int:
    return page.locator(f"#{table} tbody tr").count()
