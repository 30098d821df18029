"""Every page: no violation of WCAG 2.2 AA by axe, light and dark, on a phone and a wide screen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.components import missing

AXE = Path(__file__).resolve().parents[2] / "app/web/node_modules/axe-core/axe.min.js"
WIDTHS = (360, 768, 1440)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# Every rule is tried at each width and in both schemes; the colours are in each of the six.
WHOLE: set[tuple[int, Scheme]] = {(360, "light"), (768, "dark"), (1440, "light")}
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
    "voices": "/perspectives?of=somon-air-boeing-2025",
    "two-dates": "/compare?a=somon-air-boeing-2025&b=somon-air-boeing-2025&dayA=2025-11-06",
    "members": "/search?type=Company&knownAt=2025-11-07",
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


REST = (
    *(
        "/ontology",
        "/shapes",
        "/vocab/",
        "/vocab/sector-mining",
        "/query/",
        "/changes",
        "/api/paths",
    ),
    *("/query/what-does-a-state-seek", "/finding/affiliation-harding", "/rule/direct"),
    *("/link/geonames-kazakhstan", "/report/tca-2025-11-07-tj-deals/passage/0-39", "/id/boeing"),
    *(
        "/api/cite?of=/api/ledger",
        "/api/analytics/network?projection=deals",
        "/search?type=Company",
    ),
    *("/reconcile/preview?id=boeing", "/perspectives?of=tajikistan", "/timeline?about=boeing"),
    *("/questions?tag=minerals", "/api/queries/which-minerals-does-which-state-have", "/docs"),
    "/compare?a=kazakhstan&b=kazakhstan&dayA=2025-11-06&dayB=2026-01-01",
)
"""Pages made of what those above have; each is tried once for every width and scheme."""
HUGE = {"/ontology", "/shapes"}
"""Pages whose folds hold more than is checked in good time; what is in them is all alike."""
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
    wait_until_drawn(tab.page, name)
    pairs = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
    assert not violations(tab.page, axe, pairs)


@pytest.mark.parametrize("path", REST)
def test_a_lesser_page_has_no_violation_either_folded_or_not(
    tabs: Opener, axe: str, path: str
) -> None:
    tab = tabs(bypass_csp=True)
    assert tab.open(path).status == 200
    assert not violations(tab.page, axe, sorted(WHOLE))
    if path not in HUGE:
        tab.page.evaluate("for (const e of document.querySelectorAll('.fold')) e.open = true")
        assert not violations(tab.page, axe, [(360, "light")])


def violations(page: Page, axe: str, pairs: Iterable[tuple[int, Scheme]]) -> dict[str, Any]:
    """What the checker finds at these widths and in these schemes, and what is too wide."""
    page.evaluate("for (const e of document.querySelectorAll('.lens, .inline')) e.open = true")
    page.add_script_tag(content=axe)
    found: dict[str, Any] = {}
    for width, scheme in pairs:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        told = page.evaluate(RUN, {"tags": TAGS, "whole": (width, scheme) in WHOLE})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if told or wide > 0:
            found[f"{width} {scheme}"] = [*told, f"{wide} wider than the screen"]
    return found
