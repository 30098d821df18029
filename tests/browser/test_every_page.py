"""Every page: no violation of WCAG 2.2 AA by axe, light and dark, on a phone and a wide screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.components import missing

AXE = Path(__file__).resolve().parents[2] / "app/web/node_modules/axe-core/axe.min.js"
WIDTHS = (360, 768, 1440)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every rule is tried at each width and in both schemes; the colours are in each of the six.
WHOLE = {(360, "light"), (768, "dark"), (1440, "light")}
RUN = """async ({ tags, whole }) => {
  const only = whole ? { type: "tag", values: tags } : { type: "rule", values: ["color-contrast"] };
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return found.violations.map((each) =>
    `${each.id}: ${each.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}"""
QUERY = "PREFIX c5: <https://w3id.org/c5graph/ontology%23> "
QUERY += "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema%23> "
QUERY += "SELECT ?thing ?label WHERE { ?thing a c5:Company ; rdfs:label ?label }"
PAGES = {
    "home": "/",
    "home-ru": "/?lang=ru",
    "state": "/id/kazakhstan",
    "agreement": "/id/somon-air-boeing-2025",
    "mineral": "/id/antimony",
    "person": "/id/donald-trump",
    "event": "/id/c5-plus-1-summit-2025",
    "infrastructure": "/id/rogun-dam",
    "report": "/report/tca-2025-11-07-tj-deals",
    "claim": "/claim/tca-2025-11-07-tj-deals-002",
    "graph": "/graph?entities=kazakhstan,boeing,united-states,somon-air-boeing-2025,somon-air",
    "graph-empty": "/graph",
    "workbench": f"/sparql?query={QUERY}",
    "map": "/map",
    "world": "/map?area=world&show=flows&show=place&show=undertaking",
    "timeline": "/timeline",
    "ledger": "/ledger?by=power",
    "disputes": "/disputes",
    "compare": "/compare?a=russia&b=china",
    "questions": "/questions",
    "question": "/api/queries/what-does-a-state-seek",
    "search": "/search?q=boeing",
    "relations": "/api/neighbours?entity=tajikistan&firmness=all",
    "paths": "/api/paths?from=kazakhstan&to=boeing",
    "why": "/api/evidence?subject=somon-air-boeing-2025",
    "analytics": "/api/analytics?lang=ru",
    "measure": "/api/analytics/degree",
    "exposure": "/api/analytics/exposure?entity=tajikistan",
    "changes": "/changes?from=2025-11-06&to=2025-11-30&change=status",
    "perspectives": "/perspectives",
    "about": "/about",
    "ontology": "/vocab/modality",
    "data-set": "/dataset",
    "api": "/docs",
    "check": "/api/validate",
    "lens": "/id/tajikistan?knownAt=2025-11-07&minOrigins=2",
    "voice": "/id/china-customs-administration",
    "corridor": "/id/middle-corridor?lang=ru",
    "api-ru": "/docs?lang=ru",
    "unknown": "/id/atlantis?lang=ru",
}


DRAWN = {"graph", "graph-empty", "workbench"}
"""Pages that ask for more after they are loaded; the others are whole with their load event."""


def wait_until_drawn(page: Page, name: str) -> None:
    if name in DRAWN:
        page.wait_for_load_state("networkidle", timeout=30_000)


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        missing("axe-core", "`python app/web/build_assets.py types` installs it")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation_and_never_scrolls_sideways(
    tabs: Opener, axe: str, name: str
) -> None:
    # The policy of the pages would keep the checker out, like any other foreign script.
    tab = tabs(bypass_csp=True)
    if name == "unknown":
        tab.forgiven = ("404",)
    tab.open(PAGES[name])
    page = tab.page
    wait_until_drawn(page, name)
    page.evaluate("for (const e of document.querySelectorAll('.lens, .inline')) e.open = true")
    page.add_script_tag(content=axe)
    found: dict[str, Any] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations = page.evaluate(RUN, {"tags": TAGS, "whole": (width, scheme) in WHOLE})
            if violations:
                found[f"{width} {scheme}"] = violations
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found[f"{width} sideways"] = wide
    assert not found
