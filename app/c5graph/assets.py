"""What the build made for the pages: which files a page's script is, and outlines for maps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from c5graph import resources

BUILT = "static/built/"


@dataclass(frozen=True)
class Bundle:
    """A page's script with the chunks it imports and its style sheets, by path from the root."""

    script: str
    imports: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def bundle(name: str) -> Bundle | None:
    """The script of this name; None where nothing is built, and pages do without."""
    entry = f"src/{name}.ts"
    made = _manifest()
    if entry not in made:
        return None
    chunks = _needed(entry, made)
    styles = (style for each in (entry, *chunks) for style in made[each].get("css", ()))
    return Bundle(
        script=BUILT + made[entry]["file"],
        imports=tuple(BUILT + made[each]["file"] for each in chunks),
        styles=tuple(BUILT + style for style in dict.fromkeys(styles)),
    )


@lru_cache(maxsize=1)
def outlines() -> dict[str, Any]:
    """Outlines of countries by area; empty where nothing is built."""
    return _read("outlines.json")


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    return _read("manifest.json")


def _read(name: str) -> dict[str, Any]:
    path = resources.web() / BUILT / name
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _needed(entry: str, made: dict[str, Any]) -> list[str]:
    """Chunks that an entry imports, and that those import."""
    found: dict[str, None] = {}
    waiting = list(made[entry].get("imports", ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = None
            waiting += made[each].get("imports", ())
    return list(found)
