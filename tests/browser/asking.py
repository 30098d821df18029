"""Writing queries into the editor of the workbench, and reading its answers."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

EDITOR = "document.querySelector('.CodeMirror').CodeMirror"


def write(page: Page, query: str) -> None:
    page.evaluate(f"(query) => {EDITOR}.setValue(query)", query)


def written(page: Page) -> str:
    return str(page.evaluate(f"{EDITOR}.getValue()"))


def ask(page: Page, query: str) -> Locator:
    """Run it, and wait for its answer."""
    write(page, query)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#results > *").first).to_be_visible(timeout=20_000)
    expect(page.locator("#results")).to_have_attribute("aria-busy", "false")
    return page.locator("#results")


def cells(page: Page, column: int) -> list[str]:
    """What a column shows."""
    return page.locator(f"#results tbody td:nth-child({column})").all_inner_texts()


def offered(page: Page, before: str, typed: str) -> list[str]:
    """The short names that are offered for what is typed."""
    write(page, before)
    page.evaluate(f"() => {{ {EDITOR}.focus(); {EDITOR}.setCursor(0, 999) }}")
    page.keyboard.type(typed)
    expect(page.locator(".CodeMirror-hint").first).to_be_visible()
    found = page.locator(".CodeMirror-hint small").all_inner_texts()
    page.keyboard.press("Escape")
    return [each.strip().split(" · ")[0] for each in found]
